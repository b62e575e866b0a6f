"""CSV tables of our own: one row an event, one row a claim. They lose the least, and their columns are documented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from according.export.context import ExportContext, Exported
from according.export.events import ExportClaim, ExportEvent, ExportRun
from according.export.losses import Losses
from according.export.table import harmless, load_layout, write_csv
from according.export.words import ELLIPSIS, party_words, value_words
from according.shapes import CountJson, CountRangeJson, RangeJson

Cell = str | int | float | None


def export_events(events: Sequence[ExportEvent], context: ExportContext) -> Exported:
    """One row an event, in the columns of data/formats/events.table.json."""
    rows = [row_text(event_row(event, context.run)) for event in events]
    return Exported(write_csv(load_layout("events").names, rows), Losses("events").report(len(rows)))


def export_claims(events: Sequence[ExportEvent], context: ExportContext) -> Exported:
    """One row a claim, in the columns of data/formats/claims.table.json; claims of no event once for each report."""
    names = {c.claim.id: c.name for event in events for c in (*event.claims, *event.others)}
    rows = [row_text(claim_row(c, event.name, names, context.run)) for event in events for c in event.claims]
    others = {(c.document.id, c.name): c for event in events for c in event.others}
    rows += [row_text(claim_row(c, None, names, context.run)) for c in others.values()]
    return Exported(write_csv(load_layout("claims").names, rows), Losses("claims").report(len(events)))


def row_text(row: Mapping[str, Cell]) -> dict[str, str]:
    """Typed cells as text: None is empty, and no spreadsheet runs a cell."""
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else f"{value:.6g}" if isinstance(value, float) else str(value)


def event_row(event: ExportEvent, run: ExportRun) -> dict[str, Cell]:
    """An event as cells with their types; None where it is not known."""
    summary = event.summary
    row: dict[str, Cell] = {
        "event": event.name, "id": event.id, "event_type": event.event_type, "modality": str(event.modality),
        "status": str(event.status), "initiators": "; ".join(map(party_words, summary.initiators)) or None,
        "targets": "; ".join(map(party_words, summary.targets)) or None, "weapon": summary.weapon,
        "damaged": "; ".join(summary.damaged) or None, "rule": summary.rule,
        "claims": len(event.claims), "speakers": len({c.claim.speaker.name for c in event.claims}),
        "publishers": "; ".join(event.publishers), "reports": "; ".join(d.name for d in event.documents),
        "part_of": event.part_of, "withheld": "; ".join(event.withheld) or None,
        "made": run.made, "run": run.id, "rules": run.rules[:12],
    }  # fmt: skip
    row |= dict(_when_and_where(event))
    row |= _numbers("killed", summary.killed) | _numbers("injured", summary.injured)
    civilians = event.number("killed", "range", "civilian")
    if civilians is not None:
        row |= {"killed_civilians_low": civilians.low, "killed_civilians_high": civilians.high}
    return row


def _when_and_where(event: ExportEvent) -> Iterator[tuple[str, Cell]]:
    date, place = event.summary.date, event.summary.place
    if date is not None:
        yield from (("date_start", date.start), ("date_end", date.end), ("date_precision", str(date.precision)))
    if place is not None:
        yield from (("place", place.name), ("place_id", place.id), ("latitude", place.latitude))
        yield from (("longitude", place.longitude), ("radius_km", place.radius_km), ("country", place.country))
        yield from (("admin1", place.admin1), ("admin2", place.admin2))
        yield "place_precision", str(place.precision) if place.precision else None


def _numbers(name: str, value: RangeJson | None) -> dict[str, Cell]:
    if value is None:
        return {}
    return {f"{name}_low": value.low, f"{name}_best": value.best, f"{name}_high": value.high}


def claim_row(stored: ExportClaim, event: str | None, names: Mapping[str, str], run: ExportRun) -> dict[str, Cell]:
    """A claim as cells with their types.

    Args:
        stored: the claim.
        event: name of its event, or None.
        names: speakable names of claims by id, for the ties between them.
        run: how it was made.
    """
    claim, document = stored.claim, stored.document
    row: dict[str, Cell] = {
        "claim": stored.name, "id": claim.id, "event": event, "report": document.name,
        "publisher": document.publisher, "published": document.published, "title": document.title,
        "url": document.url, "sha256": document.sha256, "slot": claim.slot, "value": value_words(claim.value) or None,
        "value_json": claim.value.model_dump_json() if claim.value is not None else None,
        "stance": str(claim.stance), "certainty": str(claim.certainty), "modality": str(claim.modality),
        "speaker": claim.speaker.name, "speaker_kind": claim.speaker.kind, "speaker_role": claim.speaker.role,
        "party": "yes" if claim.speaker.party else "no", "via": "; ".join(v.speaker for v in claim.via) or None,
        "direct": "yes" if claim.direct else "no", "cue": claim.cue.quote if claim.cue else None,
        "quote": ELLIPSIS.join(s.quote for s in claim.evidence),
        "starts": "; ".join(str(s.start) for s in claim.evidence),
        "ends": "; ".join(str(s.end) for s in claim.evidence),
        "about": "; ".join(f"{tie.rel} {names.get(tie.claim, tie.claim)}" for tie in claim.about) or None,
        "origin": claim.origin, "made": run.made, "run": run.id, "rules": run.rules[:12],
    }  # fmt: skip
    for name, ref in (("subject", claim.subject), ("object", claim.object)):
        if ref is not None:
            row |= {name: ref.name, f"{name}_id": ref.id}
    if isinstance(claim.value, CountJson | CountRangeJson):
        row |= {"low": claim.value.low, "high": claim.value.high, "count_kind": str(claim.value.kind)}
    if isinstance(claim.value, CountJson):
        row["people_status"] = str(claim.value.status)
    return row
