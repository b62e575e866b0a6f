"""Numbers in words and digits, with their shape: "at least 12", "between 145 and 150", "dozens", "no", "a".

The words are rows of the lexicon `number_words`, told apart by their `role`; the grammar here puts them together:

    hedge* given* core (range-end)? (or more)? (others)?

A number is only a number: whether it counts people is decided by what follows it (`counts`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from according.rules import Hit, Lexicon
from according.values import CountKind, CountRange

COLUMNS = ("role", "value")

_DIGITS = re.compile(r"\d{1,3}(?:[,.\u00a0\u202f']\d{3})+|\d+")
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}")
_HYPHENS = frozenset({"-", "–", "—"})
_MONEY = frozenset("$€£¥₹")
_PERCENT = frozenset({"%", "percent", "pct"})
_HEDGES = ("floor", "above", "ceiling", "below", "about", "plain")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in tokens [start, end).

    Args:
        start, end: token numbers; hedges and "others" are inside.
        range: what the words allow.
        core: number of the token that carries the figure.
        role: role of the core: figure, vague, pair, article, another, none, any, anyone.
        more: True for people beside those named before ("five others", "another three").
        given: True where a definite word stands before it ("the three", "all seven").
        origin: lexicon row of the core, or "figure" for digits.
    """

    start: int
    end: int
    range: CountRange
    core: int
    role: str
    more: bool = False
    given: bool = False
    origin: str = "figure"


@dataclass(frozen=True, slots=True)
class _Core:
    end: int
    value: int
    role: str
    origin: str


class NumberReader:
    """Reads numbers off a sequence of tokens by the rows of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def numbers(self, tokens: Sequence[Token], start: int, end: int) -> list[Number]:
        """All numbers in tokens [start, end), from left to right, not overlapping."""
        found = []
        i = start
        while i < end:
            number = self.at(tokens, i, end)
            if number is None:
                i += 1
            else:
                found.append(number)
                i = number.end
        return found

    def at(self, tokens: Sequence[Token], i: int, end: int) -> Number | None:
        """The number that begins with token i, hedges included, or None."""
        start, hedges, given, more, article = i, list[str](), False, False, None
        while i < end:
            hit = self._role(tokens, i, (*_HEDGES, "given", "all", "another", "article"))
            if hit is None or hit.end > end:
                break
            role = hit.row["role"]
            if (role == "article" and self._core(tokens, i, end) is not None) or (
                role == "about" and self._is_vague(tokens, i)
            ):
                break
            if role == "another":
                more, article = True, hit
            elif role == "article":
                article = hit
            elif role in {"given", "all"}:
                given = True
                more = more or (
                    hit.row["role"] == "given"
                    and tokens[hit.end - 1].lower_ in {"other", "another", "further", "additional"}
                )
            else:
                hedges.append(role)
            i = hit.end
        between = self._role(tokens, i, ("between", "range_from"))
        if between is not None:
            ranged = self._between(tokens, start, between, end)
            if ranged is not None:
                return ranged
        core = self._core(tokens, i, end)
        if core is None or _is_age(tokens, core.end):
            if article is None or (hedges and article.row["role"] == "article"):
                return None
            core = _Core(article.end, 1, article.row["role"], self._lexicon.origin(article.row))
            i = article.start
        elif article is not None and article.row["role"] == "article" and core.role not in {"scale", "pair", "vague"}:
            # "a 20-strong group", "an eight": the article belongs to something else
            given = False
        return self._finish(tokens, (start, i, end), core, hedges, more, given)

    def _is_vague(self, tokens: Sequence[Token], i: int) -> bool:
        """True for "some of", which hedges no figure."""
        return self._role(tokens, i, ("vague",)) is not None

    def _role(self, tokens: Sequence[Token], i: int, roles: Sequence[str]) -> Hit | None:
        if i >= len(tokens):
            return None
        return next((hit for hit in self._lexicon.at(tokens, i) if hit.row["role"] in roles), None)

    def _finish(
        self,
        tokens: Sequence[Token],
        where: tuple[int, int, int],
        core: _Core,
        hedges: list[str],
        more: bool,
        given: bool,
    ) -> Number | None:
        start, i, end = where
        high, stop = self._range_end(tokens, core, end)
        after = self._role(tokens, stop, ("floor_after", "about_after"))
        if after is not None and after.end <= end and core.role in {"figure", "scale"}:
            hedges, stop = [*hedges, "floor" if after.row["role"] == "floor_after" else "about"], after.end
        others = self._role(tokens, stop, ("more",))
        if others is not None and others.end <= end and core.role != "article" and _adds(tokens, others):
            more, stop = True, others.end
        if _is_no_count(tokens, i, stop) or _is_age_bound(tokens, i):
            return None
        word = tokens[i].doc[i : core.end].text.removesuffix(" of") if core.role == "vague" else None
        return Number(
            start, stop, shape(core.value, high, core.role, hedges, word), i, core.role, more, given, core.origin
        )

    def _between(self, tokens: Sequence[Token], start: int, hit: Hit, end: int) -> Number | None:
        low = self._core(tokens, hit.end, end)
        link = None if low is None else self._role(tokens, low.end, ("and", "range_to"))
        high = None if link is None else self._core(tokens, link.end, end)
        if low is None or link is None or high is None or high.value < low.value:
            return None
        if (hit.row["role"] == "range_from" and link.row["role"] != "range_to") or _is_no_count(
            tokens, hit.end, high.end
        ):
            return None
        return Number(
            start, high.end, CountRange(low.value, high.value, CountKind.BOUND), hit.end, "figure", origin=low.origin
        )

    def _range_end(self, tokens: Sequence[Token], core: _Core, end: int) -> tuple[int | None, int]:
        """The upper end of "12-15", "12 to 15", "four or five", and where it stops."""
        i = core.end
        if core.role != "figure" or i >= end:
            return None, i
        link = self._role(tokens, i, ("range_to",))
        j = i + 1 if tokens[i].text in _HYPHENS else link.end if link is not None else None
        high = None if j is None or j >= end else self._core(tokens, j, end)
        if high is None or high.role != "figure" or high.value <= core.value:
            return None, i
        return high.value, high.end

    def _core(self, tokens: Sequence[Token], i: int, end: int) -> _Core | None:
        if i >= end:
            return None
        token = tokens[i]
        if token.text[:1].isdigit():
            return self._digits(tokens, i, end)
        special = self._role(tokens, i, ("vague", "pair", "none", "any", "anyone"))
        if special is not None and special.end <= end:
            role = "none" if special.row["role"] == "none" else special.row["role"]
            return _Core(special.end, int(special.row["value"]), role, self._lexicon.origin(special.row))
        return self._words(tokens, i, end)

    def _digits(self, tokens: Sequence[Token], i: int, end: int) -> _Core | None:
        text = tokens[i].text.rstrip(".")
        if _DECIMAL.fullmatch(text) and not _DIGITS.fullmatch(text):
            scale = self._role(tokens, i + 1, ("scale",))
            if scale is None:
                return None
            return _Core(scale.end, round(float(text.replace(",", ".")) * int(scale.row["value"])), "figure", "figure")
        if not _DIGITS.fullmatch(text):
            return None
        value, j = int(re.sub(r"\D", "", text)), i + 1
        while j < end and tokens[j].text == "000" and value < 1000:  # "10 000"
            value, j = value * 1000, j + 1
        scale = self._role(tokens, j, ("scale",)) if j < end else None
        if scale is not None and scale.end <= end:
            value, j = value * int(scale.row["value"]), scale.end
        return _Core(j, value, "figure", "figure")

    def _words(self, tokens: Sequence[Token], i: int, end: int) -> _Core | None:
        """Figures in words, after an article too: "twenty-three", "two hundred and five", "a dozen", "a hundred"."""
        total, part, j, origin, last = 0, 0, i, None, ""
        if tokens[j].lower_ in {"a", "an"}:
            scale = self._role(tokens, j + 1, ("scale",)) if j + 1 < end else None
            if scale is None:
                return None
            part, j, last = 1, j + 1, "unit"
        while j < end:
            hit = self._role(tokens, j, ("unit", "tens", "scale"))
            if hit is None or hit.end > end:
                hyphen = last == "tens" and tokens[j].text in _HYPHENS
                skip = hyphen or (last == "scale" and tokens[j].lower_ == "and")
                ahead = self._role(tokens, j + 1, ("unit", "tens")) if skip and j + 1 < end else None
                if ahead is None or (tokens[j].lower_ == "and" and total + part < 100):
                    break
                j += 1
                continue
            role, value = hit.row["role"], int(hit.row["value"])
            if (role == "unit" and last in {"unit"}) or (role == "tens" and last in {"unit", "tens"}):
                break
            if role == "scale":
                part = max(part, 1) * value
                if value >= 1000:
                    total, part = total + part, 0
            else:
                part += value
            origin, last, j = origin or self._lexicon.origin(hit.row), role, hit.end
        if origin is None:
            return None
        alone = last == "scale" and j - i == 1
        return _Core(j, total + part, "scale" if alone else "figure", origin)


def shape(value: int, high: int | None, role: str, hedges: Sequence[str], word: str | None) -> CountRange:
    """The range that a figure with its hedges allows.

    Args:
        value: the figure (its least value where the word is vague).
        high: upper end where two figures are named.
        role: role of the core.
        hedges: roles of the hedging rows, in order.
        word: the vague word, or None.
    """
    if role in {"none", "any", "anyone"}:
        return CountRange(0, 0, CountKind.NONE)
    if high is not None:
        return CountRange(value, high, CountKind.BOUND)
    if role == "vague":
        return CountRange(value, None, CountKind.VAGUE, word)
    if "ceiling" in hedges:
        return CountRange(None, value, CountKind.BOUND)
    if "below" in hedges:
        return CountRange(None, max(value - 1, 0), CountKind.BOUND)
    if "above" in hedges:
        return CountRange(value + 1, None, CountKind.BOUND, bound=value)
    if "floor" in hedges:
        return CountRange(value, None, CountKind.BOUND)
    if "about" in hedges:
        return CountRange(value, value, CountKind.ABOUT)
    return CountRange(value, value, CountKind.EXACT)


def _is_age_bound(tokens: Sequence[Token], i: int) -> bool:
    """True for the figure of "children under five"."""
    if i < 2 or tokens[i - 1].lower_ not in {"under", "over", "below"}:
        return False
    return tokens[i - 2].tag_ in {"NNS", "NNPS"}


def _adds(tokens: Sequence[Token], hit: Hit) -> bool:
    """True for "five more" and "five others", not for "five other men" and not for the "more" of "more than"."""
    if tokens[hit.start].lower_ == "other":
        return False
    return not (hit.end < len(tokens) and tokens[hit.end].lower_ == "than")


def _is_no_count(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """True for money, shares and parts of a code ("F-16", "3.5%", "$20")."""
    doc = tokens[start].doc
    before = doc[start - 1] if start > 0 else None
    after = doc[stop] if stop < len(doc) else None
    if before is not None and before.text in _MONEY:
        return True
    if (
        before is not None
        and before.text in _HYPHENS
        and start > 1
        and not before.whitespace_
        and not doc[start - 2].whitespace_
    ):
        return True
    if after is None:
        return False
    if after.lower_ in _PERCENT or (after.lower_ == "per" and stop + 1 < len(doc) and doc[stop + 1].lower_ == "cent"):
        return True
    return after.text == ":" and stop + 1 < len(doc) and doc[stop + 1].text[:1].isdigit()


def _is_age(tokens: Sequence[Token], i: int) -> bool:
    """True where "-year-old", "-strong" or the like follows a figure."""
    doc = tokens[0].doc
    while i < len(doc) and doc[i].text in _HYPHENS:
        i += 1
    return (
        i < len(doc)
        and doc[i].lower_ in {"year", "month", "strong", "member", "day", "hour", "week"}
        and doc[i - 1].text in _HYPHENS
    )


def reader_of(lexicons: Mapping[str, Lexicon]) -> NumberReader:
    """The reader over the lexicon `number_words` of a kit."""
    return NumberReader(lexicons["number_words"])
