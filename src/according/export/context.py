"""What every format is handed beside the events, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from according.export.codes import Codes
from according.export.events import ExportRun
from according.export.ged_choices import GedChoice
from according.export.losses import LossReport


@dataclass(frozen=True)
class ExportContext:
    """What a format is handed.

    Args:
        run: how the values came about, and the day of the export.
        codes: code lists of others.
        choices: what coders chose for GED, by name of the event.
        texts: whether a dossier holds the reports' texts as far as they may be told.
        unheeded: how many decisions of persons are not in the export.
        log: rows of the store's log on each report, by its id, for the dossier.
    """

    run: ExportRun
    codes: Codes
    choices: Mapping[str, GedChoice] = field(default_factory=dict)
    texts: bool = False
    unheeded: int = 0
    log: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exported:
    """What a format gives: its bytes, and what they lose."""

    content: bytes
    losses: LossReport
