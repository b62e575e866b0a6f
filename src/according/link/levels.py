"""Comparison levels: for each pair of accounts and each comparison, which named level fits.

`codes` gives the levels of many pairs at once, as numbers into `weights.LEVELS`; `explain` puts those of one pair into
words. What is missing is a level of its own, and never a mismatch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from according.link.days import iso_day
from according.link.table import NONE, OPEN, Columns, Flags, Floats, Ints, Table
from according.link.weights import LEVELS, Weights
from according.link.words import ActorWords

Codes = npt.NDArray[np.int8]
_EARTH_KM = 6371.0
_DAYS, _WEEKS = 3, 20  # longest interval, in days beside its first, of "within_days" and "within_weeks"
_CHUNK = 100_000


@dataclass(frozen=True)
class LevelRow:
    """One line of an explanation: the comparison, its level, both values, the weight, and a sentence."""

    name: str
    level: str
    values: tuple[str | None, str | None]
    weight: float
    sentence: str


@dataclass(frozen=True)
class Comparer:
    """Compares the rows of one table by one set of weights."""

    table: Table
    weights: Weights
    words: ActorWords

    def codes(self, a: Ints, b: Ints) -> Codes:
        """Levels of the pairs (a[i], b[i]): one line a pair, one column a comparison."""
        result = np.empty((len(a), len(LEVELS)), dtype=np.int8)
        for start in range(0, len(a), _CHUNK):
            part = slice(start, start + _CHUNK)
            left, right = self.table.columns.take(a[part]), self.table.columns.take(b[part])
            for column, compare in enumerate(self._comparisons()):
                result[part, column] = compare(left, right)
        return result

    def scores(self, codes: Codes) -> Floats:
        """The sum for each line of codes: the prior and the weight of each level."""
        total = np.full(len(codes), self.weights.prior)
        for column, name in enumerate(LEVELS):
            total += np.array([level.weight for level in self.weights.comparisons[name]])[codes[:, column]]
        return total

    def _comparisons(self) -> Sequence[Callable[[Columns, Columns], Codes]]:
        return (
            compare_times,
            lambda a, b: compare_places(a, b, self.weights),
            compare_actors,
            self._compare_types,
            lambda a, b: compare_numbers(a.killed, b.killed),
            lambda a, b: compare_numbers(a.injured, b.injured),
            compare_publishers,
            compare_copies,
        )

    def _compare_types(self, a: Columns, b: Columns) -> Codes:
        kinds, inverse = np.unique(np.concatenate([a.event_type, b.event_type]), return_inverse=True)
        names = [self.table.labels.get(int(kind), "") for kind in kinds]
        matrix = np.array([[self._type_level(x, y) for y in names] for x in names], dtype=np.int8)
        found: Codes = matrix[inverse[: len(a.event_type)], inverse[len(a.event_type) :]]
        return found

    def _type_level(self, x: str, y: str) -> int:
        level = LEVELS["type"].index
        if not x or not y:
            return level("missing")
        vague = self.words.vague
        if x in vague or y in vague:
            return level("vague")
        if x == y:
            return level("same")
        none: frozenset[str] = frozenset()
        shared = self.words.families.get(x, none) & self.words.families.get(y, none)
        if shared:
            return level("family")
        return level("other_means" if x in self.words.means and y in self.words.means else "different")

    def values(self, row: int) -> tuple[str | None, ...]:
        """What a row says for each comparison, in words; None where it says nothing."""
        return tuple(read(self.table, row) for read in _VALUES.values())

    def explain(self, a: int, b: int, codes: Codes, values: tuple[str | None, ...] | None = None) -> list[LevelRow]:
        """The levels of one pair in words.

        Args:
            a, b: row numbers.
            codes: the pair's line.
            values: what `values(a)` gives, where it is at hand.
        """
        result = []
        ours, theirs = values or self.values(a), self.values(b)
        for column, (name, code) in enumerate(zip(LEVELS, codes.tolist(), strict=True)):
            level = self.weights.comparisons[name][code]
            one, other = ours[column], theirs[column]
            km = self._km(a, b) if "{km}" in level.sentence else ""
            sentence = level.sentence.format(a=one or "not said", b=other or "not said", km=km)
            result.append(LevelRow(name, level.name, (one, other), level.weight, sentence))
        return result

    def _km(self, a: int, b: int) -> str:
        at = self.table.columns.latitude, self.table.columns.longitude
        return f"{haversine_km(*(column[[row]] for row in (a, b) for column in at))[0]:.1f}"


def _pick(name: str, cases: Sequence[tuple[Flags, str]], otherwise: str) -> Codes:
    """The first level whose condition holds."""
    level = LEVELS[name].index
    return np.select([c for c, _ in cases], [np.int8(level(n)) for _, n in cases], np.int8(level(otherwise))).astype(
        np.int8
    )


def gap_days(a: Columns, b: Columns) -> Ints:
    """Days between the two intervals; 0 where they overlap."""
    gap: Ints = np.maximum(np.maximum(a.first, b.first) - np.minimum(a.last, b.last), 0)
    return gap


def compare_times(a: Columns, b: Columns) -> Codes:
    """The gap in time against the precision of both: how long the longer interval is, where they overlap."""
    gap, length = gap_days(a, b), np.maximum(a.last - a.first, b.last - b.first)
    meets = gap == 0
    cases = [
        (~(a.dated & b.dated), "missing"),
        (meets & (length == 0), "same_day"),
        (meets & (length <= _DAYS), "within_days"),
        (meets & (length <= _WEEKS), "within_weeks"),
        (meets, "within_long"),
        (gap == 1, "next_day"),
        (gap <= _DAYS, "days_apart"),
    ]
    return _pick("time", cases, "far")


def distance_km(a: Columns, b: Columns) -> Floats:
    """Great-circle distance of the points of rows."""
    return haversine_km(a.latitude, a.longitude, b.latitude, b.longitude)


def haversine_km(latitude: Floats, longitude: Floats, latitude_b: Floats, longitude_b: Floats) -> Floats:
    """Great-circle distance of points in degrees, by the haversine formula."""
    north, south = np.radians(latitude), np.radians(latitude_b)
    half = np.sin((north - south) / 2) ** 2
    half += np.cos(north) * np.cos(south) * np.sin(np.radians(longitude - longitude_b) / 2) ** 2
    distance: Floats = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1)))
    return distance


def reach_km(columns: Columns, weights: Weights) -> Floats:
    """How far a place reaches before another is far from it: its radius and its margin."""
    share, most = weights.margin_km
    reach: Floats = columns.radius + np.minimum(columns.radius * share, most)
    return reach


def compare_places(a: Columns, b: Columns, weights: Weights) -> Codes:
    """The distance against both precision radii; by country alone where one of the two has no finer point."""
    both = a.pointed & b.pointed
    known = (a.pointed | (a.country != NONE)) & (b.pointed | (b.country != NONE))
    abroad = (a.country != NONE) & (b.country != NONE) & (a.country != b.country)
    distance, radii = distance_km(a, b), a.radius + b.radius
    area = (a.radius > weights.coarse_km) | (b.radius > weights.coarse_km)
    point = both & (distance < 0.1)
    cases = [
        (~known, "missing"),
        (~both & abroad, "far"),
        (~both, "country_only"),
        (area & (distance > radii), "far"),
        (area, "within_area"),
        (point & (a.place == b.place), "same_place"),
        (point, "same_point"),
        (distance <= 2, "close"),
        (distance <= radii, "within"),
        (distance <= reach_km(a, weights) + reach_km(b, weights), "outside"),
    ]
    return _pick("place", cases, "far")


def compare_actors(a: Columns, b: Columns) -> Codes:
    """Named actors first; a name that is only a kind of people weighs by its side alone."""
    ours, theirs = a.tokens != NONE, b.tokens != NONE
    shared = np.zeros(len(a.sides), dtype=np.int64)
    for i in range(int(ours.sum(axis=1).max(initial=0))):
        shared += (a.tokens[:, i : i + 1] == b.tokens).any(axis=1) & ours[:, i]
    fewer, more = np.minimum(ours.sum(axis=1), theirs.sum(axis=1)), np.maximum(ours.sum(axis=1), theirs.sum(axis=1))
    same_side = (a.sides & b.sides) != 0
    cases = [
        (~(a.has_actor & b.has_actor), "missing"),
        ((shared > 0) & (shared == more), "same"),
        (shared > 0, "some_shared"),
        ((fewer > 0) & same_side, "other_of_side"),
        (fewer > 0, "different"),
        ((a.sides == 0) | (b.sides == 0), "unnamed"),
        (same_side, "same_side"),
    ]
    return _pick("actors", cases, "other_side")


def compare_numbers(a: Ints, b: Ints) -> Codes:
    """Whether two numbers of people can be one; `a` and `b` are [n, 3]: low, high, best."""
    (low_a, high_a, best_a), (low_b, high_b, best_b) = a.T, b.T
    none_a, none_b = high_a == 0, high_b == 0
    meets = (low_a <= high_b) & (low_b <= high_a)
    closed = (high_a < OPEN) & (high_b < OPEN)
    less, more = np.minimum(best_a, best_b), np.maximum(best_a, best_b)
    equal = (best_a == best_b) | (meets & closed)
    cases = [
        ((best_a < 0) | (best_b < 0), "missing"),
        (none_a & none_b, "none_told"),
        (none_a | none_b, "some_or_none"),
        (equal & (more <= 2), "equal_small"),
        (equal, "equal"),
        (meets | (more - less <= 2) | (more * 2 <= less * 3), "close"),
        (more <= 3 * np.maximum(less, 1), "apart"),
    ]
    return _pick("killed", cases, "far_apart")


def compare_publishers(a: Columns, b: Columns) -> Codes:
    """One publisher's two accounts are rarely of one event, and one document's two never by intention."""
    same, told = a.publisher == b.publisher, (a.document != NONE) & (b.document != NONE)
    cases = [
        (told & (a.document == b.document), "same_document"),
        ((a.publisher == NONE) | (b.publisher == NONE), "missing"),
        (same & told, "same"),
        (same, "same_unknown_document"),
    ]
    return _pick("publisher", cases, "different")


def compare_copies(a: Columns, b: Columns) -> Codes:
    """Whether the two texts are in one copy group."""
    return _pick("copies", [((a.copies != NONE) & (a.copies == b.copies), "copies")], "own_words")


def _date(table: Table, i: int) -> str | None:
    columns = table.columns
    if not columns.dated[i]:
        return None
    first, last = iso_day(int(columns.first[i])), iso_day(int(columns.last[i]))
    return first if first == last else f"{first} to {last}"


def _people(numbers: Ints) -> str | None:
    low, high, _ = (int(n) for n in numbers)
    if low < 0:
        return None
    return f"{low} or more" if high >= OPEN else str(low) if low == high else f"{low}-{high}"


def _text(column: str) -> Callable[[Table, int], str | None]:
    return lambda table, i: table.labels.get(int(getattr(table.columns, column)[i]))


def _copy_group(table: Table, i: int) -> str | None:
    group = int(table.columns.copies[i])
    return None if group == NONE else f"{group:x}"


_VALUES: Mapping[str, Callable[[Table, int], str | None]] = {
    "time": _date,
    "place": _text("place_label"),
    "actors": _text("actors_label"),
    "type": _text("type_label"),
    "killed": lambda table, i: _people(table.columns.killed[i]),
    "injured": lambda table, i: _people(table.columns.injured[i]),
    "publisher": _text("publisher_label"),
    "copies": _copy_group,
}
