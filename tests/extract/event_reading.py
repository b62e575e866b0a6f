"""Reads invented sentences for tests of triggers, parties and groups: parse and lexicons are real, actors are given."""

from __future__ import annotations

from functools import lru_cache

from according.annotate import Annotator, Text
from according.annotate.pipeline import load_language
from according.extract.parties import Parties
from according.extract.triggers import Trigger, find_triggers
from according.model import ActorRef, Document, Mention, MentionKind
from according.rules import DATA, Lexicon, load_lexicon

ACTORS = {
    "government forces": "state_forces",
    "the army": "state_forces",
    "the Front": "rebel_group",
    "Norvan": "state",
    "rebels": "rebel_group",
    "rebel": "rebel_group",
    "the militia": "militia",
    "the monitor": "monitor",
    "villagers": "civilians",
    "demonstrators": "protesters",
}
"""Names of the sample texts and the kind of actor that each stands for."""


@lru_cache(maxsize=1)
def annotator() -> Annotator:
    return Annotator(load_language())


@lru_cache(maxsize=1)
def lexicons() -> dict[str, Lexicon]:
    return {path.stem: load_lexicon(path) for path in (DATA / "lexicon").glob("*.csv") if path.stem in USED}


USED = frozenset(
    "triggers type_hints modality hedges people roles cues weapons agents actors_generic anaphors damage".split()
)


def text_of(words: str) -> Text:
    return annotator().annotate(Document(words))


def actors_of(text: Text) -> list[Mention]:
    """Every name of ACTORS in the text, the longest at each place."""
    content, found, taken = text.document.text, [], set()
    for name in sorted(ACTORS, key=len, reverse=True):
        at = content.lower().find(name.lower())
        while at >= 0:
            if not taken & set(range(at, at + len(name))):
                taken |= set(range(at, at + len(name)))
                span = text.chars(at, at + len(name))
                found.append(Mention(MentionKind.ACTOR, span, ActorRef(None, name, ACTORS[name]), "test"))
            at = content.lower().find(name.lower(), at + 1)
    return sorted(found, key=lambda m: m.span.start)


def triggers_of(words: str) -> tuple[Text, list[Trigger]]:
    """The triggers of a text with their parties."""
    text = text_of(words)
    return text, Parties(text, actors_of(text), [], lexicons()).of_all(find_triggers(text, lexicons()))


def words_of(text: Text, tokens: tuple[int, ...]) -> list[str]:
    return [text.doc[i].text.lower() for i in tokens]
