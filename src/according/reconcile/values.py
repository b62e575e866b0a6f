"""Findings without a number: who did it, to whom, when, where, with what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from according.link.words import plain
from according.model import Claim, Finding, Ref, Stance
from according.reconcile.rules import Rule
from according.reconcile.speakers import IndependentSpeaker, asserting, refs_names
from according.reconcile.status import HAPPENED, OWN_PART, Standing, acting, status_of_standing
from according.reconcile.telling import Telling
from according.values import Code, DateRange, PlacePrecision, PlaceRef, Value, sort_key

_FINE = {p: i for i, p in enumerate((
    PlacePrecision.EXACT, PlacePrecision.SETTLEMENT, PlacePrecision.NEAR, None, PlacePrecision.ADMIN2,
    PlacePrecision.ADMIN1, PlacePrecision.REGION, PlacePrecision.COUNTRY, PlacePrecision.LARGER,
))}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Answer:
    """One value of a slot as one telling has it."""

    telling: Telling
    speaker: IndependentSpeaker
    value: Value | None = None
    ref: Ref | None = None


def value_findings(
    speakers: Sequence[IndependentSpeaker], known: Sequence[Telling], gone: Collection[str], rule: Rule
) -> Iterator[Finding]:
    """Findings of initiator, target, date, place and weapon, those that somebody tells.

    Args:
        speakers: the independent speakers of what counts.
        known: all tellings, those that no longer count among them.
        gone: ids of these.
        rule: the rule that the findings name.
    """
    happened = len(asserting(speakers, HAPPENED))
    for slot, picks, fits, finest in _SLOTS:
        answers = [a for s in speakers for t in s.tellings for a in picks(t, s)]
        found = _finding(slot, answers, fits, finest, rule)
        if found is None:
            continue
        if slot == "initiator":
            found = _initiator(answers, speakers, happened, rule)
        replaced = tuple(t.claim.id for t in known if t.claim.id in gone and t.claim.slot == slot)
        yield replace(found, replaced=replaced)


def _finding(
    slot: str, answers: Sequence[_Answer], fits: Callable[[_Answer, _Answer], bool],
    finest: Callable[[_Answer], tuple[object, ...]], rule: Rule,
) -> Finding | None:  # fmt: skip
    """The value that most independent speakers tell or allow, the finest of those."""
    if not answers:
        return None
    lead = min(answers, key=lambda a: (-len(_backing(a, answers, fits)), finest(a), a.telling.place))
    told = _backing(lead, answers, fits)
    apart = any(not fits(lead, a) for a in answers if a.speaker not in told)
    status = status_of_standing(Standing(told, apart=apart))
    if status is None:
        return None
    refs = tuple({plain(a.ref.id or a.ref.name): a.ref for a in (lead, *answers) if a.ref is not None}.values())
    return Finding(
        slot, status, rule.name, rule.version, value=lead.value, refs=refs,
        claims=_ids(a.telling for a in answers if fits(lead, a)),
        against=_ids(a.telling for a in answers if not fits(lead, a)), speakers=len(told),
    )  # fmt: skip


def _backing(
    lead: _Answer, answers: Sequence[_Answer], fits: Callable[[_Answer, _Answer], bool]
) -> list[IndependentSpeaker]:
    """The speakers one of whose answers fits; a publisher only where its reports quote nobody who does."""
    told = list(dict.fromkeys(a.speaker for a in answers if fits(lead, a)))
    quoted = {a.telling.document.id for a in answers if a.speaker in told and not a.speaker.publisher and fits(lead, a)}
    own = {
        id(s): {a.telling.document.id for a in answers if a.speaker is s and fits(lead, a)} for s in told if s.publisher
    }
    return [s for s in told if not s.publisher or not own[id(s)] <= quoted]


def _initiator(
    answers: Sequence[_Answer], speakers: Sequence[IndependentSpeaker], happened: int, rule: Rule
) -> Finding:
    """Who did it: contested where speakers name different ones, or one who is named denies it."""
    lead = min(answers, key=lambda a: (-len(_backing(a, answers, _same_ref)), a.telling.place))
    told = _backing(lead, answers, _same_ref)
    others = [a for a in answers if not _same_ref(lead, a)]
    accused = {name for a in answers if a.ref is not None for name in refs_names(a.ref)}
    against = [t for s in speakers for t in s.tellings if _denies_part(t, s, accused)]
    denying = [s for s in speakers if any(t in s.tellings for t in against)]
    acted = acting(told)
    apart = any(a.speaker not in told for a in others) or bool([s for s in denying if s in told])
    status = status_of_standing(Standing(told, denying, acting=acted, apart=apart))
    assert status is not None, "a lead has a speaker"
    if status.value == "claimed_by_party" and acted and happened > 1:
        status = type(status).ACKNOWLEDGED
    refs = tuple({plain(a.ref.id or a.ref.name): a.ref for a in (lead, *answers) if a.ref is not None}.values())
    return Finding(
        "initiator", status, rule.name, rule.version, refs=refs,
        claims=_ids(a.telling for a in answers if _same_ref(lead, a)),
        against=_ids([*(a.telling for a in others), *against]), speakers=len(told),
    )  # fmt: skip


def _denies_part(telling: Telling, speaker: IndependentSpeaker, accused: set[str]) -> bool:
    """True where one who is named as having done it denies it."""
    claim = telling.claim
    if claim.stance is not Stance.DENIES or claim.slot not in OWN_PART | {"occurred"}:
        return False
    named = claim.subject if claim.slot == "occurred" else claim.object
    return not speaker.names.isdisjoint(accused) or (named is not None and not refs_names(named).isdisjoint(accused))


def _initiators(telling: Telling, speaker: IndependentSpeaker) -> Iterator[_Answer]:
    claim = telling.claim
    ref = claim.subject if claim.slot == "occurred" else claim.object if claim.slot in OWN_PART else None
    if ref is not None and telling.is_counted and _is_name(ref):
        yield _Answer(telling, speaker, ref=ref)


def _targets(telling: Telling, speaker: IndependentSpeaker) -> Iterator[_Answer]:
    claim = telling.claim
    if claim.slot in {"occurred", "target"} and telling.is_counted and claim.object is not None:
        yield _Answer(telling, speaker, ref=claim.object)


def _is_name(ref: Ref) -> bool:
    """True for an actor that is known, or goes by a name of two words: "gunmen" and "its units" name nobody."""
    words = ref.name.split()
    return ref.id is not None or (len(words) > 1 and all(w[0].isupper() for w in (words[0], words[-1])))


def _of(slot: str, kind: type) -> Callable[[Telling, IndependentSpeaker], Iterator[_Answer]]:
    def pick(telling: Telling, speaker: IndependentSpeaker) -> Iterator[_Answer]:
        value = telling.claim.value
        if telling.claim.slot == slot and telling.is_counted and isinstance(value, kind) and _is_told(telling.claim):
            yield _Answer(telling, speaker, value=value)

    return pick


def _is_told(claim: Claim) -> bool:
    return not isinstance(claim.value, DateRange) or claim.value.is_anchored


def _same_ref(a: _Answer, b: _Answer) -> bool:
    if a.ref is None or b.ref is None:
        return False
    if a.ref.id is not None and b.ref.id is not None:
        return a.ref.id == b.ref.id
    return not refs_names(a.ref).isdisjoint(refs_names(b.ref))


def _same_time(a: _Answer, b: _Answer) -> bool:
    return isinstance(a.value, DateRange) and isinstance(b.value, DateRange) and _days(a.value).overlaps(_days(b.value))


def _days(value: DateRange) -> DateRange:
    """The date in whole days: a report's minute does not contradict another's day."""
    start = None if value.start is None else value.start.partition("T")[0]
    end = None if value.end is None else value.end.partition("T")[0]
    return DateRange(start, end, value.precision)


def _same_place(a: _Answer, b: _Answer) -> bool:
    if not isinstance(a.value, PlaceRef) or not isinstance(b.value, PlaceRef):
        return False
    one, two = a.value, b.value
    if plain(one.name) == plain(two.name) or (one.id is not None and one.id == two.id):
        return True
    areas = [{plain(x) for x in (p.admin1, p.admin2) if x} for p in (one, two)]
    return plain(two.name) in areas[0] or plain(one.name) in areas[1]


def _same_code(a: _Answer, b: _Answer) -> bool:
    return a.value == b.value


def _finest_time(a: _Answer) -> tuple[object, ...]:
    value = a.value
    assert isinstance(value, DateRange)
    days = _days(value)
    if days.start is None or days.end is None:
        return (9, 0, 0)
    first, last = sort_key(days.start), sort_key(days.end, last=True)
    width = (last[0] - first[0]) * 372 + (last[1] - first[1]) * 31 + last[2] - first[2]
    return (0, width, first)


def _finest_place(a: _Answer) -> tuple[object, ...]:
    value = a.value
    assert isinstance(value, PlaceRef)
    return (value.id is None, _FINE[value.precision], value.name)


def _finest_code(a: _Answer) -> tuple[object, ...]:
    return (str(a.value),)


def _finest_ref(a: _Answer) -> tuple[object, ...]:
    assert a.ref is not None
    return (a.ref.id is None, a.ref.name)


_SLOTS = (
    ("initiator", _initiators, _same_ref, _finest_ref),
    ("target", _targets, _same_ref, _finest_ref),
    ("date", _of("date", DateRange), _same_time, _finest_time),
    ("place", _of("place", PlaceRef), _same_place, _finest_place),
    ("weapon", _of("weapon", Code), _same_code, _finest_code),
)


def _ids(tellings: Iterable[Telling]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t.claim.id for t in sorted(tellings, key=lambda t: t.place)))
