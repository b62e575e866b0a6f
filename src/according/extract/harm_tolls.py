"""Numbers behind a word like "toll": the figure, and the earlier one that it replaces."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from according.extract.counts import Kind, Tie
from according.extract.harm_clause import CLAUSE_WORDS, Clause, Predicate, begins_clause

_EARLIER = frozenset({"earlier", "previous", "initial", "preliminary", "previously", "initially", "first"})
_TOLL_REACH = 22
_TOLL_LEADS = frozenset(
    {
        "to",
        "at",
        "of",
        "is",
        "was",
        "reached",
        "as",
        "from",
        "stands",
        "stood",
        "hit",
        "exceeded",
        "passed",
        "topped",
        ":",
    }
)


def toll_of(clause: Clause, hit: Predicate) -> list[tuple[int, bool]]:
    """The numbers behind a word like "toll", each with True where it is the earlier one ("to 14 from 9")."""
    found: list[tuple[int, bool]] = []
    superseded = any(t.lower_ in _EARLIER for t in clause.doc[max(clause.start, hit.start - 6) : hit.start])
    others = (h.start for h in clause.hits if h.start >= hit.end and not _is_of_toll(h))
    other = next(others, clause.end)
    for k, phrase in enumerate(clause.people):
        if phrase.start < hit.end or not phrase.is_numbered or len(found) == 2 or phrase.start > other:
            continue
        gap = clause.doc[clause.people[found[-1][0]].end if found else hit.end : phrase.start]
        if not _goes_with_toll(clause, k, gap, bool(found)):
            break
        found.append((k, superseded or clause.doc[phrase.start - 1].lower_ == "from"))
    return found


def _goes_with_toll(clause: Clause, k: int, gap: Sequence[Token], second: bool) -> bool:
    """True where phrase k is the figure (or the second figure) of a toll, `gap` tokens behind it."""
    phrase = clause.people[k]
    if len(gap) > _TOLL_REACH or phrase.role == "article" or begins_clause(clause, k):
        return False
    if any(t.lower_ in CLAUSE_WORDS or (second and t.lower_ in {"as", "after"}) for t in gap):
        return False
    if second and phrase.tie is Tie.PART:
        return False
    led = clause.doc[phrase.start - 1].lower_ in _TOLL_LEADS
    return led or not gap or (phrase.kind is Kind.ELIDED and not second)


def _is_of_toll(hit: Predicate) -> bool:
    """True for "dead" in "the toll stood at nine dead"; another toll has numbers of its own."""
    return hit.row["shape"] in {"state", "head"} and hit.outcome in {"killed", "harmed"}
