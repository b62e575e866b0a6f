"""Calendar arithmetic on day numbers, years before the common era included, and the feasts of four calendars.

A day is a whole number: days since 1970-01-01 in the proleptic Gregorian calendar. A year is astronomical: 0 is 1 BC
and -479 is 480 BC.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

_JULIAN_DAY_OF_EPOCH = 2440588  # Julian day number of 1970-01-01
_ISLAMIC_SHIFT = 1948440 - 385
_HEBREW_SHIFT = 2092591 - 1
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Day(NamedTuple):
    """A calendar day: astronomical year, month 1-12, day 1-31."""

    year: int
    month: int
    day: int


def number_of(year: int, month: int, day: int) -> int:
    """The day number of a calendar day (of a day beyond the month's end, the day that follows by counting on)."""
    shifted = year - (month <= 2)
    era, year_of_era = divmod(shifted, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468


def day_of(number: int) -> Day:
    """The calendar day of a day number."""
    era, day_of_era = divmod(number + 719468, 146097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + (3 if shifted < 10 else -9)
    return Day(year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1)


def is_leap(year: int) -> bool:
    """True for a leap year of the Gregorian rule."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Number of days of a month."""
    return 29 if month == 2 and is_leap(year) else _MONTH_LENGTHS[month - 1]


def weekday_of(number: int) -> int:
    """Day of the week, 1 for Monday to 7 for Sunday."""
    return (number + 3) % 7 + 1


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """The month that lies `count` months on."""
    years, rest = divmod(month - 1 + count, 12)
    return year + years, rest + 1


def week_of(number: int) -> tuple[int, int]:
    """ISO 8601 week of a day: its year and number."""
    thursday = number + 4 - weekday_of(number)
    year = day_of(thursday).year
    return year, (thursday - number_of(year, 1, 1)) // 7 + 1


def iso_year(year: int) -> str:
    """A year as `DateRange` writes it: four digits, a minus before astronomical years below 0."""
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def iso_day(number: int) -> str:
    """A day number in ISO 8601."""
    day = day_of(number)
    return f"{iso_year(day.year)}-{day.month:02d}-{day.day:02d}"


def parse_day(value: str) -> int:
    """The day number of an ISO 8601 day (a time of day is ignored).

    Raises:
        ValueError: it is no ISO 8601 day.
    """
    sign, rest = (-1, value[1:]) if value.startswith("-") else (1, value)
    year, month, day = (
        (int(part) for part in rest[: rest.find("T")].split("-")) if "T" in rest else map(int, rest.split("-"))
    )
    if not (1 <= month <= 12 and 1 <= day <= month_length(sign * year, month)):
        raise ValueError(f"not a day: {value!r}")
    return number_of(sign * year, month, day)


def easter(year: int) -> int:
    """Easter Sunday of the western churches, as a day number."""
    golden, century = year % 19, year // 100
    skipped = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = skipped - (skipped // 28) * (1 - (29 // (skipped + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return number_of(year, month, offset + 28 - 31 * (month // 4))


def orthodox_easter(year: int) -> int:
    """Easter Sunday of the eastern churches, as a day number of the Gregorian calendar."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return number_of(year, month, day + 1) + year // 100 - year // 400 - 2


def islamic(year: int, month: int, day: int) -> int:
    """The day number of a day of the tabular Islamic calendar; sighting of the moon may move it by a day."""
    return (
        (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day + _ISLAMIC_SHIFT - _JULIAN_DAY_OF_EPOCH
    )


def islamic_days(year: int, month: int, day: int) -> list[int]:
    """The day numbers on which an Islamic date falls in a Gregorian year: none, one or two."""
    first = (year - 622) * 33 // 32
    found = (islamic(y, month, day) for y in range(first - 1, first + 3) if y > 0)
    return [number for number in found if day_of(number).year == year]


def hebrew_new_year(year: int) -> int:
    """The day number of Rosh Hashanah in a Gregorian year."""
    hebrew = year + 3761
    return _hebrew_elapsed(hebrew) + _hebrew_delay(hebrew) - _HEBREW_SHIFT


def _hebrew_elapsed(hebrew: int) -> int:
    months = (235 * hebrew - 234) // 19
    day = months * 29 + (12084 + 13753 * months) // 25920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


def _hebrew_delay(hebrew: int) -> int:
    before, here, after = (_hebrew_elapsed(hebrew + k) for k in (-1, 0, 1))
    if after - here == 356:
        return 2
    return 1 if here - before == 382 else 0


def nowruz(year: int) -> int:
    """The day number of Nowruz in a Gregorian year, as Iran's calendar has it since 1996 and nearly so before."""
    return number_of(year, 3, 20 if year >= 1996 and year % 4 == 0 else 21)


MOVABLE: dict[str, Callable[[int], int]] = {
    "easter": easter,
    "orthodox_easter": orthodox_easter,
    "rosh_hashanah": hebrew_new_year,
    "nowruz": nowruz,
}
