"""From drafts of harm to one number: which add up, which are parts of another."""

from __future__ import annotations

from collections.abc import Sequence

from according.extract.draft import Draft
from according.model import Modality, Stance
from according.values import Count, CountKind, CountRange, Scope


def is_counted(draft: Draft) -> bool:
    """True for a number of this event that somebody asserts as having happened, and that is no "none"."""
    if not isinstance(draft.value, Count) or draft.value.range.kind is CountKind.NONE:
        return False
    told = draft.stance in {Stance.ASSERTS, Stance.CONFIRMS} and draft.modality is Modality.ACTUAL
    return told and draft.value.scope is Scope.EVENT


def sum_parts(drafts: Sequence[Draft]) -> CountRange | None:
    """The sum of the disjoint groups that one speaker names in one sentence for one slot.

    Parts of a total (`about` refines) are left out, so that "17 people, including five children" is 17 and "nine
    civilians and four soldiers" 13.

    Args:
        drafts: the counted drafts of one sentence, slot and speaker, in order of place.

    Returns:
        The sum, or None where no draft has a number.
    """
    total: CountRange | None = None
    for draft in drafts:
        if draft.about is not None or not isinstance(draft.value, Count):
            continue
        total = draft.value.range if total is None else total.plus(draft.value.range)
    return total
