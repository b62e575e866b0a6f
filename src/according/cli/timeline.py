"""`according timeline`: one event as it was known from day to day."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from according.cli.options import json_option, project_option

if TYPE_CHECKING:
    from according.cli.desk import Desk
    from according.model import Event

_SHOWN = ("killed", "injured", "captured", "missing", "displaced")


@click.command()
@click.argument("event", metavar="EVENT")
@click.option("--rule", type=click.Choice(["range", "ucdp", "acled"]), default="range", help="The rule for numbers.")
@click.option("--without-parties", is_flag=True, help="Leave out what the parties to the event say.")
@click.option("--independent", is_flag=True, help="Leave out unnamed people, collectives and publishers' own words.")
@project_option
@json_option
def timeline(
    event: str, rule: str, without_parties: bool, independent: bool, folder: Path | None, as_json: bool
) -> None:
    """Show how an event was known on each day on which a report of it came out: its standing, and the toll as it rose.

    EVENT is the name of one of its accounts (see: according events), or the beginning of one.
    """
    from according.build import default_parts
    from according.build import timeline as days_of
    from according.cli.desk import Desk
    from according.reconcile.telling import View

    desk, parts = Desk.looking(folder), default_parts()
    gathered, identifier = _gathered(desk, event)
    view = View(independent_only=independent, without_parties=without_parties)
    rows = [_row(day, known) for day, known in days_of(gathered, parts, identifier, rule, view)]
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False).encode("utf-8"))
        return
    _print(rows)


def _gathered(desk: Desk, name: str) -> tuple[Any, str]:
    """The project's accounts grouped into events after all decisions, and the id of the event that a name means."""
    from according.build import Judged, default_parts, gather
    from according.errors import InvalidInput
    from according.model import Coding

    account, reviewed = desk.account(name), desk.reviewed()
    codings = reviewed.codings(Coding(stored.document) for stored in desk.store.documents())
    gathered = gather(codings, default_parts(), Judged(verdicts=reviewed.verdicts()))
    found = [e for e, accounts in gathered.accounts.items() if account.id in {a.id for a in accounts}]
    if not found:
        raise InvalidInput(f"{name!r} tells of no event that happened: it is the total of a period, or only planned")
    return gathered, found[0]


def _row(day: str, event: Event) -> dict[str, Any]:
    numbers = {slot: event.finding(slot) for slot in _SHOWN}
    told = {
        slot: {"low": f.low, "best": f.best, "high": f.high, "status": f.status, "speakers": f.speakers}
        for slot, f in numbers.items()
        if f is not None
    }
    return {"day": day, "event_type": event.event_type, "status": event.status, **told}


def _print(rows: Iterable[dict[str, Any]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from according.cli.plain import words
    from according.cli.table import screen

    table = Table("known on", "standing", *_SHOWN, box=box.SIMPLE_HEAD, show_edge=False)
    for row in rows:
        cells = [row["day"], words(row["status"] or "-"), *(_cell(row.get(slot)) for slot in _SHOWN)]
        table.add_row(*(Text(cell) for cell in cells))
    screen().print(table)


def _cell(told: dict[str, Any] | None) -> str:
    """A number with its standing: "9 or more (single speaker)"."""
    from according.cli.plain import words

    if told is None:
        return "-"
    low, high = told["low"], told["high"]
    ends = "unknown" if low is None and high is None else f"{low} or more" if high is None else f"up to {high}"
    number = ends if low is None or high is None else str(low) if low == high else f"{low}-{high}"
    return f"{number} ({words(told['status'])})"
