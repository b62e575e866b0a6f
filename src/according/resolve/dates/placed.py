"""A reading placed on a year or a day that is known, and what is left of one that nothing fixes."""

from __future__ import annotations

from dataclasses import replace

from according.resolve.dates.calendars import day_of, month_length, number_of
from according.resolve.dates.context import Context, Point, Resolved
from according.resolve.dates.periods import (
    SEASON_MONTH,
    bounds_of_part,
    dated,
    day_range,
    duration_timex,
    half_range,
    month_range,
    quarter_range,
    season_range,
    year_range,
    year_timex,
)
from according.resolve.dates.reading import Reading
from according.values import DatePrecision, DateRange


def in_year(reading: Reading, year: int, context: Context, anchor: str | None) -> Resolved:
    """A date in a known year."""
    if reading.holiday is not None:
        return _holiday(reading, year, context, anchor)
    if reading.month is not None:
        if reading.day is not None:
            if reading.day > month_length(year, reading.month):
                return Resolved(unanchored(reading, context))
            return on_day(reading, number_of(year, reading.month, reading.day), anchor)
        return Resolved(modified(month_range(year, reading.month), reading), Point(year, reading.month), anchor)
    if reading.season is not None:
        ends_here = not reading.has_year
        point = Point(year, 1 if ends_here and reading.season == "WI" else SEASON_MONTH[reading.season])
        return Resolved(modified(season_range(year, reading.season, ends_here), reading), point, anchor)
    if reading.quarter is not None:
        return Resolved(modified(quarter_range(year, reading.quarter), reading), Point(year), anchor)
    if reading.half is not None and reading.part is None:
        return Resolved(half_range(year, reading.half), Point(year), anchor)
    return Resolved(modified(year_range(year), reading), Point(year), anchor)


def on_day(reading: Reading, number: int, anchor: str | None) -> Resolved:
    """A day that is known, with the part or time of day that the words give."""
    day = day_of(number)
    point = Point(day.year, day.month, day.day, reading.hour)
    return Resolved(
        modified(day_range(number, reading.daypart, reading.hour, reading.minute, reading.zone), reading),
        point,
        anchor,
    )


def _holiday(reading: Reading, year: int, context: Context, anchor: str | None) -> Resolved:
    holiday = context.holidays[reading.holiday or ""]
    days = holiday.days(year)
    if days is None:
        value = DateRange(None, None, DatePrecision.DAY, year_timex(year) + "-XX-XX")
        return Resolved(value, Point(year), anchor)
    start, end = days
    if reading.eve:
        start = end = start - 1
    if reading.nth is not None:
        start = end = end if reading.nth == -1 else start + reading.nth - 1 + (holiday.is_uncertain and reading.nth > 0)
    day = day_of(start + (1 if holiday.is_uncertain and start != end else 0))
    if start == end:
        return on_day(reading, start, anchor)
    timex = f"{year_timex(day.year)}-{day.month:02d}-{day.day:02d}"
    value = dated(start, end, DatePrecision.RANGE, timex, "APPROX" if holiday.is_uncertain else None)
    return Resolved(value, Point(*day), anchor)


_UNIT_PRECISION = {
    **dict.fromkeys(("D", "NT"), DatePrecision.DAY),
    **dict.fromkeys(("W", "FN", "WE"), DatePrecision.WEEK),
    **dict.fromkeys(("TH", "TM", "TS"), DatePrecision.MINUTE),
    "M": DatePrecision.MONTH,
    "Q": DatePrecision.SEASON,
    "Y": DatePrecision.YEAR,
}


def precision_of(unit: str | None) -> DatePrecision:
    """The precision that goes with a unit of time."""
    return _UNIT_PRECISION.get(unit or "", DatePrecision.LARGER)


RECURRING = {
    "D": "XXXX-XX-XX",
    "NT": "XXXX-XX-XXTNI",
    "W": "XXXX-WXX",
    "M": "XXXX-XX",
    "Y": "XXXX",
    "TH": "XXXX-XX-XXTXX",
    "WE": "XXXX-WXX-WE",
}


def unanchored(reading: Reading, context: Context) -> DateRange:
    """The TIMEX value with X for what is not known; no start and no end."""
    if reading.weekday is not None and reading.month is None:
        timex, precision = f"XXXX-WXX-{reading.weekday}", DatePrecision.DAY
    elif reading.month is not None:
        timex = f"XXXX-{reading.month:02d}" + (f"-{reading.day:02d}" if reading.day is not None else "")
        precision = DatePrecision.DAY if reading.day is not None else DatePrecision.MONTH
    elif reading.season is not None:
        timex, precision = f"XXXX-{reading.season}", DatePrecision.SEASON
    elif reading.quarter is not None:
        timex, precision = f"XXXX-Q{reading.quarter}", DatePrecision.SEASON
    elif reading.anchor == "event":
        timex, precision = (
            duration_timex(reading.amount, bool(reading.vague), reading.unit) or "XXXX-XX-XX",
            precision_of(reading.unit),
        )
    else:
        timex, precision = RECURRING.get(reading.unit or "D", "XXXX"), precision_of(reading.unit or "D")
    if reading.hour is not None:
        timex, precision = (
            f"{timex}T{reading.hour:02d}:{reading.minute or 0:02d}{reading.zone or ''}",
            DatePrecision.MINUTE,
        )
    elif reading.daypart is not None and len(timex) == 10:
        timex += f"T{reading.daypart}"
    return DateRange(None, None, precision, timex, reading.mod or reading.part)


def modified(value: DateRange, reading: Reading) -> DateRange:
    """A part (early, mid, late, first half) narrows the days and is kept as the TIMEX modifier, as a hedge is."""
    part = reading.part
    if part is None and reading.half is not None and reading.year is None:
        part = "START" if reading.half == 1 else "END"
    if reading.eve and value.start is not None and reading.holiday is None:
        return value
    mod = reading.mod or part or ("APPROX" if reading.approx else value.mod)
    if (
        part is None
        or value.start is None
        or value.end is None
        or value.precision in {DatePrecision.DAY, DatePrecision.MINUTE}
    ):
        return replace(value, mod=mod)
    start, end = bounds_of_part(value, part, reading.half is not None)
    return replace(value, start=start, end=end, mod=mod)
