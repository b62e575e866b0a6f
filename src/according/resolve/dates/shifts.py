"""Shifts: so many units before or after the publication, the last date of the narrative, or a date that is named."""

from __future__ import annotations

from dataclasses import replace

from according.resolve.dates.calendars import add_months, day_of, iso_day, number_of, parse_day, weekday_of
from according.resolve.dates.context import Context, Point, Resolved
from according.resolve.dates.periods import (
    century_range,
    dated,
    day_range,
    decade_range,
    duration_timex,
    month_range,
    quarter_range,
    week_range,
    weekend_range,
    year_range,
)
from according.resolve.dates.placed import in_year, modified, on_day, unanchored
from according.resolve.dates.reading import Reading
from according.values import DatePrecision, DateRange


def base_of(reading: Reading, context: Context) -> tuple[Point, str] | None:
    """The point that a shift counts from."""
    told = None if context.deictic is None else Point(*day_of(context.deictic))
    day_unit = reading.unit in {"D", "NT"} and reading.shift != 0
    last = context.last("D" if day_unit or reading.unit in {"W", "FN", "WE"} else "M" if reading.unit == "M" else "Y")
    if reading.unit == "Y" and (reading.shift == 0 or not context.narrative):
        last = context.mentioned or last  # a lone year that the narrative does not follow is still "that year"
    from_narrative = (last if context.narrative else None, "narrative")
    if reading.anchor == "told" or (reading.anchor == "near" and told is not None):
        chosen = (told, context.told_from) if told is not None else from_narrative
    elif reading.anchor == "event":
        chosen = from_narrative
    elif last is not None:
        chosen = (last, "narrative")
    else:
        chosen = (told if (reading.shift or 0) <= 0 else None, context.told_from)
    return None if chosen[0] is None else (chosen[0], chosen[1])


def shifted(reading: Reading, context: Context, future: bool) -> Resolved:
    """ "Two days earlier", "last week", "the end of the month": counted from its anchor, if that is known."""
    found = base_of(reading, context)
    if found is None or (
        context.deictic is None and reading.anchor == "told" and reading.unit == "D" and (reading.n or 0) <= 1
    ):
        return Resolved(unanchored(reading, context))
    base, anchor = found
    if context.in_apposition and reading.anchor == "last" and context.mentioned is not None:
        return _same(context.mentioned)
    if reading.vague or (reading.shift and reading.n is None):
        return Resolved(_vague_shift(reading, base), None, anchor)
    steps = (reading.shift or 0) * (reading.amount or 0)
    if reading.soft and future:
        steps = 0 if reading.unit == "WE" else 1
    return _moved(reading, base, steps, anchor, context)


def _same(point: Point) -> Resolved:
    """ "Last Thursday, nine days later, ...": a second name of the date just before it."""
    if point.number is not None:
        return Resolved(day_range(point.number), point, "narrative")
    value = year_range(point.year) if point.month is None else month_range(point.year, point.month)
    return Resolved(value, point, "narrative")


def _moved(reading: Reading, base: Point, steps: float, anchor: str, context: Context) -> Resolved:
    unit = reading.unit or "D"
    if unit in {"D", "NT"}:
        number = base.number
        if number is None and not steps and base.month is not None:
            value = month_range(base.year, base.month)
            return Resolved(replace(value, timex=f"{value.timex}-XX"), base, anchor)
        if number is None:
            return Resolved(unanchored(reading, context), None, anchor)
        daypart = reading.daypart or ("NI" if unit == "NT" else None)
        if reading.across:
            return _night(reading, number, anchor)
        return on_day(replace(reading, daypart=daypart), number + round(steps), anchor)
    if unit in {"W", "FN", "WE"}:
        return _moved_weeks(reading, base, steps * (2 if unit == "FN" else 1), anchor, context)
    if unit in {"M", "Q"}:
        if base.month is None:
            return Resolved(unanchored(reading, context), None, anchor)
        year, month = add_months(base.year, base.month, round(steps * (3 if unit == "Q" else 1)))
        if unit == "Q":
            return Resolved(modified(quarter_range(year, (month + 2) // 3), reading), Point(year), anchor)
        return in_year(replace(reading, month=month), year, context, anchor)
    if unit == "Y":
        if steps % 1 and base.month is not None:
            year, month = add_months(base.year, base.month, round(steps * 12))
            return in_year(replace(reading, month=month), year, context, anchor)
        return in_year(reading, base.year + round(steps), context, anchor)
    if unit in {"DE", "CE"}:
        return Resolved(modified(_moved_decades(unit, base, steps, bool(reading.counted)), reading), None, anchor)
    return _moved_hours(reading, base, steps, anchor)


def _night(reading: Reading, number: int, anchor: str) -> Resolved:
    """ "Overnight": the night before the report, or the one that follows the narrative's last day."""
    first = number if anchor == "narrative" and reading.anchor == "last" else number - 1
    timex = day_range(number, reading.daypart).timex
    return Resolved(dated(first, first + 1, DatePrecision.RANGE, timex), None, anchor)


def _moved_weeks(reading: Reading, base: Point, steps: float, anchor: str, context: Context) -> Resolved:
    number = base.number
    if number is None:
        return Resolved(unanchored(reading, context), None, anchor)
    there = number + round(7 * steps)
    if reading.weekday is not None:
        return on_day(reading, there - weekday_of(there) + reading.weekday, anchor)
    if reading.unit == "WE":
        if reading.soft and steps < 0:
            there = number if weekday_of(number) >= 6 else number - 7
        value = weekend_range(there)
    else:
        value = week_range(there)
    day = day_of(there - weekday_of(there) + 1)
    return Resolved(modified(value, reading), Point(*day), anchor)


def _moved_decades(unit: str, base: Point, steps: float, counted: bool) -> DateRange:
    if steps % 1 or (counted and abs(steps) == 1):
        return year_range(base.year + round(steps * (10 if unit == "DE" else 100)))
    bc = base.year <= 0
    year = 1 - base.year if bc else base.year
    size = 10 if unit == "DE" else 100
    there = (year + (-1 if bc else 1) * size * round(steps)) // size
    return decade_range(there, bc) if unit == "DE" else century_range(there, bc)


def _moved_hours(reading: Reading, base: Point, steps: float, anchor: str) -> Resolved:
    number = base.number
    if number is None:
        return Resolved(DateRange(None, None, DatePrecision.MINUTE, "XXXX-XX-XXTXX"))
    minutes = steps * {"TH": 60, "TM": 1, "TS": 0}.get(reading.unit or "", 0)
    if base.hour is not None:
        days, rest = divmod(base.hour * 60 + round(minutes), 1440)
        return on_day(replace(reading, hour=rest // 60, minute=rest % 60), number + days, anchor)
    value = dated(number, number, DatePrecision.DAY, f"{day_range(number).timex}TXX")
    return Resolved(value, Point(base.year, base.month, base.day), anchor)


def _vague_shift(reading: Reading, base: Point) -> DateRange:
    """ "A few days later": some time after; the other end is open."""
    later = (reading.shift or 1) > 0
    number = base.number
    if number is None:
        number = number_of(base.year, base.month or (12 if later else 1), 1)
    if reading.unit in {"TH", "TM", "TS"} and base.number is not None:
        return dated(number, number, DatePrecision.DAY, f"{day_range(number).timex}TXX")
    start, end = (iso_day(number), None) if later else (None, iso_day(number))
    return DateRange(start, end, DatePrecision.RANGE, "FUTURE_REF" if later else "PAST_REF")


def from_date(reading: Reading, base: Resolved, context: Context) -> Resolved:
    """ "Two days after 5 July", "the last week of October", "the first two months of 1939"."""
    if base.value.start is None or base.value.end is None:
        return Resolved(base.value)
    if reading.shift is not None:
        if base.point is None:
            return Resolved(unanchored(reading, context))
        if reading.vague or reading.n is None:
            return Resolved(_vague_shift(reading, base.point), None, base.anchor)
        steps = reading.shift * (reading.amount or 0)
        clean = Reading(unit=reading.unit, n=reading.n, mod=reading.mod)
        return _moved(clean, base.point, steps, base.anchor or "narrative", context)
    return Resolved(within_date(reading, base.value), base.point, base.anchor)


_DAYS = {"D": 1, "W": 7, "M": 30, "FN": 14, "WE": 2}


def within_date(reading: Reading, base: DateRange) -> DateRange:
    """A stretch of a date: its nth day, week or weekday, its first or last so many units.

    Args:
        reading: with `unit`, `nth`, `n` and `span` of the stretch.
        base: the date, both ends known.
    """
    first, last = parse_day(base.start or ""), parse_day(base.end or "")
    if reading.weekday is not None:
        nth = reading.nth or 1
        if nth > 0:
            return day_range(first + (reading.weekday - weekday_of(first)) % 7 + 7 * (nth - 1))
        return day_range(last - (weekday_of(last) - reading.weekday) % 7)
    if reading.unit == "DE" and reading.nth is not None and base.precision is DatePrecision.LARGER:
        year = day_of(first).year + 10 * (reading.nth - 1) if reading.nth > 0 else day_of(last).year - 1
        return base if year <= 0 else decade_range(year // 10)
    length = _DAYS.get(reading.unit or "", 0)
    amount = (reading.amount or 1) if reading.n is not None else 1
    timex = duration_timex(amount, bool(reading.vague), reading.unit)
    if not length or reading.vague:
        return DateRange(base.start, base.end, base.precision, timex, base.mod)
    if reading.nth is not None and reading.unit == "D":
        number = last if reading.nth == -1 else first + reading.nth - 1
        return day_range(min(number, last))
    size = round(length * amount)
    if reading.span == -1 or reading.nth == -1:
        return dated(max(first, last - size + 1), last, DatePrecision.RANGE, timex)
    start = min(last, first + size * ((reading.nth or 1) - 1))
    return dated(start, min(last, start + size - 1), DatePrecision.RANGE, timex)
