"""The exception classes, one for each thing that a caller can get wrong.

Every message is one sentence that says what is wrong, where, and what to do. `exit_code` is what the command line
returns for it.
"""

from __future__ import annotations


class AccordingError(Exception):
    """Base of all errors that this package raises on purpose."""

    exit_code = 1


class UsageError(AccordingError):
    """The command or call was put together wrongly."""

    exit_code = 2


class InvalidInput(AccordingError):
    """A file, row or value that was handed in cannot be read."""

    exit_code = 4


class InvalidRule(AccordingError):
    """A row under `data/` (or of a user's own file) breaks its schema or its own example."""

    exit_code = 4


class IntegrityError(AccordingError):
    """What is stored is not what was stored: a changed row, a missing file, a quote that no longer matches."""

    exit_code = 5


class Conflict(AccordingError):
    """Somebody else decided about the same thing in between; nothing was written."""

    exit_code = 1


class MissingPart(AccordingError):
    """A model, gazetteer or optional library is not installed, or is not the one that was pinned."""

    exit_code = 1
