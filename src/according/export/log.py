"""The export log: one line of JSON for each export, with the hash of the line before it, so that a change shows.

It says who exported what, when, and what they let out in spite of the guard. It stays in the project.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from according.errors import IntegrityError

FILE = "exports.jsonl"
_FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class ExportEntry:
    """What is logged of one export.

    Args:
        at: when, UTC, ISO 8601.
        by: who exported it, as they named themselves or as the system knows them.
        format, sha256: of what was written; `file` is its name, or None for standard output.
        events: names of the events that were handed to the format.
        allowed: what was let out in spite of the guard; `reason` is why.
        run, rules: as in the export itself.
    """

    at: str
    by: str
    format: str
    file: str | None
    sha256: str
    events: tuple[str, ...]
    allowed: tuple[str, ...]
    reason: str | None
    run: str
    rules: str


def append(folder: Path, entry: ExportEntry) -> None:
    """Add an entry to the log of a project folder.

    Raises:
        IntegrityError: the last line of the log cannot be read.
        OSError: the log cannot be written.
    """
    path = folder / FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    previous = _hash_in(lines[-1], len(lines)) if lines else _FIRST
    content = {**asdict(entry), "previous": previous}
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps({**content, "hash": _hash(content)}, ensure_ascii=False) + "\n")


def verify(folder: Path) -> int:
    """Walk the export log of a project; how many lines were checked (0 where there is none).

    Raises:
        IntegrityError: a line was changed, added or taken away.
    """
    path = folder / FILE
    if not path.exists():
        return 0
    previous, lines = _FIRST, path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        found = _hash_in(line, number)
        content = {k: v for k, v in json.loads(line).items() if k != "hash"}
        if content.get("previous") != previous or _hash(content) != found:
            raise IntegrityError(f"Line {number} of {FILE} was changed, or one before it is missing; restore the file")
        previous = found
    return len(lines)


def _hash(content: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()


def _hash_in(line: str, number: int) -> str:
    try:
        content = json.loads(line)
    except ValueError as error:
        raise IntegrityError(f"Line {number} of {FILE} is no JSON; restore the file") from error
    if not isinstance(content, dict) or not isinstance(content.get("hash"), str):
        raise IntegrityError(f"Line {number} of {FILE} has no hash; restore the file")
    return str(content["hash"])
