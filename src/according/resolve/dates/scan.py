"""From a text to the nodes of the grammar: find the stretches that hold words of time, and apply the layers there."""

from __future__ import annotations

from according.resolve.dates.checks import CHECKS
from according.resolve.dates.grammar import Grammar, Node
from according.resolve.dates.joins import JOINS
from according.resolve.dates.words import Tokens

KINDS = frozenset({"DATE", "DUR", "REF", "SET"})


def scan(text: str, grammar: Grammar) -> tuple[Tokens, list[Node]]:
    """The tokens of a text and the expressions of time in it, in order; token numbers count in the first."""
    tokens, nodes = nodes_of(text, grammar)
    return tokens, [node for node in nodes if node.kind in KINDS]


def nodes_of(text: str, grammar: Grammar) -> tuple[Tokens, list[Node]]:
    """The tokens of a text and every node that the layers left where words of time stand, of whatever class."""
    tokens = Tokens(text, grammar.lookup, grammar.near)
    found: list[Node] = []
    for start, end in _stretches(tokens, grammar.literals):
        nodes = [Node(i, i + 1, "", tokens[i].keys, {}, (), tokens[i]) for i in range(start, end)]
        for layer in grammar.layers:
            nodes = layer.apply(nodes, tokens, JOINS, CHECKS)
        found.extend(nodes)
    return tokens, found


def _stretches(tokens: Tokens, literals: frozenset[str]) -> list[tuple[int, int]]:
    """Runs of tokens that rules can touch, with at least one word of time among them."""
    runs: list[tuple[int, int]] = []
    start, timely = 0, False
    for i, form in enumerate(tokens.forms):
        if tokens.is_worded(i) and tokens[i].classes:
            timely = timely or not _MERE.issuperset(tokens[i].classes)
        elif form not in literals:
            if timely:
                runs.append((start, i))
            start, timely = i + 1, False
    if timely:
        runs.append((start, len(tokens)))
    return runs


_MERE = frozenset(
    {
        "NUM",
        "NUMWORD",
        "TENS",
        "VAGUE",
        "DAY",
        "YY",
        "HOUR",
        "SHORTYEAR",
        "ORD",
        "ORDWORD",
        "FINAL",
        "HALF",
        "PART",
        "PARTNOUN",
    }
)
