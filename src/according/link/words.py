"""What linking knows of words: which names name nobody, which side a name is on, which event types go together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from according.errors import InvalidRule
from according.link.rows import RowActor
from according.rules import load_vocabulary

_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The text in lower case, without accents and signs, one blank between words; scripts stay as they are."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_WORD.findall("".join(c for c in folded if not unicodedata.combining(c))))


@dataclass(frozen=True, slots=True)
class ActorReading:
    """What an actor counts as: the tokens it is recognised by (none for an unnamed one) and its sides."""

    tokens: tuple[str, ...]
    sides: frozenset[str]


@dataclass(frozen=True)
class ActorWords:
    """The vocabularies that comparing needs, as `load_words` reads them."""

    unnamed: frozenset[str]
    nobody: frozenset[str]
    collective: frozenset[str]
    sides: Mapping[str, frozenset[str]]
    families: Mapping[str, frozenset[str]]
    vague: frozenset[str]
    means: frozenset[str]
    no_type: frozenset[str]

    def read_actor(self, actor: RowActor) -> ActorReading | None:
        """How an actor is recognised; None where the name only says that it is not known who it was."""
        name = plain(_BRACKETS.sub(" ", actor.name)) or plain(actor.name)
        if name in self.nobody or name == "":
            return None
        words = name.split()
        sides = {side for word in words for side in self.sides.get(word, ())}
        sides |= {side for i in range(len(words) - 1) for side in self.sides.get(f"{words[i]} {words[i + 1]}", ())}
        if actor.kind:
            sides |= self.sides.get(actor.kind, frozenset())
        unnamed = not self.unnamed.isdisjoint(words)
        if actor.id is None and (unnamed or self.collective.issuperset(words)):
            return ActorReading((), frozenset(sides)) if sides else None
        tokens = [f"name:{name}"] if not unnamed else []
        if actor.id is not None:
            tokens.append(f"id:{actor.id}")
        return ActorReading(tuple(tokens), frozenset(sides))

    def read_type(self, event_type: str | None) -> str | None:
        """The event type, or None where the word only says that it is not known."""
        return None if event_type is None or event_type.casefold() in self.no_type else event_type


def load_words(actors: Path, types: Path) -> ActorWords:
    """Read the two vocabularies of linking.

    Raises:
        InvalidRule: a part is missing, or is no list of words.
    """
    a, t = load_vocabulary(actors), load_vocabulary(types)
    sides: dict[str, set[str]] = {}
    for side, words in a.get("side", {}).items():
        for word in _strings(words, actors, side):
            key = word if "_" in word else plain(word)
            sides.setdefault(key, set()).add(side)
    families: dict[str, set[str]] = {}
    for family, members in t.get("family", {}).items():
        for member in _strings(members, types, family):
            families.setdefault(member, set()).add(family)
    return ActorWords(
        unnamed=frozenset(_strings(a.get("unnamed", {}).get("words"), actors, "unnamed.words")),
        nobody=frozenset(map(plain, _strings(a.get("unnamed", {}).get("values"), actors, "unnamed.values"))),
        collective=frozenset(_strings(a.get("collective", {}).get("words"), actors, "collective.words")),
        sides={word: frozenset(found) for word, found in sides.items()},
        families={member: frozenset(found) for member, found in families.items()},
        vague=frozenset(_strings(t.get("vague", {}).get("types"), types, "vague.types")),
        means=frozenset(_strings(t.get("means", {}).get("types"), types, "means.types")),
        no_type=frozenset(_strings(t.get("missing", {}).get("values"), types, "missing.values")),
    )


def _strings(value: object, path: Path, part: str) -> Iterable[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise InvalidRule(f"{path.name}: {part} must be a list of words; put words that YAML reads otherwise in quotes")
    return value
