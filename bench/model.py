"""The nouns of the benchmark: a case with its gold, a score, a miss, and what a set must offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

Contract = dict[str, Any]
"""One JSON object as the contract has it: document, accounts, claims, mentions, attributions, issues."""

Outputs = Mapping[str, Contract]
"""Contracts by the key of their case."""


@dataclass(frozen=True, slots=True)
class Case:
    """One text (or, for linking, one table) with its gold.

    Args:
        key: unique in its set; comes back as `document.key`.
        document: what is fed in: `id`, `text` and any of title, url, publisher, published, language.
        gold: what the set says, in a shape that only its own module knows.
    """

    key: str
    document: Mapping[str, Any]
    gold: Any


@dataclass(frozen=True, slots=True)
class Score:
    """One line of the table.

    Args:
        layer: what is measured, in the words of the target table.
        measure: the name of the figure, unique in its set; floors hang on it.
        value: 0 to 1.
        n: of how many judgements.
        reach: what done means, or None for a figure that only helps to understand.
        stretch: where it is going, or None.
    """

    layer: str
    measure: str
    value: float
    n: int
    reach: float | None = None
    stretch: float | None = None


@dataclass(frozen=True, slots=True, order=True)
class Miss:
    """One case that went wrong; the higher the cost the worse."""

    cost: float
    key: str
    layer: str = field(compare=False)
    text: str = field(compare=False)
    gold: str = field(compare=False)
    ours: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Result:
    """All that one set says about one system."""

    scores: tuple[Score, ...]
    misses: tuple[Miss, ...] = ()

    def value(self, measure: str) -> float:
        """The value of one measure.

        Raises:
            KeyError: there is no such measure.
        """
        for score in self.scores:
            if score.measure == measure:
                return score.value
        raise KeyError(measure)


class Benchmark(Protocol):
    """A gold set: where it lies, how it is read and how it is scored."""

    @property
    def name(self) -> str:
        """The name that the command line uses."""

    @property
    def verb(self) -> Literal["code", "link"]:
        """Which call of the system the set judges."""

    @property
    def secret(self) -> bool:
        """True where texts and misses must not be shown or cached."""

    def files(self, data: Path) -> list[Path]:
        """The files of the set under the data folder, those that are there; empty where the set is absent."""

    def load(self, data: Path) -> list[Case]:
        """Read the set.

        Raises:
            OSError, ValueError: a file is there but cannot be read.
        """

    def score(self, cases: Sequence[Case], outputs: Outputs) -> Result:
        """Judge the outputs; a case without output counts as one without any finding."""

    def oracle(self, case: Case) -> Contract:
        """The gold in the shape of an output: the ceiling of this scorer."""
