"""MUC-4's rules of scoring, as far as they can be applied without a person: slot by slot, then the alignment.

A fill is right (1), half right (.5) or wrong (0). Fills of a slot are paired so that the sum is greatest; what is left
over on our side is spurious, on the key's side missing unless it is optional. Templates are paired so that the sum over
all slots is greatest; a pair needs types that agree at least half and one more slot that agrees at least half. All
templates count: a template of ours without a partner is spurious in every slot, one of the key's missing in every slot
unless it is optional.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bench.metrics import Tally, assignment
from bench.sets.muc4_key import SLOTS, Fill, Template, interval, levels

_SPELLED_ALIKE = 88  # of 100: keys of 1992 spell many a village in their own way
_IDLE = frozenset({"the", "a", "an", "of", "in", "by", "and", "some", "several", "member", "members", "group"})


@dataclass(frozen=True, slots=True)
class Judged:
    """What one message comes to: a tally a slot, pairs (ours, key), and how many templates were right, ours, wanted."""

    slots: Mapping[str, Tally]
    pairs: tuple[tuple[int, int], ...]
    templates: Tally


def judge(key: Sequence[Template], ours: Sequence[Template], compatible: Sequence[Sequence[str]]) -> Judged:
    """Align and score the templates of one message."""
    weight = [[_weight(k, o, compatible) for k in key] for o in ours]
    pairs = assignment(weight) if key and ours else []
    slots = {slot: Tally() for slot in SLOTS}
    for o, k in pairs:
        for slot in SLOTS:
            slots[slot] += slot_tally(slot, key[k].fills(slot), ours[o].fills(slot), compatible)
    for o in set(range(len(ours))) - {o for o, _ in pairs}:
        for slot in SLOTS:
            slots[slot] += Tally(0, len(ours[o].fills(slot)), 0)
    missed = [key[k] for k in set(range(len(key))) - {k for _, k in pairs} if not key[k].optional]
    for lost in missed:
        for slot in SLOTS:
            slots[slot] += Tally(0, 0, sum(not f.optional for f in lost.fills(slot)))
    return Judged(slots, tuple(pairs), Tally(len(pairs), len(ours), len(pairs) + len(missed)))


def _weight(key: Template, ours: Template, compatible: Sequence[Sequence[str]]) -> float:
    right = {slot: slot_tally(slot, key.fills(slot), ours.fills(slot), compatible).right for slot in SLOTS}
    content = sum(score for slot, score in right.items() if slot not in ("type", "stage"))
    return right["type"] + content + right["stage"] / 10 if right["type"] and content else 0.0


def slot_tally(slot: str, key: Sequence[Fill], ours: Sequence[Fill], compatible: Sequence[Sequence[str]] = ()) -> Tally:
    """Right, given and wanted fills of one slot of a pair of templates."""
    weight = [[fill_score(slot, k, o, compatible) for k in key] for o in ours]
    pairs = assignment(weight) if key and ours else []
    found = {k for _, k in pairs}
    wanted = sum(1 for i, k in enumerate(key) if i in found or not k.optional)
    return Tally(sum(weight[o][k] for o, k in pairs), len(ours), wanted)


def fill_score(slot: str, key: Fill, ours: Fill, compatible: Sequence[Sequence[str]] = ()) -> float:
    """1 right, .5 half right, 0 wrong."""
    if slot == "date":
        return max((_date(k, o) for k in key.values for o in ours.values), default=0.0)
    if slot == "place":
        return max((_place(levels(k), ours) for k in key.values), default=0.0)
    if slot in ("type", "stage"):
        return max((_type(k, o, compatible) for k in key.values for o in ours.values), default=0.0)
    named = strings(key.strings, ours.strings)
    if slot in ("confidence", "number", "effect"):
        match = number if slot == "number" else _same
        value = max((match(k, o) for k in key.values for o in ours.values), default=0.0)
        # The value without the right reference is half right; the reference without the value is nothing.
        return value * (1.0 if named or not key.strings or not ours.strings else 0.5)
    return named


def _same(key: str, ours: str) -> float:
    return 1.0 if key == ours else 0.0


def _type(key: str, ours: str, compatible: Sequence[Sequence[str]]) -> float:
    if key == ours:
        return 1.0
    return 0.5 if any({key, ours} == set(pair) for pair in compatible) else 0.0


def _date(key: str, ours: str) -> float:
    """Right where first and last day are the same, half where the two may be the same day."""
    a, b = interval(key), interval(ours)
    if a is None or b is None:
        return 0.0
    if a == b:
        return 1.0
    apart = (a[1] or "9") < (b[0] or "") or (b[1] or "9") < (a[0] or "")
    return 0.0 if apart else 0.5


def _place(key: Sequence[str], ours: Fill) -> float:
    """Right where our narrowest name (any of `values`) is the key's; half where we share a wider one, or are inside it.

    `values` of ours are names of the place itself, `strings` the areas that it lies in, widest first.
    """
    narrow = {v for name in ours.values for v in levels(name)}
    wide = set(ours.strings)
    if not key:
        return 0.0
    if any(near(key[-1], name) or f" {key[-1]} " in f" {name} " for name in narrow):
        return 1.0
    return 0.5 if any(near(level, name) for level in key for name in narrow | wide) else 0.0


def near(a: str, b: str) -> bool:
    """The same name, or one with a word like city more, or one that differs in spelling only."""
    if a == b:
        return True
    drop = {"city", "department", "province", "de", "del", "la", "el", "los", "las", "in", "near"}
    core_a, core_b = [w for w in a.split() if w not in drop], [w for w in b.split() if w not in drop]
    if core_a and core_a == core_b:
        return True
    joined_a, joined_b = "".join(core_a), "".join(core_b)
    return min(len(joined_a), len(joined_b)) >= 6 and fuzz.ratio(joined_a, joined_b) >= _SPELLED_ALIKE


def strings(key: Sequence[str], ours: Sequence[str]) -> float:
    """1 where a string is an alternative of the key, or holds one or lies in one with the same last word; .5 where
    they share a word that carries meaning; 0 else."""
    best = 0.0
    for k in key:
        for o in ours:
            words_k, words_o = _words(k), _words(o)
            if not words_k or not words_o:
                best = max(best, float(k == o))
            elif words_k[-1] == words_o[-1] and (set(words_k) <= set(words_o) or set(words_o) <= set(words_k)):
                return 1.0
            elif set(words_k) & set(words_o):
                best = max(best, 0.5)
    return best


def _words(text: str) -> list[str]:
    found = [w[:-1] if len(w) > 4 and w.endswith("s") else w for w in text.split() if w not in _IDLE]
    return found or text.split()


def number(key: str, ours: str) -> float:
    """`6`, `~40` (about), `-26` (up to), `5-` (at least), `3 - 5`, PLURAL; half where the ranges meet."""
    a, b = _bounds(key), _bounds(ours)
    if a is None or b is None:
        return 0.0
    if key.lstrip("~ ") == ours.lstrip("~ ") or a == b:
        return 1.0
    if "PLURAL" in (key, ours):
        other = b if key == "PLURAL" else a
        return 1.0 if other[1] is None and (other[0] or 0) >= 2 and key == "PLURAL" else 0.0
    meets = (a[0] or 0) <= (b[1] if b[1] is not None else 10**9) and (b[0] or 0) <= (
        a[1] if a[1] is not None else 10**9
    )
    return 0.5 if meets else 0.0


def _bounds(value: str) -> tuple[int | None, int | None] | None:
    if value == "PLURAL":
        return 2, None
    digits = [int(n) for n in re.findall(r"\d+", value.replace(",", ""))]
    if not digits:
        return None
    if len(digits) > 1:
        return digits[0], digits[1]
    bare = value.strip(" ~")
    return (
        (None, digits[0])
        if bare.startswith("-")
        else (digits[0], None)
        if bare.endswith("-")
        else (digits[0], digits[0])
    )
