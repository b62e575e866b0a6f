"""Which claims of one document are about the same event: triggers become accounts.

A trigger joins an account when the kinds of event may be one, their dates and places do not exclude each other and
nothing marks it as another event. Plans, threats and attempts stay apart from what happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from according.extract.draft import Draft
from according.extract.harm_totals import is_counted, is_part
from according.extract.triggers import Trigger
from according.model import Modality, Stance, digest
from according.values import Count, CountKind, DateRange, PlaceRef

_FAMILIES: Mapping[str, str] = {
    "air_strike": "air", "drone_strike": "air", "shelling_missile": "shelling", "ied_mine": "bomb",
    "suicide_attack": "bomb", "grenade": "bomb",
    "chemical": "chemical", "armed_clash": "clash", "offensive": "clash", "attack_on_civilians": "civilians",
    "execution": "execution",
    "abduction": "abduction", "release": "release", "protest": "protest", "riot": "protest", "repression": "protest",
    "arrest": "arrest",
    "agreement": "agreement", "talks": "talks", "territory_taken_by_force": "territory",
    "territory_taken_peacefully": "territory",
    "property_destruction": "destruction", "looting": "destruction", "sexual_violence": "sexual", "siege": "siege",
}  # fmt: skip
_JOINS: Mapping[str, frozenset[str]] = {
    "air": frozenset({"destruction", "chemical"}),
    "clash": frozenset({"territory"}),
    "civilians": frozenset({"execution", "sexual", "destruction"}),
    "protest": frozenset({"arrest"}),
}
_GENERIC = frozenset({"attack"})
_BROAD = frozenset({"attack", "attack_on_civilians", "offensive"})
_BESIDE = frozenset({"property_destruction", "looting"})  # what else was done in an attack does not name it
_BLASTS = frozenset({"air", "shelling", "bomb"})
_HARM = frozenset({"killed", "injured", "harmed"})
_NEAR = 3
_TELLING = 5  # a toll that two events of one report are unlikely to share
_VIOLENT_FAMILIES = frozenset(
    {"air", "shelling", "bomb", "chemical", "clash", "civilians", "execution", "destruction", "sexual"}
)
_VIOLENT = _VIOLENT_FAMILIES | {"territory"}


@dataclass
class Group:
    """Triggers that report one event, while they are being collected."""

    triggers: list[Trigger]
    drafts: list[int] = field(default_factory=list)
    dates: list[DateRange] = field(default_factory=list)
    places: list[PlaceRef] = field(default_factory=list)
    has_harm: bool = False
    has_lead: bool = False

    @property
    def modality(self) -> Modality:
        """Modality of the event: actual where any trigger is."""
        kinds = [t.reality.modality for t in self.triggers]
        return Modality.ACTUAL if Modality.ACTUAL in kinds else kinds[0]

    @property
    def is_violent(self) -> bool:
        """True where any trigger reports violence."""
        return any(_family(t) in _VIOLENT or t.event_type in _GENERIC for t in self.triggers)

    def event_type(self, ranks: Mapping[str, int]) -> str:
        """The kind of event that its triggers name most strongly, the first counting double; a broad one by default."""
        if any(t.event_type == "chemical" and t.strength >= 2 for t in self.triggers):
            return "chemical"
        weights: dict[str, tuple[int, int]] = {}
        for k, trigger in enumerate(self.triggers):
            kind = trigger.event_type
            weight, _ = weights.get(kind, (0, 0))
            told = 0 if kind in _BROAD else trigger.strength * (2 if k == 0 else 1)
            weights[kind] = (weight + told, ranks.get(kind, 0))
        first = {k: w for k, w in weights.items() if k not in _BESIDE} or weights
        return max(first, key=lambda kind: first[kind])


def group(
    triggers: Sequence[Trigger], drafts: Sequence[Draft], sentence_of: Mapping[int, int], published: str | None
) -> list[Group]:
    """Accounts of one document, most prominent first, with the indices of the drafts that belong to each.

    Args:
        triggers: in order.
        drafts: all drafts; those with `event` go to its group, the others that can belong to an event to the nearest.
        sentence_of: number of the sentence of each trigger and anchor token.
        published: ISO day, or None.
    """
    dates = _by_event(drafts, DateRange)
    places = _by_event(drafts, PlaceRef)
    groups: list[Group] = []
    for trigger in triggers:
        home = _home(trigger, groups, dates, places, sentence_of)
        if home is None and trigger.reality.stance is Stance.DENIES and not dates.get(trigger.token):
            home = next((g for g in groups if _types_fit(g, trigger, 0)), None)
        if home is None:
            home = Group([])
            groups.append(home)
        home.triggers.append(trigger)
        home.dates.extend(dates.get(trigger.token, []))  # type: ignore[arg-type]
        home.places.extend(places.get(trigger.token, []))  # type: ignore[arg-type]
    _attach(groups, drafts, sentence_of)
    groups = _merged(groups, drafts, sentence_of)
    lead = _lead(drafts)
    for candidate in groups:
        candidate.has_lead = lead in candidate.drafts
    ordered = sorted(enumerate(groups), key=lambda pair: (-_prominence(pair[1], sentence_of, published), pair[0]))
    return [g for _, g in ordered]


def _by_event(drafts: Sequence[Draft], kind: type) -> dict[int, list[object]]:
    found: dict[int, list[object]] = {}
    for draft in drafts:
        if draft.event is not None and isinstance(draft.value, kind) and draft.slot in {"date", "place"}:
            found.setdefault(draft.event, []).append(draft.value)
    return found


def _home(
    trigger: Trigger,
    groups: list[Group],
    dates: Mapping[int, list[object]],
    places: Mapping[int, list[object]],
    sentence_of: Mapping[int, int],
) -> Group | None:
    """The group that a trigger joins, the nearest first, or None."""
    if trigger.other and trigger.frame == "noun":
        return None
    own_dates = [d for d in dates.get(trigger.token, []) if isinstance(d, DateRange)]
    own_places = [p for p in places.get(trigger.token, []) if isinstance(p, PlaceRef)]
    for candidate in reversed(groups):
        last = candidate.triggers[-1]
        near = sentence_of[trigger.token] - sentence_of[last.token]
        if not _types_fit(candidate, trigger, near) or not _realities_fit(candidate, trigger, near):
            continue
        if any(not any(a.overlaps(b) for b in candidate.dates) for a in own_dates if candidate.dates and a.is_anchored):
            continue
        if (
            own_places
            and candidate.places
            and not any(_may_be_same(a, b) for a in own_places for b in candidate.places)
        ):
            continue
        return candidate
    return None


def _types_fit(candidate: Group, trigger: Trigger, near: int) -> bool:
    """True where the trigger may name the same event as the group's triggers."""
    families = {_family(t) for t in candidate.triggers}
    violent = families & _VIOLENT_FAMILIES or _GENERIC & {t.event_type for t in candidate.triggers}
    if trigger.event_type in _GENERIC:
        return bool(violent)
    family = _family(trigger)
    if family in families or any(family in _JOINS.get(f, ()) or f in _JOINS.get(family, ()) for f in families):
        return True
    if family in _VIOLENT_FAMILIES and all(
        t.event_type in _GENERIC or t.event_type == "attack_on_civilians" for t in candidate.triggers
    ):
        return True
    if trigger.event_type == "attack_on_civilians" and trigger.strength == 2:
        return bool(violent) and near <= _NEAR
    return _is_blast(trigger) and bool(families & _BLASTS) and near <= _NEAR


def _family(trigger: Trigger) -> str:
    return _FAMILIES.get(trigger.event_type, trigger.event_type)


def _is_blast(trigger: Trigger) -> bool:
    """True for "the explosion", which shells and bombs from the air make as well."""
    return trigger.event_type == "ied_mine" and trigger.strength == 2


def _realities_fit(candidate: Group, trigger: Trigger, near: int) -> bool:
    if trigger.reality.modality is candidate.modality:
        return True
    # a definite "the attack" in a conditional sentence still means the attack that happened
    return trigger.definite and trigger.frame == "noun" and near <= 3


def _may_be_same(a: PlaceRef, b: PlaceRef) -> bool:
    if a.name.lower() == b.name.lower() or (a.id is not None and a.id == b.id):
        return True
    wide = {"admin1", "admin2", "region", "country", "larger", None}
    return (
        a.precision in wide
        or b.precision in wide
        or b.name in (a.admin1, a.admin2, a.country)
        or a.name in (b.admin1, b.admin2, b.country)
    )


def _attach(groups: list[Group], drafts: Sequence[Draft], sentence_of: Mapping[int, int]) -> None:
    """Give each draft that can belong to an event its group."""
    by_token = {t.token: g for g in groups for t in g.triggers}
    for index, draft in enumerate(drafts):
        home = by_token.get(draft.event) if draft.event is not None else None
        if home is not None and draft.slot in _HARM and not (home.is_violent and home.modality is draft.modality):
            home = _nearest(groups, draft, sentence_of) or home
        if home is None and isinstance(draft.value, Count):
            home = _nearest(groups, draft, sentence_of)
        if home is None and draft.slot in {
            "occurred",
            "responsibility",
            "damaged",
            "target_object",
            "assisted_by",
            "method",
            "activity",
        }:
            home = _nearest(groups, draft, sentence_of)
        if home is not None:
            home.drafts.append(index)
            home.has_harm = home.has_harm or isinstance(draft.value, Count)


def _nearest(groups: list[Group], draft: Draft, sentence_of: Mapping[int, int]) -> Group | None:
    """The group with a trigger in the same sentence, else the last one before, else the first after.

    Harm belongs to violence where the report has any.
    """
    anchor, number = draft.anchor, sentence_of[draft.anchor]
    actual = [g for g in groups if g.modality is Modality.ACTUAL] or groups
    if isinstance(draft.value, Count) and draft.slot in _HARM:
        actual = [g for g in actual if g.is_violent] or actual
    pairs = [(abs(t.token - anchor), g) for g in actual for t in g.triggers if sentence_of[t.token] == number]
    if pairs:
        return min(pairs, key=lambda pair: pair[0])[1]
    before = [(anchor - t.token, g) for g in actual for t in g.triggers if t.token < anchor]
    if before:
        return min(before, key=lambda pair: pair[0])[1]
    return actual[0] if actual else None


def _merged(groups: list[Group], drafts: Sequence[Draft], sentence_of: Mapping[int, int]) -> list[Group]:
    """The groups, those with one toll made one: a headline and the sentence that tells it at length."""
    kept: list[Group] = []
    for candidate in groups:
        twin = next((g for g in kept if _share_a_toll(g, candidate, drafts, sentence_of)), None)
        if twin is None:
            kept.append(candidate)
        else:
            twin.triggers.extend(candidate.triggers)
            twin.drafts.extend(candidate.drafts)
            twin.dates.extend(candidate.dates)
            twin.places.extend(candidate.places)
            twin.has_harm = twin.has_harm or candidate.has_harm
    for one in kept:
        one.drafts.sort()
    return kept


def _share_a_toll(one: Group, other: Group, drafts: Sequence[Draft], sentence_of: Mapping[int, int]) -> bool:
    """True for two reports of violence with the same number killed, a small one only where they stand close."""
    if not (one.is_violent and other.is_violent) or one.modality is not other.modality:
        return False
    if any(t.other and t.frame == "noun" for t in other.triggers):
        return False
    tolls = [{t for i in g.drafts if (t := _toll(drafts[i])) is not None} for g in (one, other)]
    shared = max((low or 0 for low, _ in tolls[0] & tolls[1]), default=0)
    gap = min(sentence_of[t.token] for t in other.triggers) - max(sentence_of[t.token] for t in one.triggers)
    return shared >= _TELLING or (shared > 0 and gap <= 2)


def _toll(draft: Draft) -> tuple[int | None, int | None] | None:
    """Low and high of a figure of people killed, or None."""
    if draft.slot != "killed" or not is_counted(draft) or is_part(draft) or not isinstance(draft.value, Count):
        return None
    counted = draft.value.range
    return None if counted.kind is CountKind.VAGUE else (counted.low, counted.high)


def _lead(drafts: Sequence[Draft]) -> int | None:
    """The first figure of people killed that the report gives, else its first figure of people hurt."""
    for slots in ({"killed"}, {"killed", "injured", "harmed"}):
        told = [(d.anchor, i) for i, d in enumerate(drafts) if d.slot in slots and is_counted(d) and not is_part(d)]
        numbers = [
            (a, i) for a, i in told if isinstance(v := drafts[i].value, Count) and v.range.kind is not CountKind.VAGUE
        ]
        if numbers or told:
            return min(numbers or told)[1]
    return None


def _prominence(candidate: Group, sentence_of: Mapping[int, int], published: str | None) -> float:
    """How likely the report is about this event: it happened, stands early, did harm and is not from years before."""
    score = 0.0
    first = min(sentence_of[t.token] for t in candidate.triggers)
    score += 4.0 if candidate.modality is Modality.ACTUAL else 0.0
    score += max(0.0, 3.0 - first)
    score -= 6.0 if all(t.embedded for t in candidate.triggers) else 0.0
    if not candidate.is_violent:
        score -= 0.5 * min(t.depth for t in candidate.triggers if sentence_of[t.token] == first)
    score += 3.0 if candidate.has_harm else 0.0
    score += 3.0 if candidate.has_lead else 0.0
    score += min(2.0, 0.25 * len(candidate.drafts))
    score += 1.0 if max(t.strength for t in candidate.triggers) >= 2 else 0.0
    if (
        published is not None
        and candidate.dates
        and all((d.end or d.start or published)[:7] < _month_before(published) for d in candidate.dates)
    ):
        score -= 6.0
    return score


def _month_before(published: str) -> str:
    year, month = int(published[:4]), int(published[5:7])
    return f"{year - (month == 1):04d}-{(month - 2) % 12 + 1:02d}"


def account_id(document: str, candidate: Group) -> str:
    """Stable id of an account: its document and the place of its first trigger."""
    return "a" + digest(document, min(t.token for t in candidate.triggers))
