"""What the verbs of deciding share: who decides, what a name means, and what is printed of a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from according.cli.plain import clean
from according.cli.project import open_store, project_settings
from according.decision import Anchor, Decision
from according.errors import InvalidInput, UsageError
from according.from_contract import account_from, claim_from
from according.model import Account, Claim, Coding, Document
from according.review import Reviewed, ReviewedClaim, apply, claims_known, in_force
from according.review.by_hand import told
from according.settings import Settings
from according.store import Store, short, speakable
from according.store.log import now


@dataclass(frozen=True)
class Desk:
    """Where one person decides: the store, what was decided before, and who, when and why."""

    store: Store
    settings: Settings
    by: str
    at: str
    reason: str | None
    version: int
    decisions: tuple[Decision, ...]

    @classmethod
    def open(cls, by: str | None, reason: str | None, since: int | None, folder: Path | None) -> Desk:
        """Open the project's store for a person.

        Raises:
            UsageError: there is no project, or nobody is named.
        """
        settings = project_settings(folder)
        person = (by or settings.by or "").strip()
        if not person:
            raise UsageError('A decision needs a name: give --by NAME, or write by = "NAME" into project.toml')
        looking = cls.looking(folder)
        return replace(looking, by=person, reason=reason, version=looking.version if since is None else since)

    @classmethod
    def looking(cls, folder: Path | None) -> Desk:
        """Open the project's store for somebody who only looks.

        Raises:
            UsageError: there is no project.
        """
        settings = project_settings(folder)
        store = open_store(settings)
        decisions = tuple(store.decisions())
        return cls(store, settings, "", now(), None, len(decisions), decisions)

    @property
    def signed(self) -> dict[str, Any]:
        """Who, when and why, as every decision has it."""
        return {"by": self.by, "at": self.at, "reason": self.reason}

    def write(self, make: Callable[[], Sequence[Decision]]) -> None:
        """Store decisions and print a line for each.

        Raises:
            InvalidInput: what `make` makes is no decision.
            Conflict: somebody else decided about the same thing.
        """
        try:
            new = make()
        except ValueError as error:
            raise InvalidInput(f"this is no decision: {error}") from error
        for one in self.store.decide(new, self.version):
            click.echo("\t".join((one.act, short(speakable(one.id)), clean(about(one)))))

    # What names mean

    def claim(self, name: str) -> Claim:
        """The claim that a name means, as the machine reads it, or one that only decisions know."""
        try:
            stored = self.store.claims_named(name)[0]
        except InvalidInput as error:
            known = claims_known(self.decisions)
            return known[_meant(name, known, "claim", error)]
        return claim_from(stored.claim, stored.document.document.id)

    def standing(self, claim: Claim) -> ReviewedClaim:
        """The claim after the decisions about it."""
        machine = [] if self._is_added(claim) else [claim]
        own = next((c for c in apply(machine, (), self.decisions).claims if c.id == claim.id), None)
        return own or ReviewedClaim(claim, claim)

    def _is_added(self, claim: Claim) -> bool:
        return any(d.added is not None and d.added.id == claim.id for d in in_force(self.decisions))

    def whole(self, name: str) -> tuple[Anchor, ...]:
        """All accounts of the event that the account of a name belongs to; that account first.

        The project's accounts are linked for it, with all that was decided so far.
        """
        from according.build import Judged, default_parts, gather

        [named] = self.event(name)
        reviewed = self.reviewed()
        documents = [stored.document for stored in self.store.documents()]
        codings = reviewed.codings(Coding(document) for document in documents)
        gathered = gather(codings, default_parts(), Judged(verdicts=reviewed.verdicts()))
        own = next((found for found in gathered.accounts.values() if named.account in {a.id for a in found}), ())
        # Anchors name the claims as the machine has them: that is what they are found again by.
        read = {a.id: a.claims for report in {a.document for a in own} for a in self.accounts_of(report)}
        return (named, *(Anchor(a.id, read[a.id]) for a in own if a.id != named.account))

    def event(self, name: str) -> tuple[Anchor, ...]:
        """The account that a name means, with its claims: what one report tells of the event."""
        try:
            account = self.account(name)
        except InvalidInput as error:
            created = {d.created.id: d.created for d in in_force(self.decisions) if d.created is not None}
            account = created[_meant(name, created, "event", error)]
        return (Anchor(account.id, account.claims),)

    def account(self, name: str) -> Account:
        """The stored account that a name means.

        Raises:
            InvalidInput: none or several are meant.
        """
        stored = self.store.account(name)
        return account_from(stored.account, stored.document.document.id)

    def document(self, name: str) -> Document:
        """The report that an id, a key, a speakable name or the beginning of one means.

        Raises:
            InvalidInput: none or several are meant.
        """
        wanted = name.strip().lower()
        found = [d for d in self.store.documents() if name in {d.document.id, d.document.key, d.document.url}
                 or (wanted and d.name.startswith(wanted))]  # fmt: skip
        if not found:
            raise InvalidInput(f"there is no report {name!r}; see the names beside the reports in: according show")
        if len(found) > 1:
            names = ", ".join(d.name for d in found[:5])
            raise InvalidInput(f"{name!r} means several reports ({names}); write more of the name")
        return found[0].document

    def claims_of(self, document: str) -> list[Claim]:
        """The claims of a report, as the machine reads them."""
        return [claim_from(c.claim, document) for c in self.store.claims_in(self.store.document(document))]

    def accounts_of(self, document: str) -> list[Account]:
        """The accounts of a report: the machine's, and those that persons created."""
        stored = self.store.accounts_in(self.store.document(document))
        created = [d.created for d in in_force(self.decisions) if d.created is not None]
        return [*(account_from(a.account, document) for a in stored), *(c for c in created if c.document == document)]

    def reviewed(self) -> Reviewed:
        """All claims and accounts of the project after all decisions."""
        claims, accounts = [], []
        for stored in self.store.documents():
            claims += self.claims_of(stored.document.id)
            accounts += [account_from(a.account, stored.document.id) for a in self.store.accounts_in(stored)]
        return apply(claims, accounts, self.decisions)

    def decision(self, name: str) -> Decision:
        """The decision that a name, the beginning of one, or an id means."""
        known = {d.id: d for d in self.decisions}
        missing = InvalidInput(f"there is no decision {name!r}; list them with: according log")
        return known[_meant(name, known, "decision", missing)]


def _meant(name: str, ids: Iterable[str], noun: str, missing: InvalidInput) -> str:
    """The id that a name means among some.

    Raises:
        InvalidInput: `missing` where there is none, or several are meant.
    """
    wanted = name.strip().lower()
    found = [i for i in ids if wanted and (i == wanted or speakable(i).startswith(wanted))]
    if not found:
        raise missing
    if len(found) > 1:
        names = ", ".join(speakable(i) for i in found[:5])
        raise InvalidInput(f"{name!r} means several {noun}s ({names}); write more of the name")
    return found[0]


def about(decision: Decision) -> str:
    """What a decision is about, in a few words."""
    words = [_name(i) for i in ([decision.claim] if decision.claim else [a.account for a in decision.accounts[:1]])]
    if decision.seen is not None:
        words.append(told(decision.seen))
    if decision.added is not None:
        words += [_name(decision.added.id), told(decision.added)]
    if decision.created is not None:
        words += [_name(decision.created.id), decision.created.event_type]
    if decision.correction is not None:
        given = {**decision.correction.given, **dict.fromkeys(decision.correction.cleared, "nothing")}
        words.append("-> " + ", ".join(f"{name} {_plain(value)}" for name, value in given.items()))
    if decision.sides is not None:
        words.append(", ".join(f"{column} {cell}" for column, cell in decision.sides.cells))
    if decision.finding is not None:
        hand = decision.finding
        numbers = [
            f"{end} {n}" for end, n in (("low", hand.low), ("best", hand.best), ("high", hand.high)) if n is not None
        ]
        words += [hand.slot, *numbers, str(hand.value or ""), str(hand.status or "")]
    if decision.to:
        words.append("and " + ", ".join(_name(a.account) for a in decision.to))
    words += [_name(i) for i in decision.undoes]
    return " ".join(filter(None, words))


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(_plain(part) for part in value)
    return str(getattr(value, "name", None) or getattr(value, "quote", None) or value)


def _name(identifier: str) -> str:
    return short(speakable(identifier))
