"""Where places lie: "Besk, in the Anvar valley", "Tambrel, some 90 kilometres south of the capital"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from according.extract.draft import Draft
from according.extract.relations_context import Context, Range
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


def find_places(context: Context) -> Iterator[Draft]:
    """Drafts of located_in; the value is left to the resolver of places."""
    for sentence in context.text.sentences:
        for i in range(sentence.start, sentence.end):
            yield from _after_name(context, i, sentence.end)
            yield from _distance(context, i, sentence.start, sentence.end)
            yield from _of_kind(context, i, sentence.start, sentence.end)
            yield from _a_town(context, i, sentence.start, sentence.end)


def _after_name(context: Context, i: int, stop: int) -> Iterator[Draft]:
    """ "X, in the Y valley" and "X in Y province": the name of a place, then where it is."""
    doc = context.text.doc
    if i + 2 >= stop or not _ends_place(context, i):
        return
    comma = doc[i + 1].text == ","
    at = i + 2 if comma else i + 1
    if (
        at + 1 >= stop
        or doc[at].lower_ not in _IN
        or (doc[at].lower_ in {"at", "on", "off", "across", "along"} and not comma)
    ):
        return
    around = _place_phrase(context, at + 1, stop)
    if around is None:
        return
    named = context.is_place_noun(doc[i]) and context.is_name(doc[around[1] - 1])
    noun_inside = named or any(
        context.is_place_noun(t) or (t.i in range(*around) and context.is_place(t)) for t in doc[around[0] : around[1]]
    )
    if not noun_inside or (not comma and not _is_area(context, around)):
        return
    start = i if context.is_place_noun(doc[i]) else _name_start(context, i)
    evidence = (at, around[1]) if context.is_place_noun(doc[i]) else (start, around[1])
    yield _located(context, evidence, (start, i + 1), around, "in")


def _ends_place(context: Context, i: int) -> bool:
    """True where a place's name ends at token i: known as one, or a name after "in", "near", "at"."""
    doc = context.text.doc
    token = doc[i]
    if i + 1 < len(doc) and context.is_name(doc[i + 1]):
        return False
    if context.is_place_noun(token):
        return i > 0 and context.is_name(doc[i - 1]) and i + 1 < len(doc) and doc[i + 1].lower_ == "in"
    if not context.is_name(token) or context.is_person(token):
        return False
    if context.is_place(token):
        return True
    start = _name_start(context, i)
    return start > 0 and doc[start - 1].lower_ in {"in", "near", "at", "outside"} and token.ent_type_ != "PERSON"


def _name_start(context: Context, last: int) -> int:
    doc = context.text.doc
    start = last
    sentence = context.text.sentences[context.text.sentence_index(last)]
    while (
        start > sentence.start
        and (context.is_name(doc[start - 1]) or doc[start - 1].text == "-")
        and doc[start - 1].lower_ not in _PLACE_AT
    ):
        start -= 1
    return start


def _place_phrase(context: Context, start: int, stop: int) -> Range | None:
    """The phrase of a place that begins at a token: up to a comma, a verb or the next preposition but "of"."""
    doc = context.text.doc
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
    return (start, end) if any(context.is_name(t) or context.is_place_noun(t) for t in words) else None


def _is_area(context: Context, around: Range) -> bool:
    """True where the phrase names an area: a noun for one, or a place known to be bigger than a point."""
    tokens = context.text.doc[around[0] : around[1]]
    return any(context.land_kind(t) in {"area", "direction"} for t in tokens) or (
        all(context.is_name(t) or t.lower_ == "the" for t in tokens) and not context.is_person(tokens[-1])
    )


def _distance(context: Context, i: int, floor: int, stop: int) -> Iterator[Draft]:
    """ "X, some 90 kilometres south of the capital", "X, 40km to the west", "X, 120 km away"."""
    doc = context.text.doc
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
    last = _bearer_of_distance(context, start, floor)
    if last is None:
        return
    if not context.is_name(doc[last]) and not context.is_place_noun(doc[last]):
        return
    end = i + 1
    while end < stop and (
        doc[end].lower_ in {"to", "the", "of", "away", "from", "-", "by", "road"}
        or doc[end].lower_.startswith(_DIRECTIONS)
        or context.is_name(doc[end])
        or context.is_place(doc[end])
        or (doc[end].pos_ == "ADJ" and doc[end - 1].lower_ in {"the", "of"})
    ):
        end += 1
    while end > i + 1 and doc[end - 1].lower_ in {"to", "the", "of", "from", "-", "by"}:
        end -= 1
    if end == i + 1:
        return
    name = (_name_start(context, last), last + 1)
    yield _located(context, (name[0], end), name, None, "distance")


def _bearer_of_distance(context: Context, start: int, floor: int) -> int | None:
    """The last token of what lies so far away: before a comma, or before "lies", "is" and the like."""
    doc = context.text.doc
    if start == floor:
        return None
    if doc[start].text == ",":
        return start - 1
    verb = start if doc[start].lemma_ in {"lie", "be", "sit", "stand"} else start - 1
    while verb > floor and doc[verb].pos_ == "AUX" and doc[verb - 1].pos_ == "AUX":
        verb -= 1
    return verb - 1 if verb > floor and doc[verb].lemma_ in {"lie", "be", "sit", "stand"} else None


def _of_kind(context: Context, i: int, floor: int, stop: int) -> Iterator[Draft]:
    """ "the Hazmari port city of X", "the north-western border region of X": the adjective says where X lies."""
    doc = context.text.doc
    token = doc[i]
    if context.land_kind(token) not in {"settlement", "area"} or i + 2 >= stop or doc[i + 1].lower_ != "of":
        return
    run = context.name_run(i + 2, stop)
    start = i
    while (start > floor and doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN"}) or (
        start > floor and doc[start - 1].text == "-"
    ):
        start -= 1
    if run is None or start == i or not any(_tells_where(context, t) for t in doc[start:i]):
        return
    first = start - 1 if start > floor and doc[start - 1].pos_ == "DET" else start
    yield _located(context, (first, run[1]), run, (start, i + 1), "kind")


def _a_town(context: Context, i: int, floor: int, stop: int) -> Iterator[Draft]:
    """ "X, a small town near the border", "X, a village in Y province": the apposition says where X lies."""
    doc = context.text.doc
    if context.land_kind(doc[i]) not in {"settlement", "area"} or i + 2 >= stop or doc[i + 1].lower_ not in _IN:
        return
    start = i
    while start > floor and (doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN", "VERB"} or doc[start - 1].text == "-"):
        start -= 1
    if start - 3 < floor or doc[start - 1].lower_ not in {"a", "an", "the"} or doc[start - 2].text != ",":
        return
    name = (_name_start(context, start - 3), start - 2)
    around = _place_phrase(context, i + 2, stop)
    if around is None or not context.is_name(doc[start - 3]) or context.is_person(doc[start - 3]):
        return
    yield _located(context, (name[0], around[1]), name, around, "a-town")


def _tells_where(context: Context, token: Token) -> bool:
    """True for an adjective of a country or people and for "border" and the like; a direction alone is too little."""
    return (
        token.ent_type_ in {"NORP", "GPE"}
        or token.lower_ in {"border", "coastal", "port"}
        or (context.is_name(token) and token.text.endswith(("i", "an", "ese", "ish", "ian")))
    )


def _located(context: Context, evidence: Range, name: Range, around: Range | None, rule: str) -> Draft:
    span = (
        context.text.span(_name_start(context, name[1] - 1), name[1])
        if name[1] - name[0] == 1
        else context.text.span(*name)
    )
    other = context.text.span(*around) if around is not None else None
    return Draft(
        slot="located_in",
        evidence=(context.text.span(*evidence),),
        anchor=evidence[1] - 1,
        origin=f"relations_places#{rule}",
        subject=Ref(None, span.quote, span),
        object=Ref(None, other.quote.removeprefix("the "), other) if other is not None else None,
    )
