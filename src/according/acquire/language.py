"""Which language a text is in, and whether that is one that can be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from according.model import Issue

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

READ = frozenset({"en"})
NOT_READ = "language_not_read"
# Below this many letters a list of foreign names in an English sentence misleads the identifier.
_ENOUGH_LETTERS = 60
_SURE = 0.9
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """The language of a text as far as it is known, and the issues with it."""

    language: str | None
    issues: tuple[Issue, ...] = ()


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str) -> str | None:
    """ISO 639-1 code of the language where the text leaves little doubt, else None."""
    sample = text[:_SAMPLE]
    letters = [c for c in sample if c.isalpha()]
    foreign = sum(c > "\u024f" for c in letters)  # beyond the Latin blocks
    if len(letters) < _ENOUGH_LETTERS and foreign <= len(letters) / 2:
        return None
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= _SURE or foreign > len(letters) / 2 else None


def judge(text: str, stated: str | None) -> Verdict:
    """Weigh what the text shows against what is stated about it.

    Args:
        text: the document's text.
        stated: a language tag ("en", "en-GB", "ar"), or None.
    """
    found = detect(text)
    primary = stated.lower().replace("_", "-").partition("-")[0] if stated else None
    language = found or primary
    if language is not None and language not in READ:
        message = f"The text is in a language that cannot be read yet ({language}); nothing was extracted from it"
        return Verdict(stated or language, (Issue(NOT_READ, message),))
    if primary is not None and found is not None and primary != found:
        message = f"The language is stated as {stated}, but the text reads as {found}; it was read as {found}"
        return Verdict(found, (Issue("language_differs", message),))
    return Verdict(stated or language)
