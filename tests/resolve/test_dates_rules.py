"""Every rule of time matches its own example and not its counterexample."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from according.errors import InvalidRule
from according.resolve.dates import DateResolver, load_dates
from according.resolve.dates.checks import CHECKS
from according.resolve.dates.grammar import Rule, load_grammar
from according.resolve.dates.joins import JOINS
from according.resolve.dates.scan import nodes_of
from according.rules import DATA


@cache
def _resolver() -> DateResolver:
    return load_dates(DATA / "lexicon")


def _rules() -> list[Rule]:
    return [rule for layer in _resolver().grammar.layers[1:] for rule in layer.rules]


def _used(text: str) -> set[str]:
    _, nodes = nodes_of(text, _resolver().grammar)
    return {identifier for node in nodes for identifier in node.rules}


@pytest.mark.parametrize("rule", _rules(), ids=lambda rule: rule.id)
def test_rule_matches_its_example_only(rule: Rule) -> None:
    assert rule.id in _used(rule.example)
    assert rule.id not in _used(rule.counterexample)


def test_every_join_and_check_is_used() -> None:
    rules = _rules()
    assert {rule.how for rule in rules} == set(JOINS)
    assert {rule.check for rule in rules if rule.check} == set(CHECKS)


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("{id: a, phrase: now, makes: REF, example: now}", "lacks counterexample"),
        ("{id: a, phrase: now, makes: REF, how: nothing, example: now, counterexample: then}", "unknown how"),
        ("{id: a, phrase: '@Z', makes: REF, example: now, counterexample: then}", "unknown macro"),
    ],
)
def test_a_wrong_row_does_not_load(tmp_path: Path, row: str, complaint: str) -> None:
    for name in ("times_words.yaml", "times_neighbours.yaml"):
        (tmp_path / name).write_text((DATA / "lexicon" / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "times_rules.yaml").write_text(f"layers:\n  one:\n    - {row}\n", encoding="utf-8")
    with pytest.raises(InvalidRule, match=complaint):
        load_grammar(tmp_path, JOINS, CHECKS)
