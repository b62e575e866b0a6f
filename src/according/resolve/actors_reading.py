"""What the parts of the actor finder hand each other: one text with all that has been seen in it so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from spacy.tokens import Doc, Token

from according.annotate import Text
from according.model import ActorRef
from according.resolve.actors_base import Actor, KnowledgeBase
from according.resolve.actors_context import ActorContext
from according.resolve.actors_words import AliasHit
from according.rules import Lexicon, Row, load_lexicon


@dataclass(frozen=True, slots=True)
class NamedActor:
    """Tokens [start, end) that name an actor or a person."""

    start: int
    end: int
    ref: ActorRef
    origin: str
    person: bool = False


@dataclass(frozen=True)
class ActorLexicons:
    """The lexicons that the finder reads; see docs/actors.md for their columns."""

    generic: Lexicon
    heads: Lexicon
    services: Lexicon
    titles: Lexicon
    verbs: Lexicon
    edges: Lexicon

    @cached_property
    def _edges(self) -> Mapping[str, frozenset[str]]:
        by_role: dict[str, set[str]] = defaultdict(set)
        for row in self.edges.rows:
            by_role[row["role"]].update(form for word in row.words for form in word.forms)
        return {role: frozenset(words) for role, words in by_role.items()}

    def edge(self, role: str, word: str) -> bool:
        """True where a lower-case word plays that part at the edge of a name ("several", "river", "near")."""
        return word in self._edges.get(role, frozenset())


def load_actor_lexicons(folder: Path) -> ActorLexicons:
    """Read the six lexicons actors_*.csv of a folder.

    Raises:
        InvalidRule: a row breaks its schema.
    """
    return ActorLexicons(
        load_lexicon(folder / "actors_generic.csv", ("kind", "status", "needs")),
        load_lexicon(folder / "actors_heads.csv", ("kind",)),
        load_lexicon(folder / "actors_services.csv", ("service", "kind")),
        load_lexicon(folder / "actors_titles.csv", ("kind",)),
        load_lexicon(folder / "actors_verbs.csv", ("role",)),
        load_lexicon(folder / "actors_edges.csv", ("role",)),
    )


@dataclass(frozen=True)
class ActorReading:
    """One text under the finder.

    Args:
        states: hits on names, demonyms and capitals of states, by their first token.
        named: what the knowledge base resolved, by its first token.
        shouting: True where the text is printed in capitals, so that case tells nothing.
    """

    text: Text
    base: KnowledgeBase
    lexicons: ActorLexicons
    context: ActorContext
    states: Mapping[int, tuple[AliasHit, Actor]]
    named: Mapping[int, NamedActor]
    shouting: bool = False

    @property
    def doc(self) -> Doc:
        """spaCy's view of the text."""
        return self.text.doc

    def words(self, start: int, end: int) -> str:
        """The tokens as they stand in the text."""
        return self.text.span(start, end).quote

    def states_in(self, start: int, end: int) -> Iterator[tuple[AliasHit, Actor]]:
        """States named within the tokens, but not those in a compound such as "Turkish-backed"."""
        for i in range(start, end):
            if i in self.states:
                hit, actor = self.states[i]
                if hit.end <= end and not in_compound(self.doc, hit.end):
                    yield hit, actor

    def named_in(self, start: int, end: int) -> Iterator[NamedActor]:
        """Actors of the knowledge base named within the tokens."""
        for i in range(start, end):
            if i in self.named and self.named[i].end <= end and not in_compound(self.doc, self.named[i].end):
                yield self.named[i]


def in_compound(doc: Doc, end: int) -> bool:
    """True where a hyphen and a participle follow: "-backed", "-led"."""
    return end + 1 < len(doc) and doc[end].text in {"-", "–"} and doc[end + 1].text.islower()


def row_ending_at(lexicon: Lexicon, doc: Doc, start: int, end: int) -> tuple[int, Row] | None:
    """The longest row that matches tokens [i, end) with i >= start; with i."""
    tokens: Sequence[Token] = list(doc[start:end])
    for i in range(len(tokens)):
        for hit in lexicon.at(tokens, i):
            if hit.end == len(tokens):
                return start + i, hit.row
    return None


def speaks(reading: ActorReading, token: Token) -> bool:
    """True where the token, or the list that it heads, is the subject of a verb of saying or wanting."""
    while token.dep_ == "conj" and token.head is not token:
        token = token.head
    if token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.lower_ == "according":
        return True
    hits = reading.lexicons.verbs.at([token.head], 0)
    return token.dep_ == "nsubj" and any(hit.row["role"] == "speaks" for hit in hits)


def is_capital(token: Token) -> bool:
    """True where the token is a word that starts with a capital letter."""
    return token.text[0].isupper() or (token.text[0] == "'" and token.text[1:2].isupper())
