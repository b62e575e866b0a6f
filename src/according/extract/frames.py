"""Who stands where beside a trigger: subject, object, agent, and the nouns after its prepositions."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from according.extract.phrases import agent_of, conjuncts, is_passive, object_of, prepositional, subject_of
from according.rules import Hit

LIGHT_VERBS = frozenset(
    (
        "carry conduct launch stage mount execute perform make commit wage begin start continue resume suffer come "
        "face plan plot organise organize hold fire unleash drop rain deliver lead perpetrate pay undertake"
    ).split()
)
_VERB_FRAME = ("obj", "at", "on", "against", "with", "into", "in", "through")
_NOUN_FRAME = ("on", "against", "at", "with")
_VERBAL = ("ing", "tion", "ure", "der", "acre", "ege", "ment")

Sides = tuple[list[Token], list[Token]]


def participants(token: Token, hit: Hit) -> Sides:
    """Head tokens of initiators and targets, by the row's frame and its prepositions (column `to`)."""
    frame = tuple(hit.row["to"].split())
    if hit.row["frame"] == "noun":
        return _of_noun(token, frame)
    if token.pos_ == "AUX" and token.dep_ == "aux":
        return _of_duty(token)
    if is_passive(token) or (token.dep_ == "acl" and token.tag_ == "VBN"):
        patient = object_of(token) or (token.head if token.dep_ == "acl" else None)
        return _all(agent_of(token)), _all(patient)
    actor = subject_of(token) or (subject_of(clause_verb(token)) if token.pos_ not in {"VERB", "AUX"} else None)
    return _all(actor), _all(_patient(token, hit, frame or _VERB_FRAME))


def things_of(token: Token, hit: Hit) -> list[Token]:
    """The nouns that tell what a verb or verbal noun is done to, with what stands before the noun ("press release")."""
    if hit.row["frame"] == "noun":
        before = [t for t in token.children if t.dep_ in {"compound", "amod"}]
        return before + _all(prepositional(token, "of"))
    patient = object_of(token) or (token.head if token.dep_ in {"acl", "relcl"} and token.tag_ == "VBN" else None)
    if patient is None:
        patient = next((t for t in token.children if t.dep_ in {"dative", "attr", "oprd"}), None)
    clause = next((t for t in token.children if t.dep_ in {"ccomp", "xcomp"}), None)
    subject = next((t for t in clause.children if t.dep_ == "nsubj"), None) if clause is not None else None
    return _all(patient) + _all(subject)


def clause_verb(token: Token) -> Token:
    """The verb that the token depends on, passing over prepositions."""
    current = token
    while current.pos_ not in {"VERB", "AUX"} and current.head != current:
        current = current.head
    return current


def _all(head: Token | None) -> list[Token]:
    return conjuncts(head) if head is not None else []


def _patient(token: Token, hit: Hit, frame: Sequence[str]) -> Token | None:
    """The first of the row's places that is filled: object, subject of the clause, noun after a preposition."""
    inside = [t for t in token.doc[hit.start : hit.end] if t.i != token.i]
    thing = object_of(token)
    nodes = [token, *inside, *([thing] if thing is not None and thing not in inside else [])]
    for place in frame:
        if place == "obj":
            found = thing if thing not in inside else None
        elif place == "clause":
            found = _clause_subject(token)
        elif place == "dative":
            found = next((t for t in token.children if t.dep_ == "dative" and t.pos_ != "ADP"), None)
        else:
            found = next((n for node in nodes if (n := prepositional(node, place)) is not None), None)
        if found is not None:
            return found
    return None


def _clause_subject(token: Token) -> Token | None:
    """The subject of the clause that a verb governs ("demanded that the army leave")."""
    for child in token.children:
        if child.dep_ in {"ccomp", "xcomp"}:
            return next((t for t in child.children if t.dep_ in {"nsubj", "nsubjpass"}), None)
    return None


def _of_duty(token: Token) -> Sides:
    """ "The agency said that both armies must leave": the agency asks, the armies are asked."""
    verb = token.head
    asked = next((t for t in verb.children if t.dep_ in {"nsubj", "nsubjpass"}), None)
    asking = subject_of(verb.head) if verb.dep_ == "ccomp" else None
    return _all(asking), _all(asked)


def _of_noun(token: Token, frame: tuple[str, ...]) -> Sides:
    """ "X's attack on Y", "an attack by X", "X carried out an attack on Y", "clashes between X and Y"."""
    between = prepositional(token, "between", "among")
    if between is not None:
        sides = conjuncts(between)
        return sides[:1], sides[1:]
    agent = agent_of(token) or next((t for t in token.children if t.dep_ == "poss" and t.pos_ != "PRON"), None)
    target = prepositional(token, *(frame or _NOUN_FRAME)) or _of(token)
    verb = clause_verb(token)
    if verb != token and verb.pos_ == "VERB" and verb.lemma_.lower() in LIGHT_VERBS:
        agent = agent or _light_agent(verb, token)
        target = target or prepositional(verb, *(frame or _NOUN_FRAME[:3]))
    elif verb != token and token.dep_ == "pobj" and token.head.lower_ == "under":
        target = target or subject_of(verb)
    elif verb != token and token.dep_ in {"nsubj"} and verb.pos_ == "VERB":
        target = target or object_of(verb) or prepositional(verb, "through", "into")
    elif verb != token and _is_instrument(token, verb):
        agent = agent or subject_of(verb)
        target = target or object_of(verb)
    return _all(agent), _all(target)


def _of(token: Token) -> Token | None:
    """The object of a verbal noun ("the shelling of the town", not "a wave of attacks")."""
    return prepositional(token, "of") if token.lemma_.endswith(_VERBAL) else None


def _light_agent(verb: Token, token: Token) -> Token | None:
    if is_passive(verb):
        return agent_of(verb)
    return subject_of(verb) if token.dep_ in {"dobj", "pobj", "obj", "conj"} else None


def _is_instrument(token: Token, verb: Token) -> bool:
    """True for "killed ... in air strikes", where the killer is who struck."""
    return token.dep_ == "pobj" and token.head.lower_ in {"in", "with", "by", "during"} and not is_passive(verb)
