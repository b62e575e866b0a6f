"""`according actors check` and `according gazetteer add`: the knowledge of actors and places that a project brings."""

from __future__ import annotations

from pathlib import Path

import click

from according.cli.options import project_option
from according.errors import InvalidInput, UsageError
from according.settings import FILE, find_project, load_settings

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


@click.group()
def gazetteer() -> None:
    """Look after the places that a project brings along."""


@gazetteer.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "target", metavar="FILE", type=click.Path(path_type=Path), help="The gazetteer file to add to.")
@click.option("--kind", type=click.Choice(["geonames", "cod-ab", "table"]), help="What FILE is, where it is not clear.")
@project_option
@click.pass_context
def add_places(ctx: click.Context, file: Path, target: Path | None, kind: str | None, folder: Path | None) -> None:
    """Add the places of FILE to the project's own gazetteer.

    FILE is a GeoNames dump, OCHA administrative boundaries with P-codes (CSV), or a CSV with the columns name,
    latitude, longitude and any of id, alternatives (a bar between), country, admin1, admin2, feature, precision,
    radius_km, population. A place with the id of one that is there already replaces it.
    """
    from according.cli.talk import PARTLY, many
    from according.resolve.gazetteer_add import FileKind, add_file

    project = folder or find_project(Path.cwd())
    own = load_settings(project).gazetteer
    if target is None and project is None:
        raise UsageError(
            "There is no project in this folder or above it; make one (according init), or name a file: --to"
        )
    target = target or (own[0] if own else (project or Path()) / "places.sqlite")
    added = add_file(file, target, _DATA / "places", FileKind(kind) if kind else None)
    for issue in added.issues:
        click.echo(f"Left out: {issue.message}", err=True)
    if added.skipped > len(added.issues):
        click.echo(f"Left out {added.skipped - len(added.issues):,} more rows.", err=True)
    click.echo(f"Added {many(added.rows, 'place')} to {target}.", err=True)
    if target.resolve() not in {path.resolve() for path in own}:
        name = target.name if project is not None and target.parent == project else target.resolve()
        click.echo(f'To use them, write into {FILE}: gazetteer = ["{name}"]', err=True)
    ctx.exit((PARTLY if added.rows else InvalidInput.exit_code) if added.skipped else 0)
