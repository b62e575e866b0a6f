"""`according add`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from according.cli.options import project_option, reading_options
from according.cli.plain import clean, opening
from according.cli.project import open_store, project_settings

if TYPE_CHECKING:
    from according.acquire import Intake, LeftOut
    from according.cli.talk import Talk
    from according.model import Document
    from according.shapes import Contract, DocumentJson
    from according.store import Store, StoredDocument


@click.command()
@reading_options
@project_option
@click.pass_context
def add(ctx: click.Context, /, paths: tuple[str, ...], folder: Path | None, **reading: Any) -> None:
    """Code reports and store them in the project. A report that is stored already is passed over.

    PATH is what `according code` takes.
    """
    from according.cli.reading import coder_for, intakes
    from according.cli.talk import Talk
    from according.engine import run
    from according.store import this_run

    settings = project_settings(folder, reading["workers"])
    store, talk, this = open_store(settings), Talk(reading["verbose"]), this_run(settings)
    fresh = _fresh(store, intakes(settings, paths, reading), talk)
    for contract in talk.watch(run(fresh, coder_for(settings), settings.cores)):
        stored = store.add(contract, this)
        if stored is None:
            talk.unchanged += 1
            _say("unchanged", contract.document.id, _title(contract.document))
        else:
            _say_added(store, stored, contract)
    store.close()
    ctx.exit(talk.sum_up())


def _fresh(store: Store, found: Iterator[Intake | LeftOut], talk: Talk) -> Iterator[Intake | LeftOut]:
    """What is not stored yet; a stored document is not coded again."""
    from according.acquire import LeftOut

    for intake in found:
        if not isinstance(intake, LeftOut) and store.has(intake.document.id):
            talk.unchanged += 1
            _say("unchanged", intake.document.id, _title(intake.document))
        else:
            yield intake


def _title(document: Document | DocumentJson) -> str:
    return document.title or document.key or document.url or opening(document.text)


def _say(what: str, identifier: str, *columns: str | None) -> None:
    """One line of what was done, its columns parted by tabs."""
    from according.store import short, speakable

    click.echo("\t".join([what, short(speakable(identifier)), *(clean(c or "-") for c in columns)]))


def _say_added(store: Store, stored: StoredDocument, contract: Contract) -> None:
    from according.cli.talk import many

    document = stored.document
    counts = many(len(contract.accounts), "event"), many(len(contract.claims), "claim")
    _say("added", document.id, _title(document), *counts)
    if document.revises:
        earlier = store.document(document.revises).document
        _say("revises", earlier.id, _title(earlier), earlier.published)
    for claim in contract.claims:
        for about in claim.about:
            if about.rel in {"corrects", "retracts"}:
                _say(str(about.rel), claim.id, claim.evidence[0].quote)
