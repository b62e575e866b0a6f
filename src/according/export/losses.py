"""The loss report: what a format cannot hold, which rule decided a value, what was withheld or left blank."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from according.errors import InvalidRule
from according.rules import DATA


class LossKind(StrEnum):
    """Why a reader of the export knows less than the claims say."""

    FORMAT = "format"  # the format has no place for it
    RULE = "rule"  # a rule chose one value among several, or filled one in
    BLANK = "blank"  # it is not known, or for a person to choose
    WITHHELD = "withheld"  # the guard took it out
    LEFT_OUT = "left_out"  # the whole event is not in the export


_TITLES = {
    LossKind.FORMAT: "This format cannot hold",
    LossKind.RULE: "Decided by a rule",
    LossKind.BLANK: "Left blank",
    LossKind.WITHHELD: "Withheld",
    LossKind.LEFT_OUT: "Not exported",
}
_SHOWN = 3  # events named for each line of the report


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing lost.

    Args:
        kind: why.
        column: the column or field of the format, or None for the event as a whole.
        rule: id of the rule that decided ("acled#lowest").
        message: one sentence for a person.
        event: name of the event, or None where it holds for all.
        detail: what this event has instead, where that says more.
    """

    kind: LossKind
    column: str | None
    rule: str
    message: str
    event: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class LossReport:
    """All losses of one export, in order."""

    format: str
    events: int
    losses: tuple[Loss, ...] = ()

    def lines(self) -> Iterator[str]:
        """The report as lines of text: alike losses once, with how many events they concern."""
        yield f"Loss report for {self.format}: {self.events} {'event' if self.events == 1 else 'events'} exported."
        groups: dict[tuple[LossKind, str | None, str, str], list[Loss]] = defaultdict(list)
        for loss in self.losses:
            groups[loss.kind, loss.column, loss.rule, loss.message].append(loss)
        for kind in LossKind:
            own = {key: found for key, found in groups.items() if key[0] is kind}
            if own:
                yield f"{_TITLES[kind]}:"
            for (_, column, rule, message), found in own.items():
                where = f"{column}: " if column else ""
                yield f"  - {where}{message} [{rule}]{_concerned(found)}"

    def as_json(self) -> dict[str, object]:
        """The report as JSON holds it, each loss by itself."""
        rows = [
            {
                "kind": str(loss.kind), "column": loss.column, "rule": loss.rule, "message": loss.message,
                "event": loss.event, "detail": loss.detail,
            }
            for loss in self.losses
        ]  # fmt: skip
        return {"format": self.format, "events": self.events, "losses": rows}


@dataclass(frozen=True, slots=True)
class LossRule:
    """A row of data/formats/losses.csv: what may be lost, and whether it always is."""

    id: str
    kind: LossKind
    column: str | None
    message: str
    always: bool


@dataclass
class Losses:
    """The losses of one export while it is being written."""

    format: str
    found: list[Loss] = field(default_factory=list)

    def __post_init__(self) -> None:
        own = (
            rule for rule in loss_rules().values() if rule.always and rule.id.partition("#")[0] in {self.format, "all"}
        )
        self.found += [Loss(rule.kind, rule.column, rule.id, rule.message) for rule in own]

    def note(self, rule: str, event: str | None = None, detail: str | None = None) -> None:
        """Add a loss by the id of its rule.

        Raises:
            KeyError: there is no such rule.
        """
        row = loss_rules()[rule]
        self.found.append(Loss(row.kind, row.column, row.id, row.message, event, detail))

    def report(self, events: int) -> LossReport:
        """The report, once all events are written."""
        return LossReport(self.format, events, tuple(dict.fromkeys(self.found)))


@cache
def loss_rules() -> Mapping[str, LossRule]:
    """The rules of losses that the package carries."""
    return load_loss_rules(DATA / "formats" / "losses.csv")


def load_loss_rules(path: Path) -> Mapping[str, LossRule]:
    """Read rules of losses.

    Raises:
        InvalidRule: a cell is missing, an id stands twice or a kind is unknown.
    """
    rules: dict[str, LossRule] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if not row["id"] or not row["message"] or row["id"] in rules or row["kind"] not in set(LossKind):
                raise InvalidRule(f"{path.name} line {line}: it needs an id of its own, a known kind and a message")
            kind = LossKind(row["kind"])
            rules[row["id"]] = LossRule(row["id"], kind, row["column"] or None, row["message"], row["always"] == "yes")
    return rules


def _concerned(found: Iterable[Loss]) -> str:
    named = [f"{loss.event}{f' ({loss.detail})' if loss.detail else ''}" for loss in found if loss.event]
    if not named:
        return ""
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    return f": {', '.join(named[:_SHOWN])}{more}"
