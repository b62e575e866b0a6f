"""Comparison levels, one pair at a time, and the file that weighs them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.errors import InvalidRule
from according.link import default_weights, default_words, read_rows
from according.link.levels import Comparer
from according.link.table import build_table
from according.link.weights import LEVELS, load_weights
from according.rules import DATA

PLACE = {"name": "Olverra", "country": "QQA", "latitude": 4.5, "longitude": 9.25, "precision": "settlement"}
BASE: dict[str, Any] = {
    "event_type": "air_strike",
    "date": "2016-03-04",
    "place": PLACE,
    "actors": ["Tamsk Guard"],
    "killed": 12,
    "injured": 0,
    "publisher": "Olverra Post",
}


def levels(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    rows = [next(read_rows({"key": key, **BASE, **changes})) for key, changes in (("a", first), ("b", second))]
    weights, words = default_weights(), default_words()
    comparer = Comparer(build_table(rows, weights, words), weights, words)
    codes = comparer.codes(np.array([0]), np.array([1]))
    found = comparer.explain(0, 1, codes[0])
    assert comparer.scores(codes)[0] == pytest.approx(weights.prior + sum(level.weight for level in found))
    return {level.name: level for level in found}


def moved(km: float, **changes: Any) -> dict[str, Any]:
    return {"place": {**PLACE, "name": "Tarn", "latitude": 4.5 + km / 111.2, **changes}}


@pytest.mark.parametrize(
    ("name", "first", "second", "level"),
    [
        ("time", {}, {}, "same_day"),
        ("time", {}, {"date": {"start": "2016-03-02", "end": "2016-03-05"}}, "within_days"),
        ("time", {}, {"date": {"start": "2016-02-20", "end": "2016-03-05"}}, "within_weeks"),
        ("time", {}, {"date": {"start": "2016-01-20", "end": "2016-03-05"}}, "within_long"),
        ("time", {}, {"date": "2016-03-05"}, "next_day"),
        ("time", {}, {"date": "2016-03-07"}, "days_apart"),
        ("time", {}, {"date": "2016-03-08"}, "far"),
        ("time", {}, {"date": None}, "missing"),
        ("place", {}, {}, "same_place"),
        ("place", {}, moved(0), "same_point"),
        ("place", {}, moved(1.5), "close"),
        ("place", {}, moved(6), "within"),
        ("place", {}, moved(15), "outside"),
        ("place", {}, moved(30), "far"),
        ("place", {}, moved(50, precision="admin1"), "within_area"),
        ("place", {}, moved(150, precision="admin1"), "far"),
        ("place", {}, moved(50, precision="country"), "country_only"),
        ("place", {}, moved(0, precision="country", country="QQB"), "far"),
        ("place", {}, {"place": None}, "missing"),
        ("actors", {}, {"actors": ["TAMSK guard (QQA)"]}, "same"),
        ("actors", {}, {"actors": ["Tamsk Guard", "Velde Front"]}, "some_shared"),
        ("actors", {}, {"actors": ["Quill Brigade"]}, "other_of_side"),
        ("actors", {}, {"actors": ["Velde Rebels"]}, "different"),
        ("actors", {}, {"actors": ["soldiers"]}, "same_side"),
        ("actors", {}, {"actors": ["unidentified gunmen"]}, "other_side"),
        ("actors", {}, {"actors": ["Unknown"]}, "unnamed"),
        ("actors", {}, {"actors": []}, "missing"),
        ("type", {}, {}, "same"),
        ("type", {}, {"event_type": "drone_strike"}, "family"),
        ("type", {}, {"event_type": "attack"}, "vague"),
        ("type", {}, {"event_type": "protest"}, "different"),
        ("type", {}, {"event_type": "ied_mine"}, "other_means"),
        ("type", {}, {"event_type": None}, "missing"),
        ("killed", {}, {}, "equal"),
        ("killed", {"killed": 2}, {"killed": 2}, "equal_small"),
        ("killed", {}, {"killed": {"low": 10, "best": None, "high": None}}, "close"),
        ("killed", {}, {"killed": 17}, "close"),
        ("killed", {}, {"killed": 30}, "apart"),
        ("killed", {}, {"killed": 90}, "far_apart"),
        ("killed", {}, {"killed": 0}, "some_or_none"),
        ("killed", {}, {"killed": None}, "missing"),
        ("injured", {}, {}, "none_told"),
        ("publisher", {}, {"publisher": "Velde Wire"}, "different"),
        ("publisher", {}, {}, "same_unknown_document"),
        ("publisher", {"document": "d1"}, {"document": "d2"}, "same"),
        ("publisher", {"document": "d1"}, {"document": "d1"}, "same_document"),
        ("publisher", {}, {"publisher": None}, "missing"),
        ("copies", {"copy_group": "g"}, {"copy_group": "g"}, "copies"),
        ("copies", {"copy_group": "g"}, {}, "own_words"),
    ],
)  # fmt: skip
def test_each_level(name: str, first: dict[str, Any], second: dict[str, Any], level: str) -> None:
    forth, back = levels(first, second)[name], levels(second, first)[name]
    assert forth.level == level
    assert back.level == level, "a comparison looks the same from both sides"
    assert forth.values == back.values[::-1]


def test_a_level_carries_both_values_and_a_sentence() -> None:
    found = levels({}, moved(6))
    assert found["place"].values == ("Olverra, QQA", "Tarn, QQA")
    assert found["place"].sentence == "Olverra, QQA and Tarn, QQA are 6.0 km apart, within their precision."
    assert found["killed"].sentence == "Both have 12 killed."
    open_end = levels({}, {"killed": {"low": 10, "best": None, "high": None}})["killed"]
    assert open_end.values == ("12", "10 or more")


def test_an_actor_is_recognised_by_id_or_by_name() -> None:
    ours = {"actors": [{"name": "Tamsk Guard", "id": "q1"}]}
    assert levels(ours, {"actors": [{"name": "The Guard", "id": "q1"}]})["actors"].level == "some_shared"
    assert levels(ours, {})["actors"].level == "some_shared"


@given(st.integers(0, 300), st.integers(0, 300))
def test_numbers_are_missing_only_where_none_is_given(a: int, b: int) -> None:
    assert levels({"killed": a}, {"killed": b})["killed"].level != "missing"


def test_weights_fall_as_agreement_falls() -> None:
    chains = {
        "time": ["same_day", "within_days", "within_weeks", "within_long"],
        "place": ["same_place", "same_point", "close", "within", "outside", "far"],
        "killed": ["equal", "close", "apart", "far_apart"],
        "publisher": ["different", "same_unknown_document", "same_document"],
    }
    for name, chain in chains.items():
        weight = {level.name: level.weight for level in default_weights().comparisons[name]}
        assert [weight[level] for level in chain] == sorted((weight[level] for level in chain), reverse=True)


def test_a_file_that_lacks_a_level_does_not_load(tmp_path: Path) -> None:
    text = (DATA / "link_weights.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "weights.yaml"
    broken.write_text("\n".join(line for line in text.splitlines() if "next_day" not in line), encoding="utf-8")
    with pytest.raises(InvalidRule, match="time must weigh exactly"):
        load_weights(broken)
    assert set(default_weights().comparisons) == set(LEVELS)
