"""What leaves the program: one module a format, each with a report of what the format loses."""

from according.export.context import ExportContext, Exported
from according.export.events import ExportEvent, ExportRun, Mentions, stored_events
from according.export.formats import FORMATS, export
from according.export.guard import Allowed
from according.export.losses import Loss, LossReport

__all__ = [
    "FORMATS", "Allowed", "ExportContext", "ExportEvent", "ExportRun", "Exported", "Loss", "LossReport", "Mentions",
    "export", "stored_events",
]  # fmt: skip
