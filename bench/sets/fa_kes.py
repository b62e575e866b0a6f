"""FA-KES: killed, place, cause and actor of the event that an article is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bench import contract, data
from bench.metrics import fold
from bench.model import Case, Contract, Miss, Outputs, Result, Score


@dataclass(frozen=True, slots=True)
class Gold:
    """What the coders say of an article's main event."""

    killed: int
    place: str
    cause: str
    actor: str


class FaKes:
    """Articles on the Syrian war, one event each."""

    name: str = "fa_kes"
    verb: Literal["code", "link"] = "code"
    secret: bool = False

    def files(self, folder: Path) -> list[Path]:
        """The one file of the set."""
        return sorted((folder / "fa_kes").glob("*.jsonl"))

    def load(self, folder: Path) -> list[Case]:
        """One case an article; ids that repeat are numbered."""
        found = [row for path in self.files(folder) for row in data.rows(path)]
        return [_case(key, row) for key, row in zip(data.unique(r["id"] for r in found), found, strict=True)]

    def score(self, cases: Sequence[Case], outputs: Outputs) -> Result:
        """Share of articles that are right, layer by layer, and what the first account costs."""
        table = data.mapping("fa_kes")
        judged = [(case, _judge(case.gold, outputs.get(case.key), table)) for case in cases]
        n = len(cases)
        scores = [
            Score(layer, measure, sum(verdict[measure][0] for _, verdict in judged) / max(1, n), n, reach)
            for layer, measure, reach in MEASURES
        ]
        misses = [m for case, verdict in judged for m in _misses(case, verdict)]
        return Result(tuple(scores), tuple(misses))

    def oracle(self, case: Case) -> Contract:
        """The gold, with a type and a name that map to its classes."""
        table = data.mapping("fa_kes")
        gold: Gold = case.gold
        kinds = {cause: kind for kind, cause in table["causes"]["event_types"].items()}
        words = next((words for actor, words in table["actors"] if actor == gold.actor), None)
        out = contract.blank(case.document)
        out["accounts"] = [
            contract.account(
                kinds.get(gold.cause, "attack"),
                killed=contract.exactly(gold.killed),
                place={"name": gold.place, "admin1": None, "admin2": None},
                initiators=[contract.party(words[0])] if words else [],
            )
        ]
        return out


MEASURES: tuple[tuple[str, str, float | None], ...] = (
    ("killed, main event", "killed exact", 0.88),
    ("killed, main event", "killed exact in any account", None),
    ("killed, main event", "killed within the range", None),
    ("place, main event", "place", 0.85),
    ("what happened", "cause", 0.80),
    ("who did it", "actor class", 0.72),
)


def _case(key: str, row: Mapping[str, Any]) -> Case:
    """An article as it is fed in: its own date is the event's and often wrong, so `published` stays unknown."""
    document = {"id": key, "text": row["text"], "title": row["title"], "publisher": row["outlet"], "language": "en"}
    killed = int(row["killed_civilians"] or 0) + int(row["killed_noncivilians"] or 0)
    return Case(key, document, Gold(killed, row["location"], row["cause_of_death"], row["actor"]))


def _judge(gold: Gold, output: Contract | None, table: Mapping[str, Any]) -> dict[str, tuple[bool, str, str]]:
    """By measure: whether it is right, the gold and ours in words. No number given is read as nobody killed."""
    account = contract.first_account(output)
    summary = contract.summary(account)
    killed = summary.get("killed") or {}
    ours = contract.best(killed)
    every = {contract.best(contract.summary(a).get("killed")) or 0 for a in contract.accounts(output)} or {0}
    low, high = killed.get("low") or 0, killed.get("high")
    within = low <= gold.killed and (gold.killed <= high if high is not None else bool(killed))
    place, cause = summary.get("place"), cause_of(account, table["causes"])
    actor = actor_of(summary.get("initiators") or [], table)
    said, shown = str(gold.killed), f"{ours} ({killed.get('low')}-{killed.get('high')})"
    return {
        "killed exact": ((ours or 0) == gold.killed, said, shown),
        "killed exact in any account": (gold.killed in every, said, str(sorted(every))),
        "killed within the range": (within if killed else gold.killed == 0, said, shown),
        "place": (place_fits(gold.place, place, table), gold.place, _place_words(place)),
        "cause": (cause == gold.cause, gold.cause, f"{cause} ({account.get('event_type')}, {summary.get('weapon')})"),
        "actor class": (actor == gold.actor, gold.actor, f"{actor} ({contract.names(summary.get('initiators'))})"),
    }


def place_fits(gold: str, place: Mapping[str, Any] | None, table: Mapping[str, Any]) -> bool:
    """True where our place is the gold's area or lies in it, by its names."""
    if not place:
        return False
    drop, allowed = set(table["area_words"]), set(table["places"].get(gold, [fold(gold)]))
    own = [place.get(k) for k in ("name", "admin1", "admin2")]
    folded = {" ".join(w for w in fold(name).split() if w not in drop) for name in own if name}
    return bool(folded & allowed)


def cause_of(account: Mapping[str, Any], table: Mapping[str, Any]) -> str:
    """The cause class of an account, by the mapping table."""
    kind = account.get("event_type")
    weapon = f" {fold(str(contract.summary(account).get('weapon') or '').replace('_', ' '))} "
    if weapon.strip() and (kind in table["weapon_first_for"] or kind not in table["event_types"]):
        for cause, words in table["weapons"].items():
            if any(f" {word} " in weapon or f" {word}s " in weapon for word in words):
                return str(cause)
    return str(table["event_types"].get(kind, table["other"]))


def actor_of(parties: Sequence[Mapping[str, Any]], table: Mapping[str, Any]) -> str:
    """The actor class of the first initiator that has one."""
    for party in parties:
        said = " ".join(
            f" {fold(str(s).replace('_', ' '))} " for s in (*contract.names([party]), party.get("id") or "")
        )
        for actor, words in table["actors"]:
            if any(f" {word} " in said for word in words):
                return str(actor)
    return str(table["unknown_actor"])


def _place_words(place: Mapping[str, Any] | None) -> str:
    return "-" if not place else " | ".join(str(place.get(k)) for k in ("name", "admin2", "admin1", "country"))


def _misses(case: Case, verdict: Mapping[str, tuple[bool, str, str]]) -> list[Miss]:
    """The wrong layers of one article; a wrong number costs more the further off it is."""
    cost: dict[str, Callable[[], float]] = {"killed exact": lambda: 2.0 + min(1.0, case.gold.killed / 1000)}
    shown = [(layer, measure) for layer, measure, reach in MEASURES if reach is not None]
    return [
        Miss(
            cost.get(measure, lambda: 1.0)(),
            case.key,
            layer,
            str(case.document["text"]),
            verdict[measure][1],
            verdict[measure][2],
        )
        for layer, measure in shown
        if not verdict[measure][0]
    ]
