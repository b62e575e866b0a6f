"""`Telling`: a claim about an event with what its document adds, and `View`: which tellings a question looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from according.model import Claim, Document, Stance
from according.reconcile.account import COUNTED, counts
from according.values import Count, CountKind


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim as one document tells it.

    Args:
        claim: what is said.
        account: id of the account that it belongs to.
        document: where it was published.
        day: ISO day from which it was known: of publication, and of a copied text that of its first copy; or None.
        copy_group: group of copied texts that the document is in, or None.
    """

    claim: Claim
    account: str
    document: Document
    day: str | None = None
    copy_group: str | None = None

    @property
    def place(self) -> tuple[str, str, int, str]:
        """What tellings are ordered by: day, document, place in the text, id."""
        return (self.day or "", self.document.id, self.claim.evidence[0].start, self.claim.id)

    @property
    def is_counted(self) -> bool:
        """True where it may enter a finding: asserted or confirmed, actual, of the event itself, and no "none"."""
        return counts(self.claim)

    @property
    def is_denial(self) -> bool:
        """True where the speaker denies it, or says that nobody was harmed."""
        return self.claim.stance is Stance.DENIES or self.is_none

    @property
    def is_none(self) -> bool:
        """True for "no civilians were harmed", as an assertion of none or as a denial."""
        value = self.claim.value
        none = isinstance(value, Count) and value.range.kind is CountKind.NONE
        return none and self.claim.stance in COUNTED | {Stance.DENIES}


@dataclass(frozen=True, slots=True)
class View:
    """Which tellings a question looks at.

    Args:
        known_on: ISO day: only what had been published by its end. What has no day was not known to be known.
        independent_only: leave out voices that nobody can tell apart: unnamed speakers, nameless collectives and what a
            publisher says in its own voice.
        without_parties: leave out what the parties to the event themselves say.
    """

    known_on: str | None = None
    independent_only: bool = False
    without_parties: bool = False

    def of_day(self, tellings: Iterable[Telling]) -> list[Telling]:
        """The tellings that were known by the day, in an order that does not hang on how they came."""
        day = self.known_on
        known = tellings if day is None else (t for t in tellings if t.day is not None and t.day[:10] <= day[:10])
        return sorted(known, key=lambda t: t.place)
