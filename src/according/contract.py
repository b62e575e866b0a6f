"""The contract: what `according code --json` prints, one JSON line a document, and its JSON Schema.

Building it checks it: every span's quote is what the text has at its offsets, and every value is of the type that its
slot or its kind of mention has. The classes stand in `shapes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from according import model, values
from according.errors import InvalidInput, InvalidRule
from according.model import Coding
from according.shapes import (
    MENTION_VALUES,
    VALUE_CLASSES,
    AboutJson,
    AccountJson,
    AttributionJson,
    ClaimJson,
    Contract,
    CountJson,
    DateRangeJson,
    DocumentJson,
    HarmRowJson,
    IssueJson,
    MentionJson,
    PartyJson,
    PlaceRefJson,
    RangeJson,
    RefJson,
    SpanJson,
    SpeakerJson,
    SummaryJson,
    ValueJson,
    ViaJson,
)

Slots = Mapping[str, Mapping[str, object]]


_SLOT_KEYS = {"of", "value", "object", "about"}


@cache
def default_slots() -> Slots:
    """The slots that the package carries (data/vocabulary/slots.yaml)."""
    from according.rules import DATA, load_vocabulary

    return load_vocabulary(DATA / "vocabulary" / "slots.yaml")


def load_slots(own: Path | None = None) -> Slots:
    """The package's slots, and those of a project's own file where there is one.

    Args:
        own: YAML that maps each further slot to `of` (event, actor, place, territory, speaker), `value` (a type of the
            contract, or null), `about` (a sentence) and, where a claim names a second thing, `object`.

    Raises:
        InvalidInput: the file is not there.
        InvalidRule: a slot breaks this shape, or has the name of one of the package's own.
    """
    given = default_slots()
    if own is None:
        return given
    from according.rules import load_vocabulary

    try:
        more = load_vocabulary(own)
    except OSError as error:
        raise InvalidInput(f"{own} cannot be read ({error.strerror}); correct slots in the settings") from error
    kinds = {str(slot["of"]) for slot in given.values()}
    for name, slot in more.items():
        if name in given:
            raise InvalidRule(f"{own.name}: the slot {name} is one of the package's own; choose another name")
        _check_slot(f"{own.name}: the slot {name}", slot, kinds)
    return {**given, **more}


def _check_slot(where: str, slot: Mapping[str, object], kinds: set[str]) -> None:
    wrong = sorted(({"of", "value", "about"} - slot.keys()) | (slot.keys() - _SLOT_KEYS))
    if wrong:
        raise InvalidRule(f"{where} must have of, value and about, and may have object; look at {', '.join(wrong)}")
    if slot["of"] not in kinds:
        raise InvalidRule(f"{where} is of {slot['of']}; it must be of one of {', '.join(sorted(kinds))}")
    if slot["value"] is not None and slot["value"] not in VALUE_CLASSES:
        names = ", ".join(VALUE_CLASSES)
        raise InvalidRule(f"{where} has the value {slot['value']}; it must be null or one of {names}")


def to_contract(coding: Coding, slots: Slots | None = None) -> Contract:
    """A coding in the shape of the contract.

    Args:
        coding: what `code` got out of one document.
        slots: the slots with their types; the package's own where None.

    Raises:
        ValueError: a quote is not what the text has at its offsets, or a value is not of its slot's type.
    """
    slots = default_slots() if slots is None else slots
    for span in _spans(coding):
        if coding.document.text[span.start : span.end] != span.quote:
            raise ValueError(f"the text at {span.start}-{span.end} is not {span.quote!r}; a quote must be verbatim")
    return Contract(
        document=_document(coding.document),
        accounts=[_account(account) for account in coding.accounts],
        claims=[_claim(claim, slots) for claim in coding.claims],
        mentions=[_mention(mention) for mention in coding.mentions],
        attributions=[AttributionJson(source=_span(a.source), cue=_span(a.cue), content=[_must(s) for s in a.content])
                      for a in coding.attributions],
        issues=[IssueJson(kind=i.kind, span=_span(i.span), message=i.message) for i in coding.issues],
    )  # fmt: skip


def _spans(coding: Coding) -> Iterator[model.Span]:
    optional: list[model.Span | None] = []
    for claim in coding.claims:
        refs = (claim.subject, claim.object, claim.speaker)
        optional += [*claim.evidence, claim.cue, *(ref.span for ref in refs if ref is not None)]
    for account in coding.accounts:
        optional += [p.ref.span for p in (*account.summary.initiators, *account.summary.targets)]
    for attribution in coding.attributions:
        optional += [attribution.source, attribution.cue, *attribution.content]
    optional += [mention.span for mention in coding.mentions] + [issue.span for issue in coding.issues]
    return (span for span in optional if span is not None)


def _must(span: model.Span) -> SpanJson:
    return SpanJson(start=span.start, end=span.end, quote=span.quote)


def _span(span: model.Span | None) -> SpanJson | None:
    return None if span is None else _must(span)


def _ref(ref: model.Ref | None) -> RefJson | None:
    return None if ref is None else RefJson(id=ref.id, name=ref.name, span=_span(ref.span))


def _document(document: model.Document) -> DocumentJson:
    return DocumentJson(
        id=document.id, key=document.key, url=document.url, title=document.title, publisher=document.publisher,
        published=document.published, language=document.language, sha256=document.sha256, text=document.text,
    )  # fmt: skip


def _fields(value: object) -> dict[str, Any]:
    """The fields of a frozen value that tell it from another, by name."""
    return {f.name: getattr(value, f.name) for f in fields(value) if f.compare}  # type: ignore[arg-type]


def value_json(value: values.Value | model.ActorRef | None) -> ValueJson | None:
    """A value in the contract's shape."""
    match value:
        case None:
            return None
        case values.Count():
            people = _fields(value)
            return CountJson(**_fields(people.pop("range")), **people)
        case _:
            return VALUE_CLASSES[type(value).__name__](**_fields(value))  # type: ignore[return-value]


def _date(value: values.DateRange | None) -> DateRangeJson | None:
    return None if value is None else DateRangeJson(**_fields(value))


def _place(value: values.PlaceRef | None) -> PlaceRefJson | None:
    return None if value is None else PlaceRefJson(**_fields(value))


def _claim(claim: model.Claim, slots: Slots) -> ClaimJson:
    _check_type(f"slot {claim.slot}", claim.value, _slot_types(slots, claim.slot))
    speaker = claim.speaker
    return ClaimJson(
        id=claim.id, accounts=list(claim.accounts), subject=_ref(claim.subject), slot=claim.slot,
        object=_ref(claim.object), value=value_json(claim.value), time=_date(claim.time), place=_place(claim.place),
        stance=claim.stance, certainty=claim.certainty, modality=claim.modality,
        about=[AboutJson(claim=a.claim, rel=a.rel) for a in claim.about],
        speaker=SpeakerJson(**{**_fields(speaker), "span": _span(speaker.span)}),
        via=[ViaJson(speaker=v.speaker, cue=v.cue) for v in claim.via], cue=_span(claim.cue), direct=claim.direct,
        said_on=_date(claim.said_on), evidence=[_must(s) for s in claim.evidence], origin=claim.origin,
    )  # fmt: skip


def _slot_types(slots: Slots, slot: str) -> tuple[str, ...]:
    if slot not in slots:
        raise ValueError(f"the slot {slot!r} is not in the vocabulary of slots; add it there with its type")
    name = slots[slot].get("value")
    return () if name is None else (str(name),)


def _check_type(where: str, value: object, allowed: tuple[str, ...]) -> None:
    found = type(value).__name__
    if value is not None and found not in allowed:
        raise ValueError(f"{where} takes {' or '.join(allowed) or 'no value'}, not {found}: {value}")


def _mention(mention: model.Mention) -> MentionJson:
    _check_type(f"a mention of kind {mention.kind}", mention.value, MENTION_VALUES[mention.kind])
    span = mention.span
    return MentionJson(
        kind=mention.kind, start=span.start, end=span.end, quote=span.quote, value=value_json(mention.value)
    )


def _party(party: model.Party) -> PartyJson:
    named: dict[str, Any] = {"id": party.ref.id, "name": party.ref.name, "span": _span(party.ref.span)}
    return PartyJson(**named, kind=party.kind, country=party.country, confidence=party.confidence)


def _range(value: model.Range | None) -> RangeJson | None:
    return None if value is None else RangeJson(**_fields(value))


def _account(account: model.Account) -> AccountJson:
    summary = account.summary
    return AccountJson(
        id=account.id, event_type=account.event_type, modality=account.modality, part_of=account.part_of,
        claims=list(account.claims),
        summary=SummaryJson(
            date=_date(summary.date), place=_place(summary.place), weapon=summary.weapon,
            initiators=[_party(p) for p in summary.initiators], targets=[_party(p) for p in summary.targets],
            damaged=list(summary.damaged), killed=_range(summary.killed), injured=_range(summary.injured),
            harm=[HarmRowJson(**_fields(row)) for row in summary.harm], status=summary.status, rule=summary.rule,
        ),
    )  # fmt: skip


def schema(slots: Slots | None = None) -> dict[str, Any]:
    """The contract's JSON Schema (2020-12), with `value` typed per slot and per kind of mention.

    Args:
        slots: the slots with their types; the package's own where None.
    """
    slots = default_slots() if slots is None else slots
    raw = Contract.model_json_schema(ref_template="#/$defs/{model}")
    plain: dict[str, Any] = _renamed(raw)
    defs = plain["$defs"]
    defs["Claim"]["properties"]["slot"] = {"title": "Slot", "type": "string", "enum": list(slots)}
    defs["Claim"]["allOf"] = _typed("slot", {slot: _slot_types(slots, slot) for slot in slots})
    defs["Mention"]["allOf"] = _typed("kind", MENTION_VALUES)
    plain["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return plain


def _renamed(node: Any) -> Any:
    """The schema without the ending that the classes here have."""
    if isinstance(node, dict):
        return {key.removesuffix("Json"): _renamed(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_renamed(value) for value in node]
    return node.removesuffix("Json") if isinstance(node, str) else node


def _typed(key: str, types: Mapping[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    """One condition for each set of types: where `key` is one of these, `value` is of one of those or null."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, allowed in types.items():
        groups.setdefault(allowed, []).append(name)
    return [
        {
            "if": {"properties": {key: {"enum": names}}, "required": [key]},
            "then": {
                "properties": {"value": {"anyOf": [*({"$ref": f"#/$defs/{t}"} for t in allowed), {"type": "null"}]}}
            },
        }
        for allowed, names in groups.items()
    ]
