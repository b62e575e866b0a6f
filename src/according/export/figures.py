"""The numbers of the killed by the rules of other data sets: UCDP's best, low and high by side, ACLED's lowest.

A claim counts when its speaker asserts or confirms it, it happened, it is about the event itself, it is no "none", and
its speaker did not correct it or take it back. Each speaker has one figure for each share of the dead; a later and
narrower range of the same people refines it. Speakers are independent unless they are the same, or one speaks for the
other, or they are nameless people of one publisher.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from according.export.codes import Codes
from according.export.events import ExportClaim, ExportEvent
from according.model import Modality, Relation, Stance
from according.shapes import ClaimJson, CountJson
from according.values import CountKind, CountRange, PersonStatus, Scope

_COUNTED = frozenset({Stance.ASSERTS, Stance.CONFIRMS})
_UNDONE = frozenset({Relation.CORRECTS, Relation.RETRACTS})
_BARE = 2  # the least that a plural without a number says
PLURAL = "plural"
INITIATOR, COMBATANT, CIVILIAN, UNKNOWN = (
    "initiator",
    *(s.value for s in (PersonStatus.COMBATANT, PersonStatus.CIVILIAN, PersonStatus.UNKNOWN)),
)


@dataclass(frozen=True, slots=True)
class Voice:
    """What one independent speaker says of the dead, by share, and the names of the claims that say so."""

    key: str
    name: str
    party: bool
    figures: Mapping[str, CountRange]
    claims: tuple[str, ...]

    def total(self, of: Callable[[CountRange], int]) -> int:
        """The sum over the shares of what `of` takes of each figure."""
        return sum(of(figure) for figure in self.figures.values())


@dataclass(frozen=True, slots=True)
class Deaths:
    """UCDP's numbers: best by share, low, high, and how they came about.

    Args:
        initiators: fighters of the side that acted.
        combatants: all other fighters.
        civilians, unknown: people who are said to be civilians; people of whom neither is said.
        low, high: over all independent speakers.
        speakers: how many independent speakers there are.
        claims: names of the claims used.
        notes: what the integers cannot say.
    """

    initiators: int
    combatants: int
    civilians: int
    unknown: int
    low: int
    high: int
    speakers: int
    claims: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def best(self) -> int:
        """The best estimate."""
        return self.initiators + self.combatants + self.civilians + self.unknown


@dataclass(frozen=True, slots=True)
class Fatalities:
    """ACLED's one number, and how it came about."""

    number: int
    speakers: int
    claims: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def counted(claims: Sequence[ExportClaim], slot: str) -> list[ExportClaim]:
    """The claims of a slot that enter a number."""
    said_by = {c.claim.id: c.claim.speaker.name.casefold() for c in claims}
    undone = {
        tie.claim
        for c in claims
        for tie in c.claim.about
        if tie.rel in _UNDONE and said_by.get(tie.claim) == c.claim.speaker.name.casefold()
    }
    return [c for c in claims if c.claim.slot == slot and c.claim.id not in undone and _counts(c.claim)]


def _counts(claim: ClaimJson) -> bool:
    value = claim.value
    if claim.stance not in _COUNTED or claim.modality is not Modality.ACTUAL or not isinstance(value, CountJson):
        return False
    return value.scope is Scope.EVENT and value.kind is not CountKind.NONE and (value.low, value.high) != (0, 0)


def voices(event: ExportEvent, slot: str = "killed") -> list[Voice]:
    """What each independent speaker says of the killed (or of another slot), in order of the reports."""
    told = counted(event.claims, slot)
    whose = {c.claim.id: _voice_key(c) for c in told}
    found: dict[str, list[ExportClaim]] = defaultdict(list)
    for stored in told:
        wholes = {whose.get(tie.claim) for tie in stored.claim.about if tie.rel is Relation.REFINES} - {None}
        if not wholes or whose[stored.claim.id] in wholes:  # else it is a part of what another speaker counts
            found[_voice_key(stored)].append(stored)
    acting = {name for p in event.summary.initiators for name in (p.id, p.name.casefold()) if name}
    made = []
    for key, own in found.items():
        figures = _figures(own, acting)
        if figures:
            speaker = own[0].claim.speaker
            made.append(Voice(key, speaker.name, speaker.party, figures, tuple(c.name for c in own)))
    return _numbered(made)


def _voice_key(stored: ExportClaim) -> str:
    """Who is behind a claim: who is spoken for, else the speaker; nameless people count once for a publisher."""
    speaker = stored.claim.speaker
    if speaker.kind in {"collective", "unnamed"} and speaker.id is None and speaker.speaks_for is None:
        return f"nameless:{(stored.document.publisher or stored.document.name).casefold()}"
    return (speaker.speaks_for or speaker.id or speaker.name).casefold()


def _numbered(made: list[Voice]) -> list[Voice]:
    """Leave out those who only have a plural without a number, where another has a number."""
    bare = [all(f.kind is CountKind.VAGUE and f.low == _BARE for f in v.figures.values()) for v in made]
    return made if all(bare) else [v for v, only in zip(made, bare, strict=True) if not only]


def _figures(own: Sequence[ExportClaim], acting: Collection[str]) -> Mapping[str, CountRange]:
    """One speaker's figure for each share; the part of a whole that has a share of its own is taken off the whole."""
    whole: dict[str, list[tuple[str | None, CountRange]]] = defaultdict(list)
    ids = {c.claim.id: c.claim for c in own}
    for stored in own:
        value = stored.claim.value
        if not isinstance(value, CountJson) or _is_part(stored.claim, ids):
            continue
        _take(whole[_share(stored.claim, value, acting)], value.group, _range(value))
    figures = {share: _sum([r for _, r in groups]) for share, groups in whole.items()}
    named = [f for share, f in figures.items() if share != UNKNOWN]
    rest = figures.get(UNKNOWN)
    if rest is not None and named:
        left = _less(rest, _sum(named))
        figures = {share: f for share, f in figures.items() if share != UNKNOWN}
        if left is not None:
            figures[UNKNOWN] = left
    return figures


def _share(claim: ClaimJson, value: CountJson, acting: Collection[str]) -> str:
    """Which number the people belong to: fighters of the acting side, other fighters, civilians or unknown."""
    ref = claim.object
    ours = ref is not None and bool({ref.id or "", ref.name.casefold()} & set(acting))
    return INITIATOR if ours and value.status is PersonStatus.COMBATANT else value.status.value


def _range(value: CountJson) -> CountRange:
    return CountRange(value.low, value.high, value.kind, value.word)


def _is_part(claim: ClaimJson, own: Mapping[str, ClaimJson]) -> bool:
    """True for "two children" of "four people": a part of the same speaker's figure, of the same status."""
    value = claim.value
    if not isinstance(value, CountJson):
        return False
    for tie in claim.about:
        whole = own.get(tie.claim)
        if tie.rel is not Relation.REFINES or whole is None or not isinstance(whole.value, CountJson):
            continue
        narrower = _range(value).meets(_range(whole.value))
        if whole.value.status is not value.status and value.status is PersonStatus.UNKNOWN:
            return True
        if whole.value.status is value.status and (narrower is None or value.sex or value.age):
            return True
    return False


def _take(groups: list[tuple[str | None, CountRange]], group: str | None, new: CountRange) -> None:
    """Add a figure: it refines what it meets, else replaces the same people's, else stands beside the others.

    A plural without a number adds nothing to a number.
    """
    for k, (name, old) in enumerate(groups):
        if _bare(new):
            return
        both = old.meets(new) if not _bare(old) else new
        if both is not None:
            groups[k] = (name or group, both)
            return
        if group is None or name is None or group == name:
            groups[k] = (name or group, new)
            return
    groups.append((group, new))


def _bare(figure: CountRange) -> bool:
    return figure.kind is CountKind.VAGUE and figure.low == _BARE


def _sum(figures: Sequence[CountRange]) -> CountRange:
    total = figures[0]
    for figure in figures[1:]:
        total = total.plus(figure)
    return total


def _less(whole: CountRange, part: CountRange) -> CountRange | None:
    """What is left of a whole when a part is taken off; None where nothing is left or the part is no part of it."""
    low = max(0, (whole.low or 0) - (part.low if part.low is not None else part.high or 0))
    high = None if whole.high is None else whole.high - (part.low or 0)
    if high is not None and high <= 0:
        return None
    return CountRange(low, high, whole.kind, whole.word) if low or high else None


def best_of(figure: CountRange) -> int:
    """The one number of a figure that UCDP's rule takes: its least, or the bound that it states."""
    stated = figure.stated
    return 0 if stated is None else stated


def ucdp_deaths(event: ExportEvent) -> Deaths:
    """UCDP's numbers: best from the speaker with the lowest figure, low and high over all independent speakers."""
    found = voices(event)
    if not found:
        return Deaths(0, 0, 0, 0, 0, 0, 0)
    lead = min(found, key=lambda v: v.total(best_of))
    figure = {share: best_of(f) for share, f in lead.figures.items()}
    best = sum(figure.values())
    low = min(min(v.total(lambda f: f.low or 0) for v in found), best)
    high = max(max(v.total(lambda f: f.high if f.high is not None else best_of(f)) for v in found), best)
    return Deaths(
        figure.get(INITIATOR, 0), figure.get(COMBATANT, 0), figure.get(CIVILIAN, 0), figure.get(UNKNOWN, 0),
        low, high, len(found),
        tuple(name for v in found for name in v.claims), tuple(dict.fromkeys(_ucdp_notes(found))),
    )  # fmt: skip


def _ucdp_notes(found: Sequence[Voice]) -> Iterator[str]:
    figures = [f for v in found for f in v.figures.values()]
    if any(f.high is None for f in figures):
        yield "open_high"
    if any(f.low is None for f in figures):
        yield "open_low"
    if any(f.kind is CountKind.VAGUE for f in figures):
        yield "vague"
    if any(f.kind is CountKind.ABOUT for f in figures):
        yield "about"
    if all(v.party for v in found):
        yield "party_only"
    if len({frozenset(v.figures) - {UNKNOWN} for v in found if set(v.figures) - {UNKNOWN}}) > 1:
        yield "status_contested"
    if len(found) > 1:
        yield "lowest"


@dataclass(frozen=True, slots=True)
class _Words:
    """ACLED's table of words, and which of them were used."""

    table: Mapping[str, int]
    used: list[str] = field(default_factory=list)

    def number(self, figure: CountRange) -> int:
        if figure.kind is not CountKind.VAGUE:
            return figure.low if figure.low is not None else best_of(figure)
        word = (figure.word or PLURAL).casefold()
        key = next((k for k in self.table if k in word.split() or k == word), PLURAL if figure.low == _BARE else None)
        if key is None:
            return figure.low or 0
        self.used.append(f"{figure.word or 'plural'} = {self.table[key]}")
        return self.table[key]


def acled_fatalities(event: ExportEvent, codes: Codes) -> Fatalities:
    """ACLED's number: the lowest total that an independent speaker gives, words by its table; 0 where nobody counts."""
    found = voices(event)
    if not found:
        return Fatalities(0, 0)
    words = _Words(codes.vague)
    totals = [v.total(words.number) for v in found]
    notes = tuple(dict.fromkeys(words.used))
    return Fatalities(min(totals), len(found), tuple(name for v in found for name in v.claims), notes)
