"""re3d: actors, places and weapons in texts on Syria and Iraq, and relations between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bench import contract, data
from bench.metrics import Tally, fold, matching, overlaps
from bench.model import Case, Contract, Miss, Outputs, Result, Score

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tie:
    """A typed pair of stretches of one text."""

    kind: str
    source: Stretch
    target: Stretch


@dataclass(frozen=True, slots=True)
class Gold:
    """Typed stretches by layer, stretches that do not count, and ties."""

    entities: tuple[tuple[str, Stretch], ...]
    ignored: tuple[Stretch, ...]
    ties: tuple[Tie, ...]


class Re3d:
    """Official and encyclopaedic texts with nested entities and relations between them."""

    name: str = "re3d"
    verb: Literal["code", "link"] = "code"
    secret: bool = False

    def files(self, folder: Path) -> list[Path]:
        """One file a publisher."""
        return sorted((folder / "re3d").glob("*.jsonl"))

    def load(self, folder: Path) -> list[Case]:
        """One case a document."""
        table = data.mapping("re3d")
        found = [row for path in self.files(folder) for row in data.rows(path)]
        return [_case(key, row, table) for key, row in zip(data.unique(r["id"] for r in found), found, strict=True)]

    def score(self, cases: Sequence[Case], outputs: Outputs) -> Result:
        """Entity F1 by overlap and typed-pair F1."""
        entities, misses = _score_entities(cases, outputs)
        ties, more = _score_ties(cases, outputs)
        return Result(tuple(entities + ties), tuple(misses + more))

    def oracle(self, case: Case) -> Contract:
        """Gold entities as mentions, gold ties as claims."""
        table, out, text = data.mapping("re3d"), contract.blank(case.document), str(case.document["text"])
        out["mentions"] = [contract.mention(layer, text, *at) for layer, at in case.gold.entities]
        slots = {kind: slot for slot, (kind, start, _) in reversed(table["slots"].items()) if start == "subject"}
        for i, tie in enumerate(case.gold.ties):
            ends = {"subject": tie.source, "object": tie.target}
            refs = {k: {"id": None, "name": text[s:e], "span": contract.span(text, s, e)} for k, (s, e) in ends.items()}
            out["claims"].append({"id": f"c{i}", "slot": slots[tie.kind], "accounts": [], "evidence": [], **refs})
        return out


def _case(key: str, row: Mapping[str, Any], table: Mapping[str, Any]) -> Case:
    """Ties of other kinds, and those with an end that is cut noise, are left out."""
    kinds = table["entities"]
    entities = {(kinds[e["type"]], (e["begin"], e["end"])) for e in row["entities"] if e["type"] in kinds}
    ignored = {(e["begin"], e["end"]) for e in row["entities"] if e["type"] in table["ignored"]}
    ties = {
        one_way(Tie(r["type"], (r["sourceBegin"], r["sourceEnd"]), (r["targetBegin"], r["targetEnd"])), table)
        for r in row["relations"]
        if r["type"] in table["relations"]
    }
    order = sorted(entities, key=lambda e: e[1])
    gold = Gold(tuple(order), tuple(sorted(ignored)), tuple(sorted(ties, key=lambda t: (t.source, t.target))))
    document = {k: row.get(k) for k in ("text", "title", "publisher", "url")} | {"id": key, "language": "en"}
    return Case(key, document, gold)


def one_way(tie: Tie, table: Mapping[str, Any]) -> Tie:
    """A tie that holds either way round, in the order of the text, so that it is not counted once each way."""
    if table["relations"][tie.kind]["symmetric"] and tie.target < tie.source:
        return Tie(tie.kind, tie.target, tie.source)
    return tie


def our_entities(output: Contract | None, gold: Gold, table: Mapping[str, Any]) -> list[tuple[str, Stretch]]:
    """Our mentions by layer, without those that touch only what does not count."""
    kinds: Mapping[str, str] = table["kinds"]
    found = [(kinds[m["kind"]], (m["start"], m["end"])) for m in contract.mentions(output, *kinds)]
    counted = [at for _, at in gold.entities]
    return [
        (layer, at)
        for layer, at in dict.fromkeys(found)
        if any(overlaps(at, g) for g in counted) or not any(overlaps(at, i) for i in gold.ignored)
    ]


def entity_tally(gold: Sequence[tuple[str, Stretch]], ours: Sequence[tuple[str, Stretch]]) -> tuple[Tally, Tally]:
    """(precision side, recall side): gold spans are nested, so several may answer to one of ours and the reverse."""

    def hit(a: tuple[str, Stretch], many: Sequence[tuple[str, Stretch]]) -> bool:
        return any(a[0] == b[0] and overlaps(a[1], b[1]) for b in many)

    return Tally(sum(hit(o, gold) for o in ours), len(ours), 0), Tally(sum(hit(g, ours) for g in gold), 0, len(gold))


def _f1(precision: Tally, recall: Tally) -> float:
    p, r = precision.precision, recall.recall
    return 2 * p * r / (p + r) if p + r else 0.0


def _score_entities(cases: Sequence[Case], outputs: Outputs) -> tuple[list[Score], list[Miss]]:
    table, misses = data.mapping("re3d"), []
    layers = ("all", "actor", "place", "weapon", "all but pronouns")
    p, r, one = ({layer: Tally() for layer in layers} for _ in range(3))
    for case in cases:
        text = str(case.document["text"])
        ours = our_entities(outputs.get(case.key), case.gold, table)
        for layer in layers:
            gold = [
                g
                for g in case.gold.entities
                if layer in (g[0], "all") or (layer == "all but pronouns" and not _pronoun(text, g[1], table))
            ]
            own = [o for o in ours if layer == o[0] or layer.startswith("all")]
            precision, recall = entity_tally(gold, own)
            pairs = matching(gold, own, lambda g, o: g[0] == o[0] and overlaps(g[1], o[1]))
            p[layer] += precision
            r[layer] += recall
            one[layer] += Tally(len(pairs), len(own), len(gold))
        misses += _entity_misses(case, ours)
    name = "actors, places, weapons"
    scores = [
        Score(name, f"entity F1 {la}", _f1(p[la], r[la]), int(r[la].gold), 0.80 if la == "all" else None)
        for la in layers
    ]
    scores.append(Score(name, "entity precision all", p["all"].precision, int(p["all"].ours)))
    scores.append(Score(name, "entity recall all", r["all"].recall, int(r["all"].gold)))
    scores.append(Score(name, "entity F1 all, one to one", one["all"].f1, int(one["all"].gold)))
    return scores, misses


def _pronoun(text: str, at: Stretch, table: Mapping[str, Any]) -> bool:
    return fold(text[at[0] : at[1]]) in table["pronouns"]


def our_ties(output: Contract | None, table: Mapping[str, Any]) -> list[Tie]:
    """Ties from claims about actors and places, and from the parts that accounts give to their participants."""
    found = []
    for claim in contract.claims(output, *table["slots"]):
        kind, start, end = table["slots"][claim["slot"]]
        ends = _stretch(claim.get(start)), _stretch(claim.get(end))
        if ends[0] and ends[1]:
            found.append(Tie(kind, ends[0], ends[1]))
    text = str(((output or {}).get("document") or {}).get("text") or "")
    for account in contract.accounts(output):
        found += _event_ties(output, account, text, table["event"])
    return list(dict.fromkeys(one_way(tie, table) for tie in found))


def _event_ties(
    output: Contract | None, account: Mapping[str, Any], text: str, event: Mapping[str, Any]
) -> Iterator[Tie]:
    def ends(slots: Sequence[str]) -> list[Stretch]:
        return [
            at for c in contract.claims_of(output, account, *slots) if (at := _stretch(c.get("object")) or _evidence(c))
        ]

    for kind, part in (("FightingAgainst", event["fights"]), ("CoLocated", event["located"])):
        for source in ends(part["from"]):
            for target in ends(part["to"]):
                if not overlaps(source, target) and same_sentence(text, source, target):
                    yield Tie(kind, source, target)


def _stretch(ref: Mapping[str, Any] | None) -> Stretch | None:
    at = (ref or {}).get("span")
    return (at["start"], at["end"]) if at else None


def _evidence(claim: Mapping[str, Any]) -> Stretch | None:
    """The words of a claim that names no thing by a span of its own, where they are short enough to be its name."""
    spans = claim.get("evidence") or []
    return (spans[0]["start"], spans[0]["end"]) if spans and spans[0]["end"] - spans[0]["start"] <= 80 else None


def same_sentence(text: str, a: Stretch, b: Stretch) -> bool:
    """True where no end of a sentence stands between the two."""
    between = text[min(a[1], b[1]) : max(a[0], b[0])]
    return len(between) < 300 and not re.search(r"[.!?][\"'”’)]?\s+[A-Z\"'“]|\n\s*\n", between)


def tie_fits(text: str, gold: Tie, own: Tie, symmetric: bool) -> bool:
    """Same kind, and each end touches the gold's or is the same name elsewhere; either way round where symmetric."""

    def end(a: Stretch, b: Stretch) -> bool:
        return overlaps(a, b) or fold(text[a[0] : a[1]]) == fold(text[b[0] : b[1]])

    straight = end(gold.source, own.source) and end(gold.target, own.target)
    return gold.kind == own.kind and (
        straight or (symmetric and end(gold.source, own.target) and end(gold.target, own.source))
    )


def given_entities(case: Case, ties: Sequence[Tie], mentions: Sequence[Stretch]) -> tuple[list[Tie], list[Tie]]:
    """(gold ties both of whose ends we named at all, ties of ours both of whose ends touch a gold entity)."""

    def touches(at: Stretch, many: Sequence[Stretch]) -> bool:
        return any(overlaps(at, m) for m in many)

    entities = [at for _, at in case.gold.entities] + list(case.gold.ignored)
    gold = [t for t in case.gold.ties if touches(t.source, mentions) and touches(t.target, mentions)]
    return gold, [t for t in ties if touches(t.source, entities) and touches(t.target, entities)]


def _score_ties(cases: Sequence[Case], outputs: Outputs) -> tuple[list[Score], list[Miss]]:
    table, misses = data.mapping("re3d"), []
    whole, given = Tally(), Tally()
    kinds = {kind: Tally() for kind in table["relations"]}
    for case in cases:
        text, output = str(case.document["text"]), outputs.get(case.key)
        ties = our_ties(output, table)

        def fits(g: Tie, o: Tie, text: str = text) -> bool:
            return tie_fits(text, g, o, table["relations"][g.kind]["symmetric"])

        pairs = matching(case.gold.ties, ties, fits)
        whole += Tally(len(pairs), len(ties), len(case.gold.ties))
        for kind in kinds:
            right = sum(1 for o in pairs if ties[o].kind == kind)
            own, gold = (sum(1 for t in many if t.kind == kind) for many in (ties, case.gold.ties))
            kinds[kind] += Tally(right, own, gold)
        named = [(m["start"], m["end"]) for m in contract.mentions(output, *table["kinds"])]
        some_gold, some_ours = given_entities(case, ties, named)
        given += Tally(len(matching(some_gold, some_ours, fits)), len(some_ours), len(some_gold))
        misses += _tie_misses(case, ties, pairs)
    scores = [
        Score("relations", "typed pairs F1, given the entities", given.f1, int(given.gold), 0.55),
        Score("relations", "typed pairs F1", whole.f1, int(whole.gold), 0.40),
        Score("relations", "typed pairs precision", whole.precision, int(whole.ours)),
        Score("relations", "typed pairs recall", whole.recall, int(whole.gold)),
    ]
    scores += [
        Score("relations", f"pairs F1, {table['relations'][k]['layer']}", t.f1, int(t.gold)) for k, t in kinds.items()
    ]
    return scores, misses


def _around(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 80) : start]}[[{text[start:end]}]]{text[end : end + 60]}".replace("\n", " ")


def _entity_misses(case: Case, ours: Sequence[tuple[str, Stretch]]) -> list[Miss]:
    text, layer = str(case.document["text"]), "actors, places, weapons"
    lost = [
        (1.0, at, kind, "nothing")
        for kind, at in case.gold.entities
        if not any(kind == k and overlaps(at, o) for k, o in ours)
    ]
    extra = [
        (0.9, at, "nothing", kind)
        for kind, at in ours
        if not any(kind == k and overlaps(at, g) for k, g in case.gold.entities)
    ]
    return [
        Miss(
            cost, case.key, layer, _around(text, *at), f"{gold}: {text[at[0] : at[1]]}", f"{own}: {text[at[0] : at[1]]}"
        )
        for cost, at, gold, own in lost + extra
    ]


def _tie_misses(case: Case, ties: Sequence[Tie], pairs: Mapping[int, int]) -> list[Miss]:
    text, found = str(case.document["text"]), set(pairs.values())

    def words(tie: Tie) -> str:
        return f"{text[slice(*tie.source)]} --{tie.kind}--> {text[slice(*tie.target)]}"

    def where(tie: Tie) -> str:
        return _around(text, min(tie.source[0], tie.target[0]), max(tie.source[1], tie.target[1]))

    lost = [
        Miss(0.8, case.key, "relations", where(t), words(t), "nothing")
        for i, t in enumerate(case.gold.ties)
        if i not in found
    ]
    return lost + [
        Miss(0.7, case.key, "relations", where(t), "nothing", words(t)) for i, t in enumerate(ties) if i not in pairs
    ]
