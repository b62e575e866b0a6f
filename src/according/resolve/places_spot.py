"""Finds the spans of a text that name places: names of the gazetteer and others, weighed by the words around them."""

from __future__ import annotations

from dataclasses import replace

from according.annotate import Text
from according.resolve.gazetteer import PlaceStore
from according.resolve.places_evidence import Evidence
from according.resolve.places_key import name_key
from according.resolve.places_unknown import UnknownNames
from according.resolve.places_windows import Spot, Windows, in_list
from according.resolve.places_words import PlaceWords

ACCEPT = 2.0
SURE = 3.0
_CUT = frozenset({"part-of-name", "part-of-body", "person", "title", "disease", "other-word", "money"})


class Spotter:
    """Finds the accepted spots of a text; holds the gazetteer and the words, keeps nothing of a text."""

    def __init__(self, store: PlaceStore, words: PlaceWords) -> None:
        self.windows = Windows(store, words)
        self.evidence = Evidence(store, words)
        self.unknown = UnknownNames(store, words, self.evidence)
        self.words = words

    def spots(self, text: Text) -> tuple[list[Spot], list[Spot]]:
        """The accepted spots of a text, in order, not overlapping; and the names of places that stand for no place."""
        found = [self.evidence.weigh(text, spot) for spot in self.windows.spots(text)]
        found = self._listed(text, found)
        sure = {name_key(s.name) for s in found if s.score >= SURE and not (set(s.reasons) & _CUT)}
        kept = [s for s in (self._repeated(s, sure) for s in found) if s.score >= ACCEPT]
        rest = [s for s in found if s.score < ACCEPT and {"part-of-body", "organisation"} & set(s.reasons)]
        taken = {i for s in kept for i in range(s.start, s.end)}
        taken.update(i for start, end in self.windows.bodies(text) for i in range(start, end))
        kept += [s for s in self.unknown.spots(text, taken) if not taken.intersection(range(s.start, s.end))]
        return sorted(kept, key=lambda s: s.start), rest

    def _repeated(self, spot: Spot, sure: set[str]) -> Spot:
        """A name that is surely a place elsewhere in the text is one here too, unless it is part of another name."""
        if ACCEPT > spot.score > -4 and name_key(spot.name) in sure and not _CUT & set(spot.reasons):
            return replace(spot, score=spot.score + self.words.weights["repeated"], origin="repeated")
        return spot

    def _listed(self, text: Text, spots: list[Spot]) -> list[Spot]:
        """In a list ("A, B and C") a neighbour that is a place speaks for a name; from left to right and back."""
        out = list(spots)
        for order in (range(1, len(out)), range(len(out) - 2, -1, -1)):
            for n in order:
                other = n - 1 if order.step > 0 else n + 1
                one, two = out[min(n, other)], out[max(n, other)]
                weak = out[n].score < SURE and "list" not in out[n].reasons and not _CUT & set(out[n].reasons)
                if weak and out[other].score >= ACCEPT and in_list(text, one, two):
                    score = out[n].score + self.words.weights["list"]
                    out[n] = replace(out[n], score=score, reasons=("list", *out[n].reasons), origin="list")
        return out
