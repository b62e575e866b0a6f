"""What speaks for and against a name's being a place where it stands; each kind of evidence is a row of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span

from according.annotate import Text
from according.resolve.gazetteer import SETTLED, WIDE, PlaceStore, keys_of
from according.resolve.places_key import name_key
from according.resolve.places_windows import Spot
from according.resolve.places_words import PlaceWords

# Origins of ids in the base and in dumps; any other id is of a table that the user has written for the project.
_DUMPS = ("gn:", "gn1:", "gn2:", "ocha:", "ne:", "iso:", "x:")
_CLOSED = frozenset({"PRON", "DET", "ADP", "CCONJ", "SCONJ", "ADV", "AUX", "PART"})


class Evidence:
    """Weighs spots; holds the gazetteer and the words, keeps nothing of a text."""

    def __init__(self, store: PlaceStore, words: PlaceWords) -> None:
        self.store = store
        self.words = words

    def weigh(self, text: Text, spot: Spot) -> Spot:
        """The spot with its score, its feature, its use and the reasons."""
        doc = text.doc
        names = [*self._by_gazetteer(spot, doc), *self._by_label(spot, doc), *self.by_left(spot, doc)]
        names += self.by_right(text, spot)
        if self.is_dateline(text, spot):
            names.append("dateline")
        weights = self.words.weights
        reasons = tuple(sorted(dict.fromkeys(names), key=lambda n: -abs(weights[n])))
        best = max(reasons, key=lambda n: weights[n], default="name")
        feature = spot.feature or self.feature(doc, spot)
        score = sum(weights[n] for n in reasons)
        return replace(
            spot,
            score=score,
            reasons=reasons,
            origin="dateline" if "dateline" in reasons else best,
            feature=feature,
            use=self._use(text, spot, reasons),
        )

    def _by_gazetteer(self, spot: Spot, doc: Doc) -> Iterator[str]:
        features = {p.feature for p in spot.places}
        largest = max(p.population for p in spot.places if p.feature in SETTLED) if features & SETTLED else 0
        words = [t.text for t in doc[spot.core : spot.end]]
        if len(words) == 1 and (self.words.has("other", words[0]) or self.words.has("group_name", words[0])):
            yield "other-word"
        follows = [t.lower_ for t in doc[spot.end : spot.end + 1]]
        if len(words) == 1 and follows == ["of"] and self.words.has("name_before", words[0]):
            yield "other-word"  # "the Gulf" is not the "Gulf of Veld"
        if features & WIDE:
            yield "country"
        elif "admin1" in features and self._names_area(spot):
            yield "first-level"
        elif features - SETTLED - {"admin1", "admin2"}:
            yield "known-region"
        elif largest >= 1_000_000:
            yield "large-town"
        elif largest >= 100_000:
            yield "town"
        elif any(not p.id.startswith(_DUMPS) for p in spot.places):
            yield "own-place"
        elif largest < 5000 and "admin2" not in features:
            yield "small-place"
        if len(words) > 1 and not features & WIDE:
            yield "several-words"

    def _names_area(self, spot: Spot) -> bool:
        """True where the name is a first-level area's main name, or its abbreviation in capitals."""
        key = keys_of(spot.name)
        short = key.startswith("=") and bool(self.store.named(key))
        return short or any(p.preferred for p in spot.places if p.feature == "admin1")

    @staticmethod
    def _by_label(spot: Spot, doc: Doc) -> Iterator[str]:
        token = doc[spot.end - 1]
        ent = _label_at(doc, spot.start, spot.end)
        if ent is None:
            if not any(t.pos_ == "PROPN" for t in doc[spot.start : spot.end]):
                yield "no-name"
            return
        article, mark = doc[ent.start].lower_ == "the", doc[ent.end - 1].text in {"'s", "'"}
        inside = ent.end - ent.start > spot.end - spot.start + article + mark
        label = ent.label_
        if label in {"GPE", "LOC"}:
            yield "label-within" if inside else "label"
        elif label == "FAC":
            yield "label-site"
        elif label == "PERSON":
            yield "person" if inside else "label-person"
        elif label == "ORG":
            yield "organisation" if inside else "label-organisation"
        elif label == "NORP" and token.pos_ == "ADJ":
            yield "label-group"
        elif label in {"DATE", "TIME", "MONEY", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "LANGUAGE"}:
            yield "label-other"

    # --- the words before ---------------------------------------------------------------------------------------------

    def by_left(self, spot: Spot, doc: Doc) -> Iterator[str]:
        """Evidence from the words before the name."""
        i = spot.start
        if i == 0 or doc[i].is_sent_start:
            return
        j = i - 1
        while j >= 0 and (doc[j].lower_ in {"the", "a", "an", "both"} or self._passed_over(doc, j)):
            j -= 1
        left = doc[j].lower_ if j >= 0 else ""
        if left == "to" and j > 0 and doc[j - 1].lower_ == "according":
            yield "after-according"
        elif self.words.has("preposition", left):
            yield "preposition"
        elif left == "on" and spot.places and self._well_known(spot):
            yield "on"
        elif j > 1 and doc[j - 1].text == "-" and self.words.has("holding", left):
            yield "held"
        elif left == "of" and j > 0 and self._of_place(doc[j - 1].text):
            yield "class-before"
        elif left == "of":
            yield "of"
        elif self.words.has("class_before", left) and doc[j].text[:1].islower():
            yield "class-before-bare"
        before = doc[i - 1]
        if before.text[:1].isupper() and self.words.has("title", before.text.rstrip(".")):
            yield "title"
        elif self._joined_left(doc, i):
            wide = before.lower_ == "of" and any(p.feature in WIDE for p in spot.places)
            wide = wide and self.words.feature("organisation", doc[i - 2].text) != "private"
            yield "modifier" if wide else "part-of-headline" if is_headline(doc, i) else "part-of-name"

    def _passed_over(self, doc: Doc, j: int) -> bool:
        """True for the small words between a preposition and a name: "in the *remote northern* town Veld"."""
        word = doc[j].text
        if word == "-" and j + 1 < len(doc):
            return not self.words.has("holding", doc[j + 1].text)
        return word[:1].islower() and (self.words.has("direction", word) or self.words.has("describing", word))

    def _of_place(self, word: str) -> bool:
        return (
            any(self.words.has(role, word) for role in ("class_before", "direction", "offset"))
            and not word[:1].isupper()
        )

    def _joined_left(self, doc: Doc, i: int) -> bool:
        """True where the capitalised word before belongs to the same name and is neither place, direction nor class."""
        before = doc[i - 1]
        if before.text == "&":
            return True
        if before.lower_ in {"of", "for"} and i > 1:
            head = doc[i - 2]
            return head.text[:1].isupper() and (
                self.words.has("organisation", head.text) or head.text in {"Islamic", "State"}
            )
        if before.lower_ == "and" and i > 2:  # "Islamic State of Orsk and Veld"
            return (
                any(t.ent_type_ == "ORG" for t in doc[i - 1 : i])
                and doc[i].ent_type_ == "ORG"
                and doc[i].ent_iob_ == "I"
            )
        if not before.text[:1].isupper() or not before.is_alpha or before.pos_ in _CLOSED or before.pos_ == "VERB":
            return False
        if before.text.endswith("s") and any(p.feature in WIDE for p in self.store.named(keys_of(before.text[:-1]))):
            return False  # "Syrias" is "Syria's" in texts that lost their apostrophes
        if before.is_sent_start and before.pos_ not in {"PROPN", "NOUN"}:
            return False
        if self.words.has("name_before", before.text):
            return True
        for role in ("direction", "describing", "preposition", "class_before", "class_after"):
            if self.words.has(role, before.text):
                return False
        if name_key(before.text) in self.store.demonyms or self.words.has("other", before.text):
            return False
        return not (self.store.named(keys_of(before.text)) and before.ent_type_ in {"GPE", "LOC"})

    # --- the words after ----------------------------------------------------------------------------------------------

    def by_right(self, text: Text, spot: Spot) -> Iterator[str]:
        """Evidence from the words after the name."""
        doc, j = text.doc, spot.end
        if j - spot.start > 1 and self.words.has("class_after", doc[j - 1].text):
            yield "class-after"
        if j >= len(doc):
            return
        after = doc[j]
        if (
            after.text == "$"
            or (spot.start > 0 and doc[spot.start - 1].text.endswith("$"))
            or doc[j - 1].text.endswith("$")
        ):
            yield "money"
        if self.words.has("disease", after.text):
            yield "disease"
        elif len(after.text) == 2 and after.text[0].isupper() and after.text[1] == ".":
            yield "person"
        elif after.text == ",":
            if self._held_by(spot, doc, j + 1):
                yield "within"
        elif self._holds_next(spot, doc, j):
            yield "within-next"
        elif self.words.has("class_after", after.text):
            yield from self._class_after(spot, doc, j)
        elif after.text == "&" or (after.text[:1].isupper() and after.is_alpha and not after.is_sent_start):
            yield from self._before_capital(spot, doc, j)
        elif after.text == "-" and j + 1 < len(doc) and doc[j + 1].text[:1].isupper():
            yield "hyphenated"
        elif after.text == "'s" and not self._well_known(spot):
            yield "possessive"

    def _class_after(self, spot: Spot, doc: Doc, j: int) -> Iterator[str]:
        """A class word speaks for a place; a capitalised one that a body's name goes on with does not."""
        beyond = doc[j + 1] if j + 1 < len(doc) else None
        capital = doc[j].text[:1].isupper()
        if (
            capital
            and beyond is not None
            and not beyond.is_sent_start
            and (beyond.text[:1].isupper() or beyond.lower_ == "of")
        ):
            yield "modifier" if any(p.feature in WIDE for p in spot.places) else "part-of-body"
        elif not capital or self.words.feature("class_after", doc[j].text) != "facility":
            yield "class-after"

    def _before_capital(self, spot: Spot, doc: Doc, j: int) -> Iterator[str]:
        after = doc[j]
        if after.pos_ in _CLOSED or after.pos_ == "VERB" or self.words.has("direction", after.text):
            return
        if self._before_title(doc, j):
            yield "before-title"
            return
        if self.words.has("other", after.text) and after.ent_type_ in {"DATE", "TIME"}:
            return  # "in Veld Monday"
        if any(p.feature == "country" for p in spot.places):
            yield "modifier"
        elif self.words.has("organisation", after.text):
            yield "part-of-body"
        elif is_headline(doc, j):
            yield "part-of-headline"
        else:
            yield "part-of-name"

    def _before_title(self, doc: Doc, j: int) -> bool:
        """True for "Veld Governor Anna Orsk" and "Veld Health Minister": the name says where somebody holds office."""
        for k in range(j, min(j + 4, len(doc))):
            if not doc[k].text[:1].isupper() or doc[k].is_sent_start:
                return False
            if self.words.has("title", doc[k].text):
                return True
        return False

    def _well_known(self, spot: Spot) -> bool:
        return any(p.population >= 50_000 or p.feature not in SETTLED for p in spot.places)

    def _held_by(self, spot: Spot, doc: Doc, k: int) -> bool:
        """True where the name from token k on is an area that holds a place of this name."""
        if k >= len(doc) or not doc[k].text[:1].isupper():
            return False
        for end in (k + 3, k + 2, k + 1):
            outer = self.store.named(keys_of(doc[k:end].text)) if end <= len(doc) else ()
            if any(area.is_area and any(area.holds(p) for p in spot.places) for area in outer):
                return True
        return False

    def _holds_next(self, spot: Spot, doc: Doc, j: int) -> bool:
        """True for "Veld Orsk province": a comma was lost, and the next name with its class word holds this one."""
        if (
            not doc[j].text[:1].isupper()
            or self.words.has("organisation", doc[j].text)
            or not self._held_by(spot, doc, j)
        ):
            return False
        return any(self.words.has("class_after", t.text) and t.text[:1].islower() for t in doc[j + 1 : j + 4])

    # --- what kind of place, and to what use --------------------------------------------------------------------------

    def feature(self, doc: Doc, spot: Spot) -> str | None:
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
        if "dateline" in reasons:
            return "dateline"
        if "modifier" in reasons or "before-title" in reasons:
            return "modifier"
        token = text.doc[spot.end - 1]
        if "after-according" in reasons:
            return "speaker"
        speaks = token.dep_ == "nsubj" and self.words.has("speech", token.head.text)
        return "speaker" if speaks and not {"preposition", "class-before"} & set(reasons) else "place"

    def is_dateline(self, text: Text, spot: Spot) -> bool:
        """A place at the start of a paragraph, with a date or an agency and then a dash after it."""
        first = {p.start for p in text.paragraphs}
        opens = spot.start in first or (spot.start - 1 in first and text.doc[spot.start - 1].text in {"(", "["})
        if not opens:
            return False
        end = text.ends[spot.end - 1]
        window = text.document.text[end : end + 60]
        marks = [k for mark in ("—", "–", "--", " - ", ") -") if (k := window.find(mark)) >= 0]
        if not marks:
            return False
        between = window[: min(marks)]
        return "\n" not in between.strip() and not any(
            w.islower() and len(w) > 3 for w in between.replace("(", " ").split()
        )


def is_headline(doc: Doc, i: int) -> bool:
    """True where token i stands in a sentence that capitalises nearly every word, as headlines do."""
    long = [t for t in doc[i].sent if t.is_alpha and len(t.text) > 3]
    return len(long) >= 4 and sum(t.text[:1].isupper() for t in long) >= 0.75 * len(long)


def _label_at(doc: Doc, start: int, end: int) -> Span | None:
    """The labelled name that touches tokens [start, end), without reading all names of the text."""
    first = next((t.i for t in doc[start:end] if t.ent_type), None)
    if first is None:
        return None
    last = first + 1
    while doc[first].ent_iob_ == "I":
        first -= 1
    while last < len(doc) and doc[last].ent_iob_ == "I":
        last += 1
    return Span(doc, first, last, label=doc[first].ent_type_)
