"""`according export`."""

from __future__ import annotations

import getpass
import hashlib
import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from according.cli.options import project_option, workers_option
from according.cli.project import open_store, project_settings
from according.errors import InvalidInput, UsageError

if TYPE_CHECKING:
    from according.export import Allowed, ExportEvent, ExportRun, Mentions
    from according.export.context import ExportContext, Exported
    from according.settings import Settings
    from according.store import Store

_FORMATS_HELP = "FORMAT is one of: ged, acled, events, claims, geojson, dossier, plover, hxl, html."


@click.command(epilog=_FORMATS_HELP)
@click.argument("format_name", metavar="FORMAT")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; standard output else.")
@project_option
@click.option("--event", "names", multiple=True, metavar="ID", help="Only this event (may be repeated).")
@click.option("--all", "revised", is_flag=True, help="Also events of reports that were revised since.")
@click.option("--choices", type=click.Path(path_type=Path), help="A coder's choices of dyad and sides, for ged.")
@click.option("--texts", is_flag=True, help="Put the reports' texts into a dossier, as far as they may be told.")
@click.option(
    "--allow", type=click.Choice(["places", "names"]), multiple=True,
    help="Tell exact places of young events, or names of private persons; needs --by and --reason.",
)  # fmt: skip
@click.option("--by", metavar="NAME", help="Who exports; it stays in the project's log.")
@click.option("--reason", help="Why something is allowed; it stays in the project's log.")
@workers_option
def export(format_name: str, out: Path | None, folder: Path | None, **more: Any) -> None:
    """Write the events of the project in the FORMAT of another data set, and say what that format loses.

    Names of private persons and exact places of young events are withheld.
    """
    from according.export import FORMATS, stored_events
    from according.export import export as write
    from according.export.reviewed import unheeded, without_rejected

    if format_name not in FORMATS:
        raise UsageError(f"There is no format {format_name!r}; there are {', '.join(FORMATS)}")
    if FORMATS[format_name].binary and out is None:
        raise UsageError(f"{format_name} is no text; name a file with --out")
    allowed = _allowed(more)
    settings = project_settings(folder, more["workers"])
    store = open_store(settings)
    decisions = store.decisions()
    events = without_rejected(list(stored_events(store, more["names"], more["revised"])), decisions)
    context = replace(
        _context(settings, more["choices"], events),
        texts=more["texts"], log=_log_rows(store, events), unheeded=unheeded(decisions),
    )  # fmt: skip
    store.close()
    made = write(format_name, events, context, _mentions(settings, events), allowed)
    _log(settings, made, events, (format_name, out, allowed, context.run))
    _put(made, out, context.run)
    for line in made.losses.lines():
        click.echo(line, err=True)


def _allowed(more: dict[str, Any]) -> Allowed:
    from according.export import Allowed

    chosen, by, reason = more["allow"], more["by"], more["reason"]
    if chosen and not (by and reason):
        raise UsageError("--allow needs --by NAME and --reason TEXT; both are kept in the project's log")
    return Allowed("places" in chosen, "names" in chosen, by, reason)


def _context(settings: Settings, choices: Path | None, events: list[ExportEvent]) -> ExportContext:
    from according.export.codes import load_codes
    from according.export.context import ExportContext
    from according.export.events import ExportRun
    from according.export.ged_choices import load_choices
    from according.store import this_run

    run = this_run(settings)
    chosen = load_choices(choices) if choices is not None else {}
    unknown = set(chosen) - {event.name for event in events}
    if unknown:
        raise InvalidInput(f"{choices} has choices for {min(unknown)}, which is not exported; correct the name there")
    own = ExportRun(run.id, run.version, run.data, run.project, date.today().isoformat())
    return ExportContext(own, load_codes(settings.actors), chosen)


def _log_rows(store: Store, events: list[ExportEvent]) -> dict[str, list[dict[str, object]]]:
    """The rows of the store's log on the reports of the events, by report."""
    from sqlalchemy import select

    from according.store.tables import log

    wanted = {d.id for event in events for d in event.documents}
    found: dict[str, list[dict[str, object]]] = {identifier: [] for identifier in wanted}
    with store.engine.connect() as connection:
        for row in connection.execute(select(log).where(log.c.action == "add document").order_by(log.c.number)):
            if row.subject in wanted:
                found[row.subject].append(dict(row._mapping))
    return found


def _mentions(settings: Settings, events: list[ExportEvent]) -> Mentions | None:
    from according.cli import reading
    from according.export.reread import mentions_of

    documents = {d.id: d for event in events for d in event.documents}
    return mentions_of(documents.values(), reading.coder_for(settings), settings.cores) if documents else None


def _log(
    settings: Settings,
    made: Exported,
    events: list[ExportEvent],
    what: tuple[str, Path | None, Allowed, ExportRun],
) -> None:
    """Log the export before it is written: what cannot be logged does not leave."""
    from according.export.log import ExportEntry, append

    name, out, allowed, run = what
    assert settings.project is not None
    entry = ExportEntry(
        at=datetime.now(UTC).replace(microsecond=0).isoformat(), by=allowed.by or settings.by or _user(), format=name,
        file=out.name if out else None, sha256=hashlib.sha256(made.content).hexdigest(),
        events=tuple(event.name for event in events), allowed=allowed.words, reason=allowed.reason, run=run.id,
        rules=run.rules,
    )  # fmt: skip
    try:
        append(settings.project, entry)
    except OSError as error:
        raise InvalidInput(f"The export log of the project cannot be written ({error.strerror}); make it so") from error


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown user"


def _put(made: Exported, out: Path | None, run: ExportRun) -> None:
    if out is None:
        sys.stdout.buffer.write(made.content)
        sys.stdout.buffer.flush()
        return
    about = {
        "file": out.name, "sha256": hashlib.sha256(made.content).hexdigest(), "made": run.made, "run": run.id,
        "version": run.version, "rules": run.rules, "project_rules": run.project, "as_of": run.today,
        "loss_report": made.losses.as_json(),
    }  # fmt: skip
    try:
        _write(out, made.content)
        _write(out.with_name(out.name + ".about.json"), json.dumps(about, ensure_ascii=False, indent=1).encode("utf-8"))
    except OSError as error:
        raise InvalidInput(f"{out} cannot be written ({error.strerror}); name another file") from error


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)
