"""Keys under which names of places are compared: one exact, one loose for transliterations of the same name."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz

# Signs for ayn, hamza and the soft sign stand between letters of one word; they are no word boundary.
_MARKS = dict.fromkeys(map(ord, "'’‘`´ʼʻʿʾˈ\"ـ\u200e\u200f\u200b"))
_DIACRITICS = re.compile(r"[\u064b-\u065f\u0670\u0300-\u036f]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_ARTICLE = re.compile(r"(^|\s)ال(?=\w{2,})")
_NOT_WORD = {code: " " for code in range(128) if not chr(code).isalnum()}
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
# The same word in its long and its short form; little words that some write and some leave out.
_WORDS = {"saint": "st", "sankt": "st", "sint": "st", "mount": "mt", "fort": "ft", "and": "", "of": ""}
_DIGRAPHS = (("kh", "k"), ("gh", "k"), ("dh", "t"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("zh", "s"), ("ph", "f"))
# letters that transcribers mix up made one; short vowels, y and h dropped
_CLASSES = str.maketrans("qcgdzxjvpou", "kkktsssfbww", "aeiyh")
_DOUBLE = re.compile(r"(.)\1+")


def plain_key(name: str) -> str:
    """`name_key` without memory, for long runs over names that hardly repeat."""
    plain = name.translate(_MARKS)
    if not plain.isascii():
        plain = _DIACRITICS.sub("", plain)
        if _ARABIC.search(plain):  # the script writes the definite article on to its noun
            plain = _ARABIC_ARTICLE.sub(r"\1", plain)
        plain = str(anyascii(plain)).translate(_MARKS)
    parts = plain.lower().translate(_NOT_WORD).split()
    kept = [_WORDS.get(p, _plain_word(p, n > 0)) for n, p in enumerate(parts) if p not in _ARTICLES]
    return "".join(kept) or "".join(parts)


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The exact key: Latin letters and digits, small, without marks, articles and spaces; empty where nothing is left.

    "al-Shafah", "Al-Sha'fa" and "Ash Shafah" share the key "shafa"; a name that is an article only keeps it.
    """
    return plain_key(name)


def _plain_word(word: str, later: bool) -> str:
    """A word without its silent final h, and without an article written on to it ("Deir Ezzor", "Urm Alqubra")."""
    if later and len(word) > 4:
        doubled = word[0] in "ea" and word[1] == word[2] and word[1] in "zsdrtn"
        if doubled or (word.startswith("al") and len(word) > 6):
            word = word[2:]
    if len(word) > 3 and word[-1] == "h" and word[-2] in "ae":
        return word[:-2] + "a"
    return word


_VOWELS = (("ee", "i"), ("oo", "u"), ("ou", "u"), ("ei", "i"), ("y", "i"), ("q", "k"), ("dj", "j"), ("tch", "ch"))


def likeness(name: str, key: str) -> float:
    """How alike the spelling of a name is to an exact key of the same loose class, 0 to 100.

    Long vowels and double letters count once. Arabic script leaves short vowels out, so there consonants alone count.
    """
    one, two = name_key(name), key
    if _ARABIC.search(name):
        one, two = (re.sub(r"[aeiouy]|h$", "", k) for k in (one, two))
    for long, short in _VOWELS:
        one, two = one.replace(long, short), two.replace(long, short)
    return float(fuzz.ratio(_DOUBLE.sub(r"\1", one), _DOUBLE.sub(r"\1", two)))


def loose_of(key: str) -> str:
    """The loose key of an exact key."""
    for two, one in _DIGRAPHS:
        if two in key:
            key = key.replace(two, one)
    return _DOUBLE.sub(r"\1", key.translate(_CLASSES))


def loose_key(name: str) -> str:
    """The key of a class of transliterations: consonants only, those that transcribers mix up made one.

    It is far too coarse to find a place by itself: a caller must check country or area and the spelling.
    """
    return loose_of(name_key(name))
