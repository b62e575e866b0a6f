"""`Store`: a project's documents, what was coded from them, and the log, in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, create_engine, delete, event, exists, select, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from according.decision import Decision
from according.errors import InvalidInput, MissingPart
from according.model import Document
from according.shapes import Contract
from according.store import decisions, log, revisions, writing
from according.store.checks import check_documents, check_quotes
from according.store.migrations import migrate
from according.store.names import speakable
from according.store.rows import StoredAccount, StoredClaim, StoredDocument, account_of, claim_of, document_of
from according.store.runs import Run
from according.store.tables import account, claim, document, revision

FILE = "according.sqlite"
_NOUNS = {"account": "event", "claim": "claim"}
_FEW = 20  # rows that a name may mean before they are named in an error
_WRITES = "according_writes"
_LOCK = 7_268_441  # one number for all who append: PostgreSQL's advisory lock


class Store:
    """One project's store. Every change is one transaction; use `Store.open`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str) -> Store:
        """Open a store, and bring its tables up to date.

        Args:
            url: SQLAlchemy's ("sqlite:///path/according.sqlite", "postgresql+psycopg://user@host/name").

        Raises:
            InvalidInput: the address cannot be understood, or the database does not answer.
            MissingPart: the database's driver is not installed.
            IntegrityError: a newer version of the program made it.
        """
        try:
            engine = create_engine(url)
        except (ArgumentError, NoSuchModuleError) as error:
            raise InvalidInput(
                f"the database {url!r} is no SQLAlchemy URL; write sqlite:///FILE or postgresql+psycopg://..."
            ) from error
        except ModuleNotFoundError as error:
            raise MissingPart(
                f"The driver {error.name} is not installed; run: pip install 'according[postgres]'"
            ) from error
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        store = cls(engine)
        try:
            with store._change() as connection:
                migrate(connection)
        except OperationalError as error:
            raise InvalidInput(
                f"the database {engine.url} cannot be opened ({error.orig}); check that it is there"
            ) from error
        return store

    @contextmanager
    def _change(self) -> Iterator[Connection]:
        """A transaction that nobody else's appending can come between."""
        with self.engine.execution_options(**{_WRITES: True}).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    # Writing

    def has(self, identifier: str) -> bool:
        """True where the document is stored."""
        with self.engine.connect() as connection:
            return bool(connection.scalar(select(exists().where(document.c.id == identifier))))

    def add(self, contract: Contract, this: Run) -> StoredDocument | None:
        """Store a document and what was coded from it.

        Returns:
            the document as stored, with the version that it revises; None where it was there already, and nothing was
            changed.
        """
        fields = contract.document.model_dump(exclude={"id", "sha256"})
        new = Document(**fields)
        with self._change() as connection:
            if connection.scalar(select(exists().where(document.c.id == new.id))):
                return None
            writing.start(connection, this)
            writing.insert_document(connection, new, this)
            writing.insert_issues(connection, contract, this)
            writing.insert_derived(connection, contract)
            revisions.tie(connection, new)
            revises = connection.scalar(select(revision.c.revises).where(revision.c.document == new.id))
            return StoredDocument(speakable(new.id), replace(new, revises=revises))

    def rebuild(self, contract: Contract) -> None:
        """Drop what is derived of a stored document and write it anew."""
        with self._change() as connection:
            for table in (claim, account):
                connection.execute(delete(table).where(table.c.document == contract.document.id))
            writing.insert_derived(connection, contract)

    def decide(self, new: Sequence[Decision], version: int | None = None) -> list[Decision]:
        """Append decisions, all or none; as they are stored, with their numbers.

        Args:
            new: with number 0.
            version: what `version` gave when the person looked; None where nobody else can be at work.

        Raises:
            Conflict: somebody decided about the same thing since then.
            InvalidInput: what a decision names is not stored, or a quote is not in the report.
        """
        with self._change() as connection:
            return decisions.append(connection, new, version)

    # Reading

    @property
    def version(self) -> int:
        """How many decisions there are: what a person has seen who looks now."""
        with self.engine.connect() as connection:
            return decisions.latest(connection)

    def decisions(self) -> list[Decision]:
        """All decisions, oldest first, those that were undone too."""
        with self.engine.connect() as connection:
            return decisions.read(connection)

    def verify(self) -> int:
        """Check the log and all that it tells of, and every quote; how many rows of the log there were.

        Raises:
            IntegrityError: something was changed outside the program.
        """
        with self.engine.connect() as connection:
            rows = log.verify(connection)
            check_documents(connection)
            check_quotes(connection)
        return rows

    def documents(self) -> Iterator[StoredDocument]:
        """All documents in the order in which they were added."""
        query = select(document, revision.c.revises).outerjoin(revision, revision.c.document == document.c.id)
        with self.engine.connect() as connection:
            for row in connection.execute(query.order_by(document.c.number)):
                yield StoredDocument(row.name, document_of(row, row.revises))

    def document(self, identifier: str) -> StoredDocument:
        """One document by its id.

        Raises:
            InvalidInput: it is not stored.
        """
        query = select(document, revision.c.revises).outerjoin(revision, revision.c.document == document.c.id)
        with self.engine.connect() as connection:
            row = connection.execute(query.where(document.c.id == identifier)).first()
        if row is None:
            raise InvalidInput(f"no document {identifier} is stored; list them with: according events")
        return StoredDocument(row.name, document_of(row, row.revises))

    def accounts(self, revised: bool = False) -> Iterator[StoredAccount]:
        """All accounts by date, then in order of the reports; those of revised versions only where asked for."""
        query = select(account).join(document, document.c.id == account.c.document)
        if not revised:
            query = query.where(~exists().where(revision.c.revises == account.c.document))
        order = (account.c.start.is_(None), account.c.start, document.c.number, account.c.position)
        with self.engine.connect() as connection:
            rows = list(connection.execute(query.order_by(*order)))
        documents: dict[str, StoredDocument] = {}
        for row in rows:
            if row.document not in documents:
                documents[row.document] = self.document(row.document)
            yield account_of(row, documents[row.document])

    def account(self, name: str) -> StoredAccount:
        """The account that a name, the beginning of one, or an id means.

        Raises:
            InvalidInput: none or several are meant.
        """
        [row] = self._named(account, name)[:1]
        return account_of(row, self.document(row.document))

    def claims_named(self, name: str) -> list[StoredClaim]:
        """The claims that a name, the beginning of one, or an id means; several only where they share one id.

        Raises:
            InvalidInput: none or several ids are meant.
        """
        return [claim_of(row, self.document(row.document)) for row in self._named(claim, name)]

    def claims(self, of: StoredAccount) -> list[StoredClaim]:
        """The claims of an account, in order of the text."""
        own = of.document.document.id
        query = select(claim).where(claim.c.document == own, claim.c.id.in_(of.account.claims))
        with self.engine.connect() as connection:
            return [claim_of(row, of.document) for row in connection.execute(query.order_by(claim.c.position))]

    def other_claims(self, stored: StoredDocument) -> list[StoredClaim]:
        """The claims of a document that belong to no account: about actors, places and opinions."""
        return [c for c in self.claims_in(stored) if not c.claim.accounts]

    def claims_in(self, stored: StoredDocument) -> list[StoredClaim]:
        """All claims of a document, in order of the text."""
        query = select(claim).where(claim.c.document == stored.document.id).order_by(claim.c.position)
        with self.engine.connect() as connection:
            return [claim_of(row, stored) for row in connection.execute(query)]

    def accounts_in(self, stored: StoredDocument) -> list[StoredAccount]:
        """All accounts of a document, in order of prominence."""
        query = select(account).where(account.c.document == stored.document.id).order_by(account.c.position)
        with self.engine.connect() as connection:
            return [account_of(row, stored) for row in connection.execute(query)]

    def _named(self, table: Table, name: str) -> list[Row[Any]]:
        wanted, noun = name.replace("\0", "").strip().lower(), _NOUNS[table.name]
        found = (table.c.id == wanted) | table.c.name.startswith(wanted, autoescape=True)
        with self.engine.connect() as connection:
            query = select(table).where(found).order_by(table.c.name).limit(_FEW)
            rows = list(connection.execute(query)) if wanted else []
        if not rows:
            raise InvalidInput(f"there is no {noun} {name!r}; list what there is with: according events")
        names = list(dict.fromkeys(row.name for row in rows))
        if len(names) > 1:
            raise InvalidInput(f"{name!r} means several {noun}s ({', '.join(names[:5])}); write more of the name")
        return rows


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions are begun below, and not by the driver's guess
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"pragma {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: one that reads first and then cannot write would have to start again.
    connection.exec_driver_sql("begin immediate" if connection.get_execution_options().get(_WRITES) else "begin")


def url_of(project: Path, database: str | None) -> str:
    """The address of a project's store."""
    return database or f"sqlite:///{project / FILE}"
