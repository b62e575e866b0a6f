"""UCDP GED: what is written for events made by hand, and files of others read and written unchanged."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.errors import InvalidInput
from according.export.events import ExportEvent
from according.export.formats import export
from according.export.ged import priogrid_gid
from according.export.ged_choices import GedChoice, load_choices
from according.export.ged_file import parse_ged, read_ged
from according.export.table import load_layout
from according.model import Modality
from according.shapes import DateRangeJson
from export.made import context, joined, market, strike

TINY = Path(__file__).parent / "tiny_ged.csv"
OLD = Path(os.environ.get("ACCORDING_GED_SAMPLE", "../shared/data/ucdp_ged/ged_23.1_car.csv"))
CHOICE = GedChoice(
    "lusab-babad-gutih",
    {
        "type_of_violence": "2", "conflict_dset_id": "14637", "conflict_new_id": "13616", "conflict_name": "GB - PDF",
        "dyad_dset_id": "14637", "dyad_new_id": "14637", "dyad_name": "GB - PDF", "side_a_dset_id": "234",
        "side_a_new_id": "234", "side_a": "GB", "side_b_dset_id": "6288", "side_b_new_id": "6288", "side_b": "PDF",
    },
    "b", "a", "coder-1",
)  # fmt: skip


def rows(*events: ExportEvent, **fields: object) -> list[dict[str, str]]:
    made = export("ged", events, context(**fields), joined(strike()[1], market()[1]))
    return list(csv.DictReader(io.StringIO(made.content.decode())))


def test_the_strike_with_a_coders_choice_has_the_codes_of_the_field() -> None:
    [row] = rows(strike()[0], choices={CHOICE.event: CHOICE})
    wanted = {
        "year": "2018", "type_of_violence": "2", "conflict_new_id": "13616", "dyad_new_id": "14637", "side_a": "GB",
        "side_a_new_id": "234", "side_b_new_id": "6288", "number_of_sources": "1", "source_office": "Lowland Post",
        "source_date": "2018-01-24", "where_prec": "2", "where_coordinates": "Tarsah",
        "where_description": "near Tarsah",
        "adm_1": "Deir ez-Zor", "adm_2": "Abu Kamal", "latitude": "34.56778", "longitude": "40.93417",
        "geom_wkt": "POINT (40.934170 34.567780)", "priogrid_gid": "179722", "country": "Syria", "country_id": "652",
        "region": "Middle East", "event_clarity": "1", "date_prec": "1", "date_start": "2018-01-20 00:00:00.000",
        "date_end": "2018-01-20 00:00:00.000", "deaths_a": "145", "deaths_b": "0", "deaths_civilians": "0",
        "deaths_unknown": "0", "best": "145", "low": "145", "high": "150", "relid": "lusab-babad-gutih",
        "code_status": "machine-made", "gwnoa": "", "gwnob": "", "active_year": "",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
    assert row["source_original"] == "Meridian Coalition;Grey Banner"
    assert list(row) == list(load_layout("ged").names)
    assert len(row) == 49


def test_what_a_coder_must_choose_is_never_guessed() -> None:
    event, mentions = strike()
    made = export("ged", [event], context(), mentions)
    [row] = csv.DictReader(io.StringIO(made.content.decode()))
    blank = [
        c
        for c in row
        if c.startswith(("dyad", "conflict", "side_")) or c in {"type_of_violence", "deaths_a", "deaths_b"}
    ]
    assert {row[c] for c in blank} == {""}
    assert (row["best"], row["low"], row["high"]) == ("145", "145", "150")
    report = "\n".join(made.losses.lines())
    assert "by Meridian Coalition, against Grey Banner" in report
    assert "145 fighters" in report
    assert "ged#party" in report


def test_a_row_reads_back_without_a_fault() -> None:
    made = export("ged", [strike()[0], market()[0]], context(), joined(strike()[1], market()[1]))
    table = parse_ged(made.content.decode())
    assert (len(table.rows), table.issues, table.lacks) == (2, (), ())
    assert table.rows[0].integer("id") != table.rows[1].integer("id")
    assert all((row.integer("id") or 0) > 10**12 for row in table.rows)


def test_several_speakers_give_lowest_best_and_the_ends_of_all() -> None:
    [row] = rows(market()[0])
    assert (row["best"], row["low"], row["high"]) == ("24", "24", "31")
    assert (row["deaths_unknown"], row["date_prec"], row["where_prec"]) == ("24", "4", "1")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"modality": Modality.PLANNED}, "ged#modality"),
        ({"event_type": "agreement"}, "ged#type"),
        ({"summary": {"date": None}}, "ged#no-date"),
    ],
)
def test_what_ged_does_not_count_is_left_out_and_named(change: dict[str, object], rule: str) -> None:
    event, mentions = strike()
    own = change.pop("summary", None)
    account = event.accounts[0].model_copy(update=change)
    if own:
        account = account.model_copy(update={"summary": account.summary.model_copy(update=own)})  # type: ignore[call-overload]
    made = export("ged", [replace(event, accounts=(account,))], context(), mentions)
    assert [(loss.rule, loss.event) for loss in made.losses.losses if loss.kind == "left_out"] == [(rule, event.name)]
    assert made.losses.events == 0
    assert len(made.content.splitlines()) == 1


def test_without_a_death_there_is_no_row() -> None:
    event, mentions = strike()
    made = export(
        "ged", [replace(event, claims=tuple(c for c in event.claims if c.claim.slot != "killed"))], context(), mentions
    )
    assert "ged#no-death" in {loss.rule for loss in made.losses.losses}


def test_parts_are_counted_once_and_the_whole_is_of_clarity_two() -> None:
    event, mentions = strike()
    part = replace(event, id="a9", name="part-one-two", part_of=event.name)
    made = export("ged", [event, part], context(), mentions)
    [row] = csv.DictReader(io.StringIO(made.content.decode()))
    assert (row["relid"], row["event_clarity"]) == (event.name, "2")


def test_an_event_never_spans_two_years() -> None:
    event, _ = strike()
    night = DateRangeJson(start="2017-12-31", end="2018-01-01", precision="range", timex=None, mod=None)
    account = event.accounts[0]
    changed = account.model_copy(update={"summary": account.summary.model_copy(update={"date": night})})
    [row] = rows(replace(event, accounts=(changed,)))
    assert (row["year"], row["date_end"], row["date_prec"]) == ("2017", "2017-12-31 00:00:00.000", "2")


def test_a_headline_that_looks_like_a_formula_is_disarmed() -> None:
    event, mentions = strike()
    documents = tuple(replace(d, title="=cmd()") for d in event.documents)
    made = export("ged", [replace(event, documents=documents)], context(), mentions)
    [row] = csv.DictReader(io.StringIO(made.content.decode()))
    assert row["source_headline"] == "'=cmd()"


@pytest.mark.parametrize(
    ("latitude", "longitude", "gid"),
    [(-90, -180, 1), (90, 180, 259200), (34.56778, 40.93417, 179722), (5.25, 26.25, 137213), (0, 0, 129961)],
)
def test_cells_of_priogrid(latitude: float, longitude: float, gid: int) -> None:
    assert priogrid_gid(latitude, longitude) == gid


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_the_middle_of_a_cell_lies_within_half_a_cell_of_the_point(latitude: float, longitude: float) -> None:
    row, column = divmod(priogrid_gid(latitude, longitude) - 1, 720)
    assert abs(-90 + (row + 0.5) / 2 - latitude) <= 0.2501
    assert abs(-180 + (column + 0.5) / 2 - longitude) <= 0.2501


def test_a_file_is_read_by_name_and_written_unchanged() -> None:
    table = read_ged(TINY)
    assert table.to_csv() == TINY.read_bytes()
    assert table.lacks == ("latitude", "longitude", "geom_wkt")
    assert [row.integer("best") for row in table.rows] == [3, 6, 1]
    assert table.rows[0].day("date_start") == "2009-02-20"
    assert table.rows[2].text("side_b") is None
    messages = [issue.message for issue in table.issues]
    assert len(messages) == 2
    assert "low 7, best 6, high 7" in messages[0]
    assert "where_prec is none of" in messages[1]


def test_a_file_without_a_header_has_the_columns_of_today() -> None:
    event, mentions = strike()
    body = export("ged", [event], context(), mentions).content.decode().split("\n", 1)[1]
    [row] = parse_ged(body).rows
    assert row.integer("best") == 145


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "id,id,year,date_start,date_end,best,high,low\n"])
def test_what_is_no_ged_file_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_ged(text)


@pytest.mark.skipif(not OLD.exists(), reason="the sample of GED 23.1 is not here")
def test_all_rows_of_an_old_layout_come_back_unchanged() -> None:
    table = read_ged(OLD)
    assert len(table.rows) == 1848
    assert table.to_csv() == OLD.read_bytes()
    assert len(table.issues) == 20
    assert all("do not stand in this order" in issue.message for issue in table.issues)


def test_choices_are_read_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "choices.csv"
    path.write_text(
        "event,type_of_violence,side_a,initiator_side,target_side,coder\nlusab,2,GB,b,a,c1\n", encoding="utf-8"
    )
    assert load_choices(path) == {
        "lusab": GedChoice("lusab", {"type_of_violence": "2", "side_a": "GB"}, "b", "a", "c1")
    }
    path.write_text("event,type_of_violence,initiator_side,target_side,coder\nlusab,4,b,a,c1\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="type_of_violence"):
        load_choices(path)


def test_frictionless_accepts_the_rows_and_finds_wrong_codes(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    from according.export.codes import FORMATS_DATA

    made = export(
        "ged", [strike()[0], market()[0]], context(choices={CHOICE.event: CHOICE}), joined(strike()[1], market()[1])
    )
    schema = frictionless.Schema.from_descriptor(
        json.loads((FORMATS_DATA / "ged.table.json").read_text(encoding="utf-8"))
    )
    good = frictionless.Resource(made.content, format="csv", schema=schema)
    assert frictionless.validate(good).valid
    wrong = made.content.replace(b",2018,,machine-made,2,", b",2018,,machine-made,4,")
    assert wrong != made.content
    report = frictionless.validate(frictionless.Resource(wrong, format="csv", schema=schema))
    assert not report.valid
