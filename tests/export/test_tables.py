"""Tables of events and of claims, and GeoJSON."""

from __future__ import annotations

import csv
import io
import json

import pytest

from according.export.codes import FORMATS_DATA
from according.export.formats import export
from according.export.table import harmless, load_layout
from export.made import STRIKE, context, joined, market, strike

EVENTS = [strike()[0], market()[0]]
MENTIONS = joined(strike()[1], market()[1])


def rows(name: str) -> list[dict[str, str]]:
    made = export(name, EVENTS, context(), MENTIONS)
    return list(csv.DictReader(io.StringIO(made.content.decode())))


@pytest.mark.parametrize("name", ["events", "claims"])
def test_tables_keep_to_their_layout(name: str) -> None:
    found, layout = rows(name), load_layout(name)
    assert list(found[0]) == list(layout.names)
    assert [list(layout.faults(row)) for row in found] == [[] for _ in found]
    frictionless = pytest.importorskip("frictionless")
    content = export(name, EVENTS, context(), MENTIONS).content
    schema = frictionless.Schema.from_descriptor(
        json.loads((FORMATS_DATA / f"{name}.table.json").read_text(encoding="utf-8"))
    )
    assert frictionless.validate(frictionless.Resource(content, format="csv", schema=schema)).valid


def test_an_event_keeps_its_ranges_and_how_it_was_made() -> None:
    one, two = rows("events")
    assert (one["killed_low"], one["killed_best"], one["killed_high"]) == ("145", "145", "150")
    assert (two["killed_low"], two["killed_best"], two["killed_high"]) == ("24", "24", "")
    assert (one["status"], one["place_precision"], one["radius_km"]) == ("claimed_by_party", "near", "15")
    assert (one["made"], one["run"], one["rules"]) == ("machine-made", "r0123456789abcdef", "abababababab")
    assert one["withheld"] == "all#person"


def test_a_claim_keeps_its_words_where_they_stand() -> None:
    found = rows("claims")
    [killed, _] = [r for r in found if r["slot"] == "killed" and r["event"] == "lusab-babad-gutih"]
    assert STRIKE[int(killed["starts"]) : int(killed["ends"])] == killed["quote"]
    assert (killed["low"], killed["high"], killed["count_kind"], killed["party"]) == ("", "150", "bound", "yes")
    [part] = [r for r in found if r["quote"] == "five officers"]
    [whole] = [r for r in found if r["quote"] == "at least 31 people"]
    assert part["about"] == f"refines {whole['claim']}"
    [silent] = [r for r in found if r["stance"] == "silent"]
    assert silent["speaker"] == "Grey Banner"
    assert [r["slot"] for r in found if not r["event"]] == ["holds_role", "controls"]


def test_geojson_is_of_the_standard() -> None:
    content = json.loads(export("geojson", EVENTS, context(), MENTIONS).content)
    assert "crs" not in content
    [one, _] = content["features"]
    assert one["geometry"] == {"type": "Point", "coordinates": [40.93417, 34.56778]}
    assert one["properties"]["killed_high"] == 150
    assert content["according"]["made"] == "machine-made"
    geojson = pytest.importorskip("geojson_pydantic")
    geojson.FeatureCollection.model_validate(content)
    with pytest.raises(ValueError, match="coordinates"):
        geojson.FeatureCollection.model_validate(
            {**content, "features": [{**one, "geometry": {"type": "Point", "coordinates": [1]}}]}
        )


def test_an_event_without_a_place_is_a_feature_without_geometry() -> None:
    from dataclasses import replace

    event = EVENTS[0]
    account = event.accounts[0]
    nowhere = account.model_copy(update={"summary": account.summary.model_copy(update={"place": None})})
    made = export("geojson", [replace(event, accounts=(nowhere,))], context(), MENTIONS)
    assert json.loads(made.content)["features"][0]["geometry"] is None
    assert "geojson#no-point" in {loss.rule for loss in made.losses.losses}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_spreadsheet_runs_a_cell(cell: str) -> None:
    assert harmless(cell).startswith("'")
    assert harmless("12 killed") == "12 killed"
