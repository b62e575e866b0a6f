"""Wire copy in capitals: the case that each word would have in mixed text, so that the parser can read it.

A linear tagger over hashed features chooses lower case, a capital letter or capitals for each word. It sees the word,
its neighbours, whether a list of ordinary words has them, and what it chose for the word before. Offsets never change;
only `Word.form` does, and a contraction in capitals is split as the parser expects.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from according.annotate.sentences import paragraphs_of, sentences_of
from according.annotate.tokens import Word, is_all_capitals
from according.errors import MissingPart

BUCKETS = 1 << 16
LOWER, TITLE, UPPER, START = 0, 1, 2, 3
_CONTRACTION = re.compile(r"([A-Z]+?)(N'T|'LL|'VE|'RE|'D|'M)")
_BREAKS = re.compile(r"([-/'])")
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{1,3}|V|X)")
_OPENERS = {"(", "["}
_CLOSERS = {")", "]"}


@dataclass(frozen=True, slots=True)
class Token:
    """What the features are made of: the word in lower case, its class in the word list, and its surroundings.

    Attributes:
        key: the word in lower case.
        kind: `l` ordinary word, `c` name, `b` either by its case, `n` not in the list, `0` no letters.
        starts: a sentence begins here.
        alone: it stands alone in brackets, here or elsewhere in the text, as acronyms do where they are given.
    """

    key: str
    kind: str
    starts: bool
    alone: bool


@dataclass(frozen=True)
class Casing:
    """Word list and weights; called, it gives words of a text in capitals their case and leaves other texts alone.

    Args:
        words: the list's words as they are written, names with their capital letters.
        weights: one row a bucket; columns lower case, capital letter, capitals.
    """

    words: frozenset[str]
    weights: npt.NDArray[np.int8]

    @cached_property
    def _kinds(self) -> dict[str, str]:
        kinds: dict[str, str] = {}
        for word in self.words:
            key, own = word.lower(), "l" if word.islower() else "c"
            kinds[key] = own if kinds.get(key, own) == own else "b"
        return kinds

    def __call__(self, text: str, words: list[Word]) -> list[Word]:
        """The words with the case that mixed text would give them."""
        if not is_all_capitals(text):
            return words
        words = [part for word in words for part in split_contraction(word)]
        tokens = self.tokens(text, words)
        chosen = self.choose(tokens)
        return [
            replace(word, form=in_case(word.form, max(case, TITLE) if token.starts else case))
            for word, token, case in zip(words, tokens, chosen, strict=True)
        ]

    def tokens(self, text: str, words: Sequence[Word]) -> list[Token]:
        """Words as the features see them."""
        single = [text[w.start - 1 : w.start] in _OPENERS and text[w.end : w.end + 1] in _CLOSERS for w in words]
        given = {w.form.lower() for w, alone in zip(words, single, strict=True) if alone}
        listed = list(words)
        starts = {s.start for s in sentences_of(text, listed, paragraphs_of(text, listed))}
        return [
            Token(w.form.lower(), self.kind(w.form.lower()), i in starts, w.form.lower() in given)
            for i, w in enumerate(words)
        ]

    def kind(self, key: str) -> str:
        """Class of a word in lower case by the word list."""
        if not any(c.isalpha() for c in key):
            return "0"
        found = self._kinds.get(key)
        if found is None and "-" in key:
            parts = {self._kinds.get(part, "n") for part in key.split("-") if part}
            found = "l" if parts == {"l"} else None
        return found or "n"

    def choose(self, tokens: Sequence[Token]) -> list[int]:
        """LOWER, TITLE or UPPER for each token, left to right."""
        chosen: list[int] = []
        before = (START, START)
        for i, token in enumerate(tokens):
            rows = [bucket(f) for f in (*fixed_features(tokens, i), *chain_features(token, before))]
            case = int(self.weights[rows].sum(axis=0, dtype=np.int32).argmax()) if token.kind != "0" else LOWER
            chosen.append(case)
            before = (before[1], START if token.starts else case)
        return chosen


def bucket(feature: str) -> int:
    """The row of the weights that a feature counts in."""
    return crc32(feature.encode()) % BUCKETS


def fixed_features(tokens: Sequence[Token], i: int) -> Iterator[str]:
    """Features of token i that do not hang on what was chosen before."""
    edge = Token("", "e", False, False)
    at = [tokens[j] if 0 <= j < len(tokens) else edge for j in range(i - 2, i + 3)]
    first, before, here, after, last = at
    if here.starts:
        before = first = edge
    key, kind = here.key, here.kind
    yield f"w {key}"
    yield f"k {kind}"
    yield f"3 {key[-3:]} {kind}"
    yield f"2 {key[-2:]} {kind}"
    yield f"1 {key[:3]} {kind}"
    yield f"bw {before.key} {key}"
    yield f"aw {key} {after.key}"
    yield f"b {before.key} {kind}"
    yield f"a {after.key} {kind}"
    yield f"f {first.key} {before.kind} {kind}"
    yield f"l {after.kind} {last.key} {kind}"
    yield f"kk {before.kind} {kind} {after.kind}"
    yield f"k5 {first.kind} {before.kind} {kind} {after.kind} {last.kind}"
    yield f"s {here.alone} {kind} {min(len(key), 7)}"
    yield f"v {_shape(key)} {kind} {min(len(key), 7)}"


def chain_features(token: Token, before: tuple[int, int]) -> Iterator[str]:
    """Features of a token with the two cases chosen before it (START where a sentence begins)."""
    yield f"c {before[1]} {token.kind}"
    yield f"cw {before[1]} {token.key}"
    yield f"cc {before} {token.kind}"


def _shape(key: str) -> str:
    vowels = sum(c in "aeiouy" for c in key)
    digits = any(c.isdigit() for c in key)
    return f"{'d' if digits else ''}{'.' if '.' in key else ''}{'-' if '-' in key else ''}{min(vowels, 3)}"


def in_case(form: str, case: int) -> str:
    """A form in capitals as the case has it: each part of a hyphenated name with its own capital letter."""
    if case == UPPER or _ROMAN.fullmatch(form):
        return form
    if case == LOWER:
        return form.lower()
    parts = _BREAKS.split(form.lower())
    return "".join(part if k and len(part) < 2 else part[:1].upper() + part[1:] for k, part in enumerate(parts))


def split_contraction(word: Word) -> list[Word]:
    """DIDN'T as the two words that it is; any other word alone."""
    found = _CONTRACTION.fullmatch(word.form)
    if not found:
        return [word]
    cut = word.start + found.end(1)
    return [Word(word.start, cut, found[1], False), Word(cut, word.end, found[2], word.space)]


def load_casing(folder: Path) -> Casing:
    """The word list and weights that lie in a folder.

    Raises:
        MissingPart: a file is not there.
    """
    try:
        with gzip.open(folder / "words.txt.gz", "rt", encoding="utf-8") as lines:
            words = frozenset(line.strip() for line in lines if not line.startswith("#"))
        with np.load(folder / "casing.npz", allow_pickle=False) as arrays:
            return Casing(words, arrays["weights"])
    except FileNotFoundError as error:
        raise MissingPart(f"The model that restores case is not there: {error.filename}") from error


def cased_label(form: str) -> int:
    """The case that a word of mixed text has."""
    letters = [c for c in form if c.isalpha()]
    if not letters or not any(c.isupper() for c in letters):
        return LOWER
    return UPPER if len(letters) > 1 and all(c.isupper() for c in letters) else TITLE
