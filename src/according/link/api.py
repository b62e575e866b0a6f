"""From JSON rows to JSON rows: what `according link` and `according.link_rows` do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from according.link.copies import CopyIndex
from according.link.linking import Link, Linked, link, links
from according.link.rows import AccountRow, read_rows
from according.link.weights import Weights, load_weights
from according.link.words import ActorWords, load_words
from according.rules import DATA


@cache
def default_weights() -> Weights:
    """The weights that the package carries (data/link_weights.yaml)."""
    return load_weights(DATA / "link_weights.yaml")


@cache
def default_words() -> ActorWords:
    """The vocabularies of linking that the package carries."""
    return load_words(DATA / "vocabulary" / "link_actors.yaml", DATA / "vocabulary" / "link_types.yaml")


def link_rows(
    rows: Iterable[Mapping[str, Any]], weights: Weights | None = None, words: ActorWords | None = None
) -> list[dict[str, Any]]:
    """Link coded rows, or lines of `according code --json`, in one go.

    Args:
        rows: JSON objects; a contract line stands for its accounts, named by their ids.
        weights, words: the package's own where None.

    Returns:
        for each row, in the order of the input, {"key", "event", "links": [{"key", "relation", "score", "levels":
        [{"name", "level", "values", "weight", "sentence"}]}]}, and "issues" where something about the row was odd.

    Raises:
        InvalidInput: a row cannot be read, or two rows have one key.
    """
    keys: list[str] = []
    lines = {line["key"]: line for line in iter_rows(_noted(rows, keys), weights, words)}
    return [lines[key] for key in keys]


def iter_rows(
    rows: Iterable[Mapping[str, Any]], weights: Weights | None = None, words: ActorWords | None = None
) -> Iterator[dict[str, Any]]:
    """As `link_rows`, but each row of the output is put together when it is asked for: for many rows.

    Rows come in the order of their keys, not of the input, so that no list of them needs to be kept.
    """
    linked = link(read_all(rows), weights or default_weights(), words or default_words())
    return rows_of(linked)


def _noted(rows: Iterable[Mapping[str, Any]], keys: list[str]) -> Iterator[Mapping[str, Any]]:
    """Pass the lines on, and note the keys of their rows in the order of the input."""
    for number, line in enumerate(rows, start=1):
        keys += [row.key for row in read_rows(line, number)]
        yield line


def read_all(rows: Iterable[Mapping[str, Any]]) -> Iterator[AccountRow]:
    """The rows of all lines. Those of lines with a text come last, since only then its copies are known."""
    index, held = CopyIndex(), []
    for number, line in enumerate(rows, start=1):
        for row in read_rows(line, number):
            text = _text_of(line)
            if text is None or row.document is None or row.copy_group is not None:
                yield row
                continue
            if row.document not in index.texts:
                index.add(row.document, text)
            held.append(row)
    groups = index.groups()
    for row in held:
        yield replace(row, copy_group=groups.get(row.document or ""))


def _text_of(line: Mapping[str, Any]) -> str | None:
    document = line.get("document")
    text = document.get("text") if isinstance(document, Mapping) else None
    return text if isinstance(text, str) else None


def rows_of(linked: Linked) -> Iterator[dict[str, Any]]:
    """The JSON rows of what was linked, in the order of their keys."""
    for row, found in links(linked):
        key = linked.table.keys[row]
        line: dict[str, Any] = {"key": key, "event": linked.event_of(row), "links": [_link(one) for one in found]}
        odd = linked.table.issues.get(key)
        if odd:
            line["issues"] = [{"kind": issue.kind, "message": issue.message} for issue in odd]
        yield line


def _link(one: Link) -> dict[str, Any]:
    levels = [
        {"name": v.name, "level": v.level, "values": list(v.values), "weight": v.weight, "sentence": v.sentence}
        for v in one.levels
    ]
    return {"key": one.b, "relation": one.relation.value, "score": one.score, "levels": levels}
