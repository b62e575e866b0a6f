"""What linking compares an account by, where its summary alone would leave too much open: day, place, total or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from according.model import Account, Claim, Coding, MentionKind
from according.reconcile.account import counts
from according.values import Count, DatePrecision, DateRange, PlacePrecision, PlaceRef, Scope

_DAYS = frozenset({DatePrecision.DAY, DatePrecision.MINUTE})
_LONG = 5  # days from which a span of time makes an account a total, where nothing dates it more closely
_FINE = frozenset({PlacePrecision.EXACT, PlacePrecision.SETTLEMENT, PlacePrecision.NEAR})


def when(account: Account, claims: Sequence[Claim]) -> DateRange | None:
    """When it happened: the summary's date, an end that the words leave open closed by the day that they name.

    "Before dawn on Friday" is that Friday, and "after Monday's strike" tells of Monday. A date with both ends comes
    before one with an open end.
    """
    first = account.summary.date
    dates = [c.value for c in claims if c.slot == "date" and isinstance(c.value, DateRange) and c.value.is_anchored]
    if first is None or (first.start is not None and first.end is not None):
        return first
    closed = next((d for d in dates if d.start is not None and d.end is not None and _may_be(d, first)), None)
    if closed is not None:
        return closed
    day = first.start or first.end
    return DateRange(day, day, first.precision) if first.precision in _DAYS else first


def _may_be(value: DateRange, first: DateRange) -> bool:
    return value.overlaps(first)


def where(account: Account, claims: Sequence[Claim], coding: Coding) -> PlaceRef | None:
    """Where it happened: the summary's place, or one of the gazetteer where that is a name that it does not have.

    Where no claim of the account gives a place with a point, and its report names only one such settlement, it is
    taken to be there.
    """
    place = account.summary.place
    if place is not None and place.latitude is not None:
        return place
    told = [c.value for c in claims if c.slot == "place" and isinstance(c.value, PlaceRef) and counts(c)]
    known = next((p for p in told if p.latitude is not None and p.precision in _FINE), None)
    if known is not None:
        return known
    named = {
        m.value.id: m.value
        for m in coding.mentions
        if m.kind is MentionKind.PLACE and isinstance(m.value, PlaceRef) and m.value.latitude is not None
        and m.value.precision in _FINE
    }  # fmt: skip
    return next(iter(named.values())) if len(named) == 1 else place


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
