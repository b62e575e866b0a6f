"""`DateRange` values of days, weeks, months, seasons, years, decades and centuries, with their TIMEX values."""

from __future__ import annotations

from according.resolve.dates.calendars import (
    day_of,
    iso_day,
    iso_year,
    month_length,
    number_of,
    parse_day,
    week_of,
    weekday_of,
)
from according.values import DatePrecision, DateRange

# Meteorological seasons of the northern hemisphere; winter begins in December and runs into the next year.
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def year_timex(year: int) -> str:
    """An astronomical year as TIMEX writes it: "1939", "BC0480"."""
    return f"{year:04d}" if year > 0 else f"BC{1 - year:04d}"


def dated(start: int, end: int, precision: DatePrecision, timex: str | None, mod: str | None = None) -> DateRange:
    """A value from two day numbers."""
    return DateRange(iso_day(start), iso_day(end), precision, timex, mod)


def day_range(
    number: int, daypart: str | None = None, hour: int | None = None, minute: int | None = None, zone: str | None = None
) -> DateRange:
    """One day, a part of it, or one minute of it."""
    day = day_of(number)
    timex = f"{year_timex(day.year)}-{day.month:02d}-{day.day:02d}"
    if hour is not None:
        clock = f"T{hour:02d}:{minute or 0:02d}"
        at = iso_day(number) + clock
        return DateRange(at, at, DatePrecision.MINUTE, timex + clock + (zone or ""))
    return dated(number, number, DatePrecision.DAY, f"{timex}T{daypart}" if daypart else timex)


def week_range(number: int) -> DateRange:
    """The ISO week that a day lies in."""
    monday = number - weekday_of(number) + 1
    year, week = week_of(number)
    return dated(monday, monday + 6, DatePrecision.WEEK, f"{year_timex(year)}-W{week:02d}")


def weekend_range(number: int) -> DateRange:
    """Saturday and Sunday of the ISO week that a day lies in."""
    monday = number - weekday_of(number) + 1
    year, week = week_of(number)
    return dated(monday + 5, monday + 6, DatePrecision.RANGE, f"{year_timex(year)}-W{week:02d}-WE")


def month_range(year: int, month: int) -> DateRange:
    """One month."""
    first = number_of(year, month, 1)
    return dated(first, first + month_length(year, month) - 1, DatePrecision.MONTH, f"{year_timex(year)}-{month:02d}")


def season_range(year: int, season: str, ends_here: bool = False) -> DateRange:
    """One season of a year; its winter begins in its December, or with `ends_here` in the December before."""
    month = SEASON_MONTH[season]
    begin = year - 1 if ends_here and season == "WI" else year
    first = number_of(begin, month, 1)
    last = number_of(begin + (month == 12), (month + 2) % 12 + 1, 1) - 1
    return dated(first, last, DatePrecision.SEASON, f"{year_timex(year)}-{season}")


def quarter_range(year: int, quarter: int) -> DateRange:
    """One quarter of the calendar year."""
    first = number_of(year, 3 * quarter - 2, 1)
    last = number_of(year, 3 * quarter, month_length(year, 3 * quarter))
    return dated(first, last, DatePrecision.SEASON, f"{year_timex(year)}-Q{quarter}")


def half_range(year: int, half: int) -> DateRange:
    """One half of a year."""
    first, last = ((1, 1), (6, 30)) if half == 1 else ((7, 1), (12, 31))
    return dated(number_of(year, *first), number_of(year, *last), DatePrecision.YEAR, f"{year_timex(year)}-H{half}")


def year_range(year: int) -> DateRange:
    """One year."""
    return DateRange(f"{iso_year(year)}-01-01", f"{iso_year(year)}-12-31", DatePrecision.YEAR, year_timex(year))


def _years(first: int, last: int, timex: str) -> DateRange:
    return DateRange(f"{iso_year(first)}-01-01", f"{iso_year(last)}-12-31", DatePrecision.LARGER, timex)


def decade_range(decade: int, before_christ: bool = False) -> DateRange:
    """A decade: 193 is the 1930s; before Christ, 47 is the 470s, which run from 479 to 470 BC."""
    if before_christ:
        return _years(1 - (decade * 10 + 9), 1 - decade * 10, f"BC{decade:03d}")
    return _years(decade * 10, decade * 10 + 9, f"{decade:03d}")


def century_range(century: int, before_christ: bool = False) -> DateRange:
    """A century: 18 is the 19th, 1801 to 1900 (written 18); before Christ, 3 is the 4th, from 400 to 301 BC."""
    if before_christ:
        return _years(1 - (century + 1) * 100, -century * 100, f"BC{century:02d}")
    return _years(century * 100 + 1, century * 100 + 100, f"{century:02d}")


def bounds_of_part(value: DateRange, part: str, is_half: bool) -> tuple[str, str]:
    """First and last day of a third (START, MID, END) of a period, or with `is_half` of a half of it.

    A year is cut at the ends of its months, a decade or century at the ends of its years, anything else by days.

    Args:
        value: the period, both ends known.
    """
    start, end = value.start or "", value.end or ""
    first, last = parse_day(start), parse_day(end)
    if is_half:
        middle = first + (last - first + 2) // 2
        return (start, iso_day(middle - 1)) if part == "START" else (iso_day(middle), end)
    cuts = _cuts(value, first, last)
    edges = {"START": (first, cuts[0] - 1), "MID": (cuts[0], cuts[1] - 1), "END": (cuts[1], last)}
    begin, close = edges[part]
    return iso_day(begin), iso_day(close)


def _cuts(value: DateRange, first: int, last: int) -> tuple[int, int]:
    """The days on which the middle and the last third of a period begin."""
    year = day_of(first).year
    if value.precision is DatePrecision.YEAR and last - first > 200:
        return number_of(year, 5, 1), number_of(year, 9, 1)
    if value.precision is DatePrecision.LARGER:
        years = day_of(last).year - year + 1
        return number_of(year + years - 2 * (years // 3), 1, 1), number_of(year + years - years // 3, 1, 1)
    third = max(1, round((last - first + 1) / 3))
    return first + third, last - third + 1


_UNITS = {
    "D": "D",
    "NT": "D",
    "W": "W",
    "M": "M",
    "Y": "Y",
    "DE": "DE",
    "CE": "CE",
    "ML": "ML",
    "TH": "H",
    "TM": "M",
    "TS": "S",
    "Q": "Q",
    "WE": "WE",
}


def duration_timex(amount: float | None, vague: bool, unit: str | None) -> str | None:
    """An amount of time as TIMEX writes it: P3W, PT2H, PXD; None for a unit that TIMEX does not know."""
    if unit == "FN":
        unit, amount = "W", None if amount is None else amount * 2
    if unit not in _UNITS:
        return None
    number = "X" if vague or amount is None else f"{amount:g}".removeprefix("0") if amount < 1 else f"{amount:g}"
    return f"P{'T' if unit in {'TH', 'TM', 'TS'} else ''}{number}{_UNITS[unit]}"
