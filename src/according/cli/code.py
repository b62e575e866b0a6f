"""`according code` and `according schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from according.cli.options import reading_options
from according.settings import find_project, load_settings


@click.command()
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line a document (see: according schema).")
@click.pass_context
def code(ctx: click.Context, /, paths: tuple[str, ...], as_json: bool, **reading: Any) -> None:
    """Print what reports claim: each event with who says what, in which words, and who denies it.

    PATH is a text, HTML, PDF or JSON Lines file, a folder, an address, or - for standard input. JSON Lines have a field
    "text" and any of id, title, url, publisher, published, language.
    """
    from according.cli.reading import coder_for, intakes, settings_here
    from according.cli.talk import Talk
    from according.engine import run

    settings = settings_here(reading["workers"])
    talk = Talk(reading["verbose"])
    found = intakes(settings, paths, reading)
    contracts = talk.watch(run(found, coder_for(settings), settings.cores))
    if as_json:
        for contract in contracts:
            click.echo(contract.to_line().encode("utf-8"))
    else:
        from according.cli.table import print_contract, screen

        console = screen()
        for contract in contracts:
            print_contract(console, contract)
    ctx.exit(talk.sum_up())


@click.command()
def schema() -> None:
    """Print the JSON Schema of what `according code --json` prints."""
    from according.contract import load_slots
    from according.contract import schema as contract_schema

    slots = load_slots(load_settings(find_project(Path.cwd())).slots)
    click.echo(json.dumps(contract_schema(slots), indent=2, ensure_ascii=False))
