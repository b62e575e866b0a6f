"""From accounts and decisions to events: link, gather what all reports tell of each event, reconcile.

    codings -> copies -> rows -> links -> events with their findings

Pure: what comes in as codings gives the same events in whatever order it comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from according.build_rows import is_actor, is_total, when, where
from according.link import AccountRow, Linked, LinkRelation, RowActor, Verdict, link, links
from according.link.copies import copy_groups
from according.link.weights import Weights
from according.link.words import ActorWords
from according.model import Account, Claim, Coding, Event, Modality
from according.reconcile.findings import findings_of
from according.reconcile.names import Names, names_of
from according.reconcile.telling import Telling, View
from according.reconcile.words import WordLists


@dataclass(frozen=True, slots=True)
class Parts:
    """What building is handed: weights and words of linking, word lists of reconciling, ranks of the event types."""

    weights: Weights
    actor_words: ActorWords
    words: WordLists
    ranks: Mapping[str, int] = field(default_factory=dict)


@cache
def default_parts() -> Parts:
    """The weights, words and ranks that the package carries."""
    from according.link import default_weights, default_words
    from according.reconcile.words import load_word_lists
    from according.rules import DATA, load_vocabulary

    folder = DATA / "vocabulary"
    types = load_vocabulary(folder / "event_types.yaml")
    ranks = {name: int(str(row["rank"])) for name, row in types.items()}
    return Parts(default_weights(), default_words(), load_word_lists(folder), ranks)


@dataclass(frozen=True, slots=True)
class Judged:
    """What persons decided, as far as it changes what is built.

    Args:
        rejected: ids of claims that do not count.
        verdicts: judgements of pairs of accounts.
    """

    rejected: frozenset[str] = frozenset()
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True)
class Gathered:
    """The accounts grouped into events, before anything is reconciled.

    Args:
        linked: the accounts and their links.
        accounts: by event id, the accounts, first the one with the most claims.
        tellings: by event id, all that its accounts tell.
        part_of: by event id, the accounts of wider scope (totals of a period) that the event lies inside.
        totals: accounts of totals, which are no events.
        names: who is who.
    """

    linked: Linked
    accounts: Mapping[str, tuple[Account, ...]]
    tellings: Mapping[str, tuple[Telling, ...]]
    part_of: Mapping[str, tuple[str, ...]]
    totals: tuple[str, ...]
    names: Names


def gather(codings: Iterable[Coding], parts: Parts, judged: Judged | None = None) -> Gathered:
    """Link the accounts of all codings and gather what is told of each event.

    Raises:
        InvalidInput: two accounts have one id.
    """
    decided = judged or Judged()
    ordered = sorted(codings, key=lambda c: c.document.id)
    groups = copy_groups((c.document.id, c.document.text) for c in ordered)
    rows = [row for c in ordered for row in account_rows(c, groups.get(c.document.id))]
    linked = link(rows, parts.weights, parts.actor_words, decided.verdicts)
    totals = {row.key for row in rows if row.total}
    counted = {row.key for row in rows if row.actual and not row.total}
    event_of = {key: linked.event_of(i) for i, key in enumerate(linked.table.keys) if key in counted}
    days = _days(ordered, groups)
    accounts: dict[str, list[Account]] = defaultdict(list)
    tellings: dict[str, list[Telling]] = defaultdict(list)
    for coding in ordered:
        group, claims = groups.get(coding.document.id), {c.id: c for c in coding.claims}
        for account in coding.accounts:
            if account.id not in event_of:
                continue
            event = event_of[account.id]
            accounts[event].append(account)
            own = _claims(account, claims, decided.rejected)
            tellings[event] += [
                Telling(c, account.id, coding.document, days.get(coding.document.id), group) for c in own
            ]
    return Gathered(
        linked,
        {event: tuple(sorted(found, key=lambda a: (-len(a.claims), a.id))) for event, found in accounts.items()},
        {event: tuple(found) for event, found in tellings.items()},
        _wholes(linked, event_of),
        tuple(sorted(totals)),
        names_of(ordered, parts.words),
    )


def events_of(gathered: Gathered, parts: Parts, rule: str = "range", view: View | None = None) -> tuple[Event, ...]:
    """The events with their findings, in the order of their ids; none that nobody tells of within the view.

    Args:
        gathered: what `gather` made.
        parts: as there.
        rule: name of the rule for numbers of people.
        view: which tellings to look at; all where None.

    Raises:
        KeyError: no rule has the name.
    """
    found = (event_of(gathered, parts, event, rule, view) for event in sorted(gathered.accounts))
    return tuple(event for event in found if event is not None)


def event_of(
    gathered: Gathered, parts: Parts, event: str, rule: str = "range", view: View | None = None
) -> Event | None:
    """One event with its findings; None where the view leaves nothing of it.

    Raises:
        KeyError: there is no such event, or no rule of the name.
    """
    accounts = gathered.accounts[event]
    findings = findings_of(gathered.tellings[event], gathered.names, rule, view)
    if not findings:
        return None
    kind = event_type(accounts, parts.ranks)
    return Event(event, tuple(a.id for a in accounts), kind, findings, gathered.part_of.get(event, ()))


def build(
    codings: Iterable[Coding], parts: Parts, judged: Judged | None = None, rule: str = "range"
) -> tuple[Event, ...]:
    """From codings and decisions to events, in one go."""
    return events_of(gather(codings, parts, judged), parts, rule)


def timeline(
    gathered: Gathered, parts: Parts, event: str, rule: str = "range", view: View | None = None
) -> list[tuple[str, Event]]:
    """The event as it was known on each day on which something new was published, oldest first."""
    chosen = view or View()
    days = sorted({t.day[:10] for t in gathered.tellings[event] if t.day is not None})
    found = [(day, event_of(gathered, parts, event, rule, replace(chosen, known_on=day))) for day in days]
    return [(day, known) for day, known in found if known is not None]


def account_rows(coding: Coding, copy_group: str | None) -> list[AccountRow]:
    """The rows by which linking compares the accounts of one coding."""
    claims = {c.id: c for c in coding.claims}
    rows = []
    for position, account in enumerate(coding.accounts):
        own = _claims(account, claims, frozenset())
        summary = account.summary
        sides = (("initiator", summary.initiators), ("target", summary.targets))
        rows.append(
            AccountRow(
                key=account.id,
                event_type=account.event_type,
                date=when(account, own, coding.document.published, position == 0),
                place=where(account, own, coding),
                actors=tuple(
                    RowActor(p.ref.name, role, p.ref.id, p.kind) for role, side in sides for p in side if is_actor(p)
                ),
                killed=summary.killed,
                injured=summary.injured,
                publisher=coding.document.publisher,
                document=coding.document.id,
                copy_group=copy_group,
                total=is_total(own),
                part_of=account.part_of,
                actual=account.modality is Modality.ACTUAL,
            )
        )
    return rows


def event_type(accounts: Sequence[Account], ranks: Mapping[str, int]) -> str:
    """The type that most accounts give; of as many the one that stands higher among the types, then by name."""
    votes: dict[str, int] = defaultdict(int)
    for account in accounts:
        votes[account.event_type] += 1
    return min(votes, key=lambda kind: (-votes[kind], -ranks.get(kind, 0), kind))


def _claims(account: Account, claims: Mapping[str, Claim], rejected: frozenset[str]) -> list[Claim]:
    return [claims[i] for i in account.claims if i in claims and i not in rejected]


def _days(codings: Sequence[Coding], groups: Mapping[str, str]) -> Mapping[str, str]:
    """The day from which each document's words were known: its own, or of a copied text that of the first copy."""
    days = {c.document.id: c.document.published for c in codings if c.document.published is not None}
    first: dict[str, str] = {}
    for document, group in groups.items():
        if document in days:
            first[group] = min(first.get(group, days[document]), days[document])
    return {document: first.get(groups.get(document, ""), day) for document, day in days.items()}


def _wholes(linked: Linked, event_of_key: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """For each event the accounts that one of its accounts is a part of and that are not of the event itself."""
    found: dict[str, set[str]] = defaultdict(set)
    for row, own in links(linked):
        event = event_of_key.get(linked.table.keys[row])
        if event is not None:
            wholes = {one.b for one in own if one.relation is LinkRelation.PART_OF}
            found[event] |= {key for key in wholes if event_of_key.get(key) != event}
    return {event: tuple(sorted(keys)) for event, keys in found.items() if keys}
