"""What appending to the store and deriving from it writes; each function works within its caller's transaction."""

from __future__ import annotations

import json
from dataclasses import asdict

from sqlalchemy import Connection, exists, func, insert, select

from according.model import Document
from according.shapes import Contract
from according.store import log
from according.store.checks import ASKED
from according.store.names import speakable
from according.store.runs import Run
from according.store.tables import account, claim, document, issue, plain, run


def start(connection: Connection, this: Run) -> None:
    """Note a run, once."""
    if not connection.scalar(select(exists().where(run.c.id == this.id))):
        connection.execute(insert(run).values(id=this.id, started=this.started, content=this.content))
        log.append(connection, "start run", this.id, this.content)


def insert_document(connection: Connection, new: Document, this: Run) -> None:
    """Append a document."""
    number = (connection.scalar(select(func.max(document.c.number))) or 0) + 1
    fields = {k: v for k, v in asdict(new).items() if k != "revises"}
    content = json.dumps(fields)
    asked = {k: plain(fields[k]) for k in ASKED}
    connection.execute(
        insert(document).values(
            id=new.id, number=number, name=speakable(new.id), sha256=new.sha256, run=this.id, content=content, **asked
        )
    )
    log.append(connection, "add document", new.id, content)


def insert_issues(connection: Connection, contract: Contract, this: Run) -> None:
    """Append what is odd about a document."""
    last = connection.scalar(select(func.max(issue.c.number))) or 0
    for number, found in enumerate(contract.issues, start=last + 1):
        content = json.dumps(found.model_dump(mode="json"))
        row = {"number": number, "document": contract.document.id, "run": this.id, "kind": found.kind}
        connection.execute(insert(issue).values(**row, content=content))
        log.append(connection, "raise issue", str(number), content)


def insert_derived(connection: Connection, contract: Contract) -> None:
    """Write the accounts and claims of a document."""
    origin = contract.document.id
    accounts = [
        {
            "id": a.id, "name": speakable(a.id), "document": origin, "position": n, "event_type": a.event_type,
            "start": a.summary.date.start if a.summary.date else None, "content": json.dumps(a.model_dump(mode="json")),
        }
        for n, a in enumerate(contract.accounts)
    ]  # fmt: skip
    claims = [
        {
            "id": c.id, "name": speakable(c.id), "document": origin, "position": n, "slot": c.slot, "stance": c.stance,
            "content": json.dumps(c.model_dump(mode="json")),
        }
        for n, c in enumerate(contract.claims)
    ]  # fmt: skip
    for table, rows in ((account, accounts), (claim, claims)):
        if rows:
            connection.execute(insert(table), rows)
