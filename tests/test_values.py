"""The algebra of counts and the order of dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.values import Count, CountKind, CountRange, DatePrecision, DateRange, PlaceRef, Share, sort_key

ends = st.one_of(st.none(), st.integers(0, 500))


@st.composite
def ranges(draw: st.DrawFn) -> CountRange:
    low, high = draw(ends), draw(ends)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return CountRange(low, high, CountKind.BOUND)


@given(ranges(), ranges())
def test_what_two_ranges_share_lies_in_both_and_does_not_depend_on_order(a: CountRange, b: CountRange) -> None:
    both = a.meets(b)
    other = b.meets(a)
    assert (both is None) == (other is None)
    if both is not None and other is not None:
        assert (both.low, both.high) == (other.low, other.high)
        assert a.contains(both)
        assert b.contains(both)


@given(ranges(), st.integers(0, 500))
def test_a_number_is_in_the_meeting_where_it_is_in_both(a: CountRange, n: int) -> None:
    one = CountRange(n, n)
    assert (a.meets(one) is not None) == a.contains(one)


@given(ranges(), ranges(), ranges())
def test_sums_do_not_depend_on_order(a: CountRange, b: CountRange, c: CountRange) -> None:
    left, right = a.plus(b).plus(c), c.plus(b.plus(a))
    assert (left.low, left.high) == (right.low, right.high)


def test_an_open_end_stays_open_in_a_sum() -> None:
    assert CountRange(3, None, CountKind.BOUND).plus(CountRange(2, 2)).high is None


def test_the_stated_number_of_more_than_sixty_is_sixty() -> None:
    more = CountRange(61, None, CountKind.BOUND, bound=60)
    assert (more.low, more.stated) == (61, 60)


@pytest.mark.parametrize(("low", "high"), [(5, 4), (-1, None), (None, -3)])
def test_a_wrong_count_cannot_be_built(low: int | None, high: int | None) -> None:
    with pytest.raises(ValueError, match="count"):
        CountRange(low, high)


days = st.dates().map(lambda d: d.isoformat())


@given(days, days, days, days)
def test_overlap_is_symmetric(a: str, b: str, c: str, d: str) -> None:
    one = DateRange(min(a, b), max(a, b), DatePrecision.RANGE)
    other = DateRange(min(c, d), max(c, d), DatePrecision.RANGE)
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one)


@given(days, days)
def test_days_order_as_text_does(a: str, b: str) -> None:
    assert (sort_key(a) < sort_key(b)) == (a < b)


def test_years_before_the_common_era_come_first() -> None:
    assert sort_key("-0479-08-27") < sort_key("0001-01-01") < sort_key("2018")


def test_a_range_that_ends_before_it_starts_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="after its end"):
        DateRange("2021-03-05", "2021-03-04", DatePrecision.RANGE)


def test_a_point_needs_both_coordinates() -> None:
    with pytest.raises(ValueError, match="latitude and longitude"):
        PlaceRef(None, "Tolm", latitude=1.0)


def test_a_share_is_a_percentage() -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        Share(120.0, None)


def test_values_print_as_one_would_say_them() -> None:
    assert str(CountRange(None, 150, CountKind.BOUND)) == "up to 150"
    assert str(CountRange(24, None, CountKind.VAGUE, "dozens")) == "dozens (24 or more)"
    assert str(Count(CountRange(3, 3), group="guards")) == "3 guards"
    assert str(PlaceRef(None, "Tolm", country="SYR", admin1="Orrin")) == "Tolm, Orrin, SYR"
