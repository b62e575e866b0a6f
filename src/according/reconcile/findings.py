"""One event's findings: each slot reconciled over the independent speakers by a named rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from according.model import Finding, Stance
from according.reconcile.corrections import Undone, undone, without
from according.reconcile.names import Names
from according.reconcile.rules import RULES, People, Rule, number_of
from according.reconcile.speakers import IndependentSpeaker, asserting, speakers_of
from according.reconcile.status import HAPPENED, HARM, Standing, acting, deniers, status_of_standing
from according.reconcile.telling import Telling, View
from according.reconcile.tolls import Toll, toll_of
from according.reconcile.values import value_findings
from according.reconcile.words import WordLists
from according.values import Count, CountRange, PersonStatus

_HARM_ORDER = ("killed", "injured", "harmed", "captured", "detained", "released", "missing", "displaced")


@dataclass(frozen=True)
class Hearing:
    """What the findings of one event are made from.

    Args:
        tellings: all that was known by the day of the view, in order.
        undone: which of it no longer counts.
        speakers: the independent speakers of what counts.
        rule: the rule for numbers.
        words: the word lists.
    """

    tellings: Sequence[Telling]
    undone: Undone
    speakers: Sequence[IndependentSpeaker]
    rule: Rule
    words: WordLists


def findings_of(
    tellings: Iterable[Telling], names: Names, rule: str = "range", view: View | None = None
) -> tuple[Finding, ...]:
    """The findings of one event; the order of the tellings has no say.

    Args:
        tellings: all claims about the event, rejected ones left out.
        names: who is who.
        rule: name of the rule for numbers of people.
        view: what to look at; everything where None.

    Raises:
        KeyError: no rule has the name.
    """
    chosen = view or View()
    known = chosen.of_day(tellings)
    gone = undone(known, names.words)
    speakers = speakers_of(without(known, gone.all), names, chosen)
    hearing = Hearing(known, gone, speakers, RULES[rule], names.words)
    found = [_occurred(hearing), *value_findings(speakers, known, gone.all, RULES[rule])]
    for slot in _HARM_ORDER:
        found += _harm(hearing, slot)
    return tuple(f for f in found if f is not None)


def _occurred(hearing: Hearing) -> Finding | None:
    """Whether it happened."""
    told = asserting(hearing.speakers, HAPPENED)
    denying = deniers(hearing.speakers, hearing.words, told)
    told = [s for s in told if s not in denying]
    took_back = [t for t in hearing.tellings if t.claim.id in hearing.undone.retracted and _tells(t)]
    status = status_of_standing(Standing(told, denying, len(took_back), acting(told)))
    if status is None:
        return None
    replaced = [t for t in hearing.tellings if t.claim.id in hearing.undone.all and t.claim.slot == "occurred"]
    against = [t for s in denying for t in s.tellings if t.claim.slot == "occurred" and t.claim.stance is Stance.DENIES]
    claims = [t for s in told for t in s.tellings if t.claim.slot == "occurred" and t.is_counted] or [
        t for s in told for t in s.tellings if _tells(t)
    ]
    return Finding(
        "occurred", status, hearing.rule.name, hearing.rule.version, claims=ids(claims), against=ids(against),
        replaced=ids(replaced), speakers=len(told),
    )  # fmt: skip


def _tells(telling: Telling) -> bool:
    return telling.claim.slot in HAPPENED and telling.is_counted


def _harm(hearing: Hearing, slot: str) -> Iterator[Finding]:
    """The numbers of one kind of harm: for all people, and for civilians, combatants and unknown."""
    tolls = tolls_of(hearing, slot)
    nones = [t for s in hearing.speakers for t in s.tellings if t.is_none and _is_about(t, slot)]
    contested = status_contested(tolls, nones)
    whole = _number(hearing, slot, tolls, None, nones, contested)
    if whole is not None:
        yield whole
    if not tolls:
        return
    for people in (PersonStatus.CIVILIAN, PersonStatus.COMBATANT, PersonStatus.UNKNOWN):
        told = any(number_of(t, people) is not None for t in tolls)
        part = _number(hearing, slot, tolls, people, nones, contested) if told else None
        if part is not None:
            yield part


def tolls_of(hearing: Hearing, slot: str) -> list[Toll]:
    """One toll for each independent speaker.

    Bare plurals count only where nobody has a number, and a publisher's own figure only where its report gives no other
    speaker's that it agrees with.
    """
    made = [toll_of(s, slot, hearing.words, hearing.rule.name) for s in hearing.speakers]
    tolls = [t for t in made if t is not None]
    tolls = [t for t in tolls if not (t.speaker.publisher and _is_relayed(t, tolls))]
    numbered = [t for t in tolls if not _is_bare(t)]
    return numbered or tolls


def _is_bare(toll: Toll) -> bool:
    return all(_is_plural(t) for t in toll.claims)


def _is_plural(telling: Telling) -> bool:
    value = telling.claim.value
    return isinstance(value, Count) and value.range.kind.value == "vague" and (value.range.low or 0) <= 3


def _is_relayed(toll: Toll, tolls: Sequence[Toll]) -> bool:
    own = {t.document.id for t in toll.claims}
    others = [t for t in tolls if not t.speaker.publisher]
    return any(_meet(toll, o) and own <= {t.document.id for t in (*o.claims, *o.overtaken)} for o in others)


def _meet(a: Toll, b: Toll) -> bool:
    return a.range.meets(b.range) is not None


def _is_about(telling: Telling, slot: str) -> bool:
    return telling.claim.slot == slot or (telling.claim.slot == "harmed" and slot in {"killed", "injured"})


def status_contested(tolls: Sequence[Toll], nones: Sequence[Telling]) -> bool:
    """True where one speaker has civilians and another, of the same people, has combatants.

    They are the same people where the two totals meet, or where the other says that no civilians were harmed.
    """
    denied = {id(s.speaker) for s in tolls if any(n in s.speaker.tellings for n in nones)}
    for one in tolls:
        for other in tolls:
            if one is other:
                continue
            civilians = _least(one.people.get(PersonStatus.CIVILIAN))
            fighters = _least(other.people.get(PersonStatus.COMBATANT))
            both = PersonStatus.CIVILIAN in other.people or PersonStatus.COMBATANT in one.people
            if civilians and fighters and not both and (_meet(one, other) or id(other.speaker) in denied):
                return True
    return any(_least(t.people.get(PersonStatus.CIVILIAN)) for t in tolls) and any(
        _least(t.people.get(PersonStatus.COMBATANT)) and id(t.speaker) in denied for t in tolls
    )


def _least(number: CountRange | None) -> int:
    return 0 if number is None else (number.low if number.low is not None else number.high) or 0


def _number(
    hearing: Hearing,
    slot: str,
    tolls: Sequence[Toll],
    people: People,
    nones: Sequence[Telling],
    contested: bool,
) -> Finding | None:
    """One number with its standing."""
    own = [t for t in tolls if number_of(t, people) is not None]
    against = [n for n in nones if _speaks_of(n, people)]
    gone = [t for t in hearing.tellings if t.claim.id in hearing.undone.all and t.claim.slot == slot and t.is_counted]
    told = [t.speaker for t in own]
    denying = [s for s in hearing.speakers if s not in told and any(n in s.tellings for n in against)]
    ranges = [n for t in own if (n := number_of(t, people)) is not None]
    apart = any(a.meets(b) is None for a in ranges for b in ranges)
    back = sum(1 for t in gone if t.claim.id in hearing.undone.retracted)
    split = contested and people in {PersonStatus.CIVILIAN, PersonStatus.COMBATANT}
    status = status_of_standing(Standing(told, denying, back, acting(told), apart or split))
    if status is None:
        return None
    number = hearing.rule.combine(tolls if hearing.rule.name == "ucdp" else own, people, contested)
    overtaken = [t for toll in own for t in toll.overtaken]
    used = [t for toll in own for t in toll.claims]
    return Finding(
        slot, status, hearing.rule.name, hearing.rule.version, None if people is None else people.value,
        low=None if number is None else number.low, best=None if number is None else number.best,
        high=None if number is None else number.high, claims=ids(used), against=ids(against),
        replaced=ids([*overtaken, *gone]), speakers=len(told),
    )  # fmt: skip


def _speaks_of(none: Telling, people: People) -> bool:
    """True where a "none" is of these people: of civilians, of all where it names nobody."""
    value = none.claim.value
    status = value.status if isinstance(value, Count) else PersonStatus.UNKNOWN
    return status is PersonStatus.UNKNOWN if people is None else status in {people, PersonStatus.UNKNOWN}


def ids(tellings: Iterable[Telling]) -> tuple[str, ...]:
    """Ids of the claims, each once, in order of day and place."""
    return tuple(dict.fromkeys(t.claim.id for t in sorted(tellings, key=lambda t: t.place)))


__all__ = ["HARM", "Hearing", "findings_of", "ids", "status_contested", "tolls_of"]
