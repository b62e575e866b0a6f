"""What the finders of circumstances ask about a text: whose event is it, who stands here, how far does a phrase go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Token

from according.annotate import Text
from according.extract.draft import Draft
from according.extract.modality import Reality, reality_of
from according.extract.phrases import core_phrase
from according.extract.triggers import Trigger
from according.model import Mention, MentionKind, Ref, Span, Stance
from according.rules import Hit, Lexicon

_BREAKS = frozenset({",", ";", ":", ".", "–", "—", "(", ")", "?", "!"})
_CLAUSES = frozenset({"advcl", "conj", "parataxis"})
_PEOPLE_KINDS = frozenset({MentionKind.ACTOR, MentionKind.PERSON})
_PEOPLE_NAMES = frozenset({"PERSON", "NORP", "ORG"})


@dataclass(frozen=True)
class Ground:
    """A text with its triggers, its mentions and the lexicons.

    Args:
        text: the annotated document.
        triggers: in order.
        mentions: actors, persons and weapons; others do no harm.
        lexicons: by name.
    """

    text: Text
    triggers: Sequence[Trigger]
    mentions: Sequence[Mention]
    lexicons: Mapping[str, Lexicon]

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens of the text, in order."""
        return list(self.text.doc)

    @cached_property
    def _by_verb(self) -> Mapping[int, Trigger]:
        """The first trigger of each token and, where none stands there itself, of each clause's verb."""
        found = {t.token: t for t in reversed(self.triggers)}
        for trigger in self.triggers:
            found.setdefault(trigger.clause, trigger)
        return found

    @cached_property
    def _people(self) -> frozenset[int]:
        named = {
            i
            for m in self.mentions
            if m.kind in _PEOPLE_KINDS
            for i in range(*self.text.token_range(m.span.start, m.span.end))
        }
        return frozenset({*named, *(h.end - 1 for h in self.lexicons["people"].find(self.tokens))})

    def hits(self, name: str) -> Iterator[Hit]:
        """The rows of a lexicon that match, from left to right."""
        yield from self.lexicons[name].find(self.tokens)

    def origin(self, hit: Hit, name: str) -> str:
        """How a draft names the row that made it."""
        return self.lexicons[name].origin(hit.row)

    def at(self, token: Token) -> Trigger | None:
        """The trigger at a token or at the verb of its clause, or None."""
        return self._by_verb.get(token.i)

    def above(self, token: Token) -> Trigger | None:
        """The nearest trigger that governs the token, itself included; None where there is none."""
        return next((t for a in [token, *token.ancestors] if (t := self.at(a)) is not None), None)

    def inside(self, verb: Token) -> Trigger | None:
        """The first trigger in a clause, or None."""
        inside = {t.i for t in verb.subtree}
        return next((t for t in self.triggers if t.token in inside), None)

    def nearest(self, token: Token) -> Trigger | None:
        """The trigger that governs the token, else the nearest in its sentence, else None."""
        found = self.above(token)
        if found is not None:
            return found
        number = self.text.sentence_index(token.i)
        here = [t for t in self.triggers if self.text.sentence_index(t.token) == number]
        return min(here, key=lambda t: abs(t.token - token.i), default=None)

    def follows(self, token: Token) -> bool:
        """True where this sentence or one beside it reports an event."""
        number = self.text.sentence_index(token.i)
        return any(number - self.text.sentence_index(t.token) in {-1, 0, 1} for t in self.triggers)

    def is_people(self, token: Token) -> bool:
        """True for people or a group: named, known to the lexicon, or a pronoun for persons."""
        if token.pos_ == "PRON":
            return token.lower_ in {"they", "he", "she", "we", "them", "him", "her", "us", "who", "those", "i"}
        return token.i in self._people or token.ent_type_ in _PEOPLE_NAMES

    def stretch(self, start: int, head: Token, limit: int = 14) -> int:
        """The end of what hangs on a head: up to a mark, a further clause or `limit` tokens after start."""
        last = min(head.right_edge.i + 1, start + limit)
        clauses = [
            t.left_edge.i for t in head.subtree if t.i > head.i and t.pos_ in {"VERB", "AUX"} and t.dep_ in _CLAUSES
        ]
        last = min([last, *(i for i in clauses if i > head.i)])
        end = head.i + 1
        while end < last and self.tokens[end].text not in _BREAKS and not self.tokens[end].is_space:
            end += 1
        while end > head.i + 1 and self.tokens[end - 1].dep_ in {"cc", "mark"}:
            end -= 1
        return end

    def reality(self, token: Token) -> Reality:
        """How real the words around a token make it.

        A "no" that belongs to what is told denies nothing ("they gave no warning").
        """
        found = reality_of(token, self.lexicons["modality"], self.lexicons["hedges"])
        if found.stance is Stance.DENIES and token.pos_ == "VERB" and not any(t.dep_ == "neg" for t in token.children):
            return replace(found, stance=Stance.ASSERTS)
        return found

    def ref(self, head: Token) -> Ref:
        """The phrase around a noun, as something that a claim can point at."""
        start, end = core_phrase(head)
        span = self.text.span(start, end)
        return Ref(None, span.quote, span)


def made(slot: str, evidence: Span, anchor: int, origin: str, trigger: Trigger | None, reality: Reality) -> Draft:
    """A draft about an event; where no trigger is near, grouping finds the event by the anchor."""
    return Draft(
        slot,
        (evidence,),
        anchor,
        origin,
        event=trigger.token if trigger is not None else None,
        stance=reality.stance,
        certainty=reality.certainty,
        modality=reality.modality,
    )
