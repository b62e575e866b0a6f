"""What an export is made of: events with their accounts, claims and documents, as the store holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from according.model import Event, Finding, FindingStatus, Modality
from according.shapes import AccountJson, ClaimJson, DateRangeJson, MentionJson, PlaceRefJson, RangeJson, SummaryJson
from according.store import Store, StoredClaim, StoredDocument, speakable
from according.values import DateRange, PlaceRef


@dataclass(frozen=True, slots=True)
class ExportDocument:
    """A report as it may leave the program; a format never sees the stored document itself.

    Args:
        id, name, sha256: of the report as it was read; the hash is of its whole text.
        text: the text as far as it may be told, or None.
    """

    id: str
    name: str
    sha256: str
    key: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    text: str | None = None

    @property
    def label(self) -> str:
        """Publisher, title and day, as a person would name it."""
        parts = (self.publisher or "publisher unknown", self.title, self.published or "date unknown")
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class ExportClaim:
    """A claim with its speakable name and its report."""

    name: str
    claim: ClaimJson
    document: ExportDocument


@dataclass(frozen=True, slots=True)
class ExportEvent:
    """One event as it is handed to the formats.

    Args:
        id, name: the event's id and its speakable name.
        accounts: the reports' accounts of it, the leading one first.
        documents: the reports, each once, in order.
        claims: the claims of these accounts, in order of the reports.
        others: claims of the same reports about actors, places and opinions.
        findings: whether it happened and how many were harmed, by every rule, first what a person set by hand.
        part_of: the name of a larger event of the same report, or None.
        withheld: ids of the rules by which the guard took something out.
        kind: the type that linking found, or None.
    """

    id: str
    name: str
    accounts: tuple[AccountJson, ...]
    documents: tuple[ExportDocument, ...]
    claims: tuple[ExportClaim, ...]
    others: tuple[ExportClaim, ...] = ()
    findings: tuple[Finding, ...] = ()
    part_of: str | None = None
    withheld: tuple[str, ...] = ()
    kind: str | None = None

    @property
    def event_type(self) -> str:
        """The kind of event: of all accounts where they were linked, else of the leading one."""
        return self.kind or self.accounts[0].event_type

    @property
    def modality(self) -> Modality:
        """Whether it happened, by the leading account."""
        return self.accounts[0].modality

    @property
    def summary(self) -> SummaryJson:
        """The leading account's summary; what it leaves open is taken from the next account that has it.

        The numbers are those of the findings by the rule `range`, where there are findings.
        """
        lead = self.accounts[0].summary
        found = {}
        for name in ("date", "place", "initiators", "targets", "weapon", "damaged", "killed", "injured", "harm"):
            values = [getattr(a.summary, name) for a in self.accounts]
            found[name] = next((value for value in values if value), getattr(lead, name))
        for slot in ("killed", "injured"):
            number = self.number(slot, "range")
            if number is not None and number.range is not None:
                found[slot] = RangeJson(low=number.low, best=number.best, high=number.high)
        return lead.model_copy(update=found)

    def number(self, slot: str, rule: str, people: str | None = None) -> Finding | None:
        """The finding of a number of people by a rule (or by hand, which comes first), for all or for some of them."""
        own = (f for f in self.findings if (f.slot, f.people, f.side) == (slot, people, None))
        return next((f for f in own if f.rule in {rule, "by_hand"}), None)

    @property
    def status(self) -> FindingStatus:
        """The status of `occurred`: of the finding where one is there, else of the leading account."""
        own = next((f.status for f in self.findings if f.slot == "occurred"), None)
        return own or self.accounts[0].summary.status

    @property
    def publishers(self) -> tuple[str, ...]:
        """Who published the reports, each once; a report without a publisher counts by its name."""
        return tuple(dict.fromkeys(d.publisher or d.name for d in self.documents))


@dataclass(frozen=True, slots=True)
class ExportRun:
    """What an export says about how it was made.

    Args:
        id, version: of the run, and of the program.
        rules: SHA-256 over rules, vocabularies, knowledge base and gazetteer.
        project: SHA-256 over the project's own files, or None.
        today: the day of the export, ISO 8601; it decides what is too young to be told exactly.
        reviewer: pseudonym of the person who reviewed what is exported, or None where nobody did.
    """

    id: str
    version: str
    rules: str
    project: str | None
    today: str
    reviewer: str | None = None

    @property
    def made(self) -> str:
        """How the values came about, as an export prints it."""
        return f"reviewed by {self.reviewer}" if self.reviewer else "machine-made"

    @property
    def label(self) -> str:
        """One line that names how it was made, the run and the rules."""
        return f"{self.made}; according {self.version}, run {self.id}, rules {self.rules[:12]}"


@dataclass(frozen=True)
class Mentions:
    """The mentions of each document, by its id: `of` its text, and `of_title`; None where nobody looked."""

    text: Mapping[str, Sequence[MentionJson]] = field(default_factory=dict)
    title: Mapping[str, Sequence[MentionJson]] = field(default_factory=dict)


def stored_events(store: Store, names: Iterable[str] = (), revised: bool = False) -> Iterator[ExportEvent]:
    """The events of a store, one for each account until accounts are linked.

    Args:
        store: the project's.
        names: names (or beginnings of names) of the events wanted; all where empty.
        revised: also events of reports that were revised since.

    Raises:
        InvalidInput: a name means no event, or several.
    """
    chosen = [store.account(name) for name in names] or list(store.accounts(revised))
    known = {a.account.id: a.name for a in chosen}
    documents: dict[str, ExportDocument] = {}
    others: dict[str, tuple[ExportClaim, ...]] = {}
    for found in chosen:
        identifier = found.document.document.id
        if identifier not in documents:
            documents[identifier] = document_of(found.document)
            others[identifier] = _claims(store.other_claims(found.document), documents[identifier])
        own = documents[identifier]
        yield ExportEvent(
            found.account.id, found.name, (found.account,), (own,), _claims(store.claims(found), own),
            others[identifier], part_of=known.get(found.account.part_of or ""),
        )  # fmt: skip


def joined_events(built: Sequence[Event], single: Iterable[ExportEvent]) -> Iterator[ExportEvent]:
    """Events of several reports, from linked ones and from those of single accounts; accounts of no event stay single.

    Args:
        built: what linking and reviewing made, with the findings that persons set by hand.
        single: one event for each account, as `stored_events` gives them.
    """
    by_account = {event.accounts[0].id: event for event in single}
    home = {account: event.id for event in built for account in event.accounts}
    for event in built:
        own = [by_account.pop(account) for account in event.accounts if account in by_account]
        if not own:
            continue
        whole = next((home.get(account, account) for account in event.part_of), None)
        yield ExportEvent(
            event.id, speakable(event.id), tuple(e.accounts[0] for e in own),
            tuple({d.id: d for e in own for d in e.documents}.values()),
            tuple({(c.document.id, c.claim.id): c for e in own for c in e.claims}.values()),
            tuple({(c.document.id, c.claim.id): c for e in own for c in e.others}.values()),
            event.findings, speakable(whole) if whole else None, kind=event.event_type,
        )  # fmt: skip
    yield from by_account.values()


def document_of(stored: StoredDocument) -> ExportDocument:
    """A stored document with all that it has; the guard takes out what may not be told."""
    fields = ("key", "url", "title", "publisher", "published", "language", "text")
    own = {name: getattr(stored.document, name) for name in fields}
    return ExportDocument(stored.document.id, stored.name, stored.document.sha256, **own)


def _claims(stored: Iterable[StoredClaim], document: ExportDocument) -> tuple[ExportClaim, ...]:
    return tuple(ExportClaim(c.name, c.claim, document) for c in stored)


def date_of(value: DateRangeJson | None) -> DateRange | None:
    """The date as a value that can be compared."""
    return None if value is None else DateRange(**value.model_dump())


def place_of(value: PlaceRefJson | None) -> PlaceRef | None:
    """The place as a value that can be compared."""
    return None if value is None else PlaceRef(**value.model_dump())


def range_words(value: RangeJson | None) -> str | None:
    """A range as text: "12", "36-40", "4 or more", "up to 150"."""
    if value is None or (value.low is None and value.best is None and value.high is None):
        return None
    if value.low is not None and value.low == value.high:
        return str(value.low)
    if value.high is None:
        return f"{value.low if value.low is not None else value.best} or more"
    return f"up to {value.high}" if value.low is None else f"{value.low}-{value.high}"
