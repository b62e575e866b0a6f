"""Who a pronoun or a definite phrase stands for: "it", "he", "the group", "the ministry", "the general".

A cast is built from the phrases that name somebody, in order. A phrase with the same head noun comes first ("the
interior ministry", "the ministry"), then an actor whose kind fits the noun, then, for pronouns, who spoke last or the
subject of the clause before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from according.annotate import Text
from according.extract.phrases import core_phrase
from according.extract.voices import Voice, Voices
from according.model import ActorRef, Mention, MentionKind, Ref, Span
from according.rules import Lexicon

_FIRST = frozenset({"i", "we", "our", "us", "my", "me", "ours"})
_HUMAN = frozenset({"he", "she", "his", "her", "him"})
_THING = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "their", "them", "themselves"})
_NAMING_MARKS = frozenset({"–", "—", "-", "--", "(", ",", "called", "named", "dubbed", "as"})
_ARMED = frozenset(
    {
        "armed_group",
        "rebel_group",
        "militia",
        "coalition",
        "criminal_group",
        "pro_government_militia",
        "identity_militia",
        "self_defence",
    }
)
_MESSAGES = frozenset(
    (
        "correction assessment investigation interrogation dispatch statement communique communiqué message release "
        "bulletin announcement video post declaration"
    ).split()
)
_TITLES = frozenset(
    (
        "mr mrs ms dr gen maj col lt capt sgt prof general major colonel captain brigadier lieutenant sheikh "
        "president minister"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody whom the text names at a place."""

    token: int
    span: Span
    ref: Ref
    kind: str
    head: str

    @property
    def is_person(self) -> bool:
        """True for a single human being."""
        return self.kind == "person"


class Cast:
    """The people and groups of one text; answers who a token stands for."""

    def __init__(self, text: Text, mentions: Sequence[Mention], anaphors: Lexicon) -> None:
        self.text = text
        self.anaphors = anaphors
        self.aliases = _defined_names(mentions)
        self.names = _names_in_text(mentions)
        self.figures = sorted((f for m in mentions if (f := self._figure(m)) is not None), key=lambda f: f.token)
        self._by_token = {i: f for f in self.figures for i in range(*text.token_range(f.span.start, f.span.end))}
        self._names = self._appositions()

    def _figure(self, mention: Mention) -> Figure | None:
        if mention.kind not in {MentionKind.ACTOR, MentionKind.PERSON} or not isinstance(mention.value, ActorRef):
            return None
        start, end = self.text.token_range(mention.span.start, mention.span.end)
        if start >= end:
            return None
        head = self.text.doc[start:end].root
        kind = "person" if mention.kind is MentionKind.PERSON else mention.value.kind or "organisation"
        name = self.names.get(mention.value.id or "") or self.aliases.get(mention.value.name, mention.value.name)
        ref = Ref(mention.value.id, name, mention.span)
        return Figure(head.i, mention.span, ref, kind, head.lemma_.lower())

    def _appositions(self) -> dict[int, Figure]:
        """Figures without a name that the sentence goes on to name ("the militia – the X –", "a group called Z")."""
        named: dict[int, Figure] = {}
        for figure in self.figures:
            if not self._is_named(figure) or figure.is_person:
                continue
            start, _ = self.text.token_range(figure.span.start, figure.span.end)
            k = start - 1
            while k >= 0 and self.text.doc[k].lower_ in {"the", "a", "an"}:
                k -= 1
            mark = self.text.doc[k].lower_ if k >= 0 else ""
            beside = self._by_token.get(start - 1)
            if beside is not None and not self._is_named(beside) and self._fits(beside, figure):
                named.setdefault(beside.token, figure)
            if mark not in _NAMING_MARKS:
                continue
            number = self.text.sentence_index(start)
            before = [
                f
                for f in self.figures
                if f.token < k
                and self.text.sentence_index(f.token) == number
                and not f.is_person
                and not self._is_named(f)
            ]
            if mark in {"(", ","}:
                near = [f for f in before if self._ends_before(f, k)]
            else:
                near = [f for f in before if mark in {"called", "named", "dubbed", "as"} or f.token >= k - 12]
            fitting = [f for f in near if self._fits(f, figure)]
            if fitting:
                named.setdefault(fitting[-1].token, figure)
        return named

    @staticmethod
    def _fits(unnamed: Figure, named: Figure) -> bool:
        return unnamed.kind == named.kind or {unnamed.kind, named.kind} <= _ARMED

    def _is_named(self, figure: Figure) -> bool:
        """True for an actor with a name of its own, not "soldiers", "the Kurdish militia" or "a US-backed alliance"."""
        return figure.ref.id is not None or figure.is_person or self.text.doc[figure.token].text[:1].isupper()

    def _ends_before(self, figure: Figure, token: int) -> bool:
        return self.text.token_range(figure.span.start, figure.span.end)[1] == token

    def ref(self, token: int, voices: Voices | None = None, depth: int = 0) -> Ref:
        """The actor that a token stands for; where nobody fits, the phrase itself without an id."""
        word = self.text.doc[token]
        figure = self._by_token.get(token)
        if figure is not None and figure.token in self._names:
            return Ref(self._names[figure.token].ref.id, self._names[figure.token].ref.name, figure.span)
        if figure is not None and not (figure.ref.id is None and self._is_anaphor(word)):
            return Ref(figure.ref.id, figure.ref.name, figure.span)
        if word.pos_ == "PRON" or (word.dep_ == "poss" and word.lower_ in _MANY | _THING | _HUMAN | _FIRST):
            found = self._pronoun(word, voices, depth)
        elif word.lemma_.lower() in _MESSAGES:
            found = self._messenger(word, voices, depth)
        else:
            found = self._definite(word)
        span = self._phrase(word)
        if found is not None:
            return Ref(found.id, found.name, span)
        if figure is not None:
            return Ref(figure.ref.id, figure.ref.name, span)
        return Ref(None, _plain(span.quote), span)

    def kind(self, token: int) -> str | None:
        """The kind of the actor named at a token."""
        figure = self._by_token.get(token)
        return figure.kind if figure is not None else None

    def person_in(self, span: Span) -> Ref | None:
        """The one person whom a phrase names ("the head surgeon at the hospital, Dr A. B."), or None."""
        people = {f.ref.name: f for f in self.figures if f.is_person and self._is_named(f) and span.covers(f.span)}
        named = [f for f in people.values() if any(w[:1].isupper() for w in f.ref.name.split())]
        return Ref(named[0].ref.id, named[0].ref.name, named[0].span) if len(named) == 1 else None

    def is_thing(self, token: int) -> bool:
        """True for a source that is nobody ("footage", "initial assessments"): no actor, person or pronoun."""
        word = self.text.doc[token]
        return (
            self._by_token.get(token) is None
            and word.pos_ == "NOUN"
            and not self.anaphors.at(self.text.doc, token)
            and word.ent_type_ == ""
        )

    def _phrase(self, word: Token) -> Span:
        start, end = core_phrase(word) if word.pos_ != "PRON" else (word.i, word.i + 1)
        return self.text.span(start, end)

    def _is_anaphor(self, word: Token) -> bool:
        return (
            any(t.lower_ in {"the", "this", "that", "its", "their", "his", "her", "our"} for t in word.children)
            and word.ent_type_ == ""
        )

    def _pronoun(self, word: Token, voices: Voices | None, depth: int) -> Ref | None:
        form = word.lower_
        if depth > 4:
            return None
        if voices is not None:
            speaker = self._speaker_of_pronoun(word, voices, depth)
            if speaker is not None:
                return speaker
        if form in _FIRST:
            return None
        earlier = [f for f in self.figures if f.token < word.i]
        if form in _HUMAN:
            acting = [
                f
                for f in earlier
                if f.is_person and self.text.doc[f.token].dep_ in {"nsubj", "nsubjpass", "appos", "ROOT"}
            ]
            return next(
                (f.ref for f in reversed(acting or [f for f in earlier if f.is_person])), None
            ) or self._last_source(word, voices, depth)
        subject = self._subject_before(word)
        if subject is not None:
            return subject
        return next((f.ref for f in reversed(earlier) if not f.is_person), None)

    def _speaker_of_pronoun(self, word: Token, voices: Voices, depth: int) -> Ref | None:
        """Inside what somebody says, "we" is the speaker, and so are "it", "its", "they" and "their" mostly."""
        form = word.lower_
        for voice in reversed([v for chain in voices.chains(word.i) for v in chain]):
            if voice.head is None or voice.head == word.i:
                continue
            source = self.text.doc[voice.head]
            if form in _FIRST and voice.direct:
                return self.ref(voice.head, voices, depth + 1)
            if voice.direct or form not in _THING | _MANY | _HUMAN:
                continue
            inner = self._subject_around(word, voice)
            if inner is not None:
                return self.ref(inner.i, voices, depth + 1)
            plural = source.tag_ in {"NNS", "NNPS"} or source.lower_ in _MANY
            if form in _HUMAN and (self.kind(voice.head) == "person" or source.lower_ in _HUMAN):
                return self.ref(voice.head, voices, depth + 1)
            if form in _THING and not plural and self.kind(voice.head) != "person" and source.lower_ not in _HUMAN:
                return self.ref(voice.head, voices, depth + 1)
            if form in _MANY and plural:
                return self.ref(voice.head, voices, depth + 1)
        if any(v.head == word.i for v in voices.voices):
            return self._last_source(word, voices, depth)
        return None

    def _subject_around(self, word: Token, voice: Voice) -> Token | None:
        """The noun that is the subject of a clause around the pronoun's own ("the group lost what it had seized")."""
        form, verb = word.lower_, word.head
        for above in verb.ancestors:
            if not voice.covers(above.i):
                return None
            subject = next(
                (t for t in above.children if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ in {"NOUN", "PROPN"}), None
            )
            if above == verb or subject is None or subject.i >= word.i:
                continue
            plural = subject.tag_ in {"NNS", "NNPS"}
            person = self.kind(subject.i) == "person"
            actor = self._by_token.get(subject.i) is not None
            if actor and (
                (form in _THING and not plural and not person)
                or (form in _MANY and plural)
                or (form in _HUMAN and person)
            ):
                return subject
        return None

    def _last_source(self, word: Token, voices: Voices | None, depth: int) -> Ref | None:
        """Who spoke last before this word, of the same kind (a person for "he", no person for "it")."""
        human = word.lower_ in _HUMAN
        earlier: list[Voice] = [
            v for v in (voices.voices if voices else ()) if v.head is not None and v.head < word.i and v.head != word.i
        ]
        number = self.text.sentence_index(word.i)
        for voice in sorted(earlier, key=lambda v: v.head or 0, reverse=True):
            assert voice.head is not None
            if number - self.text.sentence_index(voice.head) > 6:
                break
            source = self.text.doc[voice.head]
            if source.pos_ == "PRON" and source.lower_ not in _FIRST:
                if (source.lower_ in _HUMAN) == human:
                    return self.ref(voice.head, voices, depth + 1)
                continue
            person = self.kind(voice.head) == "person" or self._names_person(source)
            plural = source.tag_ in {"NNS", "NNPS"} and self.kind(voice.head) != "state_forces"
            if word.lower_ in _THING and plural:
                continue
            if person == human or (word.lower_ in _MANY and not human):
                subject = self._subject_before(word)
                if subject is not None and not human and number - self.text.sentence_index(voice.head) > 1:
                    return subject
                return self.ref(voice.head, voices, depth + 1)
        return None

    def _names_person(self, word: Token) -> bool:
        hits = self.anaphors.at(self.text.doc, word.i)
        return word.ent_type_ == "PERSON" or any("person" in h.row["kinds"].split(",") for h in hits)

    def _subject_before(self, word: Token) -> Ref | None:
        """The subject of the clause or sentence before, where it names an actor that is no person."""
        number = self.text.sentence_index(word.i)
        for k in range(number, max(number - 3, -1), -1):
            sentence = self.text.sentences[k]
            for token in self.text.doc[sentence.start : min(sentence.end, word.i)]:
                if token.dep_ in {"nsubj", "nsubjpass"} and token.i < word.i and token.pos_ in {"NOUN", "PROPN"}:
                    figure = self._by_token.get(token.i)
                    if figure is not None and not figure.is_person:
                        return self._definite(token) or figure.ref
        return None

    def _definite(self, word: Token) -> Ref | None:
        """ "the ministry", "the group", "the general": the last figure that the noun can stand for."""
        if not self._is_anaphor(word) and word.lower_ not in _TITLES:
            apposed = self._apposed(word)
            return apposed.ref if apposed is not None else None
        apposed = self._apposed(word)
        if apposed is not None:
            return apposed.ref
        head = word.lemma_.lower()
        earlier = [f for f in self.figures if f.token < word.i and f.span.start < self.text.starts[word.i]]
        own = {t.lower_ for t in word.lefts if t.dep_ in {"amod", "compound", "nmod", "poss"} and t.pos_ != "PRON"}
        own |= {t.lower_ for t in word.rights if t.dep_ == "prep" and t.lower_ in {"of", "for", "in", "at"}}
        for figure in reversed(earlier):
            names = figure.ref.name.lower().split()
            if head in {n.strip(",()") for n in names} and len(names) > 1 and own <= set(names):
                return self._names[figure.token].ref if figure.token in self._names else figure.ref
        if own:
            return None
        for hit in self.anaphors.at(self.text.doc, word.i):
            kinds = set(hit.row["kinds"].split(","))
            for figure in reversed(earlier):
                if figure.kind in kinds and self._is_named(figure) and figure.head != head:
                    return figure.ref
        return None

    def _apposed(self, word: Token) -> Figure | None:
        """The person or group named right after the phrase ("the governor of Guldar, Ferin Aldo")."""
        for child in word.rights:
            if child.dep_ == "appos":
                figure = self._by_token.get(child.i)
                if figure is not None and self._is_named(figure):
                    return figure
        return None

    def _messenger(self, word: Token, voices: Voices | None, depth: int) -> Ref | None:
        """ "A statement said": who spoke last, or the subject of the sentence before."""
        if (
            voices is None
            or depth > 3
            or any(
                t.dep_ in {"compound", "poss", "nmod"} or (t.dep_ == "prep" and t.lower_ in {"by", "from", "of"})
                for t in word.children
            )
        ):
            return None
        before = [
            v
            for v in voices.voices
            if v.head is not None and v.head < word.i and not self._names_person(self.text.doc[v.head])
        ]
        if before and before[-1].head is not None:
            return self.ref(before[-1].head, voices, depth + 1)
        return self._subject_before(word)


def _names_in_text(mentions: Sequence[Mention]) -> dict[str, str]:
    """The fullest name that the text itself gives to each known actor; none where it gives only short forms."""
    names: dict[str, str] = {}
    for mention in mentions:
        if isinstance(mention.value, ActorRef) and mention.value.id is not None:
            name = _plain(mention.span.quote)
            if not name.isupper() and len(name) > len(names.get(mention.value.id, "")):
                names[mention.value.id] = name
    return names


def _defined_names(mentions: Sequence[Mention]) -> dict[str, str]:
    """Short names that stand in brackets right after a long one, mapped to the long one."""
    names: dict[str, str] = {}
    actors = [m for m in mentions if m.kind is MentionKind.ACTOR and isinstance(m.value, ActorRef)]
    for long, short in pairwise(actors):
        if (
            1 <= short.span.start - long.span.end <= 3
            and short.span.quote.isupper()
            and isinstance(long.value, ActorRef)
        ):
            names[short.span.quote] = long.value.name
    return names


def _plain(quote: str) -> str:
    """A phrase as a name: without its article."""
    words = quote.split()
    while words and words[0].lower() in {"the", "a", "an"}:
        words = words[1:]
    return " ".join(words) or quote
