"""Who a speaker is across reports: names without titles, short names of one text, whom a person speaks for.

A person keeps one name in all reports; a short name ("the army") means what its own text means by it; a body without a
name ("the town's hospital") is one body in all reports of one event, and "the headman" and "headman So-and-so" are one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from according.link.independence import Voice
from according.link.words import plain
from according.model import ActorRef, Claim, Coding, MentionKind, Ref
from according.reconcile.telling import Telling
from according.reconcile.words import WordLists

_BREAK = re.compile(r"\s(?:of|at|in|on|for|from|with|who|that|near|living)\s|,")
_NAME = re.compile(r"[^\W\d_]\w*(?:[-'’]\w+)*\.?")
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "one", "another", "some", "two", "several"})
_ONE_OF_MANY = frozenset({"a", "an", "one", "another", "some", "two", "several"})
_ROLES = frozenset({"holds_role", "leads"})


@dataclass(frozen=True)
class Names:
    """What the reports say of who is who.

    Args:
        words: the word lists.
        short: for each document, the ids of the actors by the plain names that the document uses.
        speaks_for: for each person's plain name, ids or plain names of those that the person speaks for.
        kinds: kinds of actors by id, as far as known.
    """

    words: WordLists
    short: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    speaks_for: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)

    def is_armed(self, actor: str | None) -> bool:
        """True where an actor's kind makes it a party to an event in which it was hit."""
        return actor is not None and self.kinds.get(actor) in self.words.armed

    def person(self, name: str) -> str | None:
        """A person's plain name without office and titles; None where no name of two capitalised words is there."""
        for part in reversed(name.split(",")):
            words = [w.rstrip(".") for w in _NAME.findall(part)]
            while words and (words[0].casefold() in self.words.titles or words[0].casefold() in _ARTICLES):
                words = words[1:]
            if len(words) >= 2 and all(w[0].isupper() for w in words):
                return plain(" ".join(words))
        return None

    def actor(self, document: str, name: str) -> str | None:
        """Id of the actor that a document means by a name, or None."""
        return self.short.get(document, {}).get(_bare(name))

    def represented(self, document: str, phrase: str) -> str | None:
        """Id of the actor whose office the phrase names ("army spokesman", "the Mission's spokeswoman"), or None."""
        words = plain(_without_possessive(phrase)).split()
        if self.words.offices.isdisjoint(words) or not self.words.not_for.isdisjoint(words):
            return None
        known = self.short.get(document, {})
        whole = f" {' '.join(words)} "
        found = [name for name in known if f" {name} " in whole]
        return known[max(found, key=lambda n: (len(n), n))] if found else None

    def body(self, phrase: str) -> str | None:
        """The body without an id that a phrase names, as its noun or its proper name ("@hospital"), or None."""
        words = [w.rstrip(".") for w in _NAME.findall(_without_possessive(phrase))]
        places = [i for i, w in enumerate(words) if w.casefold() in self.words.bodies]
        if not places:
            return None
        i = places[-1]
        start = i
        while start > 0 and words[start - 1][0].isupper() and words[start - 1].casefold() not in _ARTICLES:
            start -= 1
        return "@" + plain(" ".join(words[start : i + 1]))

    def noun(self, phrase: str) -> str | None:
        """The noun that a nameless single speaker goes by ("@headman"); None for one of many ("a resident")."""
        words = [w for w in _NAME.findall(_BREAK.split(phrase)[0]) if w.casefold() not in _ARTICLES]
        if not words or words[-1][0].isupper() or words[-1].casefold() in self.words.common:
            return None
        return "@" + plain(words[-1])


def _bare(name: str) -> str:
    words = plain(_without_possessive(name)).split()
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def _without_possessive(text: str) -> str:
    return re.sub(r"(?<=\w)['’]s?\b|(?<=s)['’](?=\s)", "", text)


def names_of(codings: Iterable[Coding], words: WordLists) -> Names:
    """What all reports say of who is who; the order of the reports has no say."""
    short: dict[str, dict[str, str]] = {}
    kinds: dict[str, str] = {}
    persons: dict[str, set[str]] = defaultdict(set)
    empty = Names(words)
    for coding in codings:
        own = short.setdefault(coding.document.id, {})
        for name, actor in sorted(_named(coding)):
            own.setdefault(_bare(name), actor)
        kinds.update(_kinds(coding))
        for claim in coding.claims:
            if claim.slot in _ROLES and claim.subject is not None and claim.object is not None:
                person, role = empty.person(claim.subject.name), " ".join(s.quote for s in claim.evidence)
                if person is not None and words.not_for.isdisjoint(plain(role).split()):
                    persons[person].add(claim.object.id or empty.body(claim.object.name) or plain(claim.object.name))
    return Names(words, short, {person: frozenset(found) for person, found in persons.items()}, kinds)


def _named(coding: Coding) -> Iterable[tuple[str, str]]:
    """Names and short names that a document uses for actors with an id; the actors' own names too."""
    for mention in coding.mentions:
        value = mention.value
        if mention.kind is MentionKind.ACTOR and isinstance(value, ActorRef) and value.id is not None:
            yield mention.span.quote, value.id
            yield value.name, value.id
    for claim in coding.claims:
        for ref in (claim.subject, claim.object, *_speaker_ref(claim)):
            if ref is not None and ref.id is not None and claim.slot != "place":
                yield ref.name, ref.id
                if ref.span is not None:
                    yield ref.span.quote, ref.id


def _kinds(coding: Coding) -> Mapping[str, str]:
    values = [m.value for m in coding.mentions if isinstance(m.value, ActorRef)]
    return {v.id: v.kind for v in values if v.id is not None and v.kind is not None}


def _speaker_ref(claim: Claim) -> tuple[Ref, ...]:
    return (Ref(claim.speaker.id, claim.speaker.name, claim.speaker.span),)


@dataclass(frozen=True, slots=True)
class Identity:
    """A telling's speaker: the voice that independence is judged by, and all that the voice speaks for."""

    voice: Voice
    speaks_for: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """Plain names and ids that the speaker goes by, or speaks for."""
        return self.voice.names | {plain(name) for name in self.speaks_for}


def identify(telling: Telling, names: Names, passing: frozenset[str] = frozenset()) -> Identity:
    """Who speaks in a telling.

    Args:
        telling: the claim and its document.
        names: who is who.
        passing: plain names of those who may be taken as passing another's words on.
    """
    speaker, document = telling.claim.speaker, telling.document
    identifier = speaker.id or names.actor(document.id, speaker.name)
    person = None if identifier is not None else names.person(speaker.name)
    phrase = f"{speaker.role or ''} {speaker.name}".strip()
    office = None if identifier is not None else names.represented(document.id, phrase)
    collective = identifier is None and person is None and office is None and _is_one_of_many(telling, names)
    bound: set[str] = set() if speaker.speaks_for is None else {speaker.speaks_for}
    if identifier is None and speaker.kind != "publisher" and not collective:
        bound |= _bound(names, document.id, person, phrase, speaker.name)
    voice = Voice(
        identifier,
        person or speaker.name,
        "publisher" if speaker.kind == "publisher" else "collective" if collective else speaker.kind,
        document.publisher,
        None,
        tuple(sorted(v.speaker for v in telling.claim.via if plain(v.speaker) in passing)),
        telling.copy_group,
    )
    return Identity(voice, frozenset(bound))


def _bound(names: Names, document: str, person: str | None, phrase: str, name: str) -> set[str]:
    """Ids, bodies and nouns that a speaker without an id speaks for or goes by."""
    found: set[str] = set(names.speaks_for.get(person, ())) if person is not None else set()
    office = names.represented(document, phrase)
    if office is not None:
        found.add(office)
    words = set(plain(_without_possessive(phrase)).split())
    if not words.isdisjoint(names.words.not_for):
        return found
    holds_office = not words.isdisjoint(names.words.offices)
    body = names.body(phrase if holds_office else _BREAK.split(name)[0]) if person is None or holds_office else None
    if body is not None and office is None:
        found.add(body)
    if person is None:
        noun = names.noun(name)
        found |= {noun} if noun is not None else set()
    else:
        taken = names.words.common | names.words.offices
        role = plain(phrase.replace(name, "")).split() + plain(name.split(",")[0]).split()
        found |= {f"@{w}" for w in role if w not in taken and w not in person.split()}
    return found


def _is_one_of_many(telling: Telling, names: Names) -> bool:
    """True for a nameless speaker who may be anybody: residents, an official, nobody named."""
    speaker = telling.claim.speaker
    if speaker.kind in {"collective", "unnamed"}:
        return True
    if speaker.kind == "publisher":
        return False
    first = speaker.span.quote.split()[0].casefold() if speaker.span is not None else ""
    words = _NAME.findall(_BREAK.split(speaker.name)[0])
    lower = bool(words) and not any(w[0].isupper() for w in words[1:])
    last = words[-1].casefold() if words else ""
    many = last in names.words.common or (last.endswith("s") and last not in names.words.bodies)
    return lower and (first in _ONE_OF_MANY or many)


def ties_of(identities: Sequence[Identity]) -> frozenset[tuple[str, str]]:
    """(who, for whom) over the speakers of one event; a body with one proper name is also the body without a name."""
    bodies = {b for i in identities for b in i.speaks_for if b.startswith("@")}
    proper: dict[str, set[str]] = defaultdict(set)
    for body in bodies:
        noun = body.split()[-1].lstrip("@")
        if body != f"@{noun}":
            proper[f"@{noun}"].add(body)
    same = {only: noun for noun, found in proper.items() if len(found) == 1 and noun in bodies for only in found}
    return frozenset(
        (name, plain_body)
        for i in identities
        for name in ([i.voice.id] if i.voice.id is not None else [i.voice.name])
        for body in i.speaks_for
        for plain_body in (_tie(same.get(body, body)),)
    )


def _tie(body: str) -> str:
    """A body's noun as a name that no speaker has: `plain` drops the sign, so a word stands in for it."""
    return f"body of {body[1:]}" if body.startswith("@") else body
