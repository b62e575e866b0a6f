"""MAVERICK: which coded reports tell of one event."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from bench import data
from bench.metrics import bcubed
from bench.model import Case, Contract, Miss, Outputs, Result, Score


class Maverick:
    """Coded rows without text; the output of a row is what `link` prints for it."""

    name: str = "maverick"
    verb: Literal["code", "link"] = "link"
    secret: bool = False

    def files(self, folder: Path) -> list[Path]:
        """One table a country."""
        return sorted((folder / "maverick").glob("*.csv"))

    def load(self, folder: Path) -> list[Case]:
        """One case a report."""
        table, found = data.mapping("maverick"), []
        for path in self.files(folder):
            with path.open(encoding="utf-8", newline="") as lines:
                found += list(csv.DictReader(lines))
        return [Case(row["id"], coded(row, table), row["event_id"]) for row in found]

    def score(self, cases: Sequence[Case], outputs: Outputs) -> Result:
        """B-cubed of our events and of two clusterings that anybody could make."""
        gold = {c.key: str(c.gold) for c in cases}
        ours = {key: str(row["event"]) for key, row in outputs.items() if key in gold and row.get("event") is not None}
        found, alone, same_day = bcubed(gold, ours), bcubed(gold, {}), bcubed(gold, by_day_and_point(cases))
        layer, n = "linking reports of one event", len(cases)
        return Result(
            (
                Score(layer, "B-cubed F1", found[2], n),
                Score(layer, "B-cubed precision", found[0], n),
                Score(layer, "B-cubed recall", found[1], n),
                Score(layer, "B-cubed F1, baseline each its own", alone[2], n),
                Score(layer, "B-cubed F1, baseline same day and point", same_day[2], n),
            ),
            tuple(_misses(cases, ours)),
        )

    def oracle(self, case: Case) -> Contract:
        """The gold event."""
        return {"key": case.key, "event": case.gold, "links": []}


def coded(row: Mapping[str, str], table: Mapping[str, Any]) -> dict[str, Any]:
    """A row as `link` takes it."""
    context, violence = row["event_context"], row["actor1_violence"].split(";")[0].strip()
    kinds: Mapping[str, str] = table["event_types"]
    actors = [
        {"name": row[f"actor{i}"], "role": "target" if row[f"actor{i}_victim"] == "1.0" else "initiator"}
        for i in (1, 2, 3)
        if row[f"actor{i}"]
    ]
    day, last = row["date_start"], row["date_end"] or row["date_start"]
    point = {k: float(row[k]) if row[k] else None for k in ("latitude", "longitude")}
    place = {
        "name": row["location"] or row["city"] or row["country"],
        "country": table["country"],
        "precision": table["precision"].get(row["geo_precision"]),
        **point,
    }
    return {
        "key": row["id"],
        "event_type": kinds.get(context) or kinds.get(violence) or table["other"],
        "date": {"start": day, "end": last, "precision": "day" if day == last else "range"},
        "place": place,
        "actors": actors,
        "killed": _range(row, "deaths"),
        "injured": _range(row, "injuries"),
        "publisher": row["source_author"],
    }


def _range(row: Mapping[str, str], what: str) -> dict[str, int] | None:
    found = {end: row[f"{what}_{end}"] for end in ("low", "best", "high")}
    return {end: int(float(n)) for end, n in found.items()} if all(found.values()) else None


def by_day_and_point(cases: Sequence[Case]) -> dict[str, object]:
    """One event for each day and point; a report without a point stands alone."""
    return {
        c.key: (c.document["date"]["start"], c.document["place"]["latitude"], c.document["place"]["longitude"])
        for c in cases
        if c.document["place"]["latitude"] is not None
    }


def _misses(cases: Sequence[Case], ours: Mapping[str, str]) -> list[Miss]:
    """Per report: how many are wrongly with it, and how many are missing."""
    gold_of: dict[str, set[str]] = defaultdict(set)
    ours_of: dict[str, set[str]] = defaultdict(set)
    for c in cases:
        gold_of[c.gold].add(c.key)
        ours_of[ours.get(c.key, c.key)].add(c.key)
    misses = []
    for c in cases:
        own, right = ours_of[ours.get(c.key, c.key)], gold_of[c.gold]
        wrong, lost = own - right, right - own
        if wrong or lost:
            row = {k: v for k, v in c.document.items() if v is not None}
            said = f"{len(wrong)} wrongly with it {sorted(wrong)[:3]}, {len(lost)} missing {sorted(lost)[:3]}"
            misses.append(
                Miss(len(wrong) + len(lost), c.key, "linking", str(row), f"event {c.gold} of {len(right)}", said)
            )
    return misses
