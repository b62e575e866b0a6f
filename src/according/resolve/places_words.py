"""Words around names that tell whether a name is a place and which kind: data/places/words.csv."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from according.errors import InvalidRule

ROLES = frozenset(
    {
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
    """For each role the words, with the feature that they give away (empty where they give none)."""

    roles: Mapping[str, Mapping[str, str]]

    def feature(self, role: str, word: str) -> str | None:
        """The feature that a word of this role stands for, or None where it has not this role."""
        return self.roles[role].get(word.lower())

    def has(self, role: str, word: str) -> bool:
        """True where the word has the role."""
        return word.lower() in self.roles[role]


def load_place_words(path: Path) -> PlaceWords:
    """Read words.csv.

    Args:
        path: a CSV with the columns id, role, words (a bar between), feature, example, counterexample.

    Raises:
        InvalidRule: a role is unknown, a cell is empty, or an example does not hold.
    """
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
    return PlaceWords(roles)
