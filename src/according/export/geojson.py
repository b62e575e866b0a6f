"""GeoJSON (RFC 7946): a feature an event, longitude first, WGS84; what a point stands for is told beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from according.export.context import ExportContext, Exported
from according.export.events import ExportClaim, ExportEvent
from according.export.losses import Losses
from according.export.tables import event_row
from according.export.words import ELLIPSIS, value_words

_POINT = ("latitude", "longitude")


def export_geojson(events: Sequence[ExportEvent], context: ExportContext) -> Exported:
    """Events as a feature collection; an event without a point has the geometry null, as the standard has it."""
    losses = Losses("geojson")
    features = []
    for event in events:
        row = event_row(event, context.run)
        if row.get("latitude") is None:
            losses.note("geojson#no-point", event.name)
        properties = {name: value for name, value in row.items() if name not in _POINT and value is not None}
        told = [_claim(stored) for stored in event.claims]
        point = [row.get("longitude"), row.get("latitude")]
        features.append({
            "type": "Feature", "id": event.name,
            "geometry": {"type": "Point", "coordinates": point} if None not in point else None,
            "properties": {**properties, "claims_told": told},
        })  # fmt: skip
    run = context.run
    about = {"made": run.made, "run": run.id, "version": run.version, "rules": run.rules, "as_of": run.today}
    content = {"type": "FeatureCollection", "according": about, "features": features}
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    return Exported(text.encode("utf-8"), losses.report(len(features)))


def _claim(stored: ExportClaim) -> dict[str, str]:
    """A claim in the words that a map's window has room for."""
    claim = stored.claim
    return {
        "claim": stored.name, "slot": claim.slot, "value": value_words(claim.value), "speaker": claim.speaker.name,
        "stance": str(claim.stance), "quote": ELLIPSIS.join(span.quote for span in claim.evidence),
        "report": stored.document.name,
    }  # fmt: skip
