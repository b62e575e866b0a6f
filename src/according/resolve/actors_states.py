"""When the name of a state, or of its capital, names a party and not a place."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from according.model import ActorRef
from according.resolve.actors_base import Actor
from according.resolve.actors_reading import Found, Reading, in_compound
from according.resolve.actors_words import Hit

# Prepositions after which a state is dealt with as a party: "supported by Iran", "war against Ombar".
_PARTY_PREPOSITIONS = frozenset({"by", "against", "between", "with"})
# Participles that make a compound with a state: "US-led", "Turkish-backed", "Iran-allied".
_COMPOUNDS = frozenset("led backed supported allied sponsored trained armed funded financed run aligned".split())


def state_parties(reading: Reading) -> Iterator[Found]:
    """States, peoples and capitals where they act, speak or are acted on."""
    for hit, actor in reading.states.values():
        rules = {a.rule for a in hit.aliases if a.actor == actor.id}
        if in_compound(reading.doc, hit.end):
            if reading.doc[hit.end + 1].lower_ in _COMPOUNDS:
                yield _found(reading, hit, actor, "state#compound")
        elif "people" in rules and not rules & {"as-party"}:
            yield _people(reading, hit, actor)
        elif "as-party" in rules and _is_party(reading, hit):
            yield _found(reading, hit, actor, "state#party")
        elif "as-speaker" in rules and _speaks(reading, reading.doc[hit.end - 1]):
            yield _found(reading, hit, actor, "state#capital")


def _found(reading: Reading, hit: Hit, actor: Actor, origin: str) -> Found:
    return Found(hit.start, hit.end, ActorRef(actor.id, actor.name, actor.kind, actor.country), origin)


def _people(reading: Reading, hit: Hit, actor: Actor) -> Found:
    name = reading.words(hit.start, hit.end)
    return Found(hit.start, hit.end, ActorRef(None, name, "civilians", actor.country), "state#people")


def _is_party(reading: Reading, hit: Hit) -> bool:
    token = _outermost(reading.doc[hit.end - 1], hit)
    if token.dep_ in {"nsubj", "agent"} or (token.dep_ == "nsubjpass" and _acted_on(reading, token.head)):
        return token.head.pos_ in {"VERB", "AUX"} and token.head.lemma_ != "be"
    if token.dep_ == "pobj":
        return token.head.lower_ in _PARTY_PREPOSITIONS
    return token.dep_ in {"dobj", "obj"} and (_acted_on(reading, token.head) or _role(reading, token.head) == "speaks")


def _outermost(token: Token, hit: Hit) -> Token:
    """The head of the hit, and of the list that it stands in ("Russia and Iran")."""
    while hit.start <= token.head.i < hit.end and token.head != token:
        token = token.head
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def _speaks(reading: Reading, token: Token) -> bool:
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token.dep_ == "nsubj" and _role(reading, token.head) == "speaks"


def _acted_on(reading: Reading, verb: Token) -> bool:
    return _role(reading, verb) is not None


def _role(reading: Reading, verb: Token) -> str | None:
    hits = reading.lexicons.verbs.at(list(reading.doc[verb.i : verb.i + 1]), 0)
    return hits[0].row["role"] if hits else None
