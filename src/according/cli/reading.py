"""The options that say how to read, shared by the verbs that take reports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from according.acquire import Intake, LeftOut, ReadOptions, check_encoding, iso_day, read
from according.engine import Outcome, pipeline_coder, run
from according.errors import InvalidInput
from according.settings import Settings, find_project, load_settings

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.argument("paths", nargs=-1, metavar="PATH..."),
    click.option("--published", metavar="DATE", help="Publication date of reports that state none in a row."),
    click.option("--publisher", metavar="NAME", help="Publisher of reports that state none in a row."),
    click.option("--encoding", metavar="NAME", help="Encoding of text files that are not UTF-8."),
    click.option("--workers", metavar="N", type=click.IntRange(min=0), help="Processes to use; 0 takes all cores."),
    click.option("--samples", is_flag=True, help="Read the reports that come with the program."),
    click.option("-v", "--verbose", is_flag=True, help="Show where it broke when a report cannot be coded."),
)


def reading_options(command: F) -> F:
    """Add PATH and the options that say how to read."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def sample_paths() -> list[str]:
    """The reports that come with the program."""
    folder = Path(__file__).parent.parent / "data" / "samples"
    return [str(path) for path in sorted(folder.iterdir()) if path.suffix in {".jsonl", ".txt"}]


def settings_here(workers: int | None = None) -> Settings:
    """The settings of the project that the working folder lies in, if it lies in one."""
    return load_settings(find_project(Path.cwd()), flags={"workers": workers})


def coded(settings: Settings, paths: tuple[str, ...], reading: dict[str, Any]) -> Iterator[Outcome]:
    """Read and code what a verb was given.

    Raises:
        UsageError: nothing to read was named, or an option cannot be understood.
    """
    return run(_intakes(settings, paths, reading), partial(pipeline_coder, settings), settings.cores)


def _intakes(settings: Settings, paths: tuple[str, ...], reading: dict[str, Any]) -> Iterator[Intake | LeftOut]:
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
