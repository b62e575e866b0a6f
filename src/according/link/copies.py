"""Copied texts: agency copy with a new headline, shortened, or with a paragraph added, is one voice.

Each text becomes the set of its three-word shingles. Two texts are copies where half of the shorter one's shingles
stand in the other: a measure of containment, so that cutting a text in half does not hide where it is from. To find
whom to compare, each text is filed under its smallest hashes only, so that the work grows with the texts.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
_WORD = re.compile(r"\w+")
_SHINGLE = 3
_FILED = 24  # hashes that a text is filed under
_SHARE = 0.5
_FEWEST = 12  # shingles below which a text is a copy only of the same words
_LONG_WORD = 15  # mean length from which a script is taken to have no blanks, and signs take the place of words


def shingles(text: str) -> Hashes:
    """The hashes of a text's shingles, each once, in order."""
    words = _WORD.findall(text.casefold())
    if words and sum(map(len, words)) / len(words) > _LONG_WORD:
        words = list("".join(words))
    found = {" ".join(words[i : i + _SHINGLE]) for i in range(max(len(words) - _SHINGLE + 1, 1))}
    coded = (shingle.encode("utf-8", "surrogatepass") for shingle in found)
    hashes = [int.from_bytes(hashlib.blake2b(code, digest_size=8).digest()) for code in coded]
    return np.sort(np.array(hashes, dtype=np.uint64))


def are_copies(a: Hashes, b: Hashes) -> bool:
    """Whether two texts, as `shingles` gives them, are copies of one."""
    fewer = min(len(a), len(b))
    if fewer < _FEWEST:
        return np.array_equal(a, b)
    return len(np.intersect1d(a, b, assume_unique=True)) >= _SHARE * fewer


@dataclass
class CopyIndex:
    """The texts so far; a new one is told at once whom it copies, and the groups do not depend on the order."""

    texts: dict[str, Hashes] = field(default_factory=dict)
    filed: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    parent: dict[str, str] = field(default_factory=dict)

    def add(self, key: str, text: str) -> frozenset[str]:
        """File a text; the keys of the earlier texts that it is a copy of (or they of it).

        Raises:
            ValueError: the key was filed before.
        """
        if key in self.texts:
            raise ValueError(f"the text {key} is filed already")
        own = shingles(text)
        filed = own[:_FILED].tolist()
        near = {other for number in filed for other in self.filed.get(number, ())}
        copies = frozenset(other for other in near if are_copies(own, self.texts[other]))
        self.texts[key], self.parent[key] = own, key
        for number in filed:
            self.filed[number].append(key)
        for other in copies:
            a, b = self._root(key), self._root(other)
            self.parent[max(a, b)] = min(a, b)
        return copies

    def _root(self, key: str) -> str:
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def groups(self) -> Mapping[str, str]:
        """For each text that has a copy, the smallest key of its group."""
        roots = {key: self._root(key) for key in self.texts}
        sizes: dict[str, int] = defaultdict(int)
        for root in roots.values():
            sizes[root] += 1
        return {key: root for key, root in roots.items() if sizes[root] > 1}


def copy_groups(texts: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """For each key of a text that has copies among `texts` (key, text), the smallest key of its group."""
    index = CopyIndex()
    for key, text in texts:
        index.add(key, text)
    return index.groups()
