"""Fit the weights of linking (src/according/data/link_weights.yaml) to coded rows whose events are known.

    python tools/fit_link.py ROWS.jsonl            measure out of fold, print, write nothing
    python tools/fit_link.py ROWS.jsonl --write    fit to all rows and write the weights

ROWS.jsonl holds one coded row a line, as `according link` takes it, and the event's name under "event". The method is
penalised logistic regression on the candidate pairs, over steps between neighbouring levels that may not change sign,
so that a level that agrees less never weighs more. Needs numpy only.
See docs/linking.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from according.link import AccountRow, default_words, link, read_rows
from according.link.block import candidates
from according.link.levels import Comparer
from according.link.table import build_table
from according.link.weights import LEVELS, Weights, load_weights
from according.rules import DATA

Array = npt.NDArray[Any]
HEAD = """\
# Weights of linking: a pair's score is the prior and the weight of one level of each comparison.
# Written by tools/fit_link.py; settings, sentences and the levels that docs/linking.md names are by hand.
"""

# Levels that agree less from left to right: each may weigh at most what the one before it does. The others are free.
CHAINS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "time": (("same_day", "within_days", "within_weeks", "within_long"), ("within_days", "next_day", "days_apart")),
    "place": (("same_place", "same_point", "close", "within", "outside"), ("within", "within_area")),
    "actors": (
        ("same", "some_shared", "other_of_side", "different"),
        ("same_side", "unnamed", "other_side"),
        ("some_shared", "unnamed"),
    ),
    "type": (("same", "family", "different"), ("same", "vague")),
    "killed": (("equal", "close", "apart", "far_apart"), ("equal", "equal_small", "none_told", "some_or_none")),
    "injured": (("equal", "close", "apart", "far_apart"), ("equal", "equal_small", "none_told", "some_or_none")),
    "publisher": (("different", "same_unknown_document"),),
}
# Levels that coded rows without documents cannot tell of: set by hand, with the reason in docs/linking.md.
BY_HAND = {
    ("time", "far"), ("time", "missing"), ("place", "far"), ("place", "missing"), ("type", "other_means"),
    ("publisher", "same"), ("publisher", "same_document"), ("publisher", "missing"),
    ("copies", "copies"), ("copies", "own_words"),
}  # fmt: skip
PENALTY = 1.0
SHIFT = 0.25  # by which the prior is raised: see docs/linking.md


@dataclass(frozen=True)
class Pairs:
    """Candidate pairs of a table: row numbers, levels, and whether they are of one event."""

    index: Array
    codes: Array
    same: Array


def read(path: Path) -> tuple[list[AccountRow], dict[str, str]]:
    """The rows and the event of each."""
    rows: list[AccountRow] = []
    events: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        content = json.loads(line)
        for row in read_rows(content, number):
            rows.append(row)
            events[row.key] = str(content["event"])
    return rows, events


def pairs_of(rows: Sequence[AccountRow], events: Mapping[str, str], weights: Weights) -> Pairs:
    """The candidate pairs with their levels."""
    table = build_table(rows, weights, default_words())
    index = candidates(table, weights)
    comparer = Comparer(table, weights, default_words())
    names = np.array([events[key] for key in table.keys])
    same = names[index[:, 0]] == names[index[:, 1]]
    return Pairs(index, comparer.codes(index[:, 0], index[:, 1]), same)


def fit(pairs: Pairs, weights: Weights) -> Weights:
    """Weights by penalised logistic regression with the order of `CHAINS`, by projected gradient descent."""
    offsets = np.cumsum([0, *(len(levels) for levels in LEVELS.values())])
    design = np.zeros((len(pairs.codes), offsets[-1] + 1))
    for column, offset in enumerate(offsets[:-1]):
        design[np.arange(len(design)), offset + pairs.codes[:, column]] = 1
    design[:, -1] = 1
    hand = [offsets[list(LEVELS).index(name)] + LEVELS[name].index(level) for name, level in BY_HAND]
    beta = np.zeros(design.shape[1])
    rate = 4 / (np.linalg.norm(design, 2) ** 2 + PENALTY)
    momentum, before = beta.copy(), beta.copy()
    for step in range(1, 3001):
        error = 1 / (1 + np.exp(-design @ momentum)) - pairs.same
        gradient = design.T @ error + PENALTY * momentum * (np.arange(len(beta)) < len(beta) - 1)
        beta = _ordered(momentum - rate * gradient, offsets)
        beta[hand] = 0
        momentum = beta + (step - 1) / (step + 2) * (beta - before)
        if np.abs(beta - before).max() < 1e-7:
            break
        before = beta
    return _with(weights, beta, offsets)


def _ordered(beta: Array, offsets: Array) -> Array:
    """Pool neighbours that stand the wrong way round until each chain falls."""
    beta = beta.copy()
    for _ in range(4):
        for column, (name, levels) in enumerate(LEVELS.items()):
            for chain in CHAINS.get(name, ()):
                at = [offsets[column] + levels.index(level) for level in chain]
                beta[at] = _falling(beta[at])
    return beta


def _falling(values: Array) -> Array:
    """The closest sequence that never rises (pool adjacent violators)."""
    pools: list[list[float]] = []
    for value in values.tolist():
        pools.append([value, 1])
        while len(pools) > 1 and pools[-2][0] < pools[-1][0]:
            last = pools.pop()
            mean = (pools[-1][0] * pools[-1][1] + last[0] * last[1]) / (pools[-1][1] + last[1])
            pools[-1] = [mean, pools[-1][1] + last[1]]
    return np.array([value for value, count in pools for _ in range(int(count))])


def _with(weights: Weights, beta: Array, offsets: Array) -> Weights:
    comparisons = {}
    for column, (name, levels) in enumerate(weights.comparisons.items()):
        own = beta[offsets[column] : offsets[column + 1]]
        comparisons[name] = tuple(
            level if (name, level.name) in BY_HAND else replace(level, weight=round(float(value), 2))
            for level, value in zip(levels, own, strict=True)
        )
    return replace(weights, prior=round(float(beta[-1]), 2), comparisons=comparisons)


@dataclass
class Tally:
    """Sums over rows, from which B-cubed and pairwise scores come."""

    rows: int = 0
    precision: float = 0.0
    recall: float = 0.0
    pairs: tuple[int, int, int] = (0, 0, 0)  # right, found, gold; each seen from both rows

    def add(self, gold: Mapping[str, str], found: Mapping[str, str], keys: Iterable[str]) -> None:
        """Count `keys`, whose clusters are those of all rows."""
        right, ours = defaultdict(set), defaultdict(set)
        for key, event in gold.items():
            right[event].add(key)
            ours[found[key]].add(key)
        for key in keys:
            a, b = right[gold[key]], ours[found[key]]
            both = len(a & b)
            self.rows += 1
            self.precision += both / len(b)
            self.recall += both / len(a)
            done = self.pairs
            self.pairs = (done[0] + both - 1, done[1] + len(b) - 1, done[2] + len(a) - 1)

    @property
    def f1(self) -> float:
        """B-cubed F1."""
        precision, recall = self.precision / self.rows, self.recall / self.rows
        return 2 * precision * recall / (precision + recall)

    def __str__(self) -> str:
        right, found, gold = self.pairs
        return (
            f"B-cubed P {self.precision / self.rows:.3f} R {self.recall / self.rows:.3f} F1 {self.f1:.4f}   "
            f"pairs P {right / max(found, 1):.3f} R {right / max(gold, 1):.3f}   ({self.rows} rows)"
        )


def tally(gold: Mapping[str, str], found: Mapping[str, str]) -> Tally:
    """The scores of all rows."""
    result = Tally()
    result.add(gold, found, gold)
    return result


def clustered(rows: Sequence[AccountRow], weights: Weights) -> dict[str, str]:
    """The event that linking gives each row."""
    linked = link(rows, weights, default_words())
    return {key: linked.event_of(i) for i, key in enumerate(linked.table.keys)}


def fitted(rows: Sequence[AccountRow], events: Mapping[str, str], start: Weights) -> Weights:
    """Weights and prior for some rows."""
    weights = fit(pairs_of(rows, events, start), start)
    return replace(weights, prior=round(weights.prior + SHIFT, 2))


def out_of_fold(rows: Sequence[AccountRow], events: Mapping[str, str], folds: int, seed: int, start: Weights) -> Tally:
    """Fit without the events of a fold, link all rows together, score the rows of that fold."""
    names = sorted(set(events.values()))
    random.Random(seed).shuffle(names)
    fold = {name: i % folds for i, name in enumerate(names)}
    result = Tally()
    for k in range(folds):
        train = [row for row in rows if fold[events[row.key]] != k]
        weights = fitted(train, {row.key: events[row.key] for row in train}, start)
        result.add(events, clustered(rows, weights), [key for key, event in events.items() if fold[event] == k])
    return result


def halves(rows: Sequence[AccountRow], events: Mapping[str, str], start: Weights) -> tuple[Tally, Tally]:
    """Fit on the events of one half of the time, link and score the other half alone; both ways round."""
    first: dict[str, str] = {}
    for row in rows:
        day = (row.date.start or row.date.end or "") if row.date else ""
        first[events[row.key]] = min(first.get(events[row.key], "9999"), day)
    ordered = sorted(first, key=lambda name: (first[name], name))
    early = set(ordered[: len(ordered) // 2])
    parts = [[row for row in rows if (events[row.key] in early) is side] for side in (True, False)]
    scores = []
    for train, test in (parts, parts[::-1]):
        weights = fitted(train, {row.key: events[row.key] for row in train}, start)
        scores.append(tally({row.key: events[row.key] for row in test}, clustered(test, weights)))
    return scores[0], scores[1]


def write(path: Path, weights: Weights, data: Path, counts: tuple[int, int]) -> None:
    """Write the weights, one level a line, and what they were fitted to."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["prior"] = weights.prior
    digest = hashlib.sha256(data.read_bytes()).hexdigest()
    content["fitted"] = {"sha256": digest, "rows": counts[0], "pairs": counts[1]}
    for name, levels in weights.comparisons.items():
        for level in levels:
            content["comparisons"][name][level.name]["weight"] = level.weight
    path.write_text(HEAD + "".join(_lines(content)), encoding="utf-8")


def _lines(content: Mapping[str, Any]) -> Iterator[str]:
    for part in ("prior", "settings", "fitted"):
        yield _flow({part: content[part]})
    yield "comparisons:\n"
    for name, levels in content["comparisons"].items():
        yield f"  {name}:\n"
        for level, row in levels.items():
            weight, sentence = f"{row['weight']:g}", json.dumps(row["sentence"], ensure_ascii=False)
            yield f"    {level}: {{weight: {weight}, sentence: {sentence}}}\n"


def _flow(content: object) -> str:
    text = yaml.safe_dump(content, default_flow_style=True, sort_keys=False, width=1000).strip()
    return text[1:-1] + "\n"


def main(arguments: Sequence[str]) -> int:
    """Measure, and write where asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("rows", type=Path)
    parser.add_argument("--weights", type=Path, default=DATA / "link_weights.yaml")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args(arguments)
    rows, events = read(options.rows)
    start = load_weights(options.weights)
    out = sys.stdout.write
    out(f"as they stand   {tally(events, clustered(rows, start))}\n")
    for seed in range(options.seeds):
        out(f"out of fold {seed}   {out_of_fold(rows, events, 5, seed, start)}\n")
    early, late = halves(rows, events, start)
    out(f"early to late   {early}\nlate to early   {late}\n")
    weights = fitted(rows, events, start)
    out(f"fitted to all   {tally(events, clustered(rows, weights))}\n")
    if options.write:
        write(options.weights, weights, options.rows, (len(rows), len(pairs_of(rows, events, start).same)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
