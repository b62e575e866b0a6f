"""Reports with gold claims, attributions and events: recall by tier, attribution, stance, main event."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bench import contract, data
from bench.metrics import Tally
from bench.model import Case, Contract, Miss, Outputs, Result, Score
from bench.sets import claim_match as match


@dataclass(frozen=True)
class Stories:
    """A folder of KEY.txt with KEY.gold.json.

    Args:
        name: the set's name.
        folders: where to look, relative to the data folder's parent or to the checkout; the first that has files.
        secret: True for a folder whose texts must not be shown: figures only.
    """

    name: str
    folders: tuple[str, ...]
    secret: bool = False
    verb: Literal["code", "link"] = "code"

    def files(self, folder: Path) -> list[Path]:
        """The gold files and their texts."""
        for base in (folder.parent, data.ROOT):
            for name in self.folders:
                found = sorted((base / name).glob("*.gold.json"))
                if found:
                    return [
                        p for g in found for p in (g, g.with_name(g.name.replace(".gold.json", ".txt"))) if p.exists()
                    ]
        return []

    def load(self, folder: Path) -> list[Case]:
        """One case a report; a gold file without claims of its own (a whole world's) is left out."""
        found = self.files(folder)
        cases = []
        for path in (p for p in found if p.name.endswith(".gold.json")):
            gold, text = (
                json.loads(path.read_text(encoding="utf-8")),
                path.with_name(path.name.replace(".gold.json", ".txt")),
            )
            if "claims" in gold and text in found:
                key = path.name.removesuffix(".gold.json")
                head = {k: gold.get(k) for k in ("title", "published", "publisher")}
                cases.append(Case(key, {"id": key, "text": text.read_text(encoding="utf-8"), **head}, gold))
        return cases

    def score(self, cases: Sequence[Case], outputs: Outputs) -> Result:
        """Claims, attributions, stance, main event; claims without right words are an error and count as none."""
        sound = {
            c.key: outputs[c.key]
            for c in cases
            if c.key in outputs and match.words_hold(c.document["text"], outputs[c.key])
        }
        broken = "a claim without words, or with words that do not stand at their offsets: the report counts as empty"
        unsound = [
            Miss(9.0, c.key, "claims of reports", "", "", broken)
            for c in cases
            if c.key in outputs and c.key not in sound
        ]
        claims, misses = _claim_scores(cases, sound)
        scores = claims + _attribution_scores(cases, sound) + _event_scores(cases, sound)
        return Result(tuple(scores), tuple(unsound + misses))

    def oracle(self, case: Case) -> Contract:
        """The gold claims, attributions and main event as an output."""
        out, text = contract.blank(case.document), str(case.document["text"])
        out["claims"] = [match.as_claim(f"c{i}", row, text) for i, row in enumerate(case.gold["claims"])]

        def at(pair: Sequence[int] | None) -> dict[str, Any] | None:
            return contract.span(text, *pair) if pair else None

        out["attributions"] = [
            {"source": at(a["source"]), "cue": at(a["cue"]), "content": [at(p) for p in a["content"]]}
            for a in case.gold["attributions"]
        ]
        main = next((e for e in case.gold["events"] if e["main"]), None)
        if main:
            out["accounts"] = [contract.account(main["type"], killed=main["killed"])]
        return out


def _claim_scores(cases: Sequence[Case], outputs: Outputs) -> tuple[list[Score], list[Miss]]:
    """Recall by tier, share of ours that match, and stance where a claim is found but for its stance."""
    tiers = {1: [0, 0], 2: [0, 0], 3: [0, 0]}
    total = matched = stances = same = 0
    misses: list[Miss] = []
    for case in cases:
        gold, ours = case.gold["claims"], contract.claims(outputs.get(case.key))
        owner = match.pairs(gold, ours)
        found = set(owner.values())
        total, matched = total + len(ours), matched + len(owner)
        for i, row in enumerate(gold):
            tiers[row["tier"]][0] += i in found
            tiers[row["tier"]][1] += 1
        loose = match.pairs(gold, ours, with_stance=False)
        stances += len(loose)
        same += sum(match.stance_fits(gold[g], ours[o]) for o, g in loose.items())
        misses += _misses(case, ours, owner)
    scores = [
        Score("claims of reports", f"tier {tier} recall", right / max(1, n), n, 0.90 if tier == 1 else None)
        for tier, (right, n) in tiers.items()
    ]
    scores.append(Score("claims of reports", "share of ours that match", matched / max(1, total), total, 0.60))
    scores.append(Score("stance", "stance accuracy on matched", same / max(1, stances), stances, 0.95))
    return scores, misses


def _attribution_scores(cases: Sequence[Case], outputs: Outputs) -> list[Score]:
    source, content = Tally(), Tally()
    for case in cases:
        ours = (outputs.get(case.key) or {}).get("attributions") or []
        one, two = match.attributions(case.gold["attributions"], ours)
        source, content = source + one, content + two
    n = sum(len(c.gold["attributions"]) for c in cases)
    return [
        Score("speaker, cue, content", "source F1", source.f1, n, 0.88),
        Score("speaker, cue, content", "content F1", content.f1, n, 0.88),
    ]


def _event_scores(cases: Sequence[Case], outputs: Outputs) -> list[Score]:
    kinds = killed = n = 0
    for case in cases:
        main = next((e for e in case.gold["events"] if e["main"]), None)
        if main is None:
            continue
        first = contract.first_account(outputs.get(case.key))
        mine, gold = contract.summary(first).get("killed") or {}, main["killed"] or {}
        n += 1
        kinds += first.get("event_type") == main["type"]
        killed += all(mine.get(end) == gold.get(end) for end in ("low", "high"))
    layer = "main event"
    return [
        Score(layer, "type of main event", kinds / max(1, n), n),
        Score(layer, "killed range of main event", killed / max(1, n), n),
    ]


def _misses(case: Case, ours: Sequence[Mapping[str, Any]], owner: Mapping[int, int]) -> list[Miss]:
    """Gold claims without a match, dearest first, and ours that match nothing."""
    text, found, layer = str(case.document["text"]), set(owner.values()), "claims of reports"

    def words(spans: Sequence[Sequence[int]]) -> str:
        return " / ".join(text[a:b] for a, b in spans)

    lost = [
        Miss(
            4.0 - row["tier"], case.key, layer, words(row["spans"]),
            f"{row['claim_id']} tier {row['tier']}: {row['statement']} ({', '.join(row['slots'])};"
            f" {row['stance']}; {row['speakers'][0]})",
            "nothing",
        )
        for i, row in enumerate(case.gold["claims"])
        if i not in found
    ]  # fmt: skip
    extra = [
        Miss(
            0.5, case.key, layer, " / ".join(s["quote"] for s in claim["evidence"]), "nothing",
            f"{claim['slot']} {claim['stance']} {claim.get('value')} by {(claim.get('speaker') or {}).get('name')}",
        )
        for i, claim in enumerate(ours)
        if i not in owner
    ]  # fmt: skip
    return lost + extra
