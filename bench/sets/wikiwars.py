"""WikiWars: time expressions and their TIMEX2 values in war narratives."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bench import contract
from bench.metrics import Tally, matching, overlaps
from bench.model import Case, Contract, Miss, Outputs, Result, Score

_TAG = re.compile(r"<(/?)TIMEX2\b([^>]*)>")
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*\"([^\"]*)\"")
_YEAR_BEFORE = re.compile(r"-(\d{4})(?=$|-)")


@dataclass(frozen=True, slots=True)
class Timex:
    """One annotated expression; `value` is None where the annotators gave none."""

    start: int
    end: int
    value: str | None
    mod: str | None

    @property
    def span(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end


class WikiWars:
    """Narratives of a war each, without a date of publication that would help."""

    name: str = "wikiwars"
    verb: Literal["code", "link"] = "code"
    secret: bool = False

    def files(self, folder: Path) -> list[Path]:
        """One file a war."""
        return sorted((folder / "wikiwars").glob("*.xml"))

    def load(self, folder: Path) -> list[Case]:
        """One case a war, the text between its TEXT tags without mark-up."""
        return [case_of(path.name.split(".")[0], path.read_text(encoding="utf-8")) for path in self.files(folder)]

    def score(self, cases: Sequence[Case], outputs: Outputs) -> Result:
        """Span F1, overlapping and exact; share of right values among the matched spans."""
        relaxed = strict = Tally()
        right = mods = both = valued = 0
        misses: list[Miss] = []
        for case in cases:
            gold: list[Timex] = case.gold
            ours = contract.mentions(outputs.get(case.key), "time")
            pairs = matched(gold, ours)
            exact = sum(1 for o in ours if any(g.span == (o["start"], o["end"]) for g in gold))
            relaxed += Tally(len(pairs), len(ours), len(gold))
            strict += Tally(exact, len(ours), len(gold))
            for o, g in pairs.items():
                wanted = gold[g].value
                if wanted is None:
                    continue
                same, mod = value_of(ours[o].get("value")) == canonical(wanted), _mod(ours[o]) == gold[g].mod
                valued, right, mods, both = valued + 1, right + same, mods + mod, both + (same and mod)
            misses += _misses(case, ours, pairs)
        layer, share = "time expressions", max(1, valued)
        return Result(
            (
                Score(layer, "span F1 relaxed", relaxed.f1, int(relaxed.gold), 0.93, 0.95),
                Score(layer, "span precision relaxed", relaxed.precision, int(relaxed.ours)),
                Score(layer, "span recall relaxed", relaxed.recall, int(relaxed.gold)),
                Score(layer, "span F1 strict", strict.f1, int(strict.gold)),
                Score(layer, "value right on matched", right / share, valued, 0.80, 0.90),
                Score(layer, "modifier right on matched", mods / share, valued),
                Score(layer, "value and modifier right on matched", both / share, valued),
            ),
            tuple(misses),
        )

    def oracle(self, case: Case) -> Contract:
        """The gold spans with their values."""
        out, text = contract.blank(case.document), str(case.document["text"])
        for t in case.gold:
            value = {"start": None, "end": None, "precision": "day", "timex": t.value, "mod": t.mod}
            out["mentions"].append(contract.mention("time", text, t.start, t.end, value))
        return out


def case_of(key: str, raw: str) -> Case:
    """Read one file; of nested expressions the outermost is kept.

    Raises:
        ValueError: the file has no TEXT, or its tags do not close.
    """
    body = re.search(r"<TEXT>(.*)</TEXT>", raw, re.DOTALL)
    if not body:
        raise ValueError(f"{key}: no TEXT element")
    text, gold, opened, position = "", [], [], 0
    for tag in _TAG.finditer(body[1]):
        text += html.unescape(body[1][position : tag.start()])
        position = tag.end()
        if not tag[1]:
            opened.append((len(text), dict(_ATTRIBUTE.findall(tag[2]))))
            continue
        if not opened:
            raise ValueError(f"{key}: a TIMEX2 closes that was not opened")
        start, attributes = opened.pop()
        if not opened and len(text) > start:
            gold.append(Timex(start, len(text), attributes.get("val") or None, attributes.get("mod") or None))
    if opened:
        raise ValueError(f"{key}: a TIMEX2 does not close")
    text += html.unescape(body[1][position:])
    return Case(key, {"id": key, "text": text, "language": "en"}, gold)


def matched(gold: Sequence[Timex], ours: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """One-to-one: index of ours -> index of gold; exact spans first, then any overlap."""
    exact = matching(gold, ours, lambda g, o: g.span == (o["start"], o["end"]))
    rest_gold = [i for i in range(len(gold)) if i not in exact.values()]
    rest_ours = [i for i in range(len(ours)) if i not in exact]
    more = matching(rest_gold, rest_ours, lambda g, o: overlaps(gold[g].span, (ours[o]["start"], ours[o]["end"])))
    return exact | {rest_ours[o]: rest_gold[g] for o, g in more.items()}


def canonical(value: str) -> str:
    """One spelling for TIMEX2 and TIMEX3: years before the common era as BCnnnn, decades and centuries without X."""
    value = value.strip().upper()
    early = _YEAR_BEFORE.match(value)
    if early:  # astronomical: the year before 1 is 0, which TIMEX2 calls BC0001
        value = f"BC{int(early[1]) + 1:04d}{value[5:]}"
    return re.sub(r"^((?:BC)?\d{2}(?:\d)?)X{1,2}$", r"\1", value)


def value_of(value: Mapping[str, Any] | None) -> str | None:
    """The canonical TIMEX value of a DateRange: its own, else what its ends and precision amount to."""
    if not value:
        return None
    if value.get("timex"):
        return canonical(str(value["timex"]))
    start, end = value.get("start"), value.get("end")
    cut = {"minute": 16, "day": 10, "month": 7, "year": 4}.get(str(value.get("precision")))
    if not start or not cut or (value["precision"] == "day" and start != end):
        return None
    return canonical(start[: cut + start.startswith("-")])


def _mod(mention: Mapping[str, Any]) -> str | None:
    return (mention.get("value") or {}).get("mod") or None


def _misses(case: Case, ours: Sequence[Mapping[str, Any]], pairs: Mapping[int, int]) -> list[Miss]:
    text, layer = str(case.document["text"]), "time expressions"
    found = set(pairs.values())

    def around(start: int, end: int) -> str:
        return f"{text[max(0, start - 80) : start]}[[{text[start:end]}]]{text[end : end + 60]}".replace("\n", " ")

    misses = [
        Miss(1.0, case.key, layer, around(*g.span), f"{text[g.start : g.end]} = {g.value}", "nothing")
        for i, g in enumerate(case.gold)
        if i not in found
    ]
    for i, o in enumerate(ours):
        said = f"{o['quote']} = {value_of(o.get('value'))}"
        where = around(o["start"], o["end"])
        if i not in pairs:
            misses.append(Miss(0.9, case.key, layer, where, "nothing", said))
            continue
        g = case.gold[pairs[i]]
        if g.value is not None and value_of(o.get("value")) != canonical(g.value):
            misses.append(Miss(1.2, case.key, layer, where, f"{text[g.start : g.end]} = {g.value} {g.mod or ''}", said))
    return misses
