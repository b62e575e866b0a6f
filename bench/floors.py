"""Scores that must not fall: pinned to a set, its data's hash and a measure, and only ever raised."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.model import Score

EPSILON = 0.005
"""How far a score may fall below its floor: the noise of a model's rounding on another machine."""


@dataclass(frozen=True)
class Floors:
    """Floors by set, data hash and measure."""

    table: Mapping[str, Mapping[str, Mapping[str, float]]]

    @classmethod
    def read(cls, path: Path) -> Floors:
        """Read the file; no file is no floors.

        Raises:
            ValueError: the file is there and is no JSON.
        """
        return cls(json.loads(path.read_text(encoding="utf-8")) if path.exists() else {})

    def floor(self, name: str, data_hash: str, measure: str) -> float | None:
        """The floor of a measure on this very data, or None."""
        return self.table.get(name, {}).get(data_hash[:16], {}).get(measure)

    def fallen(self, name: str, data_hash: str, scores: Iterable[Score]) -> list[tuple[Score, float]]:
        """The scores that are more than EPSILON below their floor, each with it."""
        pairs = [(s, self.floor(name, data_hash, s.measure)) for s in scores]
        return [(s, f) for s, f in pairs if f is not None and s.value < f - EPSILON]

    def raised(self, name: str, data_hash: str, scores: Iterable[Score]) -> Floors:
        """Floors with those of the target table's measures raised to these scores; none is lowered."""
        own = dict(self.table.get(name, {}).get(data_hash[:16], {}))
        for score in scores:
            if score.reach is not None:
                # Rounded down, or a floor could lie above the score that set it.
                own[score.measure] = max(own.get(score.measure, 0.0), math.floor(score.value * 10000) / 10000)
        return Floors({**self.table, name: {**self.table.get(name, {}), data_hash[:16]: own}})

    def write(self, path: Path) -> None:
        """Write the file, sorted, so that changes read well."""
        path.write_text(json.dumps(self.table, indent=1, sort_keys=True) + "\n", encoding="utf-8")
