from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

import fakes

Call = Callable[..., Any]
ANA = ("--by", "Ana")


@pytest.fixture
def project(call: Call, tmp_path: Path, row: str) -> Path:
    """A project that holds the report."""
    assert call("init").code == 0
    assert call("add", "-", stdin=row.encode()).code == 0
    return tmp_path


@pytest.fixture
def names(call: Call, project: Path) -> dict[str, str]:
    """Names of the event and of its claims by slot; "killed" is the guard's."""
    [event] = [json.loads(line)["event"] for line in call("events", "--json").out.splitlines()]
    claims = json.loads(call("show", event, "--json").out)["claims"]
    return {"event": event, **{c["slot"]: c["name"] for c in reversed(claims)}}


def entries(call: Call, *options: str) -> list[dict[str, Any]]:
    result = call("log", "--json", *options)
    assert result.code == 0, result.err
    return [json.loads(line) for line in result.out.splitlines()]


def done(call: Call, *arguments: str) -> list[list[str]]:
    result = call(*arguments)
    assert result.code == 0, result.err
    return [line.split("\t") for line in result.out.splitlines()]


def test_a_decision_is_written_and_listed(call: Call, names: dict[str, str]) -> None:
    [line] = done(call, "decide", "reject", names["killed"], *ANA, "--reason", "no number of dead")
    assert line[0] == "reject"
    assert "killed" in line[2]
    [entry] = entries(call)
    assert (entry["by"], entry["act"], entry["reason"]) == ("Ana", "reject", "no number of dead")
    assert entry["seen"]["origin"] == "fake#1"
    listed = call("log").out
    for words in ("reject", "Ana", "no number of dead", "killed"):
        assert words in listed
    assert call("verify").code == 0


def test_who_decides_must_be_known(call: Call, names: dict[str, str], project: Path) -> None:
    nobody = call("decide", "accept", names["killed"])
    assert nobody.code == 2
    assert "--by NAME" in nobody.err
    (project / "project.toml").write_text('by = "Ben"\n')
    done(call, "decide", "accept", names["killed"])
    assert entries(call)[0]["by"] == "Ben"


def test_several_claims_at_once(call: Call, names: dict[str, str]) -> None:
    chosen = [names[slot] for slot in ("killed", "date", "place")]
    assert len(done(call, "decide", "accept", *chosen, chosen[0], *ANA)) == 3
    wrong = call("decide", "accept", names["date"], "zzzzz", *ANA)
    assert wrong.code == 4
    assert "no claim 'zzzzz'" in wrong.err
    assert len(entries(call)) == 3


def test_a_correction_keeps_what_it_does_not_name(call: Call, names: dict[str, str]) -> None:
    done(call, "decide", "correct", names["killed"], "--value", '{"low": 12}', *ANA)
    [entry] = entries(call)
    value = entry["correction"]["value"]
    assert value["range"] == {"low": 12, "high": 30, "kind": "bound", "word": None, "bound": None}
    assert (value["group"], value["status"]) == ("gunmen", "combatant")
    done(call, "decide", "correct", names["killed"], "--value", '{"high": 20}', *ANA)
    assert entries(call)[1]["correction"]["value"]["range"]["low"] == 12  # from the first correction
    done(call, "decide", "correct", names["killed"], "--speaker", "Free Column", "--stance", "doubts", *ANA)
    assert entries(call)[2]["correction"]["speaker"]["id"] == "a2"


@pytest.mark.parametrize(
    ("written", "low", "high"), [("12", 12, 12), ("10-14", 10, 14), ("10-", 10, None), ("-14", None, 14)]
)
def test_numbers_may_be_written_plainly(
    call: Call, names: dict[str, str], written: str, low: int | None, high: int | None
) -> None:
    done(call, "decide", "correct", names["killed"], f"--value={written}", *ANA)
    found = entries(call)[0]["correction"]["value"]["range"]
    assert (found["low"], found["high"]) == (low, high)
    assert found["kind"] == ("exact" if low == high else "bound")


@pytest.mark.parametrize(
    ("slot", "options", "words"),
    [
        ("killed", ("--value", "many"), "is no number"),
        ("killed", ("--value", '{"lwo": 3}'), "lwo"),
        ("killed", ("--value", '{"low": 50}'), "above its high"),
        ("date", ("--value", "Tuesday"), "not an ISO"),
        ("event_type", ("--value", "nonesuch"), "no event type"),
        ("killed", (), "corrects nothing"),
        ("killed", ("--clear", "slot"), "cannot be cleared"),
        ("killed", ("--slot", "nonesuch"), "no slot"),
        ("killed", ("--quote", "not in the text"), "does not have the words"),
        ("killed", ("--span", "5-2"), "no stretch"),
        ("killed", ("--span", "0-3", "--quote", "xyz"), "has 'The' at 0-3"),
    ],
)
def test_what_cannot_be_read_is_said(
    call: Call, names: dict[str, str], slot: str, options: tuple[str, ...], words: str
) -> None:
    result = call("decide", "correct", names[slot], *options, *ANA)
    assert result.code == 4
    assert words in result.err
    assert entries(call) == []


def test_a_missed_claim_is_added_by_its_words(call: Call, names: dict[str, str]) -> None:
    quote = ("--slot", "weapon", "--quote", "an air strike", "--value", "aerial")
    [line] = done(call, "decide", "add", "r1", *quote, "--speaker", "orrin guard", "--certainty", "probable", *ANA)
    assert line[0] == "add"
    [entry] = entries(call)
    added = entry["added"]
    assert added["speaker"]["id"] == "a1"
    assert added["evidence"][0]["quote"] == "an air strike"
    assert fakes.REPORT[added["evidence"][0]["start"] :].startswith("an air strike")
    assert len(added["accounts"]) == 1  # the report's only event
    done(call, "decide", "reject", line[2].split()[0], "--by", "Ben")
    done(call, "decide", "add", "r1", "--slot", "opinion", "--quote", "We hold", "--value", "pride", *ANA)
    last = entries(call)[-1]["added"]
    assert (last["accounts"], last["speaker"]["kind"]) == ([], "publisher")


def test_words_that_stand_twice_need_their_place(call: Call, names: dict[str, str]) -> None:
    result = call("decide", "add", "r1", "--slot", "basis", "--quote", "Orrin", "--value", "x", *ANA)
    assert result.code == 4
    assert "stands 2 times" in result.err
    span = result.err.split("--span: ")[1].split(",")[0]
    done(call, "decide", "add", "r1", "--slot", "basis", "--span", span, "--value", "x", *ANA)
    assert call("decide", "add", "r9", "--slot", "basis", "--quote", "x", *ANA).code == 4


def test_create_and_move(call: Call, names: dict[str, str]) -> None:
    [line] = done(call, "decide", "create", "r1", "--type", "armed_clash", "--claim", names["date"], *ANA)
    new = line[2].split()[0]
    done(call, "decide", "move", names["killed"], "--to", new, *ANA)
    done(call, "decide", "move", names["place"], *ANA)
    done(call, "decide", "add", "r1", "--slot", "weapon", "--quote", "air strike", "--value", "aerial",
         "--event", new, *ANA)  # fmt: skip
    acts = entries(call)
    assert acts[0]["created"]["event_type"] == "armed_clash"
    assert acts[1]["to"] == [{"account": acts[0]["created"]["id"], "claims": acts[0]["created"]["claims"]}]
    assert "to" not in acts[2]
    assert call("decide", "create", "r1", "--type", "nonesuch", *ANA).code == 4
    ambiguous = call("decide", "add", "r1", "--slot", "weapon", "--quote", "air strike", "--value", "aerial", *ANA)
    assert ambiguous.code == 4
    assert "has 2 events; say which with --event" in ambiguous.err


@pytest.fixture
def two(call: Call, names: dict[str, str]) -> list[str]:
    """Names of the same event as two reports tell it."""
    other = {
        "text": fakes.REPORT + " More is not known.",
        "id": "r2",
        "publisher": "Hill Daily",
        "published": "2021-03-04",
    }
    assert call("add", "-", stdin=json.dumps(other).encode()).code == 0
    return [json.loads(line)["event"] for line in call("events", "--json").out.splitlines()]


def test_links_carry_the_machines_score(call: Call, two: list[str]) -> None:
    for verb, act in (("same", "same"), ("different", "different"), ("part-of", "part_of")):
        [line] = done(call, "decide", verb, *two, *ANA)
        assert line[0] == act
    acts = entries(call)
    assert [a["act"] for a in acts] == ["same", "different", "part_of"]
    assert all(isinstance(a["score"], float) for a in acts)
    assert call("decide", "same", two[0], two[0], *ANA).code == 4
    homeless = call("decide", "move", two[0], *ANA)
    assert homeless.code == 4
    assert "--to EVENT" in homeless.err


def test_whole_events_are_judged_and_accounts_leave_theirs(call: Call, two: list[str]) -> None:
    far = {"id": "r3", "publisher": "Far Post", "published": "2021-03-04", "text": fakes.REPORT + " A third tells it."}
    assert call("add", "-", stdin=json.dumps(far).encode()).code == 0
    third = next(line["event"] for line in map(json.loads, call("events", "--json").out.splitlines())
                 if line["document"]["key"] == "r3")  # fmt: skip
    done(call, "decide", "different", third, two[0], *ANA)
    done(call, "decide", "different", third, two[1], *ANA)
    assert call("decide", "move", two[0], "--to", two[1], *ANA).code == 4  # the machine has the two as one event
    done(call, "decide", "move", two[0], "--to", third, *ANA)
    last = entries(call)[-1]
    assert (len(last["accounts"]), len(last["to"])) == (2, 1)  # it leaves the other one
    done(call, "decide", "same", two[1], third, *ANA)
    last = entries(call)[-1]
    assert (len(last["accounts"]), len(last["to"])) == (1, 2)  # the other event has two accounts by now
    assert entries(call, "--again") == []


def test_a_claim_moves_within_its_report_only(call: Call, two: list[str], names: dict[str, str]) -> None:
    other = next(name for name in two if name != names["event"])
    result = call("decide", "move", names["killed"], "--to", other, *ANA)
    assert result.code == 4
    assert "another report" in result.err


def test_sides_and_findings(call: Call, names: dict[str, str]) -> None:
    sides = ("decide", "sides", names["event"], "--initiator", "a", "--target", "b", "--violence", "1")
    done(call, *sides, "--cell", "dyad_name=Orrin - Column", "--cell", "side_a=Orrin", *ANA)
    assert entries(call)[0]["sides"]["cells"][0] == ["dyad_name", "Orrin - Column"]
    for wrong in ("dyad=x", "dyad_name", "type_of_violence=2"):
        assert call(*sides, "--cell", wrong, *ANA).code == 4
    numbers = ("decide", "finding", names["event"], "killed", "--low", "3", "--best", "5")
    no_reason = call(*numbers, *ANA)
    assert no_reason.code == 2
    assert "--reason" in no_reason.err
    done(call, *numbers, *ANA, "--reason", "the list of names")
    assert entries(call)[1]["finding"]["best"] == 5
    for wrong in (("place", "--low", "3"), ("killed", "--value", "3"), ("killed", "--low", "9", "--best", "3"), ("x",)):
        assert call("decide", "finding", names["event"], *wrong, *ANA, "--reason", "r").code == 4


def test_undo_takes_back_one_or_the_last_own(call: Call, names: dict[str, str]) -> None:
    done(call, "decide", "reject", names["killed"], *ANA)
    done(call, "decide", "accept", names["date"], names["place"], *ANA)
    done(call, "decide", "accept", names["occurred"], "--by", "Ben")
    assert done(call, "undo", "--last", "2", *ANA)[0][0] == "undo"
    assert [e["undone"] for e in entries(call)] == [False, True, True, False, False]
    too_many = call("undo", "--last", "2", *ANA)
    assert too_many.code == 4
    assert "Ana has 1 decisions" in too_many.err
    first, *_, undo = entries(call)
    done(call, "undo", first["name"][:11], *ANA)
    done(call, "undo", undo["name"], *ANA)  # an undo is undone: the two count again
    assert [e["undone"] for e in entries(call)] == [True, False, False, False, True, False, False]
    assert call("undo", first["name"], *ANA).code == 4
    assert call("undo", *ANA).code == 2
    assert call("undo", first["name"], "--last", "1", *ANA).code == 2
    assert call("undo", "zzzzz", *ANA).code == 4
    assert "(undone)" in call("log").out


def test_the_log_can_be_narrowed(call: Call, names: dict[str, str]) -> None:
    done(call, "decide", "accept", names["killed"], names["date"], *ANA)
    done(call, "decide", "accept", names["killed"], "--by", "Ben")
    assert [e["by"] for e in entries(call, "--claim", names["killed"])] == ["Ana", "Ben"]
    assert [e["by"] for e in entries(call, "--by", "Ben")] == ["Ben"]
    assert entries(call, "--event", names["event"]) == []
    assert call("log", "--claim", "zzzzz").code == 4
    assert len(entries(call)) == 3


def test_a_change_in_between_is_a_conflict(call: Call, names: dict[str, str]) -> None:
    done(call, "decide", "accept", names["killed"], *ANA)
    late = call("decide", "reject", names["killed"], "--by", "Ben", "--since", "0")
    assert late.code == 1
    assert "Ana decided about the same thing" in late.err
    done(call, "decide", "reject", names["date"], "--by", "Ben", "--since", "0")
    done(call, "decide", "reject", names["killed"], "--by", "Ben", "--since", "2")
    [question] = entries(call, "--again")
    assert question["again"]["why"] == "disagreement"
    assert "Ben has reject, Ana has accept" in call("log", "--again").out


def test_decisions_survive_a_rebuild_and_come_up_where_the_claim_is_gone(
    call: Call, names: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from according.cli import reading
    from according.engine import coder_of

    done(call, "decide", "reject", names["killed"], names["date"], *ANA)
    assert call("rebuild").code == 0
    assert "Nothing comes up" in call("log", "--again").err

    def poorer(document: Any) -> Any:
        coding = fakes.code(document)
        return replace(coding, claims=tuple(c for c in coding.claims if c.slot != "date"))

    monkeypatch.setattr(reading, "coder_for", lambda settings: lambda: coder_of(poorer))
    assert call("rebuild").code == 0
    [question] = entries(call, "--again")
    assert question["again"]["why"] == "gone"
    assert question["seen"]["slot"] == "date"
    done(call, "undo", question["name"], *ANA)  # a claim that is gone can still be named by what was decided
    assert entries(call, "--again") == []


def test_verify_finds_a_changed_decision(call: Call, names: dict[str, str], project: Path) -> None:
    done(call, "decide", "reject", names["killed"], *ANA)
    engine = create_engine(f"sqlite:///{project / 'according.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("update decision set content = replace(content, 'Ana', 'Eve')"))
    result = call("verify")
    assert result.code == 5
    assert "decision 1 was changed" in result.err
