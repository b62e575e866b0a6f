import math

import pytest
from bench.metrics import Tally, assignment, bcubed, fold, kilometres, matching, overlaps
from hypothesis import given
from hypothesis import strategies as st

clusterings = st.dictionaries(st.integers(0, 12), st.integers(0, 4), min_size=1)


def test_tally_is_harmonic_and_survives_nothing():
    tally = Tally(2, 4, 2)
    assert (tally.precision, tally.recall) == (0.5, 1.0)
    assert tally.f1 == pytest.approx(2 / 3)
    assert Tally().f1 == 0.0


def test_matching_frees_a_partner_for_another():
    # Ours 0 fits both gold spans, ours 1 only the first: a greedy pairing would lose one.
    fits = {(0, 0), (1, 0), (0, 1)}
    assert matching(["g0", "g1"], ["o0", "o1"], lambda g, o: (int(g[1]), int(o[1])) in fits) == {1: 0, 0: 1}


def test_assignment_takes_the_heaviest_sum():
    assert sorted(assignment([[0.9, 0.8], [0.8, 0.1]])) == [(0, 1), (1, 0)]
    assert assignment([[0.0, 0.0, 2.0]]) == [(0, 2)]
    assert assignment([[0.0]]) == []


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=3))
def test_assignment_is_as_heavy_as_any_permutation(weight):
    from itertools import permutations

    best = max(sum(weight[r][c] for r, c in enumerate(order)) for order in permutations(range(3), len(weight)))
    assert sum(weight[r][c] for r, c in assignment(weight)) == best


@given(clusterings)
def test_bcubed_of_the_gold_is_one(gold):
    assert bcubed(gold, dict(gold)) == pytest.approx((1.0, 1.0, 1.0))


@given(clusterings)
def test_bcubed_alone_has_full_precision_and_missing_keys_stand_alone(gold):
    alone = bcubed(gold, {})
    assert alone[0] == 1.0
    assert alone == bcubed(gold, {k: ("own", k) for k in gold})


def test_bcubed_by_hand():
    # One wrong merge of {1,2} with {3}: precision (2/3+2/3+1/3)/3, recall 1.
    precision, recall, f1 = bcubed({1: "a", 2: "a", 3: "b"}, {1: 0, 2: 0, 3: 0})
    assert precision == pytest.approx(5 / 9)
    assert recall == 1.0
    assert f1 == pytest.approx(2 * (5 / 9) / (14 / 9))


def test_kilometres_along_the_equator():
    assert kilometres((0, 0), (0, 1)) == pytest.approx(2 * math.pi * 6371.0088 / 360, rel=1e-6)


def test_fold_and_overlap():
    assert fold("Ad-Dār’s  Łódź") == "ad dar lodz"
    assert overlaps((0, 3), (2, 5))
    assert not overlaps((0, 3), (3, 5))
