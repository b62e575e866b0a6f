"""Whether the verb that governs an expression of time looks ahead ("will resume on Friday", "is due by Sunday")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class TenseCues:
    """Words that look ahead: auxiliaries, verbs and adjectives of plan, and verbs whose present tense is a plan."""

    auxiliaries: frozenset[str]
    plans: frozenset[str]
    schedules: frozenset[str]
    limits: frozenset[str]
    conditions: frozenset[str]


def load_tense(path: Path) -> TenseCues:
    """Read the cues of the future from a YAML file with the five lists."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return TenseCues(
        *(frozenset(content[name]) for name in ("auxiliaries", "plans", "schedules", "limits", "conditions"))
    )


def looks_ahead(tokens: Sequence[Token], cues: TenseCues) -> bool:
    """True where the verb above the expression is of the future; False where there is no verb."""
    if not tokens:
        return False
    inside = {token.i for token in tokens}
    top = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[0])
    node = top
    for _ in range(8):
        if node.i not in inside:
            if node.lemma_.lower() in cues.plans and node.pos_ in {"ADJ", "NOUN", "VERB"} and _is_planned(node):
                return True
            if node.pos_ in {"VERB", "AUX"}:
                return _is_ahead(node, cues) or (_is_limit(tokens[0], cues) and _is_open(node, cues))
        if node.head.i == node.i:
            return False
        node = node.head
    return False


def _is_limit(first: Token, cues: TenseCues) -> bool:
    return first.i > 0 and first.nbor(-1).lower_ in cues.limits


def _is_open(verb: Token, cues: TenseCues) -> bool:
    """True for a verb of the present, or in a condition: "unless they are freed by Friday"."""
    if any(child.lower_ in cues.conditions for child in verb.children):
        return True
    group = [verb, *(child for child in verb.children if child.dep_ in {"aux", "auxpass"})]
    return not any(token.tag_ == "VBD" or token.lower_ in {"had", "was", "were", "did"} for token in group)


def _is_planned(node: Token) -> bool:
    return (
        node.pos_ != "VERB"
        or node.tag_ in {"VBN", "VBZ", "VBP"}
        or any(child.lower_ == "be" for child in node.children)
    )


def _is_ahead(verb: Token, cues: TenseCues) -> bool:
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if any(helper.lower_ in cues.auxiliaries for helper in helpers):
        return True
    if any(helper.lower_ == "to" for helper in helpers):
        above = verb.head
        return above.lemma_.lower() in cues.plans or (above.lemma_ == "go" and above.tag_ == "VBG")
    if verb.lemma_.lower() in cues.schedules and verb.tag_ in {"VBZ", "VBP"}:
        return True
    return (
        verb.tag_ == "VBG"
        and any(h.lower_ in {"is", "are", "'re", "'s"} for h in helpers)
        and verb.lemma_.lower() in cues.schedules
    )
