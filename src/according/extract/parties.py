"""Which phrase beside a trigger names a party: an actor, or the owner of a platform or of the attack itself.

The parse proposes subjects, objects and agents. Where it is wrong, as in headlines and in text that has lost its
commas, the words beside the trigger tell as much: the actor right before it ("regime air strikes"), or after "by",
"carried out by", "blamed on".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Token

from according.annotate import Text
from according.extract.content import dateline_end
from according.extract.triggers import LIGHT_VERBS, Agent, Trigger
from according.model import ActorRef, Mention, MentionKind
from according.rules import Hit, Lexicon
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
    "protest riot displacement release talks agreement aid support cooperation demand accusation rejection threat"
    " sanction concession withdrawal mobilisation trial ceasefire statement coercion".split()
)
_INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV"})
_LINKS = frozenset({"and", "or", "&", ","})
_HYPHENS = frozenset({"-", "–", "'s", "’s", "'", "’", '"'})
_RELATIVES = frozenset({"whose", "its", "their", "his", "her"})
_HELD = frozenset("be believe think suspect say report understand allege presume".split())
_AUXILIARIES = frozenset({"AUX", "ADV", "PART"})
_BEFORE, _AFTER, _GAP = 9, 16, 6
_STATES = frozenset({"state", "government", "state_forces", "coalition", "ministry"})
_ARMED = _STATES | frozenset(
    {
        "rebel_group",
        "armed_group",
        "militia",
        "pro_government_militia",
        "unidentified_armed",
        "police",
        "criminal_group",
    }
)
_HEADLINE = 16
_FROM_THE_AIR = frozenset({"strike-noun", "strikes-noun", "bombing", "raid-noun"})


@dataclass(frozen=True)
class Parties:
    """Finds the parties of triggers among the actors, times and weapons of one text."""

    text: Text
    actors: Sequence[Mention]
    times: Sequence[Mention]
    lexicons: Mapping[str, Lexicon]

    def of(self, trigger: Trigger) -> Trigger:
        """The trigger with initiators that can act, and targets that are no time and no tool."""
        if trigger.frame == "harm":
            return replace(trigger, initiators=(), targets=tuple(t for t in trigger.targets if t not in self._taken))
        found = list(self._of_noun(trigger) if trigger.frame == "noun" else self._of_verb(trigger))
        initiators = tuple(dict.fromkeys(found))
        kept = [t for t in trigger.targets if t not in self._taken and not self._is_tool(t, trigger)]
        targets = tuple(dict.fromkeys(t for t in kept if not self._same(t, initiators)))
        if trigger.event_type == "armed_clash" and not initiators and trigger.frame == "noun":
            # "killed in clashes with the army": the only side that is named is who they fought
            sides = [t for t in targets if (actor := self._actor_at(t)) is not None and self._can_act(actor, trigger)]
            initiators, targets = tuple(sides), tuple(t for t in targets if t not in sides)
        return replace(
            trigger,
            initiators=initiators,
            targets=targets,
            event_type=self._kind(trigger, initiators),
            behind=self._behind(trigger),
        )

    def _kind(self, trigger: Trigger, initiators: Sequence[int]) -> str:
        """The kind of event: strikes, raids and bombings by a state or coalition come from the air."""
        row = trigger.origin.partition("#")[2]
        owners = {actor.kind for t in initiators if (actor := self._actor_at(t)) is not None}
        untold = trigger.event_type == ("ied_mine" if row == "bombing" else "attack")
        return "air_strike" if row in _FROM_THE_AIR and untold and owners & _STATES else trigger.event_type

    def of_all(self, triggers: Sequence[Trigger]) -> list[Trigger]:
        """All triggers with their parties; what names the event in a clause gets the doer of its weaker companions."""
        found = [self.of(t) for t in triggers]
        return [self._with_company(t, found) for t in found]

    def _with_company(self, trigger: Trigger, others: Sequence[Trigger]) -> Trigger:
        """ "Killed by rebels in a mortar attack": the attack is the rebels'."""
        if (
            trigger.initiators
            or trigger.strength < 2
            or trigger.event_type in _PEACEFUL
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

    def agents(self, trigger: Trigger) -> Iterator[Agent]:
        """Who the words after the trigger name, with how they put it."""
        for hit in self._by_hits(trigger):
            named = self._first_named(hit.end, trigger)
            if named is None:
                continue
            for token in self._with_conjuncts(named, trigger):
                end = self._end_of(token)
                yield Agent(token, hit.row["part"], hit.start, end, self.lexicons["agents"].origin(hit.row))
            return

    def _behind(self, trigger: Trigger) -> tuple[Agent, ...]:
        """Those who claim an event that a noun names, or are blamed for it."""
        if trigger.frame != "noun":
            return ()
        return tuple(a for a in self.agents(trigger) if a.part not in {"doer", "side"})

    def _of_noun(self, trigger: Trigger) -> Iterator[int]:
        yield from self._before(trigger.start, trigger)
        yield from (a.token for a in self.agents(trigger) if a.part == "doer")
        parsed = [a for head in trigger.initiators if (a := self._agent(head, trigger)) is not None]
        yield from parsed or self._of_light_verb(trigger)

    def _of_verb(self, trigger: Trigger) -> Iterator[int]:
        if self._is_outcome(trigger):
            return
        agents = [a for head in trigger.initiators if (a := self._agent(head, trigger)) is not None]
        if not agents and not self._is_passive(trigger):
            agents = list(self._left_of(trigger.token, trigger)) or list(self._opening(trigger))
        if not agents and self._is_passive(trigger):
            agents = [a.token for a in self.agents(trigger) if a.part == "doer"]
        for agent in agents:
            yield agent
            yield from self._joined_before(agent, trigger)

    def _joined_before(self, token: int, trigger: Trigger) -> Iterator[int]:
        """The actor whose adjective is joined to a name ("government and Russian jets")."""
        held = self._mentions.get(token)
        place = held[0] - 1 if held is not None else -1
        other = self._mentions.get(place - 1) if place > 0 and self.text.doc[place].lower_ == "and" else None
        if other is not None and self._can_act(other[2], trigger):
            yield self._head_of(place - 1)

    def _is_outcome(self, trigger: Trigger) -> bool:
        """True for "..., killing ten": the doer is that of the clause before, whatever noun stands beside it."""
        verb = self.text.doc[trigger.token]
        return (
            verb.tag_ == "VBG" and trigger.strength <= 1 and not any(t.dep_ in {"nsubj", "aux"} for t in verb.children)
        )

    def _is_passive(self, trigger: Trigger) -> bool:
        verb = self.text.doc[trigger.token]
        return any(t.dep_ in {"nsubjpass", "auxpass"} for t in verb.children) or (
            verb.tag_ == "VBN" and verb.dep_ in {"acl", "relcl"}
        )

    @cached_property
    def _dateline(self) -> int:
        return dateline_end(self.text)

    @cached_property
    def _taken(self) -> frozenset[int]:
        """The tokens of expressions of time."""
        spans = [m.span for m in self.times if isinstance(m.value, DateRange)]
        return frozenset(i for s in spans for i in range(*self.text.token_range(s.start, s.end)))

    @cached_property
    def _mentions(self) -> Mapping[int, tuple[int, int, ActorRef]]:
        """By token, the shortest actor that holds it: its first token, its end, the actor."""
        found: dict[int, tuple[int, int, ActorRef]] = {}
        for mention in self.actors:
            if isinstance(mention.value, ActorRef):
                start, end = self.text.token_range(mention.span.start, mention.span.end)
                for i in range(start, end):
                    if i not in found or end - start < found[i][1] - found[i][0]:
                        found[i] = (start, end, mention.value)
        return found

    def _actor_at(self, token: int) -> ActorRef | None:
        held = self._mentions.get(token)
        return held[2] if held is not None else None

    def _end_of(self, token: int) -> int:
        held = self._mentions.get(token)
        return held[1] if held is not None else token + 1

    def _head_of(self, token: int) -> int:
        """The head of the actor's name that holds the token."""
        held = self._mentions.get(token)
        return self.text.doc[held[0] : held[1]].root.i if held is not None else token

    def _same(self, token: int, others: Sequence[int]) -> bool:
        """True where the token is one of the others or stands in the same name."""
        return any(
            token == o or self._mentions.get(token, (token,))[0] == self._mentions.get(o, (o,))[0] for o in others
        )

    def _agent(self, head: int, trigger: Trigger) -> int | None:
        """The token that names who acts: the head itself, or the owner of the weapon or attack that it names."""
        word = self.text.doc[head]
        if (
            head in self._taken
            or head < self._dateline
            or (trigger.start <= head < trigger.end and trigger.frame == "verb")
        ):
            return None
        if self._actor_at(head) is None and self._is_thing(word):
            return next(self._owners(word, trigger), head if self._is_platform(word) else None)
        actor = self._actor_at(head)
        if actor is not None:
            return head if self._can_act(actor, trigger) else None
        if word.pos_ == "PRON":
            return (
                head
                if word.lower_ not in {"it", "there", "that", "this", "what", "one", "nobody", "none"}
                else self._it(word, trigger)
            )
        if self._is_fighter(word):
            return next(self._of_group(word, trigger), head)
        if trigger.event_type in _PEACEFUL:
            return head if word.pos_ in {"NOUN", "PROPN"} else None
        return head if word.ent_type_ in {"ORG", "NORP", "PERSON"} and word.pos_ == "PROPN" else None

    def _it(self, word: Token, trigger: Trigger) -> int | None:
        """ "It" acts where it is the subject of a verb that needs an actor."""
        return word.i if word.lower_ == "it" and trigger.frame == "verb" and trigger.strength >= 1 else None

    def _is_fighter(self, word: Token) -> bool:
        return any(h.row["status"] == "combatant" for h in self.lexicons["people"].at(self.text.doc, word.i))

    def _can_act(self, actor: ActorRef, trigger: Trigger) -> bool:
        return trigger.event_type in _PEACEFUL or actor.kind not in _BYSTANDERS

    def _is_thing(self, word: Token) -> bool:
        """True for a weapon, a platform or an attack."""
        doc = self.text.doc
        if self.lexicons["type_hints"].at(doc, word.i) or self.lexicons["weapons"].at(doc, word.i):
            return True
        return any(h.row["frame"] == "noun" for h in self.lexicons["triggers"].at(doc, word.i))

    def _is_tool(self, token: int, trigger: Trigger) -> bool:
        """True for the weapon that a verb takes as its object ("fired rockets at the town")."""
        if trigger.start <= token < trigger.end:
            return True
        return self._actor_at(token) is None and bool(self.lexicons["triggers"].at(self.text.doc, token))

    def _is_platform(self, word: Token) -> bool:
        return any(h.row.id in {"warplane", "drone"} for h in self.lexicons["type_hints"].at(self.text.doc, word.i))

    def _owners(self, word: Token, trigger: Trigger) -> Iterator[int]:
        """Owners of a thing ("regime jets", "jets of the coalition", "shells fired by rebels", "whose planes")."""
        yield from self._before(word.i, trigger)
        for hit in self._hits_after(word.i + 1, min(word.i + _GAP, len(self.text.doc))):
            if (named := self._first_named(hit.end, trigger)) is not None:
                yield named
        for child in word.children:
            if (
                child.dep_ == "prep"
                and child.lower_ == "of"
                and (named := self._first_named(child.i + 1, trigger)) is not None
            ):
                yield named
            elif child.dep_ == "poss" and child.lower_ in _RELATIVES:
                yield from self._possessor(child, trigger)

    def _possessor(self, word: Token, trigger: Trigger) -> Iterator[int]:
        """Who "whose" or "their" stands for: the noun of the relative clause, else the subject of the clause above."""
        if word.lower_ == "whose":
            relative = next((a for a in word.ancestors if a.dep_ == "relcl"), None)
            before = relative.head.i if relative is not None else word.i - 2
            actor = self._actor_at(before) if before >= 0 else None
            if actor is not None and self._can_act(actor, trigger):
                yield before
        else:
            yield word.i

    def _of_group(self, word: Token, trigger: Trigger) -> Iterator[int]:
        """The group of fighters ("fighters from the Front", "members of the Brigade")."""
        for child in word.children:
            if (
                child.dep_ == "prep"
                and child.lower_ in {"of", "from"}
                and (named := self._first_named(child.i + 1, trigger))
            ):
                yield named

    def _before(self, start: int, trigger: Trigger) -> Iterator[int]:
        """Actors in the run of words right before a noun, the nearest first, with those coordinated with it."""
        doc, i = self.text.doc, start - 1
        first = self.text.sentences[self.text.sentence_index(start)].start
        found, linked = False, True
        while i >= max(first, start - _BEFORE):
            held = self._mentions.get(i)
            if held is not None and linked and self._can_act(held[2], trigger) and not self._is_place_name(i, held[2]):
                yield self._head_of(i)
                found, linked, i = True, False, held[0] - 1
                continue
            word = doc[i]
            if found:
                if word.lower_ not in _LINKS:
                    return
                linked = True
            elif not self._may_modify(word):
                return
            i -= 1

    def _may_modify(self, word: Token) -> bool:
        """True for what may stand between an owner and what it owns: adjectives, weapons, numbers."""
        if word.text in _HYPHENS or word.lower_ in {"and", "or"}:
            return True
        if word.pos_ in {"NOUN", "PROPN"}:
            return self._is_thing(word) or self._is_fighter(word) or word.lower_ in {"group", "air", "ground", "force"}
        return word.pos_ in _INSIDE or word.tag_ in {"VBN", "VBG"}

    def _is_place_name(self, token: int, actor: ActorRef) -> bool:
        """True for the name of a country that tells where ("Syria air strikes"), not for "Syrian" or "US"."""
        word = self.text.doc[token]
        plain = (
            word.pos_ == "PROPN" and word.ent_type_ == "GPE" and len(word.text) > 4 and actor.kind in {"state", None}
        )
        owned = token + 1 < len(self.text.doc) and self.text.doc[token + 1].text in {"'s", "’s"}
        return plain and not owned and word.lower_ == actor.name.lower()

    def _by_hits(self, trigger: Trigger) -> Iterator[Hit]:
        sentence = self.text.sentences[self.text.sentence_index(trigger.token)]
        yield from self._hits_after(trigger.end, min(sentence.end, trigger.end + _AFTER))

    def _hits_after(self, start: int, stop: int) -> Iterator[Hit]:
        """Where the words after a noun begin to say whose it was, up to the next thing that somebody does."""
        doc, agents, i = self.text.doc, self.lexicons["agents"], start
        while i < stop:
            word = doc[i]
            hit = next((h for h in agents.at(doc, i) if h.row["part"] != "side" or i == start), None)
            if hit is not None:
                yield hit
                return
            if word.text in {";", ".", "("} or word.dep_ == "mark" or self._acts(word, i > start):
                return
            i += 1

    def _acts(self, word: Token, later: bool) -> bool:
        """True for a finite verb or another report of an event, beyond which "by" belongs to something else."""
        if word.pos_ == "VERB" and word.tag_ in {"VBD", "VBZ", "VBP"}:
            return True
        if word.tag_ == "VBG" or (word.tag_ == "VBN" and word.lemma_.lower() not in _HELD):
            return True
        return (
            later
            and word.tag_ in {"NN", "NNS"}
            and any(h.row["frame"] == "noun" for h in self.lexicons["triggers"].at(self.text.doc, word.i))
        )

    def _first_named(self, place: int, trigger: Trigger) -> int | None:
        """The first actor in the phrase that begins at a token, or its head where it is a fighter or platform."""
        doc = self.text.doc
        for i in range(place, min(place + _GAP, len(doc))):
            held, word = self._mentions.get(i), doc[i]
            if held is not None and not (i + 1 < len(doc) and self._is_modifier_of_thing(held[1])):
                return self._head_of(i) if self._can_act(held[2], trigger) else None
            if held is not None:
                return self._head_of(i)
            if self._is_fighter(word) or self._is_platform(word):
                return i
            if word.pos_ in {"VERB", "ADP", "AUX"} or word.text in {".", ";"}:
                return None
        return None

    def _is_modifier_of_thing(self, place: int) -> bool:
        """True where a weapon, platform or attack follows the name ("by Russian jets")."""
        return place < len(self.text.doc) and self._is_thing(self.text.doc[place])

    def _with_conjuncts(self, named: int, trigger: Trigger) -> Iterator[int]:
        """The actor and those joined to it by "and" or "or"."""
        yield named
        place = self._end_of(named)
        doc = self.text.doc
        while place + 1 < len(doc) and doc[place].lower_ in {"and", "or"}:
            after = next((i for i in range(place + 1, min(place + 4, len(doc))) if i in self._mentions), None)
            if after is None or not self._can_act(self._mentions[after][2], trigger):
                return
            yield self._head_of(after)
            place = self._end_of(after)

    def _left_of(self, verb: int, trigger: Trigger) -> Iterator[int]:
        """The actor right before a verb and its auxiliaries, where the parse found no subject."""
        doc, i = self.text.doc, verb - 1
        first = self._sentence_start(verb)
        while i >= first and doc[i].pos_ in _AUXILIARIES:
            if doc[i].lower_ in {"to", "be", "been", "was", "were", "is", "are"}:
                return
            i -= 1
        held = self._mentions.get(i)
        if i >= first and held is not None and self._can_act(held[2], trigger) and doc[i].pos_ in {"NOUN", "PROPN"}:
            yield self._head_of(i)

    def _of_light_verb(self, trigger: Trigger) -> Iterator[int]:
        """Who stands before the verb that a noun needs ("the regime committed a massacre"), parsed or not."""
        doc = self.text.doc
        for i in range(trigger.start - 1, max(self._sentence_start(trigger.token), trigger.start - _BEFORE) - 1, -1):
            if doc[i].pos_ != "VERB":
                continue
            if doc[i].lemma_.lower() in LIGHT_VERBS and doc[i].tag_ != "VBN":
                yield from self._left_of(i, trigger)
            return

    def _opening(self, trigger: Trigger) -> Iterator[int]:
        """Who opens the report's first sentence, a headline that the parse breaks at its verbs."""
        number = self.text.sentence_index(trigger.token)
        first = self._sentence_start(trigger.token)
        if number > 1 or trigger.token - first > _HEADLINE:
            return
        doc = self.text.doc
        start = next((i for i in range(first, trigger.token) if i not in self._taken and not doc[i].is_punct), first)
        held = self._mentions.get(start)
        if held is None or held[2].kind not in _ARMED or not self._can_act(held[2], trigger):
            return
        between = doc[held[1] : trigger.token]
        if not any(self._breaks(t) for t in between):
            yield self._head_of(start)

    def _breaks(self, word: Token) -> bool:
        """True for what ends the reach of a headline's first actor: a verb of saying, a passive, another clause."""
        if word.dep_ == "mark" or word.lower_ in {"as", "after", "while", "when", "in", "by", "that", "who", "which"}:
            return True
        return word.tag_ == "VBN" or bool(self.lexicons["cues"].at(self.text.doc, word.i))

    def _sentence_start(self, token: int) -> int:
        return self.text.sentences[self.text.sentence_index(token)].start


def actors_by_name(actors: Sequence[Mention]) -> Mapping[str, ActorRef]:
    """Every actor of a text by its id and by its name."""
    found: dict[str, ActorRef] = {}
    for mention in actors:
        if isinstance(mention.value, ActorRef) and mention.kind in {MentionKind.ACTOR, MentionKind.PERSON}:
            for key in (mention.value.id, mention.value.name.lower()):
                if key:
                    found.setdefault(key, mention.value)
    return found
