"""Tables of text cells with a published layout: Table Schema (Frictionless) read, checked and written as CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from according.errors import InvalidRule
from according.export.codes import FORMATS_DATA

Cells = Mapping[str, str]
# A cell that begins so would be run as a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a layout.

    Args:
        name, type: as in Table Schema (string, integer, number, date, datetime).
        about: what it means.
        required: whether a cell may not be empty.
        allowed: the only values, as text; empty where any is.
        minimum, maximum: of numbers.
        pattern: a regular expression for the whole cell, or None.
        tag: HXL tag, or None.
    """

    name: str
    type: str
    about: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    tag: str | None = None

    def fault(self, cell: str) -> str | None:
        """What is wrong with a cell, in words; None where nothing is."""
        if not cell:
            return "is empty" if self.required else None
        if self.type in {"integer", "number"}:
            return self._number_fault(cell)
        if self.type in {"date", "datetime"} and not _is_moment(cell):
            return f"is no date: {cell!r}"
        if self.allowed and cell not in self.allowed:
            return f"is none of {', '.join(self.allowed)}: {cell!r}"
        if self.pattern is not None and not re.fullmatch(self.pattern, cell):
            return f"is not of the form {self.pattern}: {cell!r}"
        return None

    def _number_fault(self, cell: str) -> str | None:
        try:
            value = int(cell) if self.type == "integer" else float(cell)
        except ValueError:
            return f"is no {'whole number' if self.type == 'integer' else 'number'}: {cell!r}"
        if self.allowed and cell not in self.allowed:
            return f"is none of {', '.join(self.allowed)}: {cell!r}"
        if self.minimum is not None and value < self.minimum:
            return f"is below {self.minimum:g}: {cell}"
        return f"is above {self.maximum:g}: {cell}" if self.maximum is not None and value > self.maximum else None


@dataclass(frozen=True)
class Layout:
    """The columns of a format, in the order of its files."""

    name: str
    columns: tuple[Column, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The header."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    def faults(self, cells: Cells) -> Iterator[str]:
        """What is wrong with a row, one sentence each; columns that the row does not have are not looked at."""
        for name, cell in cells.items():
            column = self.by_name.get(name)
            fault = column.fault(cell) if column is not None else None
            if fault is not None:
                yield f"{name} {fault}"


def load_layout(name: str) -> Layout:
    """Read the Table Schema of a layout: data/formats/NAME.table.json.

    Raises:
        InvalidRule: the schema cannot be understood.
    """
    path = FORMATS_DATA / f"{name}.table.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    return Layout(name, tuple(_column(path, row) for row in content["fields"]))


def _column(path: Path, row: Mapping[str, object]) -> Column:
    limits = row.get("constraints", {})
    if not isinstance(limits, dict) or row.get("type") not in {"string", "integer", "number", "date", "datetime"}:
        raise InvalidRule(f"{path.name}: the field {row.get('name')!r} cannot be understood; see Table Schema")
    return Column(
        str(row["name"]), str(row["type"]), str(row.get("description", "")), bool(limits.get("required", False)),
        tuple(str(v) for v in limits.get("enum", ())), limits.get("minimum"), limits.get("maximum"),
        limits.get("pattern"), None if row.get("hxl") is None else str(row["hxl"]),
    )  # fmt: skip


def _is_moment(cell: str) -> bool:
    try:
        datetime.fromisoformat(cell)
    except ValueError:
        return False
    return True


def write_csv(columns: Sequence[str], rows: Iterable[Cells], second: Sequence[str] | None = None) -> bytes:
    """Rows as CSV in UTF-8 with line feeds; cells that a row lacks stay empty.

    Args:
        columns: the header.
        rows: cells by column.
        second: a row below the header (HXL tags), or None.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    if second is not None:
        writer.writerow(second)
    for row in rows:
        writer.writerow([row.get(name, "") for name in columns])
    return out.getvalue().encode("utf-8")


def harmless(cell: str) -> str:
    """A text by others as a cell that no spreadsheet runs: an apostrophe before what looks like a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
