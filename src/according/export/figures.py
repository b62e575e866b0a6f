"""UCDP's best, low and high by share, and ACLED's one number, read from the findings of reconciling.

What the numbers are made of is reconciling's; here stands how they fill the columns of these two data sets, and what
is lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from according.export.events import ExportClaim, ExportEvent
from according.model import Finding, FindingStatus
from according.shapes import CountJson
from according.values import CountKind, PersonStatus

CIVILIAN, COMBATANT, UNKNOWN = (s.value for s in (PersonStatus.CIVILIAN, PersonStatus.COMBATANT, PersonStatus.UNKNOWN))


@dataclass(frozen=True, slots=True)
class Deaths:
    """UCDP's numbers: best by share, low, high, and how they came about.

    Args:
        combatants: fighters of either side; `own_fighters` says whose.
        civilians, unknown: people who are said to be civilians; people of whom neither is said.
        low, high: over all independent speakers.
        own_fighters: "target" where no count says that they were the acting side's, "initiator" where all do, else
            "mixed".
        notes: what the integers cannot say.
    """

    combatants: int = 0
    civilians: int = 0
    unknown: int = 0
    low: int = 0
    high: int = 0
    own_fighters: str = "target"
    notes: tuple[str, ...] = ()

    @property
    def best(self) -> int:
        """The best estimate: the sum of the shares."""
        return self.combatants + self.civilians + self.unknown


def ucdp_deaths(event: ExportEvent) -> Deaths:
    """UCDP's numbers by the rule `ucdp`; all 0 where nobody counts the dead."""
    total = event.number("killed", "ucdp")
    if total is None or total.best is None:
        return Deaths()
    civilians, combatants = (_best(event, people) for people in (CIVILIAN, COMBATANT))
    unknown = max(0, total.best - civilians - combatants)
    best = civilians + combatants + unknown
    used = claims_of(event, total)
    return Deaths(
        combatants, civilians, unknown, min(total.low or 0, best), max(total.high or 0, best), _whose(event, used),
        tuple(_notes(event, total, used)),
    )  # fmt: skip


def _best(event: ExportEvent, people: str) -> int:
    found = event.number("killed", "ucdp", people)
    return 0 if found is None else found.best or 0


def claims_of(event: ExportEvent, found: Finding) -> list[ExportClaim]:
    """The claims that a finding was made of."""
    own = set(found.claims)
    return [c for c in event.claims if c.claim.id in own]


def _whose(event: ExportEvent, used: Sequence[ExportClaim]) -> str:
    """Whose fighters the counted ones are, by what the counts name."""
    acting = {name for p in event.summary.initiators for name in (p.id, p.name.casefold()) if name}
    refs = [c.claim.object for c in used if _counts_fighters(c)]
    ours = [ref is not None and bool({ref.id or "", ref.name.casefold()} & acting) for ref in refs]
    return "target" if not any(ours) else "initiator" if all(ours) else "mixed"


def _counts_fighters(stored: ExportClaim) -> bool:
    value = stored.claim.value
    return isinstance(value, CountJson) and value.status is PersonStatus.COMBATANT


def _notes(event: ExportEvent, total: Finding, used: Sequence[ExportClaim]) -> Iterator[str]:
    counts = [c.claim.value for c in used if isinstance(c.claim.value, CountJson)]
    for note, found in (
        ("open_high", any(c.high is None for c in counts)),
        ("open_low", total.low == 0 and any(c.low is None for c in counts)),
        ("vague", any(c.kind is CountKind.VAGUE for c in counts)),
        ("about", any(c.kind is CountKind.ABOUT for c in counts)),
        ("party_only", total.status is FindingStatus.CLAIMED_BY_PARTY),
        ("lowest", total.speakers > 1),
    ):
        if found:
            yield note
    shares = [event.number("killed", "ucdp", people) for people in (CIVILIAN, COMBATANT)]
    if any(share is not None and share.status is FindingStatus.CONTESTED for share in shares):
        yield "status_contested"


@dataclass(frozen=True, slots=True)
class Fatalities:
    """ACLED's one number, how many independent speakers are behind it, and the vague words that it was read from."""

    number: int
    speakers: int
    words: tuple[str, ...] = ()


def acled_fatalities(event: ExportEvent) -> Fatalities:
    """ACLED's number by the rule `acled`; 0 where nobody counts the dead."""
    found = event.number("killed", "acled")
    if found is None or found.best is None:
        return Fatalities(0, 0)
    counts = [c.claim.value for c in claims_of(event, found) if isinstance(c.claim.value, CountJson)]
    vague = dict.fromkeys(c.word or "a plural" for c in counts if c.kind is CountKind.VAGUE)
    return Fatalities(found.best, found.speakers, tuple(vague))


def shares_harmed(event: ExportEvent) -> frozenset[str]:
    """Whether civilians, combatants or people of unknown status were killed or injured, as told."""
    found = [f for f in event.findings if f.slot in {"killed", "injured"} and f.people is not None]
    return frozenset(f.people for f in found if f.people is not None and max(f.low or 0, f.best or 0, f.high or 0) > 0)
