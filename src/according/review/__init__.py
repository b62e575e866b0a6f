"""Decisions of persons, put to what the machine read: `apply`, and what comes up for review again."""

from according.review.applying import (
    Again,
    JudgedLink,
    OnEvent,
    Question,
    Reviewed,
    ReviewedClaim,
    apply,
    claims_known,
    in_force,
    undone,
)
from according.review.events import BY_HAND, event_now, regrouped, settled, sides_of

__all__ = [
    "BY_HAND", "Again", "JudgedLink", "OnEvent", "Question", "Reviewed", "ReviewedClaim", "apply", "claims_known",
    "event_now", "in_force", "regrouped", "settled", "sides_of", "undone",
]  # fmt: skip
