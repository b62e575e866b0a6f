"""Denials that a speaker makes in plain words: "No clinic was on the target list", "We never placed a mine"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from according.annotate import Text
from according.extract.draft import Draft
from according.extract.phrases import SUBJECTS
from according.extract.voices import Voices
from according.model import Span, Stance

_NONE = frozenset({"no", "none", "never", "nobody", "neither", "nothing"})
_HOLDS = frozenset(
    (
        "occurred responsibility killed injured harmed captured detained missing controls lost seized damaged "
        "opinion_denied"
    ).split()
)


def find_denials(text: Text, voices: Voices, drafts: Sequence[Draft]) -> list[Draft]:
    """A draft for each clause that a named speaker negates and that holds no other claim of fact."""
    found = []
    for sentence in text.sentences:
        for verb in text.doc[sentence.start : sentence.end]:
            if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"aux", "auxpass"} or not _negates(verb):
                continue
            chains = voices.chains(verb.i)
            if not any(chain[-1].source is not None for chain in chains) or _is_future(verb):
                continue
            span = _clause(text, verb, sentence.start, sentence.end)
            if span is not None and not any(d.slot in _HOLDS and d.evidence[0].overlaps(span) for d in drafts):
                found.append(Draft("occurred", (span,), verb.i, "negation#plain", stance=Stance.DENIES))
    return found


def _negates(verb: Token) -> bool:
    """A negated verb, or a subject with "no" or "none of"."""
    for child in verb.children:
        if child.dep_ == "neg":
            return True
        if child.dep_ in SUBJECTS and (child.lower_ in _NONE or any(t.lower_ in _NONE | {"not"} for t in child.lefts)):
            return True
    return False


def _is_future(verb: Token) -> bool:
    return any(
        t.lower_ in {"will", "would", "could", "can", "ca", "may", "might", "should", "must", "wo"}
        for t in verb.children
        if t.dep_ == "aux"
    )


def _clause(text: Text, verb: Token, floor: int, ceiling: int) -> Span | None:
    """The clause of the verb in at most 25 words, with its subject."""
    subject = next((t for t in verb.children if t.dep_ in SUBJECTS), None)
    if subject is None:
        return None
    start = max(floor, subject.left_edge.i)
    end = min(ceiling, verb.right_edge.i + 1, start + 25)
    for child in verb.children:
        if child.i > verb.i and child.dep_ in {"advcl", "conj", "cc", "parataxis", "punct"}:
            end = min(end, child.left_edge.i)
    while end - 1 > verb.i and text.doc[end - 1].is_punct:
        end -= 1
    return text.span(start, end) if end - start >= 3 else None
