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


PLACES = "name,latitude,longitude,country,alternatives\nOrrinford,10.5,-3.25,BF,Orrin Ford|Orinford\n"


def test_own_places_are_added_and_found(call: Call, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(PLACES + "Nowhere,north,3,BF,\n", encoding="utf-8")
    assert call("gazetteer", "add", "mine.csv").code == 2
    call("init")
    added = call("gazetteer", "add", "mine.csv")
    assert added.code == 3
    assert "Left out: mine.csv: line 3" in added.err
    assert "Added 1 place to" in added.err
    assert 'gazetteer = ["places.sqlite"]' in added.err
    with (tmp_path / "project.toml").open("a", encoding="utf-8") as file:
        file.write('gazetteer = ["places.sqlite"]\n')
    again = call("gazetteer", "add", "mine.csv")
    assert "To use them" not in again.err
    [row, *_] = [json.loads(line) for line in call("resolve", "place", "Orinford", "--json").out.splitlines()]
    assert (row["name"], row["country"]) == ("Orrinford", "BFA")


def test_a_file_of_no_places_is_refused(call: Call, tmp_path: Path) -> None:
    call("init")
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    refused = call("gazetteer", "add", "odd.csv")
    assert refused.code == 4
    assert "name, latitude, longitude" in refused.err
    assert call("gazetteer", "add", "none.csv").code == 4


def test_the_schema_knows_the_projects_slots(call: Call, tmp_path: Path) -> None:
    call("init")
    (tmp_path / "slots.yaml").write_text("ransom: {of: event, value: Words, about: what was paid}\n", encoding="utf-8")
    with (tmp_path / "project.toml").open("a", encoding="utf-8") as file:
        file.write('slots = "slots.yaml"\n')
    assert "ransom" in json.loads(call("schema").out)["$defs"]["Claim"]["properties"]["slot"]["enum"]
