"""`Decision`: one act of a person, and what it says. Decisions are only ever appended; what counts is put in `review`.

They hang on ids of claims, which hash words and slot but nothing that was resolved, so that they survive newer rules.
An account is named with the claims that it had, by which it is found again where newer rules cut the report otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from according.model import (
    Account,
    Certainty,
    Claim,
    FindingStatus,
    Modality,
    Ref,
    Span,
    Speaker,
    Stance,
    digest,
)
from according.values import DateRange, PlaceRef, Value


class Act(StrEnum):
    """What a person does."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    UNSURE = "unsure"
    ADD = "add"
    CREATE = "create"
    MOVE = "move"
    SAME = "same"
    DIFFERENT = "different"
    PART_OF = "part_of"
    SIDES = "sides"
    FINDING = "finding"
    UNDO = "undo"


JUDGING = frozenset({Act.ACCEPT, Act.REJECT, Act.CORRECT, Act.UNSURE})
LINKING = frozenset({Act.SAME, Act.DIFFERENT, Act.PART_OF})
CLEARABLE = ("value", "subject", "object", "time", "place", "cue")


@dataclass(frozen=True, slots=True)
class Anchor:
    """An account as a decision names it: its id, and the ids of the claims that it had then."""

    account: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person puts in the place of what the machine read; None leaves that as it is.

    Args:
        evidence: the words that carry the claim; empty leaves them as they are.
        cleared: names of what is taken away without anything in its place (of `CLEARABLE`).

    Raises:
        ValueError: nothing is corrected, or something is cleared that must be there or that is given too.
    """

    slot: str | None = None
    value: Value | None = None
    speaker: Speaker | None = None
    subject: Ref | None = None
    object: Ref | None = None
    time: DateRange | None = None
    place: PlaceRef | None = None
    stance: Stance | None = None
    certainty: Certainty | None = None
    modality: Modality | None = None
    cue: Span | None = None
    evidence: tuple[Span, ...] = ()
    cleared: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        given = self.given
        if not given and not self.cleared:
            raise ValueError("a correction that corrects nothing")
        wrong = [name for name in self.cleared if name not in CLEARABLE or name in given]
        if wrong:
            raise ValueError(f"{wrong[0]} cannot be cleared here")

    @property
    def given(self) -> dict[str, Any]:
        """What is put in place, by the name of the claim's field."""
        found = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "cleared"}
        return {name: value for name, value in found.items() if value is not None and value != ()}

    def of(self, claim: Claim) -> Claim:
        """The claim as the person has it; its origin stays, and says who read it first."""
        changes: dict[str, Any] = {**dict.fromkeys(self.cleared), **self.given}
        return replace(claim, **changes)


@dataclass(frozen=True, slots=True)
class Sides:
    """Dyad and sides of UCDP as a coder chooses them for an event, since no program should guess them.

    Args:
        cells: pairs of a column of GED ("dyad_name", "side_a", "type_of_violence") and its value, in order of column.
        initiator_side, target_side: "a" or "b": the side that initiators and targets stand on.

    Raises:
        ValueError: a side is neither "a" nor "b", or a column stands twice.
    """

    cells: tuple[tuple[str, str], ...]
    initiator_side: str
    target_side: str

    def __post_init__(self) -> None:
        for side in (self.initiator_side, self.target_side):
            if side not in {"a", "b"}:
                raise ValueError(f"a side is a or b, not {side!r}")
        names = [name for name, _ in self.cells]
        if names != sorted(set(names)):
            raise ValueError("the columns of a dyad must stand once each, in order")


@dataclass(frozen=True, slots=True)
class HandFinding:
    """A finding as a person sets it: it takes the place of the number or value that a rule makes of the claims.

    Args:
        slot, people, side: which finding, as in `Finding`.
        low, best, high: the number; None where the slot has none, or the end is open.
        value: the value of a slot without number.
        status: standing among the speakers; None leaves what the rule has.

    Raises:
        ValueError: neither a number, a value nor a status is set, or the numbers are out of order.
    """

    slot: str
    people: str | None = None
    side: str | None = None
    low: int | None = None
    best: int | None = None
    high: int | None = None
    value: Value | None = None
    status: FindingStatus | None = None

    def __post_init__(self) -> None:
        numbers = [n for n in (self.low, self.best, self.high) if n is not None]
        if not numbers and self.value is None and self.status is None:
            raise ValueError(f"nothing is set for {self.slot}")
        if numbers != sorted(numbers) or any(n < 0 for n in numbers):
            raise ValueError(f"low, best and high of {self.slot} are not in order: {numbers}")

    @property
    def key(self) -> tuple[str, str, str]:
        """Which finding of an event it is."""
        return (self.slot, self.people or "", self.side or "")


@dataclass(frozen=True, slots=True)
class Decision:
    """One act of a person.

    Args:
        act: what the person did.
        by: the person's name or pseudonym.
        at: when, UTC, ISO 8601.
        number: its place among the decisions of a project, from 1 on; 0 until it is stored.
        reason: why, in the person's words.
        claim: id of the claim that is judged or moved.
        seen: that claim as the person saw it; it stays beside the verdict.
        correction: what is put in its place (correct).
        added: a claim that the machine missed (add).
        created: an account that the machine missed; it takes its claims over from where they were (create).
        accounts: of a link, its one side; of a move of an account, first that account and then those that it leaves; of
            sides and findings, the accounts of the event, the one that it hangs on first.
        to: of a link, its other side (the larger one of a part); of a move, where to; none is out of every event.
        sides: dyad and sides.
        finding: a finding set by hand, with a reason.
        undoes: ids of the decisions that are taken back (undo).
        score: what the machine gave for the link when the person judged it.

    Raises:
        ValueError: nobody decides, or the act lacks what it is about.
    """

    act: Act
    by: str
    at: str
    number: int = 0
    reason: str | None = None
    claim: str | None = None
    seen: Claim | None = None
    correction: Correction | None = None
    added: Claim | None = None
    created: Account | None = None
    accounts: tuple[Anchor, ...] = ()
    to: tuple[Anchor, ...] = ()
    sides: Sides | None = None
    finding: HandFinding | None = None
    undoes: tuple[str, ...] = ()
    score: float | None = None

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise ValueError("a decision without the name of the person who took it")
        if not self.at:
            raise ValueError("a decision without its time")
        lacks = next((name for name in _NEEDS[self.act] if not getattr(self, name)), None)
        if lacks is not None:
            raise ValueError(f"the decision to {self.act} lacks its {lacks}")
        if self.act is Act.MOVE and bool(self.claim) == bool(self.accounts):
            raise ValueError("a move is of a claim or of an account")

    @property
    def id(self) -> str:
        """Hash of its place, time, person and act."""
        return "n" + digest(self.number, self.at, self.by, self.act, *self.subjects)

    @property
    def subjects(self) -> tuple[str, ...]:
        """What it is about: two decisions that share one of these are about the same thing."""
        if self.act in LINKING:
            ends = ((a.account, b.account) for a in self.accounts for b in self.to)
            return tuple(" ".join(sorted(pair)) for pair in ends)
        if self.act is Act.FINDING and self.finding is not None:
            return tuple(" ".join((a.account, *self.finding.key)) for a in self.accounts)
        if self.act is Act.SIDES:
            return tuple(f"{a.account} sides" for a in self.accounts)
        if self.act is Act.CREATE and self.created is not None:
            return (self.created.id, *self.created.claims)
        if self.act is Act.ADD and self.added is not None:
            return (self.added.id,)
        if self.act is Act.UNDO:
            return self.undoes
        return (self.claim,) if self.claim else tuple(a.account for a in self.accounts[:1])


_NEEDS: dict[Act, tuple[str, ...]] = {
    Act.ACCEPT: ("claim",), Act.REJECT: ("claim",), Act.UNSURE: ("claim",), Act.CORRECT: ("claim", "correction"),
    Act.ADD: ("added",), Act.CREATE: ("created",), Act.MOVE: (), Act.SAME: ("accounts", "to"),
    Act.DIFFERENT: ("accounts", "to"), Act.PART_OF: ("accounts", "to"), Act.SIDES: ("accounts", "sides"),
    Act.FINDING: ("accounts", "finding", "reason"), Act.UNDO: ("undoes",),
}  # fmt: skip
