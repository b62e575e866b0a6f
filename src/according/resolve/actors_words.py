"""From tokens to the parts that names are compared by, and the table that finds aliases among them.

A part is a run of letters or digits, folded: no case, no accents, no dots inside initials; the Arabic article before a
hyphen is always "al". So "Al-Qa'ida", "al Qa'ida" and "AL-QA'IDA" have the same parts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from according.resolve.actors_base import Alias

_RUN = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])|[^\W_]+")
_ARTICLES = frozenset({"al", "el", "an", "as", "ash", "ad", "ar", "at", "az"})
_JOINS = frozenset({"-", "–", "‑", "'", "’", ".", "‐"})
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": None})


@dataclass(frozen=True, slots=True)
class NamePart:
    """One part of a token.

    Args:
        key: what is compared. form: as written.
        token: number of its token; first, last: whether it opens or closes that token.
        apart: True where something other than a hyphen or apostrophe stands between it and the part before.
    """

    key: str
    form: str
    token: int
    first: bool = True
    last: bool = True
    apart: bool = False


def fold(word: str) -> str:
    """The key of one word: without case, accents and dots."""
    plain = unicodedata.normalize("NFKD", word.replace(".", "").translate(_ARABIC))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def parts_of(doc: Doc) -> list[NamePart]:
    """The parts of all tokens, in order."""
    parts: list[NamePart] = []
    apart = False
    for token in doc:
        runs = list(_RUN.finditer(token.text))
        if not runs:
            apart = apart or token.text not in _JOINS
        for i, run in enumerate(runs):
            key = fold(run.group())
            if key in _ARTICLES and _before_hyphen(token.text[run.end() :], doc, token.i):
                key = "al"
            parts.append(
                NamePart(
                    key,
                    run.group(),
                    token.i,
                    i == 0,
                    i == len(runs) - 1,
                    apart or (i == 0 and bool(token.is_sent_start)),
                )
            )
            apart = False
    return parts


def _before_hyphen(rest: str, doc: Doc, i: int) -> bool:
    return rest.startswith("-") or (not rest and i + 1 < len(doc) and doc[i + 1].text.startswith("-"))


def parts_of_phrase(phrase: str) -> list[tuple[str, str]]:
    """Key and form of each part of an alias."""
    found = []
    for run in _RUN.finditer(phrase):
        key = fold(run.group())
        if key in _ARTICLES and phrase[run.end() : run.end() + 1] == "-":
            key = "al"
        found.append((key, run.group()))
    return found


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling and all that it may mean."""

    keys: tuple[str, ...]
    forms: tuple[str, ...]
    acronym: bool
    aliases: tuple[Alias, ...]

    def reads(self, parts: Sequence[NamePart], shouting: bool) -> bool:
        """True where the letters' case agrees: capitals stay capitals, an acronym stays as it is."""
        if shouting:
            return True
        for form, part in zip(self.forms, parts, strict=True):
            if self.acronym and form.isupper() and len(form) > 1:
                if part.form.replace(".", "") != form.replace(".", ""):
                    return False
            elif form[0].isupper() and not part.form[0].isupper():
                return False
            elif len(form) <= 4 and part.form.isupper() and not form.isupper():
                return False  # "ISIS" is not the "Isis" of those who write acronyms as words
        return True


Fits = Callable[[Sequence[str], Sequence[NamePart]], bool]


@dataclass(frozen=True, slots=True)
class AliasHit:
    """Aliases that match the tokens [start, end)."""

    start: int
    end: int
    aliases: tuple[Alias, ...]


class AliasTable:
    """Finds the aliases of a knowledge base in a text, the longest at each place."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        grouped: dict[tuple[str, ...], list[tuple[Alias, tuple[str, ...]]]] = defaultdict(list)
        for alias in aliases:
            pairs = parts_of_phrase(alias.alias)
            if pairs:
                grouped[tuple(key for key, _ in pairs)].append((alias, tuple(form for _, form in pairs)))
        table: dict[str, list[Spelling]] = defaultdict(list)
        for keys, group in grouped.items():
            for entry in _entries(keys, group):
                table[keys[0]].append(entry)
        self._table: Mapping[str, tuple[Spelling, ...]] = {
            first: tuple(sorted(entries, key=lambda e: -len(e.keys))) for first, entries in table.items()
        }

    def find(self, parts: Sequence[NamePart], shouting: bool = False) -> list[AliasHit]:
        """All matches from left to right, not overlapping."""
        hits, i = [], 0
        while i < len(parts):
            found = self._at(parts, i, shouting) if parts[i].first else None
            if found is None or self._longer_inside(parts, i, found[0], shouting):
                i += 1
            else:
                hits.append(found[1])
                i = found[0]
        return hits

    def _longer_inside(self, parts: Sequence[NamePart], i: int, end: int, shouting: bool) -> bool:
        """True where a longer match begins within the one at i and runs on beyond it ("The [National" Front])."""
        for k in range(i + 1, end):
            other = self._at(parts, k, shouting) if parts[k].first else None
            if other is not None and other[0] > end and other[0] - k > end - i - 1:
                return True
        return False

    def _at(self, parts: Sequence[NamePart], i: int, shouting: bool) -> tuple[int, AliasHit] | None:
        """The longest match at part i, with the part that follows it."""
        found = self._best(self._table.get(parts[i].key, ()), parts, i, shouting, _equal)
        if found is None:
            keys = dict.fromkeys((parts[i].key, parts[i].key.removesuffix("s")))
            entries = [entry for key in keys for entry in self._table.get(key, ())]
            found = self._best(entries, parts, i, shouting, _equal_but_for_s)
        if found is None:
            return None
        length, aliases = found
        return i + length, AliasHit(parts[i].token, parts[i + length - 1].token + 1, tuple(dict.fromkeys(aliases)))

    def _best(
        self, entries: Iterable[Spelling], parts: Sequence[NamePart], i: int, shouting: bool, fits: Fits
    ) -> tuple[int, list[Alias]] | None:
        length = 0
        aliases: list[Alias] = []
        for entry in sorted(entries, key=lambda e: -len(e.keys)):
            n = len(entry.keys)
            if n < length:
                break
            run = parts[i : i + n]
            if len(run) == n and run[-1].last and fits(entry.keys, run) and entry.reads(run, shouting):
                length = n
                aliases.extend(entry.aliases)
        return (length, aliases) if length else None

    def exact(self, name: str) -> tuple[Alias, ...]:
        """The aliases that are spelt like the name, whatever their case."""
        keys = tuple(key for key, _ in parts_of_phrase(name))
        entries = self._table.get(keys[0], ()) if keys else ()
        return tuple(alias for entry in entries if entry.keys == keys for alias in entry.aliases)


def _equal(keys: Sequence[str], run: Sequence[NamePart]) -> bool:
    return all(key == part.key and not (k and part.apart) for k, (key, part) in enumerate(zip(keys, run, strict=True)))


def _equal_but_for_s(keys: Sequence[str], run: Sequence[NamePart]) -> bool:
    """True where the last part has an "s" more: a possessive that lost its apostrophe ("Assads regime")."""
    last = run[-1]
    if len(keys[-1]) < 4 or last.key != keys[-1] + "s" or not last.form[0].isupper():
        return False
    return not (len(run) > 1 and last.apart) and _equal(keys[:-1], run[:-1])


def _entries(keys: tuple[str, ...], group: Sequence[tuple[Alias, tuple[str, ...]]]) -> list[Spelling]:
    by_forms: dict[tuple[tuple[str, ...], bool], list[Alias]] = defaultdict(list)
    for alias, forms in group:
        # A single word all in capitals is read as an acronym, whatever its kind ("UAE" as a name, "US" as a demonym).
        acronym = alias.kind == "acronym" or any(len(f) > 1 and f.isupper() and f.isascii() for f in forms)
        by_forms[forms, acronym].append(alias)
    return [Spelling(keys, forms, acronym, tuple(aliases)) for (forms, acronym), aliases in by_forms.items()]
