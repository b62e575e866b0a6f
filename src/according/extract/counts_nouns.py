"""The words behind a number: how far they reach, what their head is, what they say about the people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from according.extract.counts import Kind
from according.extract.numbers import reader_of
from according.rules import Hit, Lexicon
from according.values import PersonStatus

COLUMNS = ("kind", "status", "sex", "age")

HYPHENS = frozenset({"-", "–", "—"})
OWNERS = frozenset({"his", "her", "their", "its", "our", "my"})
_SKIPPED = frozenset({"ADJ", "NOUN", "PROPN", "ADV", "NUM"})
_PRONOUNS = frozenset({"them", "whom", "these", "those", "us", "which"})
_REACH = 9
_HEADS = frozenset({"person", "forces", "other", "loss", "body", "deed", "thing"})


@dataclass(frozen=True, slots=True)
class Noun:
    """What the words after a number come to."""

    end: int
    kind: Kind
    head: int | None
    hits: tuple[Hit, ...] = ()


class NounReader:
    """Reads the words behind a number by the lexicon `people`."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._numbers = reader_of(lexicons)
        self._people = lexicons["people"]

    def hit(self, tokens: Sequence[Token], i: int) -> Hit | None:
        """The longest row that matches from token i on; a noun before a modifier."""
        hits = self._people.at(tokens, i)
        return max(hits, key=lambda h: (h.end - h.start, h.row["kind"] != "modifier"), default=None)

    def read(self, tokens: Sequence[Token], start: int, end: int) -> Noun:
        """The noun phrase that begins with token `start`, as far as it tells who is counted."""
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
            hit = self.hit(tokens, i)
            counts = hit is not None and hit.row["kind"] in _HEADS and token.pos_ not in {"VERB", "AUX"}
            if hit is not None and counts and not self._colours(tokens, hit.end, end):
                if head is not None and not _runs_on(tokens, i, head):
                    break
                head, last = (hit.end - 1, Kind(hit.row["kind"])), hit.end
                hits.append(hit)
                i = hit.end
                continue
            if head is not None and token.tag_ == "POS" and i + 1 < end and tokens[i + 1].pos_ in _SKIPPED:
                head, last, hits = None, None, []  # "the minister's bodyguards"
                i += 1
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
    ) -> Noun:
        if head is not None and last is not None:
            place, kind = head
            if (
                kind is Kind.PERSON
                and tokens[place].lemma_.lower() in {"member", "man", "personnel", "person"}
                and last + 1 < len(tokens)
            ):
                hits = (*hits, *self._of_phrase(tokens, last))
            return Noun(last, kind, place, hits)
        if last is not None:
            first = start
            while first < last and tokens[first].pos_ not in {"NOUN", "PROPN"}:
                first += 1
            while first + 1 < last and tokens[first + 1].pos_ in {"NOUN", "PROPN"}:
                first += 1
            return Noun(first + 1, Kind.UNKNOWN, first, hits)
        return Noun(start, Kind.ELIDED, None, hits)

    def _whole(self, tokens: Sequence[Token], i: int, end: int) -> Noun | None:
        """After "three of": "them", "whom", "those killed", "the dead", "the wounded"."""
        if i >= end:
            return None
        if tokens[i].lower_ in _PRONOUNS:
            article = i + 1 < end and tokens[i + 1].lower_ in {"a", "an"}
            inner = self.read(tokens, i + 1 + article, end)  # "30 of them children", "one of them a monk"
            if inner.head is not None and inner.kind in {Kind.PERSON, Kind.FORCES}:
                return Noun(inner.end, Kind.WHOLE, inner.head, inner.hits)
            return self._with_predicate(tokens, i + 1, end)
        if (
            tokens[i].lower_ == "the"
            and i + 1 < end
            and tokens[i + 1].lower_ in {"dead", "wounded", "injured", "victims", "casualties", "killed"}
        ):
            return self._with_predicate(tokens, i + 2, end)
        if tokens[i].lower_ in OWNERS or tokens[i].lower_ == "the":
            number = self._numbers.at(tokens, i + 1, end)
            inner = self.read(tokens, i + 1 if number is None else number.end, end)
            return inner if inner.kind is not Kind.ELIDED else None
        return None

    def _with_predicate(self, tokens: Sequence[Token], i: int, end: int) -> Noun:
        """ "Five of the dead" or, with what they were, "five of the dead were children"."""
        if i + 1 < end and tokens[i].lower_ in {"were", "was", "are", "is"}:
            inner = self.read(tokens, i + 1, end)
            if inner.head is not None and inner.kind is Kind.PERSON and self._numbers.at(tokens, i + 1, end) is None:
                return Noun(inner.end, Kind.WHOLE, inner.head, inner.hits)
        return Noun(i, Kind.WHOLE, None)

    def _of_phrase(self, tokens: Sequence[Token], i: int) -> list[Hit]:
        """What "of the security forces" says about "members"."""
        if i >= len(tokens) or tokens[i].lower_ not in {"of", "from"}:
            return []
        hits = [self.hit(tokens, k) for k in range(i + 1, min(i + 6, len(tokens)))]
        return [h for h in hits if h is not None and h.row["status"]][:1]

    def _colours(self, tokens: Sequence[Token], i: int, end: int) -> bool:
        """True where a hyphen makes an adjective of the noun before token i ("rebel-held")."""
        if i + 1 >= end or tokens[i].text not in HYPHENS or tokens[i].whitespace_ or tokens[i - 1].whitespace_:
            return False
        return tokens[i + 1].pos_ not in {"NOUN", "PROPN"} or tokens[i + 1].tag_ in {"VBN", "JJ"}

    def _names_people(self, tokens: Sequence[Token], i: int, end: int) -> bool:
        """True where token i is a noun of people ("46 wounded people")."""
        hit = self.hit(tokens, i) if i < end else None
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
            return not (token.like_num and not (i + 1 < end and tokens[i + 1].text in HYPHENS))
        if token.text in HYPHENS or token.text in {'"', "'", "''", "``", "'s", "so", "called"}:
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


def traits(hits: Sequence[Hit]) -> tuple[PersonStatus, str | None, str | None]:
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
