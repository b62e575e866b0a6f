"""`Draft`: what an extractor has found, before anybody knows who says it.

Extractors read a `Text` and emit drafts; `assemble` finds the speaker of each by its anchor and makes it a `Claim`.
"""

from __future__ import annotations

from dataclasses import dataclass

from according.model import Certainty, Confidence, Modality, Ref, Relation, Span, Stance
from according.values import Value


@dataclass(frozen=True, slots=True)
class Draft:
    """One thing said, with its words.

    Args:
        slot: an id of data/vocabulary/slots.yaml.
        evidence: the words that carry it, the main span first.
        anchor: number of the token whose place decides who says it (the predicate, mostly).
        origin: lexicon and row, or model, that made it ("triggers#air-strike").
        subject, object: what it is about; an event's subject is filled in when accounts are made.
        value: the typed value, where the slot has one.
        event: number of the event's trigger token, or None for claims about actors and places.
        stance, certainty, modality: what the words themselves say; the attribution may change stance and certainty.
        speaker: the span of the one who says it, where the pattern itself names the speaker ("X declined to comment");
            None where the attribution around the anchor decides.
        own_voice: True where it is the publisher's aside whatever attribution it stands in ("the SDF, an alliance of
            Kurdish and Arab fighters").
        confidence: for parties, how the part is put (reported, claimed, suspected, accused).
        about: index of another draft in the same list and the relation to it, or None.
    """

    slot: str
    evidence: tuple[Span, ...]
    anchor: int
    origin: str
    subject: Ref | None = None
    object: Ref | None = None
    value: Value | None = None
    event: int | None = None
    stance: Stance = Stance.ASSERTS
    certainty: Certainty = Certainty.CERTAIN
    modality: Modality = Modality.ACTUAL
    speaker: Span | None = None
    own_voice: bool = False
    confidence: Confidence = Confidence.REPORTED
    about: tuple[int, Relation] | None = None
