"""People phrases: a number with the people that it counts ("at least six police officers", "three of them").

A phrase knows how it hangs on the one before it: added to it ("nine civilians and four soldiers") or a part of it ("17
people, including five children").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from spacy.tokens import Token

from according.annotate import Text
from according.model import Span
from according.values import Count, CountRange, PersonStatus, Scope

_NAMING = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "NUM"})
_JOINERS = frozenset(
    {
        ",",
        "and",
        "&",
        "or",
        "plus",
        ";",
        "as",
        "well",
        "along",
        "together",
        "with",
        "nor",
        "his",
        "her",
        "their",
        "also",
        "the",
        "both",
    }
)

PART_MARKS = frozenset({"including", "include", "includes", "included", "among", "comprising", "whom"})
"""Words that make what follows a part of what stands before them."""


class Kind(StrEnum):
    """What the head of a phrase is."""

    PERSON = "person"
    FORCES = "forces"
    OTHER = "other"
    LOSS = "loss"
    BODY = "body"
    DEED = "deed"
    THING = "thing"
    UNKNOWN = "unknown"
    ELIDED = "elided"
    WHOLE = "whole"


class Tie(StrEnum):
    """How a phrase hangs on the one before it."""

    NONE = "none"
    ADDED = "added"
    PART = "part"


@dataclass(frozen=True, slots=True)
class People:
    """A stretch of tokens [start, end) that counts people (or may: `kind` unknown or elided).

    Args:
        start, end: token numbers.
        range: how many.
        role: the number's role (see `numbers.Number`), "bare" for a plural without number, "definite" for one person.
        kind: what its head is.
        head: number of the head token, or None where the noun is left out.
        noun: number of the token where the words behind the number begin.
        status, sex, age: what the nouns say.
        more: people beside those named before.
        tie: how it hangs on the phrase before it.
    """

    start: int
    end: int
    range: CountRange
    role: str
    kind: Kind
    head: int | None
    noun: int
    status: PersonStatus = PersonStatus.UNKNOWN
    sex: str | None = None
    age: str | None = None
    more: bool = False
    given: bool = False
    tie: Tie = Tie.NONE

    @property
    def is_numbered(self) -> bool:
        """True where a number (or an article) stands in the text."""
        return self.role not in {"bare", "definite", "pronoun"}

    @property
    def may_be_people(self) -> bool:
        """True where nothing says that these are things."""
        return self.kind not in {Kind.THING, Kind.BODY, Kind.DEED}

    def group(self, text: Text) -> str | None:
        """The people as the text names them, without the number; None where the noun is left out."""
        if self.head is None or self.kind in {Kind.ELIDED, Kind.OTHER, Kind.LOSS}:
            return None
        first = self.head if self.kind is Kind.WHOLE else self.noun
        while first < self.head and text.doc[first].pos_ not in _NAMING:
            first += 1
        return text.span(first, self.head + 1).quote

    def span(self, text: Text) -> Span:
        """The phrase as it stands in the document."""
        return text.span(self.start, self.end)

    def count(self, text: Text, scope: Scope = Scope.EVENT) -> Count:
        """The typed value."""
        return Count(self.range, self.status, False, self.group(text), self.sex, self.age, scope)


def tied(tokens: Sequence[Token], found: list[People]) -> list[People]:
    """Each phrase with its tie to the one before it."""
    tied: list[People] = []
    for phrase in found:
        before = tied[-1] if tied else None
        tied.append(replace(phrase, tie=_tie(tokens, before, phrase)) if before is not None else phrase)
    return tied


def _tie(tokens: Sequence[Token], before: People, phrase: People) -> Tie:
    between = [t.lower_ for t in tokens[before.end : phrase.start]]
    if phrase.role == "trade":
        return Tie.NONE
    if phrase.kind is Kind.WHOLE:
        return Tie.PART if len(between) <= 4 else Tie.NONE
    if phrase.role == "pair" and between == [","]:
        return Tie.PART
    if len(between) > 12:
        return Tie.NONE
    if PART_MARKS & set(between) and not any(
        t.pos_ in {"VERB", "AUX"} and t.lower_ not in PART_MARKS for t in tokens[before.end : phrase.start]
    ):
        return Tie.PART
    if (
        not between
        and before.head is not None
        and phrase.head is not None
        and before.is_numbered
        and phrase.is_numbered
    ):
        return Tie.ADDED  # a list without commas
    if between and all(w in _JOINERS for w in between):
        return Tie.PART if before.tie is Tie.PART else Tie.ADDED
    return Tie.NONE
