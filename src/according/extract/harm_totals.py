"""From drafts of harm to one number: which add up, which are parts of another, which is the toll of the main event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from according.annotate import Text
from according.extract.draft import Draft
from according.model import Modality, Relation, Stance
from according.values import Count, CountKind, CountRange, PersonStatus, Scope

_NEAR = 3
_ROUND = 10
_LEAD_SENTENCES = 2
_MORE = frozenset({"another", "further", "other", "others", "additional", "more", "also"})


@dataclass(frozen=True, slots=True)
class Tally:
    """What one predicate counts: the groups that it names, added up.

    Args:
        sentence: number of the sentence.
        anchor: token of the predicate.
        range: the sum.
        statuses: what the groups are.
        more: True where the words say that these come on top of others ("another ten", "three others").
        indexes: which drafts it was made of.
    """

    sentence: int
    anchor: int
    range: CountRange
    statuses: frozenset[PersonStatus]
    more: bool
    indexes: tuple[int, ...]

    @property
    def is_vague(self) -> bool:
        """True where no figure stands in the words."""
        return self.range.kind is CountKind.VAGUE


def is_counted(draft: Draft) -> bool:
    """True for a number of this event that somebody asserts as having happened, and that is no "none"."""
    if not isinstance(draft.value, Count) or draft.value.range.kind is CountKind.NONE:
        return False
    told = draft.stance in {Stance.ASSERTS, Stance.CONFIRMS} and draft.modality is Modality.ACTUAL
    return told and draft.value.scope is Scope.EVENT


def is_part(draft: Draft) -> bool:
    """True for a part of a total that another draft gives."""
    return draft.about is not None and draft.about[1] is Relation.REFINES


def corrected(drafts: Sequence[Draft]) -> frozenset[int]:
    """Indexes of drafts that another draft corrects."""
    return frozenset(d.about[0] for d in drafts if d.about is not None and d.about[1] is Relation.CORRECTS)


def sum_parts(drafts: Sequence[Draft]) -> CountRange | None:
    """The sum of the disjoint groups that one speaker names in one sentence for one slot.

    Parts of a total (`about` refines) are left out, so that "17 people, including five children" is 17 and "nine
    civilians and four soldiers" 13. Vague words are added only where no figure stands beside them.

    Args:
        drafts: the counted drafts of one sentence, slot and speaker, in order of place.

    Returns:
        The sum, or None where no draft has a number.
    """
    ranges = [d.value.range for d in drafts if not is_part(d) and isinstance(d.value, Count)]
    figures = [r for r in ranges if r.kind is not CountKind.VAGUE]
    total: CountRange | None = None
    for one in figures or ranges:
        total = one if total is None else total.plus(one)
    return total


def tallies(text: Text, drafts: Sequence[Draft], slot: str) -> list[Tally]:
    """The counted tallies of one slot, in order of place, one a predicate; parts and corrected tolls are left out."""
    made: list[Tally] = []
    old = corrected(drafts)
    counted = [
        (i, d)
        for i, d in enumerate(drafts)
        if d.slot == slot and i not in old and not is_part(d) and (is_counted(d) or opens_report(text, d))
    ]
    for anchor in dict.fromkeys(d.anchor for _, d in counted):
        own = [(i, d) for i, d in counted if d.anchor == anchor]
        total = sum_parts([d for _, d in own])
        if total is None:
            continue
        statuses = frozenset(d.value.status for _, d in own if isinstance(d.value, Count))
        more = any(_is_more(text, d) for _, d in own)
        indexes = tuple(i for i, _ in own)
        made.append(Tally(text.sentence_index(anchor), anchor, total, statuses, more, indexes))
    return made


def opens_report(text: Text, draft: Draft) -> bool:
    """True for a period's figure that opens a report: the report is about that period."""
    if not isinstance(draft.value, Count) or text.sentence_index(draft.anchor) >= _LEAD_SENTENCES:
        return False
    once = replace(draft, value=replace(draft.value, scope=Scope.EVENT))
    return draft.value.scope is Scope.PERIOD and is_counted(once)


def _is_more(text: Text, draft: Draft) -> bool:
    """True where the words say that these people come on top of others."""
    if draft.object is None or draft.object.span is None:
        return False
    phrase = text.tokens(draft.object.span)
    words = [
        t for t in phrase if t.lower_ in _MORE and not (t.i + 1 < len(text.doc) and text.doc[t.i + 1].lower_ == "than")
    ]
    before = text.doc[max(0, draft.anchor - 2) : draft.anchor]
    return bool(words) or any(t.lower_ == "also" for t in before)


def main_toll(text: Text, drafts: Sequence[Draft], slot: str = "killed") -> CountRange | None:
    """The toll of the event that a report is about.

    The first figure that is no background counts; where the text has none, the first vague word. A later total replaces
    it that names it as its part ("they were among 19 people killed"). Groups that the words keep apart from it and that
    follow it directly are added ("another ten", four civilians and then five fighters); the first figure that is not
    added ends the sum, since it is another telling of the same toll or another event's.

    Args:
        text: the annotated document.
        drafts: all drafts of harm, or those of one account, in order of place.
        slot: killed, injured or another outcome.
    """
    found = tallies(text, drafts, slot)
    lead = next((t for t in found if not t.is_vague), found[0] if found else None)
    if lead is None:
        return None
    wider = next((t for t in found[found.index(lead) + 1 :] if _holds(text, drafts, t, lead)), None)
    lead = wider or _sharper(found, lead)
    updated = {text.sentence_index(drafts[i].anchor) for i in corrected(drafts)}
    total, last = lead.range, lead
    for tally in found[found.index(lead) + 1 :]:
        if tally.is_vague or tally.range == total:
            continue
        if not _adds(lead, last, tally) or tally.sentence in updated:
            break
        total, last = total.plus(tally.range), tally
    return total


def _sharper(found: Sequence[Tally], lead: Tally) -> Tally:
    """The next tally where it makes a round bound exact: "more than 200 killed ... at least 213 people"."""
    after = next((t for t in found[found.index(lead) + 1 :] if not t.is_vague and t.range != lead.range), None)
    low = lead.range.low or 0
    if after is None or lead.range.high is not None or low < _ROUND or (low - 1) % _ROUND or after.more:
        return lead
    near = after.sentence - lead.sentence <= _NEAR
    return after if near and low <= (after.range.low or 0) <= low + low // 4 else lead


def _adds(lead: Tally, last: Tally, tally: Tally) -> bool:
    """True for a group that comes on top of the lead's."""
    both = lead.statuses | tally.statuses
    apart = PersonStatus.UNKNOWN not in both and not lead.statuses & tally.statuses
    near = tally.sentence - last.sentence
    return (near == 0 and apart) or (near <= 1 and tally.more)


def _holds(text: Text, drafts: Sequence[Draft], whole: Tally, lead: Tally) -> bool:
    """True where a later total names the lead's groups as its parts, or itself as what they were among."""
    if whole.is_vague or (whole.range.low or 0) <= (lead.range.low or 0) or whole.sentence - lead.sentence > _NEAR:
        return False
    parts = [d for d in drafts if is_part(d) and d.about is not None and d.about[0] in whole.indexes]
    sizes = {d.value.range.low for d in parts if isinstance(d.value, Count)}
    groups = {d.value.range.low for d in (drafts[i] for i in lead.indexes) if isinstance(d.value, Count)}
    if parts:
        return groups <= sizes
    ref = drafts[whole.indexes[0]].object
    start = text.tokens(ref.span)[0].i if ref is not None and ref.span is not None else 0
    return (
        start > 0
        and text.doc[start - 1].lower_ == "among"
        and _is_pronoun(text, start - 1)
        and whole.sentence - lead.sentence <= 1
    )


def _is_pronoun(text: Text, i: int) -> bool:
    """True where "they were" or "all were" stands before token i."""
    return any(t.lower_ in {"they", "these", "those", "all", "both"} for t in text.doc[max(0, i - 3) : i])
