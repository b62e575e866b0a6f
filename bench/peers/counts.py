"""gdelt-regkg: people killed, by the rules with which it rebuilds GDELT's counts.

It needs Python 3.12, so it runs under an interpreter of its own where ours is older: the one that
ACCORDING_BENCH_PEER_PYTHON names, else .venv-peers/bin/python in the checkout.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench import contract, data
from bench.model import Case, Contract
from bench.peers.absent import PeerAbsentError

_SCRIPT = Path(__file__).with_name("regkg_script.py")


def _interpreter() -> str:
    named = os.environ.get("ACCORDING_BENCH_PEER_PYTHON")
    if not named and sys.version_info >= (3, 12):
        return sys.executable
    path = Path(named) if named else data.ROOT / ".venv-peers" / "bin" / "python"
    if not path.exists():
        raise PeerAbsentError("needs Python 3.12 and gdelt-regkg in .venv-peers, or ACCORDING_BENCH_PEER_PYTHON")
    return str(path)


def _killed(cases: Sequence[Case]) -> dict[str, list[int]]:
    """Numbers of killed people by key, in the order of the text."""
    lines = "".join(json.dumps({"key": c.key, "text": c.document["text"]}) + "\n" for c in cases)
    done = subprocess.run(
        [_interpreter(), str(_SCRIPT)], input=lines, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise PeerAbsentError(f"does not run: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
    return {row["key"]: row["killed"] for row in map(json.loads, done.stdout.splitlines())}


def _accounts(cases: Sequence[Case], choose: Callable[[list[int]], int]) -> dict[str, Contract]:
    found = _killed(cases)
    return {
        c.key: {
            **contract.blank(c.document),
            "accounts": [contract.account("attack", killed=contract.exactly(choose(found[c.key])))]
            if found[c.key]
            else [],
        }
        for c in cases
    }


def first(cases: Sequence[Case]) -> Mapping[str, Contract]:
    """The first number of killed people."""
    return _accounts(cases, lambda numbers: numbers[0])


def highest(cases: Sequence[Case]) -> Mapping[str, Contract]:
    """The highest."""
    return _accounts(cases, max)
