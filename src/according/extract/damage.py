"""Claims that something was damaged or destroyed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from according.annotate import Text
from according.extract.draft import Draft
from according.extract.modality import reality_of
from according.extract.phrases import conjuncts, core_phrase, object_of
from according.extract.triggers import Trigger
from according.model import Ref
from according.rules import Lexicon
from according.values import Words


def find_damage(text: Text, triggers: Sequence[Trigger], lexicons: Mapping[str, Lexicon]) -> list[Draft]:
    """A draft for each thing that is said to be damaged or destroyed (people are harm, and are left to it)."""
    lexicon, drafts = lexicons["damage"], []
    for hit in lexicon.find(text.doc):
        token = text.doc[hit.start]
        target = token.head if token.dep_ in {"amod", "acl"} else object_of(token)
        if target is None or target.pos_ not in {"NOUN", "PROPN"} or _is_person(text, target, lexicons["people"]):
            continue
        for thing in conjuncts(target)[:3]:
            drafts.append(_draft(text, thing, token, triggers, lexicon.origin(hit.row), lexicons))
    return drafts


def _is_person(text: Text, noun: Token, people: Lexicon) -> bool:
    kinds = {h.row["kind"] for h in people.at(text.doc, noun.i)}
    return bool(kinds & {"person", "forces", "body"}) or noun.ent_type_ == "PERSON"


def _draft(
    text: Text, thing: Token, verb: Token, triggers: Sequence[Trigger], origin: str, lexicons: Mapping[str, Lexicon]
) -> Draft:
    start, end = core_phrase(thing)
    span = text.span(start, end)
    reality = reality_of(verb, lexicons["modality"], lexicons["hedges"])
    first, last = min(start, verb.i), max(end, verb.i + 1)
    close = last - first <= 14
    words = text.span(first, last) if close and thing.dep_ != "conj" else span
    number = text.sentence_index(verb.i)
    event = next(
        (
            t.token
            for t in triggers
            if text.sentence_index(t.token) == number and t.token in {verb.i, verb.head.i} | {c.i for c in verb.subtree}
        ),
        None,
    )
    return Draft(
        "damaged", (words,), verb.i, origin, object=Ref(None, span.quote, span), value=Words(span.quote), event=event,
        stance=reality.stance, certainty=reality.certainty, modality=reality.modality,
    )  # fmt: skip
