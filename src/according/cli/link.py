"""`according link`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import click

from according.cli.options import json_option
from according.errors import InvalidInput


@click.command()
@click.argument("file", metavar="FILE")
@json_option
@click.pass_context
def link(ctx: click.Context, file: str, as_json: bool) -> None:
    """Find out which accounts tell of one event.

    FILE holds JSON Lines, - is standard input: what `according code --json` prints, or coded rows with a field "key"
    and any of event_type, date, place, actors, killed, injured, publisher. Prints a line a row, in the order of the
    keys: its event, and its links with a score and the reasons.
    """
    from according.cli.talk import PARTLY, many
    from according.link import iter_rows

    left_out: list[str] = []
    linked = iter_rows(_lines(file, left_out))
    rows = sum(map(_dump, linked)) if as_json else _print(linked)
    for message in left_out:
        click.echo(f"Left out: {message}", err=True)
    click.echo(f"Linked {many(rows, 'account')}.", err=True)
    if left_out or not rows:
        ctx.exit(PARTLY if rows else InvalidInput.exit_code)


def _dump(row: Mapping[str, Any]) -> int:
    """Print one row as JSON; 1, for counting."""
    click.echo(json.dumps(row, ensure_ascii=False).encode("utf-8"))
    return 1


def _lines(name: str, left_out: list[str]) -> Iterator[Mapping[str, Any]]:
    """The rows of a file; what is wrong with one that cannot be read is put into `left_out`.

    Raises:
        InvalidInput: the file cannot be opened.
    """
    if name == "-":
        yield from _sound("standard input", sys.stdin.buffer, left_out)
        return
    try:
        with Path(name).open("rb") as file:
            yield from _sound(name, file, left_out)
    except OSError as error:
        raise InvalidInput(f"{name} cannot be opened ({error.strerror}); check the name") from error


def _sound(name: str, file: BinaryIO, left_out: list[str]) -> Iterator[Mapping[str, Any]]:
    from according.link import read_rows

    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            for _ in read_rows(row, number):
                pass
        except InvalidInput as error:
            left_out.append(f"{name}: {error}")
        except (ValueError, RecursionError):
            left_out.append(f"{name} line {number}: it is not JSON in UTF-8; put one object on each line")
        else:
            yield row


def _print(linked: Iterable[Mapping[str, Any]]) -> int:
    """The rows by event, with what ties each to the row that is nearest to it; how many rows there were."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from according.cli.plain import clean
    from according.cli.table import screen

    by_event: dict[str, list[Mapping[str, Any]]] = {}
    for row in linked:
        by_event.setdefault(row["event"], []).append(row)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    for column, ratio in (("event", 2), ("account", 2), ("nearest", 3), ("why", 6)):
        table.add_column(column, ratio=ratio, overflow="fold")
    for event, rows in sorted(by_event.items(), key=lambda pair: -len(pair[1])):
        for position, row in enumerate(rows):
            cells = ("" if position else event, row["key"], *_nearest(row))
            table.add_row(*(Text(clean(cell)) for cell in cells), end_section=position == len(rows) - 1)
    if by_event:
        screen().print(table)
    return sum(map(len, by_event.values()))


def _nearest(row: Mapping[str, Any]) -> tuple[str, str]:
    """The best link of a row, and the sentences of the levels that weigh most in it."""
    if not row["links"]:
        return "none came near", ""
    best = row["links"][0]
    levels = sorted((v for v in best["levels"] if v["weight"]), key=lambda v: -abs(v["weight"]))
    relation = best["relation"].replace("_", " ")
    return f"{relation} {best['key']} ({best['score']:.1f})", " ".join(v["sentence"] for v in levels[:3])
