"""Calendar arithmetic against the standard library, and feasts against known years."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.resolve.dates.calendars import (
    add_months,
    day_of,
    easter,
    hebrew_new_year,
    islamic_days,
    iso_day,
    nowruz,
    number_of,
    orthodox_easter,
    parse_day,
    week_of,
    weekday_of,
)

EPOCH = datetime.date(1970, 1, 1).toordinal()


@given(st.dates())
def test_days_agree_with_the_standard_library(day: datetime.date) -> None:
    number = number_of(day.year, day.month, day.day)
    assert number == day.toordinal() - EPOCH
    assert day_of(number) == (day.year, day.month, day.day)
    assert weekday_of(number) == day.isoweekday()
    assert week_of(number) == tuple(day.isocalendar())[:2]
    assert iso_day(number) == day.isoformat()


@given(st.integers(-2_000_000, 2_000_000))
def test_every_number_is_a_day_and_back(number: int) -> None:
    assert number_of(*day_of(number)) == number
    assert parse_day(iso_day(number)) == number


@given(st.integers(-3000, 3000), st.integers(1, 12), st.integers(-5000, 5000))
def test_months_add_and_take_away(year: int, month: int, count: int) -> None:
    assert add_months(*add_months(year, month, count), -count) == (year, month)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("1990-04-15", easter(1990)),
        ("2016-03-27", easter(2016)),
        ("2024-03-31", easter(2024)),
        ("2016-05-01", orthodox_easter(2016)),
        ("2018-04-08", orthodox_easter(2018)),
        ("1973-09-27", hebrew_new_year(1973)),
        ("2016-10-03", hebrew_new_year(2016)),
        ("2024-10-03", hebrew_new_year(2024)),
        ("2018-03-21", nowruz(2018)),
        ("2020-03-20", nowruz(2020)),
    ],
)
def test_feasts(day: str, number: int) -> None:
    assert iso_day(number) == day


@pytest.mark.parametrize(
    ("year", "actual"), [(2016, "2016-07-06"), (2017, "2017-06-25"), (2018, "2018-06-15"), (2024, "2024-04-10")]
)
def test_eid_is_known_to_a_day(year: int, actual: str) -> None:
    (number,) = islamic_days(year, 10, 1)
    assert abs(number - parse_day(actual)) <= 1


def test_a_gregorian_year_may_have_two_eids() -> None:
    assert len(islamic_days(2000, 10, 1)) == 2


@pytest.mark.parametrize("wrong", ["2018-02-30", "2018-13-01", "yesterday"])
def test_what_is_no_day_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"not a day|invalid literal|unpack"):
        parse_day(wrong)
