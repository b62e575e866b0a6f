"""Rows as they are read, and what is refused."""

from typing import Any

import pytest

from according.errors import InvalidInput
from according.link import link_rows, read_rows
from according.model import Range

ROW: dict[str, Any] = {
    "key": "a1",
    "event_type": "armed_clash",
    "date": {"start": "2016-03-04", "end": "2016-03-04", "precision": "day"},
    "place": {"name": "Olverra", "country": "QQA", "latitude": 4.5, "longitude": 9.25, "precision": "settlement"},
    "actors": ["Tamsk Guard", {"name": "Velde Front", "role": "target"}],
    "killed": {"low": 2, "best": 3, "high": 4},
    "injured": None,
    "publisher": "Olverra Post",
}


def one(**changes: Any) -> Any:
    return next(read_rows({**ROW, **changes}))


def test_a_coded_row_is_typed() -> None:
    row = one()
    assert [a.name for a in row.actors] == ["Tamsk Guard", "Velde Front"]
    assert row.actors[1].role == "target"
    assert row.killed == Range(2, 3, 4)
    assert row.injured is None
    assert row.place is not None
    assert row.place.latitude == 4.5


def test_short_forms_are_read() -> None:
    row = one(date="2016-03-04", place="Olverra", killed=5)
    assert row.date is not None
    assert (row.date.start, row.date.end) == ("2016-03-04", "2016-03-04")
    assert row.place is not None
    assert row.place.latitude is None
    assert row.killed == Range(5, 5, 5)


def test_ends_the_wrong_way_round_are_kept_with_an_issue() -> None:
    row = one(date={"start": "2016-03-09", "end": "2016-03-04"}, killed={"low": 9, "best": 9, "high": 4})
    assert row.date is not None
    assert (row.date.start, row.date.end) == ("2016-03-04", "2016-03-09")
    assert [issue.kind for issue in row.issues] == ["date_reversed", "range_reversed"]
    assert link_rows([{**ROW, "date": {"start": "2016-03-09", "end": "2016-03-04"}}])[0]["issues"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"key": None}, "no key"),
        ({"date": {"start": "March", "end": None}}, "date cannot be read"),
        ({"date": {"start": "2016-03-04", "end": None, "precision": "hour"}}, "none of minute, day"),
        ({"place": {"name": "X", "latitude": 95, "longitude": 1}}, "latitude"),
        ({"place": {"name": "X", "latitude": 5}}, "needs latitude and longitude"),
        ({"actors": "Velde Front"}, "actors are a list"),
        ({"killed": -1}, "whole number"),
        ({"killed": [1, 2]}, "low, best and high"),
        ({"publisher": 1.5}, "publisher must be text"),
    ],
)
def test_what_cannot_be_read_is_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        list(read_rows({**ROW, **changes}, 7))


def test_a_row_that_is_no_object_is_named_by_its_number() -> None:
    with pytest.raises(InvalidInput, match="row 12 is no JSON object"):
        list(read_rows("a1", 12))  # type: ignore[arg-type]


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(InvalidInput, match="a1 stands twice"):
        link_rows([ROW, ROW])


def test_the_accounts_of_a_contract_line_become_rows() -> None:
    summary = {
        "date": {"start": "2016-03-04", "end": "2016-03-04", "precision": "day", "timex": None, "mod": None},
        "place": None,
        "initiators": [{"id": "q1", "name": "Tamsk Guard", "span": None, "kind": "state_forces", "country": "QQA"}],
        "targets": [],
        "killed": {"low": 2, "best": 2, "high": None},
        "injured": None,
    }
    line = {
        "document": {"id": "d1", "publisher": "Olverra Post", "text": "Two died."},
        "accounts": [
            {"id": "x1", "event_type": "attack", "modality": "actual", "part_of": "x2", "summary": summary},
            {"id": "x2", "event_type": "attack", "modality": "planned", "part_of": None, "summary": summary},
        ],
        "claims": [
            {"slot": "killed", "accounts": ["x2"], "value": {"scope": "period"}},
            {"slot": "killed", "accounts": ["x1"], "value": {"scope": "event"}},
        ],
    }
    first, second = read_rows(line)
    assert (first.key, first.document, first.publisher) == ("x1", "d1", "Olverra Post")
    assert first.actors[0].id == "q1"
    assert first.part_of == "x2"
    assert not first.total
    assert second.total
    assert not second.actual
