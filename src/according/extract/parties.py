"""Which phrase beside a trigger names a party: an actor, or the owner of a platform or of the attack itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from according.annotate import Text
from according.extract.triggers import Trigger
from according.model import ActorRef, Mention, MentionKind
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
_PEACEFUL = frozenset(
    {"protest", "riot", "displacement", "release", "talks", "agreement", "aid", "support", "cooperation", "demand"}
)
_OWNERS = frozenset({"compound", "amod", "nmod", "poss", "npadvmod"})


@dataclass(frozen=True)
class Parties:
    """Finds the parties of triggers among the actors, times and weapons of one text."""

    text: Text
    actors: Sequence[Mention]
    times: Sequence[Mention]
    lexicons: Mapping[str, Lexicon]

    def of(self, trigger: Trigger) -> Trigger:
        """The trigger with initiators that can act, and targets that are no time."""
        taken = self._taken(self.times)
        targets = [t for t in trigger.targets if t not in taken]
        initiators = [
            owner
            for head in trigger.initiators
            if head not in taken and (owner := self._agent(head, trigger)) is not None
        ]
        if not initiators and trigger.frame == "noun":
            initiators = self._owners(self.text.doc[trigger.token], trigger)
        return replace(
            trigger,
            initiators=tuple(dict.fromkeys(initiators)),
            targets=tuple(t for t in targets if t not in initiators),
        )

    def _taken(self, mentions: Sequence[Mention]) -> set[int]:
        return {
            i
            for m in mentions
            if isinstance(m.value, DateRange)
            for i in range(*self.text.token_range(m.span.start, m.span.end))
        }

    def _actor_at(self, token: int) -> ActorRef | None:
        """The shortest actor mention that holds the token."""
        place = self.text.starts[token]
        holding = [m for m in self.actors if m.span.start <= place < m.span.end and isinstance(m.value, ActorRef)]
        best = min(holding, key=lambda m: m.span.end - m.span.start, default=None)
        return best.value if best is not None and isinstance(best.value, ActorRef) else None

    def _agent(self, head: int, trigger: Trigger) -> int | None:
        """The token that names who acts: the head itself, or the owner of the weapon or attack that it names."""
        word = self.text.doc[head]
        if self._is_thing(word):
            return next(iter(self._owners(word, trigger)), head if self._is_platform(word) else None)
        actor = self._actor_at(head)
        if actor is not None:
            return head if self._can_act(actor, trigger) else None
        if word.pos_ == "PRON" or word.ent_type_ in {"ORG", "NORP", "GPE", "PERSON"}:
            return head
        fighters = any(h.row["status"] == "combatant" for h in self.lexicons["people"].at(self.text.doc, head))
        return head if fighters or trigger.event_type in _PEACEFUL else None

    def _can_act(self, actor: ActorRef, trigger: Trigger) -> bool:
        return trigger.event_type in _PEACEFUL or actor.kind not in _BYSTANDERS

    def _is_thing(self, word: Token) -> bool:
        """True for a weapon, a platform or an attack."""
        return bool(self.lexicons["type_hints"].at(self.text.doc, word.i)) or any(
            h.row["frame"] == "noun" for h in self.lexicons["triggers"].at(self.text.doc, word.i)
        )

    def _is_platform(self, word: Token) -> bool:
        return any(h.row.id in {"warplane", "drone"} for h in self.lexicons["type_hints"].at(self.text.doc, word.i))

    def _owners(self, word: Token, trigger: Trigger) -> list[int]:
        """Actors named before the word or after its "of" or "by" ("regime air strikes", "jets of the coalition")."""
        near = [t for t in word.children if t.dep_ in _OWNERS]
        near += [
            p
            for t in word.children
            if t.dep_ in {"prep", "agent"} and t.lower_ in {"by", "of", "from"}
            for p in t.children
            if p.dep_ == "pobj"
        ]
        near += [t for child in list(near) for t in child.children if t.dep_ in _OWNERS]
        found = []
        for token in near:
            actor = self._actor_at(token.i)
            if actor is not None and self._can_act(actor, trigger) and not (trigger.start <= token.i < trigger.end):
                found.append(token.i)
        return found


def actors_by_name(actors: Sequence[Mention]) -> Mapping[str, ActorRef]:
    """Every actor of a text by its id and by its name."""
    found: dict[str, ActorRef] = {}
    for mention in actors:
        if isinstance(mention.value, ActorRef) and mention.kind in {MentionKind.ACTOR, MentionKind.PERSON}:
            for key in (mention.value.id, mention.value.name.lower()):
                if key:
                    found.setdefault(key, mention.value)
    return found
