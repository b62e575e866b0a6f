"""The standing of a finding among the independent speakers: the first of the list that fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from according.link.words import plain
from according.model import FindingStatus, Modality, Stance
from according.reconcile.account import COUNTED
from according.reconcile.speakers import IndependentSpeaker
from according.reconcile.telling import Telling
from according.reconcile.words import WordLists
from according.values import Count

HARM = frozenset({"killed", "injured", "harmed", "captured", "detained", "released", "missing", "displaced"})
HAPPENED = frozenset({"occurred", "initiator", "responsibility"}) | HARM
OWN_PART = frozenset({"initiator", "responsibility"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands for a finding and who against it.

    Args:
        asserting: independent speakers who say so.
        denying: those who deny it.
        took_back: those who said so once and do no longer.
        acting: those of the asserting who are said to have done it, and say so themselves.
        apart: True where what the asserting say cannot all be so.
    """

    asserting: Sequence[IndependentSpeaker]
    denying: Sequence[IndependentSpeaker] = ()
    took_back: int = 0
    acting: Sequence[IndependentSpeaker] = ()
    apart: bool = False


def status_of_standing(standing: Standing) -> FindingStatus | None:
    """The first status that fits; None where nobody says anything for or against."""
    told, denying = standing.asserting, [s for s in standing.denying if s not in standing.asserting]
    if not told and standing.took_back and not denying:
        return FindingStatus.RETRACTED
    if told and (denying or standing.apart):
        return FindingStatus.CONTESTED
    if denying:
        return FindingStatus.DENIED
    if not told:
        return None
    if standing.acting and len(told) > 1:
        return FindingStatus.ACKNOWLEDGED
    if len(told) > 1 and not all(s.party for s in told):
        return FindingStatus.CORROBORATED
    return FindingStatus.CLAIMED_BY_PARTY if all(s.party for s in told) else FindingStatus.SINGLE_SPEAKER


def denies_event(telling: Telling, words: WordLists) -> bool:
    """True where a telling denies that the event happened, and not only the speaker's own part in it."""
    claim = telling.claim
    if claim.slot != "occurred" or claim.stance is not Stance.DENIES or claim.modality is not Modality.ACTUAL:
        return False
    said = set(plain(" ".join(s.quote for s in claim.evidence)).split())
    vague = claim.value is None and claim.subject is None and claim.object is None
    return not (vague and not said.isdisjoint(words.part))


def deniers(
    speakers: Sequence[IndependentSpeaker], words: WordLists, occurred: Sequence[IndependentSpeaker]
) -> list[IndependentSpeaker]:
    """Those whose last word is that it did not happen.

    Who gives numbers of the harmed does not deny the event but how it is told; where the same words are read as silence
    too, they are no denial.
    """
    found = []
    for speaker in speakers:
        own = [t for t in speaker.tellings if denies_event(t, words) and not _is_silent(t, speaker)]
        harm = any(t.claim.slot in HARM and t.is_counted and _is_number(t) for t in speaker.tellings)
        later = [t for t in speaker.tellings if t.claim.slot == "occurred" and t.claim.stance in COUNTED]
        taken_up = speaker in occurred and own and any((t.day or "") > max(d.day or "" for d in own) for t in later)
        if own and not harm and not taken_up:
            found.append(speaker)
    return found


def _is_number(telling: Telling) -> bool:
    return isinstance(telling.claim.value, Count)


def _is_silent(telling: Telling, speaker: IndependentSpeaker) -> bool:
    return any(
        t.claim.stance in {Stance.SILENT, Stance.UNCLEAR}
        and t.document.id == telling.document.id
        and t.claim.evidence[0].overlaps(telling.claim.evidence[0])
        for t in speaker.tellings
    )


def acting(speakers: Sequence[IndependentSpeaker]) -> list[IndependentSpeaker]:
    """Those who say themselves that they did it, and do not deny it as late or later."""
    return [s for s in speakers if _admits(s)]


def _admits(speaker: IndependentSpeaker) -> bool:
    admitted = max((t.day or "" for t in speaker.tellings if is_own(t, speaker)), default=None)
    about = OWN_PART | {"occurred"}
    denied = (t for t in speaker.tellings if t.claim.slot in about and t.claim.stance is Stance.DENIES)
    return admitted is not None and all((t.day or "") < admitted or _is_silent(t, speaker) for t in denied)


def is_own(telling: Telling, speaker: IndependentSpeaker) -> bool:
    """True where a speaker asserts that it did it itself."""
    claim = telling.claim
    actor = claim.subject if claim.slot == "occurred" else claim.object if claim.slot in OWN_PART else None
    return telling.is_counted and actor is not None and speaker.is_named(actor)
