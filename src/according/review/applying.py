"""What persons decided, put to what the machine read. Pure: decisions in, reviewed claims, accounts and links out.

    decisions -> those in force -> claims -> accounts -> links, sides and findings by hand -> what to look at again

Of two decisions about the same thing the later one counts; one that was undone counts as if it had never been.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from according.decision import JUDGING, LINKING, Act, Anchor, Decision
from according.model import Account, Claim, Coding
from according.values import Code

if TYPE_CHECKING:
    from according.link.linking import Verdict

_CHANGING = frozenset({Act.REJECT, Act.CORRECT, Act.ADD, Act.MOVE, Act.CREATE})
_FOUND_AGAIN = 0.5  # share of its claims that an account must have kept to be found again under another id


class Again(StrEnum):
    """Why a person should look again."""

    GONE = "gone"
    CHANGED = "changed"
    DISAGREEMENT = "disagreement"
    UNSURE = "unsure"
    JOINED = "joined"
    REGROUPED = "regrouped"


@dataclass(frozen=True, slots=True)
class Question:
    """A decision that comes up for review again: why, in one sentence, and the ids of what it may be about now."""

    why: Again
    decision: Decision
    message: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewedClaim:
    """A claim as it stands after review, beside what the machine read.

    Args:
        claim: as it stands.
        machine: as the machine reads it, with the origin that made it; None where only a person found it.
        verdict: the last judgement (accept, reject, correct, unsure), or add; None where nobody looked at it yet.
        decisions: those in force, oldest first.
    """

    claim: Claim
    machine: Claim | None
    verdict: Act | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def id(self) -> str:
        """The id that decisions hang on: the machine's, which a correction leaves as it is."""
        if self.machine is not None:
            return self.machine.id
        return next((d.added.id for d in self.decisions if d.added is not None), self.claim.id)

    @property
    def is_rejected(self) -> bool:
        """True where it stays visible and counts for nothing."""
        return self.verdict is Act.REJECT


@dataclass(frozen=True, slots=True)
class JudgedLink:
    """Two accounts as a person judged them (`a` a part of `b`), and what the machine gave for them then."""

    a: str
    b: str
    relation: Act
    decision: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class OnEvent:
    """Sides, or a finding by hand, and the accounts of the event that they are for; they hang on the first."""

    accounts: tuple[str, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What decisions make of claims and accounts.

    Args:
        claims: all of them, the rejected ones too.
        accounts: with the claims that stand.
        links: one judgement for each pair that was judged, in the order of their ids.
        on_events: sides and findings by hand, oldest first.
        questions: what comes up for review again.
    """

    claims: tuple[ReviewedClaim, ...]
    accounts: tuple[Account, ...]
    links: tuple[JudgedLink, ...] = ()
    on_events: tuple[OnEvent, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def standing(self) -> tuple[Claim, ...]:
        """The claims that count, as they stand."""
        return tuple(c.claim for c in self.claims if not c.is_rejected)

    @property
    def state(self) -> bytes:
        """All of it as canonical bytes: two states are the same where these are."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=True).encode("ascii")

    def verdicts(self) -> tuple[Verdict, ...]:
        """The judgements of links as linking takes them."""
        from according.link.linking import LinkRelation, Verdict

        return tuple(Verdict(x.a, x.b, LinkRelation(x.relation.value)) for x in self.links)

    def codings(self, codings: Iterable[Coding]) -> list[Coding]:
        """The codings with the claims and accounts that stand in the place of the machine's."""
        claims: dict[str, list[Claim]] = defaultdict(list)
        accounts: dict[str, list[Account]] = defaultdict(list)
        for claim in self.standing:
            claims[claim.document].append(claim)
        for account in self.accounts:
            accounts[account.document].append(account)
        return [replace(c, claims=tuple(claims[c.document.id]), accounts=tuple(accounts[c.document.id]))
                for c in codings]  # fmt: skip


def undone(decisions: Iterable[Decision]) -> frozenset[str]:
    """Ids of the decisions that were taken back. An undo can be taken back too, and then counts for nothing."""
    gone: set[str] = set()
    for decision in sorted(decisions, key=lambda d: d.number, reverse=True):
        if decision.act is Act.UNDO and decision.id not in gone:
            gone.update(decision.undoes)
    return frozenset(gone)


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that nobody took back, oldest first, without the undoing itself."""
    ordered = sorted(decisions, key=lambda d: d.number)
    gone = undone(ordered)
    return tuple(d for d in ordered if d.act is not Act.UNDO and d.id not in gone)


def apply(claims: Sequence[Claim], accounts: Sequence[Account], decisions: Iterable[Decision]) -> Reviewed:
    """What the decisions make of claims and accounts; the order in which decisions are handed in has no say.

    Args:
        claims: as the machine reads them.
        accounts: as the machine cuts them.
        decisions: of the whole project, with their numbers.
    """
    standing = in_force(decisions)
    homes = _Homes(accounts, standing)
    reviewed, questions = _review_claims(claims, standing, homes)
    links, about_links = _links(standing, homes)
    on_events, about_events = _on_events(standing, homes)
    known, changed = {c.id: c for c in reviewed}, _changed(reviewed)
    return Reviewed(
        reviewed,
        tuple(_account(a, known, changed.get(a.id, ())) for a in homes.accounts),
        links,
        on_events,
        tuple(sorted((*questions, *about_links, *about_events), key=lambda q: (q.decision.number, q.why, q.message))),
    )


class _Homes:
    """The accounts, machine's and created, and how decisions find theirs among them."""

    def __init__(self, accounts: Sequence[Account], decisions: Sequence[Decision]) -> None:
        created = [d.created for d in decisions if d.created is not None]
        known = {a.id for a in accounts}
        self.accounts = (*accounts, *(a for a in created if a.id not in known))
        self.ids = {a.id for a in self.accounts}
        self.by_claim: dict[str, list[str]] = defaultdict(list)
        for account in accounts:
            for claim in account.claims:
                self.by_claim[claim].append(account.id)

    def find(self, anchor: Anchor) -> str | None:
        """The account itself, or the one that has at least half of the claims that it had; None where there is none."""
        if anchor.account in self.ids:
            return anchor.account
        shared: dict[str, int] = defaultdict(int)
        for claim in anchor.claims:
            for account in self.by_claim.get(claim, ()):
                shared[account] += 1
        best = min(shared, key=lambda a: (-shared[a], a), default=None)
        return best if best is not None and shared[best] >= _FOUND_AGAIN * len(anchor.claims) else None

    def find_all(self, anchors: Iterable[Anchor]) -> tuple[list[str], list[str]]:
        """The accounts that are found, each once, and the ids of those that are gone."""
        found: list[str] = []
        gone: list[str] = []
        for anchor in anchors:
            account = self.find(anchor)
            (gone if account is None else found).append(account or anchor.account)
        return list(dict.fromkeys(found)), gone


def _review_claims(
    claims: Sequence[Claim], decisions: Sequence[Decision], homes: _Homes
) -> tuple[tuple[ReviewedClaim, ...], list[Question]]:
    own: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        for claim in _claims_of(decision):
            own[claim].append(decision)
    reviewed = [_fold(claim, own.get(claim.id, []), homes) for claim in claims]
    known = {claim.id for claim in claims}
    questions = [q for claim in reviewed if claim.decisions for q in _questions(claim, homes)]
    for identifier, about in own.items():
        added = next((d.added for d in reversed(about) if d.added is not None), None)
        if identifier not in known and added is not None:
            reviewed.append(_fold(None, about, homes))
            questions += _questions(reviewed[-1], homes)
        elif identifier not in known:
            questions += [_gone(decision, claims) for decision in about]
    return tuple(reviewed), questions


def _claims_of(decision: Decision) -> tuple[str, ...]:
    """Ids of the claims that a decision is about."""
    if decision.act is Act.ADD and decision.added is not None:
        return (decision.added.id,)
    if decision.act is Act.CREATE and decision.created is not None:
        return decision.created.claims
    return (decision.claim,) if decision.claim is not None else ()


def _fold(machine: Claim | None, decisions: Sequence[Decision], homes: _Homes) -> ReviewedClaim:
    """One claim with all that was decided about it. Corrections add up, field by field; the last judgement counts."""
    claim, verdict = machine, None
    for decision in decisions:
        if decision.added is not None:
            found, _ = homes.find_all(decision.to)
            origin = f"decision#{decision.id}"
            claim, verdict = replace(decision.added, accounts=tuple(found), origin=origin), Act.ADD
    assert claim is not None
    for decision in decisions:
        if decision.act in JUDGING:
            verdict = decision.act
        if decision.correction is not None:
            claim = replace(decision.correction.of(claim), origin=f"decision#{decision.id}")
        if decision.act is Act.MOVE:
            claim = replace(claim, accounts=tuple(homes.find_all(decision.to)[0]))
        if decision.created is not None:
            claim = replace(claim, accounts=(decision.created.id,))
    return ReviewedClaim(claim, machine, verdict, tuple(decisions))


def _questions(claim: ReviewedClaim, homes: _Homes) -> Iterable[Question]:
    """What about a claim and its decisions a person should look at again."""
    judged = [d for d in claim.decisions if d.act in JUDGING]
    last = {d.by: d for d in judged}
    if judged:
        latest = judged[-1]
        if latest.act is Act.UNSURE:
            yield Question(Again.UNSURE, latest, f"{latest.by} was not sure of it", (claim.id,))
        if claim.machine is not None and latest.seen is not None and _reads_otherwise(claim.machine, latest.seen):
            message = f"the same words are read as {claim.machine.value}, and were as {latest.seen.value}"
            yield Question(Again.CHANGED, latest, message, (claim.id,))
        others = [d for d in last.values() if d.by != latest.by and (d.act is Act.REJECT) != (latest.act is Act.REJECT)]
        if others and latest.act is not Act.UNSURE:
            message = f"{latest.by} has {latest.act}, {others[-1].by} has {others[-1].act}"
            yield Question(Again.DISAGREEMENT, latest, message, (claim.id,))
    for decision in claim.decisions:
        gone = homes.find_all(decision.to)[1] if decision.act in {Act.MOVE, Act.ADD} else []
        if gone:
            yield Question(Again.GONE, decision, f"the event {gone[0]} is not there any more", (claim.id,))


def _reads_otherwise(now: Claim, then: Claim) -> bool:
    told = [(c.value, c.speaker.name, c.modality, c.certainty) for c in (now, then)]
    return told[0] != told[1]


def _gone(decision: Decision, claims: Sequence[Claim]) -> Question:
    """A claim is not read any more; what is read from the same words now may be what was meant."""
    seen = decision.seen
    near: list[str] = []
    if seen is not None:
        near = [c.id for c in claims if c.document == seen.document
                and any(a.overlaps(b) for a in c.evidence for b in seen.evidence)]  # fmt: skip
    return Question(Again.GONE, decision, "the claim is not read from the report any more", tuple(near))


def _changed(claims: Iterable[ReviewedClaim]) -> Mapping[str, list[ReviewedClaim]]:
    """By account, the claims that decisions changed, put into it or took out of it."""
    found: dict[str, list[ReviewedClaim]] = defaultdict(list)
    for claim in claims:
        if any(d.act in _CHANGING for d in claim.decisions):
            before = claim.machine.accounts if claim.machine is not None else ()
            for account in dict.fromkeys((*before, *claim.claim.accounts)):
                found[account].append(claim)
    return found


def _account(account: Account, known: Mapping[str, ReviewedClaim], changed: Sequence[ReviewedClaim]) -> Account:
    """An account with the claims that stand, and with its summary made anew where one of them was changed."""
    if not changed:
        return account
    own = {i: known[i] for i in account.claims if i in known} | {c.id: c for c in changed}
    out = {c.id for c in changed if c.is_rejected or account.id not in c.claim.accounts}
    out |= {i for i, c in own.items() if c.is_rejected}
    kept = [c for i, c in own.items() if i not in out]
    slots = {slot for c in changed for slot in (c.claim.slot, *((c.machine.slot,) if c.machine else ()))}
    return _summed(replace(account, claims=tuple(dict.fromkeys(c.claim.id for c in kept))), kept, slots)


def _summed(account: Account, kept: Sequence[ReviewedClaim], slots: set[str]) -> Account:
    from according.review.summary import summed  # it reaches the parser's library, which most callers do not need

    judged = [c.claim for c in kept if c.verdict in {Act.CORRECT, Act.ADD}]
    types = [c.value.code for c in judged if c.slot == "event_type" and isinstance(c.value, Code)]
    kind = types[-1] if types else account.event_type
    return replace(account, event_type=kind, summary=summed(account.summary, [c.claim for c in kept], slots))


def _links(decisions: Sequence[Decision], homes: _Homes) -> tuple[tuple[JudgedLink, ...], list[Question]]:
    """The last judgement of each pair of accounts. A moved account is apart from what it leaves."""
    last: dict[tuple[str, str], JudgedLink] = {}
    questions = []
    for decision in decisions:
        moves = decision.act is Act.MOVE and decision.accounts
        if decision.act not in LINKING and not moves:
            continue
        (ones, gone), (others, gone_too) = homes.find_all(decision.accounts), homes.find_all(decision.to)
        if gone or gone_too:
            message = f"the account {(gone + gone_too)[0]} is not there any more"
            questions.append(Question(Again.GONE, decision, message, tuple(ones + others)))
        if set(ones) & set(others):
            message = "both are one account of the report now"
            questions.append(Question(Again.JOINED, decision, message, tuple(sorted(set(ones) & set(others)))))
        for a, b, relation in _pairs(decision, homes, ones, others):
            if a != b:
                last[min(a, b), max(a, b)] = JudgedLink(a, b, relation, decision.id, decision.score)
    return tuple(_ordered(last[pair]) for pair in sorted(last)), questions


def _pairs(
    decision: Decision, homes: _Homes, ones: Sequence[str], others: Sequence[str]
) -> Iterable[tuple[str, str, Act]]:
    if decision.act is not Act.MOVE:
        yield from ((a, b, decision.act) for a in ones for b in others)
        return
    moved = homes.find(decision.accounts[0])
    if moved is not None:
        yield from ((moved, left, Act.DIFFERENT) for left in ones)
        yield from ((moved, joined, Act.SAME) for joined in others)


def _ordered(link: JudgedLink) -> JudgedLink:
    """A link that is the same both ways, its ends in order."""
    if link.relation is Act.PART_OF or link.a < link.b:
        return link
    return replace(link, a=link.b, b=link.a)


def _on_events(decisions: Sequence[Decision], homes: _Homes) -> tuple[tuple[OnEvent, ...], list[Question]]:
    """The last sides and the last finding by hand of each slot, for each account that they hang on."""
    last: dict[tuple[str, ...], OnEvent] = {}
    questions = []
    for decision in decisions:
        if decision.act not in {Act.SIDES, Act.FINDING}:
            continue
        found, gone = homes.find_all(decision.accounts)
        if gone:
            message = f"the account {gone[0]} is not there any more"
            questions.append(Question(Again.GONE, decision, message, tuple(found)))
        if found:
            key = decision.finding.key if decision.finding is not None else ("sides",)
            last.pop((found[0], *key), None)
            last[found[0], *key] = OnEvent(tuple(found), decision)
    return tuple(last.values()), questions


def claims_known(decisions: Iterable[Decision]) -> Mapping[str, Claim]:
    """Claims that only decisions know, by id: those that were added, and those seen then that may be gone now."""
    found: dict[str, Claim] = {}
    for decision in decisions:
        for claim in (decision.seen, decision.added):
            if claim is not None:
                found.setdefault(claim.id, claim)
    return found
