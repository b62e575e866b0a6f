"""When one of our claims, or attributions, answers to a gold row of a story."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench import contract
from bench.metrics import Tally
from bench.model import Contract

COUNTS = frozenset({"killed", "injured", "harmed", "captured", "detained", "released", "missing", "displaced"})


def words_hold(text: str, output: Contract) -> bool:
    """True where every claim has evidence and every quote is what stands at its offsets."""
    return all(
        c["evidence"] and all(text[s["start"] : s["end"]] == s["quote"] for s in c["evidence"])
        for c in contract.claims(output)
    )


def overlap(gold: Iterable[Sequence[int]], own: Iterable[Mapping[str, Any]]) -> float:
    """How well our words are the gold's: half of a gold span and no more than three times it, or a good part of it."""
    best = 0.0
    own = list(own)
    for start, end in gold:
        size = end - start
        for span in own:
            shared, length = min(end, span["end"]) - max(start, span["start"]), span["end"] - span["start"]
            covers = shared >= size / 2 and length <= 3 * size
            inside = shared == length and shared >= size / 4
            if shared > 0 and (covers or inside):
                best = max(best, shared / size - length / 10000)
    return best


def stance_fits(gold: Mapping[str, Any], claim: Mapping[str, Any]) -> bool:
    """The same stance, or a denial put as an asserted nought."""
    return bool(claim["stance"] == gold["stance"] or _nought(gold, claim))


def _nought(gold: Mapping[str, Any], claim: Mapping[str, Any]) -> bool:
    return gold["stance"] == "denies" and claim["stance"] == "asserts" and (claim["value"] or {}).get("high") == 0


def fit(gold: Mapping[str, Any], claim: Mapping[str, Any], with_stance: bool = True) -> float:
    """How well a claim answers to a gold row; 0 where it does not."""
    if claim["slot"] not in gold["slots"] or (with_stance and not stance_fits(gold, claim)):
        return 0.0
    speaker = claim.get("speaker") or {}
    if not _any_word(gold["speakers"], [speaker.get(k) for k in ("id", "name", "kind")]):
        return 0.0
    wanted, value = gold.get("value") or {}, claim["value"] or {}
    ends = (wanted.get("low"), wanted.get("high"))
    counted = claim["slot"] in COUNTS and "low" in wanted and not _nought(gold, claim)
    if counted and (value.get("low"), value.get("high")) != ends:
        return 0.0
    if claim["slot"] == "date" and wanted.get("start") and not _any_word([wanted["start"]], value):
        return 0.0
    said = [claim.get("subject"), claim.get("object"), claim.get("value"), [s["quote"] for s in claim["evidence"]]]
    if not all(_any_word(group, said) for group in gold.get("about") or []):
        return 0.0
    return overlap(gold["spans"], claim["evidence"])


def _any_word(words: Iterable[str], where: object) -> bool:
    said = json.dumps(where, ensure_ascii=False).lower().replace("’", "'")
    return any(word.lower() in said for word in words)


def pairs(
    gold: Sequence[Mapping[str, Any]], ours: Sequence[Mapping[str, Any]], with_stance: bool = True
) -> dict[int, int]:
    """A largest one-to-one matching, best fit first: index of ours -> index of gold."""
    options = []
    for row in gold:
        ranked = sorted(((fit(row, claim, with_stance), i) for i, claim in enumerate(ours)), reverse=True)
        options.append([i for score, i in ranked if score > 0])
    owner: dict[int, int] = {}

    def place(g: int, seen: set[int]) -> bool:
        for o in options[g]:
            if o not in seen:
                seen.add(o)
                if o not in owner or place(owner[o], seen):
                    owner[o] = g
                    return True
        return False

    for g in sorted(range(len(gold)), key=lambda g: len(options[g])):
        place(g, set())
    return owner


def _characters(spans: Iterable[Any]) -> set[int]:
    found: set[int] = set()
    for span in spans:
        if span:
            found.update(range(span["start"], span["end"]) if isinstance(span, Mapping) else range(*span))
    return found


def attributions(gold: Sequence[Mapping[str, Any]], ours: Sequence[Mapping[str, Any]]) -> tuple[Tally, Tally]:
    """Characters shared by sources and by contents; two attributions answer by their cues, or contents without one."""

    def anchor(a: Mapping[str, Any]) -> set[int]:
        return _characters([a["cue"]]) or _characters(a["content"])

    source, content, free = Tally(), Tally(), list(ours)
    for row in gold:
        where = anchor(row)
        best = max(free, key=lambda o: len(where & anchor(o)), default=None)
        own: Mapping[str, Any] = {"source": None, "content": []}
        if best is not None and where & anchor(best):
            free.remove(best)
            own = best
        source += _shared(_characters([row["source"]]), _characters([own["source"]]))
        content += _shared(_characters(row["content"]), _characters(own["content"]))
    for own in free:
        source += _shared(set(), _characters([own["source"]]))
        content += _shared(set(), _characters(own["content"]))
    return source, content


def _shared(gold: set[int], own: set[int]) -> Tally:
    return Tally(len(gold & own), len(own), len(gold))


def as_claim(key: str, row: Mapping[str, Any], text: str) -> dict[str, Any]:
    """A claim that answers to a gold row, for the oracle."""
    value = row.get("value")
    said = " ".join(group[0] for group in row.get("about") or [])
    return {
        "id": key,
        "accounts": [],
        "slot": row["slots"][0],
        "stance": row["stance"],
        "value": value,
        "subject": {"id": None, "name": said, "span": None},
        "object": None,
        "speaker": {"id": None, "name": row["speakers"][0], "kind": "actor"},
        "evidence": [contract.span(text, *row["spans"][0])],
    }
