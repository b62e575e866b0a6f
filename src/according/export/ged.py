"""UCDP GED: 49 columns, one row an event with at least one death. What a coder must choose stays blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import floor

from according.export.context import ExportContext, Exported
from according.export.events import ExportEvent, date_of, place_of, range_words
from according.export.figures import Deaths, ucdp_deaths
from according.export.ged_choices import GedChoice
from according.export.ged_file import LAYOUT
from according.export.losses import Losses
from according.export.table import harmless, load_layout, write_csv
from according.model import Modality, digest
from according.resolve.dates.precision import ucdp_date_prec
from according.resolve.places_precision import where_prec
from according.values import DateRange, PlacePrecision, PlaceRef

_FIRST_ID = 10**12  # UCDP's own ids are far below
_IDS = 10**14
_POINTLESS = frozenset({PlacePrecision.COUNTRY, PlacePrecision.LARGER})
_NOTES = {
    "open_high": "ged#open-high", "open_low": "ged#open-low", "vague": "ged#vague", "about": "ged#about",
    "party_only": "ged#party", "status_contested": "ged#status-contested", "lowest": "ged#lowest",
}  # fmt: skip


def export_ged(events: Sequence[ExportEvent], context: ExportContext) -> Exported:
    """Events as a GED file in CSV, in the order given; those that GED does not count are named in the loss report."""
    losses = Losses("ged")
    names = {event.name for event in events}
    wholes = {event.part_of for event in events if event.part_of}
    rows = []
    for event in events:
        reason, deaths = _left_out(event, context, names), ucdp_deaths(event)
        if reason is None and deaths.high < 1 and deaths.best < 1:
            reason = "ged#no-death"
        if reason is not None:
            losses.note(reason, event.name)
            continue
        rows.append(_row(event, deaths, context, losses, event.name in wholes))
    return Exported(write_csv(load_layout(LAYOUT).names, rows), losses.report(len(rows)))


def _left_out(event: ExportEvent, context: ExportContext, names: set[str]) -> str | None:
    if event.modality is not Modality.ACTUAL:
        return "ged#modality"
    types = context.codes.types.get(event.event_type)
    if types is None or not types.ucdp:
        return "ged#type"
    date = date_of(event.summary.date)
    if date is None or ucdp_date_prec(date) is None:
        return "ged#no-date"
    return "ged#part" if event.part_of in names else None


def _row(event: ExportEvent, deaths: Deaths, context: ExportContext, losses: Losses, is_whole: bool) -> dict[str, str]:
    row: dict[str, str] = {
        "id": str(ged_id(event.id)), "relid": event.name, "code_status": context.run.made,
        "event_clarity": "2" if is_whole else "1",
    }  # fmt: skip
    if is_whole:
        losses.note("ged#clarity", event.name)
    choice = context.choices.get(event.name)
    row |= _choice_cells(event, choice, context, losses)
    row |= _report_cells(event)
    row |= _place_cells(event, context, losses)
    row |= _date_cells(event, losses)
    row |= _death_cells(event, deaths, choice, losses)
    return row


def ged_id(identifier: str) -> int:
    """A whole number for an event of ours, stable, and above all ids that UCDP gives."""
    return _FIRST_ID + int(digest(identifier), 16) % _IDS


def _choice_cells(
    event: ExportEvent, choice: GedChoice | None, context: ExportContext, losses: Losses
) -> Mapping[str, str]:
    if choice is not None:
        losses.note("ged#choice", event.name, choice.coder)
        return choice.cells
    losses.note("ged#sides", event.name, _candidates(event, context))
    losses.note("ged#active", event.name)
    types = context.codes.types[event.event_type].ucdp
    if len(types) == 1:
        return {"type_of_violence": str(types[0])}
    losses.note("ged#violence", event.name)
    return {}


def _candidates(event: ExportEvent, context: ExportContext) -> str | None:
    """The parties that a coder may choose sides from, with UCDP's ids where they are known."""
    named = []
    for role, parties in (("by", event.summary.initiators), ("against", event.summary.targets)):
        for party in parties:
            code = context.codes.code_of(party, "ucdp_id")
            named.append(f"{role} {party.name}{f' = {code}' if code else ''}")
    return ", ".join(named) or None


def _report_cells(event: ExportEvent) -> dict[str, str]:
    documents = event.documents
    articles = [f'"{d.publisher or ""},{d.published or ""},{(d.title or "").replace(chr(34), "")}"' for d in documents]
    told = [c.claim for c in event.claims if c.claim.slot in {"killed", "occurred"}]
    return {
        "number_of_sources": str(len(documents)),
        "source_article": ";".join(articles),
        "source_office": harmless(";".join(d.publisher or "" for d in documents)),
        "source_date": ";".join(d.published or "" for d in documents),
        "source_headline": harmless(";".join(d.title or "" for d in documents)),
        "source_original": harmless(";".join(dict.fromkeys(c.speaker.name for c in told))),
    }


def _place_cells(event: ExportEvent, context: ExportContext, losses: Losses) -> dict[str, str]:
    place = place_of(event.summary.place)
    if place is None:
        losses.note("ged#place", event.name)
        return {}
    words = [s.quote for c in event.claims if c.claim.slot == "place" for s in c.claim.evidence]
    cells = {
        "where_coordinates": harmless(place.name),
        "where_description": harmless(words[0] if words else place.name),
    }
    precision = where_prec(place)
    if precision is not None:
        cells["where_prec"] = str(precision)
    if place.precision not in _POINTLESS:
        cells |= {"adm_1": place.admin1 or "", "adm_2": place.admin2 or ""}
    cells |= dict(_point_cells(place))
    if "latitude" not in cells:
        losses.note("ged#no-point", event.name)
    country = context.codes.country(place.country)
    if country is not None:
        cells |= {"country": country.name, "region": country.region}
    if country is not None and country.gw is not None:
        cells["country_id"] = str(country.gw)
    else:
        losses.note("ged#no-gw", event.name, place.country)
    return cells


def _point_cells(place: PlaceRef) -> Iterator[tuple[str, str]]:
    if place.latitude is None or place.longitude is None:
        return
    yield "latitude", degrees(place.latitude)
    yield "longitude", degrees(place.longitude)
    yield "geom_wkt", f"POINT ({place.longitude:.6f} {place.latitude:.6f})"
    yield "priogrid_gid", str(priogrid_gid(place.latitude, place.longitude))


def degrees(value: float) -> str:
    """Degrees with as many decimals as are known, six at most."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def priogrid_gid(latitude: float, longitude: float) -> int:
    """The PRIO-GRID cell (0.5 degrees, 360 rows of 720 from the south-west) of a point in degrees, WGS84.

    The north pole and the date line from the west belong to the last row and column.
    """
    row = min(floor((latitude + 90) * 2), 359)
    column = min(floor((longitude + 180) * 2), 719)
    return row * 720 + column + 1


def _date_cells(event: ExportEvent, losses: Losses) -> dict[str, str]:
    date = date_of(event.summary.date)
    assert date is not None
    assert date.start is not None
    assert date.end is not None
    start, end = date.start[:10], date.end[:10]
    if start[:4] != end[:4]:
        end = f"{start[:4]}-12-31"
        losses.note("ged#year", event.name, str(date))
    return {
        "year": start[:4], "date_prec": str(ucdp_date_prec(DateRange(date.start, date.end, date.precision))),
        "date_start": f"{start} 00:00:00.000", "date_end": f"{end} 00:00:00.000",
    }  # fmt: skip


def _death_cells(event: ExportEvent, deaths: Deaths, choice: GedChoice | None, losses: Losses) -> dict[str, str]:
    for note in deaths.notes:
        losses.note(_NOTES[note], event.name, range_words(event.summary.killed))
    cells = {
        "deaths_civilians": str(deaths.civilians), "deaths_unknown": str(deaths.unknown),
        "best": str(deaths.best), "high": str(deaths.high), "low": str(deaths.low),
    }  # fmt: skip
    told = choice is not None and (deaths.own_fighters != "mixed" or not deaths.combatants)
    if choice is not None and told:
        sides = {"a": 0, "b": 0}
        sides[choice.initiator_side if deaths.own_fighters == "initiator" else choice.target_side] += deaths.combatants
        return {**cells, "deaths_a": str(sides["a"]), "deaths_b": str(sides["b"])}
    if deaths.combatants:
        losses.note("ged#mixed" if choice is not None else "ged#split", event.name, f"{deaths.combatants} fighters")
        return cells
    return {**cells, "deaths_a": "0", "deaths_b": "0"}
