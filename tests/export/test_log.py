"""The export log: each line carries the hash of the one before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from according.errors import IntegrityError
from according.export.log import FILE, ExportEntry, append, verify


def entry(events: tuple[str, ...] = ("lusab",)) -> ExportEntry:
    return ExportEntry(
        "2026-07-01T10:00:00+00:00", "ann", "ged", "a.csv", "0" * 64, events, ("names",), "why", "r1", "ab"
    )


def test_the_log_is_a_chain(tmp_path: Path) -> None:
    assert verify(tmp_path) == 0
    for number in range(3):
        append(tmp_path, entry((f"e{number}",)))
    assert verify(tmp_path) == 3


@pytest.mark.parametrize("change", ["edit", "drop", "swap", "garbage"])
def test_a_changed_log_is_found(tmp_path: Path, change: str) -> None:
    for number in range(3):
        append(tmp_path, entry((f"e{number}",)))
    path = tmp_path / FILE
    lines = path.read_text(encoding="utf-8").splitlines()
    if change == "edit":
        lines[1] = lines[1].replace('"ann"', '"bob"')
    elif change == "drop":
        del lines[1]
    elif change == "swap":
        lines[0], lines[1] = lines[1], lines[0]
    else:
        lines[2] = "{"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(IntegrityError):
        verify(tmp_path)
