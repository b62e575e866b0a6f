"""Where paragraphs and sentences begin: line ends, full stops that are no abbreviation, closing quotation marks."""

from __future__ import annotations

import re

from according.annotate.text import Paragraph, Sentence
from according.annotate.tokens import Word, is_all_capitals

ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen lt col maj capt sgt cpl brig adm cmdr cdr gov sen rep hon rev fr st pres supt insp det
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    no nos vs etc inc ltd co corp dept univ approx est ca cf fig al ft mt mts km cal lieut messrs jr sr""".split()
)  # fmt: skip
# Ordinary words or names too, where a full stop stands apart from them: an abbreviation only before a number.
_NUMBERED = frozenset("no nos sat sun mar al est fig ft cal co sep km".split())
_STOP = frozenset({".", "?", "!", "…", "...", "?!", "!!"})
_CLOSERS = frozenset({'"', "'", "''", ")", "]", "*"})
_SPEECH = re.compile(r"(said|says|say|told|added|asked|according)\b")
_OPENING_WORD = frozenset(
    "The A An It He She They We In On At This That These Those But And There His Her Its Their".split()
)

# "LIMA, 3 MAY 90 (EFE) --" or "BEIRUT (AP) —" at the head of a text, then labels such as [TEXT] or [REPORT].
_DATELINE = re.compile(
    r"\s*(?:\([A-Z][\w .&]{1,30}\)\s+)?[A-Z][\w'.]*(?:,? (?:de|del|la|[A-Z][\w'.]*))*"
    r"(?: \([\w .]+\))?(?:,? [^\n\[\]()]{2,40})?(?:\s*\((?P<agency>[^()\[\]]{2,60})\))?\s*(?:--|—|–)\s+"
)
_LABEL = re.compile(r"\[[^\[\]]{1,120}\]\s*")
_HEAD = 3  # paragraphs in which a dateline may stand


def is_hard_wrapped(text: str) -> bool:
    """True where lines were broken to a width, so that a line end means nothing."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 4:
        return False
    broken = sum(
        1
        for line in lines
        if 45 <= len(line.rstrip()) <= 90 and not line.rstrip().endswith((".", "!", "?", ":", '"', "”"))
    )
    return broken >= 0.5 * len(lines)


def paragraphs_of(text: str, words: list[Word]) -> list[Paragraph]:
    """Split at blank lines, and at every line end where the text is not hard-wrapped."""
    if not words:
        return []
    breaker = re.compile(r"\n\s*\n|\r\s*\r" if is_hard_wrapped(text) else r"[\n\r\u2028\u2029]")
    starts = [0] if words else []
    for i in range(1, len(words)):
        if breaker.search(text, words[i - 1].end, words[i].start):
            starts.append(i)
    return [Paragraph(a, b) for a, b in zip(starts, [*starts[1:], len(words)], strict=True)]


def sentences_of(text: str, words: list[Word], paragraphs: list[Paragraph]) -> list[Sentence]:
    """Split each paragraph at its full stops, and after a dateline and labels in brackets that open a sentence."""
    sentences = []
    capitals = is_all_capitals(text)
    for number, paragraph in enumerate(paragraphs):
        start = paragraph.start
        heads = _heads(text, words, paragraph, number)
        for i in range(paragraph.start, paragraph.end - 1):
            if capitals and _is_abbreviation(words, i):
                continue
            if i + 1 > start and (i + 1 in heads or _ends_here(text, words, i, start)):
                sentences.append(Sentence(start, i + 1, number))
                start = i + 1
        sentences.append(Sentence(start, paragraph.end, number))
    return sentences


def _heads(text: str, words: list[Word], paragraph: Paragraph, number: int) -> set[int]:
    """Words that follow a dateline, or labels in brackets at the head of a paragraph or after a full stop."""
    start, end = words[paragraph.start].start, words[paragraph.end - 1].end
    start = text.rfind("[", max(0, start - 2), start) if text[max(0, start - 2) : start].strip() == "[" else start
    cuts = []
    dateline = _DATELINE.match(text, start, end) if number < _HEAD else None
    if dateline and (dateline["agency"] or any(c.isdigit() for c in dateline[0])):
        cuts.append(dateline.end())
    for label in _LABEL.finditer(text, start, end):
        before = text[start : label.start()].rstrip()
        if not before or before[-1] in '.?!"”' or label.start() in cuts:
            cuts += [label.start(), label.end()]
    places = range(paragraph.start, paragraph.end)
    return {next((i for i in places if words[i].start >= cut), paragraph.end) for cut in cuts}


def _is_abbreviation(words: list[Word], i: int) -> bool:
    """True where word i is the full stop of an abbreviation in capitals, which the tokenizer sets apart."""
    if words[i].form != "." or i == 0 or words[i - 1].end != words[i].start or i + 1 >= len(words):
        return False
    bare = words[i - 1].form.lower()
    if bare in _NUMBERED:
        return words[i + 1].form[:1].isdigit()
    return bare in ABBREVIATIONS


def _ends_here(text: str, words: list[Word], i: int, start: int) -> bool:
    """True where a sentence ends with word i and another begins with word i + 1."""
    word, after = words[i], words[i + 1]
    stop = word
    if word.form in _CLOSERS and i > start:
        # a closing mark belongs to the sentence that it closes: look for the stop before it
        if not _is_closing(text, words, i):
            return False
        stop = words[i - 1]
        if stop.form in _CLOSERS and i - 1 > start:
            stop = words[i - 2]
    elif after.form in _CLOSERS and after.start == word.end:
        return False
    if not _is_stop(stop, after):
        return False
    if after.start == word.end and after.form[:1].isalnum():
        return False
    follows = text[after.start : after.start + 40].lstrip("\"'“‘«([").strip()
    return bool(follows) and (
        follows[0].isupper()
        or follows[0].isdigit()
        or not follows[0].isascii()
        or after.form in {"-", "--", "–", "—", "•", "*"}
    )


def _is_closing(text: str, words: list[Word], i: int) -> bool:
    before, after = text[words[i].start - 1 : words[i].start], text[words[i].end : words[i].end + 1]
    return not before.isspace() and (not after or after.isspace() or after in ")]\"'”")


def _is_stop(stop: Word, after: Word) -> bool:
    if stop.form in _STOP:
        return True
    if not stop.form.endswith(".") or len(stop.form) < 2:
        return False
    bare = stop.form.rstrip(".").lower()
    if bare in ABBREVIATIONS:
        return False
    if re.fullmatch(
        r"(?:[A-Za-z]\.)+", stop.form
    ):  # initials and "U.S." end a sentence only before a word that opens one
        return after.form.capitalize() in _OPENING_WORD
    return after.form[:1].isupper()
