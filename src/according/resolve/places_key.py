"""Keys under which names of places are compared: one exact, one loose for transliterations of the same name."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

# Signs for ayn, hamza and the soft sign stand between letters of one word; they are no word boundary.
_MARKS = re.compile(r"['’‘`´ʼʻʿʾˈ\"ـ]")
_DIACRITICS = re.compile(r"[\u064b-\u065f\u0670\u0300-\u036f]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_SPLIT = re.compile(r"[^a-z0-9]+")
_TA_MARBUTA = re.compile(r"(..)[ae]h$")
_ARTICLES = frozenset(
    {
        "al",
        "ash",
        "as",
        "ad",
        "ar",
        "at",
        "az",
        "el",
        "an",
        "ath",
        "adh",
        "ed",
        "ez",
        "es",
        "esh",
        "er",
        "et",
        "en",
        "the",
    }
)
# In "Los Angeles" or "El Salvador" nothing is lost by it, since names in the gazetteer go through the same mill.
_WORDS = {"saint": "st", "sankt": "st", "sint": "st", "mount": "mt", "fort": "ft", "and": "", "of": ""}
_LOOSE = [
    (re.compile(r"ough|ou|oo|ow|aw|au|u|w|o"), "w"),
    (re.compile(r"kh|gh|q|k|c|g"), "k"),
    (re.compile(r"dh|th|d|t"), "t"),
    (re.compile(r"sh|ch|zh|j|s|z|x"), "s"),
    (re.compile(r"ph|f|v|b|p"), "b"),
    (re.compile(r"[aeiy]"), ""),
    (re.compile(r"h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
]


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The exact key: Latin letters, small, without marks, articles and spaces; empty where no letter is left.

    "al-Shafah", "Al-Sha'fa" and "Ash Shafah" share the key "shafa"; a name that is an article only keeps it.
    """
    plain = _DIACRITICS.sub("", _MARKS.sub("", name))
    parts = [p for p in _SPLIT.split(_latin(plain).lower()) if p]
    kept = [_WORDS.get(p, _plain_word(p, n > 0)) for n, p in enumerate(parts) if p not in _ARTICLES]
    return "".join(kept) or "".join(parts)


def _plain_word(word: str, later: bool) -> str:
    """A word without its silent final h, and without an article written on to it ("Deir Ezzor", "Urm Alqubra")."""
    if later and len(word) > 4:
        if (word[0] in "ea" and word[1] == word[2] and word[1] in "zsdrtn") or (
            word.startswith("al") and len(word) > 6
        ):
            word = word[2:]
    return _TA_MARBUTA.sub(r"\1a", word)


def _latin(plain: str) -> str:
    """ASCII spelling; an Arabic definite article is set apart from its noun first, since the script writes it on."""
    if _ARABIC.search(plain):
        plain = re.sub(r"(^|\s)ال(?=\w{2,})", r"\1", plain)
    return str(anyascii(plain)).replace("'", "").replace("`", "")


@lru_cache(maxsize=65536)
def loose_key(name: str) -> str:
    """The key of a class of transliterations: consonants only, those that transcribers mix up made one.

    It is far too coarse to find a place by itself: a caller must check country or area and the spelling.
    """
    key = name_key(name)
    for pattern, letter in _LOOSE:
        key = pattern.sub(letter, key)
    return key
