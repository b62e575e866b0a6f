"""Text of reports made fit for a terminal."""

from __future__ import annotations

import re

# Reports are other people's text: no control character of theirs may reach the terminal.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Text on one line, without what could steer a terminal."""
    return _SPACES.sub(" ", _CONTROLS.sub(" ", text)).strip()


# Ids that do not read as words by themselves.
_READ_AS = {"ied_mine": "IED or mine", "shelling_missile": "shelling or missile", "chemical": "chemical attack"}


def words(text: str | None) -> str:
    """An id of ours as words ("claimed_by_party" -> "claimed by party")."""
    return _READ_AS.get(text or "", (text or "").replace("_", " "))


def opening(text: str, most: int = 60) -> str:
    """The first words of a text, for where it has no title: “The army said ...”."""
    plain = clean(text[: 20 * most])
    return f"“{plain}”" if len(plain) <= most else f"“{plain[:most].rsplit(' ', 1)[0]} ...”"
