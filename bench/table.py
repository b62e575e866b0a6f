"""Printing: the table of scores, the peers beside ours, and the worst cases."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.model import Miss, Score

HEADER = ("layer", "set", "measure", "score", "n", "floor", "reach", "data")
_RIGHT = {"score", "n", "floor", "reach"}


@dataclass(frozen=True, slots=True)
class Line:
    """A score with the set and data that it was measured on, and its floor."""

    name: str
    data_hash: str
    score: Score
    floor: float | None = None


def number(value: float | None) -> str:
    """`.881`, `1.000`, or nothing."""
    return "" if value is None else f"{value:.3f}".removeprefix("0") if value < 1 else "1.000"


def render(lines: Iterable[Line]) -> str:
    """The table; a score that is below what done means carries how much is missing."""
    rows = [_row(line) for line in lines]
    return columns([HEADER, *rows], {HEADER.index(name) for name in _RIGHT})


def _row(line: Line) -> tuple[str, ...]:
    s = line.score
    if s.reach is None:
        goal = ""
    else:
        gap = "reached" if s.value >= s.reach else f"-{number(s.reach - s.value)}"
        goal = f"{number(s.reach)} {gap:>8}"
    return s.layer, line.name, s.measure, number(s.value), str(s.n), number(line.floor), goal, line.data_hash[:8]


def columns(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> str:
    """Rows in columns as wide as their widest cell, the first row underlined."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    aligned = set(right)

    def line(row: Sequence[str]) -> str:
        cells = (c.rjust(w) if i in aligned else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True)))
        return "  ".join(cells).rstrip()

    return "\n".join([line(rows[0]), "-" * len(line(rows[0])), *(line(row) for row in rows[1:])])


def worst(misses: Iterable[Miss], count: int) -> str:
    """The costliest misses with text, gold and ours."""
    shown = sorted(misses, key=lambda m: (-m.cost, m.key))[:count]
    return "\n\n".join(_miss(m) for m in shown)


def _miss(miss: Miss) -> str:
    def block(label: str, words: str) -> str:
        return textwrap.indent(words, " " * 9).replace(" " * 9, f"  {label:<6} ", 1)

    text = textwrap.fill(" ".join(miss.text.split()), 118, max_lines=40) if miss.text else ""
    parts = [
        f"{miss.key}  {miss.layer}  cost {miss.cost:.1f}",
        block("text", text) if text else "",
        block("gold", miss.gold),
        block("ours", miss.ours),
    ]
    return "\n".join(p for p in parts if p)
