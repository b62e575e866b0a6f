"""The independent speakers of one event: tellings by who says them, and speakers that are one voice together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from according.link.independence import independent_voices
from according.link.words import plain
from according.model import Ref, Stance
from according.reconcile.account import COUNTED
from according.reconcile.names import Identity, Names, identify, ties_of
from according.reconcile.telling import Telling, View

_SIDES = frozenset({"occurred", "initiator", "responsibility", "target"})


@dataclass(frozen=True, slots=True, eq=False)
class IndependentSpeaker:
    """One voice: a speaker with all that speak for it, and what they tell in all reports, in order of time.

    Args:
        names: plain names and ids that it goes by, those that it speaks for among them.
        party: True where it is a party to the event, or speaks for one.
        nameless: True where nobody can tell who it is: unnamed people and nameless collectives.
        publisher: True where only publishers in their own voice are in it.
        tellings: what it says.
    """

    names: frozenset[str]
    party: bool
    nameless: bool
    publisher: bool
    tellings: tuple[Telling, ...]

    def is_named(self, ref: Ref | None) -> bool:
        """True where the ref is this speaker, or one that it speaks for."""
        return ref is not None and not self.names.isdisjoint(refs_names(ref))


def refs_names(ref: Ref) -> frozenset[str]:
    """Plain id and name of a ref."""
    return frozenset(plain(n) for n in (ref.id, ref.name) if n)


def parties_of(tellings: Iterable[Telling], names: Names) -> frozenset[str]:
    """Plain names and ids of the parties: who is said to have acted, and what armed actor was acted upon."""
    found: set[str] = set()
    for telling in tellings:
        claim = telling.claim
        if claim.slot not in _SIDES:
            continue
        acted = claim.subject if claim.slot == "occurred" else None if claim.slot == "target" else claim.object
        hit = claim.object if claim.slot in {"occurred", "target"} else None
        for ref in (acted, hit):
            known = None if ref is None else ref.id or names.actor(telling.document.id, ref.name)
            if ref is not None and (ref is acted or names.is_armed(known)):
                found.add(plain(known or ref.name))
    return frozenset(found)


def speakers_of(tellings: Sequence[Telling], names: Names, view: View) -> list[IndependentSpeaker]:
    """The independent speakers, in the order of their first words, as far as the view looks at them.

    Args:
        tellings: of one event, in order.
        names: who is who.
        view: what the question looks at.
    """
    parties = parties_of(tellings, names)
    denying = {plain(t.claim.speaker.name) for t in tellings if t.claim.stance is Stance.DENIES}
    passing = frozenset(plain(v.speaker) for t in tellings for v in t.claim.via) - denying
    identities = [identify(t, names, passing) for t in tellings]
    voices = list(dict.fromkeys(i.voice for i in identities))
    made = []
    for group in independent_voices(voices, ties_of(identities)):
        own = {voices[k] for k in group}
        pairs = [(i, t) for i, t in zip(identities, tellings, strict=True) if i.voice in own]
        made.append(_speaker(pairs, parties))
    return [s for s in made if _is_seen(s, view)]


def _speaker(pairs: Sequence[tuple[Identity, Telling]], parties: frozenset[str]) -> IndependentSpeaker:
    names = frozenset(name for identity, _ in pairs for name in identity.names)
    told = any(t.claim.speaker.party for _, t in pairs)
    kinds = {identity.voice.kind for identity, _ in pairs}
    nameless = all(i.voice.kind in {"collective", "unnamed"} and i.voice.id is None for i, _ in pairs)
    named = frozenset() if nameless else names
    party = told or not named.isdisjoint(parties)
    return IndependentSpeaker(named, party, nameless, kinds == {"publisher"}, tuple(t for _, t in pairs))


def _is_seen(speaker: IndependentSpeaker, view: View) -> bool:
    if view.without_parties and speaker.party:
        return False
    return not (view.independent_only and (speaker.nameless or speaker.publisher))


def asserting(speakers: Iterable[IndependentSpeaker], slots: frozenset[str]) -> list[IndependentSpeaker]:
    """Those whose last word on any of the slots is that it is so.

    A publisher adds no voice to those that its own reports quote on it.
    """
    told = [s for s in speakers if any(t.claim.slot in slots and t.is_counted for t in s.tellings)]
    quoted = {
        t.document.id for s in told if not s.publisher for t in s.tellings if t.claim.slot in slots and t.is_counted
    }
    return [s for s in told if not s.publisher or not documents(s, slots) <= quoted]


def documents(speaker: IndependentSpeaker, slots: frozenset[str]) -> set[str]:
    """Ids of the documents in which a speaker asserts something of the slots."""
    return {t.document.id for t in speaker.tellings if t.claim.slot in slots and t.claim.stance in COUNTED}
