"""People phrases: a number with the people that it counts ("at least six police officers", "three of them").

What a noun says about the people (civilian or fighter, sex, age) is in the lexicon `people`. A phrase knows how it
hangs on the one before it: added to it ("nine civilians and four soldiers") or a part of it ("17 people, including five
children").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from spacy.tokens import Token

from according.annotate import Text
from according.extract.numbers import Number, NumberReader, reader_of
from according.model import Span
from according.rules import Hit, Lexicon
from according.values import Count, CountKind, CountRange, PersonStatus, Scope

COLUMNS = ("kind", "status", "sex", "age")

_HYPHENS = frozenset({"-", "–", "—"})
_SKIPPED = frozenset({"ADJ", "NOUN", "PROPN", "ADV", "NUM"})
_PRONOUNS = frozenset({"them", "whom", "these", "those", "us", "which"})
_OWNERS = frozenset({"his", "her", "their", "its", "our", "my"})
_REACH = 9
_NAMING = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "NUM"})
_SIZED = frozenset({"toll", "total", "number", "family", "crew", "group", "count", "figure"})
_HEADS = frozenset({"person", "forces", "other", "loss", "body", "deed", "thing"})


PART_MARKS = frozenset({"including", "include", "includes", "included", "among", "comprising", "whom"})
"""Words that make what follows a part of what stands before them."""


class Kind(StrEnum):
    """What the head of a phrase is."""

    PERSON = "person"
    FORCES = "forces"
    OTHER = "other"
    LOSS = "loss"
    BODY = "body"
    DEED = "deed"
    THING = "thing"
    UNKNOWN = "unknown"
    ELIDED = "elided"
    WHOLE = "whole"


class Tie(StrEnum):
    """How a phrase hangs on the one before it."""

    NONE = "none"
    ADDED = "added"
    PART = "part"


@dataclass(frozen=True, slots=True)
class People:
    """A stretch of tokens [start, end) that counts people (or may: `kind` unknown or elided).

    Args:
        start, end: token numbers.
        range: how many.
        role: the number's role (see `numbers.Number`), "bare" for a plural without number, "definite" for one person.
        kind: what its head is.
        head: number of the head token, or None where the noun is left out.
        noun: number of the token where the words behind the number begin.
        status, sex, age: what the nouns say.
        more: people beside those named before.
        tie: how it hangs on the phrase before it.
    """

    start: int
    end: int
    range: CountRange
    role: str
    kind: Kind
    head: int | None
    noun: int
    status: PersonStatus = PersonStatus.UNKNOWN
    sex: str | None = None
    age: str | None = None
    more: bool = False
    given: bool = False
    tie: Tie = Tie.NONE

    @property
    def is_numbered(self) -> bool:
        """True where a number (or an article) stands in the text."""
        return self.role not in {"bare", "definite"}

    @property
    def may_be_people(self) -> bool:
        """True where nothing says that these are things."""
        return self.kind not in {Kind.THING, Kind.BODY, Kind.DEED}

    def group(self, text: Text) -> str | None:
        """The people as the text names them, without the number; None where the noun is left out."""
        if self.head is None or self.kind in {Kind.ELIDED, Kind.OTHER, Kind.LOSS}:
            return None
        first = self.head if self.kind is Kind.WHOLE else self.noun
        while first < self.head and text.doc[first].pos_ not in _NAMING:
            first += 1
        return text.span(first, self.head + 1).quote

    def span(self, text: Text) -> Span:
        """The phrase as it stands in the document."""
        return text.span(self.start, self.end)

    def count(self, text: Text, scope: Scope = Scope.EVENT) -> Count:
        """The typed value."""
        return Count(self.range, self.status, False, self.group(text), self.sex, self.age, scope)


@dataclass(frozen=True, slots=True)
class _Noun:
    """What the words after a number come to."""

    end: int
    kind: Kind
    head: int | None
    hits: tuple[Hit, ...] = ()


class PeopleFinder:
    """Finds people phrases by the lexicons `number_words` and `people`."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._numbers: NumberReader = reader_of(lexicons)
        self._people = lexicons["people"]

    def find(self, tokens: Sequence[Token], start: int, end: int) -> list[People]:
        """The phrases in tokens [start, end) (one sentence), in order, not overlapping."""
        found: list[People] = []
        i = start
        while i < end:
            number = self._numbers.at(tokens, i, end)
            phrase = self._bare(tokens, i, end) if number is None else self._numbered(tokens, number, end)
            if phrase is None:
                i += 1 if number is None or number.role in {"article", "any"} else number.end - i
                continue
            phrase = self._with_second_noun(tokens, phrase, end)
            found.append(phrase)
            i = phrase.end
        return _tied(tokens, [p for p in found if p.may_be_people])

    def _with_second_noun(self, tokens: Sequence[Token], phrase: People, end: int) -> People:
        """ "Eight women and children": one number for two nouns."""
        i = phrase.end
        plural = phrase.head is not None and tokens[phrase.head].tag_ in {"NNS", "NNPS"}
        if not (phrase.is_numbered and plural and phrase.range.low != 0 and i + 1 < end):
            return phrase
        if tokens[i].lower_ not in {"and", "or"} or tokens[i + 1].lower_ in _OWNERS | {"the", "a", "an"}:
            return phrase
        second = None if self._numbers.at(tokens, i + 1, end) is not None else self._bare(tokens, i + 1, end)
        if second is None or second.kind is not Kind.PERSON or self._begins_verb(tokens, second.end, end):
            return phrase
        status = phrase.status if phrase.status is second.status else PersonStatus.UNKNOWN
        sex, age = (
            (phrase.sex if phrase.sex == second.sex else None),
            (phrase.age if phrase.age == second.age else None),
        )
        return replace(phrase, end=second.end, head=second.head, status=status, sex=sex, age=age)

    def _begins_verb(self, tokens: Sequence[Token], i: int, end: int) -> bool:
        """True where a verb in the active voice follows, so that the second noun has a clause of its own."""
        return i < end and tokens[i].tag_ in {"VBD", "VBP", "VBZ"} and tokens[i].pos_ == "VERB"

    def _hit(self, tokens: Sequence[Token], i: int) -> Hit | None:
        hits = self._people.at(tokens, i)
        return max(hits, key=lambda h: (h.end - h.start, h.row["kind"] != "modifier"), default=None)

    def _numbered(self, tokens: Sequence[Token], number: Number, end: int) -> People | None:
        noun = self._noun(tokens, number.end, end)
        if number.role == "anyone" or (
            number.range.kind is CountKind.NONE
            and number.core + 1 == number.end
            and tokens[number.core].lower_ in {"nobody"}
        ):
            noun = _Noun(number.end, Kind.PERSON, None)
        if (
            number.role in {"article", "another"}
            and number.core + 1 == number.end
            and (
                noun.kind not in {Kind.PERSON, Kind.LOSS}
                or (noun.head is not None and tokens[noun.head].tag_ in {"NNS", "NNPS"})
            )
        ):
            return None
        if noun.kind in {Kind.ELIDED, Kind.UNKNOWN} and _is_date_or_age(tokens, number):
            return None
        if _is_year(tokens, number) and self._follows_month(tokens, number.start):
            return None
        status, sex, age = _traits((*noun.hits, *self._losses_of(tokens, noun, end)))
        if noun.kind is Kind.FORCES and number.role == "figure" and number.range.is_exact and number.range.low == 1:
            return None
        return People(
            number.start,
            noun.end,
            number.range,
            number.role,
            noun.kind,
            noun.head,
            number.end,
            status,
            sex,
            age,
            number.more,
            number.given,
        )

    def _losses_of(self, tokens: Sequence[Token], noun: _Noun, end: int) -> tuple[Hit, ...]:
        """What "of civilians" says about "65 bodies"."""
        if noun.kind is not Kind.LOSS or noun.end >= end or tokens[noun.end].lower_ != "of":
            return ()
        return self._noun(tokens, noun.end + 1, end).hits

    def _follows_month(self, tokens: Sequence[Token], i: int) -> bool:
        """True where a month stands before token i, or a month and a day ("27 November 2016", "April 4, 2017")."""
        for k in (i - 1, i - 2, i - 3):
            if k < 0:
                return False
            if any(h.row.id in {"months", "march-may"} for h in self._people.at(tokens, k)):
                return True
            if tokens[k].text != "," and not tokens[k].text[:1].isdigit():
                return False
        return False

    def _bare(self, tokens: Sequence[Token], i: int, end: int) -> People | None:
        """A plural without number, or one person behind a definite word ("civilians", "his wife", "the driver")."""
        owner = tokens[i].lower_ in _OWNERS or tokens[i].lower_ in {"the", "this", "that"}
        if tokens[i].pos_ not in {"NOUN", "PROPN", "ADJ"} and not owner:
            return None
        noun = self._noun(tokens, i + owner, end)
        if noun.head is None or noun.kind not in {Kind.PERSON, Kind.FORCES, Kind.LOSS}:
            return None
        status, sex, age = _traits(noun.hits)
        head = tokens[noun.head]
        many = head.tag_ in {"NNS", "NNPS"} or head.lower_ in {
            "people",
            "police",
            "troops",
            "forces",
            "personnel",
            "staff",
            "children",
        }
        if not many and (not owner or noun.kind is Kind.LOSS):
            return None
        numbers = CountRange(2, None, CountKind.VAGUE, head.text) if many else CountRange(1, 1)
        return People(
            i,
            noun.end,
            numbers,
            "bare" if many else "definite",
            noun.kind,
            noun.head,
            i + owner,
            status,
            sex,
            age,
            given=owner,
        )

    def _noun(self, tokens: Sequence[Token], start: int, end: int) -> _Noun:
        i = start
        if i < end and tokens[i].lower_ == "of" and i > 0:
            whole = self._whole(tokens, i + 1, end)
            if whole is not None:
                return whole
            i += 1
        hits: list[Hit] = []
        head: tuple[int, Kind] | None = None
        last: int | None = None
        while i < min(end, start + _REACH):
            token = tokens[i]
            hit = self._hit(tokens, i)
            counts = hit is not None and hit.row["kind"] in _HEADS and token.pos_ not in {"VERB", "AUX"}
            if hit is not None and counts and not self._colours(tokens, hit.end, end):
                if head is not None and not _runs_on(tokens, i, head):
                    break
                head, last = (hit.end - 1, Kind(hit.row["kind"])), hit.end
                hits.append(hit)
                i = hit.end
                continue
            if head is not None:
                if token.pos_ == "NOUN" and _runs_on(tokens, i, head) and token.tag_ in {"NN", "NNS"}:
                    head, last = (i, Kind.UNKNOWN), i + 1
                    i += 1
                    continue
                break
            if hit is not None and hit.row["kind"] == "state" and not self._names_people(tokens, i + 1, end):
                break
            aside = _closing(tokens, i, end)
            if aside is not None and self._names_people(tokens, aside, end):
                i = aside  # "23 ISIS (Daesh) militants"
                continue
            if hit is not None:
                hits.append(hit)
            if not self._goes_on(tokens, i, end):
                break
            if token.pos_ in {"NOUN", "PROPN"}:
                last = i + 1
            i += 1
        return self._close(tokens, start, head, last, tuple(hits))

    def _close(
        self,
        tokens: Sequence[Token],
        start: int,
        head: tuple[int, Kind] | None,
        last: int | None,
        hits: tuple[Hit, ...],
    ) -> _Noun:
        if head is not None and last is not None:
            place, kind = head
            if (
                kind is Kind.PERSON
                and tokens[place].lemma_.lower() in {"member", "man", "personnel", "person"}
                and last + 1 < len(tokens)
            ):
                hits = (*hits, *self._of_phrase(tokens, last))
            return _Noun(last, kind, place, hits)
        if last is not None:
            first = start
            while first < last and tokens[first].pos_ not in {"NOUN", "PROPN"}:
                first += 1
            while first + 1 < last and tokens[first + 1].pos_ in {"NOUN", "PROPN"}:
                first += 1
            return _Noun(first + 1, Kind.UNKNOWN, first, hits)
        return _Noun(start, Kind.ELIDED, None, hits)

    def _whole(self, tokens: Sequence[Token], i: int, end: int) -> _Noun | None:
        """After "three of": "them", "whom", "those killed", "the dead", "the wounded"."""
        if i >= end:
            return None
        if tokens[i].lower_ in _PRONOUNS:
            inner = self._noun(tokens, i + 1, end)  # "30 of them children"
            if inner.head is not None and inner.kind in {Kind.PERSON, Kind.FORCES}:
                return _Noun(inner.end, Kind.WHOLE, inner.head, inner.hits)
            return self._with_predicate(tokens, i + 1, end)
        if (
            tokens[i].lower_ == "the"
            and i + 1 < end
            and tokens[i + 1].lower_ in {"dead", "wounded", "injured", "victims", "casualties", "killed"}
        ):
            return self._with_predicate(tokens, i + 2, end)
        if tokens[i].lower_ in _OWNERS or tokens[i].lower_ == "the":
            inner = self._noun(tokens, i + 1, end)
            return inner if inner.kind is not Kind.ELIDED else None
        return None

    def _with_predicate(self, tokens: Sequence[Token], i: int, end: int) -> _Noun:
        """ "Five of the dead" or, with what they were, "five of the dead were children"."""
        if i + 1 < end and tokens[i].lower_ in {"were", "was", "are", "is"}:
            inner = self._noun(tokens, i + 1, end)
            if inner.head is not None and inner.kind is Kind.PERSON and self._numbers.at(tokens, i + 1, end) is None:
                return _Noun(inner.end, Kind.WHOLE, inner.head, inner.hits)
        return _Noun(i, Kind.WHOLE, None)

    def _of_phrase(self, tokens: Sequence[Token], i: int) -> list[Hit]:
        """What "of the security forces" says about "members"."""
        if i >= len(tokens) or tokens[i].lower_ not in {"of", "from"}:
            return []
        hits = [self._hit(tokens, k) for k in range(i + 1, min(i + 6, len(tokens)))]
        return [h for h in hits if h is not None and h.row["status"]][:1]

    def _colours(self, tokens: Sequence[Token], i: int, end: int) -> bool:
        """True where a hyphen makes an adjective of the noun before token i ("rebel-held")."""
        if i + 1 >= end or tokens[i].text not in _HYPHENS or tokens[i].whitespace_ or tokens[i - 1].whitespace_:
            return False
        return tokens[i + 1].pos_ not in {"NOUN", "PROPN"} or tokens[i + 1].tag_ in {"VBN", "JJ"}

    def _names_people(self, tokens: Sequence[Token], i: int, end: int) -> bool:
        """True where token i is a noun of people ("46 wounded people")."""
        hit = self._hit(tokens, i) if i < end else None
        return hit is not None and hit.row["kind"] in {"person", "forces"}

    def _goes_on(self, tokens: Sequence[Token], i: int, end: int) -> bool:
        """True where token i may stand between a number and its noun."""
        token = tokens[i]
        if token.pos_ in _SKIPPED and token.lower_ not in {
            "when",
            "where",
            "there",
            "then",
            "also",
            "dead",
            "later",
            "earlier",
        }:
            return not (token.like_num and not (i + 1 < end and tokens[i + 1].text in _HYPHENS))
        if token.text in _HYPHENS or token.text in {'"', "'", "''", "``", "'s", "so", "called"}:
            return i + 1 < end and (tokens[i + 1].pos_ in _SKIPPED or tokens[i + 1].tag_ in {"VBN", "VBG"})
        if token.tag_ in {"VBN", "VBG"} and i + 1 < end:
            return (
                tokens[i + 1].pos_ in {"NOUN", "ADJ", "PROPN"}
                and tokens[i + 1].tag_ != "CD"
                and token.dep_ in {"amod", "compound", "nmod"}
            )
        if token.lower_ in {"and", ","} and i > 0 and i + 1 < end:
            return tokens[i - 1].pos_ == "ADJ" and tokens[i + 1].pos_ == "ADJ"
        return False


def _closing(tokens: Sequence[Token], i: int, end: int) -> int | None:
    """The token behind a short aside in brackets that begins with token i, or None."""
    if tokens[i].text != "(":
        return None
    return next((k + 1 for k in range(i + 1, min(i + 5, end)) if tokens[k].text == ")"), None)


def _runs_on(tokens: Sequence[Token], i: int, head: tuple[int, Kind]) -> bool:
    """True where token i is a further noun of the same compound ("police" + "officers", "army" + "vehicles")."""
    before = tokens[head[0]]
    if i != head[0] + 1 or before.tag_ in {"NNS", "NNPS"} or before.lower_ in {"people", "troops"}:
        return False
    return tokens[i].tag_ in {"NN", "NNS", "NNP", "NNPS"} and tokens[i].pos_ in {"NOUN", "PROPN"}


def _is_year(tokens: Sequence[Token], number: Number) -> bool:
    """True for a bare figure of four digits that may be a year."""
    value = number.range.low
    plain = number.start == number.core and number.end - number.core == 1 and tokens[number.core].text.isdigit()
    return plain and value is not None and 1900 <= value <= 2100


def _is_date_or_age(tokens: Sequence[Token], number: Number) -> bool:
    """True for a bare figure that is a year, a day of a month, or an age."""
    before = tokens[number.start - 1] if number.start > 0 else None
    core = tokens[number.core]
    if _is_year(tokens, number):
        return True
    if before is None or number.start != number.core:
        return False
    if before.lower_ in {"aged", "age"}:
        return True
    if before.ent_type_ == "DATE" and core.ent_type_ == "DATE" and core.ent_iob_ == "I":
        return True
    owner = tokens[number.start - 2] if before.lower_ == "of" and number.start > 1 else None
    return owner is not None and owner.tag_ == "NN" and owner.lemma_.lower() not in _SIZED


def _traits(hits: Sequence[Hit]) -> tuple[PersonStatus, str | None, str | None]:
    """Status, sex and age: the head's own where it has them, else what the words before it say."""
    status = next((h.row["status"] for h in _by_weight(hits) if h.row["status"]), "")
    sex = next((h.row["sex"] for h in reversed(hits) if h.row["sex"]), None)
    age = next((h.row["age"] for h in reversed(hits) if h.row["age"]), None)
    return (PersonStatus(status) if status else PersonStatus.UNKNOWN), sex, age


def _by_weight(hits: Sequence[Hit]) -> list[Hit]:
    """ "civilian" colours any noun; else the head speaks before its modifiers."""
    civilian = [h for h in hits if h.row.id in {"civilian-word", "non-military-word"}]
    heads = [h for h in reversed(hits) if h.row["kind"] != "modifier"]
    return [*civilian, *heads, *(h for h in hits if h.row["kind"] == "modifier")]


_JOINERS = frozenset(
    {
        ",",
        "and",
        "&",
        "or",
        "plus",
        ";",
        "as",
        "well",
        "along",
        "together",
        "with",
        "nor",
        "his",
        "her",
        "their",
        "also",
        "the",
        "both",
    }
)


def _tied(tokens: Sequence[Token], found: list[People]) -> list[People]:
    """Each phrase with its tie to the one before it."""
    tied: list[People] = []
    for phrase in found:
        before = tied[-1] if tied else None
        tied.append(replace(phrase, tie=_tie(tokens, before, phrase)) if before is not None else phrase)
    return tied


def _tie(tokens: Sequence[Token], before: People, phrase: People) -> Tie:
    between = [t.lower_ for t in tokens[before.end : phrase.start]]
    if phrase.kind is Kind.WHOLE or (phrase.role == "pair" and between == [","]):
        return Tie.PART
    if len(between) > 12:
        return Tie.NONE
    if PART_MARKS & set(between) and not any(
        t.pos_ in {"VERB", "AUX"} and t.lower_ not in PART_MARKS for t in tokens[before.end : phrase.start]
    ):
        return Tie.PART
    if (
        not between
        and before.head is not None
        and phrase.head is not None
        and before.is_numbered
        and phrase.is_numbered
    ):
        return Tie.ADDED  # a list without commas
    if between and all(w in _JOINERS for w in between):
        return Tie.PART if before.tie is Tie.PART else Tie.ADDED
    return Tie.NONE
