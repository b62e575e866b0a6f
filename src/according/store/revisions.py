"""Which document revises which: versions of one page, told by address, or by title, publisher and shared words."""

from __future__ import annotations

from itertools import pairwise

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select

from according.model import Document
from according.store.rows import document_of
from according.store.tables import document, plain, revision

_SHINGLE = 5  # words
_SHARED = 0.3  # of the shorter text; daily reports under one heading share boilerplate, but less than that


def shared(one: str, other: str) -> float:
    """Share of the shorter text's runs of five words that the other text has too; 0 to 1."""
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}


def versions_of(connection: Connection, new: Document) -> list[Document]:
    """The stored documents that are versions of the same page with another text."""
    same: list[ColumnElement[bool]] = []
    if new.url:
        same.append(document.c.url == plain(new.url))
    for column, value in ((document.c.title, new.title), (document.c.key, new.key)):
        if value:
            publisher = (
                document.c.publisher == plain(new.publisher) if new.publisher else document.c.publisher.is_(None)
            )
            same.append(and_(column == plain(value), publisher))
    if not same:
        return []
    rows = connection.execute(
        select(document).where(or_(*same), document.c.sha256 != new.sha256).order_by(document.c.number)
    )
    found = [document_of(row) for row in rows]
    return [d for d in found if (new.url and d.url == new.url) or shared(d.text, new.text) >= _SHARED]


def tie(connection: Connection, new: Document) -> None:
    """Put a new document into the chain of its page's versions, by date of publication, then by order of adding."""
    chain = sorted([*versions_of(connection, new), new], key=lambda d: d.published or "")
    connection.execute(delete(revision).where(revision.c.document.in_([d.id for d in chain])))
    for older, newer in pairwise(chain):
        connection.execute(insert(revision).values(document=newer.id, revises=older.id))
