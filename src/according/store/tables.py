"""The tables. `document`, `run`, `issue`, `decision` and `log` are only ever appended to; the others are derived.

A thing's content is one JSON text, escaped to ASCII, so that any character that a report holds (NUL too) fits every
database; the columns beside it are what queries ask for.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, Text

metadata = MetaData()

migration = Table(
    "migration",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
)

document = Table(
    "document",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),  # order of adding
    Column("name", String, nullable=False, index=True),
    Column("sha256", String, nullable=False, index=True),
    Column("url", String, index=True),
    Column("key", String, index=True),
    Column("title", String, index=True),
    Column("publisher", String),
    Column("published", String),
    Column("run", ForeignKey("run.id"), nullable=False),
    Column("content", Text, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("id", String, primary_key=True),
    Column("started", String, nullable=False),
    Column("content", Text, nullable=False),
)

issue = Table(
    "issue",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document", ForeignKey("document.id"), nullable=False, index=True),
    Column("run", ForeignKey("run.id"), nullable=False),
    Column("kind", String, nullable=False, index=True),
    Column("content", Text, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
)

log = Table(
    "log",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("digest", String, nullable=False),  # SHA-256 of the content of the row that was written
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False, unique=True),
)

revision = Table(
    "revision",
    metadata,
    Column("document", ForeignKey("document.id"), primary_key=True),
    Column("revises", ForeignKey("document.id"), nullable=False, index=True),
)

account = Table(
    "account",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, index=True),
    Column("document", ForeignKey("document.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("event_type", String, nullable=False, index=True),
    Column("start", String, index=True),
    Column("content", Text, nullable=False),
)

claim = Table(
    "claim",
    metadata,
    Column("document", ForeignKey("document.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, index=True),
    Column("name", String, nullable=False, index=True),
    Column("slot", String, nullable=False, index=True),
    Column("stance", String, nullable=False),
    Column("content", Text, nullable=False),
)


def plain(value: str | None) -> str | None:
    """A value as the columns beside the content hold it: PostgreSQL's text takes no NUL."""
    return None if value is None else value.replace("\0", "\ufffd")
