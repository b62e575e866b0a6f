"""PLOVER gold sentences: the category of the event and who did it to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bench import contract, data
from bench.metrics import fold, overlaps
from bench.model import Case, Contract, Miss, Outputs, Result, Score


@dataclass(frozen=True, slots=True)
class Named:
    """An actor as coded: its words in the sentence and its country code."""

    words: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Gold:
    """Category of today's manual, and the parties of both sides."""

    category: str
    sources: tuple[Named, ...]
    targets: tuple[Named, ...]


class PloverGsr:
    """Single sentences, most of them of non-violent events."""

    name: str = "plover_gsr"
    verb: Literal["code", "link"] = "code"
    secret: bool = False

    def files(self, folder: Path) -> list[Path]:
        """The one file of the set."""
        return sorted((folder / "plover_gsr").glob("*.jsonl"))

    def load(self, folder: Path) -> list[Case]:
        """One case a sentence; remarks on the file are left out."""
        table = data.mapping("plover_gsr")
        found = [r for p in self.files(folder) for r in data.rows(p) if table["gold"].get(r["event"], r["event"])]
        return [_case(key, row, table) for key, row in zip(data.unique(r["id"] for r in found), found, strict=True)]

    def score(self, cases: Sequence[Case], outputs: Outputs) -> Result:
        """Category right among outputs, and recall, for violent and other events apart; both parties found."""
        table = data.mapping("plover_gsr")
        scores: list[Score] = []
        for part in ("all", "violent", "non-violent"):
            scores += _category_scores(part, _part(cases, part, table), outputs, table)
        with_both = [c for c in cases if c.gold.sources and c.gold.targets]
        both = sum(parties_found(c, outputs.get(c.key), table) for c in with_both)
        loose = sum(parties_found(c, outputs.get(c.key), table, either=True) for c in with_both)
        layer, n = "event type and parties", len(with_both)
        scores.append(Score(layer, "both actors", both / max(1, n), n, 0.55))
        scores.append(Score(layer, "both actors, either role", loose / max(1, n), n))
        return Result(tuple(scores), tuple(m for c in cases for m in _misses(c, outputs.get(c.key), table)))

    def oracle(self, case: Case) -> Contract:
        """The gold as one account."""
        table, out, text = data.mapping("plover_gsr"), contract.blank(case.document), str(case.document["text"])
        kinds = {category: kind for kind, category in reversed(table["event_types"].items())}

        def party(named: Named) -> dict[str, Any]:
            at = text.find(named.words)
            where = contract.span(text, at, at + len(named.words)) if at >= 0 else None
            return contract.party(named.words, country=named.code, span=where)

        sides = {"initiators": [party(p) for p in case.gold.sources], "targets": [party(p) for p in case.gold.targets]}
        out["accounts"] = [contract.account(kinds[case.gold.category], **sides)]
        return out


def _case(key: str, row: Mapping[str, Any], table: Mapping[str, Any]) -> Case:
    """Two coded sources without a target are the two sides of one event."""
    sources, targets = _named(row.get("source"), table), _named(row.get("target"), table)
    if len(sources) > 1 and not targets:
        targets = sources
    gold = Gold(table["gold"].get(row["event"], row["event"]), sources, targets)
    return Case(key, {"id": key, "text": row["text"], "language": "en"}, gold)


def _named(parties: object, table: Mapping[str, Any]) -> tuple[Named, ...]:
    listed = parties if isinstance(parties, list) else []
    return tuple(
        Named(p["actorText"], table["countries"].get(p.get("code"), p.get("code")))
        for p in listed
        if p.get("actorText")
    )


def categories(output: Contract | None, table: Mapping[str, Any]) -> list[str]:
    """The categories of our accounts in their order, without those that have none."""
    kinds: Mapping[str, str] = table["event_types"]
    return [kinds[a["event_type"]] for a in contract.accounts(output) if a.get("event_type") in kinds]


def _part(cases: Sequence[Case], part: str, table: Mapping[str, Any]) -> list[Case]:
    return [c for c in cases if part == "all" or (c.gold.category in table["violent"]) == (part == "violent")]


def _category_scores(part: str, cases: Sequence[Case], outputs: Outputs, table: Mapping[str, Any]) -> list[Score]:
    """The first account decides; `any account` tells how much lies in its choice."""
    given = [(c.gold.category, found) for c in cases if (found := categories(outputs.get(c.key), table))]
    right, held = sum(g == f[0] for g, f in given), sum(g in f for g, f in given)
    layer, n, reach = "event type and parties", len(cases), part != "all"
    return [
        Score(
            layer,
            f"category right among outputs, {part}",
            right / max(1, len(given)),
            len(given),
            0.80 if reach else None,
        ),
        Score(layer, f"category recall, {part}", right / max(1, n), n, 0.65 if reach else None),
        Score(layer, f"category recall in any account, {part}", held / max(1, n), n),
    ]


def parties_found(case: Case, output: Contract | None, table: Mapping[str, Any], either: bool = False) -> bool:
    """True where one account has a party of each side, in its role (or in either, for events of equals)."""
    free = either or case.gold.category in table["both_sides"]
    text = str(case.document["text"])

    def held(gold: Sequence[Named], ours: Sequence[Mapping[str, Any]]) -> bool:
        return any(same_party(text, g, o) for g in gold for o in ours)

    for account in contract.accounts(output):
        summary = contract.summary(account)
        left, right = summary.get("initiators") or [], summary.get("targets") or []
        sources, targets = (left + right, left + right) if free else (left, right)
        if held(case.gold.sources, sources) and held(case.gold.targets, targets):
            return True
    return False


def same_party(text: str, gold: Named, party: Mapping[str, Any]) -> bool:
    """True where the words overlap in the text, or the names share their words, or the country code is the same."""
    at, where = text.find(gold.words), party.get("span")
    if at >= 0 and where and overlaps((at, at + len(gold.words)), (where["start"], where["end"])):
        return True
    if gold.code and len(gold.code) == 3 and party.get("country") == gold.code:
        return True
    ours, theirs = set(fold(" ".join(contract.names([party]))).split()), set(fold(gold.words).split())
    return bool(theirs) and (theirs <= ours or (bool(ours) and ours <= theirs))


def _misses(case: Case, output: Contract | None, table: Mapping[str, Any]) -> list[Miss]:
    found, gold = categories(output, table), case.gold
    text, layer = str(case.document["text"]), "event type and parties"
    misses = []
    if not found or found[0] != gold.category:
        kinds = [a.get("event_type") for a in contract.accounts(output)]
        misses.append(Miss(1.0 if found else 0.9, case.key, layer, text, gold.category, f"{found} {kinds}"))
    if gold.sources and gold.targets and not parties_found(case, output, table):
        said = [
            (contract.names(contract.summary(a).get("initiators")), contract.names(contract.summary(a).get("targets")))
            for a in contract.accounts(output)
        ]
        sides = " -> ".join(", ".join(p.words for p in side) for side in (gold.sources, gold.targets))
        misses.append(Miss(0.8, case.key, layer, text, sides, str(said)))
    return misses
