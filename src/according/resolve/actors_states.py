"""When the name of a state, or of its capital, names a party and not a place."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from according.model import ActorRef
from according.resolve.actors_base import Actor
from according.resolve.actors_reading import ActorReading, NamedActor, in_compound, speaks
from according.resolve.actors_words import AliasHit

# Prepositions after which a state is dealt with as a party: "supported by Iran", "war against Ombar".
_PARTY_PREPOSITIONS = frozenset({"by", "against", "between", "with"})


def state_parties(reading: ActorReading) -> Iterator[NamedActor]:
    """States, peoples and capitals where they act, speak or are acted on."""
    for hit, actor in reading.states.values():
        rules = {a.rule for a in hit.aliases if a.actor == actor.id}
        if in_compound(reading.doc, hit.end):
            if reading.lexicons.edge("compound", reading.doc[hit.end + 1].lower_):
                yield _found(reading, hit, actor, "state#compound")
        elif _does(reading, reading.doc[hit.end - 1], hit):
            yield _found(reading, hit, actor, "state#deed")
        elif "people" in rules and not rules & {"as-party"}:
            yield _people(reading, hit, actor)
        elif "as-party" in rules and _is_party(reading, hit):
            yield _found(reading, hit, actor, "state#party")
        elif "as-speaker" in rules and speaks(reading, reading.doc[hit.end - 1]):
            yield _found(reading, hit, actor, "state#capital")


def _found(reading: ActorReading, hit: AliasHit, actor: Actor, origin: str) -> NamedActor:
    return NamedActor(hit.start, hit.end, ActorRef(actor.id, actor.name, actor.kind, actor.country), origin)


def _people(reading: ActorReading, hit: AliasHit, actor: Actor) -> NamedActor:
    name = reading.words(hit.start, hit.end)
    return NamedActor(hit.start, hit.end, ActorRef(None, name, "civilians", actor.country), "state#people")


def _is_party(reading: ActorReading, hit: AliasHit) -> bool:
    token = _outermost(reading.doc[hit.end - 1], hit)
    if token.dep_ in {"nsubj", "agent"} or (token.dep_ == "nsubjpass" and _acted_on(reading, token.head)):
        return token.head.pos_ in {"VERB", "AUX"} and (token.head.lemma_ != "be" or _is_no_description(token.head))
    if token.dep_ == "pobj":
        return token.head.lower_ in _PARTY_PREPOSITIONS
    return token.dep_ in {"dobj", "obj"} and (_acted_on(reading, token.head) or _role(reading, token.head) == "speaks")


def _outermost(token: Token, hit: AliasHit) -> Token:
    """The head of the hit, and of the list that it stands in ("Russia and Iran")."""
    while hit.start <= token.head.i < hit.end and token.head != token:
        token = token.head
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def _is_no_description(verb: Token) -> bool:
    """False for "Ombar is a country", which says what it is and not what it does."""
    return not any(child.dep_ in {"attr", "prep"} for child in verb.children)


def _does(reading: ActorReading, token: Token, hit: AliasHit) -> bool:
    """True for "an Ombaran air strike", "Ombar's support": the deed is the state's."""
    if token.dep_ not in {"amod", "compound", "nmod", "poss"} or token.head.i < hit.end:
        return False
    tokens = list(reading.doc[hit.end : token.head.i + 1])
    hits = (h for i in range(len(tokens)) for h in reading.lexicons.verbs.at(tokens, i))
    return any(h.end == len(tokens) and h.row["role"] == "deed" for h in hits)


def _acted_on(reading: ActorReading, verb: Token) -> bool:
    return _role(reading, verb) is not None


def _role(reading: ActorReading, verb: Token) -> str | None:
    hits = reading.lexicons.verbs.at([verb], 0)
    return next((hit.row["role"] for hit in hits if hit.row["role"] != "deed"), None)
