"""Parties that the words beside a trigger name, whatever the parse makes of them.

Headlines, and text that has lost its commas, break the parse; the actor right before a noun ("regime air strikes"),
after "by" or "carried out by", or right before a verb tells as much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from according.extract.frames import LIGHT_VERBS
from according.extract.parties_ground import STATES, Ground
from according.extract.triggers import Agent, Trigger
from according.model import ActorRef
from according.rules import Hit

_INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV"})
_LINKS = frozenset({"and", "or", "&", ","})
_GOVERN = frozenset({"by", "of", "with", "from", "against", "on", "for", "to", "under"})
_HYPHENS = frozenset({"-", "–", "'s", "’s", "'", "’", '"'})
_HELD = frozenset("be believe think suspect say report understand allege presume".split())
_AUXILIARIES = frozenset({"AUX", "ADV", "PART"})
_BEFORE, _AFTER, _GAP = 9, 16, 6
_ARMED = STATES | frozenset(
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


@dataclass(frozen=True)
class Beside:
    """Looks for actors in the words around triggers of one text."""

    ground: Ground

    def agents(self, trigger: Trigger) -> Iterator[Agent]:
        """Who the words after the trigger name, with how they put it."""
        for hit in self._by_hits(trigger):
            named = self.first_named(hit.end, trigger)
            if named is None:
                continue
            for token in self._with_conjuncts(named, trigger):
                end = self.ground.end_of(token)
                yield Agent(token, hit.row["part"], hit.start, end, self.ground.lexicons["agents"].origin(hit.row))
            return

    def joined_before(self, token: int, trigger: Trigger) -> Iterator[int]:
        """The actor whose adjective is joined to a name ("government and Russian jets")."""
        held = self.ground.mentions.get(token)
        place = held[0] - 1 if held is not None else -1
        other = (
            self.ground.mentions.get(place - 1) if place > 0 and self.ground.text.doc[place].lower_ == "and" else None
        )
        if other is not None and self.ground.can_act(other[2], trigger):
            yield self.ground.head_of(place - 1)

    def before(self, start: int, trigger: Trigger) -> Iterator[int]:
        """Actors in the run of words right before a noun, the nearest first, with those coordinated with it."""
        doc, i = self.ground.text.doc, start - 1
        first = self.ground.text.sentences[self.ground.text.sentence_index(start)].start
        found, linked = False, True
        while i >= max(first, start - _BEFORE):
            held = self.ground.mentions.get(i)
            if (
                held is not None
                and linked
                and self.ground.can_act(held[2], trigger)
                and not self._is_place_name(i, held[2])
            ):
                yield self.ground.head_of(i)
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
            return (
                self.ground.is_thing(word)
                or self.ground.is_fighter(word)
                or word.lower_ in {"group", "air", "ground", "force"}
            )
        return word.pos_ in _INSIDE or word.tag_ in {"VBN", "VBG"}

    def _is_place_name(self, token: int, actor: ActorRef) -> bool:
        """True for the name of a country that tells where ("Syria air strikes"), not for "Syrian" or "US"."""
        word = self.ground.text.doc[token]
        plain = (
            word.pos_ == "PROPN" and word.ent_type_ == "GPE" and len(word.text) > 4 and actor.kind in {"state", None}
        )
        owned = token + 1 < len(self.ground.text.doc) and self.ground.text.doc[token + 1].text in {"'s", "’s"}
        return plain and not owned and word.lower_ == actor.name.lower()

    def _by_hits(self, trigger: Trigger) -> Iterator[Hit]:
        sentence = self.ground.text.sentences[self.ground.text.sentence_index(trigger.token)]
        yield from self.hits_after(trigger.end, min(sentence.end, trigger.end + _AFTER))

    def hits_after(self, start: int, stop: int) -> Iterator[Hit]:
        """Where the words after a noun begin to say whose it was, up to the next thing that somebody does."""
        doc, agents, i = self.ground.text.doc, self.ground.lexicons["agents"], start
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
            and any(h.row["frame"] == "noun" for h in self.ground.lexicons["triggers"].at(self.ground.text.doc, word.i))
        )

    def first_named(self, place: int, trigger: Trigger) -> int | None:
        """The first actor in the phrase that begins at a token, or its head where it is a fighter or platform."""
        doc = self.ground.text.doc
        for i in range(place, min(place + _GAP, len(doc))):
            held, word = self.ground.mentions.get(i), doc[i]
            if held is not None and not (i + 1 < len(doc) and self._is_modifier_of_thing(held[1])):
                return self.ground.head_of(i) if self.ground.can_act(held[2], trigger) else None
            if held is not None:
                return self.ground.head_of(i)
            if self.ground.is_fighter(word) or self.ground.is_platform(word):
                return i
            if word.pos_ in {"VERB", "ADP", "AUX"} or word.text in {".", ";"}:
                return None
        return None

    def _is_modifier_of_thing(self, place: int) -> bool:
        """True where a weapon, platform or attack follows the name ("by Russian jets")."""
        return place < len(self.ground.text.doc) and self.ground.is_thing(self.ground.text.doc[place])

    def _with_conjuncts(self, named: int, trigger: Trigger) -> Iterator[int]:
        """The actor and those joined to it by "and" or "or"."""
        yield named
        place = self.ground.end_of(named)
        doc = self.ground.text.doc
        while place + 1 < len(doc) and doc[place].lower_ in {"and", "or"}:
            after = next((i for i in range(place + 1, min(place + 4, len(doc))) if i in self.ground.mentions), None)
            if after is None or not self.ground.can_act(self.ground.mentions[after][2], trigger):
                return
            yield self.ground.head_of(after)
            place = self.ground.end_of(after)

    def left_of(self, verb: int, trigger: Trigger) -> Iterator[int]:
        """The actor right before a verb and its auxiliaries, where the parse found no subject."""
        doc, i = self.ground.text.doc, verb - 1
        first = self.ground.sentence_start(verb)
        while i >= first and doc[i].pos_ in _AUXILIARIES:
            if doc[i].lower_ in {"to", "be", "been", "was", "were", "is", "are"}:
                return
            i -= 1
        held = self.ground.mentions.get(i)
        if i < first or held is None or doc[i].pos_ not in {"NOUN", "PROPN"} or self._is_governed(held[0], first):
            return
        if self.ground.can_act(held[2], trigger):
            yield self.ground.head_of(i)

    def _is_governed(self, start: int, first: int) -> bool:
        """True for a name after a preposition ("the mill held by rebels exploded"), which is no subject."""
        doc, i = self.ground.text.doc, start - 1
        while i >= first and doc[i].pos_ in {"DET", "ADJ"}:
            i -= 1
        return i >= first and doc[i].lower_ in _GOVERN

    def of_light_verb(self, trigger: Trigger) -> Iterator[int]:
        """Who stands before the verb that a noun needs ("the regime committed a massacre"), parsed or not."""
        doc = self.ground.text.doc
        for i in range(
            trigger.start - 1, max(self.ground.sentence_start(trigger.token), trigger.start - _BEFORE) - 1, -1
        ):
            if doc[i].pos_ != "VERB":
                continue
            if doc[i].lemma_.lower() in LIGHT_VERBS and doc[i].tag_ != "VBN":
                yield from self.left_of(i, trigger)
            return

    def opening(self, trigger: Trigger) -> Iterator[int]:
        """Who opens the report's first sentence, a headline that the parse breaks at its verbs."""
        number = self.ground.text.sentence_index(trigger.token)
        first = self.ground.sentence_start(trigger.token)
        if number > 1 or trigger.token - first > _HEADLINE:
            return
        doc = self.ground.text.doc
        start = next(
            (i for i in range(first, trigger.token) if i not in self.ground.taken and not doc[i].is_punct), first
        )
        held = self.ground.mentions.get(start)
        if held is None or held[2].kind not in _ARMED or not self.ground.can_act(held[2], trigger):
            return
        between = doc[held[1] : trigger.token]
        if not any(self._breaks(t) for t in between):
            yield self.ground.head_of(start)

    def _breaks(self, word: Token) -> bool:
        """True for what ends the reach of a headline's first actor: a verb of saying, a passive, another clause."""
        if word.dep_ == "mark" or word.lower_ in {"as", "after", "while", "when", "in", "by", "that", "who", "which"}:
            return True
        return word.tag_ == "VBN" or bool(self.ground.lexicons["cues"].at(self.ground.text.doc, word.i))
