"""The stretches of a text that the gazetteer knows by name: what may be a place, before anything is weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from according.annotate import Text
from according.resolve.gazetteer import Place, PlaceStore, keys_of
from according.resolve.places_key import name_key
from according.resolve.places_words import PlaceWords

ARTICLES = frozenset({"al", "el", "ash", "as", "ad", "ar", "at", "az", "an", "ul", "ez", "er", "ed", "es"})
LONGEST = 7
_SMALL_CLASSES = frozenset({"river", "valley", "camp", "airbase", "airport", "strip"})
_OPENERS = frozenset({"DET", "ADP", "SCONJ", "CCONJ", "PRON", "AUX"})


@dataclass(frozen=True)
class Spot:
    """Tokens [start, end) that may name a place.

    Args:
        start, end: token numbers of the whole name, with a capitalised direction and class word ("North Orsk Valley").
        name: the name as the gazetteer is asked for it, without these where it has no such entry ("Orsk").
        places: what the gazetteer has under that name; empty for an unknown name.
        core: token number where `name` begins.
        feature: the feature that a class word beside or in it gives away ("province"), else None.
        score: weight of the evidence that it is a place here.
        use: "place", "dateline", "speaker" for a metonym ("Damascus said"), or "modifier" of another name ("US Army").
        origin: the evidence that counted most.
        tentative: True for an unknown name that counts only if the gazetteer has a spelling variant of it.
        reasons: all evidence, the weightiest first.
    """

    start: int
    end: int
    name: str
    places: tuple[Place, ...]
    core: int
    feature: str | None = None
    score: float = 0.0
    use: str = "place"
    origin: str = "name"
    tentative: bool = False
    reasons: tuple[str, ...] = ()


class Windows:
    """The stretches of a text that the gazetteer knows by name, whatever they mean there."""

    def __init__(self, store: PlaceStore, words: PlaceWords) -> None:
        self.store = store
        self.words = words

    def spots(self, text: Text) -> Iterator[Spot]:
        """The longest known name from each token on, in order, not overlapping."""
        doc, i, last = text.doc, 0, 0
        ends = dict(self.bodies(text))
        while i < len(doc):
            if i in ends:
                i = last = max(ends[i], i + 1)
                continue
            spot = self._longest(text, i) if may_open(doc, i) else None
            if spot is None:
                i += 1
                continue
            spot = self._widened(text, spot, last)
            yield spot
            i = last = spot.end

    def bodies(self, text: Text) -> list[tuple[int, int]]:
        """Tokens [start, end) of names of bodies that hold the name of a place ("Bank of England")."""
        return [text.token_range(*m.span()) for m in self.words.bodies.finditer(text.document.text)]

    def _longest(self, text: Text, i: int) -> Spot | None:
        doc = text.doc
        if doc[i].is_sent_start and doc[i].pos_ in _OPENERS and doc[i].text not in {"The", "Al", "El"}:
            return None
        for end in reversed(self._ends(text, i)):
            if doc[end - 1].text in {"Al", "El", "As", "An", "The", "At"} and end - i > 1:
                continue
            name = text.document.text[text.starts[i] : text.ends[end - 1]]
            if "\n\n" in name:
                continue
            if all(self.words.has("direction", t.text) or t.text == "-" for t in doc[i:end]):
                continue
            places = self.named(name)
            if places and not self._stray_article(doc, i, end, places):
                return Spot(i, end, name, places, i)
        return None

    def _ends(self, text: Text, i: int) -> list[int]:
        """Token numbers at which a name that begins with token i may end."""
        doc, ends = text.doc, []
        for j in range(i, min(i + LONGEST, len(doc))):
            word = doc[j].text
            if j > i and doc[j].is_sent_start and word not in {"'", "-"}:
                break
            hyphen = j > i and doc[j - 1].text == "-" and text.starts[j] == text.ends[j - 1]
            elided = j > i and word[1:2] == "'" and word[2:3].isupper()  # "d'Ivoire"
            lower = hyphen and j > i + 1 and word[:1].islower() and word not in ARTICLES
            if word[:1].isupper() or elided or lower or (j > i and word[:1].isdigit()):
                ends.append(j + 1)
            elif word in _SMALL_CLASSES and j == i + 1:
                ends.append(j + 1)
                break
            elif not hyphen and not self.words.has("connector", word):
                break
        return ends

    def named(self, name: str) -> tuple[Place, ...]:
        """The gazetteer's places of a name as it stands in a text; capitals may be an abbreviation or a dateline."""
        key = keys_of(name)
        places = self.store.named(key)
        if not places and key.startswith("=") and len(key) > 4:
            places = self.store.named(name_key(name))
        return places

    @staticmethod
    def _stray_article(doc: Doc, i: int, end: int, places: Sequence[Place]) -> bool:
        """True for "The Korva" where no place is called so, for "As Korva", and for a bare article."""
        first = doc[i]
        if first.text in {"The", "THE"}:
            return not any(p.name.startswith("The ") for p in places)
        if end - i == 1:
            return first.text.lower() in ARTICLES
        # "As", "At" and "An" that open a sentence are no Arabic article, unless a hyphen follows
        return first.text in {"As", "At", "An"} and doc[i + 1].text != "-" and first.pos_ != "PROPN"

    def _widened(self, text: Text, spot: Spot, left: int) -> Spot:
        """The span with a capitalised direction before and a capitalised class word after it."""
        doc, start, end, feature = text.doc, spot.start, spot.end, None
        after = doc[end] if end < len(doc) else None
        if after is not None and after.text[:1].isupper() and not after.is_sent_start:
            found = self.words.feature("class_after", after.text)
            beyond = doc[end + 1].text if end + 1 < len(doc) else ""
            goes_on = beyond == "of" or (beyond[:1].isupper() and not doc[end + 1].is_sent_start and beyond.isalpha())
            if found is not None and found != "facility" and not goes_on and after.lower_ not in {"state", "states"}:
                end, feature = end + 1, found
        while (
            start - 1 >= left and doc[start - 1].text[:1].isupper() and self.words.has("direction", doc[start - 1].text)
        ):
            if doc[start - 1].text.isupper() and not doc[start].text.isupper():
                break
            start -= 1
        if (start, end) == (spot.start, spot.end):
            return spot
        whole = text.document.text[text.starts[start] : text.ends[end - 1]]
        known = self.named(whole)
        if known:
            return replace(spot, start=start, end=end, core=start, name=whole, places=known, feature=feature)
        return replace(spot, start=start, end=end, feature=feature)


def may_open(doc: Doc, i: int) -> bool:
    """True where a name may begin: a capital, or a small Arabic article with a hyphen and a capital after it."""
    word = doc[i].text
    if word[:1].isupper():
        return True
    return word in ARTICLES and i + 2 < len(doc) and doc[i + 1].text == "-" and doc[i + 2].text[:1].isupper()


def in_list(text: Text, one: Spot, two: Spot) -> bool:
    """True where nothing but a comma, "and" or the like stands between two spots."""
    between = [t.lower_ for t in text.doc[one.end : two.start]]
    return between in (
        [","],
        ["and"],
        [",", "and"],
        ["or"],
        ["&"],
        [",", "the"],
        ["and", "the"],
        ["/"],
        [",", "and", "the"],
    )
