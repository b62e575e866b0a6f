"""The rows that linking takes: one account's coded fields, without its text.

Two shapes are read: a coded row, as from a spreadsheet, and the contract's own lines, whose accounts carry a summary.
What cannot be read is an `InvalidInput` that names the row and the field; what is odd but can be read by a rule (an
interval whose ends stand the wrong way round) is kept with an `Issue`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from according.errors import InvalidInput
from according.link.days import day_number
from according.model import Issue, Range
from according.values import DatePrecision, DateRange, PlacePrecision, PlaceRef

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
_NO_DATE = frozenset({"", "unknown"})


@dataclass(frozen=True, slots=True)
class RowActor:
    """An actor of a row: name, role (initiator, target, ...), id of the knowledge base and kind, as far as known."""

    name: str
    role: str | None = None
    id: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account as linking compares it; None where the account does not say.

    Args:
        key: the row's own name; unique among the rows that are linked.
        event_type: a leaf of the event types, or a word of the user's own list.
        date, place: when and where, each with its precision.
        actors: who took part, on whichever side.
        killed, injured: number of people.
        publisher: who printed it.
        document: id of the document; two accounts of one document are told apart by it.
        copy_group: id of the group of near-identical texts that the document is in.
        total: True where the numbers are a sum over a period or an area, not one event.
        part_of: key of the account of the same document that this one is a part of.
        actual: False for what was planned, threatened or attempted: it never meets what happened.
        issues: what was odd.
    """

    key: str
    event_type: str | None = None
    date: DateRange | None = None
    place: PlaceRef | None = None
    actors: tuple[RowActor, ...] = ()
    killed: Range | None = None
    injured: Range | None = None
    publisher: str | None = None
    document: str | None = None
    copy_group: str | None = None
    total: bool = False
    part_of: str | None = None
    actual: bool = True
    issues: tuple[Issue, ...] = ()


def read_rows(line: Mapping[str, Any], number: int = 1) -> Iterator[AccountRow]:
    """The rows of one line of input: one for a coded row, one for each account of a contract line.

    Args:
        line: a JSON object.
        number: its place in the input, counted from 1, for messages.

    Raises:
        InvalidInput: the line is no object, lacks its key, or a field is not of its type.
    """
    if not isinstance(line, Mapping):
        raise InvalidInput(f"row {number} is no JSON object but {type(line).__name__}; each row is one object")
    if "accounts" in line and "document" in line:
        yield from _contract_rows(line, number)
    else:
        yield _coded_row(line, _where(line, number))


def _where(line: Mapping[str, Any], number: int) -> str:
    key = line.get("key")
    return f"row {number} ({key})" if isinstance(key, str | int) and key != "" else f"row {number}"


def _coded_row(line: Mapping[str, Any], where: str) -> AccountRow:
    key = line.get("key")
    if not isinstance(key, str | int) or isinstance(key, bool) or key == "":
        raise InvalidInput(f"{where} has no key; give each row a `key` of its own")
    issues: list[Issue] = []
    return AccountRow(
        key=str(key),
        event_type=_text(line, "event_type", where),
        date=_read(line, "date", where, lambda v: _date(v, issues)),
        place=_read(line, "place", where, _place),
        actors=_read(line, "actors", where, _actors) or (),
        killed=_read(line, "killed", where, lambda v: _range("killed", v, issues)),
        injured=_read(line, "injured", where, lambda v: _range("injured", v, issues)),
        publisher=_text(line, "publisher", where),
        document=_text(line, "document", where),
        copy_group=_text(line, "copy_group", where),
        total=line.get("scope") in {"period", "cumulative"},
        part_of=_text(line, "part_of", where),
        actual=line.get("modality") in {None, "actual"},
        issues=tuple(issues),
    )


def _contract_rows(line: Mapping[str, Any], number: int) -> Iterator[AccountRow]:
    """The accounts of one line of `according code --json`, each named by its id."""
    document, accounts = line["document"], line["accounts"]
    if not isinstance(document, Mapping) or not isinstance(accounts, Sequence):
        raise InvalidInput(
            f"row {number} has `document` and `accounts`, but not as `according code --json` prints them"
        )
    totals = _totals(line.get("claims", ()))
    for account in accounts:
        if not isinstance(account, Mapping) or not isinstance(account.get("summary"), Mapping):
            raise InvalidInput(
                f"row {number}: an account without its summary; use the output of `according code --json`"
            )
        summary = account["summary"]
        flat = {
            **{name: summary.get(name) for name in ("date", "place", "killed", "injured")},
            **{name: account.get(name) for name in ("event_type", "modality", "part_of")},
            "key": account.get("id"),
            "actors": [
                {**party, "role": role}
                for role, side in (("initiator", "initiators"), ("target", "targets"))
                for party in summary.get(side) or ()
            ],
            "publisher": document.get("publisher"),
            "document": document.get("id"),
            "copy_group": document.get("copy_group"),
            "scope": "period" if account.get("id") in totals else None,
        }
        yield _coded_row(flat, _where(flat, number))


def _totals(claims: Sequence[Mapping[str, Any]]) -> set[str]:
    """Ids of the accounts all of whose numbers of people cover a period."""
    own: dict[str, set[bool]] = {}
    for claim in claims:
        value = claim.get("value") or {}
        if claim.get("slot") in {"killed", "injured", "harmed"} and "scope" in value:
            for account in claim.get("accounts", ()):
                own.setdefault(account, set()).add(value["scope"] != "event")
    return {account for account, periods in own.items() if periods == {True}}


def _read(line: Mapping[str, Any], field: str, where: str, reader: Callable[[Any], T]) -> T | None:
    value = line.get(field)
    if value is None:
        return None
    try:
        return reader(value)
    except (ValueError, TypeError, KeyError) as error:
        what = f"lacks {error}" if isinstance(error, KeyError) else str(error)
        raise InvalidInput(f"{where}: {field} cannot be read: {what}") from error


def _text(line: Mapping[str, Any], field: str, where: str) -> str | None:
    value = line.get(field)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise InvalidInput(f"{where}: {field} must be text, not {type(value).__name__}")
    return str(value)


def _member(kind: type[E], value: Any) -> E | None:
    if value is None or value == "":
        return None
    try:
        return kind(value)
    except ValueError:
        raise ValueError(f"the precision {value!r} is none of {', '.join(kind)}") from None


def _date(value: Any, issues: list[Issue]) -> DateRange | None:
    if isinstance(value, str):
        value = {"start": value, "end": value}
    if not isinstance(value, Mapping):
        raise TypeError(f"a date is an object with start and end, not {type(value).__name__}")
    start, end = (v if v not in _NO_DATE else None for v in (value.get("start"), value.get("end")))
    precision = _member(DatePrecision, value.get("precision"))
    if start is not None and end is not None and day_number(str(end), last=True) < day_number(str(start)):
        issues.append(
            Issue("date_reversed", f"the date ends ({end}) before it starts ({start}); read from {end} to {start}")
        )
        start, end, precision = end, start, DatePrecision.RANGE
    if start is None and end is None:
        return None
    return DateRange(start, end, precision or (DatePrecision.DAY if start == end else DatePrecision.RANGE))


def _place(value: Any) -> PlaceRef | None:
    if isinstance(value, str):
        value = {"name": value}
    if not isinstance(value, Mapping):
        raise TypeError(f"a place is an object with a name, not {type(value).__name__}")
    point = [_number(value.get(axis), axis) for axis in ("latitude", "longitude")]
    name = str(value.get("name") or value.get("country") or "")
    if not name and None in point:
        return None
    return PlaceRef(
        id=value.get("id"),
        name=name or f"{point[0]}, {point[1]}",
        latitude=point[0],
        longitude=point[1],
        precision=_member(PlacePrecision, value.get("precision")),
        radius_km=_number(value.get("radius_km"), "radius_km"),
        country=value.get("country"),
        admin1=value.get("admin1"),
        admin2=value.get("admin2"),
    )


def _number(value: Any, what: str) -> float | None:
    if value is None or value == "":
        return None
    number = float(value)
    if number != number or abs(number) == float("inf"):
        raise ValueError(f"{what} is no number: {value!r}")
    return number


def _actors(value: Any) -> tuple[RowActor, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"actors are a list, not {type(value).__name__}")
    found = []
    for actor in value:
        if isinstance(actor, str):
            actor = {"name": actor}
        if not isinstance(actor, Mapping):
            raise TypeError("an actor is a name, or an object with a name")
        name = str(actor.get("name") or actor.get("id") or "").strip()
        if name:
            found.append(RowActor(name, actor.get("role"), actor.get("id"), actor.get("kind")))
    return tuple(found)


def _range(field: str, value: Any, issues: list[Issue]) -> Range | None:
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        value = {"low": value, "best": value, "high": value}
    if not isinstance(value, Mapping):
        raise TypeError(f"a number of people is an object with low, best and high, not {type(value).__name__}")
    low, best, high = (_count(value.get(end)) for end in ("low", "best", "high"))
    if low is not None and high is not None and low > high:
        issues.append(
            Issue("range_reversed", f"{field}: the low {low} is above the high {high}; read from {high} to {low}")
        )
        low, high = high, low
    return None if low is None and best is None and high is None else Range(low, best, high)


def _count(value: Any) -> int | None:
    number = _number(value, "a number of people")
    if number is None:
        return None
    if number < 0 or number != int(number):
        raise ValueError(f"a number of people is a whole number from 0 on, not {value!r}")
    return int(number)
