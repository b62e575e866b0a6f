"""How exactly a date is known, in the codes of two data sets (reference: UCDP date_prec, ACLED time_precision)."""

from __future__ import annotations

from according.resolve.dates.calendars import iso_day, parse_day
from according.values import DatePrecision, DateRange

_LONGER = frozenset({DatePrecision.SEASON, DatePrecision.YEAR, DatePrecision.LARGER})


def days_of(value: DateRange) -> int | None:
    """Number of days from start to end, both counted; None where an end is open."""
    if value.start is None or value.end is None:
        return None
    return parse_day(value.end) - parse_day(value.start) + 1


def ucdp_date_prec(value: DateRange) -> int | None:
    """UCDP's date_prec: 1 the day, 2 two to six days, 3 the week, 4 the month, 5 the year or more than a month.

    None where an end is open, so that no event can be dated by it.
    """
    days = days_of(value)
    if days is None:
        return None
    if value.precision in _LONGER and days > 31:
        return 5
    if value.precision is DatePrecision.MONTH:
        return 4
    if value.precision is DatePrecision.WEEK or days == 7:
        return 3
    if days <= 6:
        return 1 if days == 1 else 2
    return 4 if days <= 31 else 5


def acled_time_precision(value: DateRange) -> int | None:
    """ACLED's time_precision: 1 the day, 2 within a week (or weekend), 3 within a month.

    None where the date is vaguer: ACLED does not record such events.
    """
    days = days_of(value)
    if days is None:
        return None
    if days == 1:
        return 1
    if value.precision is not DatePrecision.MONTH and days <= 7:
        return 2
    return 3 if days <= 31 else None


def acled_event_date(value: DateRange) -> str | None:
    """The day under which ACLED's rules file an event; None where `acled_time_precision` is None.

    The day itself, the middle of a week or month, the first or last day for the beginning or end of a month.
    """
    if acled_time_precision(value) is None or value.start is None or value.end is None:
        return None
    first, last = parse_day(value.start), parse_day(value.end)
    if value.precision is DatePrecision.MONTH and value.mod == "START":
        return iso_day(first)
    if value.precision is DatePrecision.MONTH and value.mod == "END":
        return iso_day(last)
    return iso_day((first + last) // 2)
