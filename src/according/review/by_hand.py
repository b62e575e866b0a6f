"""What a person writes, read: words of a report, values, speakers. Nothing is guessed; what is unclear is said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from according.contract import value_json
from according.errors import InvalidInput
from according.from_contract import value_from
from according.model import Claim, Document, Ref, Span, Speaker
from according.shapes import VALUE_CLASSES
from according.values import Value

_OFFSETS = re.compile(r"(\d+)-(\d+)")
_NUMBERS = re.compile(r"(\d+)?\s*[-–]\s*(\d+)?")
_ENOUGH = 5  # places that an error names
_DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "Count": {"status": "unknown", "status_by_party": False, "scope": "event"},
    "CountRange": {},
}
_PRECISIONS = {4: "year", 7: "month", 10: "day", 16: "minute"}


def words(document: Document, quote: str | None, offsets: str | None) -> Span:
    """The words that carry a claim.

    Args:
        document: the report.
        quote: the words, exactly as they stand there; once, unless offsets say which.
        offsets: start and end in code points ("120-134").

    Raises:
        InvalidInput: neither is given, or the report does not have the words, or has them more than once.
    """
    text = document.text
    if offsets is not None:
        found = _OFFSETS.fullmatch(offsets.strip())
        start, end = (int(found[1]), int(found[2])) if found else (0, 0)
        if not start < end <= len(text):
            raise InvalidInput(f"{offsets!r} is no stretch of the report; write START-END, from 0 to {len(text)}")
        if quote is not None and text[start:end] != quote:
            raise InvalidInput(f"the report has {text[start:end][:60]!r} at {offsets}, not {quote[:60]!r}")
        return Span(start, end, text[start:end])
    if not quote:
        raise InvalidInput("a claim needs its words: give --quote, or --span START-END")
    places = [m.start() for m in re.finditer(f"(?={re.escape(quote)})", text)]
    if not places:
        raise InvalidInput(f"the report does not have the words {quote[:60]!r}; copy them from it exactly")
    if len(places) > 1:
        spans = ", ".join(f"{p}-{p + len(quote)}" for p in places[:_ENOUGH])
        raise InvalidInput(f"{quote[:60]!r} stands {len(places)} times in the report; give one as --span: {spans}")
    return Span(places[0], places[0] + len(quote), quote)


def value(written: str, kind: str | None, base: Value | None = None) -> Value:
    """A value as a person writes it.

    Args:
        written: JSON as in the contract (fields that are left out stay as in `base`), a number ("12", "10-14", "-30")
            for counts, a day for dates, or the bare text for codes, words and places.
        kind: the type of the slot's value; None where the slot has none.
        base: the value so far.

    Raises:
        InvalidInput: it cannot be read as that type.
    """
    if kind is None:
        raise InvalidInput("this slot has no value; name who or what it is about with --object")
    given = _object(written, kind)
    old = _plain(base) if base is not None and type(base).__name__ == kind else {}
    shape = VALUE_CLASSES[kind]
    fields: dict[str, object] = dict.fromkeys(shape.model_fields)
    try:
        read = shape.model_validate({**fields, **_DEFAULTS.get(kind, {}), **old, **_completed(given, old, kind)})
        made: Value = value_from(read)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(f"the value {written!r} is no {kind}: {where}: {first['msg']}") from error
    except ValueError as error:
        raise InvalidInput(f"the value {written!r} is no {kind}: {error}") from error
    return made


def _plain(base: Value) -> dict[str, object]:
    shape = value_json(base)
    return {} if shape is None else shape.model_dump()


def _object(written: str, kind: str) -> dict[str, Any]:
    """What was written as an object with the type's fields."""
    try:
        given: object = json.loads(written)
    except ValueError:
        given = written.strip()
    if isinstance(given, dict):
        return given
    text = str(given)
    numbers = _NUMBERS.fullmatch(text)
    if kind in {"Count", "CountRange", "Share"}:
        if text.isdecimal():
            return {"low": int(text), "high": int(text)}
        if numbers and (numbers[1] or numbers[2]):
            return {"low": numbers[1] and int(numbers[1]), "high": numbers[2] and int(numbers[2])}
        raise InvalidInput(f"{written!r} is no number; write 12, 10-14, 10- (or more), -14 (up to), or JSON")
    first = {"DateRange": "start", "PlaceRef": "name", "Code": "code", "Words": "text"}[kind]
    return {first: text}


def _completed(given: Mapping[str, Any], old: Mapping[str, object], kind: str) -> dict[str, Any]:
    """What follows from what was given: how a number is put, the precision of a date."""
    made = dict(given)
    if kind in {"Count", "CountRange"} and {"low", "high"} & made.keys():
        low, high = (made.get(end, old.get(end)) for end in ("low", "high"))
        made.setdefault("kind", "exact" if low is not None and low == high else "bound")
        made.setdefault("word", None)
    if kind == "DateRange" and {"start", "end"} & made.keys():
        start = made.get("start", old.get("start"))
        end = made.setdefault("end", start)
        made.setdefault("precision", _PRECISIONS.get(len(str(start)), "day") if start == end else "range")
        made.setdefault("timex", None)
    return made


def speaker(name: str | None, document: Document, claims: Iterable[Claim]) -> Speaker:
    """Who speaks: the speaker of that name in the report's claims, else one who is known by the name alone.

    Args:
        name: None for the publisher.
        document: the report.
        claims: its claims.
    """
    if name is None:
        return Speaker(None, document.publisher or "publisher", "publisher")
    wanted = name.strip().casefold()
    for claim in claims:
        if claim.speaker.name.casefold() == wanted:
            return claim.speaker
    known = ref(name, document, claims)
    return Speaker(known.id, known.name, "actor", span=known.span)


def ref(name: str, document: Document, claims: Iterable[Claim]) -> Ref:
    """Who or what a name means in a report: as its claims have it, else by the name, with the words that name it."""
    wanted = name.strip()
    if not wanted:
        raise InvalidInput("a name must not be empty")
    for claim in claims:
        for known in (claim.subject, claim.object, Ref(claim.speaker.id, claim.speaker.name, claim.speaker.span)):
            if known is not None and known.name.casefold() == wanted.casefold():
                return known
    start = document.text.find(wanted)
    span = Span(start, start + len(wanted), wanted) if start >= 0 else None
    return Ref(None, wanted, span)


def told(claim: Claim) -> str:
    """A claim in a few words: slot, value or object, and stance where it is no plain assertion."""
    thing = claim.value if claim.value is not None else claim.object.name if claim.object is not None else ""
    stance = "" if claim.stance == "asserts" else f" ({claim.speaker.name} {claim.stance})"
    return f"{claim.slot} {thing}".strip() + stance


__all__ = ["ref", "speaker", "told", "value", "words"]
