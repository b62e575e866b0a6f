"""Candidates: the pairs of accounts that may be one event, found by day and area, without looking at all pairs.

Each row lies in cells of a grid in time and space, as coarse as its own precision asks for; two rows meet on the
coarser of their grids. A cell that is too crowded is cut into finer ones by exact day and point, type, actors and
numbers, and what is still too crowded is compared along a sorted line only, so that the work grows with the rows.
Which pairs come out depends on the rows alone, not on their order: a crowded cell is cut by what its rows say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from according.link.levels import haversine_km, reach_km
from according.link.table import NONE, Columns, Flags, Floats, Ints, Table
from according.link.weights import Weights

_DAYS = (4, 32, 512)  # length of a cell in time, finest first; above it, one cell for all time
_DEGREES = (0.5, 4.0)  # side of a cell in space; above it, one cell a country, then one for the world
_TIMES, _AREAS = len(_DAYS) + 1, len(_DEGREES) + 2
_CROWDED = 96  # pairs a row from which a cell is cut
_NEIGHBOURS = 12  # rows that a row is compared with along a sorted line
_PAIRS = 1_000_000  # pairs that are looked at in one go
_KM_PER_DEGREE = 111.32


@dataclass(frozen=True)
class Grid:
    """Where each row lies: its classes, and the ends of its reach in time and space."""

    time_class: Ints
    area_class: Ints
    early: Ints  # half days
    late: Ints
    south: Ints  # thousandths of a degree
    north: Ints
    west: Ints
    east: Ints
    country: Ints
    reach: Floats  # km
    exact: Ints  # hash of the day and point of the row itself


def make_grid(columns: Columns, weights: Weights) -> Grid:
    """Classes and reach of each row."""
    early = 2 * columns.first - weights.max_gap_days
    late = 2 * columns.last + weights.max_gap_days
    length = (late - early + 1) / 2
    time_class = np.searchsorted(np.array(_DAYS), length)
    time_class = np.where(columns.dated, time_class, _TIMES - 1)
    reach_in_km = reach_km(columns, weights)
    reach = reach_in_km / _KM_PER_DEGREE
    widened = reach / np.maximum(np.cos(np.radians(columns.latitude)), 0.01)
    area_class = np.searchsorted(np.array(_DEGREES), 2 * widened)
    area_class = np.where(columns.pointed, area_class, _AREAS - 2)
    area_class = np.where((area_class == _AREAS - 2) & (columns.country == NONE), _AREAS - 1, area_class)
    latitude, longitude = columns.latitude, columns.longitude

    def milli(degrees: Floats) -> Ints:
        return np.floor(degrees * 1000).astype(np.int64)

    exact = _mix(columns.first, columns.last, milli(latitude) // 20, milli(longitude) // 20)
    return Grid(
        time_class.astype(np.int64), area_class.astype(np.int64), early, late,
        milli(latitude - reach), milli(latitude + reach), milli(longitude - widened), milli(longitude + widened),
        columns.country, reach_in_km, exact,
    )  # fmt: skip


def _mix(*columns: Ints) -> Ints:
    """One 64-bit hash a row of some columns."""
    result = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        result ^= column.astype(np.uint64)
        result *= np.uint64(0x9E3779B97F4A7C15)
        result ^= result >> np.uint64(29)
    mixed: Ints = (result >> np.uint64(1)).astype(np.int64)
    return mixed


@dataclass(frozen=True)
class Cells:
    """Which row lies in which cell of one level of the grid, sorted by cell and then by row."""

    cell: Ints
    row: Ints


def cells_of(grid: Grid, rows: Ints, level: tuple[int, int]) -> Cells:
    """The cells of one level in which some rows lie; a row lies in each that its reach touches."""
    time, area = level
    parts = []
    for early in (True, False):
        bucket = np.zeros(len(rows), dtype=np.int64)
        if time < len(_DAYS):
            bucket = (grid.early if early else grid.late)[rows] // (2 * _DAYS[time])
        elif not early:
            continue
        for y, x in _corners(grid, rows, area):
            parts.append(_mix(bucket, y, x, np.full(len(rows), time * 8 + area, dtype=np.int64)))
    if not parts:
        return Cells(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    cell, row = np.concatenate(parts), np.tile(rows, len(parts))
    order = np.lexsort((row, cell))
    cell, row = cell[order], row[order]
    first = np.ones(len(cell), dtype=bool)
    first[1:] = (cell[1:] != cell[:-1]) | (row[1:] != row[:-1])
    return Cells(cell[first], row[first])


def _corners(grid: Grid, rows: Ints, area: int) -> Iterator[tuple[Ints, Ints]]:
    """The cells in space, as pairs of numbers: the four that a reach can touch, or the country, or the world."""
    nothing = np.zeros(len(rows), dtype=np.int64)
    if area == _AREAS - 1:
        yield nothing, nothing
    elif area == _AREAS - 2:
        yield grid.country[rows], nothing
    else:
        side = int(_DEGREES[area] * 1000)
        around = 360_000 // side  # the grid closes at the 180th meridian
        for y in (grid.south, grid.north):
            for x in (grid.west, grid.east):
                yield y[rows] // side, (x[rows] // side) % around


def candidates(table: Table, weights: Weights, among: Ints | None = None) -> Ints:
    """The pairs to compare, each once, as [n, 2] with the smaller row number first, in order.

    Args:
        table: the rows.
        weights: how far two accounts may be apart.
        among: only pairs of these rows; all where None. Cells are filled with all rows all the same, so that the
            pairs are those that all rows together would give.
    """
    grid = make_grid(table.columns, weights)
    wanted = None if among is None else np.isin(np.arange(len(table)), among)
    found = [
        _level_pairs(table, weights, grid, (time, area), wanted) for time in range(_TIMES) for area in range(_AREAS)
    ]
    codes = np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
    return np.stack(np.divmod(codes, max(len(table), 1)), axis=1)


def meeting(table: Table, weights: Weights, rows: Ints) -> Ints:
    """All rows that lie in a cell with one of `rows`, these included: beyond them, new rows change no pair."""
    grid = make_grid(table.columns, weights)
    asked = np.isin(np.arange(len(table)), rows)
    met = asked.copy()
    for time in range(_TIMES):
        for area in range(_AREAS):
            members = np.flatnonzero((grid.time_class <= time) & (grid.area_class <= area) & table.columns.actual)
            cells = _with_natives(cells_of(grid, members, (time, area)), grid, (time, area))
            met[cells.row[np.isin(cells.cell, np.unique(cells.cell[asked[cells.row]]))]] = True
    return np.flatnonzero(met)


def _level_pairs(table: Table, weights: Weights, grid: Grid, level: tuple[int, int], wanted: Flags | None) -> Ints:
    """The pairs that meet on one level, as single numbers a * n + b."""
    time, area = level
    actual = table.columns.actual
    members = np.flatnonzero((grid.time_class <= time) & (grid.area_class <= area) & actual)
    needed = (grid.time_class[members] == time).any() and (grid.area_class[members] == area).any()
    if not needed:
        return np.zeros(0, dtype=np.int64)
    cells = _with_natives(cells_of(grid, members, level), grid, level)
    if wanted is not None:
        cells = _keep(cells, np.isin(cells.cell, np.unique(cells.cell[wanted[cells.row]])))
    pairs = []
    for a, b in _pairs_in(table, grid, cells):
        keep = np.maximum(grid.time_class[a], grid.time_class[b]) == time
        keep &= np.maximum(grid.area_class[a], grid.area_class[b]) == area
        if wanted is not None:
            keep &= wanted[a] & wanted[b]
        a, b = a[keep], b[keep]
        near = _may_meet(table.columns, grid, weights.max_gap_days, a, b)
        pairs.append(np.unique(a[near] * len(table) + b[near]))
    return np.concatenate(pairs) if pairs else np.zeros(0, dtype=np.int64)


def _with_natives(cells: Cells, grid: Grid, level: tuple[int, int]) -> Cells:
    """Only cells in which a pair of this level can be: one row of its class in time, and one of its class in space."""
    of_time = np.unique(cells.cell[grid.time_class[cells.row] == level[0]])
    of_area = np.unique(cells.cell[grid.area_class[cells.row] == level[1]])
    return _keep(cells, np.isin(cells.cell, np.intersect1d(of_time, of_area, assume_unique=True)))


def _keep(cells: Cells, keep: Flags) -> Cells:
    return Cells(cells.cell[keep], cells.row[keep])


def _pairs_in(table: Table, grid: Grid, cells: Cells) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of the rows of each cell; the crowded cells are cut first."""
    size = _sizes(cells)
    crowded = size > 2 * _CROWDED
    yield from _all_pairs(_keep(cells, ~crowded))
    rest = _keep(cells, crowded)
    if not len(rest.row):
        return
    for keys in _cuts(table.columns, grid, rest.row):
        finer = _mix(rest.cell, *keys)
        order = np.lexsort((rest.row, finer))
        cut = Cells(finer[order], rest.row[order])
        still = _sizes(cut) > 2 * _CROWDED
        yield from _all_pairs(_keep(cut, ~still))
        yield from _along_a_line(table.columns, _keep(cut, still))


def _sizes(cells: Cells) -> Ints:
    """For each entry, how many rows its cell has."""
    _, inverse, counts = np.unique(cells.cell, return_inverse=True, return_counts=True)
    return counts[inverse]


def _cuts(columns: Columns, grid: Grid, rows: Ints) -> Sequence[tuple[Ints, ...]]:
    """Three ways to cut a crowded cell; a pair that agrees in one of them is found."""
    exact, first = grid.exact[rows], columns.first[rows]
    actor = columns.tokens[rows, 0]
    killed, injured = columns.killed[rows, 2], columns.injured[rows, 2]
    return (
        (exact, columns.event_type[rows]),
        (first, actor, columns.sides[rows], columns.event_type[rows]),
        (first, killed, injured),
    )


def _along_a_line(columns: Columns, cells: Cells) -> Iterator[tuple[Ints, Ints]]:
    """In each cell, pairs of rows that are neighbours when the cell is sorted by what its rows say."""
    if not len(cells.row):
        return
    rows = cells.row
    by = (
        rows, columns.publisher[rows], columns.injured[rows, 2], columns.tokens[rows, 0], columns.event_type[rows],
        columns.killed[rows, 2], columns.longitude[rows], columns.latitude[rows], columns.last[rows],
        columns.first[rows], cells.cell,
    )  # fmt: skip
    order = np.lexsort(by)
    cell, row = cells.cell[order], rows[order]
    for step in range(1, _NEIGHBOURS + 1):
        same = cell[step:] == cell[:-step]
        a, b = row[:-step][same], row[step:][same]
        yield np.minimum(a, b), np.maximum(a, b)


def _all_pairs(cells: Cells) -> Iterator[tuple[Ints, Ints]]:
    """All pairs within each cell, some millions at a time; rows of a cell stand in order, so a < b."""
    if not len(cells.row):
        return
    starts = np.flatnonzero(np.concatenate([[True], cells.cell[1:] != cells.cell[:-1]]))
    ends = np.concatenate([starts[1:], [len(cells.row)]])
    after = np.repeat(ends, ends - starts) - np.arange(len(cells.row)) - 1  # how many of its cell follow an entry
    total = np.cumsum(after)
    begin = 0
    while begin < len(after):
        base = total[begin - 1] if begin else 0
        end = max(int(np.searchsorted(total, base + _PAIRS, side="right")), begin + 1)
        count = after[begin:end]
        left = np.repeat(np.arange(begin, end), count)
        right = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + left + 1
        yield cells.row[left], cells.row[right]
        begin = end


def _may_meet(columns: Columns, grid: Grid, most_days: int, a: Ints, b: Ints) -> Flags:
    """Whether two rows are near enough in time and space, by both precisions; `a` and `b` are row numbers."""
    gap = np.maximum(columns.first[a], columns.first[b]) - np.minimum(columns.last[a], columns.last[b])
    near: Flags = ~(columns.dated[a] & columns.dated[b]) | (gap <= most_days)
    both = columns.pointed[a] & columns.pointed[b]
    one, other = columns.country[a], columns.country[b]
    near &= both | (one == NONE) | (other == NONE) | (one == other)
    distance = haversine_km(columns.latitude[a], columns.longitude[a], columns.latitude[b], columns.longitude[b])
    near &= ~both | (distance <= grid.reach[a] + grid.reach[b])
    return near
