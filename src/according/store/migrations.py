"""Migrations: one function each, applied in order and noted, so that a project made by any older version opens."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, func, insert, inspect, select

from according.errors import IntegrityError
from according.store.tables import decision, metadata, migration

Migration = Callable[[Connection], None]


def m001_first_tables(connection: Connection) -> None:
    """All tables of version 0.1."""
    metadata.create_all(connection)


def m002_decisions(connection: Connection) -> None:
    """Decisions of persons; a store that is new has the table already."""
    decision.create(connection, checkfirst=True)


MIGRATIONS: tuple[Migration, ...] = (m001_first_tables, m002_decisions)


def migrate(connection: Connection) -> int:
    """Bring the database up to date; how many migrations were applied.

    Raises:
        IntegrityError: a newer version of the program made it.
    """
    applied = version(connection)
    if applied > len(MIGRATIONS):
        raise IntegrityError(
            f"The store is of version {applied}, newer than this program's; install the newer according"
        )
    for number, step in enumerate(MIGRATIONS[applied:], start=applied + 1):
        step(connection)
        connection.execute(insert(migration).values(number=number, name=step.__name__))
    return len(MIGRATIONS) - applied


def version(connection: Connection) -> int:
    """The number of the last migration applied; 0 for an empty database."""
    if not inspect(connection).has_table(migration.name):
        return 0
    return connection.scalar(select(func.coalesce(func.max(migration.c.number), 0))) or 0
