"""Speakable ids: the hash of a thing as words of five letters that can be said over the telephone ("lusab-babad")."""

from __future__ import annotations

from according.model import digest

_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"
_WORDS = 3  # 48 bits: even among a million things two hardly ever share all three words
_SHORT = 2


def speakable(identifier: str) -> str:
    """The words of an id."""
    digits = digest(identifier)
    return "-".join(_word(int(digits[4 * n : 4 * n + 4], 16)) for n in range(_WORDS))


def short(name: str) -> str:
    """The first words of a speakable id, which nearly always suffice."""
    return "-".join(name.split("-")[:_SHORT])


def _word(number: int) -> str:
    """Sixteen bits as consonant, vowel, consonant, vowel, consonant."""
    letters = []
    for shift, alphabet in ((12, _CONSONANTS), (10, _VOWELS), (6, _CONSONANTS), (4, _VOWELS), (0, _CONSONANTS)):
        letters.append(alphabet[(number >> shift) % len(alphabet)])
    return "".join(letters)
