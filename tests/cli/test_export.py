"""`according export` as a user calls it."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from cli.conftest import Call


@pytest.fixture
def project(call: Call, row: str, tmp_path: Path) -> Path:
    (tmp_path / "r.jsonl").write_text(row + "\n", encoding="utf-8")
    assert call("init").code == 0
    assert call("add", "r.jsonl").code == 0
    return tmp_path


def test_a_file_its_loss_report_and_the_log(call: Call, project: Path) -> None:
    result = call("export", "ged", "--out", "a.csv")
    assert result.code == 0
    assert result.out == ""
    assert "Loss report for ged: 1 event exported." in result.err
    [row] = csv.DictReader((project / "a.csv").open(encoding="utf-8", newline=""))
    assert (row["best"], row["low"], row["high"], row["deaths_a"]) == ("30", "0", "30", "")
    about = json.loads((project / "a.csv.about.json").read_text(encoding="utf-8"))
    assert about["sha256"] == hashlib.sha256((project / "a.csv").read_bytes()).hexdigest()
    assert about["made"] == "machine-made"
    assert len(about["rules"]) == 64
    assert "by" not in about
    [entry] = [json.loads(line) for line in (project / "exports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert entry["sha256"] == about["sha256"]
    assert entry["events"] == [row["relid"]]


def test_standard_output_is_the_same_file(call: Call, project: Path) -> None:
    printed = call("export", "ged").out
    call("export", "ged", "--out", "a.csv")
    assert printed == (project / "a.csv").read_text(encoding="utf-8")


def test_what_is_allowed_needs_a_name_and_a_reason_and_is_logged(call: Call, project: Path) -> None:
    assert call("export", "ged", "--allow", "names").code == 2
    assert not (project / "exports.jsonl").exists()
    assert call("export", "ged", "--allow", "names", "--by", "Ann", "--reason", "agreed", "--out", "a.csv").code == 0
    entry = json.loads((project / "exports.jsonl").read_text(encoding="utf-8"))
    assert (entry["by"], entry["allowed"], entry["reason"]) == ("Ann", ["names"], "agreed")
    assert "Ann" not in (project / "a.csv.about.json").read_text(encoding="utf-8")


def test_a_coders_choices(call: Call, project: Path) -> None:
    call("export", "ged", "--out", "a.csv")
    [row] = csv.DictReader((project / "a.csv").open(encoding="utf-8", newline=""))
    cells = f"event,type_of_violence,side_a,side_b,initiator_side,target_side,coder\n{row['relid']},1,G,F,a,b,c1\n"
    (project / "choices.csv").write_text(cells, encoding="utf-8")
    assert call("export", "ged", "--choices", "choices.csv", "--out", "a.csv").code == 0
    [row] = csv.DictReader((project / "a.csv").open(encoding="utf-8", newline=""))
    assert (row["type_of_violence"], row["side_b"], row["deaths_a"], row["deaths_b"]) == ("1", "F", "0", "30")
    (project / "choices.csv").write_text(cells.replace(row["relid"], "nobody"), encoding="utf-8")
    assert call("export", "ged", "--choices", "choices.csv").code == 4


def test_what_is_wrong_is_said(call: Call, project: Path) -> None:
    assert call("export", "nothing").code == 2
    assert call("export", "ged", "--event", "zzz").code == 4
    assert call("export", "ged", "--out", "no/such/folder.csv").code == 4


def test_a_dossier_is_written_checked_and_its_change_found(call: Call, project: Path) -> None:
    assert call("export", "dossier").code == 2
    assert call("export", "dossier", "--texts", "--out", "d.zip").code == 0
    result = call("verify", "d.zip")
    assert result.code == 0
    assert result.out.startswith("seal ")
    assert "6 claims" in result.err or "8 claims" in result.err
    content = (project / "d.zip").read_bytes()
    (project / "d.zip").write_bytes(content[:200] + b"x" + content[201:])
    assert call("verify", "d.zip").code in {4, 5}


def test_verify_walks_the_export_log_too(call: Call, project: Path) -> None:
    call("export", "events", "--out", "a.csv")
    assert call("verify").code == 0
    path = project / "exports.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"a.csv"', '"b.csv"'), encoding="utf-8")
    assert call("verify").code == 5
