"""Many reports of a few events, from text: events found, pairs apart, copies one voice, final ranges and statuses."""

from __future__ import annotations

import csv
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bench import contract, data
from bench.model import Case, Contract, Miss, Outputs, Result, Score
from bench.sets.stories_c_gold import as_contract

LAYER = "events of many reports"


@dataclass(frozen=True)
class StoriesC:
    """The reports C01 to C24 with the world's actors and places as the user's own files."""

    name: str = "stories_c"
    verb: Literal["code", "link"] = "code"
    secret: bool = False

    def files(self, folder: Path) -> list[Path]:
        """Gold, actors, places and the reports."""
        base = folder.parent / "stories"
        wanted = [base / "C.gold.json", base / "C.actors.csv", base / "C.places.csv"]
        return [*wanted, *sorted(base.glob("C[0-9][0-9].txt"))] if all(p.is_file() for p in wanted) else []

    def load(self, folder: Path) -> list[Case]:
        """One case a report; each carries the whole gold."""
        files = {p.name: p for p in self.files(folder)}
        if not files:
            return []
        gold = json.loads(files["C.gold.json"].read_text(encoding="utf-8"))
        gold["actors"] = _table(files["C.actors.csv"])
        gold["places"] = _table(files["C.places.csv"])
        cases = []
        for report in gold["reports"]:
            text = files[f"{report['key']}.txt"].read_text(encoding="utf-8")
            head = {k: report[k] for k in ("title", "published", "publisher")}
            cases.append(Case(report["key"], {"id": report["key"], "text": text, **head}, {**gold, "report": report}))
        return cases

    def settings(self, folder: Path) -> Any:
        """Settings with the world's actors and places, as a user would load them."""
        from according.resolve.gazetteer_add import add_file
        from according.rules import DATA
        from according.settings import Settings

        files = {p.name: p for p in self.files(folder)}
        own = Path(tempfile.mkdtemp(prefix="bench-stories-c-"))
        table = own / "places.csv"
        with table.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["name", "alternatives", "admin1", "latitude", "longitude"])
            for row in _table(files["C.places.csv"]):
                writer.writerow([row[k] for k in ("name", "variants", "province", "latitude", "longitude")])
        add_file(table, own / "places.sqlite", DATA / "places")
        return Settings(actors=files["C.actors.csv"], gazetteer=(own / "places.sqlite",))

    def score(self, cases: Sequence[Case], outputs: Outputs) -> Result:
        """What the issue asks of these reports, each as a share."""
        if not cases:
            return Result(())
        found = _Found(cases, outputs)
        gold, misses = cases[0].gold, []
        events, ranges, statuses, both = 0, 0, 0, 0
        also = data.mapping("stories_c")["also_right"]
        for row in gold["events"]:
            event = found.event(row["id"])
            killed = None if event is None else event.finding("killed")
            right = [[row["true_killed_range_final"][end] for end in ("low", "high")], *also.get(row["id"], [])]
            ranged = killed is not None and [killed.low, killed.high] in right
            status = event is not None and event.status in {row["status"], *row["status_also_acceptable"]}
            events, ranges, statuses = events + (event is not None), ranges + ranged, statuses + status
            both += ranged and status
            if not (ranged and status):
                ours = "not found" if event is None else f"{killed and (killed.low, killed.high)} {event.status}"
                misses.append(Miss(1.0, row["id"], LAYER, "", f"{right[0]} {row['status']}", ours))
        pairs = [tuple(p) for p in gold["pairs_not_same"]]
        joined = [p for p in pairs if found.together(*p)]
        misses += [Miss(0.8, "-".join(p), LAYER, "", "not one event", "one event") for p in joined]
        n, copies = len(gold["events"]), gold["copies"]
        totals = [r["key"] for r in gold["reports"] if any(a["event"] is None for a in r["accounts"])]
        scores = (
            Score(LAYER, "events found", events / n, n, 1.0),
            Score(LAYER, "pairs kept apart", 1 - len(joined) / len(pairs), len(pairs), 1.0),
            Score(LAYER, "copies one voice", sum(found.copied(*p) for p in copies) / len(copies), len(copies), 1.0),
            Score(LAYER, "totals in no event", sum(found.alone(k) for k in totals) / len(totals), len(totals), 1.0),
            Score(LAYER, "final range of killed", ranges / n, n),
            Score(LAYER, "final status", statuses / n, n),
            Score(LAYER, "final range and status", both / n, n, 0.875),
            Score(LAYER, "reports in their event", found.share(), len(found.wanted)),
        )
        return Result(scores, (*misses, *found.misses()))

    def oracle(self, case: Case) -> Contract:
        """The gold's voices as claims: what linking and reconciling make of right reading."""
        return as_contract(case)


class _Found:
    """Our events beside the gold's: which account of ours is which of the gold, and in what event it is."""

    def __init__(self, cases: Sequence[Case], outputs: Outputs) -> None:
        from according.build import default_parts, events_of, gather
        from according.from_contract import from_contract
        from according.shapes import Contract as Line

        codings = [from_contract(Line.model_validate(outputs[c.key])) for c in cases if c.key in outputs]
        parts = default_parts()
        self.gathered = gather(codings, parts)
        self.events = {e.id: e for e in events_of(self.gathered, parts)}
        self.home = {a.id: event for event, accounts in self.gathered.accounts.items() for a in accounts}
        self.wanted: dict[tuple[str, str], str | None] = {}  # (report, gold event or "total") -> our account
        for case in cases:
            self.wanted |= _aligned(case, outputs.get(case.key))

    def event(self, gold: str) -> Any:
        """Our event that holds more than half of a gold event's reports, more than half of whose reports are its."""
        own = [a for (_, g), a in self.wanted.items() if g == gold]
        homes = Counter(self.home[a] for a in own if a in self.home)
        if not homes:
            return None
        home, count = homes.most_common(1)[0]
        inside = sum(1 for a in self.wanted.values() if a in self.home and self.home[a] == home)
        return self.events.get(home) if 2 * count > len(own) and 2 * count > inside else None

    def _homes(self, key: str) -> set[str]:
        return {self.home[a] for (k, _), a in self.wanted.items() if k == key and a in self.home}

    def together(self, a: str, b: str) -> bool:
        """True where the two reports share one of our events."""
        return bool(self._homes(a) & self._homes(b))

    def copied(self, a: str, b: str) -> bool:
        """True where two copies are in one event, known as copies."""
        tellings = [t for event in self._homes(a) & self._homes(b) for t in self.gathered.tellings[event]]
        groups = {key: {t.copy_group for t in tellings if t.document.key == key} for key in (a, b)}
        return bool(groups[a] & groups[b] - {None})

    def alone(self, key: str) -> bool:
        """True where nothing of a report is in an event with another report."""
        own = {e for e, ts in self.gathered.tellings.items() if any(t.document.key == key for t in ts)}
        return all({t.document.key for t in self.gathered.tellings[e]} == {key} for e in own)

    def share(self) -> float:
        """Share of the gold's accounts that are in the event found for theirs."""
        return sum(1 for _ in self.wanted) and 1 - len(list(self.misses())) / len(self.wanted)

    def misses(self) -> Iterator[Miss]:
        """The gold's accounts that are not in the event found for theirs."""
        for (key, gold), account in self.wanted.items():
            event = self.event(gold)
            if gold == "total" or (event is not None and account in event.accounts):
                continue
            where = "no account" if account is None else f"event of {sorted(self._reports(self.home.get(account)))}"
            yield Miss(0.5, key, LAYER, "", gold, where)

    def _reports(self, event: str | None) -> set[str]:
        return {str(t.document.key) for t in self.gathered.tellings.get(event or "", ())}


def _aligned(case: Case, output: Contract | None) -> dict[tuple[str, str], str | None]:
    """For each gold account of a report the account of ours that is most like it, each used once."""
    ours = contract.accounts(output)
    found: dict[tuple[str, str], str | None] = {}
    pairs = sorted(
        ((-_likeness(g, a, i, case.gold), gi, i) for gi, g in enumerate(case.gold["report"]["accounts"])
         for i, a in enumerate(ours)),
    )  # fmt: skip
    used: set[int] = set()
    for g in case.gold["report"]["accounts"]:
        found[case.key, g["event"] or "total"] = None
    taken: set[int] = set()
    for _, gi, i in pairs:
        if gi not in taken and i not in used:
            taken.add(gi)
            used.add(i)
            gold = case.gold["report"]["accounts"][gi]
            found[case.key, gold["event"] or "total"] = ours[i]["id"]
    return found


def _likeness(gold: Mapping[str, Any], ours: Mapping[str, Any], position: int, world: Mapping[str, Any]) -> float:
    summary = contract.summary(ours)
    killed, mine = gold["killed"] or {}, summary.get("killed") or {}
    kind = next((e["type"] for e in world["events"] if e["id"] == gold["event"]), None)
    day = (summary.get("date") or {}).get("start") or ""
    likeness = 2.0 * (bool(killed) and (killed["low"], killed["high"]) == (mine.get("low"), mine.get("high")))
    likeness += ours["event_type"] == kind
    likeness += gold["date"]["start"] <= day[:10] <= gold["date"]["end"]
    return float(likeness - 0.9 * position)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
