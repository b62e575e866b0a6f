"""The weights of linking as they stand in data/link_weights.yaml: radii, comparisons, their levels and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from according.errors import InvalidRule
from according.values import PlacePrecision

# The levels that the comparisons of `levels.py` can give; the file must weigh each of them and no other.
LEVELS: Mapping[str, tuple[str, ...]] = {
    "time": ("same_day", "within_days", "within_weeks", "within_long", "next_day", "days_apart", "far", "missing"),
    "place": ("same_place", "same_point", "close", "within", "outside", "within_area", "far", "country_only",
              "missing"),
    "actors": ("same", "some_shared", "same_side", "other_of_side", "other_side", "different", "unnamed", "missing"),
    "type": ("same", "family", "vague", "different", "other_means", "missing"),
    "killed": ("equal", "equal_small", "close", "apart", "far_apart", "some_or_none", "none_told", "missing"),
    "injured": ("equal", "equal_small", "close", "apart", "far_apart", "some_or_none", "none_told", "missing"),
    "publisher": ("different", "same", "same_unknown_document", "same_document", "missing"),
    "copies": ("copies", "own_words"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison: its name, the weight that it adds, and a sentence with {a} and {b} for the values."""

    name: str
    weight: float
    sentence: str


@dataclass(frozen=True)
class Weights:
    """All that linking is set by.

    Args:
        prior: what the sum starts from; a pair whose sum is above 0 is taken as the same.
        shown: pairs that were kept apart are reported as different where their sum is above this.
        absent: the score of a pair of one large component that was not compared.
        max_gap_days: accounts further apart in time are never compared.
        radius_km: radius of a place whose own radius is not known, by precision; a place with a radius above
            `coarse_km` is an area, and one without a point is compared by country alone.
        margin_km: [share of the radius, at most km] by which a place reaches beyond its radius before it is far.
        comparisons: the levels of each comparison, in the order of `LEVELS`.
        fitted: what the weights were fitted to (file hash, rows, pairs).
    """

    prior: float
    shown: float
    absent: float
    max_gap_days: int
    radius_km: Mapping[str, float]
    coarse_km: float
    margin_km: tuple[float, float]
    comparisons: Mapping[str, tuple[Level, ...]]
    fitted: Mapping[str, Any]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The comparisons in their order."""
        return tuple(self.comparisons)

    def radius_of(self, precision: PlacePrecision | None) -> float | None:
        """Radius in km of a place of a precision; None where its point stands for no more than the country."""
        return self.radius_km.get("unknown" if precision is None else precision.value)


def load_weights(path: Path) -> Weights:
    """Read the weights.

    Raises:
        InvalidRule: a part is missing, a number is no number, or the levels are not those that the code gives.
    """
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        comparisons = {name: _levels(path, name, content["comparisons"][name]) for name in LEVELS}
        settings = content["settings"]
        return Weights(
            prior=float(content["prior"]),
            shown=float(settings["shown"]),
            absent=float(settings["absent"]),
            max_gap_days=int(settings["max_gap_days"]),
            radius_km={str(k): float(v) for k, v in settings["radius_km"].items()},
            coarse_km=float(settings["coarse_km"]),
            margin_km=(float(settings["margin_km"][0]), float(settings["margin_km"][1])),
            comparisons=comparisons,
            fitted=dict(content["fitted"]),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise InvalidRule(f"{path.name} lacks a part or has a wrong value: {error}; see docs/linking.md") from error


def _levels(path: Path, name: str, rows: Any) -> tuple[Level, ...]:
    if tuple(rows) != LEVELS[name]:
        raise InvalidRule(f"{path.name}: {name} must weigh exactly {', '.join(LEVELS[name])}, in this order")
    return tuple(Level(level, float(row["weight"]), str(row["sentence"])) for level, row in rows.items())
