"""Claims about actors, places, territory and speakers: all that is said and is no event.

Each finder reads one kind; what two of them find in the same words for the same slot is emitted once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from according.annotate import Text
from according.extract import relations_frames, relations_silence, roles
from according.extract.draft import Draft
from according.extract.relations_frames import find_frames
from according.extract.relations_names import find_names
from according.extract.relations_places import find_places
from according.extract.relations_quotes import find_quoted
from according.extract.relations_scene import Scene
from according.extract.relations_silence import find_silence
from according.extract.relations_strength import find_strength
from according.extract.relations_territory import SHARE_COLUMNS, find_territory
from according.extract.roles import find_roles
from according.model import Mention, Ref, Stance
from according.rules import Lexicon

COLUMNS: Mapping[str, Sequence[str]] = {
    "relations": relations_frames.COLUMNS,
    "relations_stated": relations_frames.COLUMNS,
    "relations_data": ("kind",),
    "territory": relations_frames.COLUMNS,
    "territory_nouns": ("kind",),
    "territory_shares": SHARE_COLUMNS,
    "descriptions": ("kind",),
    "roles": roles.COLUMNS,
    "silence": relations_silence.COLUMNS,
}
"""The lexicons that this module reads, with their columns; `number_words` and (where given) `triggers` besides."""


def find_relations(text: Text, mentions: Sequence[Mention], lexicons: Mapping[str, Lexicon]) -> list[Draft]:
    """All drafts about actors, places, territory and speakers in a text, in order of their anchors.

    Args:
        text: the annotated document.
        mentions: actors, persons and places found in it, as far as known; may be empty.
        lexicons: by name: those of `COLUMNS` and `number_words`; `triggers` keeps events out of the opinions.
    """
    if not len(text.doc):
        return []
    scene = Scene(text, mentions, lexicons)
    silent = list(find_silence(scene))
    found = [
        *silent,
        *find_frames(scene, "relations"),
        *find_frames(scene, "relations_stated"),
        *find_territory(scene),
        *find_roles(scene),
        *find_names(scene),
        *find_places(scene),
        *find_strength(scene),
        *find_quoted(scene),
    ]
    return sorted(_distinct(found), key=lambda d: (d.anchor, d.evidence[0], d.slot))


def _distinct(drafts: Iterable[Draft]) -> list[Draft]:
    """Each claim once: the same slot in overlapping words with the same object is one; narrower slots outdo opinion."""
    kept: list[Draft] = []
    for draft in drafts:
        if not any(_same(draft, other) for other in kept):
            kept.append(draft)
    kept = _told_once(kept)
    outdone = [d for d in kept if any(o is not d and (_takes_over(o, d) or _is_outdone(d, o)) for o in kept)]
    return [d for d in kept if d not in outdone and not _named_twice(d, kept)]


def _told_once(drafts: Iterable[Draft]) -> list[Draft]:
    """An aside that the publisher repeats ("the US-led coalition" in each paragraph) is one claim: its first words."""
    told: set[tuple[str, ...]] = set()
    kept = []
    for draft in sorted(drafts, key=lambda d: d.anchor):
        key = (draft.slot, *(_plain(ref) for ref in (draft.subject, draft.object)), str(draft.value).lower())
        if draft.own_voice and draft.slot != "holds_role":
            if key in told:
                continue
            told.add(key)
        kept.append(draft)
    return kept


def _plain(ref: Ref | None) -> str:
    return "" if ref is None else ref.name.lower()


def _named_twice(draft: Draft, kept: Iterable[Draft]) -> bool:
    """True for another name that stands inside the words of a role or membership ("their spokesman, known as X")."""
    return draft.slot == "alias" and any(
        o.slot in {"holds_role", "member_of"} and o.evidence[0].covers(draft.evidence[0]) for o in kept
    )


def _same(draft: Draft, other: Draft) -> bool:
    if draft.slot != other.slot or not draft.evidence[0].overlaps(other.evidence[0]):
        return False
    names = [{r.name for r in (d.subject, d.object) if r is not None} for d in (draft, other)]
    return (
        names[0] == names[1]
        or not names[0]
        or not names[1]
        or (draft.evidence[0] == other.evidence[0] and names[0] <= names[1])
    )


def _is_outdone(draft: Draft, other: Draft) -> bool:
    """True for "a gang" beside "a gang formed by deserters", and for "banned group" beside "banned"."""
    return (
        draft.slot == "described_as"
        and other.slot in {"made_up_of", "designated_as"}
        and draft.evidence[0].overlaps(other.evidence[0])
    )


def _takes_over(other: Draft, opinion: Draft) -> bool:
    """True where a narrower claim already holds most of the words of an opinion."""
    if opinion.slot != "opinion" or other.slot == "opinion" or not opinion.origin.startswith("relations_quotes"):
        return False
    if not opinion.evidence[0].overlaps(other.evidence[0]):
        return False
    mine, its = opinion.evidence[0], other.evidence[0]
    shared = min(mine.end, its.end) - max(mine.start, its.start)
    return other.stance in {Stance.SILENT, Stance.UNCLEAR} or shared * 2 >= mine.end - mine.start
