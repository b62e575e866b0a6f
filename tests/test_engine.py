from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

import fakes
from according import engine
from according.acquire import Intake, LeftOut, Why
from according.engine import run
from according.errors import MissingPart
from according.model import Document, Issue
from according.shapes import Contract


def intakes(*texts: str) -> list[Intake | LeftOut]:
    return [Intake(f"row {n}", Document(text=text, key=str(n))) for n, text in enumerate(texts)]


def keys(outcomes: list[Contract | LeftOut]) -> list[str | None]:
    return [o.place if isinstance(o, LeftOut) else o.document.key for o in outcomes]


def test_one_failure_does_not_stop_the_rest() -> None:
    found = list(run(intakes("a", "BREAK", fakes.REPORT), fakes.make_coder))
    assert keys(found) == ["0", "row 1", "2"]
    broken = found[1]
    assert isinstance(broken, LeftOut)
    assert broken.why is Why.FAILED
    assert "RuntimeError in fakes.py" in broken.message
    assert "broken on command" in (broken.detail or "")
    assert isinstance(found[2], Contract)
    assert found[2].claims


def test_it_streams() -> None:
    def endless() -> Iterator[Intake]:
        for n in itertools.count():
            yield Intake(str(n), Document(text="x", key=str(n)))

    outcomes = run(endless(), fakes.make_coder)
    assert keys(list(itertools.islice(outcomes, 3))) == ["0", "1", "2"]
    outcomes.close()  # type: ignore[attr-defined]


def test_what_acquiring_found_odd_is_kept() -> None:
    odd = Intake("a", Document(text="x"), (Issue("unknown_field", "a field"),))
    [contract] = run([odd], fakes.make_coder)
    assert isinstance(contract, Contract)
    assert [i.kind for i in contract.issues] == ["unknown_field", "nothing_found"]


def test_an_unread_language_is_not_coded() -> None:
    foreign = Intake("a", Document(text="BREAK"), (Issue("language_not_read", "French"),))
    [contract] = run([foreign], fakes.make_coder)
    assert isinstance(contract, Contract)
    assert [i.kind for i in contract.issues] == ["language_not_read"]


def test_workers_give_the_same_in_the_same_order() -> None:
    texts = intakes("a", "BREAK", fakes.REPORT, *"bcdefghijk")
    texts.insert(4, LeftOut("row x", "it is empty"))
    alone = list(run(texts, fakes.make_coder))
    shared = list(run(texts, fakes.make_coder, workers=2))
    assert keys(shared) == keys(alone)
    lines = [o.to_line() for o in alone if isinstance(o, Contract)]
    assert [o.to_line() for o in shared if isinstance(o, Contract)] == lines


def test_a_killed_worker_costs_one_document() -> None:
    found = list(run(intakes("a", "b", "DIE", *"cdefghijklm"), fakes.make_coder, workers=2))
    assert [o.place for o in found if isinstance(o, LeftOut)] == ["row 2"]
    assert keys(found)[3:] == [str(n) for n in range(3, 14)]


def test_a_missing_part_is_said_once() -> None:
    for workers in (1, 2):
        with pytest.raises(MissingPart, match="not installed"):
            list(run(intakes("a", "b"), fakes.missing_coder, workers=workers))


def test_rows_in_contracts_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "pipeline_coder", lambda settings: fakes.make_coder())
    [found] = engine.code_many([{"text": fakes.REPORT, "id": 7, "published": "2021-03-04"}])
    assert found["document"]["key"] == "7"
    assert found["claims"][1]["value"] == {"code": "air_strike"}


@pytest.mark.parametrize("workers", [1, 2])
def test_every_row_gives_a_contract(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    monkeypatch.setattr(engine, "partial", lambda *_: fakes.make_coder)
    rows: list[object] = [
        {"id": 1},
        {"text": "BREAK", "id": "two"},
        None,
        {"text": " ", "id": 4},
        {"text": "a", "published": "soon", "id": "five"},
        {"text": fakes.REPORT, "id": 6},
    ]
    found = list(engine.code_many(rows, workers))  # type: ignore[arg-type]
    assert [c["document"]["key"] for c in found] == ["1", "two", None, "4", "five", "6"]
    assert [[i["kind"] for i in c["issues"]] for c in found[:5]] == [["failed"]] * 5
    assert "row 1: it has no text" in found[0]["issues"][0]["message"]
    assert "could not be coded" in found[1]["issues"][0]["message"]
    assert found[1]["document"]["text"] == "BREAK"
    assert [len(c["claims"]) for c in found[:5]] == [0] * 5
    assert found[5]["claims"]
