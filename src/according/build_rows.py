"""What linking compares an account by, where its summary alone would leave too much open: day, place, total or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from according.model import Account, Claim, Coding, Party
from according.reconcile.account import counts
from according.values import Count, DatePrecision, DateRange, PlacePrecision, PlaceRef, Scope

_DAYS = frozenset({DatePrecision.DAY, DatePrecision.MINUTE})
_LONG = 5  # days from which a span of time makes an account a total, where nothing dates it more closely
_NEWS = 9  # days before its publication in which what a report is about happened, where it does not say
_BESIDE = 150  # characters within which a name stands beside the words of an account
_FINE = frozenset({PlacePrecision.EXACT, PlacePrecision.SETTLEMENT, PlacePrecision.NEAR})


def when(account: Account, claims: Sequence[Claim], published: str | None, leads: bool) -> DateRange | None:
    """When it happened: the summary's date, an end that the words leave open closed by the day that they name.

    "Before dawn on Friday" is that Friday, and "after Monday's strike" tells of Monday. What a report is about and does
    not date happened in the days before it was published.

    Args:
        account: the account.
        claims: its claims.
        published: ISO day of its document, or None.
        leads: True where its report is about this event.
    """
    first = account.summary.date
    if first is None:
        return _before(published) if leads and published is not None else None
    if first.start is not None and first.end is not None:
        return first
    day = first.start or first.end
    if first.precision in _DAYS:
        return DateRange(day, day, first.precision)
    dates = [c.value for c in claims if c.slot == "date" and isinstance(c.value, DateRange) and c.value.is_anchored]
    closed = (d for d in dates if d.start is not None and d.end is not None and d.overlaps(first))
    return next(closed, first)


def _before(published: str) -> DateRange | None:
    try:
        last = date.fromisoformat(published[:10])
    except ValueError:
        return None
    return DateRange((last - timedelta(days=_NEWS)).isoformat(), last.isoformat(), DatePrecision.RANGE)


def where(account: Account, claims: Sequence[Claim], coding: Coding) -> PlaceRef | None:
    """Where it happened: the summary's place, or one of the gazetteer where that is a name that it does not have.

    Where no claim of the account gives a place with a point, it is the nearest settlement with a point that the text
    names beside the words of the account, or the only one that it names at all.
    """
    place = account.summary.place
    if place is not None and place.latitude is not None:
        return place
    told = [c.value for c in claims if c.slot == "place" and isinstance(c.value, PlaceRef) and counts(c)]
    known = next((p for p in told if p.latitude is not None and p.precision in _FINE), None)
    if known is not None:
        return known
    named = [(m.span.start, m.value) for m in coding.mentions if isinstance(m.value, PlaceRef) and _is_point(m.value)]
    if len({p.id for _, p in named}) == 1:
        return named[0][1]
    starts = [c.evidence[0].start for c in claims if c.slot == "occurred"]
    pairs = [(abs(start - at), at, found) for start in starts for at, found in named]
    near = min(pairs, key=lambda p: p[:2], default=None)
    return near[2] if near is not None and near[0] <= _BESIDE else place


def _is_point(place: PlaceRef) -> bool:
    return place.latitude is not None and place.precision in _FINE


def is_actor(party: Party) -> bool:
    """True for a party that is somebody: known, of a known kind, or with a name; a market that was hit is none."""
    return party.ref.id is not None or party.kind is not None


def is_total(claims: Sequence[Claim]) -> bool:
    """True for an account whose numbers are a sum over a period: by their scope, or as all its dates are long."""
    numbers = [c.value for c in claims if isinstance(c.value, Count) and counts_people(c)]
    if not numbers:
        return False
    if all(n.scope is not Scope.EVENT for n in numbers):
        return True
    dates = [c.value for c in claims if c.slot == "date" and isinstance(c.value, DateRange) and c.value.is_anchored]
    return bool(dates) and all(_length(d) >= _LONG for d in dates)


def counts_people(claim: Claim) -> bool:
    """True for a claim of people harmed."""
    return claim.slot in {"killed", "injured", "harmed"}


def _length(value: DateRange) -> int:
    """Days from the first to the last; 0 where an end is open or no such day is in the calendar of this library."""
    if value.start is None or value.end is None:
        return 0
    try:
        return (date.fromisoformat(value.end[:10]) - date.fromisoformat(value.start[:10])).days
    except ValueError:
        return 0
