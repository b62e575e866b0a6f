"""Holidays: data/lexicon/times_holidays.yaml, and on which days of a year they fall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from according.errors import InvalidRule
from according.resolve.dates.calendars import MOVABLE, islamic_days, number_of, parse_day


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday: its names, and a fixed day, a movable feast with an offset, an Islamic date, or a day in history.

    `length` is in days.
    """

    id: str
    names: tuple[str, ...]
    day: tuple[int, int] | None = None
    feast: str | None = None
    plus: int = 0
    islamic: tuple[int, int] | None = None
    length: int = 1
    date: str | None = None

    @property
    def is_uncertain(self) -> bool:
        """True where the sighting of the moon may move it by a day."""
        return self.islamic is not None

    def days(self, year: int) -> tuple[int, int] | None:
        """First and last day number in a year; None where the table does not tell, or the year has none.

        An Islamic date may come a day earlier than the table has it; that day is included.
        """
        if self.date is not None:
            number = parse_day(self.date)
            return number, number
        if self.day is not None:
            number = number_of(year, *self.day)
        elif self.feast is not None:
            number = MOVABLE[self.feast](year) + self.plus
        elif self.islamic is not None:
            numbers = islamic_days(year, *self.islamic)
            if not numbers:
                return None
            return numbers[0] - 1, numbers[0] + self.length - 1
        else:
            return None
        return number, number + self.length - 1


def load_holidays(path: Path) -> Mapping[str, Holiday]:
    """Read the holidays.

    Raises:
        InvalidRule: a row has no names, or names a feast that nobody computes.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as file:
        content = yaml.load(file, Loader=loader)
    return {str(key): _holiday(path.name, str(key), cells) for key, cells in content.items()}


def _holiday(name: str, key: str, cells: Mapping[str, object]) -> Holiday:
    names = cells.get("names")
    feast = cells.get("from")
    if not isinstance(names, list) or not names or (feast is not None and feast not in MOVABLE):
        raise InvalidRule(f"{name}: {key} needs names and, where it moves, a feast of {', '.join(MOVABLE)}")
    date = cells.get("date")
    return Holiday(
        id=key,
        names=tuple(str(n) for n in names),
        day=_month_day(cells.get("day")),
        feast=None if feast is None else str(feast),
        plus=int(str(cells.get("plus", 0))),
        islamic=_month_day(cells.get("islamic")),
        length=int(str(cells.get("length", 1))),
        date=None if date is None else str(date),
    )


def _month_day(cell: object) -> tuple[int, int] | None:
    if cell is None:
        return None
    month, day = str(cell).split("-")
    return int(month), int(day)
