"""JSON Lines: one row a document, with `text` and any of the other fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from according.acquire.decode import decode
from according.acquire.intake import Intake, LeftOut, ReadOptions, intake_of, iso_day
from according.errors import InvalidInput
from according.model import Issue

FIELDS = ("text", "id", "title", "url", "publisher", "published", "language")


def read_rows(place: str, file: BinaryIO, options: ReadOptions, first: bytes = b"") -> Iterator[Intake | LeftOut]:
    """The documents of a JSON Lines file, in order; a row that cannot be read is left out and the next one follows.

    Args:
        place: the file's name.
        file: the rows, in UTF-8.
        options: how to read.
        first: a first line that was read from the file before.
    """
    number, read = 0, 0
    for number, line in enumerate(_lines(file, options.max_bytes, first), start=1):
        where = f"{place} line {number}"
        if line is None:
            yield LeftOut(where, f"it is longer than {options.max_bytes:,} bytes; split it, or raise max_bytes")
            read += 1
        elif line.strip():
            read += 1
            try:
                yield read_row(where, line, options)
            except InvalidInput as error:
                yield LeftOut(where, str(error))
    if not read:
        yield LeftOut(place, "it is empty; put one JSON object on each line")


def _lines(file: BinaryIO, limit: int, first: bytes) -> Iterator[bytes | None]:
    """The lines; None for one that is too long, of which no more than the limit is ever held."""
    line = first or file.readline(limit + 1)
    while line:
        short = len(line) <= limit
        yield line if short else None
        while not short and line and not line.endswith(b"\n"):
            line = file.readline(limit + 1)
        line = file.readline(limit + 1)


def read_row(place: str, line: bytes, options: ReadOptions) -> Intake:
    """The document of one row.

    Raises:
        InvalidInput: the line is no JSON object, lacks text, or has a value of the wrong type.
    """
    return intake_of_row(place, _object(line), options)


def intake_of_row(place: str, row: Mapping[str, object], options: ReadOptions) -> Intake:
    """The document of a row: `text`, and any of the other `FIELDS`.

    Raises:
        InvalidInput: it lacks text, or has a value of the wrong type.
    """
    text = row.get("text")
    if not isinstance(text, str):
        raise InvalidInput('it has no text; give each row a field "text" with the report')
    stated = {name: _string(name, row.get(name)) for name in FIELDS if name != "text"}
    stated["key"] = stated.pop("id")
    if stated["published"] is not None:
        stated["published"] = iso_day(stated["published"])
    stated["published"] = stated["published"] or options.published
    stated["publisher"] = stated["publisher"] or options.publisher
    intake = intake_of(place, text, stated, options)
    unknown = [name for name in row if name not in FIELDS]
    if not unknown:
        return intake
    issue = Issue("unknown_field", f"The field {', '.join(unknown)} is not read; known are {', '.join(FIELDS)}")
    return Intake(place, intake.document, (issue, *intake.issues))


def _object(line: bytes) -> dict[str, object]:
    try:
        row = json.loads(decode(line))
    except RecursionError as error:
        raise InvalidInput("its JSON is nested too deep; give one flat object") from error
    except json.JSONDecodeError as error:
        raise InvalidInput(
            f"it is not JSON ({error.msg} at column {error.colno}); put one object on each line"
        ) from error
    except ValueError as error:
        raise InvalidInput("it has a number that is too long; write it as text") from error
    if not isinstance(row, dict):
        raise InvalidInput(f'it is {_KINDS[type(row).__name__]} and not an object; write {{"text": "..."}}')
    return row


_KINDS = {"list": "a list", "str": "a string", "int": "a number", "float": "a number", "bool": "true or false"}
_KINDS["NoneType"] = "null"


def _string(name: str, value: object) -> str | None:
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None or isinstance(value, str):
        return (value or "").strip() or None
    raise InvalidInput(
        f"its field {name} is {_KINDS.get(type(value).__name__, 'an object')} and not a string; quote it"
    )
