"""What is known while a document is read: its publication, its narrative so far, and the outcome for one expression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from according.resolve.dates.calendars import number_of
from according.resolve.dates.holidays import Holiday
from according.values import DateRange


class Point(NamedTuple):
    """A date that the narrative has mentioned, as finely as it did."""

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None

    @property
    def number(self) -> int | None:
        """The day number, where the day is known."""
        return None if self.month is None or self.day is None else number_of(self.year, self.month, self.day)


class Resolved(NamedTuple):
    """A value, the point that the narrative reaches with it, and its anchor (published, head, narrative)."""

    value: DateRange
    point: Point | None = None
    anchor: str | None = None


@dataclass
class Context:
    """What is known while one document is read from its beginning to its end; never shared between documents.

    Args:
        told: day number of the publication, of the dateline or head, or None.
        told_from: "published" or "head".
        narrative: True where underspecified dates follow the narrative and not the publication.
        memory: the points that the narrative has reached so far, the last one last; asides are left out.
        beside: the month with its year that stands just before the expression at hand, if any.
        attributive: True while the expression at hand belongs to a noun and not to a verb ("the 19 March elections").
        in_apposition: True while only a comma parts the expression at hand from the date before it.
        is_close: True while hardly more than a preposition parts the expression at hand from the one before it.
        mentioned: the last point mentioned, asides included.
    """

    told: int | None
    told_from: str = "published"
    narrative: bool = False
    holidays: Mapping[str, Holiday] = field(default_factory=dict)
    memory: list[Point] = field(default_factory=list)
    mentioned: Point | None = None
    beside: Point | None = None
    attributive: bool = False
    in_apposition: bool = False
    is_close: bool = False

    @property
    def deictic(self) -> int | None:
        """The day that "yesterday" and "last week" count from; None in a narrative."""
        return None if self.narrative else self.told

    def month_of(self, year: int) -> int | None:
        """The month that the narrative had reached in a year, where the last mention of that year gave one."""
        return next((p.month for p in reversed(self.memory[-4:]) if p.year == year and p.month is not None), None)

    def remember(self, point: Point, leads: bool) -> None:
        """Note a date that was mentioned.

        Args:
            point: the date.
            leads: True where what follows may be told of it; False for an aside ("planned for 1976").
        """
        self.mentioned = point
        last = self.memory[-1] if self.memory else None
        if leads or last is None or (point.month is not None and point.year == last.year):
            self.memory.append(point)

    def last(self, needs: str = "Y") -> Point | None:
        """The last point that is known at least to the unit `needs` (Y, M, D)."""
        for point in reversed(self.memory[-12:]):
            if needs == "Y" or (point.month is not None and (needs == "M" or point.day is not None)):
                return point
        return None
