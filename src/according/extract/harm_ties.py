"""Ties between drafts of harm that stand apart: parts named elsewhere, and tolls that replace earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from according.annotate import Text
from according.extract.draft import Draft
from according.model import Relation
from according.values import Count, CountKind

_NEAR = 4


class Role(StrEnum):
    """What a number is beside the others of its text."""

    TOTAL = "total"
    PART = "part"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Found:
    """A draft with its role; a part or an earlier toll whose partner is not known yet has no `about`."""

    draft: Draft
    role: Role


def tied(text: Text, found: Sequence[Found]) -> list[Draft]:
    """The drafts, in the same order, with `about` filled in.

    A part refines the nearest total ("Seven women were among the dead"); a new toll corrects the one that the words
    call earlier ("rose to 14 from 9", "updating a previous toll of 112").
    """
    drafts = [f.draft for f in found]
    for i, one in enumerate(found):
        if one.role is Role.PART and one.draft.about is None:
            k = _partner(text, found, i)
            if k is not None:
                drafts[i] = replace(drafts[i], about=(k, Relation.REFINES))
        elif one.role is Role.EARLIER:
            k = _partner(text, found, i)
            if k is not None and drafts[k].about is None:
                drafts[k] = replace(drafts[k], about=(i, Relation.CORRECTS))
    return drafts


def _partner(text: Text, found: Sequence[Found], i: int) -> int | None:
    """The total that draft i belongs to: in its own sentence, else before it, else behind it."""
    place = text.sentence_index(found[i].draft.anchor)
    totals = [k for k in range(len(found)) if k != i and _may_hold(found[k], found[i])]
    near = [k for k in totals if abs(text.sentence_index(found[k].draft.anchor) - place) <= _NEAR]
    own = [k for k in near if text.sentence_index(found[k].draft.anchor) == place]
    behind = [k for k in near if k < i]
    ahead = [k for k in near if k > i]
    return next((group[at] for group, at in ((own, 0), (behind, -1), (ahead, 0)) if group), None)


def _may_hold(total: Found, part: Found) -> bool:
    """True where the first may be the total of the second, or the toll that replaced it."""
    whole, piece = total.draft.value, part.draft.value
    if total.role is not Role.TOTAL or total.draft.slot != part.draft.slot or total.draft.about is not None:
        return False
    if (
        not isinstance(whole, Count)
        or not isinstance(piece, Count)
        or CountKind.NONE in {whole.range.kind, piece.range.kind}
    ):
        return False
    most = whole.range.high if whole.range.high is not None else whole.range.low
    least = piece.range.low or 0
    return whole.scope is piece.scope and (most or 0) >= least
