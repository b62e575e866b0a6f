"""Write the pages that repeat what the package says of itself: `python docs/tables.py`. A test holds them to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from according.rules import DATA, load_vocabulary
from according.settings import Settings

DOCS = Path(__file__).parent
OF = {
    "event": "Of an event",
    "actor": "Of an actor",
    "place": "Of a place",
    "territory": "Of territory",
    "speaker": "Of a speaker",
}
TYPES = {
    "str | None": "text",
    "int": "whole number",
    "Path | None": "file or folder",
    "tuple[Path, ...]": "list of files",
}


def slots() -> str:
    """The page of slots."""
    lines = [
        "# Slots",
        "",
        "What a claim can be about. `value` is the type of the claim's `value` (see [the contract](contract.md));",
        "where a slot names a second thing, that is the claim's `object`.",
    ]
    table = load_vocabulary(DATA / "vocabulary" / "slots.yaml")
    for of, heading in OF.items():
        lines += ["", f"## {heading}", "", "| slot | value | object | what it says |", "|---|---|---|---|"]
        for name, slot in table.items():
            if slot["of"] == of:
                about = str(slot["about"]).replace("|", "/")
                lines.append(f"| `{name}` | {slot['value'] or ''} | {slot.get('object', '')} | {about} |")
    lines += [
        "",
        "## A project's own",
        "",
        "A project adds slots by a file that `slots` in its [settings](settings.md) names. The package's own cannot be",
        "changed.",
        "",
        "```yaml",
        "ransom: {of: event, value: Words, about: what was paid for a release}",
        "```",
    ]
    return "\n".join(lines) + "\n"


def event_types() -> str:
    """The page of event types."""
    lines = [
        "# Event types",
        "",
        "The kinds of event, with the codes that other data sets give them. Where one event has several kinds, the one",
        "with the highest rank names it. `violent`: people may be harmed by it.",
        "",
        "| type | violent | rank | ACLED | PLOVER | CAMEO |",
        "|---|---|---|---|---|---|",
    ]
    for name, kind in load_vocabulary(DATA / "vocabulary" / "event_types.yaml").items():
        violent, cameo = "yes" if kind["violent"] else "no", kind["cameo"] or ""
        codes = f"{_joined(kind, 'acled')} | {_joined(kind, 'plover')} | {cameo}"
        lines.append(f"| `{name}` | {violent} | {kind['rank']} | {codes} |")
    return "\n".join(lines) + "\n"


def _joined(kind: Mapping[str, Any], name: str) -> str:
    return ": ".join(str(part) for part in kind[name] if part)


def settings() -> str:
    """The page of settings."""
    lines = [
        "# Settings",
        "",
        "Defaults, then `project.toml`, then the environment (`ACCORDING_` and the name in capitals), then options of",
        "the command; what comes later wins. Files named in `project.toml` are looked for beside it.",
        "",
        "| setting | type | default | meaning |",
        "|---|---|---|---|",
    ]
    for field in dataclasses.fields(Settings):
        if field.name != "project":
            default = f"{field.default:,}" if isinstance(field.default, int) else ""
            lines.append(f"| `{field.name}` | {TYPES[str(field.type)]} | {default} | {field.metadata['about']} |")
    lines += [
        "",
        "```toml",
        "# project.toml",
        "workers = 0",
        'database = "postgresql+psycopg://user@host/name"',
        'actors = "actors.csv"',
        "```",
        "",
        "In the environment, files of a list are parted as the system's `PATH` is. An unknown setting is an error, and",
        "the error names the nearest one.",
    ]
    return "\n".join(lines) + "\n"


PAGES = {"slots.md": slots, "event_types.md": event_types, "settings.md": settings}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
