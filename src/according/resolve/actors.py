"""`ActorIndex`: finds the actors and persons of a text and resolves them against the knowledge base.

The order, each step leaving alone what the one before has taken: aliases of the knowledge base (the user's own first),
short names that the text defines, named people, organisations that nobody knows, states where they act, and parties
named by what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from according.annotate import Text
from according.model import ActorRef, Issue, Mention, MentionKind, Span
from according.resolve.actors_base import Actor, Alias, KnowledgeBase, load_actors
from according.resolve.actors_context import ActorChoice, ActorContext, build_context, choose, is_state_alias
from according.resolve.actors_definitions import definitions_of
from according.resolve.actors_names import labelled_names, organisations
from according.resolve.actors_parties import VAGUE, parties
from according.resolve.actors_persons import persons
from according.resolve.actors_reading import ActorLexicons, ActorReading, NamedActor, load_actor_lexicons
from according.resolve.actors_short import short_names
from according.resolve.actors_states import state_parties
from according.resolve.actors_words import AliasHit, AliasTable, parts_of


@dataclass(frozen=True, slots=True)
class ActorCandidate:
    """An actor that a name may mean, whether it is the one chosen, and why."""

    actor: Actor
    chosen: bool
    reason: str


class ActorIndex:
    """Finds actors and persons. Built once from a knowledge base; keeps no state between texts."""

    def __init__(self, base: KnowledgeBase, lexicons: ActorLexicons) -> None:
        self.base = base
        self.lexicons = lexicons
        self._table = AliasTable(base.aliases)

    def find(self, text: Text) -> Sequence[Mention]:
        """Mentions of kind actor and person in order of place, the longer first where two begin together."""
        return self.survey(text)[0]

    def survey(self, text: Text) -> tuple[tuple[Mention, ...], tuple[Issue, ...]]:
        """The mentions of a text, and an issue for each name that may mean several actors."""
        reading, issues = self._read(text)
        found = _collect(reading)
        mentions = tuple(_mention(text, f) for f in found)
        return mentions, tuple(issues)

    def definitions(self, text: Text) -> Sequence[tuple[Span, Span]]:
        """What the text calls by a shorter name: the long name and the short one, in order."""
        return [(text.span(*long), text.span(*short)) for long, short in definitions_of(text.doc)]

    def resolve(
        self, name: str, country: str | None = None, day: str | None = None, kind: str | None = None
    ) -> list[ActorCandidate]:
        """The actors that a bare name may mean, the likeliest first, each with the reason.

        Args:
            name: as a coder would type it. country: ISO 3166-1 alpha-3 code. day: ISO day. kind: kind of actor wanted.
        """
        aliases = [a for a in self._table.exact(name) if kind is None or self.base.actors[a.actor].kind == kind]
        context = ActorContext({country: 1} if country else {}, day)
        choice = choose(self.base, aliases, context) if aliases else ActorChoice(None, "no actor of that name")
        actors = dict.fromkeys(a.actor for a in aliases)
        candidates = [_candidate(self.base.actors[a], choice, context) for a in actors]
        return sorted(candidates, key=lambda c: not c.chosen)

    def _read(self, text: Text) -> tuple[ActorReading, list[Issue]]:
        shouting = _is_shouting(text)
        hits = self._table.find(parts_of(text.doc), shouting)
        pairs = [("".join(t.text for t in text.doc[s:e]), long) for long, (s, e) in definitions_of(text.doc)]
        context = build_context(self.base, hits, text.document.published, pairs)
        states: dict[int, tuple[AliasHit, Actor]] = {}
        named: dict[int, NamedActor] = {}
        issues: list[Issue] = []
        for hit in hits:
            of_states = [a for a in hit.aliases if is_state_alias(a)]
            others = [a for a in hit.aliases if not is_state_alias(a)]
            if others:
                choice = self._choose(text, hit, others, context)
                if choice.actor is not None and not self._is_verb(text, hit, choice.actor, context):
                    states.update(self._leading_state(text, hit, context))
                    named[hit.start] = _named(text, hit, choice.actor)
                    continue
                if choice.tied and not of_states:
                    named[hit.start] = NamedActor(hit.start, hit.end, _unresolved(text, hit, choice), "aliases#tied")
                    issues.append(_issue(text, hit, choice))
                    continue
            if of_states:
                actor = choose(self.base, of_states, context).actor
                if actor is not None:
                    states[hit.start] = (hit, actor)
        return ActorReading(text, self.base, self.lexicons, context, states, named, shouting), issues

    def _is_verb(self, text: Text, hit: AliasHit, actor: Actor, context: ActorContext) -> bool:
        """True where a bare "IS", which the annotation reads as the group, is more likely the verb."""
        bare = text.span(hit.start, hit.end).quote == "IS"
        return bare and not context.countries and actor.id not in context.spelt_out and "ISIS" not in context.defined

    def _leading_state(self, text: Text, hit: AliasHit, context: ActorContext) -> dict[int, tuple[AliasHit, Actor]]:
        """The state inside a name such as "the US-led coalition", which leads it."""
        doc = text.doc
        if hit.start + 1 >= hit.end or doc[hit.start + 1].text != "-":
            return {}
        inner = [
            h
            for h in self._table.find(parts_of(doc[hit.start : hit.start + 1].as_doc()))
            if is_state_alias(h.aliases[0])
        ]
        if not inner:
            return {}
        actor = choose(self.base, [a for a in inner[0].aliases if is_state_alias(a)], context).actor
        return {} if actor is None else {hit.start: (AliasHit(hit.start, hit.start + 1, inner[0].aliases), actor)}

    def _choose(self, text: Text, hit: AliasHit, aliases: Sequence[Alias], context: ActorContext) -> ActorChoice:
        short = "".join(t.text for t in text.doc[hit.start : hit.end])
        if short in context.defined and not any(a.rule == "own" for a in aliases):
            identifier = context.defined[short]
            if identifier is None:
                return ActorChoice(None, "the text defines the short name otherwise")
            return ActorChoice(self.base.actors[identifier], "the text defines the short name")
        return choose(self.base, aliases, context)


def load_index(data: Path, user_file: Path | None = None) -> ActorIndex:
    """The index over the knowledge base and lexicons of a data folder, and the user's own actors where given.

    Raises:
        InvalidInput, InvalidRule: a file breaks its schema.
    """
    return ActorIndex(load_actors(data / "knowledge", user_file), load_actor_lexicons(data / "lexicon"))


def _collect(reading: ActorReading) -> list[NamedActor]:
    taken = [False] * len(reading.doc)
    found: list[NamedActor] = []

    def take(more: Iterable[NamedActor]) -> None:
        for one in list(more):
            found.append(one)
            taken[one.start : one.end] = [True] * (one.end - one.start)

    take(reading.named.values())
    take(persons(reading, taken))
    take(organisations(reading, taken))
    take(short_names(reading, taken, found))
    take(labelled_names(reading, taken))
    reading = replace(reading, named={f.start: f for f in found if not f.person})
    groups = [g for g, core in parties(reading) if not any(_clash(f, g, core) for f in found)]
    found = [f for f in found if not any(_absorbs(g, f) for g in groups)]
    found.extend(groups)
    found.extend(s for s in state_parties(reading) if not any(_same(s, f) for f in found))
    return sorted(found, key=lambda f: (f.start, -f.end))


def _clash(name: NamedActor, group: NamedActor, core: int) -> bool:
    """True where a name holds the very words that make the group, or a person's name crosses it."""
    if name.person:
        return name.start < group.end and group.start < name.end
    return name.start <= core and name.end > core


def _covers(one: NamedActor, other: NamedActor) -> bool:
    return one.start <= other.start and other.end <= one.end


def _same(one: NamedActor, other: NamedActor) -> bool:
    return _covers(other, one) and (
        (other.ref.id is not None and other.ref.id.split("-")[0] == one.ref.id) or other.person
    )


def _absorbs(group: NamedActor, found: NamedActor) -> bool:
    weak = found.ref.id is None and found.ref.kind in VAGUE
    return _covers(group, found) and not found.person and (group.ref == found.ref or weak)


def _mention(text: Text, found: NamedActor) -> Mention:
    kind = MentionKind.PERSON if found.person else MentionKind.ACTOR
    return Mention(kind, text.span(found.start, found.end), found.ref, found.origin)


def _named(text: Text, hit: AliasHit, actor: Actor) -> NamedActor:
    """The mention of a known actor; a describing name ("the US-led coalition") takes its article along."""
    alias = next((a for a in hit.aliases if a.actor == actor.id), hit.aliases[0])
    ref = ActorRef(actor.id, actor.name, actor.kind, actor.country)
    described = alias.kind == "label" and hit.start > 0 and text.doc[hit.start - 1].lower_ == "the"
    start = hit.start - 1 if described else hit.start
    return NamedActor(start, hit.end, ref, f"aliases#{actor.id}", person=actor.kind == "person")


def _unresolved(text: Text, hit: AliasHit, choice: ActorChoice) -> ActorRef:
    kinds = {actor.kind for actor in choice.tied}
    return ActorRef(None, text.span(hit.start, hit.end).quote, kinds.pop() if len(kinds) == 1 else None)


def _issue(text: Text, hit: AliasHit, choice: ActorChoice) -> Issue:
    span = text.span(hit.start, hit.end)
    names = ", ".join(f"{actor.name} ({actor.id})" for actor in choice.tied[:6])
    return Issue("ambiguous_actor", f"{span.quote!r} may mean {names}; {choice.reason}", span)


def _candidate(actor: Actor, choice: ActorChoice, context: ActorContext) -> ActorCandidate:
    if choice.actor is not None and actor.id == choice.actor.id:
        return ActorCandidate(actor, True, choice.reason)
    if not actor.active(context.day):
        return ActorCandidate(actor, False, f"not active on {context.day}")
    if context.countries and not set(actor.countries) & set(context.countries):
        return ActorCandidate(actor, False, "of another country")
    return ActorCandidate(actor, False, choice.reason if choice.actor is None else "less likely than the one chosen")


def _is_shouting(text: Text) -> bool:
    letters = [c for t in text.doc for c in t.text if c.isalpha()]
    return len(letters) >= 40 and sum(c.islower() for c in letters) < 0.05 * len(letters)
