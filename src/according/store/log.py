"""The log: a row for each thing appended, each with the hash of the row before it, so that a change shows."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, Table, desc, insert, select

from according.errors import IntegrityError
from according.store.tables import decision, document, issue, log, run

FIRST = "0" * 64
# What the log's subjects are looked up in: action -> table and the column that holds the subject.
_LOGGED: dict[str, tuple[Table, str]] = {
    "add document": (document, "id"),
    "start run": (run, "id"),
    "raise issue": (issue, "number"),
    "decide": (decision, "number"),
}


def now() -> str:
    """This moment, UTC, ISO 8601 to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def digest(content: str) -> str:
    """SHA-256 of a row's content."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def _hash(number: int, at: str, action: str, subject: str, content: str, previous: str) -> str:
    return digest("\x1f".join((str(number), at, action, subject, content, previous)))


def append(connection: Connection, action: str, subject: str, content: str) -> None:
    """Write that a row was appended.

    Args:
        connection: within the transaction that appends the row.
        action: a key of what is logged ("add document").
        subject: the row's key.
        content: the row's content, of which the hash is kept.
    """
    last = connection.execute(select(log.c.number, log.c.hash).order_by(desc(log.c.number)).limit(1)).first()
    number, previous = (last.number + 1, last.hash) if last else (1, FIRST)
    at, kept = now(), digest(content)
    values = {"number": number, "at": at, "action": action, "subject": subject, "digest": kept, "previous": previous}
    connection.execute(insert(log).values(**values, hash=_hash(number, at, action, subject, kept, previous)))


def verify(connection: Connection) -> int:
    """Walk the log and what it tells of; how many rows were checked.

    Raises:
        IntegrityError: a row of the log or a row that it tells of was changed, added or taken away.
    """
    previous, number = FIRST, 0
    seen: dict[str, set[str]] = {action: set() for action in _LOGGED}
    for number, row in enumerate(connection.execute(select(log).order_by(log.c.number)), start=1):
        _check_link(row, number, previous)
        _check_subject(connection, row)
        seen[row.action].add(row.subject)
        previous = row.hash
    for action, (table, column) in _LOGGED.items():
        stray = {str(key) for key in connection.scalars(select(table.c[column]))} - seen[action]
        if stray:
            raise IntegrityError(f"The {table.name} {min(stray)} is not in the log; it was not added by this program")
    return number


def _check_link(row: Row[tuple[object, ...]], number: int, previous: str) -> None:
    hashed = _hash(row.number, row.at, row.action, row.subject, row.digest, row.previous)
    if row.number != number or row.previous != previous or row.hash != hashed:
        raise IntegrityError(f"Row {number} of the log was changed or is missing; restore the store from a backup")


def _check_subject(connection: Connection, row: Row[tuple[object, ...]]) -> None:
    table, column = _LOGGED[row.action]
    key = int(row.subject) if column == "number" else row.subject
    content = connection.scalar(select(table.c.content).where(table.c[column] == key))
    if content is None or digest(content) != row.digest:
        state = "is missing" if content is None else "was changed"
        raise IntegrityError(f"The {table.name} {row.subject} {state} since {row.at}; restore the store from a backup")
