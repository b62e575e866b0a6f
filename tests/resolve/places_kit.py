"""What the tests of places share: the real gazetteer in the user's cache (built once), and the real parser."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from platformdirs import user_cache_path

from according.annotate import Annotator, Text
from according.annotate.pipeline import load_language
from according.model import Document, Issue, Mention
from according.resolve.places import Gazetteer, open_gazetteer
from according.rules import DATA

TABLES = DATA / "places"


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return open_gazetteer(user_cache_path("according") / "gazetteer", TABLES)


@lru_cache(maxsize=1)
def annotator() -> Annotator:
    return Annotator(load_language())


def annotate(text: str) -> Text:
    return annotator().annotate(Document(text))


def find(text: str) -> tuple[Sequence[Mention], Sequence[Issue]]:
    return gazetteer().find_with_issues(annotate(text))


def one(text: str, quote: str) -> Mention:
    """The first mention that touches the first place where the quote stands."""
    start = text.index(quote)
    touching = [m for m in find(text)[0] if m.span.start < start + len(quote) and start < m.span.end]
    assert touching, f"{quote} is no mention in {text!r}"
    return touching[0]
