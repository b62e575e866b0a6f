"""Coded documents as tables that a person can read: each value with who says so and in which words."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from according import values
from according.shapes import (
    AccountJson,
    ActorRefJson,
    ClaimJson,
    CodeJson,
    Contract,
    CountJson,
    CountRangeJson,
    DateRangeJson,
    PartyJson,
    PlaceRefJson,
    RangeJson,
    ShareJson,
    ValueJson,
)  # fmt: skip

_PLAIN_WIDTH = 120
# Reports are other people's text: no control character of theirs may reach the terminal.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"\s+")


def screen() -> Console:
    """Standard output as a console: coloured on a terminal unless NO_COLOR is set, plain and wide elsewhere."""
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else _PLAIN_WIDTH, highlight=False)


def clean(text: str) -> str:
    """Text on one line, without what could steer a terminal."""
    return _SPACES.sub(" ", _CONTROLS.sub(" ", text)).strip()


def words(text: str | None) -> str:
    """An id of ours as words ("claimed_by_party" -> "claimed by party")."""
    return (text or "").replace("_", " ")


def value_text(value: ValueJson | None) -> str:
    """A value as a person would write it."""
    match value:
        case None:
            return ""
        case CountJson() | CountRangeJson():
            number = str(values.CountRange(value.low, value.high, value.kind, value.word))
            return " ".join(filter(None, [number, getattr(value, "group", None)]))
        case DateRangeJson():
            return str(values.DateRange(**value.model_dump()))
        case PlaceRefJson():
            return str(values.PlaceRef(**value.model_dump()))
        case ShareJson():
            return str(values.Share(**value.model_dump()))
        case CodeJson():
            return words(value.code)
        case ActorRefJson():
            return value.name
        case _:
            return value.text


def print_contract(console: Console, contract: Contract) -> None:
    """Print one coded document."""
    document = contract.document
    named = document.title or document.key or document.url or document.id
    console.print(Text(clean(named), style="bold"))
    console.print(Text(clean(f"{document.publisher or 'publisher unknown'}, {document.published or 'date unknown'}")))
    by_id = {claim.id: claim for claim in contract.claims}
    for number, account in enumerate(contract.accounts, start=1):
        console.print()
        console.print(_headline(number, account))
        console.print(_claims_table([by_id[c] for c in account.claims if c in by_id]))
    others = [claim for claim in contract.claims if not claim.accounts]
    if others:
        console.print(Text("\nAbout actors, places and opinions", style="bold"))
        console.print(_claims_table(others, subject=True))
    if not contract.claims:
        console.print(Text("No claims were found."))
    for issue in contract.issues:
        console.print(Text(f"Look at: {clean(issue.message)}", style="yellow"))
    console.print()


def _headline(number: int, account: AccountJson) -> Text:
    """The event in a few lines: kind, date, place, status; parties; counts."""
    summary = account.summary
    place = value_text(summary.place) or "place unknown"
    date = value_text(summary.date) or "date unknown"
    kind = words(account.event_type) + ("" if account.modality == "actual" else f" ({account.modality})")
    line = Text(f"{number}. {kind}", style="bold cyan")
    line.append(f"  {clean(date)}  {clean(place)}", style="not bold default")
    line.append(f"  {words(summary.status)}", style="not bold magenta")
    parties = " ".join(filter(None, [_parties("by", summary.initiators), _parties("against", summary.targets)]))
    counts = ", ".join(filter(None, [_harm("killed", summary.killed), _harm("injured", summary.injured)]))
    for more in (parties, counts):
        if more:
            line.append(f"\n   {clean(more)}", style="not bold default")
    return line


def _parties(preposition: str, parties: Iterable[PartyJson]) -> str:
    names = [p.name + ("" if p.confidence == "reported" else f" ({p.confidence})") for p in parties]
    return f"{preposition} {', '.join(names)}" if names else ""


def _harm(outcome: str, value: RangeJson | None) -> str:
    if value is None:
        return ""
    return f"{outcome} {values.CountRange(value.low, value.high)}" + (
        "" if value.best is None or value.low == value.high else f" (best {value.best})"
    )


def _claims_table(claims: Iterable[ClaimJson], subject: bool = False) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=True)
    for name, ratio in (("claim", 2), ("who says so", 3), ("words", 5)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for claim in claims:
        table.add_row(_what(claim, subject), _who(claim), _quote(claim))
    return table


def _what(claim: ClaimJson, subject: bool) -> Text:
    text = Text()
    if subject and claim.subject is not None:
        text.append(clean(claim.subject.name) + " ")
    text.append(words(claim.slot), style="cyan")
    text.append(" " + clean(claim.object.name if claim.object is not None else value_text(claim.value)))
    if claim.certainty != "certain":
        text.append(f" ({claim.certainty})")
    if claim.modality != "actual":
        text.append(f" ({claim.modality})")
    return text


def _who(claim: ClaimJson) -> Text:
    text = Text(clean(claim.speaker.name))
    if claim.stance != "asserts":
        text.append(f" {_STANCES[claim.stance]}", style="bold red" if claim.stance == "denies" else "yellow")
    if claim.speaker.party:
        text.append(" (a party)")
    if claim.via:
        text.append(" via " + clean(', '.join(v.speaker for v in claim.via)))
    return text


_STANCES = {
    "denies": "denies it", "confirms": "confirms it", "doubts": "doubts it", "silent": "has not spoken",
    "unclear": "says it is not known",
}  # fmt: skip


def _quote(claim: ClaimJson) -> Text:
    return Text(" … ".join(f"“{clean(span.quote)}”" for span in claim.evidence))
