"""UCDP GED files: read by the names of their columns, whatever their order, checked, and written again unchanged.

Layouts of 38 to 49 columns exist; a column that a file lacks stays lacking. What is odd about a row is an `Issue` and
never an error: among UCDP's own rows some break low <= best <= high.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from according.errors import InvalidInput
from according.export.table import Layout, load_layout, write_csv
from according.model import Issue

LAYOUT = "ged"
_NEEDED = ("id", "year", "date_start", "date_end", "best", "high", "low")
_SIDES = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


@dataclass(frozen=True, slots=True)
class GedRow:
    """One event of a GED file: its cells as they stand, by column."""

    cells: Mapping[str, str]

    def text(self, column: str) -> str | None:
        """A cell, or None where it is empty or the file lacks the column."""
        return self.cells.get(column) or None

    def integer(self, column: str) -> int | None:
        """A whole number, or None where the cell is empty or holds none."""
        cell = self.cells.get(column, "")
        try:
            return int(cell)
        except ValueError:
            return None

    def number(self, column: str) -> float | None:
        """A number, or None where the cell is empty or holds none."""
        cell = self.cells.get(column, "")
        try:
            return float(cell)
        except ValueError:
            return None

    def day(self, column: str) -> str | None:
        """The day of a moment, ISO 8601, or None."""
        cell = self.cells.get(column, "")
        return cell[:10] or None


@dataclass(frozen=True)
class GedTable:
    """A GED file: its header, its rows in order, and what is odd about them."""

    columns: tuple[str, ...]
    rows: tuple[GedRow, ...]
    issues: tuple[Issue, ...] = ()

    @cached_property
    def lacks(self) -> tuple[str, ...]:
        """The columns of today's layout that the file does not have."""
        return tuple(name for name in load_layout(LAYOUT).names if name not in self.columns)

    def to_csv(self) -> bytes:
        """The file again: the same columns, rows and cells."""
        return write_csv(self.columns, (row.cells for row in self.rows))


def read_ged(path: Path) -> GedTable:
    """Read a GED file.

    Args:
        path: CSV in UTF-8, with or without a header; without one it must have the 49 columns of today.

    Raises:
        InvalidInput: it is no CSV, lacks a column that every row needs, or a row has more cells than columns.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} cannot be read as CSV in UTF-8 ({error}); convert it first") from error
    return parse_ged(text, path.name)


def parse_ged(text: str, name: str = "the GED file") -> GedTable:
    """Read the text of a GED file; see `read_ged`.

    Raises:
        InvalidInput: as `read_ged`.
    """
    layout = load_layout(LAYOUT)
    try:
        lines = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise InvalidInput(f"{name} is no CSV ({error}); export it as CSV first") from error
    columns, body = _header(layout, [line for line in lines if line], name)
    rows, issues = [], []
    for number, cells in enumerate(body, start=1):
        if len(cells) != len(columns):
            raise InvalidInput(f"{name}, row {number}: {len(cells)} cells in {len(columns)} columns; correct it there")
        row = GedRow(dict(zip(columns, cells, strict=True)))
        rows.append(row)
        issues += [Issue("ged_row", f"Row {number} (id {row.text('id')}): {fault}") for fault in faults(layout, row)]
    return GedTable(columns, tuple(rows), tuple(issues))


def _header(layout: Layout, lines: Sequence[list[str]], name: str) -> tuple[tuple[str, ...], Sequence[list[str]]]:
    if not lines:
        raise InvalidInput(f"{name} holds no rows; name another file")
    first = lines[0]
    if first[0].strip().isdigit() and len(first) == len(layout.names):
        return layout.names, lines
    columns = tuple(cell.strip() for cell in first)
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        raise InvalidInput(f"{name} lacks the column {', '.join(missing)}; a GED file names them in its first line")
    if len(set(columns)) != len(columns):
        raise InvalidInput(f"{name} names a column twice; correct its first line")
    return columns, lines[1:]


def faults(layout: Layout, row: GedRow) -> Iterator[str]:
    """What is odd about a row, one sentence each."""
    yield from layout.faults(row.cells)
    low, best, high = (row.integer(name) for name in ("low", "best", "high"))
    if low is not None and best is not None and high is not None and not low <= best <= high:
        yield f"low {low}, best {best}, high {high} do not stand in this order"
    sides = [row.integer(name) for name in _SIDES]
    if best is not None and all(n is not None for n in sides) and best != sum(n or 0 for n in sides):
        yield f"best {best} is not the sum of the deaths by side, {sum(n or 0 for n in sides)}"
    start, end = row.day("date_start"), row.day("date_end")
    if start is not None and end is not None and start > end:
        yield f"it ends ({end}) before it starts ({start})"
