"""Arithmetic that several scorers share: tallies, matchings, B-cubed, distance. No set is known here."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from anyascii import anyascii

G = TypeVar("G")
Own = TypeVar("Own")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, how many were given and how many there are; right may be fractional (partial credit)."""

    right: float = 0.0
    ours: float = 0.0
    gold: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.ours + other.ours, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of ours that is right; 0 where we gave nothing."""
        return self.right / self.ours if self.ours else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that we have; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def matching(gold: Sequence[G], ours: Sequence[Own], fits: Callable[[G, Own], bool]) -> dict[int, int]:
    """A largest one-to-one matching: index of ours -> index of gold (augmenting paths, in the order of the gold)."""
    options = [[o for o, own in enumerate(ours) if fits(g, own)] for g in gold]
    owner: dict[int, int] = {}

    def place(g: int, seen: set[int]) -> bool:
        for o in options[g]:
            if o not in seen:
                seen.add(o)
                if o not in owner or place(owner[o], seen):
                    owner[o] = g
                    return True
        return False

    for g in sorted(range(len(gold)), key=lambda g: len(options[g])):
        place(g, set())
    return owner


def assignment(weight: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (row, column) of the heaviest one-to-one assignment; pairs of weight 0 are left out."""
    rows, columns = len(weight), len(weight[0]) if weight else 0
    size = max(rows, columns)
    top = max((w for row in weight for w in row), default=0.0)
    cost = [[top - weight[r][c] if r < rows and c < columns else top for c in range(size)] for r in range(size)]
    return [(r, c) for r, c in _hungarian(cost) if r < rows and c < columns and weight[r][c] > 0]


def _hungarian(cost: list[list[float]]) -> list[tuple[int, int]]:
    """Kuhn's method with potentials on a square matrix, O(n^3)."""
    size = len(cost)
    u, v, match, way = [0.0] * (size + 1), [0.0] * (size + 1), [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        match[0], column = row, 0
        least, used = [math.inf] * (size + 1), [False] * (size + 1)
        while match[column]:
            used[column] = True
            delta, following = math.inf, 0
            for j in range(1, size + 1):
                if used[j]:
                    continue
                reduced = cost[match[column] - 1][j - 1] - u[match[column]] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(size + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            column = following
        while column:
            match[column] = match[way[column]]
            column = way[column]
    return [(match[j] - 1, j - 1) for j in range(1, size + 1)]


def bcubed(gold: Mapping[K, Hashable], ours: Mapping[K, Hashable]) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 of a clustering; a key without a cluster of ours stands alone.

    Args:
        gold: cluster by key.
        ours: cluster by key; keys that the gold lacks are left out.
    """
    mine: dict[K, Hashable] = {k: (0, ours[k]) if k in ours else (1, k) for k in gold}
    size_gold, size_mine = Counter(gold.values()), Counter(mine.values())
    both: dict[tuple[Hashable, Hashable], int] = defaultdict(int)
    for k, cluster in gold.items():
        both[cluster, mine[k]] += 1
    count = len(gold) or 1
    precision = sum(both[gold[k], mine[k]] / size_mine[mine[k]] for k in gold) / count
    recall = sum(both[gold[k], mine[k]] / size_gold[gold[k]] for k in gold) / count
    both_rates = precision + recall
    return precision, recall, 2 * precision * recall / both_rates if both_rates else 0.0


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points (latitude, longitude in degrees)."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    half = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))


def overlaps(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """True where two stretches share a character."""
    return a[0] < b[1] and b[0] < a[1]


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, ASCII, words only, single spaces: for comparing names, never for offsets."""
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(text).lower().replace("'s ", " ").replace("'", "")))
