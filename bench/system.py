"""What is judged: According itself, through its public call; nothing at all; or the gold put as an output."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import contract
from bench.model import Benchmark, Case, Contract


class SystemAbsentError(Exception):
    """The public call that is to be judged is not there."""


def according(
    verb: str, documents: Iterable[Mapping[str, Any]], workers: int, settings: Any = None
) -> Iterator[Contract]:
    """Run `according.code_many`, with settings where a set has its own, or `according.link_rows`.

    Raises:
        SystemAbsentError: the installed package has no such call.
    """
    name = {"code": "code_many", "link": "link_rows"}[verb]
    call = getattr(importlib.import_module("according"), name, None)
    if call is None:
        raise SystemAbsentError(f"according.{name} is not there yet")
    rows = [{k: v for k, v in d.items() if v is not None} for d in documents]
    chosen = {} if settings is None else {"settings": settings}
    yield from call(rows, workers=workers, **chosen) if verb == "code" else call(rows)


def blank(cases: Sequence[Case]) -> dict[str, Contract]:
    """The system that finds nothing."""
    return {case.key: contract.blank(case.document) for case in cases}


def oracle(benchmark: Benchmark, cases: Sequence[Case]) -> dict[str, Contract]:
    """The system that knows the gold: what it misses, the scorer or the contract cannot hold."""
    return {case.key: benchmark.oracle(case) for case in cases}


def key_of(output: Mapping[str, Any]) -> str:
    """The key of a contract or of a linked row."""
    return str(output["key"] if "document" not in output else output["document"]["key"])


def read(path: Path) -> dict[str, Contract]:
    """Outputs that were computed before, by key.

    Raises:
        OSError, ValueError, KeyError: the file cannot be read or a line has no key.
    """
    with path.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines if line.strip()]
    return {key_of(output): output for output in found}
