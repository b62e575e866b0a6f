"""What the pipeline is put together from: protocols, and the `Kit` that carries one choice of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from according.annotate import Annotator, Text
from according.model import Issue, Mention
from according.relevance import Relevance
from according.rules import Lexicon


class ActorFinder(Protocol):
    """Finds and resolves actors and persons: `resolve.actors.ActorIndex`."""

    def survey(self, text: Text) -> tuple[Sequence[Mention], Sequence[Issue]]:
        """Mentions of kind actor and person in order, each with an `ActorRef` (may overlap places); what is unsure."""


class PlaceFinder(Protocol):
    """Finds and resolves places: `resolve.places.Gazetteer`."""

    def find_with_issues(self, text: Text) -> tuple[Sequence[Mention], Sequence[Issue]]:
        """Mentions of kind place in order of place, with a `PlaceRef` each, and an issue for each name not found."""


class TimeFinder(Protocol):
    """Finds and resolves expressions of time: `resolve.dates.DateResolver`."""

    def find(self, text: Text) -> Sequence[Mention]:
        """Mentions of kind time in order of place, with a `DateRange` each."""


@dataclass(frozen=True)
class Kit:
    """One choice of every part; `code` is handed one and opens nothing itself."""

    annotator: Annotator
    lexicons: Mapping[str, Lexicon]
    slots: Mapping[str, Mapping[str, object]]
    event_types: Mapping[str, Mapping[str, object]]
    actors: ActorFinder
    places: PlaceFinder
    times: TimeFinder
    relevance: Relevance | None = None
