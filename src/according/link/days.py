"""Days as numbers: ISO dates of any precision, years before the common era included, to a count of days."""

from __future__ import annotations

import re

from according.values import DatePrecision, DateRange

_PARTS = re.compile(r"(-?\d{4,})(?:-(\d{2})(?:-(\d{2}))?)?")
_WIDE = {
    DatePrecision.WEEK: 6,
    DatePrecision.MONTH: 30,
    DatePrecision.SEASON: 91,
    DatePrecision.YEAR: 365,
    DatePrecision.LARGER: 3652,
}
OPEN_DAYS = 366  # how far an open end is taken to reach


def day_number(value: str, last: bool = False) -> int:
    """Days since 1970-01-01 in the proleptic Gregorian calendar.

    Args:
        value: an ISO 8601 date: year, month, day or minute.
        last: where month or day are missing, take the last and not the first.

    Raises:
        ValueError: the value is no ISO date, or names a month that is none.
    """
    match = _PARTS.match(value)
    if match is None:
        raise ValueError(f"not an ISO 8601 date: {value!r}")
    year = int(match[1])
    month = int(match[2]) if match[2] else 12 if last else 1
    if not 1 <= month <= 12:
        raise ValueError(f"no month has the number {month}: {value!r}")
    if match[3]:
        return _civil(year, month, int(match[3]))
    if not last:
        return _civil(year, month, 1)
    return (_civil(year + 1, 1, 1) if month == 12 else _civil(year, month + 1, 1)) - 1


def _civil(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01, counted in eras of 400 years from March, so that leap days fall at the end."""
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def iso_day(number: int) -> str:
    """The ISO 8601 day of a day number."""
    number += 719468
    era = number // 146097
    rest = number - era * 146097
    of_era = (rest - rest // 1460 + rest // 36524 - rest // 146096) // 365
    of_year = rest - (365 * of_era + of_era // 4 - of_era // 100)
    shifted = (5 * of_year + 2) // 153
    day = of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + (3 if shifted < 10 else -9)
    year = of_era + era * 400 + (month <= 2)
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"


def span_of(date: DateRange) -> tuple[int, int] | None:
    """First and last day that a date allows, as numbers; None where it has no anchor.

    An open end reaches `OPEN_DAYS`. One day that is known only to the week, month or year is widened to both sides,
    since what was written is then a stand-in for the unit.
    """
    if date.start is None and date.end is None:
        return None
    first = day_number(date.start) if date.start is not None else None
    final = day_number(date.end, last=True) if date.end is not None else None
    if first is None:
        assert final is not None
        return final - OPEN_DAYS, final
    if final is None:
        return first, first + OPEN_DAYS
    if first == final and date.precision in _WIDE:
        return first - _WIDE[date.precision], final + _WIDE[date.precision]
    return first, final
