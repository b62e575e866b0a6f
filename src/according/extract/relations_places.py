"""Where places lie: "Besk, in the Anvar valley", "Tambrel, some 90 kilometres south of the capital"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from according.extract.draft import Draft
from according.extract.relations_scene import Range, Scene
from according.model import Ref

_IN = frozenset({"in", "near", "outside", "inside", "on", "across", "off", "along", "within", "close", "at"})
_PLACE_AT = frozenset(
    {"in", "near", "at", "outside", "around", "of", "to", "from", "on", "inside", "into", "towards", "toward", "over"}
)
_UNITS = frozenset(
    {"km", "kilometres", "kilometers", "kilometre", "kilometer", "kms", "miles", "mile", "metres", "meters", "hours"}
)
_DIRECTIONS = ("north", "south", "east", "west")
_KIND_AREA = frozenset({"area", "settlement", "point"})


def find_places(scene: Scene) -> Iterator[Draft]:
    """Drafts of located_in; the value is left to the resolver of places."""
    for sentence in scene.text.sentences:
        for i in range(sentence.start, sentence.end):
            yield from _after_name(scene, i, sentence.end)
            yield from _distance(scene, i, sentence.start, sentence.end)
            yield from _of_kind(scene, i, sentence.start, sentence.end)
            yield from _a_town(scene, i, sentence.start, sentence.end)


def _after_name(scene: Scene, i: int, stop: int) -> Iterator[Draft]:
    """ "X, in the Y valley" and "X in Y province": the name of a place, then where it is."""
    doc = scene.text.doc
    if i + 2 >= stop or not _ends_place(scene, i):
        return
    comma = doc[i + 1].text == ","
    at = i + 2 if comma else i + 1
    if (
        at + 1 >= stop
        or doc[at].lower_ not in _IN
        or (doc[at].lower_ in {"at", "on", "off", "across", "along"} and not comma)
    ):
        return
    around = _place_phrase(scene, at + 1, stop)
    if around is None:
        return
    named = scene.is_place_noun(doc[i]) and scene.is_name(doc[around[1] - 1])
    noun_inside = named or any(
        scene.is_place_noun(t) or (t.i in range(*around) and scene.is_place(t)) for t in doc[around[0] : around[1]]
    )
    if not noun_inside or (not comma and not _is_area(scene, around)):
        return
    start = i if scene.is_place_noun(doc[i]) else _name_start(scene, i)
    evidence = (at, around[1]) if scene.is_place_noun(doc[i]) else (start, around[1])
    yield _located(scene, evidence, (start, i + 1), around, "in")


def _ends_place(scene: Scene, i: int) -> bool:
    """True where a place's name ends at token i: known as one, or a name after "in", "near", "at"."""
    doc = scene.text.doc
    token = doc[i]
    if i + 1 < len(doc) and scene.is_name(doc[i + 1]):
        return False
    if scene.is_place_noun(token):
        return i > 0 and scene.is_name(doc[i - 1]) and i + 1 < len(doc) and doc[i + 1].lower_ == "in"
    if not scene.is_name(token) or scene.is_person(token):
        return False
    if scene.is_place(token):
        return True
    start = _name_start(scene, i)
    return start > 0 and doc[start - 1].lower_ in {"in", "near", "at", "outside"} and token.ent_type_ != "PERSON"


def _name_start(scene: Scene, last: int) -> int:
    doc = scene.text.doc
    start = last
    sentence = scene.text.sentences[scene.text.sentence_index(last)]
    while (
        start > sentence.start
        and (scene.is_name(doc[start - 1]) or doc[start - 1].text == "-")
        and doc[start - 1].lower_ not in _PLACE_AT
    ):
        start -= 1
    return start


def _place_phrase(scene: Scene, start: int, stop: int) -> Range | None:
    """The phrase of a place that begins at a token: up to a comma, a verb or the next preposition but "of"."""
    doc = scene.text.doc
    end = start
    while end < stop:
        token = doc[end]
        if token.text in {",", ";", ".", "(", ")", '"', "–", "--"} or token.pos_ in {
            "VERB",
            "AUX",
            "CCONJ",
            "SCONJ",
            "PRON",
        }:
            break
        if token.pos_ == "ADP" and token.lower_ not in {"of", "in"}:
            break
        if token.lower_ == "in" and doc[end - 1].lower_ not in {"border", "frontier"}:
            break
        end += 1
    words = doc[start:end]
    if end == start or any(t.ent_type_ in {"DATE", "TIME"} or (t.pos_ == "NUM" and not t.is_digit) for t in words):
        return None
    last = words[-1] if isinstance(words, list) else doc[end - 1]
    if last.pos_ not in {"PROPN", "NOUN"}:
        return None
    return (start, end) if any(scene.is_name(t) or scene.is_place_noun(t) for t in words) else None


def _is_area(scene: Scene, around: Range) -> bool:
    """True where the phrase names an area: a noun for one, or a place known to be bigger than a point."""
    tokens = scene.text.doc[around[0] : around[1]]
    return any(scene.land_kind(t) in {"area", "direction"} for t in tokens) or (
        all(scene.is_name(t) or t.lower_ == "the" for t in tokens) and not scene.is_person(tokens[-1])
    )


def _distance(scene: Scene, i: int, floor: int, stop: int) -> Iterator[Draft]:
    """ "X, some 90 kilometres south of the capital", "X, 40km to the west", "X, 120 km away"."""
    doc = scene.text.doc
    if doc[i].lower_ not in _UNITS or i - 1 < floor:
        return
    start = i - 1
    while (
        start > floor
        and doc[start].text != ","
        and doc[start].pos_ in {"NUM", "DET", "ADV", "ADJ", "ADP", "PUNCT"}
        and i - start <= 5
    ):
        start -= 1
    last = _bearer_of_distance(scene, start, floor)
    if last is None:
        return
    if not scene.is_name(doc[last]) and not scene.is_place_noun(doc[last]):
        return
    end = i + 1
    while end < stop and (
        doc[end].lower_ in {"to", "the", "of", "away", "from", "-", "by", "road"}
        or doc[end].lower_.startswith(_DIRECTIONS)
        or scene.is_name(doc[end])
        or scene.is_place(doc[end])
        or (doc[end].pos_ == "ADJ" and doc[end - 1].lower_ in {"the", "of"})
    ):
        end += 1
    while end > i + 1 and doc[end - 1].lower_ in {"to", "the", "of", "from", "-", "by"}:
        end -= 1
    if end == i + 1:
        return
    name = (_name_start(scene, last), last + 1)
    yield _located(scene, (name[0], end), name, None, "distance")


def _bearer_of_distance(scene: Scene, start: int, floor: int) -> int | None:
    """The last token of what lies so far away: before a comma, or before "lies", "is" and the like."""
    doc = scene.text.doc
    if start == floor:
        return None
    if doc[start].text == ",":
        return start - 1
    verb = start if doc[start].lemma_ in {"lie", "be", "sit", "stand"} else start - 1
    while verb > floor and doc[verb].pos_ == "AUX" and doc[verb - 1].pos_ == "AUX":
        verb -= 1
    return verb - 1 if verb > floor and doc[verb].lemma_ in {"lie", "be", "sit", "stand"} else None


def _of_kind(scene: Scene, i: int, floor: int, stop: int) -> Iterator[Draft]:
    """ "the Hazmari port city of X", "the north-western border region of X": the adjective says where X lies."""
    doc = scene.text.doc
    token = doc[i]
    if scene.land_kind(token) not in {"settlement", "area"} or i + 2 >= stop or doc[i + 1].lower_ != "of":
        return
    run = scene.name_run(i + 2, stop)
    start = i
    while (start > floor and doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN"}) or (
        start > floor and doc[start - 1].text == "-"
    ):
        start -= 1
    if run is None or start == i or not any(_tells_where(scene, t) for t in doc[start:i]):
        return
    first = start - 1 if start > floor and doc[start - 1].pos_ == "DET" else start
    yield _located(scene, (first, run[1]), run, (start, i + 1), "kind")


def _a_town(scene: Scene, i: int, floor: int, stop: int) -> Iterator[Draft]:
    """ "X, a small town near the border", "X, a village in Y province": the apposition says where X lies."""
    doc = scene.text.doc
    if scene.land_kind(doc[i]) not in {"settlement", "area"} or i + 2 >= stop or doc[i + 1].lower_ not in _IN:
        return
    start = i
    while start > floor and (doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN", "VERB"} or doc[start - 1].text == "-"):
        start -= 1
    if start - 3 < floor or doc[start - 1].lower_ not in {"a", "an", "the"} or doc[start - 2].text != ",":
        return
    name = (_name_start(scene, start - 3), start - 2)
    around = _place_phrase(scene, i + 2, stop)
    if around is None or not scene.is_name(doc[start - 3]) or scene.is_person(doc[start - 3]):
        return
    yield _located(scene, (name[0], around[1]), name, around, "a-town")


def _tells_where(scene: Scene, token: Token) -> bool:
    """True for an adjective of a country or people and for "border" and the like; a direction alone is too little."""
    return (
        token.ent_type_ in {"NORP", "GPE"}
        or token.lower_ in {"border", "coastal", "port"}
        or (scene.is_name(token) and token.text.endswith(("i", "an", "ese", "ish", "ian")))
    )


def _located(scene: Scene, evidence: Range, name: Range, around: Range | None, rule: str) -> Draft:
    span = (
        scene.text.span(_name_start(scene, name[1] - 1), name[1]) if name[1] - name[0] == 1 else scene.text.span(*name)
    )
    other = scene.text.span(*around) if around is not None else None
    return Draft(
        slot="located_in",
        evidence=(scene.text.span(*evidence),),
        anchor=evidence[1] - 1,
        origin=f"relations_places#{rule}",
        subject=Ref(None, span.quote, span),
        object=Ref(None, other.quote.removeprefix("the "), other) if other is not None else None,
    )
