"""Decisions in the store: appended, numbered, logged, and never without a look at what others decided meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, func, insert, select

from according.decision import Act, Decision
from according.errors import Conflict, InvalidInput
from according.review import undone
from according.store import log
from according.store.names import short, speakable
from according.store.tables import decision, document


def to_content(one: Decision) -> str:
    """A decision as JSON in ASCII; what it has not is left out."""
    plain: dict[str, Any] = _adapter().dump_python(one, mode="json")
    return json.dumps({name: value for name, value in plain.items() if value is not None and value != []})


def from_content(content: str) -> Decision:
    """The decision that JSON holds."""
    return _adapter().validate_python(json.loads(content))


@cache
def _adapter() -> TypeAdapter[Decision]:
    return TypeAdapter(Decision)


def latest(connection: Connection) -> int:
    """The number of the last decision; 0 where there is none."""
    return connection.scalar(select(func.coalesce(func.max(decision.c.number), 0))) or 0


def read(connection: Connection, after: int = 0) -> list[Decision]:
    """The decisions with a higher number than `after`, oldest first."""
    query = select(decision.c.content).where(decision.c.number > after).order_by(decision.c.number)
    return [from_content(content) for content in connection.scalars(query)]


def append(connection: Connection, new: Sequence[Decision], version: int | None) -> list[Decision]:
    """Append decisions, within the caller's transaction; as stored.

    Args:
        new: with number 0.
        version: number of the last decision that the person had seen; None where nobody else can be at work.

    Raises:
        Conflict: one about the same thing came in between.
        InvalidInput: a document or a decision that is named is not there, or a quote is not in the report.
    """
    if version is not None:
        _check_meanwhile(new, read(connection, version))
    stored = []
    for number, one in enumerate(new, start=latest(connection) + 1):
        numbered = replace(one, number=number)
        content = to_content(numbered)
        _check_quotes(connection, json.loads(content))
        if one.act is Act.UNDO:
            _check_undo(connection, one)
        connection.execute(insert(decision).values(number=number, content=content))
        log.append(connection, "decide", str(number), content)
        stored.append(numbered)
    return stored


def _check_meanwhile(new: Sequence[Decision], meanwhile: Sequence[Decision]) -> None:
    subjects = {subject for one in new for subject in one.subjects}
    for other in meanwhile:
        if subjects & set(other.subjects):
            name = short(speakable(other.id))
            raise Conflict(
                f"{other.by} decided about the same thing at {other.at} ({other.act}, {name}), after you looked; "
                "nothing was written: look again, and decide then"
            )


def _check_undo(connection: Connection, undo: Decision) -> None:
    """What is undone must be there, and not undone already."""
    before = read(connection)
    known, gone = {one.id for one in before}, undone(before)
    for identifier in undo.undoes:
        if identifier not in known:
            raise InvalidInput(f"there is no decision {identifier} to undo; list them with: according log")
        if identifier in gone:
            raise InvalidInput(
                f"the decision {short(speakable(identifier))} was undone already; undo its undoing to have it back"
            )


def _check_quotes(connection: Connection, content: Mapping[str, Any]) -> None:
    """Hold every quote of a decision against the text of the report that it is about."""
    for name in ("seen", "added", "created"):
        about = content.get(name)
        if about is None:
            continue
        stored = connection.scalar(select(document.c.content).where(document.c.id == about["document"]))
        if stored is None:
            raise InvalidInput(f"no document {about['document']} is stored; list them with: according events")
        text = json.loads(stored)["text"]
        corrected = content.get("correction") if name == "seen" else None
        for start, end, quote in _spans([about, corrected]):
            if text[start:end] != quote:
                raise InvalidInput(f"the report does not have {quote[:60]!r} at {start} to {end}; a quote is verbatim")


def _spans(node: object) -> Iterator[tuple[int, int, str]]:
    if isinstance(node, dict):
        if {"start", "end", "quote"} <= node.keys():
            yield node["start"], node["end"], node["quote"]
        for value in node.values():
            yield from _spans(value)
    elif isinstance(node, list):
        for value in node:
            yield from _spans(value)
