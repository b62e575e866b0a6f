"""`python -m bench`: load, run, score, print, hold the floors."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import data, table
from bench.cache import Cache, source_hash
from bench.floors import EPSILON, Floors
from bench.model import Benchmark, Case, Result
from bench.runner import Run, Runner, write_input
from bench.sets import SEALED, SETS
from bench.system import SystemAbsentError, read

FLOORS = Path(__file__).resolve().parent / "floors.json"
CACHE = data.ROOT / ".cache" / "bench"


@dataclass(frozen=True, slots=True)
class Scored:
    """A set that was there, with all that is known of it."""

    benchmark: Benchmark
    cases: Sequence[Case]
    data_hash: str
    run: Run
    result: Result


def parser() -> argparse.ArgumentParser:
    """The command line."""
    names = ", ".join(s.name for s in SETS)
    made = argparse.ArgumentParser(prog="python -m bench", description="Score According on gold data.")
    made.add_argument("names", nargs="*", metavar="NAME", help=f"sets, all where none is named: {names}")
    made.add_argument("--data", type=Path, default=data.default_folder(), help="folder of the gold data")
    made.add_argument("--errors", type=int, default=0, metavar="N", help="print the N worst cases of each set")
    made.add_argument("--layer", help="of the errors, only those whose layer holds this word")
    made.add_argument("--half", choices=("a", "b"), help="one half of each set, by the hash of a document's id")
    made.add_argument("--limit", type=int, metavar="N", help="the first N cases of each set")
    made.add_argument("--workers", type=int, default=2, metavar="N", help="processes that code")
    made.add_argument("--system", choices=("according", "blank", "oracle"), default="according", help="what is judged")
    made.add_argument("--from", dest="given", type=Path, metavar="FILE", help="outputs made before, JSON Lines")
    made.add_argument("--save", type=Path, metavar="FILE", help="write the outputs as JSON Lines")
    made.add_argument("--write-input", type=Path, metavar="FILE", help="write what would be fed in, and stop")
    made.add_argument("--fresh", action="store_true", help="make all outputs anew")
    made.add_argument("--peers", action="store_true", help="run the peers and simple baselines on the same texts")
    made.add_argument("--sealed", action="store_true", help="score the sealed stories too: figures only")
    made.add_argument("--update-floors", action="store_true", help="raise the floors to these scores")
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Run; 0 when all is well, 1 when a score fell below its floor, 2 when the command line is wrong."""
    options = parser().parse_args(argv)
    known = {s.name: s for s in SETS}
    unknown = [name for name in options.names if name not in known]
    if unknown:
        print(f"unknown set: {', '.join(unknown)} (there are {', '.join(known)})", file=sys.stderr)
        return 2
    if options.given and not options.given.is_file():
        print(f"no such file: {options.given}", file=sys.stderr)
        return 2
    chosen = [known[name] for name in options.names] or ([] if options.sealed else list(SETS))
    if options.sealed:
        chosen.append(SEALED)
    loaded = [found for benchmark in chosen if (found := _load(benchmark, options))]
    if options.write_input:
        options.write_input.write_text("", encoding="utf-8")
        for benchmark, cases, _ in loaded:
            if benchmark.verb == "code" and not benchmark.secret:
                write_input(cases, options.write_input)
        return 0
    runner = _runner(options)
    scored = [done for one in loaded if (done := _score(one, runner))]
    _print(scored, options)
    if options.peers:
        from bench.peers import compare

        print("\n" + compare([(s.benchmark, s.cases, s.result) for s in scored]))
    if options.save:
        _save(scored, options.save)
    return _hold(scored, options)


def _load(benchmark: Benchmark, options: argparse.Namespace) -> tuple[Benchmark, list[Case], str] | None:
    """Cases and hash of a set, or None, with a line that says so, where it is absent."""
    files = benchmark.files(options.data)
    if not files:
        print(f"{benchmark.name}: not there (looked under {options.data} and its neighbours)")
        return None
    cases = data.half(benchmark.load(options.data), options.half)
    return benchmark, cases[: options.limit], data.digest(files)


def _runner(options: argparse.Namespace) -> Runner:
    cache = None
    if options.system == "according" and not options.fresh:
        cache = Cache(CACHE, source_hash(data.ROOT / "src"))
        cache.prune()
    return Runner(options.system, options.workers, cache, read(options.given) if options.given else {}, options.data)


def _score(one: tuple[Benchmark, list[Case], str], runner: Runner) -> Scored | None:
    benchmark, cases, data_hash = one
    if not cases:
        print(f"{benchmark.name}: no case is left to score")
        return None
    try:
        run = runner.run(benchmark, cases)
    except SystemAbsentError as absent:
        print(f"{benchmark.name}: {absent}")
        return None
    return Scored(benchmark, cases, data_hash, run, benchmark.score(cases, run.outputs))


def _print(scored: Sequence[Scored], options: argparse.Namespace) -> None:
    floors = Floors.read(FLOORS)
    lines = [
        table.Line(s.benchmark.name, s.data_hash, score, floors.floor(s.benchmark.name, s.data_hash, score.measure))
        for s in scored
        for score in s.result.scores
    ]
    if lines:
        print(table.render(lines))
    for s in scored:
        speed = f"{s.run.seconds * 1000:.0f} ms a document when made" if s.run.seconds is not None else "time not known"
        remark = f"; {s.run.remark}" if s.run.remark else ""
        print(f"{s.benchmark.name}: {len(s.cases)} cases, {speed}{remark}")
    if options.errors:
        for s in (s for s in scored if not s.benchmark.secret):
            misses = [m for m in s.result.misses if not options.layer or options.layer in m.layer]
            print(f"\n== {s.benchmark.name}: {len(misses)} misses\n\n{table.worst(misses, options.errors)}")


def _save(scored: Sequence[Scored], path: Path) -> None:
    with path.open("w", encoding="utf-8") as out:
        for s in (s for s in scored if not s.benchmark.secret):
            out.writelines(json.dumps(o, ensure_ascii=False) + "\n" for o in s.run.outputs.values())


def _hold(scored: Sequence[Scored], options: argparse.Namespace) -> int:
    """Compare with the floors, or raise them; a part of a set or another system says nothing about either."""
    if options.half or options.limit or options.system != "according" or options.given:
        if options.update_floors:
            print("floors are raised on whole sets and According's own output only")
            return 2
        return 0
    floors = Floors.read(FLOORS)
    fallen = [(s, *pair) for s in scored for pair in floors.fallen(s.benchmark.name, s.data_hash, s.result.scores)]
    for s, score, floor in fallen:
        print(f"FALLEN {s.benchmark.name}, {score.measure}: {score.value:.4f} is more than {EPSILON} below {floor:.4f}")
    if options.update_floors:
        for s in scored:
            floors = floors.raised(s.benchmark.name, s.data_hash, s.result.scores)
        floors.write(FLOORS)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
