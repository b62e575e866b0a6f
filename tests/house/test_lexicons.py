"""Every row of every lexicon matches its own example, and does not match its counterexample."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from according.annotate.pipeline import Annotator, load_language
from according.model import Document
from according.rules import DATA, Lexicon, Row, load_lexicon

NEEDED = {"id", "phrase", "example", "counterexample"}


def lexicons() -> list[Path]:
    """The CSV files of rows with phrases; files in another form have a reader and a test of their own."""
    found = []
    for path in sorted((DATA / "lexicon").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            if set(csv.DictReader(file).fieldnames or ()) >= NEEDED:
                found.append(path)
    return found


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """The pinned pipeline."""
    return Annotator(load_language())


def hits(annotator: Annotator, lexicon: Lexicon, row: Row, text: str) -> bool:
    """True where the row matches anywhere in the text."""
    tokens = list(annotator.annotate(Document(text=text)).doc)
    return any(hit.row.id == row.id for i in range(len(tokens)) for hit in lexicon.at(tokens, i))


@pytest.mark.parametrize("path", lexicons(), ids=lambda p: p.stem)
def test_rows_prove_themselves(path: Path, annotator: Annotator) -> None:
    lexicon = load_lexicon(path)
    assert lexicon.rows
    broken = [
        f"{row.id}: the example {row.example!r} does not match"
        for row in lexicon.rows
        if not hits(annotator, lexicon, row, row.example)
    ]
    broken += [
        f"{row.id}: the counterexample {row.counterexample!r} matches"
        for row in lexicon.rows
        if hits(annotator, lexicon, row, row.counterexample)
    ]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("path", sorted((DATA / "lexicon").glob("*.csv")), ids=lambda p: p.stem)
def test_every_row_has_an_id_an_example_and_a_counterexample(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids))
    assert all(row["example"].strip() and row["counterexample"].strip() for row in rows)
