"""Which phrase beside a trigger names a party: an actor, or the owner of a platform or of the attack itself.

The parse proposes subjects, objects and agents; where it gives none, the words beside the trigger do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Token

from according.annotate import Text
from according.extract.parties_beside import Beside
from according.extract.parties_ground import PEACEFUL, STATES, Ground
from according.extract.triggers import Agent, Trigger
from according.model import ActorRef, Mention, MentionKind
from according.rules import Lexicon

_CIVIL_ACTS = frozenset(
    "talks agreement aid support cooperation demand accusation rejection threat sanction concession mobilisation"
    " trial ceasefire statement coercion".split()
)
_RELATIVES = frozenset({"whose", "its", "their", "his", "her"})
_BEFORE, _AFTER, _GAP = 9, 16, 6
_FROM_THE_AIR = frozenset({"strike-noun", "strikes-noun", "bombing", "raid-noun"})


@dataclass(frozen=True)
class Parties:
    """Finds the parties of triggers among the actors, times and weapons of one text."""

    text: Text
    actors: Sequence[Mention]
    times: Sequence[Mention]
    lexicons: Mapping[str, Lexicon]

    @cached_property
    def ground(self) -> Ground:
        """The text's actors and times by token."""
        return Ground(self.text, self.actors, self.times, self.lexicons)

    @cached_property
    def beside(self) -> Beside:
        """What looks at the words around a trigger."""
        return Beside(self.ground)

    def of(self, trigger: Trigger) -> Trigger:
        """The trigger with initiators that can act, and targets that are no time and no tool."""
        if trigger.frame == "harm":
            return replace(
                trigger, initiators=(), targets=tuple(t for t in trigger.targets if t not in self.ground.taken)
            )
        if trigger.event_type in _CIVIL_ACTS:
            return self._of_civil(trigger)
        found = list(self._of_noun(trigger) if trigger.frame == "noun" else self._of_verb(trigger))
        initiators = tuple(dict.fromkeys(found))
        kept = [t for t in trigger.targets if t not in self.ground.taken and not self._is_tool(t, trigger)]
        targets = tuple(dict.fromkeys(t for t in kept if not self.ground.same(t, initiators)))
        if trigger.event_type == "armed_clash" and not initiators and trigger.frame == "noun":
            # "killed in clashes with the army": the only side that is named is who they fought
            sides = [
                t
                for t in targets
                if (actor := self.ground.actor_at(t)) is not None and self.ground.can_act(actor, trigger)
            ]
            initiators, targets = tuple(sides), tuple(t for t in targets if t not in sides)
        return replace(
            trigger,
            initiators=initiators,
            targets=targets,
            event_type=self._kind(trigger, initiators),
            behind=self._behind(trigger),
        )

    def _of_civil(self, trigger: Trigger) -> Trigger:
        """Parties of an act of words or politics: whoever is named, also inside the phrase of a thing."""
        heads = [t for t in trigger.initiators if t not in self.ground.taken and t >= self.ground.dateline]
        sources = [n for t in heads if (n := self._named_in(t, ())) is not None]
        if not sources and not heads:
            sources = self._named_between(self.ground.sentence_start(trigger.token), trigger.start, ())[-1:]
        sources = sources or heads
        joined = [j for s in sources for j in self.beside.joined_before(s, trigger)]
        sources = list(dict.fromkeys([*sources, *joined]))
        places = [t for t in trigger.targets if t not in self.ground.taken and not trigger.start <= t < trigger.end]
        targets = [n for t in places if (n := self._named_in(t, sources)) is not None]
        if not targets:
            end = self.ground.text.sentences[self.ground.text.sentence_index(trigger.token)].end
            targets = self._named_between(trigger.end, end, sources)[:1] or places
        return replace(trigger, initiators=tuple(sources), targets=tuple(dict.fromkeys(targets)))

    def _as_protest(self, trigger: Trigger, initiators: Sequence[int]) -> str:
        """What protesters do is a protest, or a riot where it harms."""
        kinds = {actor.kind for t in initiators if (actor := self.ground.actor_at(t)) is not None}
        if not kinds & {"protesters", "rioters"}:
            return trigger.event_type
        if trigger.event_type in {"siege", "coercion", "territory_taken_by_force"}:
            return "protest"
        return "riot" if trigger.event_type in {"attack", "property_destruction"} else trigger.event_type

    def _named_in(self, head: int, others: Sequence[int]) -> int | None:
        """The head where it is a name or an actor, else the first other one in its phrase."""
        if self.ground.is_named(head) and not self.ground.same(head, others):
            return head
        inside = [t.i for t in self.ground.text.doc[head].subtree if self.ground.is_named(t.i)]
        return next((self.ground.head_of(i) for i in inside if not self.ground.same(i, others)), None)

    def _named_between(self, start: int, end: int, others: Sequence[int]) -> list[int]:
        """Heads of names and actors in a stretch of words, but not who is quoted there."""
        ground = self.ground
        named = [i for i in range(start, end) if ground.is_named(i) and not ground.same(i, others)]
        return list(dict.fromkeys(h for i in named if not self._speaks(h := ground.head_of(i))))

    def _speaks(self, token: int) -> bool:
        """True for the subject of a verb of saying, and for outlets and monitors."""
        word, actor = self.ground.text.doc[token], self.ground.actor_at(token)
        while word.dep_ in {"compound", "amod", "poss", "nmod", "appos", "conj"} and word.head != word:
            word = word.head
        cues = self.ground.lexicons["cues"].at(self.ground.text.doc, word.head.i) if word.dep_ == "nsubj" else []
        quoted = any(h.row["kind"] in {"speech", "finding", "belief"} for h in cues)
        return quoted or (actor is not None and actor.kind in {"outlet", "monitor"})

    def _kind(self, trigger: Trigger, initiators: Sequence[int]) -> str:
        """The kind of event: strikes, raids and bombings by a state or coalition come from the air."""
        if (protest := self._as_protest(trigger, initiators)) != trigger.event_type:
            return protest
        row = trigger.origin.partition("#")[2]
        owners = {actor.kind for t in initiators if (actor := self.ground.actor_at(t)) is not None}
        untold = trigger.event_type == ("ied_mine" if row == "bombing" else "attack")
        return "air_strike" if row in _FROM_THE_AIR and untold and owners & STATES else trigger.event_type

    def of_all(self, triggers: Sequence[Trigger]) -> list[Trigger]:
        """All triggers with their parties; what names the event in a clause gets the doer of its weaker companions."""
        found = [self.of(t) for t in triggers]
        return [self._with_company(t, found) for t in found]

    def _with_company(self, trigger: Trigger, others: Sequence[Trigger]) -> Trigger:
        """ "Killed by rebels in a mortar attack": the attack is the rebels'."""
        if (
            trigger.initiators
            or trigger.strength < 2
            or trigger.event_type in PEACEFUL
            or trigger.event_type == "armed_clash"
        ):
            return trigger
        inside = {trigger.token, trigger.clause}
        near = [
            o
            for o in others
            if o is not trigger
            and o.initiators
            and o.strength == 1
            and o.token in inside
            and o.reality == trigger.reality
        ]
        return replace(trigger, initiators=near[0].initiators) if near else trigger

    def _behind(self, trigger: Trigger) -> tuple[Agent, ...]:
        """Those who claim an event that a noun names, or are blamed for it."""
        if trigger.frame != "noun":
            return ()
        return tuple(a for a in self.beside.agents(trigger) if a.part not in {"doer", "side"})

    def _of_noun(self, trigger: Trigger) -> Iterator[int]:
        yield from self.beside.before(trigger.start, trigger)
        yield from (a.token for a in self.beside.agents(trigger) if a.part == "doer")
        parsed = [a for head in trigger.initiators if (a := self._agent(head, trigger)) is not None]
        yield from parsed or self.beside.of_light_verb(trigger)

    def _of_verb(self, trigger: Trigger) -> Iterator[int]:
        if self._is_outcome(trigger):
            return
        agents = [a for head in trigger.initiators if (a := self._agent(head, trigger)) is not None]
        if not agents and not self._is_passive(trigger):
            agents = list(self.beside.left_of(trigger.token, trigger)) or list(self.beside.opening(trigger))
        if not agents and self._is_passive(trigger):
            agents = [a.token for a in self.beside.agents(trigger) if a.part == "doer"]
        for agent in agents:
            yield agent
            yield from self.beside.joined_before(agent, trigger)

    def _is_outcome(self, trigger: Trigger) -> bool:
        """True for "..., killing ten": the doer is that of the clause before, whatever noun stands beside it."""
        verb = self.ground.text.doc[trigger.token]
        return (
            verb.tag_ == "VBG" and trigger.strength <= 1 and not any(t.dep_ in {"nsubj", "aux"} for t in verb.children)
        )

    def _is_passive(self, trigger: Trigger) -> bool:
        verb = self.ground.text.doc[trigger.token]
        return any(t.dep_ in {"nsubjpass", "auxpass"} for t in verb.children) or (
            verb.tag_ == "VBN" and verb.dep_ in {"acl", "relcl"}
        )

    def _agent(self, head: int, trigger: Trigger) -> int | None:
        """The token that names who acts: the head itself, or the owner of the weapon or attack that it names."""
        word = self.ground.text.doc[head]
        if (
            head in self.ground.taken
            or head < self.ground.dateline
            or (trigger.start <= head < trigger.end and trigger.frame == "verb")
        ):
            return None
        if self.ground.actor_at(head) is None and self.ground.is_thing(word):
            return next(self._owners(word, trigger), head if self.ground.is_platform(word) else None)
        actor = self.ground.actor_at(head)
        if actor is not None:
            return head if self.ground.can_act(actor, trigger) else None
        if word.pos_ == "PRON":
            return (
                head
                if word.lower_ not in {"it", "there", "that", "this", "what", "one", "nobody", "none"}
                else self._it(word, trigger)
            )
        if self.ground.is_fighter(word):
            return next(self._of_group(word, trigger), head)
        if trigger.event_type in PEACEFUL:
            return head if word.pos_ in {"NOUN", "PROPN"} else None
        return head if word.ent_type_ in {"ORG", "NORP", "PERSON"} and word.pos_ == "PROPN" else None

    def _it(self, word: Token, trigger: Trigger) -> int | None:
        """ "It" acts where it is the subject of a verb that needs an actor."""
        return word.i if word.lower_ == "it" and trigger.frame == "verb" and trigger.strength >= 1 else None

    def _is_tool(self, token: int, trigger: Trigger) -> bool:
        """True for the weapon that a verb takes as its object ("fired rockets at the town")."""
        if trigger.start <= token < trigger.end:
            return True
        return self.ground.actor_at(token) is None and bool(
            self.ground.lexicons["triggers"].at(self.ground.text.doc, token)
        )

    def _owners(self, word: Token, trigger: Trigger) -> Iterator[int]:
        """Owners of a thing ("regime jets", "jets of the coalition", "shells fired by rebels", "whose planes")."""
        yield from self.beside.before(word.i, trigger)
        for hit in self.beside.hits_after(word.i + 1, min(word.i + _GAP, len(self.ground.text.doc))):
            doer = hit.row["part"] in {"doer", "side"}
            if doer and (named := self.beside.first_named(hit.end, trigger)) is not None:
                yield named
        for child in word.children:
            if (
                child.dep_ == "prep"
                and child.lower_ == "of"
                and (named := self.beside.first_named(child.i + 1, trigger)) is not None
            ):
                yield named
            elif child.dep_ == "poss" and child.lower_ in _RELATIVES:
                yield from self._possessor(child, trigger)

    def _possessor(self, word: Token, trigger: Trigger) -> Iterator[int]:
        """Who "whose" or "their" stands for: the noun of the relative clause, else the subject of the clause above."""
        if word.lower_ == "whose":
            relative = next((a for a in word.ancestors if a.dep_ == "relcl"), None)
            before = relative.head.i if relative is not None else word.i - 2
            actor = self.ground.actor_at(before) if before >= 0 else None
            if actor is not None and self.ground.can_act(actor, trigger):
                yield before
        else:
            yield word.i

    def _of_group(self, word: Token, trigger: Trigger) -> Iterator[int]:
        """The group of fighters ("fighters from the Front", "members of the Brigade")."""
        for child in word.children:
            if (
                child.dep_ == "prep"
                and child.lower_ in {"of", "from"}
                and (named := self.beside.first_named(child.i + 1, trigger))
            ):
                yield named


def actors_by_name(actors: Sequence[Mention]) -> Mapping[str, ActorRef]:
    """Every actor of a text by its id and by its name."""
    found: dict[str, ActorRef] = {}
    for mention in actors:
        if isinstance(mention.value, ActorRef) and mention.kind in {MentionKind.ACTOR, MentionKind.PERSON}:
            for key in (mention.value.id, mention.value.name.lower()):
                if key:
                    found.setdefault(key, mention.value)
    return found
