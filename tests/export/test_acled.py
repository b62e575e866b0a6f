"""The ACLED layout, from events made by hand."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from according.export.acled_actors import Side, interaction, interaction_code
from according.export.codes import FORMATS_DATA, default_codes
from according.export.events import ExportEvent
from according.export.formats import export
from according.export.table import load_layout
from according.shapes import DateRangeJson, PartyJson
from export.made import context, joined, market, strike


def made_of(*events: ExportEvent) -> tuple[list[dict[str, str]], str]:
    made = export("acled", events, context(), joined(strike()[1], market()[1]))
    return list(csv.DictReader(io.StringIO(made.content.decode()))), "\n".join(made.losses.lines())


def changed(event: ExportEvent, **fields: object) -> ExportEvent:
    account = event.accounts[0]
    kind = fields.pop("event_type", account.event_type)
    summary = account.summary.model_copy(update=fields)
    return replace(event, accounts=(account.model_copy(update={"summary": summary, "event_type": kind}),))


def party(name: str, kind: str | None, country: str | None = None) -> PartyJson:
    return PartyJson(id=None, name=name, span=None, kind=kind, country=country, confidence="reported")


def test_the_strike_has_the_codes_of_the_field() -> None:
    [row], report = made_of(strike()[0])
    wanted = {
        "event_id_cnty": "ACC-lusab-babad-gutih", "event_date": "2018-01-20", "year": "2018", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike", "actor1": "Meridian Coalition", "assoc_actor_1": "Plains Defence Forces",
        "inter1": "External/Other forces", "actor2": "Grey Banner", "assoc_actor_2": "", "inter2": "Rebel group",
        "interaction": "Rebel group-External/Other forces", "civilian_targeting": "", "iso": "760",
        "region": "Middle East", "country": "Syria", "admin1": "Deir ez-Zor", "admin2": "Abu Kamal", "admin3": "",
        "location": "Tarsah", "latitude": "34.5678", "longitude": "40.9342", "geo_precision": "2",
        "source": "Lowland Post", "source_scale": "", "fatalities": "145", "tags": "", "timestamp": "1782864000",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
    assert len(row) == 31
    assert "145-150" in row["notes"]
    assert "No word from Grey Banner" in row["notes"]
    assert "Machine-made; according 0.1.0, run r0123456789abcdef, rules abababababab" in row["notes"]
    assert "acled#range" in report


def test_words_are_counted_by_the_table_and_the_lowest_total_is_taken() -> None:
    [row], report = made_of(market()[0])
    assert row["fatalities"] == "12"
    assert "(dozens)" in report
    assert (row["event_date"], row["time_precision"]) == ("2021-09-15", "3")
    assert (row["actor2"], row["inter2"], row["interaction"]) == ("Civilians (Nigeria)", "Civilians", "Civilians only")
    assert row["civilian_targeting"] == "Civilians targeted"


def test_civilians_beside_another_target_are_associated() -> None:
    event = strike()[0]
    targets = [*event.summary.targets, party("villagers", "civilians")]
    [row], report = made_of(changed(event, targets=targets))
    assert (row["actor2"], row["assoc_actor_2"]) == ("Grey Banner", "Civilians (Syria)")
    assert row["civilian_targeting"] == ""
    assert "acled#collateral" in report


def test_fighters_who_died_are_not_passed_over_for_civilians() -> None:
    event = strike()[0]
    [row], report = made_of(changed(event, targets=[party("a headquarters", None)]))
    assert (row["actor2"], row["inter2"], row["civilian_targeting"]) == ("Grey Banner", "", "")
    assert "acled#fighters" in report


@pytest.mark.parametrize(
    ("kind", "country", "inter"),
    [
        ("state_forces", "SYR", "State forces"),
        ("state_forces", "TUR", "External/Other forces"),
        ("pro_government_militia", "SYR", "Political militia"),
        ("unidentified_armed", None, "Political militia"),
        ("self_defence", None, "Identity militia"),
        ("armed_group", None, ""),
        (None, None, ""),
    ],
)
def test_kinds_of_actors(kind: str | None, country: str | None, inter: str) -> None:
    [row], _ = made_of(changed(strike()[0], initiators=[party("Red Hand", kind, country)]))
    assert (row["actor1"], row["inter1"]) == ("Red Hand", inter)
    assert (row["interaction"] == "") is (inter == "")


def test_things_are_no_actors_and_nameless_gunmen_have_the_layouts_name() -> None:
    [row], report = made_of(
        changed(strike()[0], initiators=[party("gunmen", "unidentified_armed"), party("jets", None)])
    )
    assert (row["actor1"], row["assoc_actor_1"]) == ("Unidentified Armed Group (Syria)", "Plains Defence Forces")
    assert "(jets)" in report


@pytest.mark.parametrize(
    ("kind", "sub_event"),
    [
        ("state_forces", "Government regains territory"),
        ("rebel_group", "Non-state actor overtakes territory"),
        (None, ""),
    ],
)
def test_who_takes_a_place_decides_the_sub_event(kind: str | None, sub_event: str) -> None:
    event = changed(strike()[0], event_type="territory_taken_by_force", initiators=[party("Red Hand", kind)])
    [row], _ = made_of(event)
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", sub_event)


@pytest.mark.parametrize(
    ("kind", "disorder"),
    [
        ("repression", "Political violence; Demonstrations"),
        ("protest", "Demonstrations"),
        ("riot", "Demonstrations"),
        ("arrest", "Strategic developments"),
        ("execution", "Political violence"),
    ],
)
def test_disorder_types(kind: str, disorder: str) -> None:
    [row], _ = made_of(changed(strike()[0], event_type=kind))
    assert row["disorder_type"] == disorder


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"event_type": "talks"}, "acled#type"),
        ({"place": None}, "acled#no-place"),
        ({"date": DateRangeJson(start="2018-01-01", end="2018-12-31", precision="year", timex=None, mod=None)},
         "acled#no-date"),
    ],
)  # fmt: skip
def test_what_the_layout_cannot_hold_is_left_out(fields: dict[str, object], rule: str) -> None:
    rows, report = made_of(changed(strike()[0], **fields))
    assert rows == []
    assert rule in report


def test_without_a_count_it_is_none() -> None:
    event = strike()[0]
    [row], report = made_of(replace(event, claims=tuple(c for c in event.claims if c.claim.slot != "killed")))
    assert row["fatalities"] == "0"
    assert "acled#none" in report


def test_interactions() -> None:
    codes = default_codes()
    one, two = Side("A", (), 8), Side("B", (), 2)
    assert (interaction(one, two, codes), interaction_code(one, two)) == ("Rebel group-External/Other forces", 28)
    assert (interaction(one, Side(), codes), interaction_code(one, Side())) == ("External/Other forces only", 80)
    assert interaction_code(one, Side("C")) is None


def test_rows_keep_to_the_published_layout() -> None:
    rows, _ = made_of(strike()[0], market()[0])
    layout = load_layout("acled")
    assert list(rows[0]) == list(layout.names)
    assert [list(layout.faults(row)) for row in rows] == [[], []]
    frictionless = pytest.importorskip("frictionless")
    content = export("acled", [strike()[0], market()[0]], context(), joined(strike()[1], market()[1])).content
    schema = frictionless.Schema.from_descriptor(
        json.loads((FORMATS_DATA / "acled.table.json").read_text(encoding="utf-8"))
    )
    assert frictionless.validate(frictionless.Resource(content, format="csv", schema=schema)).valid


def test_every_country_has_a_region() -> None:
    codes = default_codes()
    assert not {c for c in codes.countries if c not in codes.regions}
