"""Calendar dates: the year, month or day that the words leave out, from the publication or the narrative."""

from __future__ import annotations

from according.resolve.dates.calendars import add_months, day_of, month_length, number_of, weekday_of
from according.resolve.dates.context import Context, Point, Resolved
from according.resolve.dates.periods import SEASON_MONTH, century_range, decade_range
from according.resolve.dates.placed import in_year, modified, on_day, unanchored
from according.resolve.dates.reading import Reading
from according.values import DatePrecision, DateRange


def calendar(reading: Reading, context: Context, future: bool) -> Resolved:
    """A date of the calendar, however much of it the words leave out."""
    if reading.century is not None:
        return Resolved(modified(century_range(reading.century, reading.era == "BC"), reading))
    if reading.decade is not None or reading.yy_decade is not None:
        return _decade(reading)
    year = _year(reading, context)
    if year is not None:
        return in_year(reading, year, context, None)
    if (
        reading.month is not None
        or reading.season is not None
        or reading.holiday is not None
        or reading.quarter is not None
    ):
        found = _infer_year(reading, context, future)
        if found is None:
            return Resolved(unanchored(reading, context))
        return in_year(reading, found[0], context, found[1])
    if reading.weekday is not None:
        return _weekday(reading, context, future)
    if reading.day is not None:
        return _day_of_month(reading, context)
    return Resolved(unanchored(reading, context))


def _decade(reading: Reading) -> Resolved:
    decade = reading.decade if reading.decade is not None else 190 + (reading.yy_decade or 0)
    value = decade_range(decade, reading.era == "BC")
    first = int((value.start or "0")[:5].rstrip("-")) if reading.era != "BC" else 1 - decade * 10
    return Resolved(modified(value, reading), Point(first))


def _year(reading: Reading, context: Context) -> int | None:
    """The astronomical year that the words give, two digits filled up."""
    if reading.year is not None:
        return 1 - reading.year if reading.era == "BC" else reading.year
    if reading.yy is None:
        return None
    if context.told is not None:
        latest = day_of(context.told).year + 1
    else:
        latest = 2030
    return latest - (latest - reading.yy) % 100


def _infer_year(reading: Reading, context: Context, future: bool) -> tuple[int, str] | None:
    """The year of a month, season or holiday that is given without one, and what it was taken from."""
    if reading.lead in {"that", "following", "previous"} or context.deictic is None:
        return _narrative_year(reading, context)
    told = day_of(context.deictic)
    ahead = future if reading.lead is None else reading.lead in {"next"}
    if reading.lead == "this":
        return told.year, context.told_from
    first, last = _bounds(reading, told.year, context)
    if not ahead and _is_told_of_beside(reading, context, told.year):
        # "In May 1967 ... In July": told of the date beside it, not of the news
        return context.beside.year, "narrative"  # type: ignore[union-attr]
    if ahead:
        return (told.year if last >= context.deictic else told.year + 1), context.told_from
    limit = context.deictic + (1 if reading.day is not None else 0)
    if context.attributive and reading.lead is None and limit < first <= context.deictic + _SOON:
        return told.year, context.told_from
    year = told.year if first <= limit else told.year - 1
    if reading.lead == "last" and _bounds(reading, year, context)[1] >= context.deictic:
        year -= 1
    return year, context.told_from


# Days ahead within which a day that no verb dates ("the 19 March elections") is rather to come than almost a year ago.
_SOON = 45


def _is_told_of_beside(reading: Reading, context: Context, told_year: int) -> bool:
    beside = context.beside
    if beside is None or reading.month is None or reading.lead is not None:
        return False
    return beside.year < told_year - 1 and reading.month >= (beside.month or 1)


def _bounds(reading: Reading, year: int, context: Context) -> tuple[int, int]:
    """First and last day of what is named, in a year."""
    if reading.holiday is not None:
        return context.holidays[reading.holiday].days(year) or (number_of(year, 1, 1), number_of(year, 12, 31))
    if reading.month is not None:
        if reading.day is not None:
            number = number_of(year, reading.month, min(reading.day, month_length(year, reading.month)))
            return number, number
        return number_of(year, reading.month, 1), number_of(year, reading.month, month_length(year, reading.month))
    month = SEASON_MONTH[reading.season] if reading.season is not None else 3 * (reading.quarter or 1) - 2
    begin = number_of(year - (reading.season == "WI"), month, 1)
    return begin, begin + 89


def _narrative_year(reading: Reading, context: Context) -> tuple[int, str] | None:
    last = context.last()
    if last is None:
        if context.deictic is not None:
            return day_of(context.deictic).year, context.told_from
        return None
    month = reading.month or {"WI": 1}.get(reading.season or "") or SEASON_MONTH.get(reading.season or "")
    reached = last.month or context.month_of(last.year)
    year = last.year
    if month is not None and reached is not None:
        if reading.lead == "following" and month <= reached:
            year += 1
        elif reading.lead == "previous" and month >= reached:
            year -= 1
        elif reading.lead is None and reached - month >= _TURN:
            year += 1
    return year, "narrative"


# A month that lies so many months before the one that the narrative has reached is next year's.
_TURN = 8


def _weekday(reading: Reading, context: Context, future: bool) -> Resolved:
    wanted = reading.weekday or 1
    if reading.lead in {"that", "following", "previous"} or context.deictic is None:
        point = context.last("D")
        number = None if point is None else point.number
        if number is None or (context.deictic is None and not context.narrative and reading.lead is None):
            return Resolved(unanchored(reading, context))
        if reading.lead == "previous":
            return on_day(reading, number - ((weekday_of(number) - wanted - 1) % 7 + 1), "narrative")
        step = (wanted - weekday_of(number)) % 7
        return on_day(reading, number + (step or (7 if reading.lead == "following" else 0)), "narrative")
    told = context.deictic
    back = (weekday_of(told) - wanted) % 7
    if reading.lead == "last":
        return on_day(reading, told - (back or 7), context.told_from)
    if reading.lead == "next":
        return on_day(reading, told + ((7 - back) or 7), context.told_from)
    if future:
        return on_day(reading, told + (7 - back) % 7, context.told_from)
    return on_day(reading, told - back, context.told_from)


def _day_of_month(reading: Reading, context: Context) -> Resolved:
    """ "The 20th": of the month that was last mentioned, or of the publication's."""
    day = reading.day or 1
    point = context.last("M")
    if point is not None and point.month is not None and (context.deictic is None or point.day is not None):
        year, month, anchor = point.year, point.month, "narrative"
    elif context.deictic is not None:
        told = day_of(context.deictic)
        year, month = (told.year, told.month) if day <= told.day + 1 else add_months(told.year, told.month, -1)
        anchor = context.told_from
    else:
        return _unknown_month(day, reading.daypart)
    if day > month_length(year, month):
        return _unknown_month(day, reading.daypart)
    return on_day(reading, number_of(year, month, day), anchor)


def _unknown_month(day: int, daypart: str | None) -> Resolved:
    part = f"T{daypart}" if daypart else ""
    return Resolved(DateRange(None, None, DatePrecision.DAY, f"XXXX-XX-{day:02d}{part}"))


def time_of_day(reading: Reading, context: Context) -> Resolved:
    """A time of day without a day: on the day that was last mentioned, else on that of the publication."""
    point = context.last("D")
    number = point.number if point is not None and context.memory[-1] == point else None
    anchor = "narrative"
    if number is not None and context.deictic is not None and number > context.deictic and not context.is_close:
        number = None  # "suspended until Monday. 14:47 ...": what is reported has happened
    if number is None and context.deictic is not None:
        number, anchor = context.deictic, context.told_from
    is_of_a_day = reading.hour is not None or (reading.definite and not context.narrative)
    if number is None or not is_of_a_day:
        return Resolved(unanchored(reading, context))
    return on_day(reading, number, anchor)
