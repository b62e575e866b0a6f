"""MUC-4: is there an incident of its kinds at all, and the slots of its templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from bench import contract, data
from bench.metrics import Tally
from bench.model import Case, Contract, Miss, Outputs, Result, Score
from bench.sets import muc4_key, muc4_ours
from bench.sets.muc4_key import SLOTS, Fill, Template
from bench.sets.muc4_rules import judge

_EVENTS, _WHO, _VICTIMS = "events, type, place, date", "perpetrator and confidence", "victims: number, effect"
LAYERS: Mapping[str, tuple[str, float | None, float | None]] = {
    "type": (_EVENTS, 0.55, 0.65),
    "place": (_EVENTS, 0.55, 0.65),
    "date": (_EVENTS, 0.55, 0.65),
    "stage": (_EVENTS, None, None),
    "individual": (_WHO, None, None),
    "organization": (_WHO, None, None),
    "confidence": (_WHO, 0.48, 0.60),
    "victim": (_VICTIMS, None, None),
    "number": (_VICTIMS, 0.60, 0.68),
    "effect": (_VICTIMS, 0.60, 0.68),
    "target": ("targets and instruments", None, None),
    "instrument": ("targets and instruments", None, None),
}


class Muc4:
    """Upper-case reports from Latin America with answer keys."""

    name: str = "muc4"
    verb: Literal["code", "link"] = "code"
    secret: bool = False

    def files(self, folder: Path) -> list[Path]:
        """The one file of the set."""
        return sorted((folder / "muc4").glob("*.jsonl"))

    def load(self, folder: Path) -> list[Case]:
        """One case a message, in capitals as it is; its date stands in its dateline and nowhere else."""
        return [
            Case(
                row["id"],
                {"id": row["id"], "text": row["text"], "language": "en"},
                muc4_key.templates(row["templates"]),
            )
            for path in self.files(folder)
            for row in data.rows(path)
            if row["has_key"]
        ]

    def score(self, cases: Sequence[Case], outputs: Outputs) -> Result:
        """Relevance of messages, templates found, and F1 of every slot over all templates."""
        table, misses = data.mapping("muc4"), []
        relevance, recent, found, counted = Tally(), Tally(), Tally(), 0
        slots = {slot: Tally() for slot in SLOTS}
        for case in cases:
            key: tuple[Template, ...] = case.gold
            ours = muc4_ours.templates(outputs.get(case.key), table)
            verdict = judge(key, ours, table["compatible"])
            relevance += Tally(bool(key) and bool(ours), bool(ours), bool(key))
            young = muc4_ours.templates(outputs.get(case.key), table, recent_only=True)
            recent += Tally(bool(key) and bool(young), bool(young), bool(key))
            found += verdict.templates
            counted += sum(not t.optional for t in key) <= len(ours) <= len(key)
            slots = {slot: tally + verdict.slots[slot] for slot, tally in slots.items()}
            misses += _misses(case, ours, verdict.slots)
        n = len(cases)
        scores = [
            Score("relevance", "relevance F1", relevance.f1, n, 0.80, 0.88),
            Score("relevance", "relevance precision", relevance.precision, int(relevance.ours)),
            Score("relevance", "relevance recall", relevance.recall, int(relevance.gold)),
            Score("relevance", "relevance F1, recent events only", recent.f1, n),
            Score(_EVENTS, "number of events right", counted / max(1, n), n),
            Score(_EVENTS, "templates F1", found.f1, int(found.gold)),
        ]
        return Result((*scores, *_slot_scores(slots)), tuple(misses))

    def oracle(self, case: Case) -> Contract:
        """The key as accounts."""
        out, table = contract.blank(case.document), data.mapping("muc4")
        for i, template in enumerate(case.gold):
            account, claims = _account(f"a{i}", template, table)
            out["accounts"].append(account)
            out["claims"] += claims
        return out


def _slot_scores(slots: Mapping[str, Tally]) -> list[Score]:
    three = slots["type"] + slots["place"] + slots["date"]
    scores = [Score(_EVENTS, "type, place and date F1", three.f1, int(three.gold), 0.55, 0.65)]
    for slot, (layer, reach, stretch) in LAYERS.items():
        scores.append(Score(layer, f"{slot} F1", slots[slot].f1, int(slots[slot].gold), reach, stretch))
    everything = sum(slots.values(), Tally())
    scores.append(Score("all slots", "all slots F1", everything.f1, int(everything.gold)))
    return scores


def _show(templates: Sequence[Template]) -> str:
    lines = []
    for i, t in enumerate(templates):
        fills = "; ".join(f"{slot} = {' + '.join(_fill(f) for f in t.fills(slot))}" for slot in SLOTS if t.fills(slot))
        lines.append(f"({i + 1}{' optional' if t.optional else ''}) {fills}")
    return "\n".join(lines) or "no incident"


def _fill(fill: Fill) -> str:
    mark = "?" if fill.optional else ""
    return mark + ": ".join(p for p in ("/".join(fill.values), "/".join(fill.strings[:3])) if p)


def _misses(case: Case, ours: Sequence[Template], slots: Mapping[str, Tally]) -> list[Miss]:
    """One miss a message, by how many fills are wrong; a wrong relevance comes on top."""
    whole = sum(slots.values(), Tally())
    cost = whole.gold + whole.ours - 2 * whole.right
    if not cost:
        return []
    layer = "relevance" if bool(case.gold) != bool(ours) else "slots"
    return [
        Miss(
            cost + (5 if layer == "relevance" else 0),
            case.key,
            layer,
            str(case.document["text"]),
            _show(case.gold),
            _show(ours),
        )
    ]


def _account(key: str, template: Template, table: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A template as an account and its claims, the way back through the mapping table, for the oracle."""
    kinds = {kind: event for event, kind in reversed(table["event_types"].items())} | {"ATTACK": "attack_on_civilians"}
    types = template.fills("type")
    kind = types[0].values[0] if types else "ATTACK"
    claims = [_claim(f"{key}w{i}", "weapon", f) for i, f in enumerate(template.fills("instrument"))]
    claims += [_claim(f"{key}t{i}", "target_object", f) for i, f in enumerate(template.fills("target"))]
    if kind not in kinds:
        claims.append(_claim(f"{key}k", "method", Fill((), ({"ARSON": "arson"}.get(kind, "stoppage"),))))
    stage = template.fills("stage")[0].values[0] if template.fills("stage") else "ACCOMPLISHED"
    confidence = {v: k for k, values in reversed(table["confidence"].items()) for v in values}
    said = {s: f.values[0] for f in template.fills("confidence") for s in f.strings}
    parties = [
        {"name": f.strings[0], "kind": "person", "id": None, "confidence": "reported"}
        for f in template.fills("individual")
    ]
    parties += [
        {
            "name": f.strings[0],
            "kind": "group",
            "id": None,
            "confidence": confidence.get(said.get(f.strings[0], ""), "reported"),
        }
        for f in template.fills("organization")
    ]
    account = contract.account(
        kinds.get(kind, "attack"),
        id=key,
        modality={"ATTEMPTED": "attempted", "THREATENED": "threatened"}.get(stage, "actual"),
        claims=[c["id"] for c in claims],
        date=_oracle_date(template),
        place=_oracle_place(template),
        initiators=parties,
        targets=[contract.party(f.strings[0]) for f in template.fills("victim")],
        harm=_oracle_harm(template, table),
    )
    return account, claims


def _claim(key: str, slot: str, fill: Fill) -> dict[str, Any]:
    return {
        "id": key,
        "slot": slot,
        "object": {"name": fill.strings[0], "span": None},
        "evidence": [{"quote": fill.strings[0]}],
    }


def _oracle_date(template: Template) -> dict[str, Any] | None:
    found = [i for f in template.fills("date") for v in f.values if (i := muc4_key.interval(v))]
    return {"start": found[0][0], "end": found[0][1], "precision": "day"} if found else None


def _oracle_place(template: Template) -> dict[str, Any] | None:
    found = [muc4_key.levels(v) for f in template.fills("place") for v in f.values]
    return (
        {"name": found[0][-1], "country": found[0][0], "admin1": None, "admin2": None} if found and found[0] else None
    )


def _oracle_harm(template: Template, table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row a pair of number and effect that speak of the same people."""
    outcomes = {
        e: (o, side) for o, row in reversed(table["effects"].items()) for side in ("none", "some") for e in row[side]
    }
    effects = list(template.fills("effect"))
    rows = []
    for fill in template.fills("number"):
        same = next((e for e in effects if set(e.strings) & set(fill.strings)), None)
        if same:
            effects.remove(same)
        outcome, side = outcomes.get(same.values[0], ("captured", "some")) if same else ("captured", "some")
        rows.append(_row(outcome, fill.strings, fill.values[0] if side == "some" else "0"))
    for fill in effects:
        if fill.values[0] in outcomes:
            outcome, side = outcomes[fill.values[0]]
            rows.append(_row(outcome, fill.strings, "0" if side == "none" else "1"))
    return rows


def _row(outcome: str, names: Sequence[str], number: str) -> dict[str, Any]:
    """Bounds as the key's notation has them."""
    digits = int("".join(c for c in number if c.isdigit()) or 2)
    low = None if number.startswith("-") else digits
    high = None if number.endswith("-") or number == "PLURAL" else digits
    group = names[0] if names else None
    return {
        "outcome": outcome,
        "group": group,
        "status": "unknown",
        "side": None,
        "low": low,
        "best": low,
        "high": high,
    }
