"""dateparser and the Microsoft recognizers as finders of time expressions; neither is told a date of publication."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

from bench import contract
from bench.model import Case, Contract
from bench.peers.absent import PeerAbsentError

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?](?=\s)|\n|$)")


def _module(name: str, wheel: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as reason:
        raise PeerAbsentError(f"{wheel} is not installed ({reason})") from reason


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    for found in _SENTENCE.finditer(text):
        yield found.start(), found[0]


def _value(timex: str | None, mod: str | None = None) -> dict[str, Any]:
    return {"start": None, "end": None, "precision": "day", "timex": timex, "mod": mod}


def recognizers(cases: Sequence[Case]) -> Mapping[str, Contract]:
    """recognizers-text-date-time (it wants emoji below 2): its spans and its TIMEX."""
    module = _module("recognizers_date_time", "recognizers-text-date-time")
    found = {}
    for case in cases:
        out, text = contract.blank(case.document), str(case.document["text"])
        for at, sentence in _sentences(text):
            for hit in module.recognize_datetime(sentence, "en-us"):
                values = (hit.resolution or {}).get("values") or [{}]
                mod = {"start": "START", "end": "END", "mid": "MID", "approx": "APPROX"}.get(str(values[0].get("Mod")))
                value = _value(_plain(values[0].get("timex")), mod)
                out["mentions"].append(contract.mention("time", text, at + hit.start, at + hit.end + 1, value))
        found[case.key] = out
    return found


def _plain(timex: str | None) -> str | None:
    """A range that is one calendar unit as that unit: it writes `(1939-01-01,1940-01-01,P1Y)` for some."""
    unit = re.fullmatch(r"\((\d{4})(-\d\d)?(?:-\d\d)?,.*,P1([YM])\)", timex or "")
    return timex if not unit else unit[1] if unit[3] == "Y" else f"{unit[1]}{unit[2] or ''}"


def dateparser(cases: Sequence[Case]) -> Mapping[str, Contract]:
    """dateparser's search: spans by finding its words again, values as days."""
    search = _module("dateparser.search", "dateparser").search_dates
    found = {}
    for case in cases:
        out, text = contract.blank(case.document), str(case.document["text"])
        for at, sentence in _sentences(text):
            position = 0
            for words, day in search(sentence, languages=["en"]) or []:
                start = sentence.find(words, position)
                if start >= 0:
                    position = start + len(words)
                    value = _value(_as_precise(words, day.strftime("%Y-%m-%d")))
                    out["mentions"].append(contract.mention("time", text, at + start, at + position, value))
        found[case.key] = out
    return found


def _as_precise(words: str, day: str) -> str:
    """Cut to what the words name, since it fills in the rest from today."""
    if not re.search(r"\b\d{4}\b", words):
        return day
    if re.fullmatch(r"\D*\d{4}\D*", words):
        return (
            day[:7]
            if re.search(r"[A-Za-z]{3,}", re.sub(r"\b(in|of|the|on|by|to)\b", "", words, flags=re.I))
            else day[:4]
        )
    return day
