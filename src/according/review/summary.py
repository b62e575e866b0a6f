"""An account's summary after a person changed some of its claims: only what hangs on these is made anew."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from according.extract.figures import Figure
from according.model import ActorRef, Claim, Summary
from according.reconcile import counts, summarise
from according.values import Count

# Which parts of a summary each slot enters; what is not named here enters none.
_PARTS: dict[str, tuple[str, ...]] = {
    "date": ("date",),
    "place": ("place",),
    "weapon": ("weapon",),
    "damaged": ("damaged",),
    "occurred": ("initiators", "targets", "status"),
    "initiator": ("initiators", "status"),
    "responsibility": ("initiators", "status"),
    "target": ("targets",),
    "killed": ("killed", "harm", "status"),
    "injured": ("injured", "harm", "status"),
}
_HARM = ("harm",)


def summed(summary: Summary, claims: Sequence[Claim], slots: AbstractSet[str]) -> Summary:
    """The summary with the parts that the slots enter made anew from the claims by the rule `range`.

    Args:
        summary: as the machine made it.
        claims: the account's claims that stand.
        slots: those of the claims that were changed.
    """
    parties = (*summary.initiators, *summary.targets)
    actors = {
        key.lower(): ActorRef(p.ref.id, p.ref.name, p.kind, p.country)
        for p in parties
        for key in (p.ref.id, p.ref.name)
        if key is not None
    }
    anew = summarise(claims, _figures(claims), actors)
    people = {c.slot for c in claims if isinstance(c.value, Count)}
    parts = {part for slot in slots for part in _PARTS.get(slot, _HARM if slot in people else ())}
    return replace(summary, **{part: getattr(anew, part) for part in sorted(parts)})


def _figures(claims: Sequence[Claim]) -> list[Figure]:
    """Each number of people that counts, as its speaker's figure, in order of the text."""
    told = sorted((c for c in claims if counts(c)), key=lambda c: c.evidence[0].start)
    return [
        Figure((c.speaker.id or c.speaker.name).lower(), c.slot, c.value.range, (c.id,))
        for c in told
        if isinstance(c.value, Count)
    ]
