"""Two hundred hard sentences, each with one stretch and what it must be read as.

`actor` is an id of the knowledge base, "?" for a mention that stays without one, "-" where none covers the stretch.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from according.annotate.pipeline import Annotator, load_language
from according.model import ActorRef, Document, Mention
from according.resolve.actors import ActorIndex, load_index
from according.rules import DATA

with (Path(__file__).parent / "actor_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(load_language())


@pytest.fixture(scope="module")
def index() -> ActorIndex:
    return load_index(DATA)


def covering(mentions: list[Mention], start: int, end: int) -> list[ActorRef]:
    """What the mentions that cover [start, end), or that the stretch covers but for its article, were resolved to."""
    found = []
    for mention in sorted(mentions, key=lambda m: m.span.end - m.span.start):
        s, e = mention.span.start, mention.span.end
        if isinstance(mention.value, ActorRef) and (
            (s <= start and end <= e) or (start <= s <= start + 4 and e == end)
        ):
            found.append(mention.value)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_case(case: dict[str, str], annotator: Annotator, index: ActorIndex) -> None:
    text = annotator.annotate(Document(case["text"], published=case["published"] or None))
    start = case["text"].rindex(case["quote"])
    refs = covering(list(index.find(text)), start, start + len(case["quote"]))
    if case["actor"] == "-":
        assert not refs
        return
    wanted = None if case["actor"] == "?" else case["actor"]
    fits = [
        ref
        for ref in refs
        if ref.id == wanted and case["kind"] in ("", ref.kind) and case["country"] in ("", ref.country)
    ]
    assert fits, refs


def test_there_are_two_hundred() -> None:
    assert len(CASES) >= 200
    assert len({case["text"] + case["quote"] for case in CASES}) == len(CASES)
