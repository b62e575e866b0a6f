"""Names that the gazetteer lacks, where the words around them leave no doubt that they are places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from according.annotate import Text
from according.resolve.gazetteer import PlaceStore
from according.resolve.places_evidence import Evidence
from according.resolve.places_key import name_key
from according.resolve.places_windows import LONGEST, Spot, may_open
from according.resolve.places_words import PlaceWords

_INSIDE = frozenset({"-", "de", "del", "la", "al", "el", "'", "e", "da", "do", "dos", "di", "el-", "al-"})


class UnknownNames:
    """Finds spots without places; holds the gazetteer and the words, keeps nothing of a text."""

    def __init__(self, store: PlaceStore, words: PlaceWords, evidence: Evidence) -> None:
        self.store = store
        self.words = words
        self.evidence = evidence

    def spots(self, text: Text, taken: set[int]) -> Iterator[Spot]:
        """Capitalised names outside `taken` in a clear place context; tentative ones after a mere preposition."""
        doc, i = text.doc, 0
        known: set[str] = set()
        waiting: list[Spot] = []
        while i < len(doc):
            if i in taken or not may_open(doc, i):
                i += 1
                continue
            end = self._end(doc, i, taken)
            spot = self._judge(text, i, end, taken)
            if spot is not None and not spot.tentative:
                known.add(name_key(spot.name))
                yield spot
            elif spot is not None:
                waiting.append(spot)
            i = max(end, i + 1)
        for spot in waiting:
            yield replace(spot, tentative=name_key(spot.name) not in known)

    def _end(self, doc: Doc, i: int, taken: set[int]) -> int:
        """End of the run of capitalised tokens from i on, with the connectors inside it."""
        end = j = i + 1 if doc[i].text[:1].isupper() else i + 3
        while j < len(doc) and j not in taken and not doc[j].is_sent_start and j - i < LONGEST:
            word = doc[j].text
            if word[:1].isupper() and word.replace("-", "").isalpha():
                end = j + 1
            elif word not in _INSIDE and not (
                word == "of" and j == i + 1 and self.words.has("name_before", doc[i].text)
            ):
                break
            j += 1
        return min(end, len(doc))

    def _judge(self, text: Text, i: int, end: int, taken: set[int]) -> Spot | None:
        doc = text.doc
        if (doc[i].is_sent_start and doc[i].pos_ != "PROPN") or self._is_other(doc, i, end):
            return None
        name = text.document.text[text.starts[i] : text.ends[end - 1]]
        shouted = name.isupper() and len(name) < 6
        if (
            len(name) < 3
            or shouted
            or any(c.isdigit() for c in name)
            or any(name_key(t.text) in self.store.demonyms for t in doc[i:end])
        ):
            return None
        spot = Spot(i, end, name, (), i)
        reasons = list(dict.fromkeys([*self.evidence.by_left(spot, doc), *self._by_label(spot, doc)]))
        reasons += [r for r in self.evidence.by_right(text, spot) if r not in reasons]
        score = sum(self.words.weights[r] for r in reasons)
        spot = replace(
            spot, score=score, origin="unknown-name", reasons=tuple(reasons), feature=self.evidence.feature(doc, spot)
        )
        clear = bool({"class-before", "class-after", "held"} & set(reasons)) or {"label", "preposition"} <= set(reasons)
        after = [t.lower_ for t in doc[end : end + 2]]
        if len(after) == 2 and self.words.has("class_after", after[0]) and after[1] == "of":
            return None  # "the Veldian town of Orsk": a nationality that nobody knows
        if self._leads_to_place(doc, end, taken) and {"preposition", "label"} & set(reasons):
            clear, score, reasons = True, score + self.words.weights["within"], [*reasons, "within"]
        if clear and score >= (1 if "class-before" in reasons else 3):
            return replace(spot, score=score, reasons=tuple(reasons))
        against = {"part-of-name", "part-of-body", "title", "person", "after-according", "disease", "label-person"}
        if "preposition" in reasons and not against & set(reasons):
            return replace(spot, tentative=True)
        return None

    def _leads_to_place(self, doc: Doc, end: int, taken: set[int]) -> bool:
        """True for "X in (the northern province of) Y" and "X, Y" where Y is a place that was found."""
        if end >= len(doc) or doc[end].lower_ not in {"in", ","}:
            return False
        for k in range(end + 1, min(end + 9, len(doc))):
            if k in taken:
                return True
            word = doc[k].lower_
            roles = ("direction", "describing", "class_before")
            small = word in {"in", "the", "a", "of", "-"} or any(self.words.has(role, word) for role in roles)
            if not small and name_key(word) not in self.store.demonyms:
                return False
        return False

    def _is_other(self, doc: Doc, i: int, end: int) -> bool:
        """True for names of bodies, groups and sites ("Veld General Hospital"), which are no places of the map."""
        words = [t.text for t in doc[i:end]]
        roles = ("organisation", "other", "group_name")
        if any(self.words.has(role, w) for role in roles for w in words):
            return True
        after = doc[end].text if end < len(doc) else ""
        return any(self.words.feature("class_after", w) == "facility" and w[:1].isupper() for w in [words[-1], after])

    @staticmethod
    def _by_label(spot: Spot, doc: Doc) -> Iterator[str]:
        labels = {t.ent_type_ for t in doc[spot.start : spot.end]}
        if labels & {"GPE", "LOC", "FAC"}:
            yield "label"
        if "PERSON" in labels:
            yield "label-person"
        if "ORG" in labels:
            yield "label-organisation"
        if "NORP" in labels:
            yield "label-group"
