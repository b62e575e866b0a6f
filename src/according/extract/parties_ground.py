"""What the finders of parties know of a text: its actors by token, its times, its weapons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from according.annotate import Text
from according.extract.content import dateline_end
from according.extract.triggers import Trigger
from according.model import ActorRef, Mention
from according.rules import Lexicon
from according.values import DateRange

_BYSTANDERS = frozenset(
    {
        "civilians",
        "medics",
        "journalists",
        "detainees",
        "aid_workers",
        "outlet",
        "monitor",
        "ngo",
        "un_body",
        "hospital",
    }
)
STATES = frozenset({"state", "government", "state_forces", "coalition", "ministry"})
PEACEFUL = frozenset(
    "protest riot displacement release talks agreement aid support cooperation demand accusation rejection threat"
    " sanction concession withdrawal mobilisation trial ceasefire statement coercion".split()
)


@dataclass(frozen=True)
class Ground:
    """One text with its actors and times by token.

    Args:
        lexicons: by name; read are type_hints, weapons, triggers and people.
    """

    text: Text
    actors: Sequence[Mention]
    times: Sequence[Mention]
    lexicons: Mapping[str, Lexicon]

    @cached_property
    def dateline(self) -> int:
        """The first token after the dateline."""
        return dateline_end(self.text)

    @cached_property
    def taken(self) -> frozenset[int]:
        """The tokens of expressions of time."""
        spans = [m.span for m in self.times if isinstance(m.value, DateRange)]
        return frozenset(i for s in spans for i in range(*self.text.token_range(s.start, s.end)))

    @cached_property
    def mentions(self) -> Mapping[int, tuple[int, int, ActorRef]]:
        """By token, the shortest actor that holds it: its first token, its end, the actor."""
        found: dict[int, tuple[int, int, ActorRef]] = {}
        for mention in self.actors:
            if isinstance(mention.value, ActorRef):
                start, end = self.text.token_range(mention.span.start, mention.span.end)
                for i in range(start, end):
                    if i not in found or end - start < found[i][1] - found[i][0]:
                        found[i] = (start, end, mention.value)
        return found

    def actor_at(self, token: int) -> ActorRef | None:
        """The actor whose name holds the token."""
        held = self.mentions.get(token)
        return held[2] if held is not None else None

    def end_of(self, token: int) -> int:
        """The end of the name that holds the token, or of the token."""
        held = self.mentions.get(token)
        return held[1] if held is not None else token + 1

    def head_of(self, token: int) -> int:
        """The head of the actor's name that holds the token."""
        held = self.mentions.get(token)
        return self.text.doc[held[0] : held[1]].root.i if held is not None else token

    def same(self, token: int, others: Sequence[int]) -> bool:
        """True where the token is one of the others or stands in the same name."""
        return any(token == o or self.mentions.get(token, (token,))[0] == self.mentions.get(o, (o,))[0] for o in others)

    def is_named(self, token: int) -> bool:
        """True for an actor, or for a name of a place, body or person."""
        word = self.text.doc[token]
        named = word.ent_type_ in {"GPE", "NORP", "ORG", "PERSON"} and word.pos_ in {"PROPN", "ADJ", "NOUN"}
        return token not in self.taken and (token in self.mentions or named)

    def is_fighter(self, word: Token) -> bool:
        """True for a noun that means people who fight."""
        return any(h.row["status"] == "combatant" for h in self.lexicons["people"].at(self.text.doc, word.i))

    def can_act(self, actor: ActorRef, trigger: Trigger) -> bool:
        """True for an actor that does such things: bystanders do no violence."""
        return trigger.event_type in PEACEFUL or actor.kind not in _BYSTANDERS

    def is_thing(self, word: Token) -> bool:
        """True for a weapon, a platform or an attack."""
        doc = self.text.doc
        if self.lexicons["type_hints"].at(doc, word.i) or self.lexicons["weapons"].at(doc, word.i):
            return True
        return any(h.row["frame"] == "noun" for h in self.lexicons["triggers"].at(doc, word.i))

    def is_platform(self, word: Token) -> bool:
        """True for aircraft and drones."""
        return any(h.row.id in {"warplane", "drone"} for h in self.lexicons["type_hints"].at(self.text.doc, word.i))

    def sentence_start(self, token: int) -> int:
        """The first token of the token's sentence."""
        return self.text.sentences[self.text.sentence_index(token)].start
