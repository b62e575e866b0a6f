"""From the origin of a claim ("triggers#air-strike") to the row of the rules that made it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from according.rules import DATA


def rule_row(origin: str) -> Mapping[str, str]:
    """The cells of a rule's row, by column; empty where the origin names no row of a lexicon."""
    name, _, identifier = origin.partition("#")
    return _rows(name).get(identifier, {})


@cache
def _rows(name: str) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for path in sorted((DATA / "lexicon").glob("*.csv")):
        if path.stem == name:
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    found[row["id"]] = {k: v for k, v in row.items() if k and k != "id" and v}
    return found
