"""Reading MUC-4 answer keys: templates of slots, each with fills that may have alternatives or be optional."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.metrics import fold

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d{2})")
_MONTH_ONLY = re.compile(r"^\(?([A-Z]{3})[A-Z]* (\d{2})\)?$")
MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_abbr) if name}


@dataclass(frozen=True, slots=True)
class Fill:
    """One fill of a slot.

    Args:
        values: set fills, numbers, dates or places, alternatives of each other; empty for a slot of strings only.
        strings: names or descriptions that the fill stands for, alternatives of each other, folded.
        optional: not missed where it is absent, right where it is given.
    """

    values: tuple[str, ...] = ()
    strings: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """One incident: fills by slot, and whether it may be left out."""

    slots: Mapping[str, tuple[Fill, ...]]
    optional: bool = False

    def fills(self, slot: str) -> tuple[Fill, ...]:
        """The fills of one slot, empty where it is not filled."""
        return self.slots.get(slot, ())


SLOTS: Mapping[str, tuple[str, ...]] = {
    "type": ("INCIDENT: TYPE",),
    "date": ("INCIDENT: DATE",),
    "place": ("INCIDENT: LOCATION",),
    "stage": ("INCIDENT: STAGE OF EXECUTION",),
    "instrument": ("INCIDENT: INSTRUMENT ID",),
    "individual": ("PERP: INDIVIDUAL ID",),
    "organization": ("PERP: ORGANIZATION ID",),
    "confidence": ("PERP: ORGANIZATION CONFIDENCE",),
    "target": ("PHYS TGT: ID",),
    "victim": ("HUM TGT: NAME", "HUM TGT: DESCRIPTION"),
    "number": ("HUM TGT: NUMBER",),
    "effect": ("HUM TGT: EFFECT OF INCIDENT",),
}
"""Our short names of the slots that are scored, each with the slots of the key that it holds."""

_STRINGS_ONLY = frozenset({"instrument", "individual", "organization", "target", "victim"})


def template(row: Mapping[str, Sequence[str]]) -> Template:
    """One template of a key."""
    slots: dict[str, tuple[Fill, ...]] = {}
    for slot, names in SLOTS.items():
        raw = [value for name in names for value in row.get(name) or [] if value.strip("?() ") not in ("-", "*", "")]
        fills = [fill for value in raw if (fill := parse(slot, value)) is not None]
        if slot == "victim":
            fills = _join(fills)
        if fills:
            slots[slot] = tuple(fills)
    return Template(slots, any("OPTIONAL" in label for label in row.get("MESSAGE: TEMPLATE") or []))


def parse(slot: str, raw: str) -> Fill | None:
    """One fill: `? VALUE / VALUE: "STRING" / "STRING"`; None where nothing stands in it."""
    strings = tuple(dict.fromkeys(s for m in _QUOTED.findall(raw) if (s := fold(m.replace("\\", "")))))
    optional = raw.lstrip("( ").startswith("?")
    bare = raw.replace("?", "").strip()
    if slot in _STRINGS_ONLY:
        return Fill((), strings, optional) if strings else None
    if slot == "date":  # a day without a year cannot be compared and is not asked for
        days = tuple(part.strip(" ()") for part in re.split(r"\s/\s", bare) if interval(part))
        return Fill(days, (), optional) if days else None
    if slot == "place":
        return Fill(tuple(part.strip() for part in re.split(r"\s/\s(?![A-Z ]+\))", bare)), (), optional)
    head = bare.split('"', 1)[0].strip().rstrip(":").strip(" ()")
    values = tuple(v.strip() for v in re.split(r"\s*/\s*", head) if v.strip(" :-"))
    return Fill(values, strings, optional) if values else None


def _join(fills: Sequence[Fill]) -> list[Fill]:
    """Names and the descriptions that are said of them are one victim."""
    joined: list[Fill] = []
    for fill in fills:
        same = next((i for i, f in enumerate(joined) if set(f.strings) & set(fill.strings)), None)
        if same is None:
            joined.append(fill)
        else:
            old = joined[same]
            joined[same] = Fill((), tuple(dict.fromkeys(old.strings + fill.strings)), old.optional and fill.optional)
    return joined


def interval(value: str) -> tuple[str | None, str | None] | None:
    """First and last day, None where open, of `03 JAN 90`, `- 03 JAN 90`, `01 JAN 90 - 03 JAN 90`; None if no date."""
    month = _MONTH_ONLY.match(value)
    if month and month[1] in MONTHS:
        year, number = 1900 + int(month[2]), MONTHS[month[1]]
        return f"{year}-{number:02d}-01", f"{year}-{number:02d}-{calendar.monthrange(year, number)[1]}"
    days = [_iso(m) for m in _DAY.finditer(value.upper())]
    if not days:
        return None
    if len(days) > 1:
        return days[0], days[1]
    return (None, days[0]) if value.lstrip("( ").startswith("-") else (days[0], days[0])


def _iso(found: re.Match[str]) -> str:
    return f"19{found[3]}-{MONTHS.get(found[2], 1):02d}-{int(found[1]):02d}"


def message_day(text: str) -> str | None:
    """The day in a report's dateline, as ISO, or None."""
    for found in _DAY.finditer(text[:400]):
        if found[2] in MONTHS and 1 <= int(found[1]) <= 31:
            return _iso(found)
    return None


def levels(value: str) -> tuple[str, ...]:
    """`COUNTRY: TOWN (CITY): QUARTER (NEIGHBORHOOD)` folded, widest first; `A - B` (between) gives both last."""
    parts = re.sub(r"\([A-Z /.]*\)", " ", value).split(":")
    names = [fold(name) for part in parts for name in re.split(r"\s-\s", part)]
    return tuple(n for n in names if n)


def templates(rows: Sequence[Mapping[str, Any]]) -> tuple[Template, ...]:
    """All templates of a message."""
    return tuple(template(row) for row in rows)
