"""One set through one system: cases in, outputs and the time that they took out, by way of the cache."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import system
from bench.cache import Cache, Kept, document_hash
from bench.data import default_folder
from bench.model import Benchmark, Case, Contract
from bench.system import SystemAbsentError

_BATCH = 25


@dataclass(frozen=True, slots=True)
class Run:
    """Outputs by key; seconds a document when they were made, or None where that is not known; a remark."""

    outputs: Mapping[str, Contract]
    seconds: float | None = None
    remark: str = ""


@dataclass(frozen=True)
class Runner:
    """Where outputs come from.

    Args:
        kind: `according`, `blank` or `oracle`.
        workers: processes that code.
        cache: outputs made before, or None to make all anew.
        given: outputs of a file, by key, which go before everything else; empty where there is none.
        data: the data folder, for the sets that bring actors and places of their own.
    """

    kind: str = "according"
    workers: int = 2
    cache: Cache | None = None
    given: Mapping[str, Contract] = field(default_factory=dict)
    data: Path = field(default_factory=default_folder)

    def run(self, benchmark: Benchmark, cases: Sequence[Case]) -> Run:
        """The outputs for these cases.

        Raises:
            SystemAbsentError: the system has no such call.
        """
        if self.given:
            found = {c.key: self.given[c.key] for c in cases if c.key in self.given}
            return Run(found, None, "" if len(found) == len(cases) else f"{len(cases) - len(found)} without output")
        if self.kind == "blank":
            return Run(system.blank(cases))
        if self.kind == "oracle":
            return Run(system.oracle(benchmark, cases))
        if benchmark.verb == "link":
            return self._link(benchmark, cases)
        return self._code(benchmark, cases)

    def _code(self, benchmark: Benchmark, cases: Sequence[Case]) -> Run:
        cache = None if benchmark.secret else self.cache
        kept = cache.read(benchmark.name) if cache else {}
        hashes = {c.key: document_hash(c.document) for c in cases}
        todo = [c for c in cases if hashes[c.key] not in kept]
        fresh: dict[str, Kept] = {}
        batch: list[tuple[str, Kept]] = []
        for key, made in self._timed(todo, benchmark):
            fresh[key] = made
            batch.append((hashes[key], made))
            if cache and len(batch) >= _BATCH:
                cache.write(benchmark.name, batch)
                batch = []
        if cache and batch:
            cache.write(benchmark.name, batch)
        found = {c.key: fresh.get(c.key) or kept.get(hashes[c.key]) for c in cases}
        have = {key: k for key, k in found.items() if k is not None}
        known = [k.seconds for k in have.values() if k.seconds is not None]
        mean = sum(known) / len(known) if known else None
        lost = len(cases) - len(have)
        return Run({key: k.output for key, k in have.items()}, mean, f"{lost} without output" if lost else "")

    def _timed(self, cases: Sequence[Case], benchmark: Benchmark) -> Iterator[tuple[str, Kept]]:
        """Outputs as they come, each with the wall time since the one before; a document that breaks is named and left.

        Raises:
            Exception: whatever the system raises, where three documents in a row break.
        """
        rest, idle = list(cases), 0
        name, secret, own = benchmark.name, benchmark.secret, getattr(benchmark, "settings", None)
        more = (own(self.data),) if own is not None and cases else ()
        while rest:
            done, last = 0, None
            try:
                for output in system.according("code", [c.document for c in rest], self.workers, *more):
                    now = time.perf_counter()
                    # The first waits for everything to be loaded: its own time is not known.
                    yield system.key_of(output), Kept(output, None if last is None else now - last)
                    done, last = done + 1, now
                    _progress(name, len(cases) - len(rest) + done, len(cases))
                return
            except SystemAbsentError:
                raise
            except Exception as error:
                idle = 0 if done else idle + 1
                if done == len(rest) or idle == 3:
                    raise
                print(f"{name}: a document broke" if secret else f"{name}: {rest[done].key} broke: {error}")
                rest = rest[done + 1 :]

    def _link(self, benchmark: Benchmark, cases: Sequence[Case]) -> Run:
        """All rows at once: a row's event depends on the others."""
        whole = document_hash({"rows": [c.document for c in cases]})
        kept = self.cache.read(benchmark.name).get(whole) if self.cache else None
        if kept is None:
            began = time.perf_counter()
            rows = list(system.according("link", [c.document for c in cases], self.workers))
            kept = Kept({"rows": rows}, time.perf_counter() - began)
            if self.cache:
                self.cache.write(benchmark.name, [(whole, kept)])
        seconds = None if kept.seconds is None else kept.seconds / max(1, len(cases))
        return Run({system.key_of(row): row for row in kept.output["rows"]}, seconds)


def _progress(name: str, done: int, count: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{name}: {done}/{count}" if done < count else "\r\033[K", end="", file=sys.stderr, flush=True)


def write_input(cases: Sequence[Case], path: Path) -> None:
    """Write what is fed in as JSON Lines, for `according code --json`."""
    with path.open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(c.document, ensure_ascii=False) + "\n" for c in cases)
