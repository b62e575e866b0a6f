from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.fixture
def event(call: Call, tmp_path: Path, row: str) -> str:
    """The event of two reports that say the same on two days, by the name of the first's account."""
    assert call("init").code == 0
    later = {**json.loads(row), "id": "r2", "publisher": "Hill Courier", "published": "2021-03-06"}
    assert call("add", "-", stdin=f"{row}\n{json.dumps(later)}".encode()).code == 0
    return str(json.loads(call("events", "--json").out.splitlines()[0])["event"])


def test_the_toll_from_day_to_day(call: Call, event: str) -> None:
    rows = [json.loads(line) for line in call("timeline", event, "--json").out.splitlines()]
    assert rows
    assert [r["day"] for r in rows] == sorted({r["day"] for r in rows})
    assert {"day", "event_type", "status", "killed"} <= set(rows[-1])
    shown = call("timeline", event).out
    assert rows[0]["day"] in shown
    assert "standing" in shown


def test_a_rejected_claim_is_gone_from_it(call: Call, event: str) -> None:
    events = [json.loads(line)["event"] for line in call("events", "--json").out.splitlines()]
    claims = [c for name in events for c in json.loads(call("show", name, "--json").out)["claims"]]
    killed = [c["name"] for c in claims if c["slot"] == "killed"]
    before = json.loads(call("timeline", event, "--json").out.splitlines()[0])
    assert call("decide", "reject", *killed, "--by", "Ana").code == 0
    after = json.loads(call("timeline", event, "--json").out.splitlines()[0])
    assert "killed" in before
    assert "killed" not in after


def test_an_unknown_event_is_named(call: Call, event: str) -> None:
    assert call("timeline", "zzz-zzz").code != 0


def test_an_unknown_rule_is_a_usage_error(call: Call, event: str) -> None:
    assert call("timeline", event, "--rule", "mean").code == 2
