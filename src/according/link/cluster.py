"""From scored pairs to events: an account joins a cluster that it agrees with, not one neighbour in it.

Clusters are merged while the mean score over all pairs between them is above 0, the best first (average linkage). Two
accounts that a person judged different never come together, and two judged the same always do. Ties go to the smaller
row numbers, and rows are numbered by key: the order of arrival has no say.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from according.link.table import Floats, Ints

_Entry = tuple[float, int, int, int, int]  # minus the mean, two clusters, and how many rows each has
FORBIDDEN = float("-inf")  # the score of a pair that must not be in one cluster


def components(size: int, pairs: Ints) -> Ints:
    """For each of `size` rows the smallest row that it is tied to, directly or through others."""
    parent = list(range(size))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in pairs.tolist():
        a, b = root(a), root(b)
        if a != b:
            parent[max(a, b)] = min(a, b)
    return np.array([root(i) for i in range(size)], dtype=np.int64)


@dataclass
class _Merging:
    """One component while it is being merged: members, and sum and number of the scores between clusters.

    The heap holds, for each pair of clusters, a mean that is not below the true one: merging a with b gives a mean to
    any third that is no higher than the better of the two. So what comes up old is reckoned anew and put back.
    """

    members: dict[int, list[int]]
    ties: dict[int, dict[int, tuple[float, int]]]
    absent: float
    into: dict[int, int] = field(default_factory=dict)
    heap: list[_Entry] = field(default_factory=list)
    held: set[_Entry] = field(default_factory=set)

    def mean(self, a: int, b: int) -> float:
        """Mean score between two clusters; a pair that was not compared counts as `absent`."""
        total, count = self.ties[a].get(b, (0.0, 0))
        pairs = len(self.members[a]) * len(self.members[b])
        return (total + (pairs - count) * self.absent) / pairs

    def root(self, a: int) -> int:
        """The cluster that a row or an old cluster is in now."""
        while a in self.into:
            a = self.into[a]
        return a

    def entry(self, a: int, b: int) -> _Entry:
        a, b = min(a, b), max(a, b)
        return -self.mean(a, b), a, b, len(self.members[a]), len(self.members[b])

    def push(self, entry: _Entry) -> None:
        if entry[0] < 0 and entry not in self.held:
            self.held.add(entry)
            heapq.heappush(self.heap, entry)

    def join(self, a: int, b: int) -> None:
        """Merge two clusters under the one with more ties, so that few have to be moved."""
        if (len(self.ties[a]), -a) < (len(self.ties[b]), -b):
            a, b = b, a
        self.into[b] = a
        self.members[a] += self.members.pop(b)
        for other, (total, count) in self.ties.pop(b).items():
            del self.ties[other][b]
            if other != a:
                known, number = self.ties[a].get(other, (0.0, 0))
                self.ties[a][other] = self.ties[other][a] = (known + total, number + count)

    def run(self) -> None:
        for a, others in self.ties.items():
            for b in others:
                if a < b:
                    self.push(self.entry(a, b))
        while self.heap:
            old = heapq.heappop(self.heap)
            self.held.discard(old)
            a, b = self.root(old[1]), self.root(old[2])
            if a == b:
                continue
            new = self.entry(a, b)
            if new == old:
                self.join(a, b)
            else:
                self.push(new)


def merge(
    rows: Sequence[int],
    scores: Iterable[tuple[int, int, float]],
    absent: float,
    same: Iterable[tuple[int, int]] = (),
) -> Mapping[int, int]:
    """Cluster one component.

    Args:
        rows: its rows.
        scores: the compared pairs, each once, with their scores; `FORBIDDEN` binds.
        absent: the score of a pair that is not among them.
        same: pairs that a person judged the same; one that would bring forbidden rows together is left out.

    Returns:
        for each row the smallest row of its cluster.
    """
    ties: dict[int, dict[int, tuple[float, int]]] = {row: {} for row in rows}
    for a, b, score in sorted(scores):
        ties[a][b] = ties[b][a] = (score, 1)
    merging = _Merging({row: [row] for row in rows}, ties, absent)
    for a, b in sorted(same):
        left, right = merging.root(a), merging.root(b)
        if left != right and merging.mean(left, right) > FORBIDDEN:
            merging.join(left, right)
    merging.run()
    return {row: label for found in merging.members.values() for label in (min(found),) for row in found}


def small_pairs(groups: Ints, limit: int) -> Ints:
    """All pairs within each group of 2 to `limit` rows, as [n, 2], the smaller row first.

    Args:
        groups: for each row its group.
        limit: largest group whose pairs are listed.
    """
    order = np.argsort(groups, kind="stable")
    sorted_groups = groups[order]
    starts = np.flatnonzero(np.concatenate([[True], sorted_groups[1:] != sorted_groups[:-1]])) if len(order) else order
    sizes = np.diff(np.concatenate([starts, [len(order)]])) if len(order) else order
    found = [np.zeros((0, 2), dtype=np.int64)]
    for size in np.unique(sizes[(sizes >= 2) & (sizes <= limit)]).tolist():
        members = order[starts[sizes == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(size, 1)
        found.append(np.stack([members[:, left].ravel(), members[:, right].ravel()], axis=1))
    pairs: Ints = np.concatenate(found)
    return pairs


def cluster(groups: Ints, pairs: Ints, scores: Floats, same: Ints, absent: float, chosen: Ints | None = None) -> Ints:
    """Cluster each component by itself.

    Args:
        groups: for each row its component, as `components` gives it.
        pairs: the compared pairs within the components, [n, 2].
        scores: their scores.
        same: pairs that a person judged the same, [n, 2].
        absent: the score of a pair that was not compared.
        chosen: the components to cluster; all where None. Rows of others stay by themselves.

    Returns:
        for each row the smallest row of its cluster.
    """
    labels = np.arange(len(groups))
    inside = groups[pairs[:, 0]] == groups[pairs[:, 1]]
    if chosen is not None:
        inside &= np.isin(groups[pairs[:, 0]], chosen)
    pairs, scores = pairs[inside], scores[inside]
    bound = set(groups[same[:, 0]].tolist())
    order = np.lexsort((pairs[:, 1], pairs[:, 0], groups[pairs[:, 0]]))
    pairs, scores = pairs[order], scores[order]
    of = groups[pairs[:, 0]]
    cuts = np.flatnonzero(np.concatenate([[True], of[1:] != of[:-1], [True]])) if len(of) else np.zeros(1, dtype=int)
    lone = np.diff(cuts) == 1  # one pair: two rows, joined where their score allows it
    first = cuts[:-1][lone]
    joined = first[(scores[first] > 0) & ~np.isin(of[first], list(bound))]
    labels[pairs[joined, 1]] = pairs[joined, 0]
    for begin, end in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        if end - begin == 1 and int(of[begin]) not in bound:
            continue
        own = [(a, b, s) for (a, b), s in zip(pairs[begin:end].tolist(), scores[begin:end].tolist(), strict=True)]
        rows = sorted({row for a, b, _ in own for row in (a, b)})
        held = [(a, b) for a, b in same.tolist() if groups[a] == of[begin]] if int(of[begin]) in bound else []
        for row, label in merge(rows, own, absent, held).items():
            labels[row] = label
    return labels
