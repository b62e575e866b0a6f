"""What persons decided, as far as an export of single accounts can heed it: rejected claims do not leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from according.decision import Act, Decision
from according.export.events import ExportClaim, ExportEvent
from according.from_contract import claim_from
from according.review import apply, in_force

_HEEDED = frozenset({Act.ACCEPT, Act.REJECT, Act.UNSURE, Act.UNDO})


def without_rejected(events: Sequence[ExportEvent], decisions: Sequence[Decision]) -> list[ExportEvent]:
    """The events without the claims that the last judgement on them rejects."""
    stored = {c.claim.id: c for event in events for c in (*event.claims, *event.others)}
    claims = [claim_from(c.claim, c.document.id) for c in stored.values()]
    rejected = {c.id for c in apply(claims, (), decisions).claims if c.is_rejected}

    def kept(own: Iterable[ExportClaim]) -> tuple[ExportClaim, ...]:
        return tuple(c for c in own if c.claim.id not in rejected)

    return [replace(event, claims=kept(event.claims), others=kept(event.others)) for event in events]


def unheeded(decisions: Sequence[Decision]) -> int:
    """How many decisions in force are about more than rejecting: corrections, additions, links, sides, findings."""
    return sum(1 for decision in in_force(decisions) if decision.act not in _HEEDED)
