"""Other systems on the same texts, scored by the same scorers; a peer that is not installed says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench import table
from bench.model import Benchmark, Case, Contract, Result
from bench.peers import baselines, counts, dates, names
from bench.peers.absent import PeerAbsentError

Run = Callable[[Sequence[Case]], Mapping[str, Contract]]


@dataclass(frozen=True, slots=True)
class Peer:
    """A system that gives a part of the contract for one set, and the measures that this part can be judged by."""

    name: str
    benchmark: str
    measures: tuple[str, ...]
    run: Run


_TIMES = ("span F1 relaxed", "span F1 strict", "value right on matched")
_CLASSES = ("place", "cause", "actor class")
_CATEGORY = ("category right among outputs, all", "category recall, all")
PEERS: tuple[Peer, ...] = (
    Peer("most frequent class", "fa_kes", _CLASSES, baselines.fa_kes_majority),
    Peer("first number before killed", "fa_kes", ("killed exact",), baselines.fa_kes_first_number),
    Peer("gdelt-regkg, first", "fa_kes", ("killed exact",), counts.first),
    Peer("gdelt-regkg, highest", "fa_kes", ("killed exact",), counts.highest),
    Peer("always yes", "muc4", ("relevance F1",), baselines.muc4_yes),
    Peer("recognizers-text", "wikiwars", _TIMES, dates.recognizers),
    Peer("dateparser", "wikiwars", _TIMES, dates.dateparser),
    Peer("spaCy labels", "wikiwars", _TIMES[:2], names.times),
    Peer("spaCy labels", "geovirus", ("span F1 overlap", "span F1 exact"), names.places),
    Peer("spaCy labels", "re3d", ("entity F1 all", "entity F1 actor", "entity F1 place"), names.actors_and_places),
    Peer("most frequent class", "plover_gsr", _CATEGORY, baselines.plover_majority),
)


def compare(scored: Sequence[tuple[Benchmark, Sequence[Case], Result]]) -> str:
    """The peers beside ours, a line a measure; below it the peers that are not there."""
    rows: list[tuple[str, ...]] = []
    absent: list[str] = []
    for benchmark, cases, ours in scored:
        for peer in (p for p in PEERS if p.benchmark == benchmark.name):
            try:
                theirs = benchmark.score(cases, peer.run(cases))
            except PeerAbsentError as reason:
                absent.append(f"{peer.name} ({benchmark.name}): {reason}")
                continue
            for measure in peer.measures:
                rows.append(
                    (
                        benchmark.name,
                        measure,
                        peer.name,
                        table.number(theirs.value(measure)),
                        table.number(ours.value(measure)),
                    )
                )
    lines = (
        [table.columns([("set", "measure", "peer", "peer's", "ours"), *rows], (3, 4))]
        if rows
        else ["no peer for these sets"]
    )
    return "\n".join(lines + absent)
