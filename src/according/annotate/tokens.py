"""From text to the words that the parser reads: white space dropped, known spellings repaired, offsets kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    """Drop the brackets of "[IS]", which an editor put in and a parser stumbles over; the words inside stay."""
    return [w for w in words if w.form not in {"[", "]"}]
