from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

Call = Callable[..., object]


def test_a_date_is_counted_from_the_publication(call: Call) -> None:
    [row, *_] = [
        json.loads(line)
        for line in call("resolve", "date", "last Friday", "--published", "2021-03-04", "--json").out.splitlines()
    ]
    assert (row["start"], row["end"]) == ("2021-02-26", "2021-02-26")
    assert row["why"]
    open_row = json.loads(call("resolve", "date", "last Friday", "--json").out.splitlines()[0])
    assert open_row["start"] is None
    assert call("resolve", "date", "blue", "--json").code == 4
    assert call("resolve", "date", "Friday", "--published", "soon").code == 4


def test_an_actor_comes_with_a_reason(call: Call) -> None:
    rows = [json.loads(line) for line in call("resolve", "actor", "Kenya", "--json").out.splitlines()]
    assert rows[0]["country"] == "KEN"
    assert rows[0]["why"]
    unknown = call("resolve", "actor", "Xyzzy Front")
    assert unknown.code == 4
    assert "no actor is named" in unknown.err


def test_a_point_must_be_on_the_globe(call: Call) -> None:
    assert call("resolve", "place", "Orrin", "--near", "here").code == 2
    assert call("resolve", "place", "Orrin", "--near", "95,10").code == 2


def test_actors_are_checked(call: Call, tmp_path: Path) -> None:
    good = call("actors", "check")
    assert good.code == 0
    assert "without a fault" in good.err
    assert call("actors", "check", "none.csv").code == 4
