from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import according

Call = Callable[..., object]
ROW = {"event_type": "armed_clash", "date": "2016-03-04", "actors": ["Tamsk Guard"], "killed": 3, "publisher": "Post"}
PLACE = {"name": "Olverra", "country": "QQA", "latitude": 4.5, "longitude": 9.25, "precision": "settlement"}


def rows(*keys: str) -> str:
    return "".join(json.dumps({"key": key, "place": PLACE, **ROW, "publisher": key}) + "\n" for key in keys)


def test_rows_come_back_with_their_event_and_the_reasons(call: Call) -> None:
    found = call("link", "-", "--json", stdin=rows("b", "a").encode())
    assert found.code == 0
    one, other = (json.loads(line) for line in found.out.splitlines())
    assert (one["key"], other["key"]) == ("a", "b")
    assert one["event"] == other["event"]
    [tie] = one["links"]
    assert (tie["key"], tie["relation"]) == ("b", "same")
    assert {"name", "level", "values", "weight", "sentence"} == set(tie["levels"][0])
    assert "Linked 2 accounts" in found.err


def test_a_person_reads_a_table(call: Call, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(rows("a", "b") + '{"key": "far", "date": "1999-01-01"}\n', encoding="utf-8")
    found = call("link", "rows.jsonl")
    assert found.code == 0
    assert "same b" in found.out
    assert "Olverra" in found.out
    assert "none came near" in found.out


def test_a_row_that_cannot_be_read_does_not_stop_the_others(call: Call) -> None:
    found = call("link", "-", "--json", stdin=(rows("a") + '{"date": "2016-03-04"}\nnot json\n\n').encode())
    assert found.code == 3
    assert len(found.out.splitlines()) == 1
    assert "row 2" in found.err
    assert "line 3: it is not JSON" in found.err
    assert call("link", "-", stdin=b"").code == 4
    assert call("link", "none.jsonl").code == 4
    assert call("link", "-", "--json", stdin=rows("a", "a").encode()).code == 4


def test_what_code_prints_can_be_linked(call: Call, row: str) -> None:
    coded = call("code", "-", "--json", stdin=f"{row}\n{row}".replace('"r1"', '"r2"', 1).encode())
    linked = call("link", "-", "--json", stdin=coded.out.encode())
    assert linked.code == 0
    assert len({json.loads(line)["event"] for line in linked.out.splitlines()}) == 1


def test_the_call_is_public() -> None:
    assert [r["key"] for r in according.link_rows([{"key": "b"}, {"key": "a"}])] == ["b", "a"]
