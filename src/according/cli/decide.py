"""`according decide`, `according undo` and `according log`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from according.cli.options import json_option, project_option
from according.decision import Act, Decision
from according.errors import UsageError
from according.model import Certainty, FindingStatus, Modality, Stance

if TYPE_CHECKING:
    from according.cli.desk import Desk


F = TypeVar("F", bound=Callable[..., Any])

_DECIDING = (
    click.option(
        "--by", metavar="NAME", help="Who decides; a pseudonym will do. `by` of the settings where not given."
    ),
    click.option("--reason", metavar="TEXT", help="Why."),
    click.option(
        "--since",
        metavar="N",
        type=click.IntRange(min=0),
        help="Refuse where anybody decided about the same thing after decision N.",
    ),
    project_option,
)


def _deciding(command: F) -> F:
    """Add the options that every decision takes."""
    for option in reversed(_DECIDING):
        command = option(command)
    return command


def _choice(kind: Any) -> click.Choice[str]:
    return click.Choice([str(member) for member in kind])


def _desk(options: dict[str, Any]) -> Desk:
    from according.cli.desk import Desk

    return Desk.open(*(options.pop(name) for name in ("by", "reason", "since", "folder")))


@click.group()
def decide() -> None:
    """Judge claims, add what was missed, judge what is one event, choose sides, set findings.

    Nothing is overwritten: a later decision supersedes an earlier one, and `according undo` takes one back.
    """


def _judge(act: Act, names: tuple[str, ...], options: dict[str, Any]) -> None:
    desk = _desk(options)
    claims = list({c.id: c for c in (desk.claim(name) for name in names)}.values())
    desk.write(lambda: [Decision(act, claim=c.id, seen=c, **desk.signed) for c in claims])


_claims = click.argument("claims", metavar="CLAIM...", nargs=-1, required=True)


@decide.command()
@_claims
@_deciding
def accept(claims: tuple[str, ...], **options: Any) -> None:
    """Say that claims are as the report has them."""
    _judge(Act.ACCEPT, claims, options)


@decide.command()
@_claims
@_deciding
def reject(claims: tuple[str, ...], **options: Any) -> None:
    """Say that the report does not claim this. It stays visible, and counts for nothing."""
    _judge(Act.REJECT, claims, options)


@decide.command()
@_claims
@_deciding
def unsure(claims: tuple[str, ...], **options: Any) -> None:
    """Say that you cannot tell. The claims count as before, and come up for review again."""
    _judge(Act.UNSURE, claims, options)


def _what(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what a claim says."""
    options = (
        click.option("--value", metavar="VALUE", help="JSON as in the contract, or plain: 12, 10-14, 2021-03-02."),
        click.option("--subject", metavar="NAME", help="Whom or what it is about."),
        click.option("--object", "thing", metavar="NAME", help="The second thing that it names."),
        click.option("--speaker", metavar="NAME", help="Who says it; the publisher where an added claim names nobody."),
        click.option("--stance", type=_choice(Stance), help="What the speaker does with it."),
        click.option("--certainty", type=_choice(Certainty), help="How sure the speaker is."),
        click.option("--modality", type=_choice(Modality), help="Whether it happened."),
        click.option("--quote", metavar="WORDS", help="The words of the report that say it, exactly."),
        click.option("--span", "offsets", metavar="START-END", help="The same by characters, counted from 0."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@decide.command()
@click.argument("claim")
@click.option("--slot", metavar="SLOT", help="What it is a claim of.")
@click.option("--clear", metavar="FIELD", multiple=True, help="Take a field away: value, subject, object, time, place.")
@_what
@_deciding
def correct(claim: str, slot: str | None, clear: tuple[str, ...], **options: Any) -> None:
    """Put something in the place of what the machine read. The claim then carries both."""
    from according.cli.deciding import correction_of

    desk = _desk(options)
    machine = desk.claim(claim)
    desk.write(
        lambda: [
            Decision(Act.CORRECT, claim=machine.id, seen=machine, **desk.signed,
                     correction=correction_of(desk, machine, {**options, "slot": slot, "clear": clear}))
        ]
    )  # fmt: skip


@decide.command()
@click.argument("document")
@click.option("--slot", metavar="SLOT", required=True, help="What it is a claim of.")
@click.option("--event", metavar="EVENT", multiple=True, help="The event of this report that it is of; its only one.")
@_what
@_deciding
def add(document: str, slot: str, event: tuple[str, ...], **options: Any) -> None:
    """Add a claim that the machine missed, by its words in the report DOCUMENT."""
    from according.cli.deciding import added_claim, homes

    desk = _desk(options)
    report = desk.document(document)
    to = homes(desk, report, slot, event)

    def make() -> list[Decision]:
        claim = added_claim(desk, report, slot, options)
        return [Decision(Act.ADD, added=replace(claim, accounts=tuple(a.account for a in to)), to=to, **desk.signed)]

    desk.write(make)


@decide.command()
@click.argument("document")
@click.option("--type", "kind", metavar="TYPE", required=True, help="What kind of event it is.")
@click.option("--modality", type=_choice(Modality), default="actual", help="Whether it happened.")
@click.option("--claim", "claims", metavar="CLAIM", multiple=True, help="A claim of the report that belongs to it.")
@_deciding
def create(document: str, kind: str, modality: str, claims: tuple[str, ...], **options: Any) -> None:
    """Create an event of the report DOCUMENT; the claims named move to it."""
    from according.cli.deciding import created_account

    desk = _desk(options)
    account = created_account(desk, desk.document(document), kind, modality, claims)
    desk.write(lambda: [Decision(Act.CREATE, created=account, **desk.signed)])


@decide.command()
@click.argument("name", metavar="CLAIM|EVENT")
@click.option("--to", "target", metavar="EVENT", help="The event to move it to; out of every event where not given.")
@_deciding
def move(name: str, target: str | None, **options: Any) -> None:
    """Move a claim to another event of its report, or an account to another event."""
    from according.cli.deciding import moved

    desk = _desk(options)
    desk.write(lambda: [moved(desk, name, target)])


def _link(act: Act, one: str, other: str, options: dict[str, Any]) -> None:
    from according.cli.deciding import ends, score

    desk = _desk(options)
    accounts, to = ends(desk, one, other)
    given = score(desk, accounts[0].account, to[0].account)
    desk.write(lambda: [Decision(act, accounts=accounts, to=to, score=given, **desk.signed)])


@decide.command()
@click.argument("event")
@click.argument("other", metavar="EVENT")
@_deciding
def same(event: str, other: str, **options: Any) -> None:
    """Say that two are one event."""
    _link(Act.SAME, event, other, options)


@decide.command()
@click.argument("event")
@click.argument("other", metavar="EVENT")
@_deciding
def different(event: str, other: str, **options: Any) -> None:
    """Say that two are not one event. It binds."""
    _link(Act.DIFFERENT, event, other, options)


@decide.command("part-of")
@click.argument("event")
@click.argument("whole")
@_deciding
def part_of(event: str, whole: str, **options: Any) -> None:
    """Say that EVENT is a part of WHOLE: a strike in a day of strikes."""
    _link(Act.PART_OF, event, whole, options)


@decide.command()
@click.argument("event")
@click.option("--initiator", type=click.Choice(["a", "b"]), required=True, help="UCDP's side of those who acted.")
@click.option("--target", type=click.Choice(["a", "b"]), required=True, help="UCDP's side of those who were hit.")
@click.option("--violence", type=click.Choice(["1", "2", "3"]), required=True, help="UCDP's type of violence.")
@click.option("--cell", "cells", metavar="COLUMN=VALUE", multiple=True, help="A column of GED: dyad_name, side_a, ...")
@_deciding
def sides(event: str, cells: tuple[str, ...], **options: Any) -> None:
    """Choose UCDP's dyad and sides for an event."""
    from according.cli.deciding import sides_from

    desk = _desk(options)
    accounts = desk.whole(event)
    desk.write(lambda: [Decision(Act.SIDES, accounts=accounts, sides=sides_from(cells, options), **desk.signed)])


@decide.command()
@click.argument("event")
@click.argument("slot")
@click.option("--low", type=click.IntRange(min=0), help="The least number.")
@click.option("--best", type=click.IntRange(min=0), help="The best number.")
@click.option("--high", type=click.IntRange(min=0), help="The greatest number; left out, it stays open.")
@click.option("--value", metavar="VALUE", help="The value of a slot without number.")
@click.option("--people", type=click.Choice(["civilian", "combatant", "unknown"]), help="Whom the number counts.")
@click.option("--side", type=click.Choice(["initiator", "target"]), help="On whose side they were.")
@click.option("--status", type=_choice(FindingStatus), help="Its standing among the speakers.")
@_deciding
def finding(event: str, slot: str, **options: Any) -> None:
    """Set a finding of an event by hand; --reason must say why."""
    from according.cli.deciding import finding_from

    desk = _desk(options)
    if not (desk.reason or "").strip():
        raise UsageError("A finding that is set by hand needs its reason: give --reason TEXT")
    accounts = desk.whole(event)
    desk.write(
        lambda: [Decision(Act.FINDING, accounts=accounts, finding=finding_from(desk, slot, options), **desk.signed)]
    )


@click.command()
@click.argument("decisions", metavar="[DECISION]...", nargs=-1)
@click.option("--last", metavar="N", type=click.IntRange(min=1), help="Take back your own last N decisions.")
@_deciding
def undo(decisions: tuple[str, ...], last: int | None, **options: Any) -> None:
    """Take decisions back. An undo is a decision too, and can be undone."""
    from according.cli.deciding import last_own

    if bool(decisions) == bool(last):
        raise UsageError("Name decisions to take back (see: according log), or give --last N")
    desk = _desk(options)
    chosen = last_own(desk, last) if last else [desk.decision(name) for name in decisions]
    undoes = tuple(dict.fromkeys(d.id for d in chosen))
    desk.write(lambda: [Decision(Act.UNDO, undoes=undoes, **desk.signed)])


@click.command()
@click.option("--claim", metavar="ID", help="Only decisions about this claim.")
@click.option("--event", metavar="ID", help="Only decisions about this event.")
@click.option("--by", metavar="NAME", help="Only decisions of this person.")
@click.option("--again", is_flag=True, help="Only what comes up for review again, with the reason.")
@json_option
@project_option
def log(again: bool, as_json: bool, folder: Path | None, **only: str | None) -> None:
    """List who decided what, when and why, oldest first."""
    from according.cli.deciding import log_rows, print_log

    rows = log_rows(folder, only, again)
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False).encode("utf-8"))
    elif not print_log(rows, again):
        click.echo("Nothing comes up for review again." if again else "No decisions are stored.", err=True)
