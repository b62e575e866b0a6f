"""What `verify` checks beside the log: the columns that queries ask for, and every quote of what was derived."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from according.errors import IntegrityError
from according.model import Document
from according.store.names import speakable
from according.store.tables import account, claim, document, plain

ASKED = ("url", "key", "title", "publisher", "published")


def check_documents(connection: Connection) -> None:
    """Hold the columns of each document against its content.

    Raises:
        IntegrityError: a column says something else.
    """
    for row in connection.execute(select(document).order_by(document.c.number)):
        stored = Document(**json.loads(row.content))
        expected: dict[str, str | None] = {"id": stored.id, "name": speakable(stored.id), "sha256": stored.sha256}
        expected |= {name: plain(getattr(stored, name)) for name in ASKED}
        wrong = [name for name, value in expected.items() if getattr(row, name) != value]
        if wrong:
            raise IntegrityError(
                f"The {wrong[0]} of the document {row.id} was changed from outside; restore the store from a backup"
            )


def check_quotes(connection: Connection) -> None:
    """Hold every quote of the accounts and claims against the text that it was taken from.

    Raises:
        IntegrityError: a quote is not what the text has there.
    """
    texts = select(document.c.id, document.c.content).order_by(document.c.number)
    for identifier, content in connection.execute(texts):
        text = json.loads(content)["text"]
        for table in (account, claim):
            for derived in _derived(connection, table, identifier):
                for start, end, quote in _spans(derived):
                    if text[start:end] != quote:
                        raise IntegrityError(
                            f"The {table.name} {derived['id']} quotes {quote[:60]!r}, which the report does not have "
                            "there; make it anew with: according rebuild"
                        )


def _derived(connection: Connection, table: Table, identifier: str) -> Iterator[Mapping[str, Any]]:
    for content in connection.scalars(select(table.c.content).where(table.c.document == identifier)):
        yield json.loads(content)


def _spans(node: object) -> Iterator[tuple[int, int, str]]:
    if isinstance(node, dict):
        if {"start", "end", "quote"} <= node.keys():
            yield node["start"], node["end"], node["quote"]
        for value in node.values():
            yield from _spans(value)
    elif isinstance(node, list):
        for value in node:
            yield from _spans(value)
