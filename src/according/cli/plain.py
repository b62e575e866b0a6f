"""Text of reports made fit for a terminal."""

from __future__ import annotations

import re

# Reports are other people's text: no control character of theirs may reach the terminal.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Text on one line, without what could steer a terminal."""
    return _SPACES.sub(" ", _CONTROLS.sub(" ", text)).strip()


def words(text: str | None) -> str:
    """An id of ours as words ("claimed_by_party" -> "claimed by party")."""
    return (text or "").replace("_", " ")
