"""`Voice`: somebody who says something in a text, and `Voices`: who speaks at any given word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from according.annotate import Text
from according.model import Attribution, Certainty, Stance

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Voice:
    """One attribution in tokens.

    Args:
        kind: the cue's kind in data/lexicon/cues.csv (speech, denial, accusation, threat, finding, relay, ...).
        cue: tokens of the cue, or None for a quotation whose speaker is only introduced before it.
        source: tokens of the phrase that names who speaks, or None where nobody is named.
        content: token ranges of what is said.
        stance, certainty: what the cue does with its content.
        direct: True for a quotation.
        origin: the lexicon row, or the rule, that found it.
        head: token that stands for the source (its noun or pronoun), or None.
    """

    kind: str
    cue: Range | None
    source: Range | None
    content: tuple[Range, ...]
    origin: str
    stance: Stance = Stance.ASSERTS
    certainty: Certainty = Certainty.CERTAIN
    direct: bool = False
    head: int | None = None

    def covers(self, token: int) -> bool:
        """True where the token is part of what is said."""
        return any(start <= token < end for start, end in self.content)

    @property
    def anchor(self) -> int:
        """A token that stands for the voice itself: its cue, its source or the start of its content."""
        if self.cue is not None:
            return self.cue[0]
        return self.source[0] if self.source is not None else self.content[0][0]


@dataclass(frozen=True)
class Voices:
    """All voices of a text, in order of their cues."""

    voices: tuple[Voice, ...]

    @cached_property
    def _at(self) -> Mapping[int, list[Voice]]:
        """The voices that cover each token."""
        found: dict[int, list[Voice]] = {}
        for voice in self.voices:
            for token in dict.fromkeys(i for part in voice.content for i in range(*part)):
                found.setdefault(token, []).append(voice)
        return found

    def chains(self, token: int) -> list[list[Voice]]:
        """Who speaks at a token: one chain for each innermost voice, outermost voice first; none in the own voice.

        Two voices that say the same content side by side ("X said ..., which Y denied") give two chains.
        """
        around = self._at.get(token, [])
        inner = [v for v in around if not any(w is not v and _within(w, v) for w in around)]
        return [
            [*sorted((v for v in around if v is not leaf and _within(leaf, v)), key=_breadth, reverse=True), leaf]
            for leaf in inner
        ]

    def attributions(self, text: Text) -> list[Attribution]:
        """The voices as attributions in the document's own characters."""
        return [
            Attribution(
                text.span(*v.source) if v.source else None,
                text.span(*v.cue) if v.cue else None,
                tuple(text.span(*part) for part in v.content),
                v.direct,
            )
            for v in self.voices
        ]


def _within(inner: Voice, outer: Voice) -> bool:
    """True where one voice speaks inside what the other says, or is quoted by it for the same words."""
    relayed = inner.kind == "relay" and outer.kind != "relay" and inner.content == outer.content
    return relayed or outer.covers(inner.anchor)


def _breadth(voice: Voice) -> int:
    return sum(end - start for start, end in voice.content)
