"""The command line as a user calls it, with the pipeline stood in for."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import fakes
from according import cli
from according.cli import reading


@dataclass(frozen=True)
class Result:
    """What a call gave."""

    code: int
    out: str
    err: str


Call = Callable[..., Result]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Call:
    """Call the command line in an empty folder: `call("code", "a.txt", stdin=b"...")`."""
    monkeypatch.setattr(reading, "coder_for", lambda settings: fakes.make_coder)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: bytes = b"") -> Result:
        capfdbinary.readouterr()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as left:
            cli.main(list(arguments))
        out, err = capfdbinary.readouterr()
        assert isinstance(left.value.code, int)
        return Result(left.value.code, out.decode(), err.decode())

    return run


@pytest.fixture
def row() -> str:
    """The report that the stand-in knows, as a JSON row."""
    fields = {"title": "Raid on Orrin", "publisher": "Lowland Post", "published": "2021-03-04"}
    return json.dumps({"text": fakes.REPORT, "id": "r1", **fields})
