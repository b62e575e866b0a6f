"""HXL: the table of events with a row of tags below its header, as humanitarian tools read it."""

from __future__ import annotations

from collections.abc import Sequence

from according.export.context import ExportContext, Exported
from according.export.events import ExportEvent
from according.export.losses import Losses
from according.export.table import load_layout, write_csv
from according.export.tables import event_row, row_text


def export_hxl(events: Sequence[ExportEvent], context: ExportContext) -> Exported:
    """Events in those columns of our table that have a tag."""
    columns = [column for column in load_layout("events").columns if column.tag is not None]
    rows = [row_text(event_row(event, context.run)) for event in events]
    tags = [column.tag or "" for column in columns]
    return Exported(write_csv([c.name for c in columns], rows, tags), Losses("hxl").report(len(rows)))
