"""What a number of victims covers: this event, a period ("since January"), or a whole war."""

from __future__ import annotations

from according.annotate import Text
from according.rules import Hit, Lexicon
from according.values import Scope

COLUMNS = ("scope",)

_DATING = frozenset({"earlier", "early", "late", "later"})
_NEAR = 6
_CLIMB = 5


def scope_of(text: Text, lexicon: Lexicon, predicate: int, stretch: tuple[int, int]) -> tuple[Scope, Hit | None]:
    """The scope that the words around a predicate give its numbers, and the words.

    Args:
        text: the annotated document.
        lexicon: `harm_scopes`.
        predicate: token number of the predicate.
        stretch: tokens [start, end) in which its clause lies.
    """
    hits = list(lexicon.find(text.doc, *stretch))
    for scope in (Scope.CUMULATIVE, Scope.PERIOD):
        for hit in hits:
            if hit.row["scope"] == scope and _governs(text, hit, predicate):
                return scope, hit
    return Scope.EVENT, None


def _governs(text: Text, hit: Hit, predicate: int) -> bool:
    """True where the words of scope stand close to the predicate or the parse hangs them on its clause."""
    if hit.start > 0 and text.doc[hit.start - 1].lower_ in _DATING:
        return False  # "earlier this year" is a date
    first, last = min(hit.end, predicate), max(hit.start, predicate)
    between = text.doc[first:last]
    if any(t.text == ";" or (t.lower_ in {"said", "says"} and hit.start > predicate) for t in between):
        return False
    if any(t.tag_ in {"JJS", "RBS"} and t.lower_ != "least" for t in between):
        return False  # "the deadliest raid since the war began" dates the comparison, not the toll
    if len(between) <= _NEAR:
        return True
    verb, node = text.doc[predicate], text.doc[hit.start]
    for _ in range(_CLIMB):
        if node == verb:
            return True
        if node.pos_ == "VERB" and not hit.start <= node.i < hit.end:
            return False
        node = node.head
    return False
