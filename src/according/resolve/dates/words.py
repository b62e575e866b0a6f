"""The words of time: from a text's characters to tokens, each with the classes that it may belong to.

Classes come from data/lexicon/times_words.yaml (months, units, numbers, ...) and from the shape of a number. A word
that is mostly something else ("may", "march", "second", "sun") has a guard there, a named test of its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

Fields = Mapping[str, int | float | str]

_TOKEN = re.compile(
    r"""
    \d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?(?![\d-])           # 2018-01-20
  | \d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d/])              # 20/01/2018
  | \d{1,2}[.-]\d{1,2}[.-]\d{4}(?![\d-])                         # 20.01.2018
  | 9/11(?![\d/])
  | \d{1,2}:\d{2}(?::\d{2})?(?!\d)                        # 14:30
  | \d{1,2}\.\d{2}(?=\s*[ap]\.?m\b)                       # 2.30 pm
  | \d+(?:,\d{3})+(?!\d)                                  # 2,000
  | \d+\.\d+                                              # 22.8
  | \d{1,4}(?:st|nd|rd|th|d)\b                              # 3rd
  | \d{2,4}s\b | \d{1,3}0['’]s\b                         # 1930s
  | \d+
  | (?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thu|thur|thurs|fri|sat|sun)\.(?=[ \t,])
  | (?:[ap]\.m|b\.c(?:\.e)?|a\.d|c\.e)\b\.?               # a.m., B.C.
  | [^\W\d_]+\d\w*                                       # Q1, M1939
  | [^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*
  | ['’]s\b
  | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ERAS = frozenset({"bc", "b.c", "b.c.", "bce", "b.c.e", "b.c.e."})
_CURLY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‑": "-", "‐": "-"})


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its place, its lower-case form (straight quotes, plain hyphens), and what it may be.

    `keys` are what a rule's element is compared with: the form itself and each class as "<CLASS>".
    """

    start: int
    end: int
    form: str
    raw: str
    keys: frozenset[str]
    classes: Mapping[str, Fields]


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a word: class, fields, and the name of the guard that must let it pass (or none)."""

    kind: str
    fields: Fields
    guard: str | None = None


Lookup = Mapping[str, Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Words beside a word of time that decide what it is: the lists of data/lexicon/times_neighbours.yaml."""

    month_leads: frozenset[str]
    year_leads: frozenset[str]
    number_leads: frozenset[str]
    season_leads: frozenset[str]
    dawn_leads: frozenset[str]
    named_after: frozenset[str]
    quarter_leads: frozenset[str]
    not_season: frozenset[str]
    counted: frozenset[str]
    function_words: frozenset[str]


class Tokens(Sequence[Token]):
    """The tokens of one text, in order, classed when they are asked for (most words never are)."""

    def __init__(self, text: str, lookup: Lookup, near: Neighbours) -> None:
        plain = text.translate(_CURLY)
        self.text = text
        self.lookup = lookup
        self.near = near
        self.spans = [m.span() for m in _TOKEN.finditer(plain)]
        self.forms = [plain[a:b].lower() for a, b in self.spans]
        self.capitals = is_capitals(text)
        self.has_ancient = not _ERAS.isdisjoint(self.forms)
        self._made: dict[int, Token] = {}

    def __len__(self) -> int:
        return len(self.forms)

    @overload
    def __getitem__(self, i: int) -> Token: ...
    @overload
    def __getitem__(self, i: slice) -> list[Token]: ...
    def __getitem__(self, i: int | slice) -> Token | list[Token]:
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(len(self.forms)))]
        if i < 0:
            i += len(self.forms)
        token = self._made.get(i)
        if token is None:
            token = self._made[i] = self._make(i)
        return token

    def is_worded(self, i: int) -> bool:
        """True where token i may have a class: it is in the list of words, or begins with a digit."""
        form = self.forms[i]
        return form in self.lookup or form[0].isdigit()

    def _make(self, i: int) -> Token:
        form = self.forms[i]
        start, end = self.spans[i]
        classes: Mapping[str, Fields] = {}
        entries = self.lookup.get(form)
        if entries is not None:
            setting = Setting(self, i)
            classes = {e.kind: e.fields for e in entries if e.guard is None or GUARDS[e.guard](setting)}
        elif form[0].isdigit():
            classes = _number_classes(form, Setting(self, i))
            if self.has_ancient and "SHORTYEAR" in classes:
                classes = {**classes, "BCYEAR": classes["SHORTYEAR"]}
        keys = frozenset((form, *(f"<{kind}>" for kind in classes))) if classes else frozenset((form,))
        return Token(start, end, form, self.text[start:end], keys, classes)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a word stands, for the guards: the tokens and its number."""

    tokens: Tokens
    i: int

    def form(self, step: int) -> str:
        """The form of the token `step` places on, or an empty string."""
        k = self.i + step
        return self.tokens.forms[k] if 0 <= k < len(self.tokens.forms) else ""

    @property
    def before(self) -> str:
        """The form before, or an empty string."""
        return self.form(-1)

    @property
    def before_that(self) -> str:
        """The form two before, or an empty string."""
        return self.form(-2)

    @property
    def after(self) -> str:
        """The form after, or an empty string."""
        return self.form(1)

    @property
    def after_that(self) -> str:
        """The form two after, or an empty string."""
        return self.form(2)

    @property
    def near(self) -> Neighbours:
        """The lists of neighbouring words."""
        return self.tokens.near

    @property
    def capitals(self) -> bool:
        """True where the text is in capitals."""
        return self.tokens.capitals

    @property
    def opens(self) -> bool:
        """True at the beginning of a sentence or line, as far as the marks tell."""
        return self.before in {"", ".", "!", "?", '"', ":", "—", ")"}

    @property
    def is_capital(self) -> bool:
        """True where the word is written with a capital that means something."""
        return not self.capitals and self.tokens.text[self.tokens.spans[self.i][0]].isupper()


def _is_month(at: Setting) -> bool:
    """True where the token two after is the name of a month."""
    return any(entry.kind == "MONTH" for entry in at.tokens.lookup.get(at.after_that, ()))


def _month_name(at: Setting) -> bool:
    """A word that is also a verb or a name ("May", "March") is a month by a capital and a neighbour."""
    if at.after[:1].isdigit() or (at.after == "," and at.after_that[:1].isdigit()):
        return at.is_capital or at.capitals
    dated = at.before.rstrip("stndrh").isdigit() and len(at.before) <= 4
    paired = at.after in {"-", "to", "and", "or"} and _is_month(at)
    led = (
        paired
        or at.before in at.near.month_leads
        or dated
        or (at.before in {"the", "a"} and not at.opens and at.is_capital)
    )
    return led and (at.is_capital or (at.capitals and at.before not in {"to", "and", "that", "or", "this"}))


def _short_name(at: Setting) -> bool:
    """A short weekday or month ("Sun", "Mar") needs a capital and a number, a comma or a full stop."""
    near = at.after[:1].isdigit() or (at.after in {",", "("} and at.after_that[:1].isalnum()) or at.before[:1].isdigit()
    return (at.is_capital or at.capitals) and near


def _season(at: Setting) -> bool:
    """ "Fall" is the season beside a year or after a word that leads a season, not "the fall of the city"."""
    if (at.after.isdigit() and len(at.after) == 4) or (at.after == "of" and at.after_that[:1].isdigit()):
        return True
    if at.before in {"last", "next", "this", "early", "late", "previous", "following", "-", "mid", "each", "every"}:
        return at.after != "of"
    return at.before == "the" and at.before_that in at.near.season_leads and at.after != "of"


def _dawn(at: Setting) -> bool:
    """ "Dawn" as a time of day: "at dawn", not a name and not "the dawn of an age"."""
    return at.before in at.near.dawn_leads and at.after != "of" and not (at.is_capital and at.before == "operation")


def _spring(at: Setting) -> bool:
    """ "Spring" is a season unless it is a verb or water."""
    return at.after not in {"up", "from", "water", "into", "to"} and at.before not in at.near.not_season


def _second(at: Setting) -> bool:
    """ "Second" is a unit of time only after a number."""
    return at.before in {"per", "every", "each"} or at.before[:1].isdigit()


def _quarter(at: Setting) -> bool:
    """A quarter of the year, not of a town or of anything else."""
    return at.before in at.near.quarter_leads


def _capital(at: Setting) -> bool:
    """Written with a capital, where capitals mean something."""
    return at.is_capital or at.capitals


GUARDS: Mapping[str, Callable[[Setting], bool]] = {
    "month": _month_name,
    "short": _short_name,
    "season": _season,
    "spring": _spring,
    "dawn": _dawn,
    "second": _second,
    "quarter": _quarter,
    "capital": _capital,
}


def is_capitals(text: str) -> bool:
    """True where the text is written in capitals, so that a capital tells nothing."""
    letters = [c for c in text[:2000] if c.isalpha()]
    return len(letters) >= 12 and sum(c.islower() for c in letters) < 0.1 * len(letters)


_SHAPES: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], Mapping[str, Fields]]]]


def _number_classes(form: str, at: Setting) -> Mapping[str, Fields]:
    if form.isdigit():
        return _whole_number(form, at)
    for shape, read in _SHAPES:
        match = shape.fullmatch(form)
        if match:
            return read(match)
    return {}


def _whole_number(form: str, at: Setting) -> Mapping[str, Fields]:
    value = int(form)
    classes: dict[str, Fields] = {}
    if at.before in {"$", "€", "£", "#", "%"} or at.after == "%":
        return classes
    if len(form) <= 3 or not 1000 <= value <= 2100:
        classes["NUM"] = {"n": value}
    elif len(form) == 4:
        classes["NUM"] = {"n": value}
        if _is_year(value, at):
            classes["YEAR"] = {"year": value}
    if len(form) <= 2 and 1 <= value <= 31:
        classes["DAY"] = {"day": value}
    if len(form) <= 2 and value <= 24:
        classes["HOUR"] = {"hour": value % 24}
    if len(form) == 2:
        classes["YY"] = {"yy": value}
        if at.before == "'":
            classes["YYQ"] = {"yy": value}
    if len(form) == 4 and value // 100 <= 24 and value % 100 < 60:
        classes["HHMM"] = {"hour": value // 100 % 24, "minute": value % 100}
    if 1 <= value <= 999 and len(form) <= 3:
        classes["SHORTYEAR"] = {"year": value}
    return classes


def _is_year(value: int, at: Setting) -> bool:
    if any(entry.kind == "MONTH" for entry in at.tokens.lookup.get(at.before, ())):
        return True
    if at.before in at.near.number_leads or (at.after in at.near.counted and at.before not in {"in", "since", "of"}):
        return False
    if at.after in at.near.counted and at.before == "of":
        return False
    if at.before == "-" and at.before_that.isalpha() and at.before_that not in at.near.year_leads:
        return at.tokens.spans[at.i - 1][0] > at.tokens.spans[at.i - 2][1]  # "PRE-2000" reads on, "F-2000" does not
    return not (value % 100 == 0 and at.before not in at.near.year_leads and at.after in at.near.counted)


def _iso(match: re.Match[str]) -> Mapping[str, Fields]:
    year, month, day = (int(match[k]) for k in (1, 2, 3))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return {}
    fields: dict[str, int | float | str] = {"year": year, "month": month, "day": day}
    if match[4]:
        fields |= {"hour": int(match[4]), "minute": int(match[5])}
    return {"FULLDATE": fields}


def _slashed(match: re.Match[str]) -> Mapping[str, Fields]:
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    # Day before month, as most of the world writes it, unless only the other order is a date.
    day, month = (first, second) if second <= 12 else (second, first)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return {}
    return {"FULLDATE": {"yy" if len(match[3]) == 2 else "year": year, "month": month, "day": day}}


def _clock(match: re.Match[str]) -> Mapping[str, Fields]:
    hour, minute = int(match[1]), int(match[2])
    return {"CLOCK": {"hour": hour % 24, "minute": minute}} if hour <= 24 and minute < 60 else {}


def _dotted_clock(match: re.Match[str]) -> Mapping[str, Fields]:
    """ "2.30" is a time of day only where a.m. or p.m. follows; else it is a number."""
    classes: dict[str, Fields] = {"NUM": {"n": float(match.group())}}
    for fields in _clock(match).values():
        classes["CLOCKDOT"] = fields
    return classes


def _ordinal(match: re.Match[str]) -> Mapping[str, Fields]:
    n = int(match[1])
    classes: dict[str, Fields] = {"ORD": {"nth": n}}
    if 1 <= n <= 31:
        classes["DAYTH"] = {"day": n}
    return classes


def _decade(match: re.Match[str]) -> Mapping[str, Fields]:
    digits = match[1]
    if not digits.endswith("0"):
        return {}
    if len(digits) == 4 and digits.endswith("00"):
        return {"CENTURIES": {"century": int(digits) // 100}}
    if len(digits) == 2:
        return {"DECADE": {"yy_decade": int(digits) // 10}}
    return {"DECADE": {"decade": int(digits) // 10}}


_SHAPES = (
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:t(\d{2}):(\d{2}))?"), _iso),
    (re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})"), _slashed),
    (re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?"), _clock),
    (re.compile(r"(\d{1,2})\.(\d{2})"), _dotted_clock),
    (re.compile(r"(\d{1,4})(?:st|nd|rd|th|d)"), _ordinal),
    (re.compile(r"(\d{2,4})'?s"), _decade),
    (re.compile(r"(\d+(?:,\d{3})+)"), lambda m: {"NUM": {"n": int(m[1].replace(",", ""))}}),
    (re.compile(r"(\d+\.\d+)"), lambda m: {"NUM": {"n": float(m[1])}}),
)
