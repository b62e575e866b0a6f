"""PLOVER lines and HXL tables."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import jsonschema
import pytest
import yaml

from according.export.codes import FORMATS_DATA, default_codes
from according.export.events import ExportEvent
from according.export.formats import export
from according.export.plover import plover_types
from according.model import Modality, Stance
from export.made import context, joined, market, strike

SCHEMA = json.loads((FORMATS_DATA / "plover.schema.json").read_text(encoding="utf-8"))
MENTIONS = joined(strike()[1], market()[1])


def lines(*events: ExportEvent) -> list[dict[str, object]]:
    content = export("plover", events, context(), MENTIONS).content.decode()
    found = [json.loads(line) for line in content.splitlines()]
    for line in found:
        jsonschema.validate(line, SCHEMA)
    return found


def changed(event: ExportEvent, **fields: object) -> ExportEvent:
    return replace(event, accounts=(event.accounts[0].model_copy(update=fields),))


def test_the_strike_is_an_assault_from_the_air() -> None:
    [line] = lines(strike()[0])
    assert (line["event"], line["mode"], line["quad_code"], line["event_scale"]) == (["ASSAULT"], ["aerial"], 4, -9.5)
    assert line["actor"] == [{"sector": "MIL", "entity_text": "Meridian Coalition"}]
    assert line["recipient"] == [{"code": "SYR", "sector": "REB", "entity_text": "Grey Banner"}]
    assert line["size"] == {"dead": 145}
    assert (line["date"], line["context"]) == ("2018-01-20", ["military"])
    assert line["event_loc"]["resolution"] == 4  # type: ignore[index]
    assert "machine-made" in str(line["comment"])


@pytest.mark.parametrize(
    ("modality", "mode"),
    [(Modality.PLANNED, "future"), (Modality.THREATENED, "future"), (Modality.CONDITIONAL, "hypothetical")],
)
def test_what_did_not_happen_has_an_auxiliary_mode(modality: Modality, mode: str) -> None:
    [line] = lines(changed(strike()[0], modality=modality))
    assert line["mode"] == ["aerial", mode]


def test_a_denied_event_is_negated() -> None:
    event = strike()[0]
    denied = [
        replace(c, claim=c.claim.model_copy(update={"stance": Stance.DENIES}))
        for c in event.claims
        if c.claim.slot == "occurred" and c.claim.stance is Stance.ASSERTS
    ]
    [line] = lines(replace(event, claims=tuple(denied)))
    assert line["mode"] == ["aerial", "negation"]


def test_where_both_sides_fight_all_are_actors() -> None:
    [line] = lines(changed(strike()[0], event_type="armed_clash"))
    assert [e["entity_text"] for e in line["actor"]] == ["Meridian Coalition", "Grey Banner"]  # type: ignore[attr-defined]
    assert "recipient" not in line


def test_what_plover_has_no_type_or_day_for_is_left_out() -> None:
    event = strike()[0]
    undated = event.summary.model_copy(update={"date": None})
    made = export(
        "plover", [changed(event, event_type="statement"), changed(event, summary=undated)], context(), MENTIONS
    )
    assert [loss.rule for loss in made.losses.losses if loss.kind == "left_out"] == ["plover#type", "plover#no-date"]


def test_the_schema_refuses_what_is_wrong() -> None:
    [line] = lines(strike()[0])
    for wrong in ({"event": ["FIGHT"]}, {"quad_code": 5}, {"mode": ["by air"]}, {"extra": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**line, **wrong}, SCHEMA)


def test_every_event_type_has_a_mode_that_plover_has() -> None:
    for name, types in default_codes().types.items():
        kind, mode = types.plover
        if kind is not None:
            assert kind in plover_types(), name
            assert mode is None or mode in plover_types()[kind]["modes"], name  # type: ignore[operator]
    kinds = yaml.safe_load((FORMATS_DATA / "actor_codes.yaml").read_text(encoding="utf-8"))
    sectors = set(SCHEMA["$defs"]["entity"]["properties"]["sector"]["enum"])
    assert {row["sector"] for row in kinds.values() if row["sector"]} <= sectors


def test_hxl_has_its_tags_in_the_second_row() -> None:
    content = export("hxl", [strike()[0], market()[0]], context(), MENTIONS).content.decode()
    header, tags, one, _ = csv.reader(io.StringIO(content))
    assert all(tag.startswith("#") for tag in tags)
    assert len(set(tags)) == len(tags)
    row = dict(zip(header, one, strict=True))
    assert (row["killed_low"], row["killed_high"]) == ("145", "150")
    assert tags[header.index("killed_high")] == "#affected+killed+max"


def test_libhxl_accepts_the_table() -> None:
    hxl = pytest.importorskip("hxl")
    content = export("hxl", [strike()[0], market()[0]], context(), MENTIONS).content
    read = hxl.data(list(csv.reader(io.StringIO(content.decode()))))
    assert next(c.display_tag for c in read.columns) == "#event+code"
    assert len(list(read)) == 2
    assert hxl.validate(read)
