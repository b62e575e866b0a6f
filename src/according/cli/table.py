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
from according.cli.plain import clean, opening, words
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

_PLAIN_WIDTH = 160
_WHOLE = re.compile(r"\d{4}(-\d{2})?")  # a month or a year, all of it


def screen() -> Console:
    """Standard output as a console: coloured on a terminal unless NO_COLOR is set, plain and wide elsewhere."""
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else _PLAIN_WIDTH, highlight=False)


def value_text(value: ValueJson | None) -> str:
    """A value as a person would write it."""
    match value:
        case None:
            return ""
        case CountJson() | CountRangeJson():
            number = str(values.CountRange(value.low, value.high, value.kind, value.word))
            return " ".join(filter(None, [number, getattr(value, "group", None)]))
        case DateRangeJson():
            whole = value.precision in {"month", "year"} and not value.mod and _WHOLE.fullmatch(value.timex or "")
            return str(value.timex) if whole else str(values.DateRange(**value.model_dump()))
        case PlaceRefJson():
            return value.name if value.precision == "country" else str(values.PlaceRef(**value.model_dump()))
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
    named = document.title or document.key or document.url or opening(document.text)
    console.print(Text(clean(named), style="bold"))
    console.print(Text(clean(f"{document.publisher or 'publisher unknown'}, {document.published or 'date unknown'}")))
    by_id = {claim.id: claim for claim in contract.claims}
    for number, account in enumerate(contract.accounts, start=1):
        console.print()
        console.print(headline(number, account))
        console.print(claims_table([by_id[c] for c in account.claims if c in by_id]))
    others = [claim for claim in contract.claims if not claim.accounts]
    if others:
        console.print(Text("\nAbout actors, places and opinions", style="bold"))
        console.print(claims_table(others, subject=True))
    if not contract.claims:
        console.print(Text("No claims were found."))
    for issue in contract.issues:
        console.print(Text(f"Look at: {clean(issue.message)}", style="yellow"))
    console.print()


def headline(number: int, account: AccountJson) -> Text:
    """The event in a few lines: kind, date, place, status; parties; counts."""
    summary = account.summary
    place = value_text(summary.place) or "place unknown"
    date = value_text(summary.date) or "date unknown"
    kind = words(account.event_type) + ("" if account.modality == "actual" else f" ({account.modality})")
    line = Text(f"{number}. {kind}", style="bold cyan")
    line.append(f"  {clean(date)}  {clean(place)}", style="not bold default")
    line.append(f"  {words(summary.status)}", style="not bold magenta")
    sides = " ".join(filter(None, [parties("by", summary.initiators), parties("against", summary.targets)]))
    counts = ", ".join(filter(None, [harm("killed", summary.killed), harm("injured", summary.injured)]))
    for more in (sides, counts):
        if more:
            line.append(f"\n   {clean(more)}", style="not bold default")
    return line


def parties(preposition: str, named: Iterable[PartyJson]) -> str:
    """Parties after a preposition, each with how its part is put; empty where there is none."""
    names = [p.name + ("" if p.confidence == "reported" else f" ({p.confidence})") for p in named]
    return f"{preposition} {', '.join(names)}" if names else ""


def harm(outcome: str, value: RangeJson | None) -> str:
    """A reconciled number with its outcome, and the best number where it is another one; empty where there is none."""
    if value is None:
        return ""
    low, best, high = value.low, value.best, value.high
    if high is None and low is not None and best == low - 1:
        return f"{outcome} more than {best}"
    shown = f"{outcome} {values.CountRange(low, high)}"
    stated = best is None or low == high or (low is None and best == high) or (high is None and best == low)
    return shown if stated else f"{shown} (best {best})"


def claims_table(claims: Iterable[ClaimJson], subject: bool = False) -> Table:
    """Claims with who says so and the words."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=True)
    for name, ratio in (("claim", 2), ("who says so", 3), ("words", 5)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for claim in claims:
        table.add_row(what(claim, subject), who(claim), quotes(claim))
    return table


def what(claim: ClaimJson, subject: bool = False) -> Text:
    """What a claim says: slot, value and object, and how sure it is put.

    Args:
        claim: the claim.
        subject: whether to begin with what it is about.
    """
    text = Text()
    acts = claim.slot == "occurred"
    if subject and claim.subject is not None and not acts:
        text.append(clean(claim.subject.name) + " ")
    text.append(words(claim.slot), style="cyan")
    value, named = _claimed(claim), clean(claim.object.name) if claim.object is not None else ""
    parts = [clean(value)]
    if acts:
        parts += [f"by {clean(claim.subject.name)}" if claim.subject else "", f"on {named}" if named else ""]
    elif named and not _says(value, named):
        parts.append(f"({named})" if value else named)
    parts += [f"({how})" for how in (claim.certainty, claim.modality) if how not in {"certain", "actual"}]
    return text.append("".join(f" {part}" for part in parts if part))


def _claimed(claim: ClaimJson) -> str:
    """The value; of a denied nought, what is denied ("killed any men", and not that it is denied that none were)."""
    value = claim.value
    if claim.stance == "denies" and isinstance(value, CountJson) and value.high == 0:
        return f"any {value.group or 'people'}"
    return value_text(value)


def _says(value: str, name: str) -> bool:
    """True where the name only repeats the value's own words ("6 civilians", "civilians")."""
    return name.lower() in value.lower() or value.rpartition(" ")[2].lower() in name.lower().split()


def who(claim: ClaimJson) -> Text:
    """Who says it, through whom, and what they do with it."""
    text = Text(clean(claim.speaker.name))
    if claim.stance != "asserts":
        text.append(f" {_STANCES[claim.stance]}", style="bold red" if claim.stance == "denies" else "yellow")
    if claim.speaker.party:
        text.append(" (a party)")
    if claim.via:
        text.append(" via " + clean(", ".join(v.speaker for v in claim.via)))
    return text


_STANCES = {
    "denies": "denies it", "confirms": "confirms it", "doubts": "doubts it", "silent": "has not spoken",
    "unclear": "says it is not known",
}  # fmt: skip


def quotes(claim: ClaimJson) -> Text:
    """The words that carry it."""
    return Text(" … ".join(f"“{clean(span.quote)}”" for span in claim.evidence))
