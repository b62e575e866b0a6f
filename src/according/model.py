"""The nouns: frozen dataclasses without input or output. DESIGN: one noun, one class, one variable name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from according.values import Count, CountRange, DateRange, PlaceRef, Value


class Stance(StrEnum):
    """What a speaker does with a claim."""

    ASSERTS = "asserts"
    DENIES = "denies"
    CONFIRMS = "confirms"
    DOUBTS = "doubts"
    SILENT = "silent"
    UNCLEAR = "unclear"


class Certainty(StrEnum):
    """How sure the speaker is (FactBank's three grades)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class Modality(StrEnum):
    """Whether the thing happened; only ACTUAL is ever counted."""

    ACTUAL = "actual"
    ATTEMPTED = "attempted"
    PLANNED = "planned"
    THREATENED = "threatened"
    CONDITIONAL = "conditional"


class MentionKind(StrEnum):
    """What a mention names."""

    ACTOR = "actor"
    PERSON = "person"
    PLACE = "place"
    TIME = "time"
    COUNT = "count"
    WEAPON = "weapon"
    TRIGGER = "trigger"
    CUE = "cue"


class Relation(StrEnum):
    """How one claim stands to another."""

    REFINES = "refines"
    REPEATS = "repeats"
    CONTRADICTS = "contradicts"
    CORRECTS = "corrects"
    RETRACTS = "retracts"
    WITHHOLDS = "withholds"


class Confidence(StrEnum):
    """How a party's part in an event is put."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    SUSPECTED = "suspected"
    ACCUSED = "accused"


class FindingStatus(StrEnum):
    """Standing of a finding among its speakers; the first that fits."""

    RETRACTED = "retracted"
    CONTESTED = "contested"
    DENIED = "denied"
    ACKNOWLEDGED = "acknowledged"
    CORROBORATED = "corroborated"
    CLAIMED_BY_PARTY = "claimed_by_party"
    SINGLE_SPEAKER = "single_speaker"


def digest(*parts: object) -> str:
    """A short stable id: the first 16 hex digits of the SHA-256 of the parts, each kept apart from its neighbour."""
    return hashlib.sha256("\x1f".join(str(p) for p in parts).encode("utf-8")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Document:
    """One published text, frozen. `published` is an ISO day, or None where it is not known; the title is not text."""

    text: str
    key: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    revises: str | None = None

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def id(self) -> str:
        """Hash of the text and of what identifies its publication."""
        return "d" + digest(self.sha256, self.url, self.title, self.publisher, self.published, self.key)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of `document.text` in code points; `text[start:end] == quote` always.

    Raises:
        ValueError: the span is empty or its quote is not as long as it is.
    """

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end <= self.start or len(self.quote) != self.end - self.start:
            raise ValueError(f"not a span: {self.start}-{self.end} {self.quote!r}")

    def covers(self, other: Span) -> bool:
        """True where `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True where the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Ref:
    """An actor, place, account or thing, and the span where the text names it."""

    id: str | None
    name: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as far as it could be resolved: knowledge-base id or None, kind and country as far as known."""

    id: str | None
    name: str
    kind: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something, with what it was resolved to; `origin` names the rule or model that made it."""

    kind: MentionKind
    span: Span
    value: Value | ActorRef | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue, content (PARC, PolNeAR): who speaks, the words that say so, what is said; `within` nests it."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it. `kind` is publisher, actor, person or collective; `party` where a party to the event speaks."""

    id: str | None
    name: str
    kind: str
    role: str | None = None
    party: bool = False
    speaks_for: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Via:
    """A voice that passes on another's words ("Reuters, citing the army"), outermost first."""

    speaker: str
    cue: str | None


@dataclass(frozen=True, slots=True)
class About:
    """A tie from one claim to another."""

    claim: str
    rel: Relation


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one speaker says, with the words that say it."""

    document: str
    slot: str
    speaker: Speaker
    evidence: tuple[Span, ...]
    origin: str
    subject: Ref | None = None
    object: Ref | None = None
    value: Value | None = None
    time: DateRange | None = None
    place: PlaceRef | None = None
    stance: Stance = Stance.ASSERTS
    certainty: Certainty = Certainty.CERTAIN
    modality: Modality = Modality.ACTUAL
    accounts: tuple[str, ...] = ()
    about: tuple[About, ...] = ()
    via: tuple[Via, ...] = ()
    cue: Span | None = None
    direct: bool = False
    said_on: DateRange | None = None

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a claim without words: {self.slot}")

    @property
    def id(self) -> str:
        """Hash of document, slot, stance and spans: what was resolved is left out, so that decisions survive it."""
        spans = ";".join(f"{s.start}-{s.end}" for s in self.evidence)
        return "c" + digest(self.document, self.slot, self.stance, spans)


@dataclass(frozen=True, slots=True)
class Party:
    """An actor's part in an event."""

    ref: Ref
    kind: str | None = None
    country: str | None = None
    confidence: Confidence = Confidence.REPORTED


@dataclass(frozen=True, slots=True)
class HarmRow:
    """One line of an account's harm: outcome, status and group of the people, side, and the reconciled range."""

    outcome: str
    status: str
    group: str | None
    side: str | None
    low: int | None
    best: int | None
    high: int | None
    finding_status: FindingStatus


@dataclass(frozen=True, slots=True)
class Range:
    """A reconciled number."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What one account comes to by the rule named."""

    date: DateRange | None = None
    place: PlaceRef | None = None
    initiators: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    weapon: str | None = None
    damaged: tuple[str, ...] = ()
    killed: Range | None = None
    injured: Range | None = None
    harm: tuple[HarmRow, ...] = ()
    status: FindingStatus = FindingStatus.SINGLE_SPEAKER
    rule: str = "range"


@dataclass(frozen=True, slots=True)
class Account:
    """One document's account of one event."""

    id: str
    document: str
    event_type: str
    modality: Modality
    claims: tuple[str, ...]
    part_of: str | None = None
    summary: Summary = field(default_factory=Summary)


@dataclass(frozen=True, slots=True)
class Finding:
    """One slot of an event, reconciled: a number or a value, its standing among the speakers, and the claims behind it.

    Args:
        slot: an id of the slots ("killed", "occurred", "place").
        status: standing among its speakers.
        rule, version: the rule that made it.
        people: of a number of people, whom it counts (civilian, combatant, unknown); None for all of them.
        side: of a number of people, on whose side they were ("initiator", "target"), where that is told.
        low, best, high: the number; None where the slot has none, or the end is open.
        value: the value of a slot without number.
        refs: the actors or things that the slot names, first the one that most speakers name.
        claims: ids of the claims that it was made from.
        against: ids of the claims that stand against it.
        replaced: ids of claims that were corrected, taken back or overtaken by a later word of the same speaker.
        speakers: number of independent speakers behind it.
    """

    slot: str
    status: FindingStatus
    rule: str
    version: str
    people: str | None = None
    side: str | None = None
    low: int | None = None
    best: int | None = None
    high: int | None = None
    value: Value | None = None
    refs: tuple[Ref, ...] = ()
    claims: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    speakers: int = 0

    @property
    def range(self) -> Range | None:
        """The number, or None where there is none."""
        return None if self.low is self.best is self.high is None else Range(self.low, self.best, self.high)


@dataclass(frozen=True, slots=True)
class Event:
    """A cluster of accounts and its findings; `part_of` names the accounts of wider scope that it lies inside."""

    id: str
    accounts: tuple[str, ...]
    event_type: str
    findings: tuple[Finding, ...]
    part_of: tuple[str, ...] = ()

    @property
    def status(self) -> FindingStatus | None:
        """Standing of `occurred`, or None where nobody was left to say so."""
        return next((f.status for f in self.findings if f.slot == "occurred"), None)

    def finding(self, slot: str, people: str | None = None) -> Finding | None:
        """The finding of a slot, for all people or for some, or None."""
        return next((f for f in self.findings if f.slot == slot and f.people == people and f.side is None), None)


@dataclass(frozen=True, slots=True)
class Issue:
    """Odd data that a person should know of: never an exception, never silence."""

    kind: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """All that `code` gets out of one document."""

    document: Document
    accounts: tuple[Account, ...] = ()
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    issues: tuple[Issue, ...] = ()


__all__ = [
    "About", "Account", "ActorRef", "Attribution", "Certainty", "Claim", "Coding", "Confidence", "Count", "CountRange",
    "DateRange", "Document", "Event", "Finding", "FindingStatus", "HarmRow", "Issue", "Mention", "MentionKind",
    "Modality", "Party", "PlaceRef", "Range", "Ref", "Relation", "Span", "Speaker", "Stance", "Summary", "Via",
    "digest",
]  # fmt: skip
