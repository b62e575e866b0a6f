"""What a person reads in the tables: numbers, days, places and names as one would write them."""

from __future__ import annotations

import pytest

from according.cli.plain import opening, words
from according.cli.table import harm, value_text
from according.shapes import DateRangeJson, PlaceRefJson, RangeJson, ShareJson, ValueJson
from according.values import Share


@pytest.mark.parametrize(
    ("low", "best", "high", "shown"),
    [
        (4, 4, 4, "killed 4"),
        (None, 150, 150, "killed up to 150"),
        (61, 60, None, "killed more than 60"),
        (12, 12, None, "killed 12 or more"),
        (28, 31, None, "killed 28 or more (best 31)"),
        (5, 6, 6, "killed 5-6 (best 6)"),
    ],
)
def test_a_number_reads_as_it_was_put(low: int | None, best: int, high: int | None, shown: str) -> None:
    assert harm("killed", RangeJson(low=low, best=best, high=high)) == shown


def day(start: str, end: str, precision: str, timex: str, mod: str | None = None) -> ValueJson:
    fields = {"start": start, "end": end, "precision": precision, "timex": timex, "mod": mod}
    return DateRangeJson.model_validate(fields)


def test_a_whole_month_or_year_is_named() -> None:
    assert value_text(day("2014-01-01", "2014-12-31", "year", "2014")) == "2014"
    assert value_text(day("2014-03-01", "2014-03-31", "month", "2014-03")) == "2014-03"
    assert value_text(day("2014-03-01", "2014-03-10", "month", "2014-03", "START")) == "2014-03-01 to 2014-03-10"
    assert value_text(day("2014-03-04", "2014-03-04", "day", "2014-03-04")) == "2014-03-04"


def place(precision: str) -> ValueJson:
    fields = {"id": "x", "name": "Olverra", "latitude": 1.0, "longitude": 2.0, "radius_km": 5.0, "country": "QQA"}
    return PlaceRefJson.model_validate({**fields, "admin1": None, "admin2": None, "precision": precision})


def test_a_state_goes_by_its_name_alone() -> None:
    assert value_text(place("country")) == "Olverra"
    assert value_text(place("settlement")) == "Olverra, QQA"


def test_a_share_has_no_needless_digits() -> None:
    assert str(Share(0.0, 50.0)) == "0-50%"
    assert value_text(ShareJson(low=98.0, high=98.0)) == "98%"
    assert str(Share(60.0, None)) == "60% or more"
    assert str(Share(None, 12.5)) == "up to 12.5%"


def test_ids_and_openings_read_as_words() -> None:
    assert words("claimed_by_party") == "claimed by party"
    assert words("ied_mine") == "IED or mine"
    assert opening("Two  goats\nwere shot.") == "“Two goats were shot.”"
    assert opening("word " * 40) == "“" + " ".join(["word"] * 12) + " ...”"
