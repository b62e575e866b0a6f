from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

import fakes

Call = Callable[..., object]


@pytest.fixture
def project(call: Call, tmp_path: Path, row: str) -> Path:
    """A project that holds the report."""
    assert call("init").code == 0
    assert call("add", "-", stdin=row.encode()).code == 0
    return tmp_path


def test_init_makes_a_folder_once(call: Call, tmp_path: Path) -> None:
    first = call("init", "deep/project")
    assert first.code == 0
    assert {p.name for p in (tmp_path / "deep" / "project").iterdir()} == {"project.toml", "according.sqlite"}
    (tmp_path / "deep" / "project" / "project.toml").write_text("workers = 1\n")
    assert "already a project" in call("init", "deep/project").err
    assert (tmp_path / "deep" / "project" / "project.toml").read_text() == "workers = 1\n"


def test_without_a_project_it_says_how_to_make_one(call: Call) -> None:
    for verb in (("add", "-"), ("events",), ("show", "x"), ("explain", "x"), ("verify",), ("rebuild",)):
        result = call(*verb, stdin=b"x")
        assert result.code == 2
        assert "according init" in result.err


def test_add_twice_changes_nothing(call: Call, project: Path, row: str) -> None:
    before = (project / "according.sqlite").read_bytes()
    again = call("add", "-", stdin=row.encode() + b"\n" + row.encode())
    assert again.code == 0
    assert [line.split("\t")[0] for line in again.out.splitlines()] == ["unchanged", "unchanged"]
    assert (project / "according.sqlite").read_bytes() == before


def test_add_says_what_it_revises(call: Call, project: Path, row: str) -> None:
    later = {**json.loads(row), "text": fakes.REPORT + " The toll has risen.", "published": "2021-03-05", "id": "r2"}
    out = call("add", "-", stdin=json.dumps(later).encode()).out.splitlines()
    assert out[0].startswith("added\t")
    assert out[1].startswith("revises\t")
    assert out[1].endswith("Raid on Orrin\t2021-03-04")
    assert len(call("events", "--json").out.splitlines()) == 1
    assert len(call("events", "--json", "--all").out.splitlines()) == 2
    assert "1 events of reports that were revised" in call("events").err


def test_add_goes_on_after_a_failure(call: Call, project: Path) -> None:
    result = call("add", "-", stdin=b'{"text": "BREAK"}\nx\n{"text": "c"}\n')
    assert result.code == 3
    assert result.out.startswith("added\t")
    assert call("verify").code == 0


def test_events_and_show(call: Call, project: Path) -> None:
    listed = call("events").out
    for words in ("air strike", "2021-03-02", "Orrin", "by Orrin Guard", "0-30 (best 30)", "claimed by party", "Post"):
        assert words in listed, words
    [event] = [json.loads(line) for line in call("events", "--json").out.splitlines()]
    shown = call("show", event["event"][:5]).out
    for words in ("killed up to 30 gunmen", "Free Column denies it", "“any of its men were killed”", "half of"):
        assert words in shown, words
    in_json = json.loads(call("show", event["event"], "--json").out)
    assert in_json["account"] == event["account"]
    assert [c["slot"] for c in in_json["claims"]].count("killed") == 2


def test_show_groups_by_slot_and_speaker(call: Call, project: Path) -> None:
    [event] = [json.loads(line)["event"] for line in call("events", "--json").out.splitlines()]
    lines = [line for line in call("show", event).out.splitlines() if line.startswith(" killed")]
    assert ["Free Column" in line for line in lines] == [True, False]


def test_explain_goes_from_a_value_to_the_report(call: Call, project: Path) -> None:
    [event] = [json.loads(line)["event"] for line in call("events", "--json").out.splitlines()]
    out = call("explain", event, "killed").out
    for words in (
        "killed up to 30 gunmen",
        "Orrin Guard",
        "said on",
        "fake#1",
        "Raid on Orrin",
        "SHA-256",
        "characters",
    ):
        assert words in out, words
    name = out.split()[0]
    assert call("explain", name).out.startswith(name)
    missing = call("explain", event, "displaced")
    assert missing.code == 4
    assert "it has" in missing.err
    assert call("explain", "zzzzz").code == 4


def test_explain_shows_the_row_of_the_rules(call: Call) -> None:
    from according.cli.views import rule_row
    from according.rules import DATA, load_lexicon

    path = min((DATA / "lexicon").glob("triggers.csv"))
    row = load_lexicon(path).rows[0]
    shown = rule_row(f"triggers#{row.id}")
    assert shown["phrase"] == row.phrase
    assert shown["example"] == row.example
    assert rule_row("nowhere#x") == {}


def test_verify_finds_a_change_from_outside(call: Call, project: Path) -> None:
    assert call("verify").code == 0
    engine = create_engine(f"sqlite:///{project / 'according.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("update document set content = replace(content, '30', '90')"))
    result = call("verify")
    assert result.code == 5
    assert "was changed" in result.err


def test_rebuild_gives_the_same(call: Call, project: Path) -> None:
    before = call("events", "--json").out
    assert call("rebuild").code == 0
    assert call("events", "--json").out == before


def test_a_database_of_the_project_is_used(call: Call, tmp_path: Path) -> None:
    (tmp_path / "project.toml").write_text(f'database = "sqlite:///{tmp_path}/other.sqlite"\n')
    assert call("init").code == 0
    assert (tmp_path / "other.sqlite").exists()
    assert not (tmp_path / "according.sqlite").exists()
