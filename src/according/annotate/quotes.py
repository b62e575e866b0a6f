"""Quotations as pairs of marks. A mark that never closes ends with its paragraph, as multi-paragraph quotations do."""

from __future__ import annotations

from according.annotate.text import Paragraph, Quote
from according.annotate.tokens import Word

_PAIRS = {"“": "”", "«": "»", "„": "“", '"': '"', "‘": "’"}


def quotes_of(text: str, words: list[Word], paragraphs: list[Paragraph]) -> list[Quote]:
    """The outermost quotations in order of their place."""
    quotes: list[Quote] = []
    for paragraph in paragraphs:
        start, end = words[paragraph.start].start, words[paragraph.end - 1].end
        quotes.extend(_in_stretch(text, start, end))
    return quotes


def _in_stretch(text: str, start: int, end: int) -> list[Quote]:
    quotes = []
    i = start
    while i < end:
        mark = text[i]
        if mark in _PAIRS and _opens(text, i, start):
            close = _closing(text, i + 1, end, _PAIRS[mark])
            if close is None and mark == "‘":
                i += 1
                continue
            stop = end if close is None else close
            if stop > i + 1:
                quotes.append(Quote(i, stop + (close is not None), i + 1, stop, close is not None))
            i = stop + 1
        else:
            i += 1
    return quotes


def _opens(text: str, i: int, start: int) -> bool:
    after = text[i + 1 : i + 2]
    if not after or after.isspace():
        return False
    before = text[i - 1 : i] if i > start else " "
    return before.isspace() or before in "([—–-,:\"'“" or text[i] in "“«„"


def _closing(text: str, i: int, end: int, mark: str) -> int | None:
    """The place of the mark that closes, or None; a straight mark after a space opens, an apostrophe closes nothing."""
    while i < end:
        if text[i] == mark:
            after = text[i + 1 : i + 2] if i + 1 < end else ""
            if mark == "’" and after.isalpha():
                i += 1
                continue
            if mark != '"' or not text[i - 1].isspace() or not after.isalnum():
                return i
        i += 1
    return None
