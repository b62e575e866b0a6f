"""What a coder chooses for a GED row, since no program should guess it: dyad, sides, and whose dead are whose."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from according.errors import InvalidInput

# The columns of GED that a choice fills, beside those that say which of our parties stands on which side.
COLUMNS = (
    "type_of_violence", "active_year", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id",
    "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id",
    "side_b", "gwnoa", "gwnob",
)  # fmt: skip
_SIDES = ("a", "b")


@dataclass(frozen=True, slots=True)
class GedChoice:
    """One coder's choice for one event.

    Args:
        event: its speakable name.
        cells: the cells of GED that are chosen, by column.
        initiator_side, target_side: "a" or "b": the side that our initiators, and our targets, stand on.
        coder: pseudonym of who chose.
    """

    event: str
    cells: Mapping[str, str]
    initiator_side: str
    target_side: str
    coder: str


def load_choices(path: Path) -> Mapping[str, GedChoice]:
    """Read a coder's choices by name of the event.

    Args:
        path: CSV with the columns event, initiator_side, target_side, coder and any of those of GED that describe
            conflict, dyad and sides.

    Raises:
        InvalidInput: a column or cell is missing, unknown or wrong.
    """
    found: dict[str, GedChoice] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(f"{path} cannot be read as CSV in UTF-8 ({error}); correct it there") from error
    for line, row in enumerate(rows, start=2):
        choice = _choice(
            f"{path.name} line {line}",
            {k: (v or "").strip() for k, v in row.items() if isinstance(k, str) and isinstance(v, str | None)},
        )
        if choice.event in found:
            raise InvalidInput(f"{path.name} line {line}: the event {choice.event} stands twice; keep one of them")
        found[choice.event] = choice
    return found


def _choice(where: str, row: Mapping[str, str]) -> GedChoice:
    own = ("event", "initiator_side", "target_side", "coder")
    unknown = set(row) - {*own, *COLUMNS}
    if unknown:
        raise InvalidInput(f"{where}: the column {min(unknown)} is not known; see the documentation of exports")
    for name in own:
        if not row.get(name):
            raise InvalidInput(f"{where}: {name} is empty; every choice needs one")
    for name in ("initiator_side", "target_side"):
        if row[name] not in _SIDES:
            raise InvalidInput(f"{where}: {name} must be a or b, not {row[name]!r}")
    if row.get("type_of_violence") not in {"1", "2", "3"}:
        raise InvalidInput(f"{where}: type_of_violence must be 1, 2 or 3, not {row.get('type_of_violence')!r}")
    cells = {name: row[name] for name in COLUMNS if row.get(name)}
    return GedChoice(row["event"], cells, row["initiator_side"], row["target_side"], row["coder"])
