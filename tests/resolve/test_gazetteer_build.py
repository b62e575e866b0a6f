"""The gazetteer's file: built whole or not at all, rebuilt when an input changes; users' own places."""

from __future__ import annotations

import json
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from according.errors import InvalidInput, InvalidRule, MissingPart
from according.resolve import gazetteer_build
from according.resolve.gazetteer import PlaceStore
from according.resolve.gazetteer_add import FileKind, add_file, detect_kind
from according.resolve.gazetteer_build import base_path, ensure_base, is_name
from according.resolve.places_words import load_place_words
from according.rules import DATA

TABLES = DATA / "places"
TOWN = {
    "geonameid": 1, "name": "Korva", "latitude": 34.5, "longitude": 40.9, "countrycode": "SY", "population": 30000,
    "admin1code": "07", "alternatenames": ["Qorva", "كورفا", "KRV", "korwa"],
}  # fmt: skip
GEONAMES = (
    "9000001\tTarn\tTarn\tAl Tarn,Tarnah\t34.6\t40.8\tP\tPPL\tSY\t\t07\t\t\t\t1200\t\t200\tAsia/Damascus\t2020-01-01\n"
)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Towns cut down to one, and a copy of the tables that a test may change."""
    towns = tmp_path / "towns.json"
    towns.write_text(json.dumps({"1": TOWN}), encoding="utf-8")
    monkeypatch.setattr(gazetteer_build, "towns_path", lambda: towns)
    tables = tmp_path / "tables"
    shutil.copytree(TABLES, tables)
    kept = (tables / "admin2.csv").read_text(encoding="utf-8").splitlines()[:50]
    (tables / "admin2.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return tables


def test_a_town_is_found_under_all_names_that_a_report_could_use(small: Path, tmp_path: Path) -> None:
    store = PlaceStore([ensure_base(tmp_path / "cache", small)])
    for key in ("korva", "qorva", "kwrf"):
        assert [p.id for p in store.named(key)] == ["gn:1"]
    assert store.named("krv") == ()
    town = store.named("korva")[0]
    assert (town.country, town.admin1) == ("SYR", "Deir ez-Zor")
    area = store.by_id(town.admin1_id or "")
    assert area is not None
    assert area.holds(town)
    assert area.population == 30000


def test_the_file_is_kept_until_an_input_changes(small: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = ensure_base(cache, small)
    stamp = first.stat().st_mtime_ns
    assert ensure_base(cache, small) == first
    assert first.stat().st_mtime_ns == stamp
    with (small / "supplement.csv").open("a", encoding="utf-8") as file:
        file.write("x:veld,Veld,,village,SYR,34.6,40.7,3,settlement,editor estimate\n")
    second = ensure_base(cache, small)
    assert second != first
    assert PlaceStore([second]).named("veld")[0].admin1 == "Deir ez-Zor"


def test_builders_at_once_leave_one_whole_file(small: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with ThreadPoolExecutor(3) as pool:
        paths = set(pool.map(lambda _: ensure_base(cache, small), range(3)))
    assert paths == {base_path(cache, small)}
    assert list(cache.iterdir()) == list(paths)
    assert sqlite3.connect(paths.pop()).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_build_that_fails_leaves_nothing(small: Path, tmp_path: Path) -> None:
    with (small / "supplement.csv").open("a", encoding="utf-8") as file:
        file.write("x:veld,Veld,,village,SYR,nowhere,40.7,3,settlement,editor estimate\n")
    with pytest.raises(ValueError, match="nowhere"):
        ensure_base(tmp_path / "cache", small)
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match=r"gone\.sqlite"):
        PlaceStore([tmp_path / "gone.sqlite"])


@pytest.mark.parametrize(
    ("name", "usable"),
    [("Korva", True), ("al-Korva", True), ("korva", False), ("KRV", False), ("k1", False), ("كورفا", True)],
)
def test_names_that_a_report_could_use(name: str, usable: bool) -> None:
    assert is_name(name) is usable


# --- users' own places ---


def test_a_geonames_dump_is_added_and_replaced(small: Path, tmp_path: Path) -> None:
    dump, target = tmp_path / "SY.txt", tmp_path / "added.sqlite"
    dump.write_text(GEONAMES, encoding="utf-8")
    added = add_file(dump, target, small)
    assert (added.kind, added.rows, added.skipped) == (FileKind.GEONAMES, 1, 0)
    dump.write_text(GEONAMES.replace("34.6", "34.7") + "broken\tline\n", encoding="utf-8")
    again = add_file(dump, target, small)
    assert (again.rows, again.skipped) == (1, 1)
    assert "columns" in again.issues[0].message
    places = PlaceStore([ensure_base(tmp_path / "cache", small), target]).named("tarna")
    assert [(p.id, p.latitude, p.admin1) for p in places if p.country == "SYR"] == [("gn:9000001", 34.7, "Deir ez-Zor")]


def test_an_added_row_replaces_the_base(small: Path, tmp_path: Path) -> None:
    dump, target = tmp_path / "SY.txt", tmp_path / "added.sqlite"
    dump.write_text(GEONAMES.replace("9000001\tTarn\tTarn", "1\tKorva\tKorva"), encoding="utf-8")
    add_file(dump, target, small)
    store = PlaceStore([ensure_base(tmp_path / "cache", small), target])
    assert [p.latitude for p in store.named("korva")] == [34.6]


def test_ocha_boundaries_are_added(small: Path, tmp_path: Path) -> None:
    table = tmp_path / "syr_adm2.csv"
    table.write_text(
        "admin0Pcode,admin1Name_en,admin1Pcode,admin2Name_en,admin2Name_ar,admin2Pcode,latitude,longitude\n"
        "SY,Deir ez-Zor,SY09,Tarn,تارن,SY0904,34.5,40.9\nSY,Deir ez-Zor,SY09,Veld,,SY0905,,\n",
        encoding="utf-8",
    )
    added = add_file(table, tmp_path / "added.sqlite", small)
    assert (added.kind, added.rows, added.skipped) == (FileKind.COD_AB, 1, 1)
    place = PlaceStore([tmp_path / "added.sqlite"]).by_id("ocha:SY0904")
    assert place is not None
    assert (place.feature, place.country, place.admin1) == ("admin2", "SYR", "Deir ez-Zor")


def test_a_plain_table_is_added(small: Path, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "name,alternatives,country,admin1,latitude,longitude,feature\n"
        "Veld Camp,Velda|Camp V,SY,Deir ez-Zor,34.6,40.7,camp\n"
        ",,SY,,1,2,\nNowhere,,SY,,91,0,\nOrsk,,Atlantis,,1,2,\n",
        encoding="utf-8",
    )
    added = add_file(table, tmp_path / "added.sqlite", small)
    assert (added.rows, added.skipped) == (1, 3)
    assert any("Atlantis" in issue.message for issue in added.issues)
    assert [p.feature for p in PlaceStore([tmp_path / "added.sqlite"]).named("velda")] == ["camp"]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("date,actor\n2020-01-01,Veld\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="neither"):
        detect_kind(other)
    with pytest.raises(InvalidInput, match="no file"):
        add_file(tmp_path / "gone.csv", tmp_path / "added.sqlite", TABLES)


# --- rules ---


def test_rules_without_an_example_do_not_load(tmp_path: Path) -> None:
    shutil.copytree(TABLES, tmp_path / "places")
    words = load_place_words(tmp_path / "places")
    assert words.feature("class_after", "Province") == "admin1"
    assert words.weights["country"] > 0
    with (tmp_path / "places" / "words.csv").open("a", encoding="utf-8") as file:
        file.write("bad,title,boss,,,\n")
    with pytest.raises(InvalidRule, match="example"):
        load_place_words(tmp_path / "places")


def test_the_tables_are_sound() -> None:
    rows = list(gazetteer_build.read_table(TABLES / "supplement.csv"))
    assert len(rows) > 900
    assert len({r["id"] for r in rows}) == len(rows)
    assert all(-90 <= float(r["latitude"]) <= 90 and -180 <= float(r["longitude"]) <= 180 for r in rows)
    assert all(r["basis"] for r in rows)
    codes = {r["iso3"] for r in gazetteer_build.read_table(TABLES / "countries.csv")}
    assert len(codes) > 220
    assert {r["country"] for r in rows} - codes <= {""}
    areas = {r["id"] for r in gazetteer_build.read_table(TABLES / "admin1.csv")}
    assert {r["place"] for r in gazetteer_build.read_table(TABLES / "aliases.csv")} <= areas
