"""The rows as columns, so that a million accounts and their pairs can be compared without an object for each.

Rows stand in the order of their keys: whatever order they came in, the table is the same. Words become 64-bit hashes
of their own content (not numbers in order of arrival), for the same reason; `labels` leads back to the words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from according.errors import InvalidInput
from according.link.days import span_of
from according.link.rows import AccountRow
from according.link.weights import Weights
from according.link.words import ActorWords, plain
from according.model import Issue, Range
from according.values import PlaceRef

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
NONE = 0  # the hash that stands for a missing word in a column; no word has it
OPEN = 1 << 30  # the upper end of a number that is open
MOST_TOKENS = 12  # of the actors' tokens; later ones, in the order of their hashes, are left out
_CHUNK = 50_000
SIDES = ("state", "armed", "political", "people")


@lru_cache(maxsize=262144)
def stable(text: str) -> int:
    """A 63-bit hash of a text that is the same in every process and never 0."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1 or 1


@dataclass(frozen=True)
class Columns:
    """One array for each field; all have one element (or one line) a row."""

    first: Ints  # days since 1970-01-01; 0 where not dated
    last: Ints
    dated: Flags
    latitude: Floats  # degrees; 0 where there is no point
    longitude: Floats
    radius: Floats  # km
    pointed: Flags  # has a point that stands for less than a country
    country: Ints
    place: Ints  # the name, for comparing; an area's id or name
    place_label: Ints
    event_type: Ints
    type_label: Ints
    tokens: Ints  # [n, MOST_TOKENS] of the actors, NONE behind the last
    sides: Ints  # one bit for each of SIDES
    has_actor: Flags
    actors_label: Ints
    killed: Ints  # [n, 3]: low, high, best; -1 where not said
    injured: Ints
    publisher: Ints
    publisher_label: Ints
    document: Ints
    copies: Ints
    part_of: Ints  # hash of the key
    total: Flags
    actual: Flags

    def take(self, index: Ints) -> Columns:
        """The columns of some rows, in the order of `index`."""
        return Columns(**{f.name: getattr(self, f.name)[index] for f in fields(self)})

    def beside(self, other: Columns) -> Columns:
        """These rows, and the other's after them."""
        return join_columns([self, other])


def join_columns(parts: Sequence[Columns]) -> Columns:
    """The rows of all parts, one part after another."""
    return Columns(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Columns)})


@dataclass(frozen=True)
class Table:
    """Rows in the order of their keys, and the words behind the hashes."""

    keys: Sequence[str]
    columns: Columns
    labels: Mapping[int, str]
    issues: Mapping[str, tuple[Issue, ...]]

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The number of each key."""
        return {key: i for i, key in enumerate(self.keys)}


def build_table(rows: Iterable[AccountRow], weights: Weights, words: ActorWords) -> Table:
    """The table of some rows, in whatever order they come.

    Raises:
        InvalidInput: two rows have one key, or a column cannot hold a value.
    """
    cells: dict[str, list[object]] = {f.name: [] for f in fields(Columns)}
    parts: list[Columns] = []
    keys: list[str] = []
    labels: dict[int, str] = {}
    issues: dict[str, tuple[Issue, ...]] = {}
    for row in rows:
        keys.append(row.key)
        if row.issues:
            issues[row.key] = row.issues
        for name, value in _cells(row, weights, words, labels).items():
            cells[name].append(value)
        if len(keys) % _CHUNK == 0:  # lists of Python's numbers take ten times the room of arrays
            parts.append(_arrays(cells))
            cells = {name: [] for name in cells}
    parts.append(_arrays(cells))
    return _ordered(keys, join_columns(parts), labels, issues)


def extend_table(table: Table, added: Table) -> Table:
    """One table of the rows of both.

    Raises:
        InvalidInput: a key stands in both.
    """
    keys = [*table.keys, *added.keys]
    columns = table.columns.beside(added.columns)
    return _ordered(keys, columns, {**table.labels, **added.labels}, {**table.issues, **added.issues})


def _ordered(
    keys: list[str], columns: Columns, labels: Mapping[int, str], issues: Mapping[str, tuple[Issue, ...]]
) -> Table:
    order = sorted(range(len(keys)), key=keys.__getitem__)
    for before, after in pairwise(order):
        if keys[before] == keys[after]:
            raise InvalidInput(f"the key {keys[before]} stands twice; each row needs a key of its own")
    return Table([keys[i] for i in order], columns.take(np.array(order, dtype=np.int64)), labels, issues)


_TYPES: Mapping[str, type] = {"Floats": np.float64, "Flags": np.bool_}


def _arrays(columns: Mapping[str, list[object]]) -> Columns:
    arrays = {}
    for f in fields(Columns):
        array: npt.NDArray[Any] = np.array(columns[f.name], dtype=_TYPES.get(str(f.type), np.int64))
        if not len(array) and f.name in {"tokens", "killed", "injured"}:
            array = array.reshape(0, MOST_TOKENS if f.name == "tokens" else 3)
        arrays[f.name] = array
    return Columns(**arrays)


def _cells(row: AccountRow, weights: Weights, words: ActorWords, labels: dict[int, str]) -> dict[str, object]:
    """One row's cell in each column."""

    def label(text: str | None) -> int:
        if text is None:
            return NONE
        number = stable(text)
        labels.setdefault(number, text)
        return number

    span = span_of(row.date) if row.date is not None else None
    readings = [r for r in map(words.read_actor, row.actors) if r is not None]
    tokens = sorted({stable(token) for reading in readings for token in reading.tokens})[:MOST_TOKENS]
    sides = sum(1 << i for i, side in enumerate(SIDES) if any(side in r.sides for r in readings))
    event_type = words.read_type(row.event_type)
    return {
        "first": span[0] if span else 0,
        "last": span[1] if span else 0,
        "dated": span is not None,
        **_place_cells(row.place, weights),
        "place_label": label(None if row.place is None else str(row.place)),
        "event_type": stable(event_type) if event_type else NONE,
        "type_label": label(row.event_type),
        "tokens": tokens + [NONE] * (MOST_TOKENS - len(tokens)),
        "sides": sides,
        "has_actor": bool(row.actors),
        "actors_label": label("; ".join(a.name for a in row.actors) or None),
        "killed": _number(row.killed),
        "injured": _number(row.injured),
        "publisher": stable(plain(row.publisher)) if row.publisher else NONE,
        "publisher_label": label(row.publisher),
        "document": stable(row.document) if row.document else NONE,
        "copies": stable(row.copy_group) if row.copy_group else NONE,
        "part_of": stable(row.part_of) if row.part_of else NONE,
        "total": row.total,
        "actual": row.actual,
    }


def _place_cells(place: PlaceRef | None, weights: Weights) -> dict[str, object]:
    if place is None:
        return {"latitude": 0.0, "longitude": 0.0, "radius": 0.0, "pointed": False, "country": NONE, "place": NONE}
    radius = place.radius_km if place.radius_km is not None else weights.radius_of(place.precision)
    pointed = place.latitude is not None and radius is not None
    return {
        "latitude": place.latitude if pointed else 0.0,
        "longitude": place.longitude if pointed else 0.0,
        "radius": radius if pointed else 0.0,
        "pointed": pointed,
        "country": stable(plain(place.country)) if place.country else NONE,
        "place": stable(plain(place.name)),
    }


def _number(number: Range | None) -> list[int]:
    if number is None:
        return [-1, -1, -1]
    low = number.low if number.low is not None else 0 if number.high is not None else number.best
    high = number.high if number.high is not None else OPEN if number.low is not None else number.best
    best = next((n for n in (number.best, number.low, number.high) if n is not None), None)
    if low is None or high is None or best is None:  # a range without any end is read as None before
        return [-1, -1, -1]
    return [min(low, OPEN), min(high, OPEN), min(best, OPEN)]
