"""Words that report an event: what kind, who did it to whom, and how real the words make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from according.annotate import Text
from according.extract.modality import Reality, reality_of
from according.extract.phrases import agent_of, conjuncts, is_passive, object_of, prepositional, subject_of
from according.rules import Hit, Lexicon

LIGHT_VERBS = frozenset(
    (
        "carry conduct launch stage mount execute perform make commit wage begin start continue resume suffer come "
        "face plan plot organise organize hold fire unleash drop rain deliver lead perpetrate"
    ).split()
)
_THINGS = frozenset({"attack", "ied_mine", "air_strike", "shelling_missile", "grenade", "drone_strike"})
_OTHER = frozenset(
    {"another", "second", "third", "other", "separate", "further", "similar", "different", "earlier", "previous"}
)


@dataclass(frozen=True, slots=True)
class Agent:
    """Who the words after a trigger say was behind it.

    Args:
        token: head of the actor's name.
        part: `doer`, or how the part is put: `claimed`, `accused`.
        start, end: tokens of the words that say so, the name included.
        origin: the lexicon row.
    """

    token: int
    part: str
    start: int
    end: int
    origin: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """One report of an event in tokens.

    Args:
        token: the head of the trigger phrase; start, end: the phrase.
        event_type: id of data/vocabulary/event_types.yaml, refined by the weapon named in the clause.
        strength: 3 names the kind of event, 2 an event of a broad kind, 1 needs company, 0 only the harm.
        frame: noun, verb or harm.
        reality: modality, certainty, polarity.
        initiators, targets: head tokens of the phrases that name them.
        clause: the verb of the clause, or the trigger itself.
        definite: True for "the attack", which takes up something said before.
        other: True for "another attack", which does not.
        origin: the lexicon row.
        behind: those who are said to have claimed it or are blamed for it.
    """

    token: int
    start: int
    end: int
    event_type: str
    strength: int
    frame: str
    reality: Reality
    initiators: tuple[int, ...]
    targets: tuple[int, ...]
    clause: int
    definite: bool
    other: bool
    origin: str
    behind: tuple[Agent, ...] = ()


def find_triggers(text: Text, lexicons: Mapping[str, Lexicon]) -> list[Trigger]:
    """All triggers of a text in order."""
    return list(_find(text, lexicons))


def _find(text: Text, lexicons: Mapping[str, Lexicon]) -> Iterator[Trigger]:
    lexicon = lexicons["triggers"]
    for sentence in text.sentences:
        for hit in lexicon.find(text.doc, sentence.start, sentence.end):
            token = _head(text, hit)
            if not _fits(token, hit):
                continue
            initiators, targets = _participants(token, hit.row["frame"])
            yield Trigger(
                token.i,
                hit.start,
                hit.end,
                _refined(text, token, hit, lexicons["type_hints"], initiators),
                int(hit.row["strength"]),
                hit.row["frame"],
                reality_of(token, lexicons["modality"], lexicons["hedges"]),
                tuple(t.i for t in initiators),
                tuple(t.i for t in targets),
                _clause(token).i,
                any(
                    t.lower_ in {"the", "this", "that", "these", "those", "its", "their"}
                    for t in token.children
                    if t.dep_ in {"det", "poss"}
                ),
                any(t.lower_ in _OTHER for t in token.children),
                lexicon.origin(hit.row),
            )


def _head(text: Text, hit: Hit) -> Token:
    """The token of the phrase that governs the others."""
    inside = range(hit.start, hit.end)
    if hit.row["frame"] == "verb":
        verb = next((t for t in text.doc[hit.start : hit.end] if t.pos_ in {"VERB", "AUX"}), None)
        if verb is not None:
            return verb
    return next(
        (t for t in text.doc[hit.start : hit.end] if t.head.i not in inside or t.head == t), text.doc[hit.end - 1]
    )


def _fits(token: Token, hit: Hit) -> bool:
    """False for a noun used as a modifier of another ("attack helicopter") and a verb used as a plain adjective."""
    if (
        hit.row["frame"] == "noun"
        and token.dep_ in {"compound", "nmod", "amod"}
        and token.head.i > token.i
        and token.head.pos_ in {"NOUN", "PROPN"}
    ):
        return False
    if hit.row["frame"] == "verb":
        return token.dep_ not in {"amod", "compound"}
    weak = int(hit.row["strength"]) == 1
    return (
        not weak
        or token.dep_ in {"nsubj", "nsubjpass", "dobj", "ROOT", "conj", "attr"}
        or _clause(token).lemma_.lower() in LIGHT_VERBS
    )


def _clause(token: Token) -> Token:
    """The verb that the trigger depends on, passing over prepositions."""
    current = token
    while current.pos_ not in {"VERB", "AUX"} and current.head != current:
        current = current.head
    return current


def _participants(token: Token, frame: str) -> tuple[list[Token], list[Token]]:
    """Head tokens of initiators and targets."""
    if frame == "noun":
        return _of_noun(token)
    if is_passive(token) or (token.dep_ == "acl" and token.tag_ == "VBN"):
        patient = object_of(token) or (token.head if token.dep_ == "acl" else None)
        agent = agent_of(token)
        return (conjuncts(agent) if agent is not None else []), (conjuncts(patient) if patient is not None else [])
    actor = subject_of(token)
    patient = object_of(token) or prepositional(token, "at", "on", "against", "with", "into", "in", "through")
    return (conjuncts(actor) if actor is not None else []), (conjuncts(patient) if patient is not None else [])


def _of_noun(token: Token) -> tuple[list[Token], list[Token]]:
    """ "X's attack on Y", "an attack by X", "X carried out an attack on Y", "clashes between X and Y"."""
    between = prepositional(token, "between", "among")
    if between is not None:
        sides = conjuncts(between)
        return sides[:1], sides[1:]
    agent = agent_of(token) or next((t for t in token.children if t.dep_ == "poss" and t.pos_ != "PRON"), None)
    target = prepositional(token, "on", "against", "at", "with") or _of(token)
    verb = _clause(token)
    if verb != token and verb.pos_ == "VERB" and verb.lemma_.lower() in LIGHT_VERBS:
        agent = agent or _light_agent(verb, token)
        target = target or prepositional(verb, "on", "against", "at")
    elif verb != token and token.dep_ == "pobj" and token.head.lower_ == "under":
        target = target or subject_of(verb)
    elif verb != token and token.dep_ in {"nsubj"} and verb.pos_ == "VERB":
        target = target or object_of(verb) or prepositional(verb, "through", "into")
    elif verb != token and _is_instrument(token, verb):
        agent = agent or subject_of(verb)
        target = target or object_of(verb)
    return (conjuncts(agent) if agent is not None else []), (conjuncts(target) if target is not None else [])


def _of(token: Token) -> Token | None:
    """The object of a verbal noun ("the shelling of the town", not "a wave of attacks")."""
    return (
        prepositional(token, "of")
        if token.lemma_.endswith(("ing", "tion", "ure", "der", "acre", "ege", "ment"))
        else None
    )


def _light_agent(verb: Token, token: Token) -> Token | None:
    if is_passive(verb):
        return agent_of(verb)
    return subject_of(verb) if token.dep_ in {"dobj", "pobj", "obj", "conj"} else None


def _is_instrument(token: Token, verb: Token) -> bool:
    """True for "killed ... in air strikes", where the killer is who struck."""
    return token.dep_ == "pobj" and token.head.lower_ in {"in", "with", "by", "during"} and not is_passive(verb)


def _refined(text: Text, token: Token, hit: Hit, hints: Lexicon, initiators: list[Token]) -> str:
    """The trigger's type, told more closely by a weapon or platform named in its phrase or clause."""
    own = hit.row["type"]
    if own not in _THINGS or (int(hit.row["strength"]) == 3 and own != "ied_mine"):
        return own
    hit_by = {t.i for c in token.children if c.lower_ in {"on", "against", "at"} for t in c.subtree}
    near = [t for t in token.subtree if t.dep_ not in {"relcl"} and abs(t.i - token.i) < 8 and t.i not in hit_by]
    verb = _clause(token)
    near += [t for actor in initiators for t in actor.subtree if abs(t.i - actor.i) < 5]
    near += [
        t
        for c in verb.children
        if c.dep_ in {"prep", "agent"} and c.lower_ in {"with", "by", "using", "from", "in"}
        for t in c.subtree
        if abs(t.i - c.i) < 6
    ]
    types = [
        h.row["type"]
        for t in dict.fromkeys(near)
        if not hit.start <= t.i < hit.end or own == "attack"
        for h in hints.at(text.doc, t.i)[:1]
    ]
    if not types:
        return own
    if (
        own == "ied_mine"
        and "suicide_attack" not in types
        and types[0] not in {"air_strike", "drone_strike", "shelling_missile"}
    ):
        return own
    return "suicide_attack" if "suicide_attack" in types else "chemical" if "chemical" in types else types[0]
