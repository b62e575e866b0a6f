"""What a number of victims covers: this event, a period ("since January"), or a whole war."""

from __future__ import annotations

from according.annotate import Text
from according.rules import Hit, Lexicon
from according.values import Scope

COLUMNS = ("scope",)


def scope_of(text: Text, lexicon: Lexicon, predicate: int, stretch: tuple[int, int]) -> tuple[Scope, Hit | None]:
    """The scope that the words around a predicate give its numbers, and the words.

    Args:
        text: the annotated document.
        lexicon: `harm_scopes`.
        predicate: token number of the predicate.
        stretch: tokens [start, end) in which its clause lies.
    """
    hits = list(lexicon.find(tuple(text.doc), *stretch))
    for scope in (Scope.CUMULATIVE, Scope.PERIOD):
        for hit in hits:
            if hit.row["scope"] == scope and _governs(text, hit, predicate):
                return scope, hit
    return Scope.EVENT, None


def _governs(text: Text, hit: Hit, predicate: int) -> bool:
    """True where no other clause stands between the words of scope and the predicate."""
    first, last = min(hit.start, predicate), max(hit.start, predicate)
    between = text.doc[first + 1 : last]
    return not any(t.text in {";"} or (t.lower_ in {"said", "says"} and hit.start > predicate) for t in between)
