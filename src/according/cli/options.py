"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

project_option = click.option(
    "-C", "--project", "folder", metavar="FOLDER", type=click.Path(path_type=Path), help="The project folder."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
workers_option = click.option(
    "--workers", metavar="N", type=click.IntRange(min=0), help="Processes to use; 0 takes all cores."
)

_READING = (
    click.argument("paths", nargs=-1, metavar="PATH..."),
    click.option("--published", metavar="DATE", help="Publication date of reports that state none in a row."),
    click.option("--publisher", metavar="NAME", help="Publisher of reports that state none in a row."),
    click.option("--encoding", metavar="NAME", help="Encoding of text files that are not UTF-8."),
    workers_option,
    click.option("--samples", is_flag=True, help="Read the reports that come with the program."),
    click.option("-v", "--verbose", is_flag=True, help="Show where it broke when a report cannot be coded."),
)


def reading_options(command: F) -> F:
    """Add PATH and the options that say how to read."""
    for option in reversed(_READING):
        command = option(command)
    return command
