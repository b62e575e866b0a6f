"""How many, by one independent speaker: the last word over all its reports, and within one report one number.

Within a report parts of a total are not added, groups that the words keep apart are, and a narrower number of the same
people refines a wider one. Over reports the last word wins; people "more" come on top of the word before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from according.link.words import plain
from according.model import Claim, Relation
from according.reconcile.speakers import IndependentSpeaker
from according.reconcile.telling import Telling
from according.reconcile.words import WordLists
from according.values import Count, CountKind, CountRange, PersonStatus

_BARE = 3  # the most that a rule takes a bare plural for
_SENTENCE_END = re.compile(r"[.!?;]['\"”’)]*\s|\n")
_ON_TOP = frozenset({"another", "further", "other", "others", "additional", "more", "also"})


@dataclass(frozen=True, slots=True)
class Toll:
    """What one independent speaker says in all of one kind of harm.

    Args:
        speaker: who.
        range: how many, by the words' own least.
        people: the same by whom it counts.
        claims: the claims that it was made from, in order.
        overtaken: earlier words of the speaker, and parts.
        day: of the word that counts.
    """

    speaker: IndependentSpeaker
    range: CountRange
    people: Mapping[PersonStatus, CountRange]
    claims: tuple[Telling, ...]
    overtaken: tuple[Telling, ...] = ()
    day: str | None = None


def toll_of(speaker: IndependentSpeaker, slot: str, words: WordLists, rule: str) -> Toll | None:
    """A speaker's toll, vague words by the table of a rule; None where it gives no number."""
    told = [t for t in speaker.tellings if t.claim.slot == slot and t.is_counted and isinstance(t.claim.value, Count)]
    own = [_read(t, words, rule) for t in told]
    ordered = sorted(own, key=lambda t: t.place)
    made: Toll | None = None
    for _, same_day in groupby(ordered, key=lambda t: t.day or ""):
        today: Toll | None = None
        for _, group in groupby(same_day, key=lambda t: t.document.id):
            one = _of_document(speaker, list(group), words)
            today = one if today is None else _same_day(today, one)
        if today is not None:
            made = today if made is None else _later(made, today, words)
    return made


def _of_document(speaker: IndependentSpeaker, told: Sequence[Telling], words: WordLists) -> Toll:
    """One report's number by one speaker: "three more have died, which brings it to 17" is 17."""
    whole = [t for t in told if not _is_part(t, told)] or list(told[:1])
    lead = next((t for t in whole if not _is_vague(t)), whole[0])
    if _is_further(lead, words):
        least = _range(lead).low or 0
        sums = [t for t in whole if not _is_further(t, words) and (_range(t).low or 0) > least and not _is_vague(t)]
        lead = next(iter(sums), lead)
    total, groups, last = _range(lead), [lead], lead
    taken = [lead]
    for telling in whole[whole.index(lead) + 1 :]:
        if _is_vague(telling) or _range(telling) == total:
            continue
        if _comes_on_top(lead, last, telling):
            total, last = total.plus(_range(telling)), telling
            taken.append(telling)
            groups.append(telling)
            continue
        refined = total.meets(_range(telling)) if not total.is_exact else None
        if refined is not None:
            total = refined
            taken.append(telling)
    rest = tuple(t for t in told if t not in taken)
    return Toll(speaker, total, _people(total, groups, told), tuple(taken), rest, lead.day)


def _later(before: Toll, now: Toll, words: WordLists) -> Toll:
    """The last word wins; "three more have died" comes on top of the word before."""
    old = (*before.overtaken, *before.claims)
    if len(now.claims) == 1 and _is_further(now.claims[0], words):
        total = before.range.plus(now.range)
        people = {**before.people}
        for status, number in now.people.items():
            people[status] = people[status].plus(number) if status in people else number
        return replace(
            now, range=total, people=people, claims=(*before.claims, *now.claims), overtaken=before.overtaken
        )
    if _is_bare(now.range) and not _is_bare(before.range):
        return replace(before, overtaken=(*before.overtaken, *now.claims, *now.overtaken))
    return replace(now, overtaken=(*old, *now.overtaken))


def _is_further(telling: Telling, words: WordLists) -> bool:
    """True for people who died on top of those counted before."""
    said = plain(" ".join(s.quote for s in telling.claim.evidence))
    return telling.claim.slot == "killed" and not words.further.isdisjoint(said.split()) and "more than" not in said


def _same_day(a: Toll, b: Toll) -> Toll:
    """Two words of one day, none known to be the later: what both allow, else from the lower to the higher."""
    if _is_bare(a.range) or _is_bare(b.range):
        kept, left = (b, a) if _is_bare(a.range) else (a, b)
        return replace(kept, overtaken=(*kept.overtaken, *left.claims, *left.overtaken))
    both = a.range.meets(b.range)
    narrower = b if a.range.contains(b.range) else a
    wide = both or _spanned(a.range, b.range)
    claims = tuple(sorted((*a.claims, *b.claims), key=lambda t: t.place))
    overtaken = (*a.overtaken, *b.overtaken)
    return replace(narrower, range=wide, claims=claims, overtaken=overtaken)


def _spanned(a: CountRange, b: CountRange) -> CountRange:
    low = None if a.low is None or b.low is None else min(a.low, b.low)
    high = None if a.high is None or b.high is None else max(a.high, b.high)
    return CountRange(low, high, CountKind.BOUND, a.word or b.word)


def _read(telling: Telling, words: WordLists, rule: str) -> Telling:
    value = _count(telling)
    number = words.reading(value.range, rule)
    return telling if number is value.range else replace(telling, claim=_with_range(telling.claim, number))


def _with_range(claim: Claim, number: CountRange) -> Claim:
    assert isinstance(claim.value, Count)
    return replace(claim, value=replace(claim.value, range=number))


def _count(telling: Telling) -> Count:
    value = telling.claim.value
    assert isinstance(value, Count)
    return value


def _range(telling: Telling) -> CountRange:
    return _count(telling).range


def _is_vague(telling: Telling) -> bool:
    return _range(telling).kind is CountKind.VAGUE


def _is_bare(number: CountRange) -> bool:
    return number.kind is CountKind.VAGUE and (number.low or 0) <= _BARE


def _is_part(telling: Telling, told: Sequence[Telling]) -> bool:
    """True for a part of another number, one inside the words of another, and women or children of all."""
    ids = {t.claim.id for t in told}
    if any(tie.rel is Relation.REFINES and tie.claim in ids for tie in telling.claim.about):
        return True
    span, value = telling.claim.evidence[0], _count(telling)
    others = [t for t in told if t is not telling]
    for other in others:
        wide = other.claim.evidence[0]
        if wide != span and wide.covers(span):
            return True
        if wide == span and other.place < telling.place:
            return True
    narrow = value.sex is not None or value.age == "child"
    return narrow and any(
        (o.sex, o.age) in {(None, None), (None, "adult")} and _may_hold(o.range, value.range)
        for o in map(_count, others)
    )


def _may_hold(whole: CountRange, part: CountRange) -> bool:
    return whole.high is None or part.low is None or part.low <= whole.high


def _comes_on_top(lead: Telling, last: Telling, telling: Telling) -> bool:
    """True for a group beside the lead's: fighters beside civilians in one sentence, or "another ten" right after."""
    text = telling.document.text
    ends = len(_SENTENCE_END.findall(text, last.claim.evidence[0].end, telling.claim.evidence[0].start))
    statuses = {_count(lead).status, _count(telling).status}
    if ends == 0 and len(statuses) == 2 and PersonStatus.UNKNOWN not in statuses:
        return True
    thing = telling.claim.object.name if telling.claim.object is not None else ""
    words = plain(f"{telling.claim.evidence[0].quote} {thing}")
    return ends <= 1 and not _ON_TOP.isdisjoint(words.split()) and "more than" not in words


def _people(total: CountRange, groups: Sequence[Telling], told: Sequence[Telling]) -> Mapping[PersonStatus, CountRange]:
    """The number by whom it counts: the groups that make it up, and parts of it with a status of their own."""
    found: dict[PersonStatus, CountRange] = {}
    for telling in groups:
        value = _count(telling)
        parts = [t for t in told if t not in groups and _refines(t, telling.claim.id)]
        named = [p for p in parts if _count(p).status is not value.status is PersonStatus.UNKNOWN]
        rest: CountRange | None = value.range
        for part in named:
            number = _range(part)
            _add(found, _count(part).status, number)
            rest = None if rest is None else _less(rest, number)
        if rest is not None:
            _add(found, value.status, rest)
    return {next(iter(found)): total} if len(found) == 1 else found


def _refines(telling: Telling, whole: str) -> bool:
    return any(tie.rel is Relation.REFINES and tie.claim == whole for tie in telling.claim.about)


def _add(found: dict[PersonStatus, CountRange], status: PersonStatus, number: CountRange) -> None:
    found[status] = found[status].plus(number) if status in found else number


def _less(whole: CountRange, part: CountRange) -> CountRange | None:
    """What is left of a whole without a part; None where nothing is left."""
    low = max(0, (whole.low or 0) - (part.high if part.high is not None else part.low or 0))
    high = None if whole.high is None else max(0, whole.high - (part.low or 0))
    return None if high == 0 else CountRange(low, high, whole.kind, whole.word)
