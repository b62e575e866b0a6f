"""Invented claims for the tests of reconciling and building: reports as short lists of who says what."""

from __future__ import annotations

from dataclasses import replace

from according.build import default_parts
from according.model import (
    Account,
    ActorRef,
    Claim,
    Coding,
    Document,
    Finding,
    Mention,
    MentionKind,
    Modality,
    Ref,
    Span,
    Speaker,
    Stance,
    Summary,
)  # fmt: skip
from according.reconcile.findings import findings_of
from according.reconcile.names import names_of
from according.reconcile.telling import Telling, View
from according.values import (
    Code,
    Count,
    CountKind,
    CountRange,
    DatePrecision,
    DateRange,
    PersonStatus,
    PlacePrecision,
    PlaceRef,
    Scope,
    Value,
)  # fmt: skip

ARMY = Ref("army", "Veldan Army")
REBELS = Ref("front", "Orsk Front")
HOSPITAL = Speaker(None, "town's hospital", "actor")
ARMY_SAYS = Speaker("army", "Veldan Army", "actor")
REBELS_SAY = Speaker("front", "Orsk Front", "actor")
POLICE = Speaker(None, "provincial police", "actor")
TOWN = PlaceRef("t1", "Korva", 10.0, 20.0, PlacePrecision.SETTLEMENT, 4.0, "VEL", "Orsk")


def person(name: str, role: str | None = None) -> Speaker:
    return Speaker(None, name, "person", role)


def residents() -> Speaker:
    return Speaker(None, "residents", "collective")


def people(
    low: int | None, high: int | None = None, status: PersonStatus = PersonStatus.UNKNOWN, word: str | None = None,
    scope: Scope = Scope.EVENT,
) -> Count:  # fmt: skip
    """`people(5)` is five; `people(5, -1)` five or more; with a word it is vague."""
    top = None if high == -1 or word else low if high is None else high
    kind = CountKind.VAGUE if word else CountKind.EXACT if low == top else CountKind.BOUND
    kind = CountKind.NONE if low == top == 0 else kind
    return Count(CountRange(low, top, kind, word), status, scope=scope)


class Report:
    """One document and the claims that it makes, in order; each claim has its own stretch of the text."""

    def __init__(self, key: str, day: str | None, publisher: str, text: str | None = None, title: str | None = None):
        self.document = Document(
            text or f"Report {key} of {publisher}. " + "word " * 400, key, None, title, publisher, day
        )
        self.claims: list[Claim] = []
        self.mentions: list[Mention] = []

    def says(
        self, slot: str, value: Value | None = None, speaker: Speaker | None = None, stance: Stance = Stance.ASSERTS,
        subject: Ref | None = None, object: Ref | None = None, words: str | None = None,
    ) -> Report:  # fmt: skip
        text, own = self.document.text, Speaker(None, self.document.publisher or "publisher", "publisher")
        start = text.index(words) if words else 10 * len(self.claims)
        span = Span(start, start + len(words or "x" * 8), words or text[start : start + 8])
        claim = Claim(self.document.id, slot, speaker or own, (span,), "test", subject, object, value, stance=stance)
        self.claims.append(claim)
        return self

    def names(self, quote: str, actor: str, kind: str = "state_forces") -> Report:
        start = self.document.text.index(quote)
        span = Span(start, start + len(quote), quote)
        self.mentions.append(Mention(MentionKind.ACTOR, span, ActorRef(actor, quote, kind)))
        return self

    def tellings(self, copy_group: str | None = None) -> list[Telling]:
        return [
            Telling(c, "a" + self.document.id, self.document, self.document.published, copy_group) for c in self.claims
        ]

    def coding(self, kind: str = "air_strike", day: str = "2020-05-04", place: PlaceRef = TOWN) -> Coding:
        when = DateRange(day, day, DatePrecision.DAY)
        summary = Summary(date=when, place=place)
        account = Account("a" + self.document.id, self.document.id, kind, Modality.ACTUAL,
                          tuple(c.id for c in self.claims), summary=summary)  # fmt: skip
        claims = tuple(replace(c, accounts=(account.id,)) for c in self.claims)
        return Coding(self.document, (account,), claims, tuple(self.mentions))


def findings(*reports: Report, rule: str = "range", view: View | None = None) -> dict[tuple[str, str | None], Finding]:
    """The findings of one event by slot and people."""
    words = default_parts().words
    names = names_of([r.coding() for r in reports], words)
    found = findings_of([t for r in reports for t in r.tellings()], names, rule, view)
    return {(f.slot, f.people): f for f in found}


def killed(
    *reports: Report, rule: str = "range", view: View | None = None
) -> tuple[int | None, int | None, int | None]:
    found = findings(*reports, rule=rule, view=view)["killed", None]
    return found.low, found.best, found.high


def strike(by: Ref | None = None) -> dict[str, object]:
    return {"value": Code("air_strike"), "subject": by}
