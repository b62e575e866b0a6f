"""Finds the spans of a text that name places: gazetteer names and unknown names, weighed by the words around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from according.annotate import Text
from according.resolve.gazetteer import SETTLED, WIDE, Place, PlaceStore, keys_of
from according.resolve.places_key import name_key
from according.resolve.places_words import PlaceWords

CONNECTORS = frozenset(
    [
        "of",
        "the",
        "and",
        "de",
        "del",
        "da",
        "do",
        "dos",
        "das",
        "la",
        "le",
        "les",
        "los",
        "las",
        "el",
        "al",
        "az",
        "ez",
        "as",
        "ash",
        "es",
        "an",
        "ar",
        "at",
        "ad",
        "di",
        "du",
        "d'",
        "-",
        "'",
        ".",
        "&",
        "upon",
        "sur",
        "on",
        "in",
        "der",
        "den",
        "am",
        "bei",
        "i",
        "y",
        "e",
        "bin",
        "ibn",
        "und",
        "en",
        "van",
        "von",
        "ul",
        "o",
    ]
)
ARTICLES = frozenset(["al", "el", "ash", "as", "ad", "ar", "at", "az", "an", "ul", "ez", "er", "ed", "es"])
LONGEST = 7
ACCEPT = 2.0


@dataclass(frozen=True)
class Spot:
    """Tokens [start, end) that may name a place.

    Args:
        start, end: token numbers.
        name: the words as they stand in the text.
        places: what the gazetteer has under that name; empty for an unknown name.
        feature: the feature that a class word beside it gives away ("province"), else None.
        score: weight of the evidence that it is a place here.
        use: "place"; "dateline"; "speaker" for a metonym ("Damascus said"); "modifier" inside a longer name ("US Army").
        origin: the evidence that counted most.
    """

    start: int
    end: int
    name: str
    places: tuple[Place, ...]
    feature: str | None = None
    score: float = 0.0
    use: str = "place"
    origin: str = "name"
    reasons: tuple[str, ...] = field(default=())


class Spotter:
    """Finds spots; holds the gazetteer and the words, keeps nothing of a text."""

    def __init__(self, store: PlaceStore, words: PlaceWords) -> None:
        self.store = store
        self.words = words

    def spots(self, text: Text) -> list[Spot]:
        """The accepted spots of a text, in order, not overlapping."""
        found = [self._weigh(text, spot) for spot in self._candidates(text)]
        sure = {name_key(s.name) for s in found if s.score >= ACCEPT + 1}
        again = [s if s.score >= ACCEPT else self._repeated(s, sure) for s in found]
        kept = [s for s in again if s.score >= ACCEPT]
        taken = {i for s in kept for i in range(s.start, s.end)}
        kept += [s for s in self._unknown(text, taken) if not any(i in taken for i in range(s.start, s.end))]
        return sorted(kept, key=lambda s: s.start)

    @staticmethod
    def _repeated(spot: Spot, sure: set[str]) -> Spot:
        """A name that is surely a place elsewhere in the text is one here too, unless it is part of another name."""
        if name_key(spot.name) in sure and not {"part-of-name", "person", "title"} & set(spot.reasons):
            return replace(spot, score=spot.score + 2.5, origin="repeated")
        return spot

    def _candidates(self, text: Text) -> Iterator[Spot]:
        doc, i = text.doc, 0
        while i < len(doc):
            spot = self._longest(text, i) if self._may_open(doc, i) else None
            if spot is None:
                i += 1
            else:
                yield spot
                i = spot.end

    @staticmethod
    def _may_open(doc: Doc, i: int) -> bool:
        word = doc[i].text
        if word[:1].isupper():
            return True
        return word in ARTICLES and i + 2 < len(doc) and doc[i + 1].text == "-" and doc[i + 2].text[:1].isupper()

    def _longest(self, text: Text, i: int) -> Spot | None:
        """The longest window from token i whose name the gazetteer knows."""
        doc = text.doc
        ends = []
        for j in range(i, min(i + LONGEST, len(doc))):
            word = doc[j].text
            if j > i and doc[j].is_sent_start and word not in {"'", "-"}:
                break
            if word[:1].isupper():
                ends.append(j + 1)
            elif word.lower() not in CONNECTORS and not (
                word[:1].islower() and j > i and doc[j - 1].text == "-" and len(word) > 2
            ):
                break
            elif doc[j - 1].text == "-" and word[:1].islower() and j > i + 1 and word not in ARTICLES:
                ends.append(j + 1)
        for end in reversed(ends):
            name = text.document.text[text.starts[i] : text.ends[end - 1]]
            if "\n" in name.strip() and "\n\n" in name:
                continue
            places = self._named(name, doc[i:end].text if end - i == 1 else name)
            if places and not self._stray_article(doc, i, end, places):
                return Spot(i, end, name, places)
        return None

    def _named(self, name: str, form: str) -> tuple[Place, ...]:
        key = keys_of(name)
        places = self.store.named(key)
        if key.startswith("="):
            # capitals may also be a shouted name: "KORVA" in a dateline
            plain = self.store.named(name_key(name)) if len(key) > 4 else ()
            places = (*places, *plain)
        elif "." not in name and name.isupper():
            places = (*places,)
        return places

    @staticmethod
    def _stray_article(doc: Doc, i: int, end: int, places: Sequence[Place]) -> bool:
        """True for "The Korva" where no place is called so, and for a bare article."""
        if doc[i].text in {"The", "THE"}:
            return not any(p.name.startswith("The ") for p in places)
        return end - i == 1 and doc[i].text.lower() in ARTICLES

    # --- evidence ---------------------------------------------------------------------------------------------------

    def _weigh(self, text: Text, spot: Spot) -> Spot:
        """The spot with its score, its use and the reasons."""
        doc = text.doc
        evidence = [
            *self._by_gazetteer(spot, doc),
            *self._by_label(spot, doc),
            *self._by_left(spot, doc),
            *self._by_right(spot, doc),
        ]
        score = sum(weight for _, weight in evidence)
        reasons = tuple(name for name, _ in sorted(evidence, key=lambda e: -abs(e[1])))
        best = max(evidence, key=lambda e: e[1])[0] if evidence else "name"
        feature = self._feature(doc, spot)
        use = self._use(text, spot, reasons)
        if use == "dateline":
            score, best = score + 3, "dateline"
        return replace(spot, score=score, reasons=reasons, origin=best, feature=feature, use=use)

    def _by_gazetteer(self, spot: Spot, doc: Doc) -> Iterator[tuple[str, float]]:
        features = {p.feature for p in spot.places}
        largest = max(p.population for p in spot.places)
        word = doc[spot.start].text.lower()
        if spot.end - spot.start == 1 and self.words.has("other", word):
            yield "other-word", -6
        if features & WIDE:
            yield "country", 4
        elif "admin1" in features and any(p.preferred for p in spot.places if p.feature == "admin1"):
            yield "first-level", 2
        elif features - SETTLED - {"admin2"}:
            yield "known-region", 2
        elif largest >= 1_000_000:
            yield "large-town", 2
        elif largest >= 100_000:
            yield "town", 1
        elif largest < 5000 and "admin2" not in features:
            yield "small-place", -0.5
        if spot.end - spot.start > 1 and not features & WIDE:
            yield "several-words", 0.5

    @staticmethod
    def _by_label(spot: Spot, doc: Doc) -> Iterator[tuple[str, float]]:
        token = doc[spot.end - 1]
        ent = next((e for e in doc.ents if e.start < spot.end and spot.start < e.end), None)
        if ent is None:
            if not any(t.pos_ == "PROPN" for t in doc[spot.start : spot.end]):
                yield "no-name", -2
            return
        inside = ent.end - ent.start > spot.end - spot.start + (doc[ent.start].lower_ == "the") + (
            doc[ent.end - 1].text in {"'s", "'"}
        )
        label = ent.label_
        if label in {"GPE", "LOC"}:
            yield "label", 1 if inside else 2
        elif label == "FAC":
            yield "label-site", 0.3
        elif label == "PERSON":
            yield "person", -4 if inside else -1.5
        elif label == "ORG":
            yield "organisation", -1.5 if inside else -0.5
        elif label == "NORP" and token.pos_ == "ADJ":
            yield "group", -2
        elif label in {"DATE", "TIME", "MONEY", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "LANGUAGE"}:
            yield "other-label", -1

    def _by_left(self, spot: Spot, doc: Doc) -> Iterator[tuple[str, float]]:
        i = spot.start
        if i == 0:
            return
        before = doc[i - 1]
        if before.is_sent_start is False or not doc[i].is_sent_start:
            word = _skip_left(doc, i, self.words)
            left = doc[word].text.lower() if word >= 0 else ""
            if self.words.has("preposition", left):
                yield "preposition", 2
            elif left == "of" and word > 0 and self._class_or_offset(doc[word - 1].text):
                yield "class-before", 3
            elif left == "of":
                yield "of", 0.5
            elif self.words.has("class_before", left):
                yield "class-before", 1.5
        if doc[i].is_sent_start:
            return
        if self.words.has("title", before.text.rstrip(".")) and before.text[:1].isupper():
            yield "title", -5
        elif self._joined_left(doc, i):
            yield "part-of-name", -3.5

    def _class_or_offset(self, word: str) -> bool:
        return any(self.words.has(role, word) for role in ("class_before", "direction", "offset"))

    def _joined_left(self, doc: Doc, i: int) -> bool:
        """True where a capitalised word before it belongs to the same name and is neither place, direction nor class."""
        before = doc[i - 1]
        if before.text in {"&"} or (before.text == "-" and i > 1 and doc[i - 2].text[:1].isupper()):
            return before.text == "&"
        if before.lower_ == "of" and i > 1:
            return self.words.has("organisation", doc[i - 2].text) and doc[i - 2].text[:1].isupper()
        if (
            not before.text[:1].isupper()
            or not before.is_alpha
            or before.pos_ in {"PRON", "DET", "ADP", "CCONJ", "SCONJ", "ADV", "VERB", "AUX"}
        ):
            return False
        if doc[i - 1].is_sent_start and before.pos_ not in {"PROPN", "NOUN"}:
            return False
        for role in ("direction", "class_before", "class_after", "name_before"):
            if self.words.has(role, before.text):
                return False
        if name_key(before.text) in self.store.demonyms or self.words.has("other", before.text):
            return False
        return not (self.store.named(keys_of(before.text)) and before.ent_type_ in {"GPE", "LOC"})

    def _by_right(self, spot: Spot, doc: Doc) -> Iterator[tuple[str, float]]:
        j = spot.end
        if j >= len(doc):
            return
        after = doc[j]
        if self.words.has("class_after", after.text):
            yield "class-after", 2.5
        elif (
            after.text[:1].isupper()
            and after.is_alpha
            and not after.is_sent_start
            and after.pos_ in {"PROPN", "NOUN", "ADJ"}
        ):
            if self._names_wide(spot):
                yield "modifier", -1.5
            elif self.words.has("organisation", after.text):
                yield "part-of-name", -4
            elif not self.words.has("direction", after.text):
                yield "part-of-name", -3
        elif after.text in {"&"}:
            yield "part-of-name", -3
        elif after.text == ",":
            yield from self._by_comma(spot, doc, j + 1)
        if after.text == "-" and j + 1 < len(doc) and doc[j + 1].text[:1].isupper():
            yield "hyphenated", -1

    @staticmethod
    def _names_wide(spot: Spot) -> bool:
        return any(p.feature == "country" for p in spot.places)

    def _by_comma(self, spot: Spot, doc: Doc, k: int) -> Iterator[tuple[str, float]]:
        """A name after the comma that holds this place is the surest sign there is."""
        if k >= len(doc) or not doc[k].text[:1].isupper():
            return
        for end in (k + 3, k + 2, k + 1):
            outer = self.store.named(keys_of(doc[k:end].text)) if end <= len(doc) else ()
            if any(area.is_area and any(area.holds(p) for p in spot.places) for area in outer):
                yield "within", 3
                return

    def _feature(self, doc: Doc, spot: Spot) -> str | None:
        """The feature that a class word beside the name gives away."""
        if spot.end < len(doc):
            found = self.words.feature("class_after", doc[spot.end].text)
            if found:
                return found
        i = spot.start - 1
        if i >= 1 and doc[i].lower_ == "the":
            i -= 1
        if i >= 1 and doc[i].lower_ == "of":
            return self.words.feature("class_before", doc[i - 1].text)
        return self.words.feature("class_before", doc[i].text) if i >= 0 and spot.start - 1 == i else None

    def _use(self, text: Text, spot: Spot, reasons: tuple[str, ...]) -> str:
        if self._is_dateline(text, spot):
            return "dateline"
        if "modifier" in reasons or ("organisation" in reasons and self._names_wide(spot)):
            return "modifier"
        token = text.doc[spot.end - 1]
        head = token.head
        if (
            token.dep_ == "nsubj"
            and self.words.has("speech", head.text)
            and not {"preposition", "class-before"} & set(reasons)
        ):
            return "speaker"
        return "place"

    def _is_dateline(self, text: Text, spot: Spot) -> bool:
        """A place at the start of a paragraph, followed by a date, an agency in brackets, or a dash."""
        first = {p.start for p in text.paragraphs}
        if spot.start not in first and not (
            spot.start > 0 and text.doc[spot.start - 1].text in {"(", "["} and spot.start - 1 in first
        ):
            return False
        window = text.document.text[text.ends[spot.end - 1] : text.ends[spot.end - 1] + 60]
        dash = next(
            (
                k
                for k, c in enumerate(window)
                if c in "—–" or window[k : k + 2] == "--" or window[k : k + 3] in {" - ", ") -"}
            ),
            None,
        )
        return (
            dash is not None
            and "\n" not in window[:dash].strip()
            and "." not in window[:dash].replace("Sept.", "").replace(".,", "")
        )

    # --- names that the gazetteer lacks -------------------------------------------------------------------------------

    def _unknown(self, text: Text, taken: set[int]) -> Iterator[Spot]:
        """Capitalised names outside the gazetteer in a clear place context."""
        doc = text.doc
        i = 0
        while i < len(doc):
            if i in taken or not self._may_open(doc, i):
                i += 1
                continue
            end = self._name_end(doc, i, taken)
            spot = self._unknown_at(text, i, end)
            if spot is not None:
                yield spot
            i = max(end, i + 1)

    @staticmethod
    def _name_end(doc: Doc, i: int, taken: set[int]) -> int:
        """End of the run of capitalised tokens from i on, with the connectors inside it."""
        end = j = i + 1 if doc[i].text[:1].isupper() else i + 3
        while j < len(doc) and j not in taken and not doc[j].is_sent_start and j - i < LONGEST:
            word = doc[j].text
            if word[:1].isupper() and doc[j].is_alpha:
                end = j + 1
            elif word not in {"-", "de", "del", "la", "al", "el", "al-", "'", "e"}:
                break
            j += 1
        return min(end, len(doc))

    def _unknown_at(self, text: Text, i: int, end: int) -> Spot | None:
        doc = text.doc
        while end > i + 1 and self.words.has("class_after", doc[end - 1].text):
            end -= 1
        if doc[i].is_sent_start and doc[i].pos_ != "PROPN":
            return None
        name = text.document.text[text.starts[i] : text.ends[end - 1]]
        probe = Spot(i, end, name, ())
        if len(name) < 3 or (name.isupper() and len(name) < 6) or name_key(name) in self.store.demonyms:
            return None
        words = [t.text for t in doc[i:end]]
        if any(self.words.has("organisation", w) or self.words.has("other", w) for w in words):
            return None
        evidence = dict([*self._by_left(probe, doc), *self._by_unknown_label(probe, doc), *self._by_right(probe, doc)])
        score = sum(evidence.values())
        clear = {"class-before", "class-after"} & set(evidence) or {"label", "preposition"} <= set(evidence)
        if not clear or score < 3:
            return None
        return replace(
            probe, score=score, origin="unknown-name", feature=self._feature(doc, probe), reasons=tuple(evidence)
        )

    @staticmethod
    def _by_unknown_label(spot: Spot, doc: Doc) -> Iterator[tuple[str, float]]:
        labels = {t.ent_type_ for t in doc[spot.start : spot.end]}
        if labels & {"GPE", "LOC", "FAC"}:
            yield "label", 2
        if "PERSON" in labels:
            yield "person", -2
        if "ORG" in labels:
            yield "organisation", -1
        if "NORP" in labels:
            yield "group", -2


def _skip_left(doc: Doc, i: int, words: PlaceWords) -> int:
    """The token before a name, past articles, directions and class words ("in the northern city Korva")."""
    j = i - 1
    while j >= 0 and (
        doc[j].lower_ in {"the", "a", "an", "both"} or words.has("direction", doc[j].text) or doc[j].text == "-"
    ):
        j -= 1
    return j


def token_after(doc: Doc, j: int) -> Token | None:
    """Token j, or None past the end."""
    return doc[j] if j < len(doc) else None
