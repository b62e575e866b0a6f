"""`Reading`: what the words of an expression of time say, before anybody knows when that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

_CALENDAR = ("month", "day", "weekday", "season", "quarter", "half", "holiday")


@dataclass(frozen=True, slots=True)
class Reading:
    """The fields of a matched expression; None where the words do not say.

    Args:
        year, yy: the year as written (four digits, or two), `era` "BC" or "AD".
        decade, century: 193 for the 1930s, 18 for the 19th century; `yy_decade` 3 for "the thirties".
        month, day, weekday: 1-12, 1-31, 1 (Monday) to 7; `nth` an ordinal of a unit, -1 for the last.
        season: SP, SU, FA, WI; `quarter` 1-4; `half` 1-2; `holiday` an id of times_holidays.yaml.
        part: START, MID or END of what is named; `eve` its eve; `within` -1 or 1 for "earlier" or "later" in it.
        daypart: MO, AF, EV, NI, DT, DA, MI; `hour`, `minute`, `meridiem`, `zone` a time of day.
        n, vague, factor, unit: an amount of time ("two weeks", "several days", "two" "hundred" years).
        anchor: what a shift starts from: told (publication), last (the narrative's last date), near (publication in
            news, else the last), event (something that happened), date (the date of this reading itself).
        shift, span: -1, 0 or 1: `n` units before or after the anchor, or a stretch that ends or begins there.
        rel: the unit that an underspecified date borrows from the anchor ("the 20th" of its month).
        lead: last, next, this, that, following or previous before a weekday, month or season.
        ref: PRESENT_REF, PAST_REF, FUTURE_REF, or a vague kind (TIME, DAY, UNIT, NTH, SEASON).
        mod: a TIMEX modifier from a hedge; `approx` 1 for "about".
        set: 1 for what recurs ("every day").
        soft: a lead that the tense of the verb may turn round ("over the weekend").
        counted: 1 for "a decade later", which counts from the year, beside "the following decade".
        across: 1 for a night that runs from one day into the next ("overnight").
        definite: 1 for a part of the day that is one day's ("in the evening", "by nightfall"), not of any ("at night").
        clockonly: a time of day without a day.
    """

    year: int | None = None
    yy: int | None = None
    era: str | None = None
    decade: int | None = None
    yy_decade: int | None = None
    century: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    holiday: str | None = None
    part: str | None = None
    eve: int | None = None
    within: int | None = None
    daypart: str | None = None
    hour: int | None = None
    minute: int | None = None
    meridiem: str | None = None
    zone: str | None = None
    n: float | None = None
    vague: int | None = None
    factor: int | None = None
    unit: str | None = None
    anchor: str | None = None
    shift: int | None = None
    span: int | None = None
    rel: str | None = None
    lead: str | None = None
    ref: str | None = None
    mod: str | None = None
    approx: int | None = None
    set: int | None = None
    soft: int | None = None
    counted: int | None = None
    across: int | None = None
    definite: int | None = None
    clockonly: int | None = None

    @classmethod
    def of(cls, values: Mapping[str, int | float | str]) -> Reading:
        """A reading from a node's fields.

        Raises:
            TypeError: a field is unknown.
        """
        return cls(**values)  # type: ignore[arg-type]

    @property
    def recurs(self) -> bool:
        """True for what recurs."""
        return bool(self.set)

    @property
    def is_calendar(self) -> bool:
        """True where it names a place in a calendar, however incomplete."""
        return self.has_year or any(getattr(self, name) is not None for name in _CALENDAR)

    @property
    def has_year(self) -> bool:
        """True where the words themselves give the year, decade or century."""
        return any(value is not None for value in (self.year, self.yy, self.decade, self.yy_decade, self.century))

    @property
    def amount(self) -> float | None:
        """The number of units; None where it is vague or not given."""
        if self.n is None or self.vague:
            return None
        return self.n * (self.factor or 1)


FIELDS = frozenset(f.name for f in fields(Reading))
