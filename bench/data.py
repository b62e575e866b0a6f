"""Where the gold lies, what it hashes to, and the two halves of a set."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from bench.model import Case

ROOT = Path(__file__).resolve().parent.parent
MAPPINGS = Path(__file__).resolve().parent / "mappings"


def default_folder() -> Path:
    """The data folder: the environment's ACCORDING_BENCH_DATA, else ../shared/data beside the checkout."""
    named = os.environ.get("ACCORDING_BENCH_DATA")
    return Path(named) if named else ROOT.parent / "shared" / "data"


def digest(files: Iterable[Path]) -> str:
    """SHA-256 over the names and bytes of a set's files, in the order of their names."""
    whole = hashlib.sha256()
    for path in sorted(files, key=lambda p: p.name):
        whole.update(path.name.encode() + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def half_of(key: str) -> str:
    """`a` or `b`, by the hash of a document's id: tune on one, check on the other."""
    return "ab"[hashlib.sha256(key.split("#")[0].encode()).digest()[0] % 2]


def half(cases: Sequence[Case], name: str | None) -> list[Case]:
    """The cases of one half, or all where none is named."""
    return [c for c in cases if name is None or half_of(c.key) == name]


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def unique(keys: Iterable[str]) -> list[str]:
    """The keys with a number behind each repetition, so that they tell cases apart."""
    seen: dict[str, int] = {}
    named = []
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        named.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return named


def mapping(name: str) -> dict[str, Any]:
    """A mapping table of this folder, by the name of its set."""
    loaded: dict[str, Any] = yaml.safe_load((MAPPINGS / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded
