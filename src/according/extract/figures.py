"""One number a speaker: what each speaker of an account says in all of one kind of harm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from according.annotate import Text
from according.extract.draft import Draft
from according.extract.harm_totals import corrected, is_counted, main_toll, opens_report
from according.model import Claim
from according.values import Count, CountKind, CountRange

_BARE = 2  # the least that a bare plural says


@dataclass(frozen=True, slots=True)
class Figure:
    """A speaker's total for one outcome, and the claims that it was made of."""

    speaker: str
    outcome: str
    range: CountRange
    claims: tuple[str, ...]
    of_part: bool = False


def figures(
    text: Text, drafts: Sequence[Draft], own: Sequence[int], claims: Mapping[int, Sequence[Claim]]
) -> list[Figure]:
    """The figures of one account, in the order in which the text gives them.

    Args:
        text: the annotated document.
        drafts: all drafts of the document.
        own: indexes of those that belong to the account.
        claims: the claims that each draft became.
    """
    old = corrected(drafts)
    told = [i for i in own if i not in old and (is_counted(drafts[i]) or opens_report(text, drafts[i]))]
    groups: dict[tuple[str, str], list[int]] = {}
    for i in told:
        for claim in claims.get(i, ()):
            if claim.stance.value in {"asserts", "confirms"} and claim.modality.value == "actual":
                groups.setdefault(((claim.speaker.id or claim.speaker.name).lower(), drafts[i].slot), []).append(i)
    made = []
    for (speaker, outcome), indexes in groups.items():
        ordered = sorted(indexes, key=lambda i: drafts[i].anchor)
        total = _total(text, drafts, ordered, outcome)
        if total is not None:
            ids = tuple(c.id for i in ordered for c in claims[i] if (c.speaker.id or c.speaker.name).lower() == speaker)
            made.append((drafts[ordered[0]].anchor, Figure(speaker, outcome, total, ids, _is_part(drafts, ordered))))
    return _without_parts([f for _, f in sorted(made, key=lambda pair: pair[0])])


def _total(text: Text, drafts: Sequence[Draft], indexes: Sequence[int], outcome: str) -> CountRange | None:
    """The speaker's toll; a later, narrower range of the same people refines it."""
    total = main_toll(text, _reindexed(drafts, indexes), outcome)
    if total is None:
        return None
    for i in indexes:
        value = drafts[i].value
        if isinstance(value, Count) and value.range != total and total.low != total.high:
            both = total.meets(value.range)
            total = both if both is not None and both.low is not None and both.high is not None else total
    return total


def _reindexed(drafts: Sequence[Draft], indexes: Sequence[int]) -> list[Draft]:
    """The chosen drafts with their ties counted within the choice; a tie to a draft outside falls away."""
    places = {i: k for k, i in enumerate(indexes)}
    chosen = []
    for i in indexes:
        tie = drafts[i].about
        inside = (places[tie[0]], tie[1]) if tie is not None and tie[0] in places else None
        chosen.append(replace(drafts[i], about=inside))
    return chosen


def _is_part(drafts: Sequence[Draft], indexes: Sequence[int]) -> bool:
    """True where the speaker counts only women, children or the like, or only parts of another's toll."""
    values = [d.value for d in (drafts[i] for i in indexes) if isinstance(d.value, Count)]
    return all(drafts[i].about is not None for i in indexes) or all(
        v.sex is not None or v.age == "child" for v in values
    )


def _without_parts(found: list[Figure]) -> list[Figure]:
    """Leave out parts of a toll that somebody gives whole, and bare plurals where there is a number."""
    kept = []
    for figure in found:
        others = [f for f in found if f is not figure and f.outcome == figure.outcome]
        whole = any(not f.of_part for f in others)
        numbered = any(f.range.kind is not CountKind.VAGUE or (f.range.low or 0) > _BARE for f in others)
        bare = figure.range.kind is CountKind.VAGUE and figure.range.low == _BARE
        if not (figure.of_part and whole) and not (bare and numbered):
            kept.append(figure)
    return kept
