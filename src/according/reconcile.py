"""From the claims about one event to findings: named rules, each with the claims that it used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from according.model import Claim, Confidence, FindingStatus, HarmRow, Modality, Party, Range, Ref, Stance, Summary
from according.values import Code, Count, CountKind, CountRange, DateRange, PlacePrecision, PlaceRef, Scope, Words

COUNTED = frozenset({Stance.ASSERTS, Stance.CONFIRMS})
_PARTS = frozenset({"women", "children", "woman", "child", "girl", "boy", "girls", "boys", "elderly"})
_FINE = {PlacePrecision.EXACT: 0, PlacePrecision.SETTLEMENT: 0, PlacePrecision.NEAR: 0, None: 1, PlacePrecision.ADMIN2: 2, PlacePrecision.ADMIN1: 3, PlacePrecision.REGION: 4, PlacePrecision.COUNTRY: 5, PlacePrecision.LARGER: 6}  # fmt: skip


def counts(claim: Claim) -> bool:
    """True where a claim may enter a finding: asserted or confirmed, actual, and of the event itself."""
    if claim.stance not in COUNTED or claim.modality is not Modality.ACTUAL:
        return False
    return not (isinstance(claim.value, Count) and (claim.value.scope is not Scope.EVENT or claim.value.range.kind is CountKind.NONE))


def summarise(claims: Sequence[Claim]) -> Summary:
    """The summary of one account by the rule `range`."""
    used = [c for c in claims if counts(c)]
    return Summary(
        date=_date(used),
        place=_place(used),
        initiators=_parties(claims, "initiator"),
        targets=_parties(claims, "target"),
        weapon=next((c.value.code for c in used if c.slot == "weapon" and isinstance(c.value, Code)), None),
        damaged=tuple(dict.fromkeys(_thing(c) for c in used if c.slot in {"damaged"})),
        killed=total(used, "killed"),
        injured=total(used, "injured"),
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
    """The most precise place; among equals the first."""
    places = [c.value for c in used if c.slot == "place" and isinstance(c.value, PlaceRef)]
    return min(places, key=lambda p: _FINE[p.precision], default=None)


def _parties(claims: Sequence[Claim], side: str) -> tuple[Party, ...]:
    """Initiators or targets in order, each once, with how its part is put."""
    found: dict[str, Party] = {}
    for claim in claims:
        if claim.stance not in COUNTED:
            continue
        ref, confidence = _part(claim, side)
        if ref is not None:
            key = (ref.id or ref.name).lower()
            found.setdefault(key, Party(ref, confidence=confidence))
    return tuple(found.values())


def _part(claim: Claim, side: str) -> tuple[Ref | None, Confidence]:
    if claim.slot == "occurred":
        ref = claim.subject if side == "initiator" else claim.object
        own = side == "initiator" and ref is not None and claim.speaker.name.lower() == ref.name.lower()
        return ref, Confidence.CLAIMED if own else Confidence.SUSPECTED if claim.certainty.value != "certain" else Confidence.REPORTED
    if claim.slot in {"responsibility", "initiator"} and side == "initiator":
        own = claim.object is not None and claim.speaker.name.lower() == claim.object.name.lower()
        return claim.object, Confidence.CLAIMED if own else Confidence.ACCUSED
    if claim.slot == side and side == "target":
        return claim.object, Confidence.REPORTED
    return None, Confidence.REPORTED


def total(used: Sequence[Claim], outcome: str) -> Range | None:
    """Lowest to highest total over the speakers; `best` is the first speaker's figure.

    Claims of one speaker are first brought together: groups that stand side by side are added, parts of a total are
    left out, and a narrower range refines a wider one.
    """
    figures = [f for f in (_figure(own) for own in _by_speaker(used, outcome)) if f is not None]
    if not figures:
        return None
    lows = [f.low for f in figures if f.low is not None]
    highs = [f.high for f in figures]
    low = min(lows, default=None)
    high = None if None in highs else max(h for h in highs if h is not None)
    best = figures[0].low if figures[0].low is not None else figures[0].high
    return Range(low, best, high)


def _by_speaker(used: Sequence[Claim], outcome: str) -> list[list[Claim]]:
    speakers: dict[str, list[Claim]] = {}
    for claim in used:
        if claim.slot == outcome and isinstance(claim.value, Count):
            speakers.setdefault((claim.speaker.id or claim.speaker.name).lower(), []).append(claim)
    return list(speakers.values())


def _figure(own: Sequence[Claim]) -> CountRange | None:
    """One speaker's total."""
    values = [c.value for c in own if isinstance(c.value, Count)]
    wholes = [v for v in values if (v.group or "").lower() not in _PARTS] or values
    groups: dict[tuple[str, str], CountRange] = {}
    for value in wholes:
        key = (value.status.value, (value.group or "people").lower())
        known = groups.get(key)
        both = known.meets(value.range) if known is not None else None
        groups[key] = both or value.range if known is None or both is not None else value.range
    plain = [r for (_, name), r in groups.items() if name in {"people", "persons", "bodies", "dead"}]
    if plain:
        return max(plain, key=lambda r: r.low or r.high or 0)
    result: CountRange | None = None
    for figure in groups.values():
        result = figure if result is None else result.plus(figure)
    return result


def _harm_rows(used: Sequence[Claim]) -> Iterable[HarmRow]:
    rows: dict[tuple[str, str, str | None], list[CountRange]] = {}
    for claim in used:
        if isinstance(claim.value, Count):
            rows.setdefault((claim.slot, claim.value.status.value, claim.value.group), []).append(claim.value.range)
    for (outcome, status, group), ranges in rows.items():
        lows = [r.low for r in ranges if r.low is not None]
        highs = [r.high for r in ranges]
        high = None if None in highs else max(h for h in highs if h is not None)
        best = ranges[0].low if ranges[0].low is not None else ranges[0].high
        yield HarmRow(outcome, status, group, None, min(lows, default=None), best, high, FindingStatus.SINGLE_SPEAKER)


def status_of(claims: Sequence[Claim]) -> FindingStatus:
    """Status of `occurred` among the speakers of one account."""
    told = [c for c in claims if c.slot in {"occurred", "responsibility", "killed", "injured"} and c.modality is Modality.ACTUAL]
    asserting = {c.speaker.name.lower() for c in told if c.stance in COUNTED}
    denying = {c.speaker.name.lower() for c in told if c.stance is Stance.DENIES and c.slot in {"occurred", "responsibility"}}
    initiators = {p.ref.name.lower() for p in _parties(claims, "initiator")}
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
