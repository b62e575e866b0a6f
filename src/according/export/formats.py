"""The explicit table of formats, and `export`, which guards the events and writes them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from according.errors import UsageError
from according.export.context import ExportContext, Exported
from according.export.events import ExportEvent, Mentions
from according.export.guard import Allowed, Guard
from according.export.losses import Loss, LossReport, loss_rules
from according.export.numbers import with_numbers

Write = Callable[[Sequence[ExportEvent], ExportContext], Exported]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, ending of files, what it is, where its function stands, and whether it is no text."""

    name: str
    ending: str
    about: str
    home: str
    binary: bool = False

    def load(self) -> Write:
        """The function that writes it; its module is imported when it is asked for."""
        module, _, name = self.home.partition(":")
        write: Write = getattr(importlib.import_module(f"according.export.{module}"), name)
        return write


FORMATS = {
    f.name: f
    for f in (
        Format("ged", "csv", "UCDP GED, 49 columns", "ged:export_ged"),
        Format("acled", "csv", "ACLED layout, 31 columns", "acled:export_acled"),
        Format("events", "csv", "one row an event", "tables:export_events"),
        Format("claims", "csv", "one row a claim", "tables:export_claims"),
        Format("geojson", "geojson", "GeoJSON, a feature an event", "geojson:export_geojson"),
        Format("dossier", "zip", "a folder an event, to print and to check", "dossier:export_dossier", True),
        Format("plover", "jsonl", "PLOVER 2.0, a line an event", "plover:export_plover"),
        Format("hxl", "csv", "the table of events with HXL tags", "hxl:export_hxl"),
        Format("html", "html", "a page to print", "dossier:export_page"),
    )
}  # fmt: skip


def export(
    name: str,
    events: Sequence[ExportEvent],
    context: ExportContext,
    mentions: Mentions | None = None,
    allowed: Allowed | None = None,
) -> Exported:
    """Guard events and write them in a format.

    Args:
        name: of the format, a key of `FORMATS`.
        events: as they are stored.
        context: the run, the day, code lists and coders' choices.
        mentions: of the reports; where a report has none, its words are withheld.
        allowed: what a named person lets out in spite of the guard.

    Raises:
        UsageError: there is no such format.
    """
    if name not in FORMATS:
        raise UsageError(f"There is no format {name!r}; there are {', '.join(FORMATS)}")
    chosen = allowed or Allowed()
    guard = Guard(context.run.today, context.codes, mentions or Mentions(), chosen)
    guarded, notes = guard.apply(with_numbers(events, guard.mentions))
    written = FORMATS[name].load()(guarded, context)
    rules = [(f"all#allowed-{word}", None) for word in chosen.words]
    rules += [("all#unlinked", None)] if all(len(e.accounts) == 1 for e in events) else []
    rules += [("all#decisions", None)] if context.unheeded else []
    rules += [("all#machine", None)] if context.run.reviewer is None else []
    out = {loss.event for loss in written.losses.losses if loss.kind == "left_out"}
    told = [*rules, *((note.rule, note.event) for note in notes if note.event not in out)]
    return replace(written, losses=_with(written.losses, told))


def _with(report: LossReport, rules: Sequence[tuple[str, str | None]]) -> LossReport:
    known = loss_rules()
    more = tuple(Loss(known[i].kind, known[i].column, i, known[i].message, event) for i, event in rules)
    return replace(report, losses=(*more, *report.losses))
