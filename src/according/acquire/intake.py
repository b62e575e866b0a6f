"""What reading yields: one `Intake` a document, one `LeftOut` for each thing that gave none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from according.acquire.language import judge
from according.errors import InvalidInput
from according.model import Document, Issue

_SURROGATES = re.compile("[\ud800-\udfff]")


class Why(StrEnum):
    """Why something gave no document."""

    INVALID = "invalid"  # it cannot be read as it is
    FAILED = "failed"  # it was read, and coding it broke
    OTHER = "other"  # a folder holds it, and it is of no kind that is read


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing that was handed in and gave nothing.

    Args:
        place: file, line or URL, as a person would look it up.
        message: what is wrong and what to do, one sentence.
        why: see `Why`.
        detail: the traceback, where coding broke.
    """

    place: str
    message: str
    why: Why = Why.INVALID
    detail: str | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Intake:
    """A document as it was read, where it was read from, and what is odd about it."""

    place: str
    document: Document
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read.

    Args:
        published, publisher: what is set for each document that does not state its own in a JSON row.
        encoding: of text files; None takes UTF-8, or what the byte-order mark says.
        max_bytes: the largest file or JSON line.
        max_characters: the longest text.
    """

    published: str | None = None
    publisher: str | None = None
    encoding: str | None = None
    max_bytes: int = 20_000_000
    max_characters: int = 1_000_000


def iso_day(value: str) -> str:
    """The day of an ISO 8601 date or moment ("2018-01-24", "2018-01-24T10:00:00Z").

    Raises:
        InvalidInput: it is neither.
    """
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise InvalidInput(f"the date {value!r} is not ISO 8601; write it as YYYY-MM-DD, such as 2018-01-24") from error
    day: date = moment.date()
    return day.isoformat()


def intake_of(place: str, text: str, fields: Mapping[str, str | None], options: ReadOptions) -> Intake:
    """The document that a text and what is stated about it make.

    Args:
        place: where the text was read from.
        text: the text as read; line ends stay as they are, since offsets point into it.
        fields: any of the fields of `Document` but text.
        options: how to read.

    Raises:
        InvalidInput: the text is empty or too long.
    """
    if not text.strip():
        raise InvalidInput("there is no text in it; leave it out or put the report's text there")
    if len(text) > options.max_characters:
        raise InvalidInput(
            f"its text has {len(text):,} characters, and {options.max_characters:,} is the most for one document; "
            "split it, or raise max_characters"
        )
    issues = []
    clean = _SURROGATES.sub("\ufffd", text)
    if clean != text:
        issues.append(Issue("broken_character", "Half a surrogate pair stands in the text; it is read as U+FFFD"))
    if "\0" in clean:
        issues.append(Issue("null_character", "A NUL character stands in the text; the text may have been damaged"))
    verdict = judge(clean, fields.get("language"))
    issues += verdict.issues
    given = {k: _SURROGATES.sub("\ufffd", v) for k, v in fields.items() if v is not None}
    given["language"] = verdict.language or ""
    return Intake(place, Document(text=clean, **{k: v for k, v in given.items() if v}), tuple(issues))
