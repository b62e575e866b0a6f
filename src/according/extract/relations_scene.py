"""What the finders of relations ask about a text: is this token an actor, a place, a name; what is its phrase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from according.annotate import Text
from according.extract.phrases import core_phrase
from according.model import ActorRef, Mention, MentionKind, Ref, Span
from according.rules import Hit, Lexicon, Row

Range = tuple[int, int]

_ACTORS = frozenset({MentionKind.ACTOR, MentionKind.PERSON})
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NO_NAME = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE"})
_NAME_JOINERS = frozenset({"of", "the", "de", "del", "la", "al", "el", "bin", "ibn", "van", "von", "-", "'s", "&", "."})
_PRONOUNS = frozenset({"it", "they", "he", "she", "we", "i", "who", "them", "him", "us"})
_POSSESSIVES = frozenset({"its", "their", "his", "her", "our", "my"})
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True)
class Scene:
    """A text with the mentions found in it and the lexicons.

    Args:
        text: the annotated document.
        mentions: what others found; may be empty, then the tagger's labels decide alone.
        lexicons: by name; `descriptions` and `territory_nouns` are read here.
    """

    text: Text
    mentions: Sequence[Mention]
    lexicons: Mapping[str, Lexicon]

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens of the text, in order."""
        return list(self.text.doc)

    @cached_property
    def _by_token(self) -> Mapping[int, list[Mention]]:
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            for i in range(*self.text.token_range(mention.span.start, mention.span.end)):
                found.setdefault(i, []).append(mention)
        return found

    @cached_property
    def _nouns(self) -> Mapping[int, Hit]:
        return self._hits("descriptions")

    @cached_property
    def _land(self) -> Mapping[int, Hit]:
        return self._hits("territory_nouns")

    def _hits(self, name: str) -> Mapping[int, Hit]:
        """Hits of a lexicon of nouns by their last token."""
        lexicon = self.lexicons[name]
        return {hit.end - 1: hit for hit in lexicon.find(self.tokens)}

    def noun(self, token: Token) -> Row | None:
        """The row of `descriptions` that the noun is, or None."""
        hit = self._nouns.get(token.i)
        return hit.row if hit is not None else None

    def mentioned(self, token: Token, *kinds: MentionKind) -> Mention | None:
        """The longest mention of one of the kinds that the token is part of, or None."""
        found = [m for m in self._by_token.get(token.i, ()) if m.kind in kinds]
        return max(found, key=lambda m: m.span.end - m.span.start, default=None)

    def is_name(self, token: Token) -> bool:
        """True for a token of a proper name: tagged as one, or capitalised inside a sentence."""
        if token.ent_type_ in _NO_NAME or not token.text[0].isalpha():
            return False
        return token.pos_ == "PROPN" or (
            token.text[0].isupper() and token.pos_ in {"NOUN", "ADJ", "X"} and not token.is_sent_start
        )

    def is_person(self, token: Token) -> bool:
        """True where the token belongs to a person's name."""
        return self.mentioned(token, MentionKind.PERSON) is not None or token.ent_type_ == "PERSON"

    def is_place(self, token: Token) -> bool:
        """True where the token belongs to a place's name or is a noun for land."""
        if token.i in self._land:
            return True
        if self.mentioned(token, MentionKind.PLACE) is not None:
            return True
        return self.mentioned(token, *_ACTORS) is None and token.pos_ == "PROPN" and token.ent_type_ in _PLACE_LABELS

    def is_place_noun(self, token: Token) -> bool:
        """True for a common noun for land (town, province, valley)."""
        return token.i in self._land and token.pos_ != "PROPN"

    def land_kind(self, token: Token) -> str | None:
        """The kind of a noun for land (area, settlement, point, direction), or None for all other tokens."""
        hit = self._land.get(token.i)
        return hit.row["kind"] if hit is not None else None

    def is_actor(self, token: Token) -> bool:
        """True where the token names or describes an actor; states count, pronouns for people do too."""
        if token.lower_ in _PRONOUNS | _POSSESSIVES and token.pos_ == "PRON":
            return True
        if self.mentioned(token, *_ACTORS) is not None or token.i in self._nouns or self.is_person(token):
            return True
        if token.i in self._land:
            return False
        return token.pos_ == "PROPN" and token.ent_type_ not in _NO_NAME | {
            "FAC",
            "EVENT",
            "WORK_OF_ART",
            "PRODUCT",
            "LAW",
        }

    def is_territory(self, token: Token) -> bool:
        """True for land, for a named place, and for a share of one ("98% of the territory", "most of it")."""
        current: Token | None = token
        for _ in range(4):
            if current is None:
                return False
            if self.is_place(current) or (
                current.pos_ == "PROPN" and not self.is_person(current) and not self.noun(current)
            ):
                return True
            inner = [t for p in current.children if p.lower_ == "of" for t in p.children if t.dep_ == "pobj"]
            current = inner[0] if inner else None
            if current is not None and current.lower_ == "it":
                return True
        return False

    def named(self, head: Token) -> Token:
        """The name that follows a describing noun ("the jihadist group Islamic State" -> State), or the noun itself."""
        if head.pos_ != "NOUN":
            return head
        following = head.i + 1
        near = (*head.children, *(t for t in head.head.children if head.dep_ == t.dep_ and t.dep_ in {"nsubj", "dobj"}))
        found = [t for t in near if t.dep_ in {"appos", head.dep_} and t.left_edge.i == following and self.is_name(t)]
        return found[0] if found else head

    def known_as(self, head: Token) -> Token:
        """The name that a description is given further on ("an alliance of herders called X", "the militia – X –").

        Only the name beside it is taken where there is one; the noun itself where the text gives no name.
        """
        near = self.named(head)
        if near.i != head.i or head.pos_ != "NOUN" or self.noun(head) is None:
            return near
        stop = self.text.sentences[self.text.sentence_index(head.i)].end
        for token in self.text.doc[head.i + 1 : min(stop, head.i + 12)]:
            if token.text in {",", ";", ":", '"'} or (token.dep_ == "cc" and token.head.i <= head.i):
                break
            if token.lower_ in {"called", "dubbed"} or token.text in {"–", "—", "--"}:
                first = token.i + 2 if self.text.doc[min(token.i + 1, stop - 1)].lower_ == "the" else token.i + 1
                run = self.name_run(first, stop)
                return self.text.doc[run[1] - 1] if run is not None else head
        return head

    def phrase(self, head: Token) -> Range:
        """Tokens of the phrase that names an actor or place: modifiers before, of-phrase and acronym after."""
        if head.pos_ == "PRON":
            return head.i, head.i + 1
        start, end = core_phrase(head)
        sentence = self.text.sentences[self.text.sentence_index(head.i)]
        start, end = max(start, sentence.start), min(end, sentence.end)
        before = [
            t.i
            for t in head.doc[start : head.i]
            if t.dep_ in {"relcl", "cc", "acl"}
            or (t.text in {",", ";", '"', "(", "–", "-"} and t.dep_ == "punct" and t.text != "-")
        ]
        return (max(before) + 1 if before else start), end

    def ref(self, head: Token) -> Ref:
        """A reference to what a noun names; its id and name where a mention of an actor covers it."""
        start, end = self.phrase(head)
        mention = self.mentioned(head, *_ACTORS)
        span = self.text.span(start, end)
        if mention is not None and isinstance(mention.value, ActorRef):
            return Ref(mention.value.id, mention.value.name, span)
        while start < end - 1 and self.text.doc[start].lower_ in _ARTICLES:
            start += 1
        return Ref(None, self.text.span(start, end).quote, span)

    def name_run(self, start: int, stop: int) -> Range | None:
        """The run of name tokens from `start`, not past `stop`; joiners ("of", "al-") only between names."""
        end = start
        doc = self.text.doc
        i = start
        while i < stop:
            token = doc[i]
            if self.is_name(token):
                end = i + 1
            elif token.lower_ not in _NAME_JOINERS or end == start:
                break
            i += 1
        return (start, end) if end > start else None

    def span(self, parts: Iterable[Range]) -> Span:
        """The span from the first to the last token of the parts."""
        known = list(parts)
        return self.text.span(min(a for a, _ in known), max(b for _, b in known))

    def publisher_voice(self, token: Token, aside: bool) -> bool:
        """True for an aside outside any quotation: the publisher says it, whoever is quoted around it."""
        return aside and not self.text.in_quote(token.i)
