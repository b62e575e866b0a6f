"""From text to the words that the parser reads: white space dropped, known spellings repaired, offsets kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokenizer import Tokenizer

STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'"}
)
# A bare "IS" is the group and not the verb where the text around it is not in capitals; the parser must not read "is".
_SHOUTING = re.compile(r"[A-Z]{2,}\W+IS\W+[A-Z]{2,}")


@dataclass(frozen=True, slots=True)
class Word:
    """One token: its place in the text, how the parser shall read it, and whether a space follows."""

    start: int
    end: int
    form: str
    space: bool


def is_all_capitals(text: str) -> bool:
    """True where hardly a lower-case letter stands in the text (wire copy in capitals)."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 40 and sum(c.islower() for c in letters) < 0.05 * len(letters)


def words_of(text: str, tokenizer: Tokenizer) -> list[Word]:
    """The words of a text in order; empty for a text of white space alone."""
    capitals = is_all_capitals(text)
    words = []
    for token in tokenizer(text):
        if token.is_space:
            continue
        start, end = token.idx, token.idx + len(token.text)
        form = token.text.translate(STRAIGHT)
        if form == "IS" and not capitals and not _SHOUTING.search(text[max(0, start - 20) : end + 20]):
            form = "ISIS"
        space = text[end : end + 1].isspace()
        words.append(Word(start, end, form, space))
    return _without_editor_brackets(words)


def _without_editor_brackets(words: list[Word]) -> list[Word]:
    """Brackets that an editor put in, which a parser stumbles over.

    Those of "[IS] fighters" go and the words inside stay; those of "FLN [National Liberation Front]" become round ones.
    """
    kept: list[Word] = []
    i = 0
    while i < len(words):
        word = words[i]
        close = next((j for j in range(i + 1, min(i + 14, len(words))) if words[j].form == "]"), None)
        if word.form == "[" and close is not None and _explains(words, i, close):
            kept += [replace(word, form="("), *words[i + 1 : close], replace(words[close], form=")")]
            i = close
        elif word.form == "]" and kept:
            kept[-1] = replace(kept[-1], space=kept[-1].space or word.space)
        elif word.form not in {"[", "]"}:
            kept.append(word)
        i += 1
    return kept


def _explains(words: list[Word], opening: int, close: int) -> bool:
    """True where a name and its short form stand on either side of the opening bracket."""
    inside = [w.form for w in words[opening + 1 : close] if w.form[:1].isalpha()]
    before = [w.form for w in words[max(0, opening - 9) : opening] if w.form[:1].isalpha()]
    if not inside or not before or words[opening - 1].form == "]":
        return False
    short, long = (inside[0], before) if len(inside) == 1 else (before[-1], inside)
    if not (2 <= len(short) <= 12 and short.isupper()):
        return False
    initials = "".join(w[0] for w in long if w[0].isupper())
    shared = len({*short} & {*initials})
    return len(long) >= 2 and shared >= 2 and shared >= 0.5 * len({*short}) and short[0] in initials
