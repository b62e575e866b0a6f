"""Back from the contract to the nouns: a coded line as `model.Coding`, for what works on several documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from according import model, values
from according.shapes import (
    AccountJson,
    ActorRefJson,
    ClaimJson,
    CodeJson,
    Contract,
    CountJson,
    CountRangeJson,
    DateRangeJson,
    MentionJson,
    PartyJson,
    PlaceRefJson,
    RangeJson,
    RefJson,
    ShareJson,
    SpanJson,
    SummaryJson,
    ValueJson,
    WordsJson,
)


def from_contract(contract: Contract, revises: str | None = None) -> model.Coding:
    """The coding that a line of the contract stands for; what the contract does not hold is left open.

    Args:
        contract: one coded document.
        revises: id of the earlier version that the document replaces.

    Raises:
        ValueError: a value or a span is none, or a claim has no words.
    """
    d = contract.document
    document = model.Document(d.text, d.key, d.url, d.title, d.publisher, d.published, d.language, revises)
    claims = [_claim(c, document.id) for c in contract.claims]
    names = {old.id: new.id for old, new in zip(contract.claims, claims, strict=True)}
    return model.Coding(
        document,
        tuple(_account(a, document.id, names) for a in contract.accounts),
        tuple(_retied(c, names) for c in claims),
        tuple(_mention(m) for m in contract.mentions),
        tuple(
            model.Attribution(_span(a.source), _span(a.cue), tuple(map(_must, a.content)))
            for a in contract.attributions
        ),
        tuple(model.Issue(i.kind, i.message, _span(i.span)) for i in contract.issues),
    )


def _retied(claim: model.Claim, names: Mapping[str, str]) -> model.Claim:
    """The claim with the ids that the claims have here, where a line was written with others."""
    ties = tuple(model.About(names.get(a.claim, a.claim), a.rel) for a in claim.about)
    return claim if ties == claim.about else replace(claim, about=ties)


def _must(span: SpanJson) -> model.Span:
    return model.Span(span.start, span.end, span.quote)


def _span(span: SpanJson | None) -> model.Span | None:
    return None if span is None else _must(span)


def _ref(ref: RefJson | None) -> model.Ref | None:
    return None if ref is None else model.Ref(ref.id, ref.name, _span(ref.span))


def _date(value: DateRangeJson | None) -> values.DateRange | None:
    return None if value is None else values.DateRange(**value.model_dump())


def _place(value: PlaceRefJson | None) -> values.PlaceRef | None:
    return None if value is None else values.PlaceRef(**value.model_dump())


def _range(value: RangeJson | None) -> model.Range | None:
    return None if value is None else model.Range(**value.model_dump())


def _value(value: ValueJson | None) -> values.Value | model.ActorRef | None:
    if value is None:
        return None
    parts: dict[str, Any] = value.model_dump()
    match value:
        case CountJson():
            number = values.CountRange(*(parts.pop(name) for name in ("low", "high", "kind", "word")))
            return values.Count(number, **parts)
        case CountRangeJson():
            return values.CountRange(**parts)
        case DateRangeJson():
            return values.DateRange(**parts)
        case PlaceRefJson():
            return values.PlaceRef(**parts)
        case CodeJson():
            return values.Code(**parts)
        case ShareJson():
            return values.Share(**parts)
        case WordsJson():
            return values.Words(**parts)
        case ActorRefJson():
            return model.ActorRef(**parts)


def _claim(claim: ClaimJson, document: str) -> model.Claim:
    said, value = claim.speaker, _value(claim.value)
    if isinstance(value, model.ActorRef):
        raise ValueError(f"the claim {claim.id} has an actor as its value; an actor is its object")
    return model.Claim(
        document=document, slot=claim.slot, evidence=tuple(map(_must, claim.evidence)), origin=claim.origin,
        speaker=model.Speaker(
            said.id, said.name, said.kind, said.role, said.party, said.speaks_for, _span(said.span)
        ),
        subject=_ref(claim.subject), object=_ref(claim.object), value=value, time=_date(claim.time),
        place=_place(claim.place), stance=claim.stance, certainty=claim.certainty, modality=claim.modality,
        accounts=tuple(claim.accounts), about=tuple(model.About(a.claim, a.rel) for a in claim.about),
        via=tuple(model.Via(v.speaker, v.cue) for v in claim.via), cue=_span(claim.cue), direct=claim.direct,
        said_on=_date(claim.said_on),
    )  # fmt: skip


def _account(account: AccountJson, document: str, names: Mapping[str, str]) -> model.Account:
    return model.Account(
        account.id, document, account.event_type, account.modality,
        tuple(names.get(i, i) for i in account.claims), account.part_of,
        _summary(account.summary),
    )  # fmt: skip


def _summary(summary: SummaryJson) -> model.Summary:
    return model.Summary(
        _date(summary.date), _place(summary.place), tuple(map(_party, summary.initiators)),
        tuple(map(_party, summary.targets)), summary.weapon, tuple(summary.damaged), _range(summary.killed),
        _range(summary.injured), tuple(model.HarmRow(**row.model_dump()) for row in summary.harm), summary.status,
        summary.rule,
    )  # fmt: skip


def _party(party: PartyJson) -> model.Party:
    ref = model.Ref(party.id, party.name, _span(party.span))
    return model.Party(ref, party.kind, party.country, party.confidence)


def _mention(mention: MentionJson) -> model.Mention:
    return model.Mention(mention.kind, model.Span(mention.start, mention.end, mention.quote), _value(mention.value))
