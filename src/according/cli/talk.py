"""What is said on standard error: what was left out, how far it is, what it came to; and the exit code that follows."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator

import click

from according.acquire.intake import LeftOut, Why
from according.engine import Outcome
from according.shapes import Contract

PARTLY = 3
_SHOWN = 5  # files of other kinds are named up to this many


class Talk:
    """Watches outcomes go by, tells of each that was left out, and sums up at the end."""

    def __init__(self, verbose: bool = False) -> None:
        self.verbose = verbose
        self.documents = 0
        self.unchanged = 0
        self.accounts = 0
        self.claims = 0
        self.issues: Counter[str] = Counter()
        self.left_out: Counter[Why] = Counter()
        self.others: list[str] = []
        self.told: set[str] = set()

    def watch(self, outcomes: Iterable[Outcome]) -> Iterator[Contract]:
        """The documents that were coded; the rest is told of and counted."""
        progress = _Progress()
        try:
            for outcome in outcomes:
                progress.step()
                if isinstance(outcome, LeftOut):
                    self._tell(outcome)
                else:
                    self._count(outcome)
                    yield outcome
        finally:
            progress.stop()

    def _tell(self, left_out: LeftOut) -> None:
        self.left_out[left_out.why] += 1
        if left_out.why is Why.OTHER:
            self.others.append(left_out.place)
            return
        click.echo(f"Left out: {left_out}", err=True)
        if self.verbose and left_out.detail:
            click.echo(left_out.detail, err=True)

    def _count(self, contract: Contract) -> None:
        self.documents += 1
        self.accounts += len(contract.accounts)
        self.claims += len(contract.claims)
        for issue in contract.issues:
            self.issues[issue.kind] += 1
            if issue.kind == "unknown_field" and issue.message not in self.told:
                self.told.add(issue.message)
                click.echo(f"{issue.message}.", err=True)

    def sum_up(self) -> int:
        """Say what it came to, and return the exit code."""
        parts = [many(self.documents, "document"), many(self.accounts, "event"), many(self.claims, "claim")]
        click.echo(f"Coded {parts[0]}: {parts[1]}, {parts[2]}.", err=True)
        if self.unchanged:
            click.echo(f"Passed over {self.unchanged:,}: stored already.", err=True)
        if self.issues:
            kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.issues.items()))
            click.echo(f"Issues to look at: {kinds}.", err=True)
        if self.others:
            names = ", ".join(self.others[:_SHOWN])
            more = f" and {len(self.others) - _SHOWN} more" if len(self.others) > _SHOWN else ""
            click.echo(f"Not read, since no text, HTML, PDF or JSON Lines: {names}{more}.", err=True)
        invalid, failed = self.left_out[Why.INVALID], self.left_out[Why.FAILED]
        if invalid or failed:
            click.echo(f"Left out {invalid + failed} of {self.documents + invalid + failed}, named above.", err=True)
        return self.exit_code

    @property
    def exit_code(self) -> int:
        """0: nothing failed; 3: a part did; all did: 1 where coding broke, 4 where nothing could be read."""
        invalid, failed = self.left_out[Why.INVALID], self.left_out[Why.FAILED]
        if not invalid and not failed:
            return 0
        if self.documents or self.unchanged:
            return PARTLY
        return 1 if failed else 4


def many(number: int, noun: str) -> str:
    """A number with its noun: "1 claim", "1,200 claims"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class _Progress:
    """A counter on standard error, on a terminal only, and only while standard output goes elsewhere."""

    def __init__(self) -> None:
        self.bar = None
        if not (sys.stderr.isatty() and not sys.stdout.isatty()):
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("Coding"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self.task = self.bar.add_task("Coding", total=None)
        self.bar.start()

    def step(self) -> None:
        if self.bar is not None:
            self.bar.advance(self.task)

    def stop(self) -> None:
        if self.bar is not None:
            self.bar.stop()
