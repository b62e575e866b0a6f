"""What the tests of counts and harm share: the loaded parser and lexicons, and short forms of what was read."""

from __future__ import annotations

from functools import lru_cache

from according.annotate import Annotator, Text
from according.annotate.pipeline import load_language
from according.extract.draft import Draft
from according.extract.harm import COLUMNS, find_harm
from according.model import Document
from according.rules import DATA, Lexicon, load_lexicon
from according.values import Count, CountRange

NAMES = (*COLUMNS, "triggers", "type_hints", "modality", "hedges", "roles", "cues")


@lru_cache(maxsize=1)
def annotator() -> Annotator:
    return Annotator(load_language())


@lru_cache(maxsize=1)
def lexicons() -> dict[str, Lexicon]:
    return {name: load_lexicon(DATA / "lexicon" / f"{name}.csv", COLUMNS.get(name, ())) for name in NAMES}


def text_of(words: str) -> Text:
    return annotator().annotate(Document(words))


def harm_in(words: str) -> list[Draft]:
    return find_harm(text_of(words), lexicons())


def range_of(draft: Draft) -> CountRange:
    assert isinstance(draft.value, Count | CountRange)
    return draft.value.range if isinstance(draft.value, Count) else draft.value


def short(words: str) -> list[tuple[str, int | None, int | None]]:
    """Slot, low and high of each draft."""
    return [(d.slot, range_of(d).low, range_of(d).high) for d in harm_in(words)]
