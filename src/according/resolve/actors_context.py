"""What a text itself says about whom its names mean, and the choice among the actors that share a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from according.resolve.actors_base import Actor, Alias, KnowledgeBase
from according.resolve.actors_words import AliasHit

STATE_RULES = frozenset({"as-party", "as-speaker", "people"})


def is_state_alias(alias: Alias) -> bool:
    """True for names, demonyms and capitals of states, which are actors only in some positions."""
    return alias.kind == "demonym" or alias.rule in STATE_RULES


@dataclass(frozen=True)
class ActorContext:
    """What helps to tell actors of one name apart.

    Args:
        countries: how often the text names each country (ISO code), by name, demonym or capital.
        day: ISO day of publication, or None.
        spelt_out: ids of the actors that the text names by a name that means them alone.
        defined: short names that the text defines, each with the id of the actor it stands for, or None where the
            actor is not in the knowledge base.
    """

    countries: Mapping[str, int] = field(default_factory=dict)
    day: str | None = None
    spelt_out: frozenset[str] = frozenset()
    defined: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActorChoice:
    """The actor chosen, or None; why; `tied` where several fit equally well."""

    actor: Actor | None
    reason: str
    tied: tuple[Actor, ...] = ()


def build_context(
    base: KnowledgeBase, hits: Sequence[AliasHit], day: str | None, defined: Iterable[tuple[str, tuple[int, int]]]
) -> ActorContext:
    """Count the countries, note the names that are clear by themselves, and settle the short names defined."""
    countries: Counter[str] = Counter()
    for hit in hits:
        states = {alias.actor for alias in hit.aliases if is_state_alias(alias)}
        for state in states:
            countries.update(base.actors[state].countries)
    first = ActorContext(countries, day)
    spelt_out = set()
    for hit in hits:
        full = [a for a in hit.aliases if not is_state_alias(a) and a.kind != "acronym"]
        if full and (actor := choose(base, full, first).actor) is not None:
            spelt_out.add(actor.id)
    settled: dict[str, str | None] = {}
    second = ActorContext(countries, day, frozenset(spelt_out))
    for short, (start, end) in defined:
        inside = [
            h for h in hits if start <= h.start and h.end == end and not all(is_state_alias(a) for a in h.aliases)
        ]
        chosen = choose(base, inside[0].aliases, second).actor if inside else None
        settled[short] = chosen.id if chosen else None
    return ActorContext(countries, day, frozenset(spelt_out), settled)


def choose(base: KnowledgeBase, aliases: Sequence[Alias], context: ActorContext) -> ActorChoice:
    """The actor that an alias means in a text.

    In this order: the user's own alias; what the rules of the alias allow; who existed at the time; who is spelt out
    elsewhere in the text; whose country the text names most. Where two remain, nobody is chosen.
    """
    own = [a for a in aliases if a.rule == "own"]
    if own:
        return ActorChoice(base.actors[own[0].actor], "named in the user's own file")
    allowed = [a for a in aliases if _allowed(base.actors[a.actor], a, context)]
    if not allowed:
        return ActorChoice(None, "the rules of the alias do not allow it here")
    actors = list({a.actor: base.actors[a.actor] for a in allowed}.values())
    alive = [actor for actor in actors if actor.active(context.day)] or actors
    if len(alive) == 1:
        return ActorChoice(alive[0], "the only actor of that name that fits here")
    spelt = [actor for actor in alive if actor.id in context.spelt_out]
    if len(spelt) == 1:
        return ActorChoice(spelt[0], "the text spells the name out")
    scores = {actor.id: _weight(actor, context) for actor in alive}
    best = max(scores.values())
    leading = [actor for actor in alive if scores[actor.id] == best]
    if len(leading) == 1:
        return ActorChoice(leading[0], "the text names its country most")
    return ActorChoice(None, "several actors of that name fit equally well", tuple(leading))


def _weight(actor: Actor, context: ActorContext) -> int:
    return max((context.countries.get(c, 0) for c in actor.countries), default=0)


def _allowed(actor: Actor, alias: Alias, context: ActorContext) -> bool:
    if alias.rule == "needs-definition":
        return actor.id in context.spelt_out or context.defined.get(alias.alias) == actor.id
    if alias.rule == "only-country":
        return _weight(actor, context) > 0 or actor.id in context.spelt_out
    return True
