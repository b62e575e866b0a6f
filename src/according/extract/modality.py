"""Whether a thing happened, was tried, planned, threatened or only thought of, and whether the words deny it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from according.model import Certainty, Modality, Stance
from according.rules import Lexicon

_NEGATIVE_DETERMINERS = frozenset({"no", "none", "nobody", "neither", "never", "nothing", "not"})
_IMPLICATIVE = frozenset(
    (
        "manage begin start continue proceed go help force come cause lead use appear seem claim allege report "
        "believe say think know find confess admit"
    ).split()
)
_CLIMB = frozenset(
    {
        "xcomp",
        "acl",
        "prep",
        "pobj",
        "dobj",
        "pcomp",
        "nsubj",
        "nsubjpass",
        "conj",
        "compound",
        "advcl",
        "agent",
        "attr",
        "relcl",
        "amod",
        "poss",
        "nmod",
        "oprd",
        "dative",
    }
)


@dataclass(frozen=True, slots=True)
class Reality:
    """How real the words make a thing."""

    modality: Modality = Modality.ACTUAL
    certainty: Certainty = Certainty.CERTAIN
    stance: Stance = Stance.ASSERTS


def reality_of(token: Token, modality: Lexicon, hedges: Lexicon) -> Reality:
    """Modality, certainty and polarity of a trigger from its clause and what governs it.

    Climbs from the trigger to the clause that somebody asserts: "tried to shell" is attempted, "if they shell" is
    conditional, "no unit shelled" is denied. It stops at a complement clause ("said that"), where a voice begins.
    """
    doc = token.doc
    path = _path(token)
    found: Modality | None = None
    certainty, denied, conditional, past = Certainty.CERTAIN, False, False, False
    for node in path:
        denied = denied or _is_negated(node)
        past = past or any(t.lower_ in {"have", "been", "had"} and t.dep_.startswith("aux") for t in node.children)
        for child in [
            node,
            *(c for c in node.children if c.dep_ in {"aux", "mark", "acomp", "amod", "advmod", "oprd"}),
        ]:
            for hit in modality.at(doc, child.i):
                name = hit.row["modality"]
                if child is node and child is token:
                    continue
                if name == "possible":
                    certainty = Certainty.POSSIBLE
                elif (
                    name == "conditional"
                    and hit.row.id == "should-first"
                    and child.i != child.sent.start
                    and node.left_edge.i != child.i
                ):
                    continue
                else:
                    conditional = conditional or name == "conditional"
                    found = found or Modality(name)
            for hit in hedges.at(doc, child.i):
                if child is not node or child.pos_ == "ADV" or node is not token:
                    certainty = _weaker(certainty, Certainty(hit.row["certainty"]))
    if conditional:
        found = Modality.CONDITIONAL
    if certainty is Certainty.POSSIBLE and found is None and not past and _bare_infinitive(token):
        found = Modality.CONDITIONAL
    if found is None and _is_purpose(token):
        found = Modality.PLANNED
    return Reality(found or Modality.ACTUAL, certainty, Stance.DENIES if denied else Stance.ASSERTS)


def _is_purpose(token: Token) -> bool:
    """True for an infinitive of purpose ("the fight to free the town"), not after "managed to" or "continued to"."""
    if token.tag_ != "VB" or not any(t.lower_ == "to" for t in token.lefts):
        return False
    return token.dep_ in {"acl", "advcl"} or (token.dep_ == "xcomp" and token.head.lemma_.lower() not in _IMPLICATIVE)


def _path(token: Token) -> list[Token]:
    """The trigger and its governors up to the clause that is asserted."""
    path, current = [token], token
    while current.head != current and current.dep_ in _CLIMB:
        if current.dep_ in {"advcl", "relcl", "conj"} and current.pos_ in {"VERB", "AUX"} and current.dep_ != "xcomp":
            break
        if current.dep_ in {"nsubj", "nsubjpass"} and current.head.pos_ in {"VERB", "AUX"} and current is not token:
            break
        current = current.head
        path.append(current)
        if len(path) > 6:
            break
    return path


def _is_negated(node: Token) -> bool:
    """True for "not", "never", and "no" or "none of" on the subject or object."""
    for child in node.children:
        if child.dep_ == "neg" and child.lower_ not in {"only"}:
            return True
        takes_part = child.dep_ in {"nsubj", "nsubjpass", "dobj"} and node.pos_ in {"VERB", "AUX"}
        if takes_part and (
            child.lower_ in _NEGATIVE_DETERMINERS or any(t.lower_ == "no" and t.dep_ == "det" for t in child.children)
        ):
            return True
    return any(t.lower_ == "no" and t.dep_ == "det" for t in node.children)


def _weaker(a: Certainty, b: Certainty) -> Certainty:
    order = [Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE]
    return max(a, b, key=order.index)


def _bare_infinitive(token: Token) -> bool:
    return token.pos_ == "VERB" and token.tag_ == "VB" and not any(t.lower_ == "have" for t in token.children)
