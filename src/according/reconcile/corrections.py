"""What a publisher corrected or took back: which claims no longer count, though they stay to be seen.

A claim falls away where another claim of the same publisher corrects or retracts it, where its document was replaced by
a later version, and where a later report of the same publisher says that the earlier one was wrong: of a correction the
slots that it gives anew, of a retraction everything.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from according.link.words import plain
from according.model import Document, Relation
from according.reconcile.telling import Telling
from according.reconcile.words import WordLists
from according.values import Count

_HEAD = 400  # characters at the head of a text in which a notice stands
_UNDOES = frozenset({Relation.CORRECTS, Relation.RETRACTS})


@dataclass(frozen=True, slots=True)
class Undone:
    """Ids of claims that were corrected away, and of those that were taken back without another in their place."""

    corrected: frozenset[str] = frozenset()
    retracted: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Both."""
        return self.corrected | self.retracted


def undone(tellings: Sequence[Telling], words: WordLists) -> Undone:
    """The claims of one event that no longer count.

    Args:
        tellings: of the event, as far as they were known.
        words: the word lists.
    """
    corrected: set[str] = set()
    retracted: set[str] = set()
    owners = {t.claim.id: t for t in tellings}
    for telling in tellings:
        for tie in telling.claim.about:
            old = owners.get(tie.claim)
            if tie.rel in _UNDOES and old is not None and _may_undo(telling, old):
                (corrected if tie.rel is Relation.CORRECTS else retracted).add(old.claim.id)
    for document in {t.document.id: t.document for t in tellings}.values():
        own = [t for t in tellings if t.document.id == document.id]
        earlier = [t for t in tellings if _is_earlier(t, own[0])]
        if document.revises is not None:
            corrected |= {t.claim.id for t in tellings if t.document.id == document.revises}
        if _says(document, words.retracts):
            retracted |= {t.claim.id for t in (*earlier, *own)}
        elif _says(document, words.corrects):
            slots = {t.claim.slot for t in own if t.is_counted and isinstance(t.claim.value, Count)}
            corrected |= {t.claim.id for t in earlier if t.claim.slot in slots}
    return Undone(frozenset(corrected), frozenset(retracted))


def _may_undo(telling: Telling, old: Telling) -> bool:
    """A claim is undone by its own speaker, or by the one who published it."""
    speakers = {plain(t.claim.speaker.id or t.claim.speaker.name) for t in (telling, old)}
    return len(speakers) == 1 or _publisher(telling.document) == _publisher(old.document)


def _publisher(document: Document) -> str:
    return plain(document.publisher) if document.publisher else document.id


def _is_earlier(telling: Telling, notice: Telling) -> bool:
    """True for what the publisher of a notice had printed before."""
    if telling.document.id == notice.document.id or telling.day is None or notice.day is None:
        return False
    same = _publisher(telling.document) == _publisher(notice.document)
    return same and telling.day <= notice.day and not _later_document(telling, notice)


def _later_document(telling: Telling, notice: Telling) -> bool:
    """Of two reports of one day, a report that is no notice itself is taken as the earlier."""
    return telling.day == notice.day and telling.document.revises == notice.document.id


def _says(document: Document, phrases: Collection[str]) -> bool:
    return bool(_pattern(tuple(phrases)).search(f"{document.title or ''}\n{document.text[:_HEAD]}".casefold()))


@lru_cache(maxsize=8)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(p) for p in sorted(phrases)) + r")\b")


def without(tellings: Iterable[Telling], gone: Collection[str]) -> list[Telling]:
    """The tellings whose claims are not gone."""
    return [t for t in tellings if t.claim.id not in gone]
