"""What is decided about an event, put to the event once it is built: findings by hand, dyad and sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from according.decision import Decision
from according.model import Event, Finding, FindingStatus, digest
from according.review.applying import Again, OnEvent, Question, Reviewed
from according.values import Code

BY_HAND = "by_hand"


def settled(event: Event, reviewed: Reviewed) -> Event:
    """The event with what persons set by hand; claims, speakers and, unless it is set too, status stay the rule's."""
    for own in _of(event, reviewed):
        hand = own.decision.finding
        if hand is None:
            continue
        made = next((f for f in event.findings if (f.slot, f.people or "", f.side or "") == hand.key), None)
        base = made or Finding(
            hand.slot, FindingStatus.SINGLE_SPEAKER, BY_HAND, own.decision.id, hand.people, hand.side
        )
        numbers = (hand.low, hand.best, hand.high)
        if numbers != (None, None, None):
            base = replace(base, low=hand.low, best=hand.best, high=hand.high)
        new = replace(
            base, rule=BY_HAND, version=own.decision.id, status=hand.status or base.status,
            value=base.value if hand.value is None else hand.value,
        )  # fmt: skip
        findings = tuple(new if f is made else f for f in event.findings) + ((new,) if made is None else ())
        event = replace(event, findings=findings)
        if hand.slot == "event_type" and isinstance(hand.value, Code):
            event = replace(event, event_type=hand.value.code)
    return event


def sides_of(event: Event, reviewed: Reviewed) -> Decision | None:
    """The last choice of dyad and sides for the event, or None."""
    return next((o.decision for o in reversed(_of(event, reviewed)) if o.decision.sides is not None), None)


def regrouped(events: Iterable[Event], reviewed: Reviewed) -> tuple[Question, ...]:
    """Sides and findings by hand whose event has other accounts by now than when they were set."""
    questions = []
    for event in events:
        for own in _of(event, reviewed):
            changed = sorted(set(own.accounts) ^ set(event.accounts))
            if changed:
                message = "the event has other accounts now than when this was set"
                questions.append(Question(Again.REGROUPED, own.decision, message, tuple(changed)))
    return tuple(sorted(questions, key=lambda q: q.decision.number))


def _of(event: Event, reviewed: Reviewed) -> list[OnEvent]:
    found = [own for own in reviewed.on_events if own.accounts[0] in event.accounts]
    return sorted(found, key=lambda own: own.decision.number)


def event_now(identifier: str, events: Iterable[Event]) -> Event | None:
    """The event that an id means now: its own, that of an account of it, or one from before it was joined."""
    for event in events:
        if identifier == event.id or any(identifier in {a, "e" + digest(a)} for a in event.accounts):
            return event
    return None
