"""The rules that make one number of what independent speakers say, each with a name and a version."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from according.model import Range
from according.reconcile.tolls import Toll
from according.values import CountRange, PersonStatus

People = PersonStatus | None
Combine = Callable[[Sequence[Toll], People, bool], Range | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to make a number of several.

    Args:
        name, version: what a finding names.
        combine: from the tolls of the independent speakers, for some people or all of them (None); the flag says that
            it is contested whether they were civilians.
    """

    name: str
    version: str
    combine: Combine


def number_of(toll: Toll, people: People) -> CountRange | None:
    """A toll for some people, or for all of them."""
    return toll.range if people is None else toll.people.get(people)


def span(tolls: Sequence[Toll], people: People, contested: bool) -> Range | None:
    """`range`: from the lowest to the highest that an independent speaker says; `best` is the last word of no party.

    An open end is closed by another speaker's number that it allows. Where it is contested whether the people were
    civilians, the minimum of civilians and of combatants is 0.
    """
    told = _told(tolls, people)
    if not told:
        return None
    numbers = [number for _, number in told]
    lows = [n.low for n in numbers if n.low is not None]
    low = min(lows, default=None)
    if contested and people in {PersonStatus.CIVILIAN, PersonStatus.COMBATANT}:
        low = 0
    return Range(low, _stated(_lead(told)), _highest(numbers))


def _highest(numbers: Sequence[CountRange]) -> int | None:
    """The highest number; None where one is open upwards and no other reaches it."""
    closed = [n.high for n in numbers if n.high is not None]
    least = [n.low or 0 for n in numbers if n.high is None]
    high = max(closed, default=None)
    return None if high is None or any(n > high for n in least) else high


def ucdp(tolls: Sequence[Toll], people: People, contested: bool) -> Range | None:
    """`ucdp`: `best` of speakers who are no party the lowest, of parties alone likewise; low and high over all.

    The best of each kind of people is that of the one speaker whose total is the best, so that they add up to it.
    """
    if not tolls:
        return None
    free = [t for t in tolls if not t.speaker.party] or list(tolls)
    lead = min(free, key=lambda t: (_stated(t.range), _who(t)))
    own = number_of(lead, people)
    told = _told(tolls, people)
    if not told:
        return None
    best = 0 if own is None else _stated(own)
    lows = [n.low or 0 for _, n in told]
    low = min([*lows, best])
    if contested and people is not None and people is not PersonStatus.UNKNOWN:
        low = 0
    high = max(n.high if n.high is not None else _stated(n) for _, n in told)
    return Range(low, best, max(high, best))


def acled(tolls: Sequence[Toll], people: People, contested: bool) -> Range | None:
    """`acled`: the lowest number that an independent speaker says, as one number."""
    told = _told(tolls, people)
    if not told:
        return None
    number = min(n.low if n.low is not None else _stated(n) for _, n in told)
    return Range(number, number, number)


def _told(tolls: Sequence[Toll], people: People) -> list[tuple[Toll, CountRange]]:
    pairs = [(t, number_of(t, people)) for t in tolls]
    return [(t, number) for t, number in pairs if number is not None]


def _lead(told: Sequence[tuple[Toll, CountRange]]) -> CountRange:
    """The number that stands for all: of no party before a party's, the later word first, closed before open, lower."""

    def rank(pair: tuple[Toll, CountRange]) -> tuple[object, ...]:
        toll, number = pair
        return (toll.speaker.party, _earlier(toll.day), number.high is None, _stated(number), _who(toll))

    return min(told, key=rank)[1]


def _earlier(day: str | None) -> tuple[int, ...]:
    """A key that puts later days first and no day last."""
    return (1,) if day is None else (0, *(-ord(c) for c in day))


def _who(toll: Toll) -> tuple[str, ...]:
    return tuple(sorted(toll.speaker.names)) or tuple(t.claim.id for t in toll.claims)


def _stated(number: CountRange) -> int:
    stated = number.stated
    return 0 if stated is None else stated


RULES: Mapping[str, Rule] = {
    "range": Rule("range", "1", span),
    "ucdp": Rule("ucdp", "1", ucdp),
    "acled": Rule("acled", "1", acled),
}
