from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import fakes

Call = Callable[..., object]


def test_json_goes_to_standard_output_and_talk_to_standard_error(call: Call, row: str) -> None:
    result = call("code", "-", "--json", stdin=row.encode())
    assert result.code == 0
    line = json.loads(result.out)
    assert line["document"]["key"] == "r1"
    assert line["document"]["text"] == fakes.REPORT
    assert result.err.startswith("Coded 1 document: 1 event, 8 claims.")


def test_the_schema_that_is_printed_is_the_one_that_holds(call: Call, row: str) -> None:
    schema = json.loads(call("schema").out)
    line = json.loads(call("code", "-", "--json", stdin=row.encode()).out)
    assert list(Draft202012Validator(schema).iter_errors(line)) == []


def test_the_table_says_who_says_what_in_which_words(call: Call, row: str) -> None:
    out = call("code", "-", stdin=row.encode()).out
    for words in (
        "Raid on Orrin", "Lowland Post, 2021-03-04", "air strike", "2021-03-02", "Orrin, Lowland, XXA",
        "claimed by party", "by Orrin Guard (claimed)", "killed 0-30 (best 30)", "up to 30 gunmen",
        "“killed up to 30 gunmen”", "Free Column denies it", "the governor has not spoken", "controls 50% (the valley)",
        "A number was read as no quantity",
    ):  # fmt: skip
        assert words in out, words
    assert "\x1b" not in out


def test_no_control_character_of_a_report_reaches_the_terminal(call: Call) -> None:
    row = json.dumps({"text": fakes.REPORT, "title": "\x1b[2JRaid\x07\x9b", "publisher": "A\x1b]0;x"})
    out = call("code", "-", stdin=row.encode()).out
    assert "\x1b" not in out
    assert "\x9b" not in out
    assert "Raid" in out


def test_options_fill_in_what_is_not_stated(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.jsonl").write_text('{"text": "y", "publisher": "Own"}')
    result = call("code", "a.txt", "b.jsonl", "--published", "2021-03-04", "--publisher", "Post", "--json")
    documents = [json.loads(line)["document"] for line in result.out.splitlines()]
    assert [d["publisher"] for d in documents] == ["Post", "Own"]
    assert {d["published"] for d in documents} == {"2021-03-04"}


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "words"),
    [
        (("code",), b"", 2, "Name a file"),
        (("code", "-", "--published", "yesterday"), b"x", 2, "YYYY-MM-DD"),
        (("code", "-", "--encoding", "klingon"), b"x", 2, "klingon"),
        (("code", "-", "--workers", "-1"), b"x", 2, "workers"),
        (("code", "-", "--colour"), b"x", 2, "No such option"),
        (("cod",), b"", 2, "No such command"),
        (("code", "none.txt"), b"", 4, "none.txt: there is no such file"),
        (("code", "-"), b"", 4, "standard input: it is empty"),
        (("code", "-"), b'{"text": "a"}\nnonsense\n', 3, "standard input line 2: it is not JSON"),
        (("code", "-"), b'{"text": "BREAK"}\n{"text": "a"}', 3, "line 1: it could not be coded"),
        (("code", "-"), b"BREAK", 1, "could not be coded"),
        (("code", "-"), b'{"text": "a", "colour": "red"}', 0, "The field colour is not read"),
        (("code", "-"), b"a", 0, "Issues to look at: nothing_found 1"),
    ],
)
def test_exit_codes(call: Call, arguments: tuple[str, ...], stdin: bytes, code: int, words: str) -> None:
    result = call(*arguments, stdin=stdin)
    assert result.code == code, result.err
    assert words in result.err
    assert "Traceback" not in result.err


def test_the_summary_counts_what_was_left_out(call: Call, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("a")
    (tmp_path / "in" / "b.txt").write_text("")
    (tmp_path / "in" / "c.png").write_text("c")
    result = call("code", "in", "--json")
    assert result.code == 3
    assert "Left out: in/b.txt: it is empty" in result.err
    assert "Not read, since no text, HTML, PDF or JSON Lines: in/c.png." in result.err
    assert "Left out 1 of 2, named above." in result.err


def test_verbose_shows_where_it_broke(call: Call) -> None:
    assert "Traceback" in call("code", "-", "-v", stdin=b"BREAK").err


def test_workers_print_the_same(call: Call) -> None:
    rows = "\n".join(json.dumps({"text": fakes.REPORT, "id": n}) for n in range(6)).encode()
    alone = call("code", "-", "--json", stdin=rows)
    shared = call("code", "-", "--json", "--workers", "2", stdin=rows)
    assert shared.out == alone.out
    assert len(alone.out.splitlines()) == 6


def test_settings_come_from_the_environment_and_the_project(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "project.toml").write_text("max_characters = 3\n")
    assert "3 is the most for one document" in call("code", "-", stdin=b"abcd").err
    monkeypatch.setenv("ACCORDING_MAX_CHARACTERS", "10")
    assert call("code", "-", stdin=b"abcd").code == 0
    (tmp_path / "project.toml").write_text("max_caracters = 3\n")
    result = call("code", "-", stdin=b"abcd")
    assert result.code == 4
    assert "did you mean max_characters?" in result.err


def test_help_is_quick_and_needs_no_model() -> None:
    check = "import sys, according.cli as c\ntry: c.main(['--help'])\nexcept SystemExit: pass\n"
    done = subprocess.run(
        [sys.executable, "-c", check + "assert not {'spacy', 'pydantic', 'rich', 'sqlalchemy'} & set(sys.modules)"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"explain" in done.stdout


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import fakes; from according.cli import main, reading\n"
        "reading.coder_for = lambda settings: fakes.make_coder\n"
        "main(['code', 'rows.jsonl', '--json'])\n"
    )
    rows = "\n".join(json.dumps({"text": fakes.REPORT * 20, "id": n}) for n in range(200))
    (tmp_path / "rows.jsonl").write_text(rows)
    tests = str(Path(fakes.__file__).parent)
    command = [sys.executable, "-c", program, tests]
    said = tmp_path / "said.txt"
    with (
        said.open("wb") as talk,
        subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=talk) as process,
    ):
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
    assert said.read_bytes() == b""
    assert process.returncode == 0


def test_samples_are_in_the_package(call: Call) -> None:
    result = call("code", "--samples", "--json")
    documents = [json.loads(line)["document"] for line in result.out.splitlines()]
    assert len(documents) == 6
    assert sum(d["published"] is None for d in documents) == 1
    assert all(len(d["text"]) > 300 for d in documents)
    assert os.environ.get("NO_COLOR") is None or "\x1b" not in result.out
