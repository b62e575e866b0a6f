"""PLOVER 2.0 as JSON Lines, one line an event; the schema is data/formats/plover.schema.json."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache

from according.export.codes import FORMATS_DATA, Codes
from according.export.context import ExportContext, Exported
from according.export.events import ExportDocument, ExportEvent, range_words
from according.export.losses import Losses
from according.model import FindingStatus, Modality, Stance
from according.rules import load_vocabulary
from according.shapes import CountJson, PartyJson, PlaceRefJson
from according.values import PlacePrecision

# Violence in which both sides fight: all parties are actors.
_TWO_SIDED = frozenset({"armed_clash", "offensive"})
_AUXILIARY = {Modality.PLANNED: "future", Modality.THREATENED: "future", Modality.CONDITIONAL: "hypothetical"}
_RESOLUTION = {
    PlacePrecision.EXACT: 5, PlacePrecision.SETTLEMENT: 4, PlacePrecision.NEAR: 4, PlacePrecision.ADMIN2: 3,
    PlacePrecision.ADMIN1: 2, PlacePrecision.REGION: 2, PlacePrecision.COUNTRY: 1,
}  # fmt: skip
_CITY = frozenset({PlacePrecision.SETTLEMENT, PlacePrecision.NEAR})
_ARMED = frozenset({"MIL", "REB", "PRM", "UAF"})


@cache
def plover_types() -> Mapping[str, Mapping[str, object]]:
    """PLOVER's event types with quad class, intensity and modes."""
    return load_vocabulary(FORMATS_DATA / "plover.yaml")


def export_plover(events: Sequence[ExportEvent], context: ExportContext) -> Exported:
    """Events as JSON Lines; those that PLOVER has no type for, or that have no day, are named in the loss report."""
    losses = Losses("plover")
    lines = []
    for event in events:
        types = context.codes.types.get(event.event_type)
        if types is None or types.plover[0] is None:
            losses.note("plover#type", event.name)
        elif event.summary.date is None or event.summary.date.start is None:
            losses.note("plover#no-date", event.name)
        else:
            lines.append(json.dumps(_line(event, context, losses), ensure_ascii=False, allow_nan=False))
    return Exported("".join(f"{line}\n" for line in lines).encode("utf-8"), losses.report(len(lines)))


def _line(event: ExportEvent, context: ExportContext, losses: Losses) -> dict[str, object]:
    date, place = event.summary.date, event.summary.place
    assert date is not None
    assert date.start is not None
    line: dict[str, object] = {"id": event.name, "date": date.start[:10]}
    if date.end is not None and date.end[:10] != date.start[:10]:
        line["enddate"] = date.end[:10]
    line |= _parties(event, context.codes, losses)
    line |= _type(event, context.codes, losses)
    if place is not None:
        line["event_loc"] = _location(place, context.codes)
    size = _size(event, losses)
    if size:
        line["size"] = size
    told = [s.quote for c in event.claims if c.claim.slot == "occurred" for s in c.claim.evidence]
    return {
        **line, "event_text": list(dict.fromkeys(told)), "cite_info": [_cite(d, context) for d in event.documents],
        "coder": context.run.made, "coded_date": context.run.today,
        "comment": f"Status: {event.status.replace('_', ' ')}. {context.run.label}.",
    }  # fmt: skip


def _type(event: ExportEvent, codes: Codes, losses: Losses) -> dict[str, object]:
    kind, mode = codes.types[event.event_type].plover
    assert kind is not None
    row = plover_types()[kind]
    modes = row.get("modes") or {}
    auxiliary = _AUXILIARY.get(event.modality)
    if event.status is FindingStatus.DENIED:
        auxiliary = "negation"
    if event.modality is Modality.ATTEMPTED:
        losses.note("plover#attempted", event.name)
    own = modes.get(mode) if isinstance(modes, Mapping) and mode else None
    scale = own if own is not None else row.get("scale")
    found: dict[str, object] = {"event": [kind], "quad_code": row["quad"]}
    if mode or auxiliary:
        found["mode"] = [m for m in (mode, auxiliary) if m]
    return found if scale is None else {**found, "event_scale": scale}


def _parties(event: ExportEvent, codes: Codes, losses: Losses) -> dict[str, object]:
    """Who acted and who was acted upon; where both sides fight, all are actors."""
    acted = [_entity(party, codes) for party in event.summary.initiators]
    hit = [_entity(party, codes) for party in event.summary.targets]
    if not acted:
        losses.note("plover#no-actor", event.name)
    armed = any(e.get("sector") in _ARMED for e in (*acted, *hit))
    context = {"context": ["military"]} if armed and codes.types[event.event_type].violent else {}
    if event.event_type in _TWO_SIDED:
        return {"actor": [*acted, *hit], **context}
    return {"actor": acted, **({"recipient": hit} if hit else {}), **context}


def _entity(party: PartyJson, codes: Codes) -> dict[str, str]:
    kind, wikidata = codes.kind_of(party), codes.code_of(party, "wikidata")
    sector = codes.code_of(party, "plover_sector") or (kind.sector if kind is not None else None)
    found = {"code": party.country, "sector": sector, "entity_text": party.name, "identifier_id": wikidata}
    known = codes.actors.get(party.id or "")
    if wikidata and known is not None:
        found["identifier_text"] = known.name
    return {name: value for name, value in found.items() if value}


def _location(place: PlaceRefJson, codes: Codes) -> dict[str, object]:
    country = codes.country(place.country)
    found: dict[str, object | None] = {
        "resolved_place": place.name, "lat": place.latitude, "lon": place.longitude, "district": place.admin2,
        "province": place.admin1, "country": country.name if country else None, "country_code": place.country,
        "city": place.name if place.precision in _CITY else None,
        "geonameid": place.id.removeprefix("gn:") if place.id and place.id.startswith("gn:") else None,
        "resolution": _RESOLUTION.get(place.precision) if place.precision else None,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


def _size(event: ExportEvent, losses: Losses) -> dict[str, int]:
    """The leading numbers; the ranges have no place in the format."""
    summary = event.summary
    found = {
        name: value.best for name, value in (("dead", summary.killed), ("injured", summary.injured))
        if value is not None and value.best is not None
    }  # fmt: skip
    if found:
        losses.note("plover#size", event.name, range_words(summary.killed) or range_words(summary.injured))
    held = [
        c.claim.value for c in event.claims if c.claim.slot == "detained" and c.claim.stance is Stance.ASSERTS
        and isinstance(c.claim.value, CountJson) and c.claim.value.low is not None
    ]  # fmt: skip
    if held and held[0].low is not None:
        found["arrested"] = held[0].low
    return found


def _cite(document: ExportDocument, context: ExportContext) -> dict[str, str]:
    found = {
        "url": document.url, "title": document.title, "language": document.language, "codebook": "PLOVER 2.0",
        "publication": document.publisher, "citation": document.label, "version": context.run.version,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}
