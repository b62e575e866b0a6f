"""Words around names that tell whether a name is a place and which kind: data/places/words.csv."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from according.errors import InvalidRule

ROLES = frozenset(
    {
        "disease",
        "connector",
        "describing",
        "near",
        "holding",
        "group_name",
        "class_before",
        "class_after",
        "name_before",
        "preposition",
        "direction",
        "offset",
        "title",
        "organisation",
        "speech",
        "agency",
        "other",
    }
)


@dataclass(frozen=True)
class PlaceWords:
    """For each role the words, with the feature that they give away; the weights of evidence; the names of bodies."""

    roles: Mapping[str, Mapping[str, str]]
    weights: Mapping[str, float]
    bodies: re.Pattern[str]

    def feature(self, role: str, word: str) -> str | None:
        """The feature that a word of this role stands for, or None where it has not this role."""
        return self.roles[role].get(word.lower())

    def has(self, role: str, word: str) -> bool:
        """True where the word has the role."""
        return word.lower() in self.roles[role]


def load_place_words(folder: Path) -> PlaceWords:
    """Read words.csv, evidence.csv and bodies.csv.

    Args:
        folder: where words.csv (id, role, words with a bar between, feature, example, counterexample) and evidence.csv
            (id, weight, example, counterexample) lie.

    Raises:
        InvalidRule: a role is unknown, a cell is empty, or a weight is no number.
    """
    return PlaceWords(_roles(folder / "words.csv"), _weights(folder / "evidence.csv"), _bodies(folder / "bodies.csv"))


def _bodies(path: Path) -> re.Pattern[str]:
    """One pattern for all names of bodies that hold the name of a place; any dash and apostrophe, any case."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for line, cells in enumerate(rows, start=2):
        if not all(cells.get(c) for c in ("id", "name", "example", "counterexample")):
            raise InvalidRule(f"{path.name} line {line}: id, name, example and counterexample must be filled in")
    names = sorted((cells["name"] for cells in rows), key=len, reverse=True)
    parts = (
        r"\s+".join(re.escape(w).replace("'", "['’]").replace(r"\-", "[-–]") for w in name.split()) for name in names
    )
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)


def _weights(path: Path) -> dict[str, float]:
    weights: dict[str, float] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, cells in enumerate(csv.DictReader(file), start=2):
            if not all(cells.get(c) for c in ("id", "weight", "example", "counterexample")):
                raise InvalidRule(f"{path.name} line {line}: id, weight, example and counterexample must be filled in")
            try:
                weights[cells["id"]] = float(cells["weight"])
            except ValueError as error:
                raise InvalidRule(f"{path.name} line {line}: the weight {cells['weight']!r} is no number") from error
    return weights


def _roles(path: Path) -> dict[str, dict[str, str]]:
    roles: dict[str, dict[str, str]] = {role: {} for role in ROLES}
    with path.open(encoding="utf-8", newline="") as file:
        for line, cells in enumerate(csv.DictReader(file), start=2):
            if cells["role"] not in ROLES:
                raise InvalidRule(
                    f"{path.name} line {line}: the role {cells['role']!r} is not one of {', '.join(sorted(ROLES))}"
                )
            words = [w for w in cells["words"].split("|") if w]
            if not words or not cells["example"] or not cells["counterexample"]:
                raise InvalidRule(f"{path.name} line {line}: words, example and counterexample must be filled in")
            roles[cells["role"]].update(dict.fromkeys(words, cells["feature"]))
    return roles
