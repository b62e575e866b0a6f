from __future__ import annotations

import pytest
from harm_reading import annotator, lexicons
from hypothesis import given
from hypothesis import strategies as st

from according.extract.numbers import Number, NumberReader, shape
from according.model import Document
from according.values import CountKind, CountRange


def numbers_in(words: str) -> list[Number]:
    tokens = tuple(annotator().annotate(Document(words)).doc)
    return NumberReader(lexicons()["number_words"]).numbers(tokens, 0, len(tokens))


@pytest.mark.parametrize(
    ("words", "low", "high", "kind"),
    [
        ("12 men came.", 12, 12, "exact"),
        ("1,250 men came.", 1250, 1250, "exact"),
        ("10 000 men came.", 10000, 10000, "exact"),
        ("Some 3.5 million people left.", 3500000, 3500000, "about"),
        ("Twenty-three men came.", 23, 23, "exact"),
        ("Two hundred and five men came.", 205, 205, "exact"),
        ("A dozen men came.", 12, 12, "exact"),
        ("Half a dozen men came.", 6, 6, "exact"),
        ("At least two dozen men came.", 24, None, "bound"),
        ("At least 12 men came.", 12, None, "bound"),
        ("No fewer than 12 men came.", 12, None, "bound"),
        ("More than 60 men came.", 61, None, "bound"),
        ("Up to 150 men came.", None, 150, "bound"),
        ("As many as 20 men came.", None, 20, "bound"),
        ("Fewer than ten men came.", None, 9, "bound"),
        ("Forty or more men came.", 40, None, "bound"),
        ("60+ men came.", 60, None, "bound"),
        ("Between 145 and 150 men came.", 145, 150, "bound"),
        ("From 10 to 20 men came.", 10, 20, "bound"),
        ("12-15 men came.", 12, 15, "bound"),
        ("Four or five men came.", 4, 5, "bound"),
        ("Nearly 300 men came.", 300, 300, "about"),
        ("An estimated 5,000 men came.", 5000, 5000, "about"),
        ("Dozens of men came.", 24, None, "vague"),
        ("Scores of men came.", 40, None, "vague"),
        ("Hundreds of men came.", 200, None, "vague"),
        ("Tens of thousands of people left.", 20000, None, "vague"),
        ("A number of men came.", 2, None, "vague"),
        ("Both men came.", 2, 2, "exact"),
        ("No men came.", 0, 0, "none"),
        ("Not a single man came.", 0, 0, "none"),
        ("A further five came.", 5, 5, "exact"),
        ("A man came.", 1, 1, "exact"),
    ],
)
def test_shape_of_the_first_number(words: str, low: int | None, high: int | None, kind: str) -> None:
    first = numbers_in(words)[0].range
    assert (first.low, first.high, first.kind) == (low, high, CountKind(kind))


@pytest.mark.parametrize("words", ["It cost $300.", "It fell by 12%.", "An F-16 came.", "The 93rd brigade came."])
def test_no_count(words: str) -> None:
    assert [n for n in numbers_in(words) if n.role == "figure"] == []


def test_a_vague_word_is_kept() -> None:
    assert numbers_in("Dozens of men came.")[0].range.word == "Dozens"


def test_people_on_top_of_others_are_marked() -> None:
    assert [n.more for n in numbers_in("Ten men came, then five others.")] == [False, True]
    assert [n.more for n in numbers_in("In May more than ten men came.") if n.range.low == 11] == [False]


def test_an_age_is_no_count() -> None:
    assert [n.range.low for n in numbers_in("14 children under five came.")] == [14]
    assert [n.range.low for n in numbers_in("A ten-year-old girl came.")] == [1]


@given(st.integers(min_value=0, max_value=10**6), st.sampled_from(["floor", "above", "ceiling", "below", "about", ""]))
def test_each_hedge_keeps_what_it_allows(value: int, hedge: str) -> None:
    made = shape(value, None, "figure", [hedge] if hedge else [], None)
    allowed = {"floor": value + 5, "above": value + 1, "ceiling": value, "below": max(value - 1, 0)}.get(hedge, value)
    assert made.contains(CountRange(allowed, allowed))
    if hedge in {"above", "below"} and value > 0:
        assert not made.contains(CountRange(value, value))
