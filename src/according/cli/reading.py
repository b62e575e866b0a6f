"""What the verbs that take reports do with their options."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click

from according.acquire import Intake, LeftOut, ReadOptions, check_encoding, intake_of, iso_day, read
from according.engine import Coder, pipeline_coder
from according.errors import InvalidInput
from according.settings import Settings, find_project, load_settings
from according.store import Store


def sample_paths() -> list[str]:
    """The reports that come with the program."""
    folder = Path(__file__).parent.parent / "data" / "samples"
    return [str(path) for path in sorted(folder.iterdir()) if path.suffix in {".jsonl", ".txt"}]


def settings_here(workers: int | None = None, project: Path | None = None) -> Settings:
    """The settings of a project, or of the one that the working folder lies in, if it lies in one."""
    return load_settings(project or find_project(Path.cwd()), flags={"workers": workers})


def coder_for(settings: Settings) -> Callable[[], Coder]:
    """What builds the coder, here and in worker processes; what is built once for all of them is built first."""
    prepare(settings)
    return partial(pipeline_coder, settings)


def prepare(settings: Settings) -> None:
    """Build the gazetteer's file where this version's is not in the cache yet."""
    from according.resolve.gazetteer_build import base_path, ensure_base

    tables = Path(__file__).parent.parent / "data" / "places"
    if not base_path(settings.cache_folder, tables).exists():
        click.echo("Building the gazetteer, once for this version; it takes up to a minute.", err=True)
        ensure_base(settings.cache_folder, tables)


def intakes(settings: Settings, paths: tuple[str, ...], reading: dict[str, Any]) -> Iterator[Intake | LeftOut]:
    """Read what a verb was given.

    Raises:
        UsageError: nothing to read was named, or an option cannot be understood.
    """
    names = (*paths, *sample_paths()) if reading["samples"] else paths
    if not names:
        raise click.UsageError("Name a file, a folder or an address, or - for standard input; or try --samples.")
    try:
        published = iso_day(reading["published"]) if reading["published"] else None
    except InvalidInput as error:
        raise click.UsageError(f"--published: {error}.") from error
    options = ReadOptions(
        published=published,
        publisher=reading["publisher"],
        encoding=check_encoding(reading["encoding"]) if reading["encoding"] else None,
        max_bytes=settings.max_bytes,
        max_characters=settings.max_characters,
    )
    return read(names, options, sys.stdin.buffer)


def stored_intakes(store: Store) -> Iterator[Intake]:
    """The documents of a store as they were read; their language is judged again."""
    for stored in store.documents():
        document = stored.document
        fields = {
            name: getattr(document, name) for name in ("key", "url", "title", "publisher", "published", "language")
        }
        yield intake_of(stored.name, document.text, fields, ReadOptions(max_characters=len(document.text)))
