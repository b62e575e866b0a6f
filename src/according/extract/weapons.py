"""Weapons and what carries them: mentions of kind weapon, each with a class of data/vocabulary/weapon_classes.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Doc, Token

from according.annotate import Text
from according.errors import InvalidRule
from according.model import Mention, MentionKind
from according.rules import Lexicon
from according.values import Code

# The class of rows that keep others from matching: "a bomb maker" is no bomb.
NONE = "none"


def find_weapons(text: Text, lexicon: Lexicon) -> list[Mention]:
    """The weapons that a text names, in order, not overlapping; the value is the code of their class.

    Args:
        text: the annotated text.
        lexicon: weapons.csv, with the column `class`.
    """
    doc = text.doc
    mentions = []
    for hit in lexicon.find(list(doc)):
        if hit.row["class"] == NONE or _in_participle(doc, hit.end):
            continue
        start = _with_modifiers(doc, hit.start, hit.end)
        code = Code(hit.row["class"])
        mentions.append(Mention(MentionKind.WEAPON, text.span(start, hit.end), code, lexicon.origin(hit.row)))
    return mentions


def _in_participle(doc: Doc, end: int) -> bool:
    """True for "rocket-propelled", "bomb-making": a part of another word."""
    return end + 1 < len(doc) and doc[end].text in {"-", "–"} and doc[end + 1].tag_ in {"VBN", "VBG"}


def _with_modifiers(doc: Doc, start: int, end: int) -> int:
    """Take along nouns and adjectives that belong to the weapon's name ("rocket-propelled", "Coalition aircraft")."""
    head = doc[end - 1]
    while start > 0 and not doc[start].is_sent_start and _modifies(doc[start - 1], head):
        start -= 1
    while start < end - 1 and doc[start].text in {"-", "–"}:
        start += 1
    return start


def _modifies(token: Token, head: Token) -> bool:
    if token.text in {"-", "–"}:
        return True
    return (
        token.pos_ in {"NOUN", "PROPN", "ADJ"}
        and token.tag_ != "VBG"
        and token.dep_ in {"compound", "amod", "nmod"}
        and head.is_ancestor(token)
    )


def check_classes(lexicon: Lexicon, classes: Iterable[str]) -> None:
    """Hold the lexicon against the vocabulary.

    Raises:
        InvalidRule: a row names a class that the vocabulary lacks.
    """
    known = frozenset({*classes, NONE})
    unknown = sorted({row["class"] for row in lexicon.rows} - known)
    if unknown:
        raise InvalidRule(f"{lexicon.name}.csv names weapon classes that are in no vocabulary: {', '.join(unknown)}")


def is_platform(classes: Mapping[str, Mapping[str, object]], code: str) -> bool:
    """True for what fires or drops (a warplane, a tank), False for what it fires or drops."""
    return bool(classes[code].get("platform", False))
