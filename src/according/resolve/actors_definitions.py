"""Which short names a text defines: "the Free Plains Movement (FPM)", "the Plain Front, known as PF"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from according.resolve.actors_words import fold

_SHORT = re.compile(r"[A-Z][A-Za-z0-9&./-]{1,9}")
_WORD = re.compile(r"[^\W_]")
# Small words inside names: "Front for the Liberation of Dravel", "Ejército de Liberación".
_SMALL = frozenset(
    [
        "of",
        "the",
        "for",
        "and",
        "in",
        "to",
        "on",
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "y",
        "e",
        "et",
        "des",
        "du",
        "le",
        "les",
        "l",
        "d",
        "al",
        "a",
        "an",
        "und",
        "der",
    ]
)
_KNOWN_AS = (
    ("known", "as"), ("better", "known", "as"), ("also", "known", "as"), ("known", "by", "its", "acronym"),
    ("or",), ("called",), ("also", "called"),
    ("known", "by", "the", "acronym"), ("known", "by", "its", "initials"), ("known", "simply", "as"),
)  # fmt: skip
_LONGEST = 10


def definitions_of(doc: Doc) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of token ranges: what stands for long, and the short name that the text gives it."""
    found = []
    for i, token in enumerate(doc):
        if token.text == "(":
            close = next((k for k in range(i + 1, min(i + 6, len(doc))) if doc[k].text == ")"), None)
            found.extend(_pair(doc, i, i + 1, close))
        elif token.text in {",", "–", "—", "-"}:
            start = _after_known_as(doc, i + 1)
            if start is not None and start < len(doc):
                found.extend(_pair(doc, i, start, start + 1))
    return found


def _after_known_as(doc: Doc, i: int) -> int | None:
    for words in sorted(_KNOWN_AS, key=len, reverse=True):
        if tuple(t.lower_ for t in doc[i : i + len(words)]) == words:
            return i + len(words)
    return None


def _pair(doc: Doc, end: int, start: int, stop: int | None) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    if stop is None or stop <= start:
        return []
    # "(IS, formerly ISIS)" and "(FARC, in Spanish)": only what stands before the comma is the short name.
    comma = next((k for k in range(start, stop) if doc[k].text in {",", ";", "/"}), stop)
    start = start + 1 if doc[start].text in {'"', "'", "the"} else start
    short = "".join(t.text for t in doc[start:comma]).strip("\"'")
    if not _SHORT.fullmatch(short) or (sum(c.isupper() for c in short) < 2 and not short.isupper()):
        return []
    begin = _long_start(doc, end, short)
    return [((begin, end), (start, comma))] if begin is not None else []


def _long_start(doc: Doc, end: int, short: str) -> int | None:
    """Where the long name before `end` begins: its initials spell the short one, or it is a run of capitals."""
    chunk = _chunk_start(doc, end)
    if chunk is None:
        return None
    letters = fold(short)
    for begin in range(chunk, end):
        if _is_capital(doc[begin]) and _initials(list(doc[begin:end])) == letters:
            return begin
    words = [t for t in doc[chunk:end] if _is_capital(t)]
    return chunk if len(words) >= 2 and short.isupper() else None


def _chunk_start(doc: Doc, end: int) -> int | None:
    """The first capitalised word of the run of capitalised and small words before `end`; None where there is none."""
    begin = None
    for k in range(end - 1, max(-1, end - 1 - _LONGEST * 2), -1):
        token = doc[k]
        if _is_capital(token):
            begin = k
        elif (token.text in {"-", "–"} and k > 0 and doc[k - 1].whitespace_) or (
            token.lower_ not in _SMALL and token.text not in {"-", "–", "'", "'s", '"'}
        ):
            break
        if token.is_sent_start:
            break
    if begin is not None and doc[begin].lower_ in _SMALL and begin + 1 < end:
        begin = next((k for k in range(begin + 1, end) if _is_capital(doc[k]) and doc[k].lower_ not in _SMALL), None)
    return begin


def _is_capital(token: Token) -> bool:
    return bool(token.text[0].isupper()) and bool(_WORD.match(token.text))


def _initials(tokens: Sequence[Token]) -> str:
    words = [t for t in tokens if _WORD.match(t.text) and t.lower_ not in _SMALL]
    return "".join(fold(t.text)[:1] for t in words)
