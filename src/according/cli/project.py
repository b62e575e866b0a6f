"""The verbs of a project folder: init, add, events, show, explain, verify, rebuild."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from according.cli.options import json_option, project_option, workers_option
from according.errors import InvalidInput, UsageError
from according.settings import FILE, Settings, find_project, load_settings

if TYPE_CHECKING:
    from according.store import Store

_TEMPLATE = """# What this project chooses; every key may be left out. See the documentation of the settings.
# workers = 0
# database = "postgresql+psycopg://user@host/name"
# gazetteer = ["places.sqlite"]
# actors = "actors.csv"
# slots = "slots.yaml"
"""


def project_settings(folder: Path | None, workers: int | None = None) -> Settings:
    """The settings of the project named, or of the one that the working folder lies in.

    Raises:
        UsageError: there is no project.
    """
    project = folder or find_project(Path.cwd())
    if project is None or not (project / FILE).is_file():
        where = folder or "this folder or above it"
        raise UsageError(f"There is no project in {where}; make one with: according init")
    return load_settings(project, flags={"workers": workers})


def open_store(settings: Settings) -> Store:
    """The store of a project."""
    from according.store import Store, url_of

    assert settings.project is not None
    return Store.open(url_of(settings.project, settings.database))


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Make a project in FOLDER (this one unless named): settings, and an empty store in one SQLite file."""
    new = not (folder / FILE).exists()
    if new:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / FILE).write_text(_TEMPLATE, encoding="utf-8")
        except OSError as error:
            raise InvalidInput(f"{folder} cannot be written ({error.strerror}); name another folder") from error
    open_store(project_settings(folder)).close()
    click.echo(f"{'Made' if new else 'There is already'} a project in {folder.resolve()}.", err=True)


@click.command()
@project_option
@json_option
@click.option("--all", "revised", is_flag=True, help="Also events of reports that were revised since.")
def events(folder: Path | None, as_json: bool, revised: bool) -> None:
    """List the events that are stored, by date."""
    store = open_store(project_settings(folder))
    if as_json:
        for found in store.accounts(revised):
            document = {
                k: getattr(found.document.document, k) for k in ("id", "key", "title", "publisher", "published")
            }
            row = {"event": found.name, "document": document, "account": found.account.model_dump(mode="json")}
            click.echo(json.dumps(row, ensure_ascii=False).encode("utf-8"))
        return
    from according.cli.views import print_events

    hidden = 0 if revised else sum(1 for _ in store.accounts(True)) - sum(1 for _ in store.accounts())
    if not print_events(store.accounts(revised)):
        click.echo("No events are stored; add reports with: according add PATH", err=True)
    if hidden:
        click.echo(f"{hidden} events of reports that were revised since are not shown; --all shows them.", err=True)


@click.command()
@click.argument("identifier", metavar="ID")
@project_option
@json_option
def show(identifier: str, folder: Path | None, as_json: bool) -> None:
    """Show one event with its claims, grouped by slot and by who says so. ID may be the beginning of a name."""
    store = open_store(project_settings(folder))
    found = store.account(identifier)
    claims = store.claims(found)
    if as_json:
        listed = [{"name": c.name, **c.claim.model_dump(mode="json")} for c in claims]
        row = {"event": found.name, "account": found.account.model_dump(mode="json"), "claims": listed}
        click.echo(json.dumps(row, ensure_ascii=False).encode("utf-8"))
        return
    from according.cli.views import print_event

    print_event(store, found, claims)


@click.command()
@click.argument("identifier", metavar="ID")
@click.argument("slot", required=False)
@project_option
def explain(identifier: str, slot: str | None, folder: Path | None) -> None:
    """Go from a value to its claim, its words, the rule that made it and the report.

    ID is a claim's name, or an event's; with an event, SLOT picks what to explain (killed, place, ...).
    """
    from according.cli.views import print_explanation

    store = open_store(project_settings(folder))
    try:
        claims = store.claims_named(identifier)
    except InvalidInput:
        event = store.account(identifier)
        claims = [c for c in store.claims(event) if slot is None or c.claim.slot == slot]
        if not claims:
            slots = sorted({c.claim.slot for c in store.claims(event)})
            raise InvalidInput(f"{identifier} has no claim of {slot}; it has {', '.join(slots)}") from None
    for claim in claims:
        print_explanation(claim)


@click.command()
@click.argument("dossier", required=False, type=click.Path(path_type=Path, dir_okay=False))
@project_option
def verify(dossier: Path | None, folder: Path | None) -> None:
    """Check that nothing stored was changed outside the program, or that a DOSSIER is as it was made."""
    if dossier is not None:
        from according.export.dossier_check import check_dossier

        found = check_dossier(dossier)
        click.echo(f"{found.files} files and {found.claims} claims were checked; nothing was changed.", err=True)
        click.echo(f"{found.quotes} quotes stand in the texts that are there. {found.made.capitalize()}.", err=True)
        click.echo(f"seal {found.seal}")
        return
    from according.export.log import verify as verify_exports

    settings = project_settings(folder)
    rows = open_store(settings).verify()
    assert settings.project is not None
    rows += verify_exports(settings.project)
    click.echo(f"{rows} rows of the log were checked; nothing was changed.", err=True)


@click.command()
@project_option
@workers_option
@click.pass_context
def rebuild(ctx: click.Context, folder: Path | None, workers: int | None) -> None:
    """Code all stored reports again, with today's rules, and replace what was derived from them."""
    from according.cli.reading import coder_for, stored_intakes
    from according.cli.talk import Talk
    from according.engine import run

    settings = project_settings(folder, workers)
    store, talk = open_store(settings), Talk()
    for contract in talk.watch(run(stored_intakes(store), coder_for(settings), settings.cores)):
        store.rebuild(contract)
    store.close()
    ctx.exit(talk.sum_up())
