"""Outputs kept by the hash of what made them, so that scoring again is cheap. One folder a state of the source."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.model import Contract

KEPT = 3
"""States of the source whose outputs are kept."""


def source_hash(folder: Path) -> str:
    """SHA-256 over all files of the source tree, caches left out."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            whole.update(str(path.relative_to(folder)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def document_hash(document: Mapping[str, Any]) -> str:
    """SHA-256 of what is fed in for one case."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """An output and the seconds that it took, None where that could not be told."""

    output: Contract
    seconds: float | None


@dataclass(frozen=True)
class Cache:
    """Outputs of one state of the source.

    Args:
        base: the folder of all states.
        source: hash of the source tree.
    """

    base: Path
    source: str

    @property
    def folder(self) -> Path:
        """The folder of this state."""
        return self.base / self.source[:16]

    def read(self, name: str) -> dict[str, Kept]:
        """All outputs of a set, by the hash of what was fed in; a file cut short gives what is whole of it."""
        found: dict[str, Kept] = {}
        for path in sorted(self.folder.glob(f"{name}.*.jsonl.gz")):
            for row in _lines(path):
                found[row["document"]] = Kept(row["output"], row["seconds"])
        return found

    def write(self, name: str, rows: Iterable[tuple[str, Kept]]) -> None:
        """Append outputs to a file of this process's own, so that two runs never write into one file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = [
            json.dumps({"document": key, "seconds": k.seconds, "output": k.output}, ensure_ascii=False)
            for key, k in rows
        ]
        with gzip.open(self.folder / f"{name}.{os.getpid()}.jsonl.gz", "at", encoding="utf-8", compresslevel=3) as out:
            out.writelines(line + "\n" for line in lines)

    def prune(self) -> None:
        """Drop all but the newest states."""
        states = sorted((p for p in self.base.glob("*") if p.is_dir()), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in [p for p in states if p != self.folder][KEPT - 1 :]:
            shutil.rmtree(old, ignore_errors=True)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (EOFError, json.JSONDecodeError, gzip.BadGzipFile):
        return
