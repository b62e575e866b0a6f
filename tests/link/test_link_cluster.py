"""Clusters: agreement with the whole, verdicts that bind, no say for the order."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from according.link.cluster import FORBIDDEN, components, merge, small_pairs

PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1]),
    st.sampled_from([-5.0, -2.0, -0.5, 0.5, 1.0, 1.0, 3.0, FORBIDDEN]),
)


def test_one_neighbour_is_not_enough() -> None:
    chain = [(0, 1, 3.0), (1, 2, 1.0), (0, 2, -4.0)]
    assert merge([0, 1, 2], chain, -4.0) == {0: 0, 1: 0, 2: 2}


def test_agreement_with_most_of_a_cluster_is() -> None:
    scores = [(0, 1, 3.0), (0, 2, 3.0), (1, 2, 3.0), (0, 3, 2.0), (1, 3, 2.0), (2, 3, -1.0)]
    assert set(merge([0, 1, 2, 3], scores, -4.0).values()) == {0}


def test_a_forbidden_pair_parts_what_all_else_ties() -> None:
    scores = [(0, 1, 9.0), (0, 2, 9.0), (1, 2, FORBIDDEN)]
    found = merge([0, 1, 2], scores, -4.0)
    assert found[1] != found[2]


def test_judged_the_same_is_the_same_unless_forbidden() -> None:
    scores = [(0, 1, -9.0), (1, 2, FORBIDDEN)]
    assert merge([0, 1, 2], scores, -4.0, same=[(0, 1), (0, 2)]) == {0: 0, 1: 0, 2: 2}


@given(PAIRS, st.randoms(use_true_random=False))
def test_order_has_no_say_and_forbidden_pairs_stay_apart(
    pairs: dict[tuple[int, int], float], shuffle: random.Random
) -> None:
    rows, scores = list(range(8)), [(a, b, s) for (a, b), s in pairs.items()]
    found = merge(rows, scores, -4.0)
    shuffle.shuffle(rows)
    shuffle.shuffle(scores)
    assert merge(rows, scores, -4.0) == found
    assert all(found[a] != found[b] for (a, b), score in pairs.items() if score == FORBIDDEN)
    assert all(found[label] == label <= row for row, label in found.items())


def test_components_are_named_by_their_smallest_row() -> None:
    pairs = np.array([[3, 4], [1, 3], [5, 6]])
    assert components(7, pairs).tolist() == [0, 1, 2, 1, 1, 5, 5]


def test_small_pairs_lists_each_pair_within_a_group_once() -> None:
    pairs = small_pairs(np.array([0, 1, 0, 3, 0, 1, 6, 6, 6, 6]), limit=3)
    assert sorted(map(tuple, pairs.tolist())) == [(0, 2), (0, 4), (1, 5), (2, 4)]
