"""Train the two stages of relevance, and measure them out of fold.

    python tools/train_relevance.py --data DIR [--coded FILE] [--out src/according/data/models]

DIR holds muc4/dev.jsonl (answer keys) and fa_kes/dev.jsonl (each article reports an event). Folds are the files of
MUC-4, two at a time, which are blocks of dates; FA-KES is split by hash and is never scored. A message counts as
positive in training where its key has a required template; those with optional ones only are left out there, and are
positive in the scores, as the benchmark has it. An account is positive where the benchmark's alignment pairs it with a
template.
`--coded` keeps the codings between runs (they take minutes).
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from bench.metrics import fold as folded
from bench.sets import muc4_key, muc4_ours
from bench.sets.muc4_rules import judge

from according.contract import to_contract
from according.model import Coding, Document
from according.pipeline import code, load_kit
from according.relevance import BUCKETS, SCALE, Relevance, features, is_specific, stretches, text_rows
from bench import data as gold

Array = npt.NDArray[Any]
FOLDS = 7
UNPAIRED = 0.35  # target of an account without a partner in a message that has a template
ACCOUNT_BAR = 0.3
GROUPS = ("form", "who", "text")
RIDGE = 4.0
TABLE = gold.mapping("muc4")


@dataclass
class Example:
    """One text with its gold: any template, a required one; sentences (1, 0, not known) and accounts with targets."""

    coding: Coding
    fold: int
    scored: bool
    any_template: bool
    required: bool
    sentences: list[tuple[Array, float | None]]
    accounts: list[tuple[int, float]]


def muc(folder: Path, code_one: Callable[[Document], Coding]) -> list[Example]:
    """The messages of MUC-4."""
    rows = [json.loads(line) for line in (folder / "muc4" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    files = sorted({str(r["file"]) for r in rows})
    made = []
    for row in rows:
        key = muc4_key.templates(row["templates"])
        coding = code_one(Document(row["text"], key=row["id"], language="en"))
        output = to_contract(coding).model_dump(mode="json", by_alias=True)
        own = [i for i, a in enumerate(output["accounts"]) if muc4_ours.kind_of(output, a, TABLE)]
        pairs = judge(key, muc4_ours.templates(output, TABLE), TABLE["compatible"]).pairs
        paired = {own[ours] for ours, _ in pairs}
        accounts = [(i, 1.0 if i in paired else UNPAIRED if key else 0.0) for i in own]
        sentences = [(s.rows, _told(row["text"][s.start : s.end], key)) for s in stretches(row["text"])]
        required = any(not t.optional for t in key)
        made.append(Example(coding, files.index(row["file"]) // 2, True, bool(key), required, sentences, accounts))
    return made


def _told(sentence: str, key: Sequence[muc4_key.Template]) -> float | None:
    """1 where a sentence holds two fills of one template, 0 in a message without any, else not known."""
    if not key:
        return 0.0
    words = f" {folded(sentence)} "
    for template in key:
        slots = ("victim", "target", "individual", "organization", "instrument")
        fills = {s for slot in slots for f in template.fills(slot) for s in f.strings if s}
        if fills and sum(f" {s} " in words for s in fills) >= min(2, len(fills)):
            return 1.0
    return None


def fa_kes(folder: Path, code_one: Callable[[Document], Coding]) -> list[Example]:
    """The articles of FA-KES: texts that report an event; the first account is of it."""
    rows = [json.loads(line) for line in (folder / "fa_kes" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    made = []
    for row in rows:
        coding = code_one(Document(row["text"], key=row["id"], language="en"))
        first = [(0, 1.0)] if coding.accounts and coding.accounts[0].event_type in TABLE["event_types"] else []
        made.append(Example(coding, crc32(row["id"].encode()) % FOLDS, False, True, True, [], first))
    return made


def hashed(rows: Sequence[Array], wanted: Sequence[float], allowed: Array, epochs: int) -> tuple[Array, float]:
    """Weights of a logistic regression over the allowed hashed features, with steps that shrink for each weight."""
    weights, squares, bias = np.zeros(BUCKETS), np.full(BUCKETS, 1e-3), 0.0
    rng = np.random.default_rng(0)
    known = [r[allowed[r]] for r in rows]
    for _ in range(epochs):
        for i in rng.permutation(len(known)):
            own = known[i]
            size = 1 / np.sqrt(max(1, len(own)))
            error = 1 / (1 + np.exp(-(weights[own].sum() * size + bias))) - wanted[i]
            step = error * size + 1e-2 * weights[own]
            squares[own] += step**2
            weights[own] -= 0.1 * step / np.sqrt(squares[own])
            bias -= 0.03 * error
    return np.clip(np.round(weights * SCALE), -127, 127).astype(np.int8), bias


def frequent(texts: Sequence[Array], least: int) -> Array:
    """Which features stand in so many texts; rarer ones are names of one affair, learned by heart, no use elsewhere."""
    counts = np.zeros(BUCKETS, dtype=np.int64)
    for rows in texts:
        counts[rows] += 1
    return np.asarray(counts >= least)


def first_stage(examples: Sequence[Example]) -> Relevance:
    """Weights of words and sentences."""
    texts = [e for e in examples if e.required == e.any_template]
    rows = [text_rows(e.coding.document.text) for e in texts]
    words, bias = hashed(rows, [float(e.required) for e in texts], frequent(rows, 20), 4)
    told = [(r, y) for e in examples for r, y in e.sentences if y is not None]
    whole = [np.unique(np.concatenate([r for r, _ in e.sentences])) for e in examples if e.sentences]
    sentences, other = hashed([r for r, _ in told], [y for _, y in told], frequent(whole, 15), 2)
    return Relevance(words, sentences, (bias, other), {}, frozenset(), (0.0, 0.0))


@dataclass(frozen=True)
class Row:
    """One account for training: its example, its target and its features."""

    example: int
    account: int
    wanted: float
    features: dict[str, float]


def second_stage(rows: Sequence[Row], groups: Sequence[str] = GROUPS) -> dict[str, float]:
    """Weights of accounts by penalised logistic regression."""
    seen = Counter(name for r in rows for name in r.features)
    names = [n for n, count in seen.items() if count >= 8 and n.split()[0] in (*groups, "bias")]
    place = {n: i for i, n in enumerate(names)}
    table, wanted = np.zeros((len(rows), len(names))), np.array([r.wanted for r in rows])
    for i, row in enumerate(rows):
        for name, value in row.features.items():
            if name in place:
                table[i, place[name]] = value
    weights = np.zeros(len(names))
    for _ in range(8):
        share = 1 / (1 + np.exp(-table @ weights))
        bend = (table * (share * (1 - share))[:, None]).T @ table + RIDGE * np.eye(len(names))
        weights -= np.linalg.solve(bend, table.T @ (share - wanted) + RIDGE * weights)
    return dict(zip(names, weights.tolist(), strict=True))


def best_f1(scores: Array, gold_any: Array) -> tuple[float, float]:
    """The best F1 over all bars, and its bar."""
    found = []
    for bar in np.unique(np.quantile(scores, np.linspace(0.02, 0.98, 97))):
        ours = scores >= bar
        found.append((2 * float((ours & gold_any).sum()) / float(ours.sum() + gold_any.sum()), float(bar)))
    return max(found)


def measure(examples: Sequence[Example], rows: Sequence[Row], first: Array) -> None:
    """Print F1 out of fold: words alone, then accounts with one group of features more each time."""
    scored = np.array([e.scored for e in examples])
    wanted = np.array([e.any_template for e in examples])[scored]
    print(f"words, before the parse: F1 {best_f1(first[scored], wanted)[0]:.3f}")
    for chosen in (("form",), ("form", "who"), ("text",), ("form", "text"), GROUPS):
        scores = np.zeros(len(examples))
        for k in range(FOLDS):
            weights = second_stage([r for r in rows if examples[r.example].fold != k], chosen)
            for r in rows:
                if examples[r.example].fold == k:
                    total = sum(weights.get(n, 0.0) * v for n, v in r.features.items())
                    sure = is_specific(examples[r.example].coding.accounts[r.account])
                    scores[r.example] = max(scores[r.example], 1.0 if sure else 1 / (1 + np.exp(-total)))
        f1, bar = best_f1(scores[scored], wanted)
        fixed = {b: _at(scores[scored], wanted, b) for b in (0.15, 0.2, 0.25, 0.3, 0.35)}
        print(f"accounts, {' + '.join(chosen)}: best F1 {f1:.3f} at {bar:.2f};", fixed, flush=True)


def _at(scores: Array, wanted: Array, bar: float) -> tuple[float, float, float]:
    ours = scores >= bar
    both = float((ours & wanted).sum())
    precision, recall = both / ours.sum(), both / wanted.sum()
    f1 = 2 * precision * recall / (precision + recall)
    return round(float(f1), 3), round(float(precision), 3), round(float(recall), 3)


def main() -> None:
    """Code, train out of fold, measure, train on all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--coded", type=Path)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    examples = _examples(args.data, args.coded)
    first, rows = np.zeros(len(examples)), []
    for k in range(FOLDS):
        model = first_stage([e for e in examples if e.fold != k])
        for i, e in enumerate(examples):
            if e.fold == k:
                first[i], view = model.score(e.coding.document.text), model.view(e.coding)
                own = e.coding.accounts
                rows += [Row(i, a, y, dict(features(own[a], view))) for a, y in e.accounts]
    measure(examples, rows, first)
    positive = np.sort([s for s, e in zip(first, examples, strict=True) if e.scored and e.any_template])
    bars = (float(positive[int(0.02 * len(positive))]), ACCOUNT_BAR)
    kept = np.mean([s >= bars[0] for s, e in zip(first, examples, strict=True) if e.scored])
    print(f"first stage at 98 of 100: keeps {kept:.3f} of the messages")
    final = replace(first_stage(examples), accounts=second_stage(rows), bars=bars)
    print("in sample:", in_sample(examples, final))
    if args.out:
        write(args.out, final)


def in_sample(examples: Sequence[Example], model: Relevance) -> tuple[float, float, float]:
    """F1, precision and recall of the final weights on the messages that they were trained on."""
    scores = []
    for example in (e for e in examples if e.scored):
        view = model.view(example.coding)
        own = [example.coding.accounts[i] for i, _ in example.accounts]
        scores.append(max((1.0 if is_specific(a) else model.chance(a, view) for a in own), default=0.0))
    return _at(np.array(scores), np.array([e.any_template for e in examples if e.scored]), ACCOUNT_BAR)


def _examples(folder: Path, kept: Path | None) -> list[Example]:
    if kept and kept.exists():
        made: list[Example] = pickle.loads(kept.read_bytes())  # our own file of the run before
        return made
    kit = replace(load_kit(), relevance=None)
    made = [*muc(folder, lambda d: code(d, kit)), *fa_kes(folder, lambda d: code(d, kit))]
    if kept:
        kept.write_bytes(pickle.dumps(made))
    return made


def write(folder: Path, model: Relevance) -> None:
    """One file, numbers and names only."""
    kept = {n: w for n, w in model.accounts.items() if abs(w) >= 0.01}
    np.savez_compressed(
        folder / "relevance.npz",
        words=model.words,
        sentences=model.sentences,
        names=np.array(list(kept)),
        weights=np.array(list(kept.values()), dtype=np.float32),
        kinds=np.array(sorted(TABLE["event_types"])),
        numbers=np.array([*model.biases, *model.bars]),
    )


if __name__ == "__main__":
    main()
