"""`according actors check`: the knowledge of actors that a project brings along."""

from __future__ import annotations

from pathlib import Path

import click

from according.errors import InvalidInput
from according.settings import find_project, load_settings

_DATA = Path(__file__).parent.parent / "data"


@click.group()
def actors() -> None:
    """Look after the knowledge base of actors."""


@actors.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def check(file: Path | None) -> None:
    """Check the actors: the package's own and those of FILE (or of the project's settings)."""
    from according.resolve.actors_base import check as check_base
    from according.resolve.actors_base import load_actors

    own = file or load_settings(find_project(Path.cwd())).actors
    if own is not None and not own.is_file():
        raise InvalidInput(f"{own} is not there; check the name")
    base = load_actors(_DATA / "knowledge", own)
    faults = check_base(base)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise InvalidInput(f"{len(faults)} faults are in the actors, listed above; correct them in the file")
    click.echo(f"{len(base.actors):,} actors with {len(base.aliases):,} names, without a fault.", err=True)
