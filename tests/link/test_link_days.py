"""Days as numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.link.days import day_number, iso_day, span_of
from according.values import DatePrecision, DateRange

EPOCH = date(1970, 1, 1)


@given(st.dates())
def test_day_numbers_are_those_of_the_calendar(day: date) -> None:
    number = day_number(day.isoformat())
    assert timedelta(days=number) == day - EPOCH
    assert iso_day(number) == day.isoformat()


@given(st.integers(-2_000_000, 2_000_000))
def test_a_number_comes_back_before_the_common_era_too(number: int) -> None:
    assert day_number(iso_day(number)) == number


def test_months_and_years_have_a_first_and_a_last_day() -> None:
    assert iso_day(day_number("2012-02")) == "2012-02-01"
    assert iso_day(day_number("2012-02", last=True)) == "2012-02-29"
    assert iso_day(day_number("2013", last=True)) == "2013-12-31"
    assert day_number("2013-05-01T14:30") == day_number("2013-05-01")


def test_a_wrong_month_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        day_number("2013-13-01")


def test_spans_widen_by_precision_and_open_ends() -> None:
    month = span_of(DateRange("2014-06-01", "2014-06-01", DatePrecision.MONTH))
    assert month is not None
    assert month[1] - month[0] == 60
    until = span_of(DateRange(None, "2014-06-01", DatePrecision.DAY, mod="BEFORE"))
    assert until is not None
    assert until[1] - until[0] == 366
    assert span_of(DateRange(None, None, DatePrecision.DAY)) is None
