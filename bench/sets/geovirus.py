"""GeoVirus: place names in Wikinews texts and where they are."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bench import contract, data
from bench.metrics import Tally, kilometres, matching, overlaps
from bench.model import Case, Contract, Miss, Outputs, Result, Score

NEAR_KM = 161.0
"""A hundred miles, the customary bound of a right resolution."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name in the text and its point."""

    start: int
    end: int
    point: tuple[float, float]


class GeoVirus:
    """News on epidemics; only names of places are marked, neither demonyms nor common nouns."""

    name: str = "geovirus"
    verb: Literal["code", "link"] = "code"
    secret: bool = False

    def files(self, folder: Path) -> list[Path]:
        """The one file of the set."""
        return sorted((folder / "geovirus").glob("*.xml"))

    def load(self, folder: Path) -> list[Case]:
        """One case an article (a page may be cut into several)."""
        found = [a for path in self.files(folder) for a in ET.parse(path).getroot().iter("article")]
        keys = data.unique(str(a.findtext("source")).rsplit("/", 1)[-1] for a in found)
        return [_case(key, article) for key, article in zip(keys, found, strict=True)]

    def score(self, cases: Sequence[Case], outputs: Outputs) -> Result:
        """Span F1, overlapping and exact; share within 161 km of the spans found."""
        overlap = exact = Tally()
        near = resolved = found = 0
        misses: list[Miss] = []
        for case in cases:
            ours = named(contract.mentions(outputs.get(case.key), "place"))
            pairs = matched(case.gold, ours)
            same = sum(1 for o in ours if any((g.start, g.end) == (o["start"], o["end"]) for g in case.gold))
            overlap += Tally(len(pairs), len(ours), len(case.gold))
            exact += Tally(same, len(ours), len(case.gold))
            away = {o: distance(case.gold[g], ours[o]) for o, g in pairs.items()}
            found += len(pairs)
            resolved += sum(1 for d in away.values() if d is not None)
            near += sum(1 for d in away.values() if d is not None and d <= NEAR_KM)
            misses += _misses(case, ours, pairs, away)
        layer = "place names"
        return Result(
            (
                Score(layer, "span F1 overlap", overlap.f1, int(overlap.gold), 0.88),
                Score(layer, "span precision overlap", overlap.precision, int(overlap.ours)),
                Score(layer, "span recall overlap", overlap.recall, int(overlap.gold)),
                Score(layer, "span F1 exact", exact.f1, int(exact.gold)),
                Score(layer, "within 161 km where found", near / max(1, found), found, 0.93),
                Score(layer, "within 161 km where resolved", near / max(1, resolved), resolved),
            ),
            tuple(misses),
        )

    def oracle(self, case: Case) -> Contract:
        """The gold names at their points."""
        out, text = contract.blank(case.document), str(case.document["text"])
        for t in case.gold:
            value = {"id": None, "name": text[t.start : t.end], "latitude": t.point[0], "longitude": t.point[1]}
            out["mentions"].append(contract.mention("place", text, t.start, t.end, value))
        return out


def _case(key: str, article: ET.Element) -> Case:
    text = article.findtext("text") or ""
    gold = []
    for location in article.iter("location"):
        name, start = str(location.findtext("name")), int(location.findtext("start") or 0)
        at = nearest(text, name, start)
        point = float(location.findtext("lat") or 0), float(location.findtext("lon") or 0)
        gold.append(Toponym(at, at + len(name), point))
    gold.sort(key=lambda t: t.start)
    return Case(key, {"id": key, "text": text, "publisher": "Wikinews", "language": "en"}, gold)


def nearest(text: str, name: str, about: int) -> int:
    """Where the name stands, nearest to where the file says (its offsets count from 1, or are off by a little).

    Raises:
        ValueError: the name is not in the text.
    """
    places = [i for i in range(len(text)) if text.startswith(name, i)]
    if not places:
        raise ValueError(f"{name!r} is not in its text")
    return min(places, key=lambda i: (abs(i - (about - 1)), i))


def named(mentions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The mentions that are names: the set marks no "hospital" or "border", so those are not held against us."""
    return [m for m in mentions if any(c.isupper() for c in m["quote"])]


def matched(gold: Sequence[Toponym], ours: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """One-to-one by overlap: index of ours -> index of gold."""
    return matching(gold, ours, lambda g, o: overlaps((g.start, g.end), (o["start"], o["end"])))


def distance(gold: Toponym, mention: Mapping[str, Any]) -> float | None:
    """Kilometres between the gold's point and ours, None where ours has no point."""
    value = mention.get("value") or {}
    if value.get("latitude") is None:
        return None
    return kilometres(gold.point, (float(value["latitude"]), float(value["longitude"])))


def _misses(
    case: Case, ours: Sequence[Mapping[str, Any]], pairs: Mapping[int, int], away: Mapping[int, float | None]
) -> list[Miss]:
    text, layer = str(case.document["text"]), "place names"

    def around(start: int, end: int) -> str:
        return f"{text[max(0, start - 80) : start]}[[{text[start:end]}]]{text[end : end + 60]}".replace("\n", " ")

    found = set(pairs.values())
    misses = [
        Miss(1.0, case.key, layer, around(g.start, g.end), f"{text[g.start : g.end]} {g.point}", "nothing")
        for i, g in enumerate(case.gold)
        if i not in found
    ]
    for i, o in enumerate(ours):
        if i not in pairs:
            misses.append(Miss(0.9, case.key, layer, around(o["start"], o["end"]), "nothing", o["quote"]))
        elif away[i] is None or (away[i] or 0) > NEAR_KM:
            value, g = o.get("value") or {}, case.gold[pairs[i]]
            said = (
                ", ".join(str(value.get(k)) for k in ("name", "country", "latitude", "longitude")) + f": {away[i]} km"
            )
            misses.append(
                Miss(1.2, case.key, layer, around(o["start"], o["end"]), f"{text[g.start : g.end]} {g.point}", said)
            )
    return misses
