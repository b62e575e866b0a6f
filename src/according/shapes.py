"""The shapes of the contract: pydantic classes that mirror the nouns of `model` as they leave the program.

Their names end in `Json`, so that one noun stays one class; the JSON Schema drops the ending.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from according import model
from according.model import Confidence, FindingStatus, Modality, Relation, Stance
from according.values import CountKind, DatePrecision, PersonStatus, PlacePrecision, Scope


class _Json(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SpanJson(_Json):
    """A stretch of the document's text in code points; text[start:end] == quote."""

    start: int
    end: int
    quote: str


class RefJson(_Json):
    """An actor, place, account or thing, and the span where the text names it."""

    id: str | None
    name: str
    span: SpanJson | None


class PartyJson(RefJson):
    """An actor's part in an event."""

    kind: str | None
    country: str | None
    confidence: Confidence


class ActorRefJson(_Json):
    """An actor as far as it could be resolved."""

    id: str | None
    name: str
    kind: str | None
    country: str | None


class CountRangeJson(_Json):
    """A number with open ends, as it was put."""

    low: int | None
    high: int | None
    kind: CountKind
    word: str | None


class CountJson(CountRangeJson):
    """A number of people with what is said about them."""

    status: PersonStatus
    status_by_party: bool
    group: str | None
    sex: str | None
    age: str | None
    scope: Scope


class DateRangeJson(_Json):
    """The days between which something happened, both included; ISO 8601, years BC too."""

    start: str | None
    end: str | None
    precision: DatePrecision
    timex: str | None
    mod: str | None


class PlaceRefJson(_Json):
    """A place as far as it could be resolved; WGS84 degrees, kilometres, ISO 3166-1 alpha-3."""

    id: str | None
    name: str
    latitude: float | None
    longitude: float | None
    precision: PlacePrecision | None
    radius_km: float | None
    country: str | None
    admin1: str | None
    admin2: str | None


class CodeJson(_Json):
    """A term of a closed vocabulary."""

    code: str


class ShareJson(_Json):
    """A part of a whole in per cent."""

    low: float | None
    high: float | None


class WordsJson(_Json):
    """What is claimed, in the speaker's words."""

    text: str


ValueJson = (
    CountJson | CountRangeJson | DateRangeJson | PlaceRefJson | CodeJson | ShareJson | WordsJson | ActorRefJson
)  # fmt: skip

VALUE_CLASSES: Mapping[str, type[_Json]] = {
    "Count": CountJson, "CountRange": CountRangeJson, "DateRange": DateRangeJson, "PlaceRef": PlaceRefJson,
    "Code": CodeJson, "Share": ShareJson, "Words": WordsJson, "ActorRef": ActorRefJson,
}  # fmt: skip

MENTION_VALUES: Mapping[str, tuple[str, ...]] = {
    "actor": ("ActorRef",), "person": ("ActorRef",), "place": ("PlaceRef",), "time": ("DateRange",),
    "count": ("Count", "CountRange"), "weapon": ("Code",), "trigger": ("Code",), "cue": ("Code",),
}  # fmt: skip


class DocumentJson(_Json):
    """One published text."""

    id: str
    key: str | None
    url: str | None
    title: str | None
    publisher: str | None
    published: str | None
    language: str | None
    sha256: str
    text: str


class SpeakerJson(_Json):
    """Who says it."""

    id: str | None
    name: str
    role: str | None
    kind: str
    party: bool
    speaks_for: str | None
    span: SpanJson | None


class ViaJson(_Json):
    """A voice that passes on another's words, outermost first."""

    speaker: str
    cue: str | None


class AboutJson(_Json):
    """A tie from one claim to another."""

    claim: str
    rel: Relation


class ClaimJson(_Json):
    """One thing that one speaker says, with the words that say it."""

    id: str
    accounts: list[str]
    subject: RefJson | None
    slot: str
    object: RefJson | None
    value: ValueJson | None
    time: DateRangeJson | None
    place: PlaceRefJson | None
    stance: Stance
    certainty: model.Certainty
    modality: Modality
    about: list[AboutJson]
    speaker: SpeakerJson
    via: list[ViaJson]
    cue: SpanJson | None
    direct: bool
    said_on: DateRangeJson | None
    evidence: list[SpanJson]
    origin: str


class RangeJson(_Json):
    """A reconciled number."""

    low: int | None
    best: int | None
    high: int | None


class HarmRowJson(_Json):
    """One line of an account's harm."""

    outcome: str
    status: str
    group: str | None
    side: str | None
    low: int | None
    best: int | None
    high: int | None
    finding_status: FindingStatus


class SummaryJson(_Json):
    """What one account comes to by the rule named."""

    date: DateRangeJson | None
    place: PlaceRefJson | None
    initiators: list[PartyJson]
    targets: list[PartyJson]
    weapon: str | None
    damaged: list[str]
    killed: RangeJson | None
    injured: RangeJson | None
    harm: list[HarmRowJson]
    status: FindingStatus
    rule: str


class AccountJson(_Json):
    """One document's account of one event."""

    id: str
    event_type: str
    modality: Modality
    part_of: str | None
    claims: list[str]
    summary: SummaryJson


class MentionJson(_Json):
    """A span that names something, and what it was resolved to."""

    kind: model.MentionKind
    start: int
    end: int
    quote: str
    value: ValueJson | None


class AttributionJson(_Json):
    """Who speaks, the words that say so, what is said."""

    source: SpanJson | None
    cue: SpanJson | None
    content: list[SpanJson]


class IssueJson(_Json):
    """Odd data that a person should know of."""

    kind: str
    span: SpanJson | None
    message: str


class Contract(_Json):
    """One document, coded: the line that `according code --json` prints."""

    document: DocumentJson
    accounts: list[AccountJson]
    claims: list[ClaimJson]
    mentions: list[MentionJson]
    attributions: list[AttributionJson]
    issues: list[IssueJson]

    def to_line(self) -> str:
        """The JSON line, without its line end."""
        return self.model_dump_json()
