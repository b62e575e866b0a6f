"""What is stored as tables that a person can read: the list of events, one event, the way to a value's words."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from according.cli.plain import clean, opening, words
from according.cli.table import claims_table, harm, headline, parties, quotes, screen, value_text, what, who
from according.store import Store, StoredAccount, StoredClaim, short

_CONTEXT = 160  # characters shown on either side of the words
_DATA = Path(__file__).parent.parent / "data"


def print_events(found: Iterable[StoredAccount]) -> int:
    """Print the list of events; how many there were."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    for name in ("event", "date", "place", "what", "parties", "killed", "status", "report"):
        table.add_column(name, overflow="fold", no_wrap=name in {"event", "date"})
    for stored in found:
        account, summary = stored.account, stored.account.summary
        kind = words(account.event_type) + ("" if account.modality == "actual" else f" ({account.modality})")
        sides = " ".join(filter(None, [parties("by", summary.initiators), parties("against", summary.targets)]))
        report = stored.document.document
        cells = (
            short(stored.name), value_text(summary.date) or "unknown", value_text(summary.place) or "unknown", kind,
            sides, harm("", summary.killed), words(summary.status), report.publisher or report.title or "-",
        )  # fmt: skip
        table.add_row(*(Text(clean(cell)) for cell in cells))
    if table.row_count:
        screen().print(table)
    return table.row_count


def print_event(store: Store, stored: StoredAccount, claims: list[StoredClaim]) -> None:
    """Print one event: its summary, its report, its claims by slot and by who says so."""
    console = screen()
    console.print(Text(stored.name, style="bold"))
    console.print(headline(1, stored.account))
    _print_report(console, stored.document.document.title, stored)
    if stored.document.document.revises:
        earlier = store.document(stored.document.document.revises)
        console.print(Text(f"It revises {short(earlier.name)} of {earlier.document.published or 'an unknown date'}."))
    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    for name, ratio in (("claim", 3), ("who says so", 3), ("words", 5), ("id", 2)):
        table.add_column(name, ratio=ratio, overflow="fold")
    order = list(dict.fromkeys(c.claim.slot for c in claims))
    ordered = sorted(claims, key=lambda c: (order.index(c.claim.slot), c.claim.speaker.name))
    for _, group in groupby(ordered, key=lambda c: c.claim.slot):
        for claim in group:
            table.add_row(what(claim.claim), who(claim.claim), quotes(claim.claim), Text(short(claim.name)))
        table.add_section()
    console.print(table)
    others = [c.claim for c in store.other_claims(stored.document)]
    if others:
        console.print(Text("The same report about actors, places and opinions", style="bold"))
        console.print(claims_table(others, subject=True))


def _print_report(console: Console, title: str | None, stored: StoredAccount) -> None:
    document = stored.document.document
    parts = (
        title or document.key or document.url or opening(document.text),
        document.publisher,
        document.published or "date unknown",
    )
    console.print(Text(clean("   " + ", ".join(filter(None, parts)) + f" ({short(stored.document.name)})")))


def print_explanation(stored: StoredClaim) -> None:
    """Print how a value came about: claim, words in their context, rule, report."""
    console, claim, document = screen(), stored.claim, stored.document.document
    console.print(Text.assemble((stored.name, "bold"), " ", what(claim, subject=True)))
    console.print(Text.assemble("  said by  ", who(claim), f" ({claim.speaker.kind})"))
    if claim.cue is not None:
        console.print(Text(f"  cue      “{clean(claim.cue.quote)}”"))
    for span in claim.evidence:
        before, after = document.text[max(0, span.start - _CONTEXT) : span.start], document.text[span.end :][:_CONTEXT]
        line = Text.assemble("  words    …", _plain(before), (_plain(span.quote), "bold reverse"), _plain(after), "…")
        console.print(line)
        console.print(Text(f"           characters {span.start} to {span.end} of the report"))
    console.print(Text(f"  rule     {claim.origin}"))
    for name, cell in rule_row(claim.origin).items():
        console.print(Text(f"           {name}: {clean(cell)}"))
    parts = (
        document.title or document.key or document.url or opening(document.text),
        document.publisher,
        document.published or "date unknown",
    )
    console.print(Text(f"  report   {clean(', '.join(filter(None, parts)))} ({short(stored.document.name)})"))
    console.print(Text(f"           SHA-256 {document.sha256}"))
    console.print()


def _plain(text: str) -> str:
    """Cleaned, with the blanks at its ends kept, so that words do not run into their context."""
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() else ""
    return left + clean(text) + right


def rule_row(origin: str) -> dict[str, str]:
    """The row of a lexicon that an origin ("triggers#air-strike") names; empty where it names none."""
    name, _, identifier = origin.partition("#")
    for path in sorted(_DATA.rglob(f"{name}.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("id") == identifier:
                    return {k: v for k, v in row.items() if k and k != "id" and v}
    return {}
