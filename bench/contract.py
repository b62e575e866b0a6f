"""Reading the contract without tripping over what is absent, and building small contracts for oracles and peers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bench.model import Contract


def blank(document: Mapping[str, Any]) -> Contract:
    """A contract in which nothing was found."""
    head = {"id": None, "sha256": None, "key": document.get("id"), "text": document.get("text", "")}
    for name in ("url", "title", "publisher", "published", "language"):
        head[name] = document.get(name)
    return {"document": head, "accounts": [], "claims": [], "mentions": [], "attributions": [], "issues": []}


def accounts(output: Contract | None) -> list[dict[str, Any]]:
    """The accounts, most prominent first."""
    return list((output or {}).get("accounts") or [])


def summary(account: Mapping[str, Any] | None) -> dict[str, Any]:
    """The summary of an account, empty where there is none."""
    return dict((account or {}).get("summary") or {})


def first_account(output: Contract | None) -> dict[str, Any]:
    """The event that the report is about, empty where no event was found."""
    found = accounts(output)
    return found[0] if found else {}


def mentions(output: Contract | None, *kinds: str) -> list[dict[str, Any]]:
    """The mentions of these kinds in the order of the text."""
    found = [m for m in (output or {}).get("mentions") or [] if m["kind"] in kinds]
    return sorted(found, key=lambda m: (m["start"], m["end"]))


def claims(output: Contract | None, *slots: str) -> list[dict[str, Any]]:
    """The claims of these slots, all where none is named."""
    return [c for c in (output or {}).get("claims") or [] if not slots or c["slot"] in slots]


def claims_of(output: Contract | None, account: Mapping[str, Any], *slots: str) -> list[dict[str, Any]]:
    """The claims of these slots that belong to an account."""
    own = set(account.get("claims") or [])
    return [c for c in claims(output, *slots) if c["id"] in own or account.get("id") in (c.get("accounts") or [])]


def best(number: Mapping[str, Any] | None) -> int | None:
    """The one number of a Range, or None."""
    value = (number or {}).get("best")
    return None if value is None else int(value)


def names(parties: Iterable[Mapping[str, Any]] | None) -> list[str]:
    """What a list of parties is called: the name, and the words of the text where they differ."""
    found: list[str] = []
    for party in parties or []:
        quote = (party.get("span") or {}).get("quote")
        found += [n for n in (party.get("name"), quote) if n and n not in found]
    return found


def span(text: str, start: int, end: int) -> dict[str, Any]:
    """A Span of the contract."""
    return {"start": start, "end": end, "quote": text[start:end]}


def mention(kind: str, text: str, start: int, end: int, value: dict[str, Any] | None = None) -> dict[str, Any]:
    """A Mention of the contract."""
    return {"kind": kind, **span(text, start, end), "value": value}


def account(event_type: str, **fields: Any) -> dict[str, Any]:
    """An account with an empty summary but for the fields given."""
    filled: dict[str, Any] = {
        "date": None, "place": None, "initiators": [], "targets": [], "weapon": None, "damaged": [],
        "killed": None, "injured": None, "harm": [], "status": "single_speaker", "rule": "range",
    }  # fmt: skip
    own: dict[str, Any] = {k: fields.pop(k) for k in ("id", "modality", "claims", "part_of") if k in fields}
    base: dict[str, Any] = {"id": "a1", "event_type": event_type, "modality": "actual", "part_of": None, "claims": []}
    return {**base, **own, "summary": {**filled, **fields}}


def party(name: str, **fields: Any) -> dict[str, Any]:
    """A Party with nothing known but its name and the fields given."""
    base = {"id": None, "name": name, "span": None, "kind": None, "country": None, "confidence": "reported"}
    return {**base, **fields}


def exactly(number: int) -> dict[str, int]:
    """A Range that is one number."""
    return {"low": number, "best": number, "high": number}
