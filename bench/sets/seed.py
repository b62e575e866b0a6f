"""The seed: one real report with hand-coded claims, scored by the script that lies beside it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from bench import contract
from bench.model import Case, Contract, Miss, Outputs, Result, Score

_TIER = re.compile(r"^tier (\d): (\d+)/(\d+)$", re.MULTILINE)
_FOUND = re.compile(r"^found (\d+)/(\d+); of (\d+) claims (\d+) match", re.MULTILINE)


class Seed:
    """One report. The rules of matching are data of that script and are not copied here."""

    name: str = "seed"
    verb: Literal["code", "link"] = "code"
    secret: bool = False

    def files(self, folder: Path) -> list[Path]:
        """Report, gold, context and script; empty unless all that is needed is there."""
        base = folder.parent / "seed"
        found = [base / name for name in ("context.json", "gold.jsonl", "report.txt", "score.py")]
        return found if all(p.exists() for p in found) else []

    def load(self, folder: Path) -> list[Case]:
        """The one report, with what its readme says of it."""
        base = folder.parent / "seed"
        text = (base / "report.txt").read_text(encoding="utf-8")
        head = {"published": "2018-01-24", "publisher": "BBC News", "language": "en"}
        return [Case("seed", {"id": "seed", "text": text, **head}, base / "score.py")]

    def score(self, cases: Sequence[Case], outputs: Outputs) -> Result:
        """Run the script on our output and read its figures.

        Raises:
            RuntimeError: the script fails or prints no figures.
        """
        case = cases[0]
        output = outputs.get(case.key) or contract.blank(case.document)
        line = json.dumps(output, ensure_ascii=False)
        done = subprocess.run(
            [sys.executable, str(case.gold)], input=line, capture_output=True, text=True, encoding="utf-8", check=False
        )
        found = _FOUND.search(done.stdout)
        if done.returncode or not found:
            raise RuntimeError(f"the seed's script failed: {done.stderr.strip() or done.stdout.strip()}")
        scores = [
            Score("claims of reports", f"tier {tier} recall", int(a) / int(b), int(b), 0.90 if tier == "1" else None)
            for tier, a, b in _TIER.findall(done.stdout)
        ]
        right, rows, total, matched = map(int, found.groups())
        scores.append(Score("claims of reports", "recall of all rows", right / rows, rows))
        scores.append(Score("claims of reports", "share of ours that match", matched / max(1, total), total, 0.60))
        return Result(tuple(scores), tuple(_misses(done.stdout)))

    def oracle(self, case: Case) -> Contract:
        """None: what matches is the script's to say."""
        return contract.blank(case.document)


def _misses(printed: str) -> list[Miss]:
    found = []
    for line in printed.splitlines():
        if line.startswith("miss "):
            tier = re.search(r"tier (\d)", line)
            found.append(
                Miss(4.0 - int(tier[1]) if tier else 1.0, "seed", "claims of reports", "", line[5:], "nothing")
            )
        elif line.startswith("unmatched: "):
            found.append(Miss(0.5, "seed", "claims of reports", "", "nothing", line[11:]))
    return found
