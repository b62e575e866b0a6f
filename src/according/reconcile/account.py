"""One account's summary by the rule `range`: from its claims and the figures of its speakers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from according.extract.figures import Figure
from according.model import (
    ActorRef,
    Claim,
    Confidence,
    FindingStatus,
    HarmRow,
    Modality,
    Party,
    Range,
    Ref,
    Stance,
    Summary,
)
from according.values import (
    Code,
    Count,
    CountKind,
    CountRange,
    DateRange,
    PersonStatus,
    PlacePrecision,
    PlaceRef,
    Scope,
    Words,
)

COUNTED = frozenset({Stance.ASSERTS, Stance.CONFIRMS})
_FINE = {
    PlacePrecision.EXACT: 0, PlacePrecision.SETTLEMENT: 0, PlacePrecision.NEAR: 0, None: 1, PlacePrecision.ADMIN2: 2,
    PlacePrecision.ADMIN1: 3, PlacePrecision.REGION: 4, PlacePrecision.COUNTRY: 5, PlacePrecision.LARGER: 6,
}  # fmt: skip


def counts(claim: Claim) -> bool:
    """True where a claim may enter a finding: asserted or confirmed, actual, and of the event itself."""
    if claim.stance not in COUNTED or claim.modality is not Modality.ACTUAL:
        return False
    return not (
        isinstance(claim.value, Count)
        and (claim.value.scope is not Scope.EVENT or claim.value.range.kind is CountKind.NONE)
    )


def summarise(claims: Sequence[Claim], tolls: Sequence[Figure], actors: Mapping[str, ActorRef]) -> Summary:
    """The summary of one account by the rule `range`, from its claims, each speaker's figures and the text's actors."""
    used = [c for c in claims if counts(c)]
    return Summary(
        date=_date(used),
        place=_place(used),
        initiators=_parties(claims, "initiator", actors),
        targets=_parties(claims, "target", actors),
        weapon=next((c.value.code for c in used if c.slot == "weapon" and isinstance(c.value, Code)), None),
        damaged=tuple(dict.fromkeys(_thing(c) for c in used if c.slot in {"damaged"})),
        killed=total(tolls, "killed"),
        injured=total(tolls, "injured"),
        harm=tuple(_harm_rows(used)),
        status=status_of(claims),
        rule="range",
    )


def _thing(claim: Claim) -> str:
    if claim.object is not None:
        return claim.object.name
    return claim.value.text if isinstance(claim.value, Words) else claim.evidence[0].quote


def _date(used: Iterable[Claim]) -> DateRange | None:
    dates = [c.value for c in used if c.slot == "date" and isinstance(c.value, DateRange) and c.value.is_anchored]
    return dates[0] if dates else None


def _place(used: Iterable[Claim]) -> PlaceRef | None:
    """The first place below a country, as the text stands, and the finest that lies in the same area.

    A name that the gazetteer does not have counts only where no other is there.
    """
    claims = sorted(
        (c for c in used if c.slot == "place" and isinstance(c.value, PlaceRef)), key=lambda c: c.evidence[0].start
    )
    places = [c.value for c in claims if isinstance(c.value, PlaceRef)]
    below = [p for p in places if _FINE[p.precision] < _FINE[PlacePrecision.COUNTRY]]
    areas = [p for p in below if p.admin1 is not None]
    known = areas or [p for p in below if p.id is not None]
    first = next(iter(known or below or places), None)
    if first is None or first.admin1 is None:
        return first
    agreeing = [p for p in areas if p.admin1 == first.admin1]
    return min(agreeing, key=lambda p: _FINE[p.precision], default=first)


def _parties(claims: Sequence[Claim], side: str, actors: Mapping[str, ActorRef]) -> tuple[Party, ...]:
    """Initiators or targets in order, each once, with kind and country as far as known and how its part is put."""
    found: dict[str, Party] = {}
    for claim in claims:
        if claim.stance not in COUNTED:
            continue
        ref, confidence = _part(claim, side)
        if ref is not None:
            key = (ref.id or ref.name).lower()
            actor = actors.get(key) or actors.get(ref.name.lower()) or ActorRef(None, ref.name)
            found.setdefault(key, Party(ref, actor.kind, actor.country, confidence))
    return tuple(found.values())


def _part(claim: Claim, side: str) -> tuple[Ref | None, Confidence]:
    if claim.slot == "occurred":
        ref = claim.subject if side == "initiator" else claim.object
        own = side == "initiator" and ref is not None and claim.speaker.name.lower() == ref.name.lower()
        return (
            ref,
            Confidence.CLAIMED
            if own
            else Confidence.SUSPECTED
            if claim.certainty.value != "certain"
            else Confidence.REPORTED,
        )
    if claim.slot in {"responsibility", "initiator"} and side == "initiator":
        own = claim.object is not None and claim.speaker.name.lower() == claim.object.name.lower()
        if claim.slot == "initiator":
            return (
                claim.object,
                Confidence.CLAIMED
                if own
                else Confidence.SUSPECTED
                if claim.certainty.value != "certain"
                else Confidence.REPORTED,
            )
        return claim.object, Confidence.CLAIMED if own else Confidence.ACCUSED
    if claim.slot == side and side == "target":
        return claim.object, Confidence.REPORTED
    return None, Confidence.REPORTED


def total(tolls: Sequence[Figure], outcome: str) -> Range | None:
    """Lowest to highest over the speakers' figures; `best` is the first number that the text gives, no vague word."""
    figures = [f.range for f in tolls if f.outcome == outcome]
    if not figures:
        return None
    lows = [f.low for f in figures if f.low is not None]
    highs = [f.high for f in figures]
    high = None if None in highs else max(h for h in highs if h is not None)
    lead = next((f for f in figures if f.kind is not CountKind.VAGUE), figures[0])
    best = lead.stated
    return Range(min(lows, default=None), best, high)


def plain_type(event_type: str, claims: Sequence[Claim]) -> str:
    """The kind of an attack that no word names more closely: on civilians, or between armed sides, by who was hit."""
    if event_type != "attack":
        return event_type
    hit = [c.value.status for c in claims if isinstance(c.value, Count) and c.stance in COUNTED]
    fighters = hit and all(status is PersonStatus.COMBATANT for status in hit)
    return "armed_clash" if fighters else "attack_on_civilians"


def _harm_rows(used: Sequence[Claim]) -> Iterable[HarmRow]:
    rows: dict[tuple[str, str, str | None], list[CountRange]] = {}
    for claim in used:
        if isinstance(claim.value, Count):
            rows.setdefault((claim.slot, claim.value.status.value, claim.value.group), []).append(claim.value.range)
    for (outcome, status, group), ranges in rows.items():
        lows = [r.low for r in ranges if r.low is not None]
        highs = [r.high for r in ranges]
        high = None if None in highs else max(h for h in highs if h is not None)
        best = ranges[0].stated
        yield HarmRow(outcome, status, group, None, min(lows, default=None), best, high, FindingStatus.SINGLE_SPEAKER)


def status_of(claims: Sequence[Claim]) -> FindingStatus:
    """Status of `occurred` among the speakers of one account."""
    told = [
        c
        for c in claims
        if c.slot in {"occurred", "responsibility", "killed", "injured"} and c.modality is Modality.ACTUAL
    ]
    asserting = {c.speaker.name.lower() for c in told if c.stance in COUNTED}
    denying = {
        c.speaker.name.lower() for c in told if c.stance is Stance.DENIES and c.slot in {"occurred", "responsibility"}
    }
    initiators = {p.ref.name.lower() for p in _parties(claims, "initiator", {})}
    if asserting and denying:
        return FindingStatus.CONTESTED
    if denying:
        return FindingStatus.DENIED
    parties = asserting & initiators
    if parties and len(asserting) == len(parties):
        return FindingStatus.CLAIMED_BY_PARTY
    if parties:
        return FindingStatus.ACKNOWLEDGED
    return FindingStatus.CORROBORATED if len(asserting) > 1 else FindingStatus.SINGLE_SPEAKER
