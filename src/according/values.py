"""Typed values with open ends and precision: counts, dates, places.

Nothing here knows a document, a rule or a database. A value is immutable, compares by content, and validates itself
when it is built, so that a wrong value cannot travel.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum


class CountKind(StrEnum):
    """How a number was put into words."""

    EXACT = "exact"
    ABOUT = "about"
    BOUND = "bound"
    VAGUE = "vague"
    NONE = "none"


class PersonStatus(StrEnum):
    """Whether the counted people are civilians or fighters, as the speaker has it."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    UNKNOWN = "unknown"


class Scope(StrEnum):
    """What a number covers: this event, a period, or all since something began."""

    EVENT = "event"
    PERIOD = "period"
    CUMULATIVE = "cumulative"


class DatePrecision(StrEnum):
    """The unit to which a date is known."""

    MINUTE = "minute"
    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    LARGER = "larger"


class PlacePrecision(StrEnum):
    """The kind of place that a point stands for, from exact to country; see docs/precision.md for the crosswalk."""

    EXACT = "exact"
    SETTLEMENT = "settlement"
    NEAR = "near"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    REGION = "region"
    COUNTRY = "country"
    LARGER = "larger"


@dataclass(frozen=True, slots=True)
class CountRange:
    """A number of people (or things) with open ends.

    Args:
        low: least number that the words allow, or None where they set no floor ("up to 150").
        high: greatest number that the words allow, or None where they set no ceiling ("at least 12").
        kind: how the number was put.
        word: the vague word as it stands in the text ("dozens"), else None.
        bound: the number in the words where it is no end itself ("more than 60" is low 61, bound 60), else None.

    Raises:
        ValueError: both ends are given and low is above high, or an end is negative.
    """

    low: int | None
    high: int | None
    kind: CountKind = CountKind.EXACT
    word: str | None = None
    bound: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        for end in (self.low, self.high):
            if end is not None and end < 0:
                raise ValueError(f"a count cannot be negative: {end}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"a count's low {self.low} is above its high {self.high}")

    @property
    def is_exact(self) -> bool:
        """True where the words give one number, hedged or not."""
        return self.low is not None and self.low == self.high

    @property
    def stated(self) -> int | None:
        """The number that the words give: the only one, else the bound that they name, the lower of two."""
        if self.bound is not None:
            return self.bound
        return self.low if self.low is not None else self.high

    def contains(self, other: CountRange) -> bool:
        """True where every number that `other` allows is allowed here too."""
        low_ok = self.low is None or (other.low is not None and other.low >= self.low)
        high_ok = self.high is None or (other.high is not None and other.high <= self.high)
        return low_ok and high_ok

    def meets(self, other: CountRange) -> CountRange | None:
        """The numbers that both allow, or None where there are none."""
        lows = [n for n in (self.low, other.low) if n is not None]
        highs = [n for n in (self.high, other.high) if n is not None]
        low, high = max(lows, default=None), min(highs, default=None)
        if low is not None and high is not None and low > high:
            return None
        narrower = self if self.contains(other) is False else other
        return CountRange(low, high, narrower.kind, narrower.word)

    def plus(self, other: CountRange) -> CountRange:
        """The sum of two disjoint groups; an end that is open in one is open in the sum."""
        low = (self.low or 0) + (other.low or 0)
        high = None if self.high is None or other.high is None else self.high + other.high
        kind = self.kind if self.kind == other.kind else CountKind.ABOUT if high == low else CountKind.BOUND
        return CountRange(low, high, kind, self.word or other.word)

    def __str__(self) -> str:
        if self.low is not None and self.low == self.high:
            return f"about {self.low}" if self.kind is CountKind.ABOUT else str(self.low)
        if self.word:
            return f"{self.word} ({self.low} or more)" if self.high is None else f"{self.word} ({self.low}-{self.high})"
        if self.high is None:
            return "unknown" if self.low is None else f"{self.low} or more"
        return f"up to {self.high}" if self.low is None else f"{self.low}-{self.high}"


@dataclass(frozen=True, slots=True)
class Count:
    """A range of people with what is said about them.

    Args:
        range: how many.
        status: civilian, combatant or unknown, in the speaker's words.
        status_by_party: True where only a party to the event gives that status.
        group: the people as the text names them ("militants", "women", "members of one family"), else None.
        sex: "female" or "male" where stated.
        age: "child" or "adult" where stated.
        scope: the event, a period, or cumulative.
    """

    range: CountRange
    status: PersonStatus = PersonStatus.UNKNOWN
    status_by_party: bool = False
    group: str | None = None
    sex: str | None = None
    age: str | None = None
    scope: Scope = Scope.EVENT

    def __str__(self) -> str:
        return f"{self.range} {self.group or 'people'}"


_ISO = re.compile(r"-?\d{4,}(-\d{2}(-\d{2}(T\d{2}:\d{2})?)?)?")


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days between which something happened, both ends included.

    Args:
        start, end: ISO 8601 days ("2018-01-20"), minutes ("2018-01-20T14:30") at precision minute, astronomical
            years for dates before the common era ("-0479-08-27"); None where the words leave the end open or the
            expression could not be anchored.
        precision: the unit to which it is known.
        timex: the TIMEX3 value ("2018-W03", "P2D", "PAST_REF") where there is one.
        mod: the TIMEX3 modifier (START, MID, END, APPROX, BEFORE, AFTER, ...), else None.

    Raises:
        ValueError: an end is no ISO date, or start is after end.
    """

    start: str | None
    end: str | None
    precision: DatePrecision
    timex: str | None = None
    mod: str | None = None

    def __post_init__(self) -> None:
        for value in (self.start, self.end):
            if value is not None and not _ISO.fullmatch(value):
                raise ValueError(f"not an ISO 8601 day or minute: {value!r}")
        if self.start is not None and self.end is not None and sort_key(self.start) > sort_key(self.end, last=True):
            raise ValueError(f"a date range's start {self.start} is after its end {self.end}")

    @property
    def is_anchored(self) -> bool:
        """True where at least one end is a known day."""
        return self.start is not None or self.end is not None

    def overlaps(self, other: DateRange) -> bool:
        """True where the two may be the same time; an open end reaches as far as it can."""
        if not (self.is_anchored and other.is_anchored):
            return True
        after = (
            self.start is not None and other.end is not None and sort_key(self.start) > sort_key(other.end, last=True)
        )
        before = (
            other.start is not None and self.end is not None and sort_key(other.start) > sort_key(self.end, last=True)
        )
        return not (after or before)

    def __str__(self) -> str:
        if self.start == self.end:
            return self.start or "undated"
        return f"{self.start or '...'} to {self.end or '...'}"


def sort_key(value: str, last: bool = False) -> tuple[int, ...]:
    """A tuple that orders ISO dates of any precision, years before the common era included.

    Args:
        value: an ISO 8601 date, as in `DateRange`.
        last: where a part is missing, take its last value and not its first.
    """
    sign = -1 if value.startswith("-") else 1
    parts = [int(n) for n in re.findall(r"\d+", value)]
    parts[0] *= sign
    fill = (12, 31, 23, 59) if last else (1, 1, 0, 0)
    return tuple(parts + list(fill[len(parts) - 1 :]))


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place as far as it could be resolved.

    Args:
        id: gazetteer id, or None where the name is not in the gazetteer.
        name: the place as the text names it, or the gazetteer's name where it was found.
        latitude, longitude: WGS84 degrees of the point that stands for it, or None.
        precision: what the point stands for.
        radius_km: distance from the point within which the place lies, or None.
        country: ISO 3166-1 alpha-3, or None.
        admin1, admin2: names of the first and second administrative level, or None.

    Raises:
        ValueError: a coordinate is out of range, or only one of the two is given.
    """

    id: str | None
    name: str
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision | None = None
    radius_km: float | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None

    def __post_init__(self) -> None:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError(f"{self.name}: a point needs latitude and longitude")
        if self.latitude is not None and not -90 <= self.latitude <= 90:
            raise ValueError(f"{self.name}: latitude {self.latitude} is not between -90 and 90")
        if self.longitude is not None and not -180 <= self.longitude <= 180:
            raise ValueError(f"{self.name}: longitude {self.longitude} is not between -180 and 180")

    def __str__(self) -> str:
        areas = [a for a in (self.admin2, self.admin1, self.country) if a and a != self.name]
        return ", ".join([self.name, *areas])


@dataclass(frozen=True, slots=True)
class Code:
    """A term of a closed vocabulary (an event type, a weapon class), with the vocabulary's id."""

    code: str

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole in percent ("98% of the territory", "half of the city").

    Raises:
        ValueError: the share is not between 0 and 100.
    """

    low: float | None
    high: float | None

    def __post_init__(self) -> None:
        for end in (self.low, self.high):
            if end is not None and not 0 <= end <= 100:
                raise ValueError(f"a share must be between 0 and 100 per cent: {end}")

    def __str__(self) -> str:
        low, high = ("" if end is None else f"{end:g}" for end in (self.low, self.high))
        if not low or not high:
            return f"{low}% or more" if low else f"up to {high}%" if high else "unknown"
        return f"{low}%" if low == high else f"{low}-{high}%"


@dataclass(frozen=True, slots=True)
class Words:
    """What is claimed where no narrower type holds it (an opinion, a demand, a method), in the speaker's words."""

    text: str

    def __str__(self) -> str:
        return self.text


Value = Count | CountRange | DateRange | PlaceRef | Code | Share | Words
