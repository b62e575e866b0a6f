"""The grammar of time expressions: rows of data/lexicon/times_rules.yaml, applied layer after layer.

A rule's phrase is a row of elements, one a token or an earlier rule's node:

    later|afterwards    one of these forms
    <MONTH>             a token or node of this class (several: <MONTH|SEASON>)
    (the)               may be missing
    @Y                  a macro of the file, here "<YEARX|YEAR>"

A rule replaces what it matches by a node of the class `makes`, whose fields are those of its parts and then its own
(`with`). Within a layer the longest match wins, then the earlier rule. `how` names another way to join the fields,
`check` a test that the match must pass.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

from according.errors import InvalidRule
from according.resolve.dates.words import GUARDS, Entry, Fields, Neighbours, Token, Tokens

CONNECTORS = frozenset({"-", "—", "to", "and", "or", "until", "till", "through", ",", "/", "&"})


@dataclass(frozen=True, slots=True)
class Node:
    """A run of tokens [start, end) of a class, with its fields and the ids of the rules that made it, last first."""

    start: int
    end: int
    kind: str
    keys: frozenset[str]
    fields: Fields
    rules: tuple[str, ...] = ()
    token: Token | None = None

    def fields_as(self, key: str) -> Fields:
        """The fields that the node has as the class `key` (with its angle brackets)."""
        if self.token is None:
            return self.fields
        return self.token.classes.get(key[1:-1], {})


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a phrase; `keys` in order of preference."""

    keys: tuple[str, ...]
    optional: bool

    @property
    def key_set(self) -> frozenset[str]:
        """The keys as a set."""
        return frozenset(self.keys)


@dataclass(frozen=True)
class Match:
    """A rule's elements with the nodes that filled them (None where an optional one is missing)."""

    rule: Rule
    nodes: tuple[Node | None, ...]
    tokens: Tokens
    start: int
    end: int

    @property
    def parts(self) -> list[tuple[str, Node]]:
        """The key by which each node matched, and the node."""
        found = []
        for element, node in zip(self.rule.elements, self.nodes, strict=True):
            if node is not None:
                found.append((next(k for k in element.keys if k in node.keys), node))
        return found

    @property
    def before(self) -> Token | None:
        """The token before the match."""
        return self.tokens[self.start - 1] if self.start else None

    @property
    def after(self) -> Token | None:
        """The token after the match."""
        return self.tokens[self.end] if self.end < len(self.tokens) else None


Join = Callable[[Match], list[tuple[int, int, Fields]]]
Check = Callable[[Match], bool]


@dataclass(frozen=True)
class Rule:
    """One row: see the module's text."""

    id: str
    phrase: str
    elements: tuple[Element, ...]
    makes: str
    fields: Fields
    how: str
    check: str | None
    example: str
    counterexample: str
    sets: tuple[frozenset[str], ...] = field(repr=False, default=())

    def match(self, nodes: Sequence[Node], i: int) -> tuple[int, tuple[Node | None, ...]] | None:
        """The end of the match from node i on and what filled each element, or None."""
        return self._match(nodes, i, 0)

    def _match(self, nodes: Sequence[Node], i: int, k: int) -> tuple[int, tuple[Node | None, ...]] | None:
        if k == len(self.elements):
            return i, ()
        if i < len(nodes) and not nodes[i].keys.isdisjoint(self.sets[k]):
            rest = self._match(nodes, i + 1, k + 1)
            if rest is not None:
                return rest[0], (nodes[i], *rest[1])
        if self.elements[k].optional:
            rest = self._match(nodes, i, k + 1)
            if rest is not None:
                return rest[0], (None, *rest[1])
        return None


@dataclass(frozen=True)
class Layer:
    """Rules that are applied together."""

    name: str
    rules: tuple[Rule, ...]

    @cached_property
    def by_first(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules by each key with which a match may begin."""
        index: dict[str, list[Rule]] = defaultdict(list)
        for rule in self.rules:
            for element in rule.elements:
                for key in element.keys:
                    if rule not in index[key]:
                        index[key].append(rule)
                if not element.optional:
                    break
        return {key: tuple(rules) for key, rules in index.items()}

    @cached_property
    def firsts(self) -> frozenset[str]:
        """All keys with which a match may begin."""
        return frozenset(self.by_first)

    def apply(
        self, nodes: list[Node], tokens: Tokens, joins: Mapping[str, Join], checks: Mapping[str, Check]
    ) -> list[Node]:
        """The nodes after this layer."""
        firsts = self.firsts
        if all(firsts.isdisjoint(node.keys) for node in nodes):
            return nodes
        done: list[Node] = []
        i = 0
        while i < len(nodes):
            best = None if firsts.isdisjoint(nodes[i].keys) else self._longest(nodes, i, tokens, checks)
            if best is None:
                done.append(nodes[i])
                i += 1
                continue
            match, end = best
            rule = match.rule
            made = joins[rule.how](match)
            history = (rule.id, *(r for _, node in match.parts for r in node.rules))
            keys = frozenset({f"<{rule.makes}>"})
            done.extend(Node(a, b, rule.makes, keys, {**fields, **rule.fields}, history) for a, b, fields in made)
            i = end
        return done

    def _longest(
        self, nodes: list[Node], i: int, tokens: Tokens, checks: Mapping[str, Check]
    ) -> tuple[Match, int] | None:
        best: tuple[Match, int] | None = None
        for key in nodes[i].keys:
            for rule in self.by_first.get(key, ()):
                found = rule.match(nodes, i)
                if found is None or (best is not None and not self._beats(rule, found[0], best)):
                    continue
                match = Match(rule, found[1], tokens, nodes[i].start, nodes[found[0] - 1].end)
                if rule.check is None or checks[rule.check](match):
                    best = match, found[0]
        return best

    def _beats(self, rule: Rule, end: int, best: tuple[Match, int]) -> bool:
        return end > best[1] or (end == best[1] and self._rank[rule.id] < self._rank[best[0].rule.id])

    @cached_property
    def _rank(self) -> Mapping[str, int]:
        return {rule.id: n for n, rule in enumerate(self.rules)}


@dataclass(frozen=True)
class Grammar:
    """All words and rules of time."""

    lookup: Mapping[str, tuple[Entry, ...]]
    near: Neighbours
    layers: tuple[Layer, ...]

    @cached_property
    def literals(self) -> frozenset[str]:
        """The plain forms that some rule names; no match reaches beyond these and the classed words."""
        keys = (
            key for layer in self.layers for rule in layer.rules for element in rule.elements for key in element.keys
        )
        return frozenset(key for key in keys if not key.startswith("<") or len(key) == 1)

    @property
    def rules(self) -> list[Rule]:
        """All rules, layer after layer."""
        return [rule for layer in self.layers for rule in layer.rules]


def load_grammar(folder: Path, joins: Iterable[str], checks: Iterable[str]) -> Grammar:
    """Read the words and rules of time.

    Args:
        folder: where times_words.yaml (class -> word -> fields), times_neighbours.yaml (lists of words) and
            times_rules.yaml (`macros` and `layers`; each row has id, phrase, makes, example, counterexample) are.
        joins, checks: the names that a row may use as `how` and `check`.

    Raises:
        InvalidRule: a row lacks a cell, an id stands twice, or a name is unknown.
    """
    words, rules = folder / "times_words.yaml", folder / "times_rules.yaml"
    lookup = _lookup(words.name, _load(words))
    near = _neighbours(folder / "times_neighbours.yaml")
    content = _load(rules)
    macros = {str(k): str(v) for k, v in content.get("macros", {}).items()}
    known = (frozenset(joins), frozenset(checks))
    layers = tuple(
        Layer(str(name), tuple(_rule(rules.name, row, macros, known) for row in rows))
        for name, rows in content["layers"].items()
    )
    seen: set[str] = set()
    for layer in layers:
        for rule in layer.rules:
            if rule.id in seen:
                raise InvalidRule(f"{rules.name}: the id {rule.id} stands twice; ids are unique in a lexicon")
            seen.add(rule.id)
    return Grammar(lookup, near, layers)


def _neighbours(path: Path) -> Neighbours:
    content = _load(path)
    names = [f.name for f in dataclasses.fields(Neighbours)]
    if set(content) != set(names):
        raise InvalidRule(f"{path.name} must have the lists {', '.join(names)}")
    return Neighbours(*(frozenset(str(word) for word in content[name]) for name in names))


def _load(path: Path) -> dict[str, dict[str, list[dict[str, object]]]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as file:
        content = yaml.load(file, Loader=loader)
    if not isinstance(content, dict):
        raise InvalidRule(f"{path.name} must be a mapping")
    return content


def _lookup(name: str, content: Mapping[str, object]) -> Mapping[str, tuple[Entry, ...]]:
    lookup: dict[str, list[Entry]] = defaultdict(list)
    for kind, words in content.items():
        if not isinstance(words, dict):
            raise InvalidRule(f"{name}: {kind} must map words to their fields")
        for word, cells in words.items():
            fields = {k: v for k, v in (cells or {}).items() if k != "guard"}
            guard = (cells or {}).get("guard")
            if guard is not None and guard not in GUARDS:
                raise InvalidRule(f"{name}: {kind} {word} names the unknown guard {guard}")
            lookup[str(word)].append(Entry(str(kind), fields, guard))
    return {word: tuple(entries) for word, entries in lookup.items()}


def _rule(
    name: str, row: Mapping[str, object], macros: Mapping[str, str], known: tuple[frozenset[str], frozenset[str]]
) -> Rule:
    for column in ("id", "phrase", "makes", "example", "counterexample"):
        if not row.get(column):
            raise InvalidRule(f"{name}: the row {row.get('id') or row} lacks {column}; every row needs one")
    how, check = str(row.get("how", "merge")), row.get("check")
    if how not in known[0] or (check is not None and check not in known[1]):
        raise InvalidRule(f"{name}: the row {row['id']} names an unknown how or check: {how}, {check}")
    elements = tuple(_element(part, macros) for part in str(row["phrase"]).split())
    fields = row.get("with") or {}
    if not isinstance(fields, dict):
        raise InvalidRule(f"{name}: `with` of the row {row['id']} must be a mapping")
    return Rule(
        id=str(row["id"]),
        phrase=str(row["phrase"]),
        elements=elements,
        makes=str(row["makes"]),
        fields=fields,
        how=how,
        check=None if check is None else str(check),
        example=str(row["example"]),
        counterexample=str(row["counterexample"]),
        sets=tuple(element.key_set for element in elements),
    )


def _element(part: str, macros: Mapping[str, str]) -> Element:
    optional = part.startswith("(") and part.endswith(")") and len(part) > 2
    body = part[1:-1] if optional else part
    if body.startswith("@"):
        if body[1:] not in macros:
            raise InvalidRule(f"unknown macro {body} in a rule of time")
        body = macros[body[1:]]
    keys: list[str] = []
    for piece in _pieces(body.replace("\\", "")):
        if piece.startswith("<") and len(piece) > 1:
            keys.extend(f"<{kind}>" for kind in piece[1:-1].split("|"))
        else:
            keys.append(piece)
    return Element(tuple(keys), optional)


def _pieces(body: str) -> list[str]:
    """Split at the bars outside of angle brackets."""
    pieces, depth, current = [], 0, ""
    for sign in body:
        depth += (sign == "<") - (sign == ">")
        if sign == "|" and depth == 0:
            pieces.append(current)
            current = ""
        else:
            current += sign
    return [*pieces, current]
