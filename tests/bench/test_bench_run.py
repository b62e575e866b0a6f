"""Data, cache, floors and the command line."""

import gzip
import json
from types import SimpleNamespace

import pytest
from bench.cache import Cache, Kept, source_hash
from bench.floors import Floors
from bench.model import Case, Score
from bench.runner import Runner
from bench.sets.fa_kes import FaKes, Gold
from bench.sets.stories import Stories
from bench.table import Line, number, render

from bench import __main__ as cli
from bench import contract, data, system

ROW = {
    "id": "7",
    "outlet": "wire",
    "title": "t",
    "text": "Shells fell.",
    "location": "aleppo",
    "actor": "unknown",
    "cause_of_death": "shelling",
    "killed_civilians": 4,
    "killed_noncivilians": 0,
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "data" / "fa_kes").mkdir(parents=True)
    rows = [{**ROW, "id": str(i)} for i in range(6)]
    (tmp_path / "data" / "fa_kes" / "dev.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setattr(cli, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(cli, "CACHE", tmp_path / "cache")
    return tmp_path / "data"


@pytest.fixture
def coder(monkeypatch):
    """A system that knows the gold of the rows above, and counts what it is asked."""
    asked = []

    def code(verb, documents, workers):
        for document in documents:
            asked.append(document["id"])
            yield FaKes().oracle(case_of(document))

    monkeypatch.setattr(system, "according", code)
    return asked


def case_of(document):
    return Case(document["id"], document, Gold(4, "aleppo", "shelling", "unknown"))


def test_halves_part_a_set_and_keep_repetitions_together():
    keys = [f"k{i}" for i in range(200)]
    sides = {data.half_of(k) for k in keys}
    assert sides == {"a", "b"}
    assert 70 < sum(data.half_of(k) == "a" for k in keys) < 130
    assert all(data.half_of(k) == data.half_of(f"{k}#2") for k in keys)


def test_digest_hangs_on_names_and_bytes(tmp_path):
    one, two = tmp_path / "a", tmp_path / "b"
    one.write_text("x")
    two.write_text("x")
    assert data.digest([one, two]) == data.digest([two, one]) != data.digest([one])


def test_absent_sets_say_so_and_are_no_failure(tmp_path, capsys):
    assert cli.main(["fa_kes", "wikiwars", "--data", str(tmp_path / "none" / "data")]) == 0
    assert capsys.readouterr().out.count("not there") == 2


def test_unknown_set_is_a_wrong_command_line(capsys):
    assert cli.main(["nonsense"]) == 2
    assert "unknown set: nonsense" in capsys.readouterr().err


def test_a_system_without_the_call_says_so(folder, monkeypatch, capsys):
    monkeypatch.setattr(system.importlib, "import_module", lambda name: SimpleNamespace())
    assert cli.main(["fa_kes", "--data", str(folder)]) == 0
    assert "according.code_many is not there yet" in capsys.readouterr().out


def test_outputs_are_made_once_and_scored_again(folder, coder, capsys):
    assert cli.main(["fa_kes", "--data", str(folder), "--limit", "4"]) == 0
    assert cli.main(["fa_kes", "--data", str(folder)]) == 0
    assert len(coder) == 6
    assert "killed exact" in capsys.readouterr().out


def test_a_document_that_breaks_is_named_and_left(folder, monkeypatch, capsys):
    def code(verb, documents, workers):
        for document in documents:
            if document["id"] in "02":
                raise ValueError("a bug")
            yield FaKes().oracle(case_of(document))

    monkeypatch.setattr(system, "according", code)
    assert cli.main(["fa_kes", "--data", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "fa_kes: 2 broke: a bug" in shown
    assert "2 without output" in shown


def test_a_system_that_always_breaks_is_an_error(folder, monkeypatch):
    def code(verb, documents, workers):
        raise ValueError("a bug")
        yield

    monkeypatch.setattr(system, "according", code)
    with pytest.raises(ValueError, match="a bug"):
        cli.main(["fa_kes", "--data", str(folder)])


def test_floors_rise_hold_and_fail(folder, coder, capsys):
    assert cli.main(["fa_kes", "--data", str(folder), "--update-floors"]) == 0
    floors = json.loads(cli.FLOORS.read_text())
    (pinned,) = floors["fa_kes"].values()
    assert pinned == {"killed exact": 1.0, "place": 1.0, "cause": 1.0, "actor class": 1.0}
    assert cli.main(["fa_kes", "--data", str(folder)]) == 0
    assert cli.main(["fa_kes", "--data", str(folder), "--system", "blank"]) == 0
    assert cli.main(["fa_kes", "--data", str(folder), "--half", "a", "--update-floors"]) == 2


def test_a_fallen_score_exits_1(folder, coder, monkeypatch, capsys):
    files = FaKes().files(folder)
    Floors({"fa_kes": {data.digest(files)[:16]: {"cause": 1.0}}}).write(cli.FLOORS)
    monkeypatch.setattr("bench.sets.fa_kes.cause_of", lambda account, table: "unknown")
    assert cli.main(["fa_kes", "--data", str(folder)]) == 1
    assert "FALLEN fa_kes, cause" in capsys.readouterr().out


def test_floors_never_fall_and_are_pinned_to_the_data():
    floors = Floors({}).raised("s", "h" * 64, [Score("l", "m", 0.91239, 5, 0.9), Score("l", "only shown", 0.5, 5)])
    assert floors.floor("s", "h" * 64, "m") == 0.9123
    assert floors.floor("s", "h" * 64, "only shown") is None
    assert floors.floor("s", "g" * 64, "m") is None
    assert floors.raised("s", "h" * 64, [Score("l", "m", 0.2, 5, 0.9)]).floor("s", "h" * 64, "m") == 0.9123
    assert not floors.fallen("s", "h" * 64, [Score("l", "m", 0.9080, 5, 0.9)])
    assert floors.fallen("s", "h" * 64, [Score("l", "m", 0.9070, 5, 0.9)])


def test_given_outputs_are_used_and_the_lack_of_some_is_told(folder, tmp_path):
    cases = FaKes().load(folder)
    path = tmp_path / "made.jsonl"
    path.write_text(json.dumps(FaKes().oracle(cases[0])) + "\n", encoding="utf-8")
    run = Runner(given=system.read(path)).run(FaKes(), cases)
    assert list(run.outputs) == ["0"]
    assert run.remark == "5 without output"


def test_saved_and_written_files_are_json_lines(folder, tmp_path, capsys):
    saved, written = tmp_path / "out.jsonl", tmp_path / "in.jsonl"
    assert cli.main(["fa_kes", "--data", str(folder), "--system", "oracle", "--save", str(saved)]) == 0
    assert cli.main(["fa_kes", "--data", str(folder), "--write-input", str(written)]) == 0
    assert len(system.read(saved)) == 6
    assert [row["id"] for row in data.rows(written)] == list("012345")
    assert cli.main(["fa_kes", "--data", str(folder), "--from", str(saved), "--errors", "2"]) == 0


def test_errors_show_text_gold_and_ours(folder, capsys):
    assert cli.main(["fa_kes", "--data", str(folder), "--system", "blank", "--errors", "1", "--layer", "killed"]) == 0
    shown = capsys.readouterr().out.split("misses")[1]
    assert "Shells fell." in shown
    assert "gold   4" in shown


def test_sealed_stories_give_figures_and_nothing_else(tmp_path, monkeypatch, capsys):
    secret = tmp_path / "locked"
    secret.mkdir()
    (secret / "Z1.txt").write_text("Hush: a raid on Lowvale.", encoding="utf-8")
    row = {
        "claim_id": "C01",
        "tier": 1,
        "statement": "Hush.",
        "slots": ["place"],
        "stance": "asserts",
        "speakers": ["hush"],
        "about": [],
        "spans": [[17, 24]],
        "value": None,
    }
    gold = {"title": "Hush", "claims": [row], "attributions": [], "events": []}
    (secret / "Z1.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    monkeypatch.setattr(cli, "SEALED", Stories("stories_sealed", ("locked",), secret=True))
    monkeypatch.setattr(cli, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(system, "according", lambda verb, documents, workers: (contract.blank(d) for d in documents))
    saved, written = tmp_path / "out.jsonl", tmp_path / "in.jsonl"
    asked = ["--sealed", "--data", str(tmp_path / "data")]
    assert cli.main([*asked, "--errors", "9", "--save", str(saved)]) == 0
    assert cli.main([*asked, "--write-input", str(written)]) == 0
    shown = capsys.readouterr()
    assert "tier 1 recall" in shown.out
    assert "hush" not in (shown.out + shown.err).lower()
    assert saved.read_text() == written.read_text() == ""
    assert not list((tmp_path / "cache").rglob("*.gz"))


def test_cache_survives_a_file_cut_short_and_is_pruned(tmp_path):
    cache = Cache(tmp_path, "s" * 64)
    cache.write("x", [("d1", Kept({"a": 1}, 0.5))])
    cache.write("x", [("d2", Kept({"a": 2}, 0.5))])
    (path,) = cache.folder.glob("x.*")
    with gzip.open(path) as whole:
        assert len(whole.read().splitlines()) == 2
    path.write_bytes(path.read_bytes()[:-10])
    assert set(cache.read("x")) >= {"d1"}
    for name in "abcde":
        (tmp_path / name).mkdir()
    cache.prune()
    assert cache.folder.exists()
    assert len(list(tmp_path.iterdir())) == 3


def test_source_hash_sees_data_but_no_caches(tmp_path):
    (tmp_path / "rules.csv").write_text("a")
    before = source_hash(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").write_text("b")
    assert source_hash(tmp_path) == before
    (tmp_path / "rules.csv").write_text("c")
    assert source_hash(tmp_path) != before


def test_table_says_what_is_missing():
    shown = render(
        [
            Line("s", "ab" * 32, Score("layer", "m", 0.7, 10, 0.8), 0.65),
            Line("s", "ab" * 32, Score("layer", "n", 0.9, 10, 0.8)),
        ]
    )
    assert ".800" in shown
    assert "-.100" in shown
    assert "reached" in shown
    assert (number(1.0), number(0.0), number(None)) == ("1.000", ".000", "")
