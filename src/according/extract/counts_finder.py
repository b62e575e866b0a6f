"""`PeopleFinder`: all people phrases of a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from according.extract.counts import Kind, People, tied
from according.extract.counts_nouns import OWNERS, Noun, NounReader, traits
from according.extract.numbers import Number, NumberReader, reader_of
from according.rules import Hit, Lexicon
from according.values import CountKind, CountRange, PersonStatus

_TRADES = ("er", "or", "ist", "man", "woman", "ian", "eer", "ee", "boy", "girl", "wright", "smith")
_PLURALS = frozenset({"people", "police", "troops", "forces", "personnel", "staff", "children"})
_SIZED = frozenset({"toll", "total", "number", "family", "crew", "group", "count", "figure"})


class PeopleFinder:
    """Finds people phrases by the lexicons `number_words` and `people`."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._numbers: NumberReader = reader_of(lexicons)
        self._nouns = NounReader(lexicons)
        self._people = lexicons["people"]

    def find(self, tokens: Sequence[Token], start: int, end: int, verbs: frozenset[int] = frozenset()) -> list[People]:
        """The phrases in tokens [start, end) (one sentence), in order, not overlapping.

        No phrase begins with one of `verbs`: the "over" of "handed over ten men" is no hedge.
        """
        found: list[People] = []
        i = start
        while i < end:
            if i in verbs:
                i += 1
                continue
            number = self._numbers.at(tokens, i, end)
            phrase = self._bare(tokens, i, end) if number is None else self._numbered(tokens, number, end)
            if phrase is None or (phrase.end < end and tokens[phrase.end].tag_ == "POS"):
                i += 1 if number is None or number.role in {"article", "any"} else number.end - i
                continue
            phrase = self._of_family(tokens, self._with_second_noun(tokens, phrase, end))
            found.append(phrase)
            i = phrase.end
        return tied(tokens, [p for p in found if p.may_be_people])

    def _with_second_noun(self, tokens: Sequence[Token], phrase: People, end: int) -> People:
        """ "Eight women and children": one number for two nouns."""
        i = phrase.end
        plural = phrase.head is not None and tokens[phrase.head].tag_ in {"NNS", "NNPS"}
        if not (phrase.is_numbered and plural and phrase.range.low != 0 and i + 1 < end):
            return phrase
        if tokens[i].lower_ not in {"and", "or"} or tokens[i + 1].lower_ in OWNERS | {"the", "a", "an"}:
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

    def _of_family(self, tokens: Sequence[Token], phrase: People) -> People:
        """ "A family of five" is five people."""
        i = phrase.start
        if phrase.kind is not Kind.ELIDED or i < 2 or tokens[i - 1].lower_ != "of":
            return phrase
        if tokens[i - 2].lemma_.lower() not in {"family", "crew"}:
            return phrase
        start = i - 3 if i > 2 and tokens[i - 3].pos_ in {"DET", "PRON"} else i - 2
        return replace(phrase, start=start, role="family", kind=Kind.PERSON, head=i - 2, noun=i - 2)

    def _begins_verb(self, tokens: Sequence[Token], i: int, end: int) -> bool:
        """True where a verb in the active voice follows, so that the second noun has a clause of its own."""
        return i < end and tokens[i].tag_ in {"VBD", "VBP", "VBZ"} and tokens[i].pos_ == "VERB"

    def _numbered(self, tokens: Sequence[Token], number: Number, end: int) -> People | None:
        noun = self._nouns.read(tokens, number.end, end)
        if number.role == "anyone" or (
            number.range.kind is CountKind.NONE
            and number.core + 1 == number.end
            and tokens[number.core].lower_ in {"nobody"}
        ):
            noun = Noun(number.end, Kind.PERSON, None)
        role: str | None = number.role
        if number.role in {"article", "another"} and number.core + 1 == number.end:
            role = _role_of_one(tokens, number, noun)
        if role is None:
            return None
        if noun.kind in {Kind.ELIDED, Kind.UNKNOWN} and _is_date_or_age(tokens, number, noun):
            return None
        if _is_year(tokens, number) and self._follows_month(tokens, number.start):
            return None
        status, sex, age = traits((*noun.hits, *self._losses_of(tokens, noun, end)))
        if noun.kind is Kind.FORCES and number.role == "figure" and number.range.is_exact and number.range.low == 1:
            return None
        return People(
            number.start,
            noun.end,
            number.range,
            role,
            noun.kind,
            noun.head,
            number.end,
            status,
            sex,
            age,
            number.more,
            number.given,
        )

    def _losses_of(self, tokens: Sequence[Token], noun: Noun, end: int) -> tuple[Hit, ...]:
        """What "of civilians" says about "65 bodies"."""
        if noun.kind is not Kind.LOSS or noun.end >= end or tokens[noun.end].lower_ != "of":
            return ()
        return self._nouns.read(tokens, noun.end + 1, end).hits

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
        if tokens[i].lower_ in {"him", "her"} and tokens[i].tag_ == "PRP":
            named = "male" if tokens[i].lower_ == "him" else "female"
            return People(i, i + 1, CountRange(1, 1), "pronoun", Kind.PERSON, None, i + 1, sex=named, given=True)
        owner = tokens[i].lower_ in OWNERS or tokens[i].lower_ in {"the", "this", "that"}
        if tokens[i].pos_ not in {"NOUN", "PROPN", "ADJ"} and not owner:
            return None
        noun = self._nouns.read(tokens, i + owner, end)
        if noun.head is None or noun.kind not in {Kind.PERSON, Kind.FORCES, Kind.LOSS}:
            return None
        status, sex, age = traits(noun.hits)
        head = tokens[noun.head]
        many = head.tag_ in {"NNS", "NNPS"} or head.lower_ in _PLURALS
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


def _role_of_one(tokens: Sequence[Token], number: Number, noun: Noun) -> str | None:
    """What "a" or "another" makes of the words behind it: the role, or None where they name no person.

    A noun that the lexicon does not know but that ends like a trade ("a railwayman") has the role "trade": a predicate
    must show that it is a person.
    """
    many = noun.head is not None and tokens[noun.head].tag_ in {"NNS", "NNPS"}
    if noun.kind in {Kind.PERSON, Kind.LOSS} and not many:
        return number.role
    if noun.kind is Kind.ELIDED and number.role == "another":
        return number.role if noun.end < len(tokens) and tokens[noun.end].pos_ in {"AUX", "VERB"} else None
    trade = noun.head is not None and tokens[noun.head].lower_.endswith(_TRADES)
    return "trade" if noun.kind is Kind.UNKNOWN and trade and not many else None


def _is_year(tokens: Sequence[Token], number: Number) -> bool:
    """True for a bare figure of four digits that may be a year."""
    value = number.range.low
    plain = number.start == number.core and number.end - number.core == 1 and tokens[number.core].text.isdigit()
    return plain and value is not None and 1900 <= value <= 2100


def _is_date_or_age(tokens: Sequence[Token], number: Number, noun: Noun) -> bool:
    """True for a bare figure that is a year, a day of a month, or an age."""
    before = tokens[number.start - 1] if number.start > 0 else None
    core = tokens[number.core]
    if _is_year(tokens, number):
        return True
    if before is None or number.start != number.core:
        return False
    if before.lower_ in {"aged", "age"}:
        return True
    dated = noun.head is None or tokens[noun.head].ent_type_ == "DATE"
    if dated and before.ent_type_ == "DATE" and core.ent_type_ == "DATE" and core.ent_iob_ == "I":
        return True
    owner = tokens[number.start - 2] if before.lower_ == "of" and number.start > 1 else None
    return owner is not None and owner.tag_ == "NN" and owner.lemma_.lower() not in _SIZED
