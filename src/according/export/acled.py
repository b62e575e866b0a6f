"""The ACLED layout: 31 columns, made from own reports only. No row of ACLED's is read, kept or shipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from according.export.acled_actors import actor_cells
from according.export.codes import Codes
from according.export.context import ExportContext, Exported
from according.export.events import ExportEvent, date_of, place_of, range_words
from according.export.figures import acled_fatalities
from according.export.losses import Losses
from according.export.table import harmless, load_layout, write_csv
from according.model import Modality, Stance
from according.resolve.dates.precision import acled_event_date, acled_time_precision, days_of
from according.resolve.places_precision import geo_precision

LAYOUT = "acled"
_TERRITORY = "territory_taken_by_force"
_STATE, _OTHERS = "Government regains territory", "Non-state actor overtakes territory"


def export_acled(events: Sequence[ExportEvent], context: ExportContext) -> Exported:
    """Events in the layout's columns as CSV; those that it cannot hold are named in the loss report."""
    losses = Losses("acled")
    names = {event.name for event in events}
    rows = []
    for event in events:
        reason = _left_out(event, context.codes, names)
        if reason is not None:
            losses.note(reason, event.name)
            continue
        rows.append(_row(event, context, losses))
    return Exported(write_csv(load_layout(LAYOUT).names, rows), losses.report(len(rows)))


def _left_out(event: ExportEvent, codes: Codes, names: set[str]) -> str | None:
    types, date, place = codes.types.get(event.event_type), date_of(event.summary.date), place_of(event.summary.place)
    if event.modality is not Modality.ACTUAL:
        return "acled#modality"
    if types is None or types.acled[0] is None:
        return "acled#type"
    if date is None or acled_event_date(date) is None:
        return "acled#no-date"
    if place is None or place.latitude is None or geo_precision(place) is None:
        return "acled#no-place"
    if codes.country(place.country) is None:
        return "acled#no-country"
    return "acled#part" if event.part_of in names else None


def _row(event: ExportEvent, context: ExportContext, losses: Losses) -> dict[str, str]:
    codes = context.codes
    row = {"event_id_cnty": f"ACC-{event.name}", "timestamp": str(_moment(context.run.today))}
    row |= _date_cells(event, losses)
    row |= _type_cells(event, codes, losses)
    row |= actor_cells(event, codes, losses)
    row |= _place_cells(event, codes)
    row["source"] = "; ".join(event.publishers)
    fatalities = acled_fatalities(event)
    for word in fatalities.words:
        losses.note("acled#word", event.name, word)
    if fatalities.speakers != 1:
        losses.note(
            "acled#lowest" if fatalities.speakers else "acled#none", event.name, range_words(event.summary.killed)
        )
    row["fatalities"] = str(fatalities.number)
    row["notes"] = _notes(event, context)
    return {name: harmless(cell) if name not in {"latitude", "longitude"} else cell for name, cell in row.items()}


def _moment(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


def _date_cells(event: ExportEvent, losses: Losses) -> dict[str, str]:
    date = date_of(event.summary.date)
    assert date is not None
    day, precision = acled_event_date(date), acled_time_precision(date)
    assert day is not None
    if precision != 1:
        losses.note("acled#precision", event.name, str(date))
    if (days_of(date) or 1) > 1 and str(date.precision) == "range":
        losses.note("acled#days", event.name, str(date))
    return {"event_date": day, "year": day[:4], "time_precision": str(precision)}


def _type_cells(event: ExportEvent, codes: Codes, losses: Losses) -> dict[str, str]:
    kind, sub_event = codes.types[event.event_type].acled
    assert kind is not None
    if event.event_type == _TERRITORY:
        sub_event = _taker(event, codes)
    if sub_event is None:
        losses.note("acled#sub-event", event.name)
    row = codes.disorder[kind]
    subs = row.get("sub", {})
    disorder = subs.get(sub_event) if isinstance(subs, Mapping) and sub_event else None
    return {
        "disorder_type": str(disorder or row["disorder"]), "event_type": kind, "sub_event_type": sub_event or "",
    }  # fmt: skip


def _taker(event: ExportEvent, codes: Codes) -> str | None:
    """Who took the place: a state regains it, anybody else overtakes it; None where the kind is not known."""
    kinds = [codes.kind_of(party) for party in event.summary.initiators]
    sides = {kind.side for kind in kinds if kind is not None and kind.side is not None}
    return {"state": _STATE, "group": _OTHERS}.get(next(iter(sides))) if len(sides) == 1 else None


def _place_cells(event: ExportEvent, codes: Codes) -> dict[str, str]:
    place = place_of(event.summary.place)
    assert place is not None
    assert place.latitude is not None
    assert place.longitude is not None
    country = codes.country(place.country)
    assert country is not None
    return {
        "iso": str(country.numeric or ""), "region": codes.regions.get(country.iso3, ""), "country": country.name,
        "admin1": place.admin1 or "", "admin2": place.admin2 or "", "admin3": "", "location": place.name,
        "latitude": f"{place.latitude:.4f}", "longitude": f"{place.longitude:.4f}",
        "geo_precision": str(geo_precision(place)),
    }  # fmt: skip


def _notes(event: ExportEvent, context: ExportContext) -> str:
    """The event in our own words: who says so, the range, who denies it or has not spoken, how it was made."""
    summary = event.summary
    parts = [f"{event.event_type.replace('_', ' ').capitalize()}, {date_of(summary.date)}, {place_of(summary.place)}"]
    for role, parties in (("By", summary.initiators), ("Against", summary.targets)):
        put = (p.name + ("" if p.confidence == "reported" else f" ({p.confidence})") for p in parties)
        parts += [f"{role} {', '.join(put)}"] if parties else []
    killed = range_words(summary.killed)
    counting = dict.fromkeys(
        c.claim.speaker.name for c in event.claims if c.claim.slot == "killed" and _says(c.claim.stance)
    )
    parts += [f"Killed: {killed} ({'; '.join(counting)})"] if killed and counting else []
    for stance, words in ((Stance.DENIES, "Denied by"), (Stance.SILENT, "No word from"), (Stance.DOUBTS, "Doubted by")):
        who = dict.fromkeys(c.claim.speaker.name for c in event.claims if c.claim.stance is stance)
        parts += [f"{words} {'; '.join(who)}"] if who else []
    parts += [f"Status: {event.status.replace('_', ' ')}", f"{context.run.label[0].upper()}{context.run.label[1:]}"]
    return ". ".join(parts) + "."


def _says(stance: Stance) -> bool:
    return stance in {Stance.ASSERTS, Stance.CONFIRMS}
