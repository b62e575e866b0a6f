"""Rules as data: lexicon rows (CSV) and vocabularies (YAML) under `data/`, loaded and validated.

A lexicon row has an `id`, a `phrase`, an `example` that the phrase must match and a `counterexample` that it must
not; a row without them does not load, and one test runs all rows. Every other column is a field of the row, checked
against the columns that the lexicon's reader declares.

The phrase language, one word after another:

    strike          a token whose lower-case form or lemma is "strike"
    strike/VERB     the same, where the tagger says VERB (several: /NOUN,PROPN)
    =killed         only the lower-case form "killed"
    air|drone       either word
    (the)           may be missing
    <NUM>           any token that is a number; <NAME> a proper noun; <ANY> any token

A hyphen between words of the text is skipped, so "air strike" matches "air-strike".
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import yaml

from according.errors import InvalidRule

if TYPE_CHECKING:
    from spacy.tokens import Token

DATA = Path(str(resources.files("according"))) / "data"
_HYPHENS = frozenset({"-", "–"})


class Tokens(Protocol):
    """What phrases are looked for in: a parsed document, or a list of its tokens."""

    def __len__(self) -> int: ...

    def __getitem__(self, i: int, /) -> Token: ...


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase."""

    forms: frozenset[str]
    tags: frozenset[str] = frozenset()
    exact: bool = False
    optional: bool = False
    kind: str | None = None

    def matches(self, token: Token) -> bool:
        """True where the token is one of the forms (or of the kind) and has one of the tags."""
        if self.tags and token.pos_ not in self.tags:
            return False
        if self.kind is not None:
            return _KINDS[self.kind](token)
        form = token.lower_
        return form in self.forms or (not self.exact and token.lemma_.lower() in self.forms)


_KINDS: Mapping[str, Callable[[Token], bool]] = {
    "NUM": lambda token: token.pos_ == "NUM" or token.like_num,
    "NAME": lambda token: token.pos_ == "PROPN",
    "ANY": lambda token: True,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a lexicon: its phrase, its fields, and the texts that prove it."""

    id: str
    phrase: str
    words: tuple[Word, ...]
    fields: Mapping[str, str]
    example: str
    counterexample: str

    def __getitem__(self, field: str) -> str:
        """The value of a column; an empty string where the cell is empty."""
        return self.fields[field]


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that matched tokens [start, end)."""

    row: Row
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """The rows of one CSV file. `name` with a row's id is the `origin` of what the row makes."""

    name: str
    rows: tuple[Row, ...]

    @cached_property
    def _by_first(self) -> Mapping[str, tuple[Row, ...]]:
        index: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            for word in row.words:
                for form in word.forms or {"*"}:
                    index[form].append(row)
                if not word.optional:
                    break
        return {form: tuple(rows) for form, rows in index.items()}

    def origin(self, row: Row) -> str:
        """How a claim names the row that made it."""
        return f"{self.name}#{row.id}"

    def at(self, tokens: Tokens, i: int) -> list[Hit]:
        """The rows that match from token i on, longest first."""
        token = tokens[i]
        if token.lower not in self._hashes and token.lemma not in self._hashes and not self._opens_with_kind:
            return []
        keys = dict.fromkeys((token.lower_, token.lemma_.lower(), "*"))
        rows = dict.fromkeys(row.id for key in keys for row in self._by_first.get(key, ()))
        found = []
        for identifier in rows:
            row = self._by_id[identifier]
            end = _match(row.words, tokens, i)
            if end is not None:
                found.append(Hit(row, i, end))
        return sorted(found, key=lambda hit: hit.start - hit.end)

    @cached_property
    def _hashes(self) -> frozenset[int]:
        """spaCy's numbers of the words that open a phrase, as forms and as lemmas of names: most tokens open none."""
        from spacy.strings import get_string_id  # not hash_string: some words are symbols with numbers of their own

        return frozenset(get_string_id(f) for form in self._by_first for f in (form, form.capitalize(), form.upper()))

    @cached_property
    def _opens_with_kind(self) -> bool:
        return "*" in self._by_first

    @cached_property
    def _by_id(self) -> Mapping[str, Row]:
        return {row.id: row for row in self.rows}

    def find(self, tokens: Tokens, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """The longest match at each place, from left to right, not overlapping."""
        i, stop = start, len(tokens) if end is None else end
        while i < stop:
            hit = next((h for h in self.at(tokens, i) if h.end <= stop), None)
            if hit is None:
                i += 1
            else:
                yield hit
                i = hit.end


def _match(words: Sequence[Word], tokens: Tokens, i: int, first: bool = True) -> int | None:
    """The end of the match of words from token i on, or None; a word that may be missing is taken where it can be."""
    if not words:
        return i
    word, rest = words[0], words[1:]
    at = i
    while not first and at < len(tokens) and tokens[at].lower_ in _HYPHENS and not word.matches(tokens[at]):
        at += 1
    if at < len(tokens) and word.matches(tokens[at]):
        end = _match(rest, tokens, at + 1, False)
        if end is not None:
            return end
    return _match(rest, tokens, i, first) if word.optional else None


def parse_phrase(phrase: str) -> tuple[Word, ...]:
    """The words of a phrase, as the module's text describes them.

    Raises:
        ValueError: the phrase is empty, consists of optional words alone, or names an unknown kind.
    """
    words = tuple(_parse_word(part) for part in phrase.replace("-", " ").split())
    if not any(not word.optional for word in words):
        raise ValueError(f"a phrase needs a word that must be there: {phrase!r}")
    return words


def _parse_word(part: str) -> Word:
    optional = part.startswith("(") and part.endswith(")")
    part = part[1:-1] if optional else part
    body, _, tags = part.partition("/")
    exact = body.startswith("=")
    body = body.removeprefix("=")
    if body.startswith("<") and body.endswith(">"):
        kind = body[1:-1]
        if kind not in _KINDS:
            raise ValueError(f"unknown kind of word: {body}")
        return Word(frozenset(), _tags(tags), optional=optional, kind=kind)
    return Word(frozenset(body.lower().split("|")), _tags(tags), exact, optional)


def _tags(tags: str) -> frozenset[str]:
    return frozenset(tags.split(",")) if tags else frozenset()


def load_lexicon(path: Path, columns: Iterable[str] = ()) -> Lexicon:
    """Read one lexicon.

    Args:
        path: a CSV file in UTF-8 with the columns id, phrase, example, counterexample and `columns`.
        columns: the further columns that its reader needs.

    Raises:
        InvalidRule: a column or cell is missing, an id stands twice, or a phrase cannot be read.
    """
    needed = {"id", "phrase", "example", "counterexample", *columns}
    rows: dict[str, Row] = {}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = needed - set(reader.fieldnames or ())
        if missing:
            raise InvalidRule(f"{path.name} lacks the column {', '.join(sorted(missing))}; add it to the header")
        for line, cells in enumerate(reader, start=2):
            row = _row(path, line, cells)
            if row.id in rows:
                raise InvalidRule(f"{path.name} line {line}: the id {row.id} stands twice; ids are unique in a lexicon")
            rows[row.id] = row
    return Lexicon(path.stem, tuple(rows.values()))


def _row(path: Path, line: int, cells: Mapping[str, str | None]) -> Row:
    for column in ("id", "phrase", "example", "counterexample"):
        if not (cells.get(column) or "").strip():
            raise InvalidRule(f"{path.name} line {line}: {column} is empty; every row needs one")
    fields = {name: (value or "").strip() for name, value in cells.items() if name is not None}
    try:
        words = parse_phrase(fields["phrase"])
    except ValueError as error:
        raise InvalidRule(f"{path.name} line {line}: {error}") from error
    return Row(fields["id"], fields["phrase"], words, fields, fields["example"], fields["counterexample"])


def load_vocabulary(path: Path) -> Mapping[str, Mapping[str, object]]:
    """Read one vocabulary: a YAML mapping from id to its description.

    Raises:
        InvalidRule: the file is no YAML, or no mapping of mappings.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidRule(f"{path.name} is not YAML in UTF-8 ({' '.join(str(error).split())}); correct it") from error
    if not isinstance(content, dict) or not all(isinstance(v, dict) for v in content.values()):
        raise InvalidRule(f"{path.name} must map each id to its description")
    return content
