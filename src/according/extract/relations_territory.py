"""Who holds, took or lost which land, and how much of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from according.extract.draft import Draft
from according.extract.relations_frames import find_frames, is_aside
from according.extract.relations_scene import Scene
from according.extract.relations_values import clause_end
from according.model import Span
from according.values import Share

SHARE_COLUMNS = ("low", "high")

_PERCENT = re.compile(
    r"(?P<hedge>more than|over|at least|less than|under|almost|nearly)?\s*"
    r"(?P<number>\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent\b)",
    re.IGNORECASE,
)
_ABOVE = frozenset({"more than", "over", "at least"})
_BELOW = frozenset({"less than", "under", "almost", "nearly"})


def find_territory(scene: Scene) -> Iterator[Draft]:
    """Drafts of controls, seized and lost with the share where the words give one."""
    for draft in find_frames(scene, "territory"):
        span = draft.evidence[0]
        if _is_vague(scene, draft):
            continue
        yield replace(draft, value=share_of(scene, span))
        yield from _included(scene, draft)


def _is_vague(scene: Scene, draft: Draft) -> bool:
    """True for land that a modifier only hints at ("rebel-held areas", "the areas they control"): nothing is named."""
    verb = scene.text.doc[draft.anchor]
    if draft.slot != "controls" or verb.dep_ not in {"amod", "acl", "relcl"} or is_aside(verb):
        return False
    if draft.object is None or draft.object.span is None:
        return False
    tokens = scene.text.tokens(draft.object.span)
    known = verb.dep_ == "acl" and any(t.lower_ in {"the", "this"} and t.head.tag_ == "NN" for t in tokens)
    return not known and not any(scene.is_name(t) for t in tokens)


def share_of(scene: Scene, span: Span) -> Share | None:
    """The share that the words of a span give ("98% of the land", "most of it"), or None where they give none."""
    found = _PERCENT.search(span.quote)
    if found is not None and float(found["number"]) <= 100:
        return _percent(float(found["number"]), (found["hedge"] or "").lower())
    start, end = scene.text.token_range(span.start, span.end)
    hit = next(iter(scene.lexicons["territory_shares"].find(scene.tokens, start, end)), None)
    return Share(float(hit.row["low"]), float(hit.row["high"])) if hit is not None else None


def _percent(number: float, hedge: str) -> Share:
    if hedge in _ABOVE:
        return Share(number, 100.0)
    if hedge in _BELOW:
        return Share(0.0, number)
    return Share(number, number)


def _included(scene: Scene, draft: Draft) -> Iterator[Draft]:
    """ "..., including a part of the valley", "... and half of the coast": a further place held by the same actor."""
    verb = scene.text.doc[draft.anchor]
    heads = [t for child in verb.children if child.dep_ == "dobj" for t in child.conjuncts if t.i > child.i]
    heads.extend(t for t in verb.children if t.dep_ == "conj" and t.pos_ == "NOUN" and t.i > verb.i)
    for further in heads:
        if scene.is_territory(further):
            span = scene.text.span(further.left_edge.i, clause_end(scene, further, further.i + 1))
            yield replace(draft, evidence=(span,), object=scene.ref(further), value=share_of(scene, span))
    for child in (t for head in (verb, *verb.children) for t in head.children):
        if child.lower_ not in {"including", "notably"} or child.i <= verb.i:
            continue
        land = next((t for t in child.children if t.dep_ in {"pobj", "dobj"}), None)
        if land is not None and scene.is_territory(land):
            start, end = child.i, clause_end(scene, land, land.i + 1)
            span = scene.text.span(start, end)
            yield replace(
                draft,
                evidence=(span,),
                object=scene.ref(land),
                value=share_of(scene, scene.text.span(start + 1, end)),
            )
