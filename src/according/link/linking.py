"""Linking from end to end: rows to table, candidates, scores, clusters, and the links that explain them.

`link` takes all rows at once; `extend` lets new rows join what is there and gives what `link` would give for all of
them, but compares and clusters only where the new rows touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from according.link.block import candidates, meeting
from according.link.cluster import FORBIDDEN, cluster, components, small_pairs
from according.link.levels import Codes, Comparer, LevelRow, distance_km
from according.link.rows import AccountRow
from according.link.table import NONE, Columns, Flags, Floats, Ints, Table, build_table, extend_table, stable
from according.link.weights import LEVELS, Weights
from according.link.words import ActorWords
from according.model import digest

_SMALL = 64  # rows of a component, or cluster, all of whose pairs are looked at
_CHUNK = 200_000
_MOST_DIFFERENT = 10  # of the accounts that came near and were kept apart, how many a row lists
_LONGER_DAYS = 4  # by how many days an account must outlast its parts where nothing marks it as a total


class LinkRelation(StrEnum):
    """How two accounts stand to each other."""

    SAME = "same"
    PART_OF = "part_of"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's judgement of two accounts, by their keys; it binds. PART_OF: `a` is a part of `b`."""

    a: str
    b: str
    relation: LinkRelation


@dataclass(frozen=True, slots=True)
class Link:
    """Two accounts, how they stand to each other, the machine's score, and its levels in words."""

    a: str
    b: str
    relation: LinkRelation
    score: float
    levels: tuple[LevelRow, ...]


@dataclass(frozen=True)
class Linked:
    """The rows, the pairs worth keeping with their scores, and for each row the smallest row of its event."""

    comparer: Comparer
    pairs: Ints
    scores: Floats
    labels: Ints
    verdicts: tuple[Verdict, ...] = ()

    @property
    def table(self) -> Table:
        """The rows."""
        return self.comparer.table

    def event_of(self, row: int) -> str:
        """Id of a row's event: a hash of the first of its keys."""
        return "e" + digest(self.table.keys[int(self.labels[row])])


def link(rows: Iterable[AccountRow], weights: Weights, words: ActorWords, verdicts: Sequence[Verdict] = ()) -> Linked:
    """Link rows, in whatever order they come.

    Raises:
        InvalidInput: two rows have one key.
    """
    comparer = Comparer(build_table(rows, weights, words), weights, words)
    pairs, scores = _scored(comparer, candidates(comparer.table, weights))
    return _clustered(comparer, pairs, scores, tuple(verdicts), None)


def extend(linked: Linked, rows: Iterable[AccountRow], verdicts: Sequence[Verdict] = ()) -> Linked:
    """What `link` would give for the rows that are there and the new ones, and for the verdicts of both.

    Raises:
        InvalidInput: a key is there already.
    """
    old, weights, words = linked.comparer, linked.comparer.weights, linked.comparer.words
    table = extend_table(old.table, build_table(rows, weights, words))
    comparer = Comparer(table, weights, words)
    moved = np.array([table.index[key] for key in old.table.keys], dtype=np.int64)
    is_new = np.ones(len(table), dtype=bool)
    is_new[moved] = False
    touched = meeting(table, weights, np.flatnonzero(is_new))
    pairs, scores = _scored(comparer, candidates(table, weights, touched))
    among = np.zeros(len(table), dtype=bool)
    among[touched] = True
    kept_pairs = moved[linked.pairs].reshape(-1, 2)
    kept = ~(among[kept_pairs[:, 0]] & among[kept_pairs[:, 1]])
    pairs = np.concatenate([kept_pairs[kept], pairs])
    scores = np.concatenate([linked.scores[kept], scores])
    for verdict in verdicts:
        among[[table.index[key] for key in (verdict.a, verdict.b) if key in table.index]] = True
    labels = np.arange(len(table))
    labels[moved] = moved[linked.labels]
    return _clustered(comparer, pairs, scores, (*linked.verdicts, *verdicts), (labels, among))


def _scored(comparer: Comparer, pairs: Ints) -> tuple[Ints, Floats]:
    """The pairs that may matter and their scores: what is below `shown` and no part of anything is dropped."""
    floor = min(comparer.weights.shown, 0.0)
    kept_pairs, kept_scores = [np.zeros((0, 2), dtype=np.int64)], [np.zeros(0)]
    for start in range(0, len(pairs), _CHUNK):
        a, b = pairs[start : start + _CHUNK].T
        codes = comparer.codes(a, b)
        scores = comparer.scores(codes)
        left, right = comparer.table.columns.take(a), comparer.table.columns.take(b)
        part = _is_part(left, right, codes) | _is_part(right, left, codes)
        keep = (scores > floor) | part
        kept_pairs.append(np.stack([a[keep], b[keep]], axis=1))
        kept_scores.append(_bound(left, right, codes, scores)[keep])
    return np.concatenate(kept_pairs), np.concatenate(kept_scores)


def _bound(a: Columns, b: Columns, codes: Codes, scores: Floats) -> Floats:
    """The scores, with those forbidden that cannot be the same by what they are.

    A total and an event; a plan and what happened; a part and a whole with more than three times its dead; and two
    accounts that one document keeps apart, unless all else says that they are one.
    """
    killed, publisher = list(LEVELS).index("killed"), list(LEVELS).index("publisher")
    more = codes[:, killed] == LEVELS["killed"].index("far_apart")
    part = _is_part(a, b, codes) | _is_part(b, a, codes)
    told_apart = (codes[:, publisher] == LEVELS["publisher"].index("same_document")) & (scores <= 0)
    apart = (a.total != b.total) | (a.actual != b.actual) | (part & more) | told_apart
    bound: Floats = np.where(apart, FORBIDDEN, scores)
    return bound


def _is_part(a: Columns, b: Columns, codes: Codes) -> Flags:
    """Whether `a` can be a part of `b`: inside its time and area; `b` a total, or longer and with higher numbers."""
    both = a.dated & b.dated
    inside = both & (b.first <= a.first) & (a.last <= b.last)
    known = a.pointed & b.pointed
    inside &= ~known | (distance_km(a, b) <= np.maximum(b.radius, a.radius))
    inside &= known | (a.country == NONE) | (b.country == NONE) | (a.country == b.country)
    longer = (b.last - b.first) - (a.last - a.first) >= _LONGER_DAYS
    more = (a.killed[:, 2] > 0) & (b.killed[:, 2] > a.killed[:, 2])
    level = {name: list(LEVELS).index(name) for name in ("actors", "type")}
    agrees = codes[:, level["actors"]] != LEVELS["actors"].index("different")
    agrees &= codes[:, level["type"]] != LEVELS["type"].index("different")
    found: Flags = a.actual & b.actual & ~a.total & inside & (b.total | (longer & more & agrees))
    return found


def _rows_of(table: Table, verdicts: Iterable[Verdict], *relations: LinkRelation) -> Ints:
    """The pairs of rows that were judged so; the last verdict on a pair counts. Rows that are gone are left out."""
    last: dict[tuple[int, int], LinkRelation] = {}
    for verdict in verdicts:
        a, b = table.index.get(verdict.a), table.index.get(verdict.b)
        if a is not None and b is not None and a != b:
            last[min(a, b), max(a, b)] = verdict.relation
    found = sorted(pair for pair, relation in last.items() if relation in relations)
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _clustered(
    comparer: Comparer, pairs: Ints, scores: Floats, verdicts: tuple[Verdict, ...], known: tuple[Ints, Flags] | None
) -> Linked:
    """Cluster what the pairs and verdicts tie together; with `known` labels only where a flagged row is."""
    table = comparer.table
    same = _rows_of(table, verdicts, LinkRelation.SAME)
    apart = _rows_of(table, verdicts, LinkRelation.DIFFERENT)
    apart = np.unique(np.concatenate([apart, np.sort(_parts(table, verdicts), axis=1)]), axis=0)
    groups = components(len(table), np.concatenate([pairs[scores > 0], same]))
    chosen = None if known is None else np.unique(groups[known[1]])
    whole = groups if chosen is None else np.where(np.isin(groups, chosen), groups, -1 - np.arange(len(groups)))
    all_pairs, all_scores = _completed(comparer, whole, pairs, scores, apart)
    labels = cluster(groups, all_pairs, all_scores, same, comparer.weights.absent, chosen)
    if known is not None and chosen is not None:
        labels = np.where(np.isin(groups, chosen), labels, known[0])
    return Linked(comparer, pairs, scores, labels, verdicts)


def _completed(comparer: Comparer, groups: Ints, pairs: Ints, scores: Floats, apart: Ints) -> tuple[Ints, Floats]:
    """All pairs of the small components, with scores; of the large ones those that were compared; verdicts bind."""
    sizes = np.bincount(groups[groups >= 0], minlength=len(groups))
    large = (groups >= 0) & (sizes[groups] > _SMALL)
    inner = small_pairs(groups, _SMALL)
    inner_scores = np.zeros(len(inner))
    for start in range(0, len(inner), _CHUNK):
        a, b = inner[start : start + _CHUNK].T
        codes = comparer.codes(a, b)
        left, right = comparer.table.columns.take(a), comparer.table.columns.take(b)
        inner_scores[start : start + _CHUNK] = _bound(left, right, codes, comparer.scores(codes))
    of_large = large[pairs[:, 0]] & (groups[pairs[:, 0]] == groups[pairs[:, 1]])
    all_pairs = np.concatenate([inner, pairs[of_large]])
    all_scores = np.concatenate([inner_scores, scores[of_large]])
    if not len(apart):
        return all_pairs, all_scores
    n = len(groups)
    all_scores[np.isin(all_pairs[:, 0] * n + all_pairs[:, 1], apart[:, 0] * n + apart[:, 1])] = FORBIDDEN
    missing = apart[~np.isin(apart[:, 0] * n + apart[:, 1], all_pairs[:, 0] * n + all_pairs[:, 1])]
    missing = missing[(groups[missing[:, 0]] == groups[missing[:, 1]])]
    return np.concatenate([all_pairs, missing]), np.concatenate([all_scores, np.full(len(missing), FORBIDDEN)])


def links(linked: Linked) -> Iterator[tuple[int, list[Link]]]:
    """Each row's number and its links, one row after another; the words are put together as they are asked for.

    A row links to every account of its event (of a large one: to those that it was compared with), to what it is a
    part of, and to the nearest of what was kept apart.
    """
    pairs, relations, scores, codes = _shown(linked)
    comparer, keys = linked.comparer, linked.table.keys
    order = np.argsort(pairs[:, 0], kind="stable")
    ends = np.searchsorted(pairs[order, 0], np.arange(len(keys) + 1))
    names = list(LinkRelation)
    different = names.index(LinkRelation.DIFFERENT)
    for row in range(len(keys)):
        own = order[ends[row] : ends[row + 1]]
        ranked = sorted(own.tolist(), key=lambda k: (relations[k] == different, -scores[k], pairs[k, 1]))
        near = sum(1 for k in ranked if relations[k] == different)
        found, values = [], comparer.values(row)
        for k in ranked[: len(ranked) - max(near - _MOST_DIFFERENT, 0)]:
            other = int(pairs[k, 1])
            levels = tuple(comparer.explain(row, other, codes[k], values))
            found.append(Link(keys[row], keys[other], names[relations[k]], round(float(scores[k]), 3), levels))
        yield row, found


def _shown(linked: Linked) -> tuple[Ints, Ints, Floats, Codes]:
    """The directed pairs to show, with relation (number in `LinkRelation`), score and codes."""
    comparer, labels, n = linked.comparer, linked.labels, len(linked.table)
    judged = _rows_of(linked.table, linked.verdicts, *LinkRelation)
    said = _parts(linked.table, linked.verdicts)
    both = np.concatenate([small_pairs(labels, _SMALL), linked.pairs, judged, np.sort(said, axis=1)])
    numbers = np.unique(both[:, 0] * max(n, 1) + both[:, 1])
    a, b = np.divmod(numbers, max(n, 1))
    codes = comparer.codes(a, b)
    scores = comparer.scores(codes)
    same = labels[a] == labels[b]
    forth, back = _parts_among(comparer.table.columns, a, b, codes)
    forth = ~same & (forth | np.isin(numbers, said[:, 0] * n + said[:, 1]))
    back = ~same & ~forth & (back | np.isin(b * n + a, said[:, 0] * n + said[:, 1]))
    apart = ~same & ~forth & ~back
    order = list(LinkRelation)
    parts = [
        (same, LinkRelation.SAME, True),
        (forth, LinkRelation.PART_OF, False),
        (apart, LinkRelation.DIFFERENT, True),
    ]
    shown = [(np.flatnonzero(flag), a, b, relation) for flag, relation, _ in parts]
    shown += [(np.flatnonzero(flag), b, a, relation) for flag, relation, mutual in parts if mutual]
    shown.append((np.flatnonzero(back), b, a, LinkRelation.PART_OF))
    directed = np.concatenate([np.stack([x[k], y[k]], axis=1) for k, x, y, _ in shown])
    relations = np.concatenate([np.full(len(k), order.index(relation)) for k, _, _, relation in shown])
    index = np.concatenate([k for k, *_ in shown])
    return directed, relations, scores[index], codes[index]


def _parts_among(columns: Columns, a: Ints, b: Ints, codes: Codes) -> tuple[Flags, Flags]:
    """For each pair of rows whether the first can be a part of the second, and the other way round."""
    forth, back = np.zeros(len(a), dtype=bool), np.zeros(len(a), dtype=bool)
    for start in range(0, len(a), _CHUNK):
        part = slice(start, start + _CHUNK)
        left, right = columns.take(a[part]), columns.take(b[part])
        forth[part], back[part] = _is_part(left, right, codes[part]), _is_part(right, left, codes[part])
    return forth, back


def _parts(table: Table, verdicts: Sequence[Verdict]) -> Ints:
    """The pairs of part and whole that a document itself or a person puts so."""
    found = [(v.a, v.b) for v in verdicts if v.relation is LinkRelation.PART_OF]
    pairs = [(table.index[a], table.index[b]) for a, b in found if a in table.index and b in table.index]
    inner = np.flatnonzero(table.columns.part_of != NONE)
    if len(inner):
        rows = {stable(key): i for i, key in enumerate(table.keys)}
        wholes = [rows.get(number) for number in table.columns.part_of[inner].tolist()]
        pairs += [(part, whole) for part, whole in zip(inner.tolist(), wholes, strict=True) if whole is not None]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)
