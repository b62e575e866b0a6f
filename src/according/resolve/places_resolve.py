"""Chooses, for each spot, the place of the gazetteer that the text means, or says that it cannot."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from according.resolve.gazetteer import SETTLED, WIDE, Place, PlaceStore
from according.resolve.places_context import Context, dominant
from according.resolve.places_key import likeness, name_key
from according.resolve.places_windows import Spot

_KINDS: Mapping[str, frozenset[str]] = {
    "settlement": SETTLED,
    "neighbourhood": frozenset({"neighbourhood", "settlement", "admin2", "village", "region"}),
    "admin1": frozenset({"admin1", "admin2", "region", "unrecognised", "former"}),
    "admin2": frozenset({"admin2", "admin1", "region"}),
    "region": frozenset(
        {"region", "river", "sea", "strait", "lake", "mountains", "ocean", "macro", "continent", "unrecognised"}
    ),
    "country": frozenset({"country", "former"}),
    "facility": frozenset({"camp", "base", "facility"}),
}
# "Orsk airport" and "an area of Orsk" do not say what Orsk is
_OPEN = frozenset({"facility", "neighbourhood"})
_PRIOR: Mapping[str, float] = {
    "country": 7.0, "continent": 7.2, "macro": 6.4, "ocean": 6.4, "sea": 5.8, "former": 5.6, "unrecognised": 5.0,
    "strait": 4.6, "region": 4.2, "mountains": 4.2, "lake": 4.2, "admin1": 4.0, "river": 3.6, "base": 3.4, "camp": 3.4,
    "facility": 3.4, "neighbourhood": 3.4, "village": 2.8, "admin2": 1.8,
}  # fmt: skip


# weight of each power of ten of inhabitants, against 2.5 for the state that a text is about
POPULATION = 0.75


@dataclass(frozen=True)
class Choice:
    """What a spot was resolved to.

    Args:
        spot: the spot.
        place: the place of the gazetteer, or None.
        area: where there is no place, the smallest stated area.
        stated: True where the text itself puts the spot into `area`.
        how: the rule that decided.
    """

    spot: Spot
    place: Place | None
    area: Place | None
    stated: bool
    how: str


class Resolver:
    """Resolves the spots of one text after another; holds the gazetteer and keeps nothing of a text."""

    def __init__(self, store: PlaceStore) -> None:
        self.store = store

    def resolve(self, spots: Sequence[Spot], context: Context) -> list[Choice]:
        """One choice a spot, in order: areas first, then what lies in them, then the same names again."""
        anchors = [p for s in spots if (p := _sure(s)) is not None]
        chosen: dict[int, Choice] = {}
        # from the right, so that in "X, Y, Z" the outer area is known before what lies in it
        for number in reversed(range(len(spots))):
            spot = _of_its_class(spots[number])
            areas = [a for a in self._areas(number, spots, context, chosen) if _may_hold(a, spot)]
            spot = _without_namesakes(spot, areas, context)
            inner = [spots[n] for n in context.holds.get(number, ())]
            peers = [p for n in context.peers.get(number, ()) if (p := _sure(spots[n])) is not None]
            chosen[number] = self._choose(spot, areas, Around(context, anchors, inner, peers))
        kept = _same_sense([chosen[n] for n in range(len(spots))])
        return [c for c in kept if c.place is not None or not c.spot.tentative]

    def _areas(self, number: int, spots: Sequence[Spot], context: Context, chosen: Mapping[int, Choice]) -> list[Place]:
        """The stated areas of a spot, smallest first; a listed neighbour that cannot hold it is no area."""
        found = []
        for outer in context.inside.get(number, ()):
            place = chosen[outer].place if outer in chosen else _sure(spots[outer])
            if place is None or (place.feature in SETTLED and place.population < 50_000):
                continue
            found.append(place)
        if len(nation := context.nations.get(number, frozenset())) == 1:
            state = self.store.by_id(f"iso:{next(iter(nation))}")
            found += [state] if state is not None else []
        return sorted(found, key=lambda p: p.radius_km)

    def _choose(self, spot: Spot, areas: list[Place], around: Around) -> Choice:
        context = around.context
        ranked = sorted(spot.places, key=lambda p: -_weight(p, spot, areas, around))
        holding = [a for a in areas if a.is_area or a.feature in {"river", "mountains", "lake"}]
        inside = [p for p in ranked if all(_fits(a, p) for a in holding)] if holding else []
        if inside:
            return Choice(spot, inside[0], None, True, "within-stated-area")
        partly = [p for p in ranked if any(_fits(a, p) for a in holding)]
        if partly:
            return Choice(spot, partly[0], None, True, "within-one-stated-area")
        if ranked and not holding and self._believable(ranked[0], context):
            how = "only-one" if len(ranked) == 1 else "context"
            return Choice(spot, ranked[0], None, False, how)
        if ranked and not self._must_hold(ranked[0], holding) and self._believable(ranked[0], context):
            return Choice(spot, ranked[0], None, False, "context")
        return self._unresolved(spot, holding, context)

    @staticmethod
    def _must_hold(place: Place, holding: Sequence[Place]) -> bool:
        """True where a stated area binds. A known town of the same state may stand before it in a list."""
        if not holding or place.is_area:
            return False
        return place.population < 100_000 or any(a.country not in {None, place.country} for a in holding)

    @staticmethod
    def _believable(place: Place, context: Context) -> bool:
        """A small place in a state that the text hardly speaks of is a namesake, not the place meant."""
        if place.country is None or place.population >= 100_000 or place.feature in WIDE:
            return True
        if context.firm:
            return place.is_area or (context.share(place.country) >= 0.1 and place.country in context.firm)
        # a text of unknown names and no state is about a part of the world that the gazetteer does not know
        return context.strangers < 2 and context.share(place.country) >= 0.5

    def _unresolved(self, spot: Spot, holding: Sequence[Place], context: Context) -> Choice:
        """A spelling variant inside the stated area or a state that the text is about, else that area itself."""
        if spot.feature == "region" and "class-after" in spot.reasons:
            return Choice(spot, None, holding[0] if holding else None, bool(holding), "not-in-gazetteer")
        if holding:
            variant = self._variant(spot, holding)
            return Choice(
                spot,
                variant,
                None if variant else holding[0],
                True,
                "variant-within-stated-area" if variant else "not-in-gazetteer",
            )
        for country in context.leading:
            state = self.store.by_id(f"iso:{country}")
            variant = self._variant(spot, [state]) if state is not None else None
            if variant is not None:
                return Choice(spot, variant, None, False, "variant-within-country")
        return Choice(spot, None, None, False, "not-in-gazetteer")

    def _variant(self, spot: Spot, areas: Sequence[Place]) -> Place | None:
        """The one place in all the areas whose name is another transliteration of the spot's."""
        key = name_key(spot.name)
        if len(key) < 4:
            return None
        least = 75 if any(a.feature != "country" for a in areas) else 85
        found: dict[str, tuple[float, Place]] = {}
        for place, spelling in self.store.sounding_like(spot.name):
            if place.country in self.store.fixed_spelling:
                continue
            score = likeness(spot.name, spelling)
            if score >= least and all(_fits(a, place) for a in areas) and score > found.get(place.id, (0.0, place))[0]:
                found[place.id] = (score, place)
        ranked = sorted(found.values(), key=lambda pair: (-pair[0], -pair[1].population, pair[1].id))
        if not ranked or (
            len(ranked) > 1 and ranked[0][1].km_to(ranked[1][1]) > 30 and ranked[0][0] - ranked[1][0] < 8
        ):
            return None
        return ranked[0][1]


@dataclass(frozen=True)
class Around:
    """What is around a spot: the text's context, the sure places of the text, what lies in it, its list's members."""

    context: Context
    anchors: Sequence[Place]
    inner: Sequence[Spot]
    peers: Sequence[Place]


def _without_namesakes(spot: Spot, areas: Sequence[Place], context: Context) -> Spot:
    """The names of states and oceans win over places called after them, unless the text puts the name into an area."""
    wide = [p for p in spot.places if p.feature in WIDE]
    if not wide or any(_fits(a, p) for a in areas for p in spot.places):
        return spot
    states = {w.country for w in wide}
    areas_elsewhere = (p for p in spot.places if p.feature in {"admin1", "unrecognised"} and p.country not in states)
    spoken_of = (p for p in areas_elsewhere if context.share(p.country) >= 0.2 or spot.feature == "admin1")
    return replace(spot, places=(*wide, *spoken_of))


def _of_its_class(spot: Spot) -> Spot:
    """The spot without places that its own class word rules out: "Orsk Valley" is not the town of Orsk."""
    if (
        spot.core == spot.start
        and spot.feature is not None
        and "class-after" in spot.reasons
        and spot.end - spot.core > 1
    ):
        kinds = _KINDS.get(spot.feature, frozenset())
        fitting = tuple(p for p in spot.places if p.feature in kinds)
        if fitting or spot.feature == "region":
            return replace(spot, places=fitting)
    return spot


def _may_hold(area: Place, spot: Spot) -> bool:
    """True where an area may hold a name: in a list of states or of provinces a neighbour is no container."""
    features = {p.feature for p in spot.places}
    if features & WIDE:
        return area.feature in {"admin1", "admin2"} and not any(p.feature == "admin1" for p in spot.places)
    if any(p.feature == "admin1" and p.preferred for p in spot.places):
        return (
            area.feature in WIDE
            or area.feature in {"macro", "river"}
            or any(_fits(area, p) for p in spot.places if p.feature == "admin1")
        )
    return True


def _fits(area: Place, place: Place) -> bool:
    """True where the place lies in the area, or is it (a city and the province of its name)."""
    if area.id == place.id:
        return False
    if area.feature in SETTLED:
        return area.country == place.country and area.km_to(place) <= area.radius_km + 15
    return area.holds(place)


def _sure(spot: Spot) -> Place | None:
    """The place that a name means whatever the text is about, or None."""
    wide = [p for p in spot.places if p.feature in WIDE]
    if wide and not any(p.feature == "admin1" for p in spot.places):
        return wide[0]
    if len(spot.places) == 1:
        return spot.places[0]
    return dominant(spot)


def _weight(place: Place, spot: Spot, areas: Sequence[Place], around: Around) -> float:
    """How much speaks for a place."""
    weight, context = _prior(place, spot), around.context
    if spot.feature is not None and not (place.feature in WIDE and spot.feature != "settlement"):
        fits = place.feature in _KINDS.get(spot.feature, frozenset())
        weight += 2.5 if fits else 0.0 if spot.feature in _OPEN else -1.5
    weight += 2.5 * context.share(place.country)
    weight += 0.6 if context.countries.get(place.country or "", 0) > 0 else 0.0
    own = {p.id for p in spot.places}
    others = (a for a in around.anchors if a.id not in own and a.feature not in WIDE)
    near = min((place.km_to(a) for a in others), default=9999.0)
    weight += 1.2 if near < 60 else 0.8 if near < 250 else 0.4 if near < 600 else 0.0
    # who means a small namesake of a great city says so
    famous = dominant(spot)
    weight += 2.0 if famous is not None and place.country == famous.country and place.feature != "admin2" else 0.0
    weight += 4.0 * sum(_fits(a, place) for a in areas)
    if place.is_area and around.inner:
        weight += 3.0 * sum(any(_fits(place, p) for p in s.places) for s in around.inner) / len(around.inner)
    if around.peers:
        weight += 2.0 * sum(p.feature == place.feature for p in around.peers) / len(around.peers)
    return weight


def _prior(place: Place, spot: Spot) -> float:
    """What speaks for a place before anything is known of the text: its inhabitants, or its kind."""
    if place.feature in {"settlement", "admin1"} and place.population:
        weight = math.log10(place.population + 30) * POPULATION
    else:
        weight = _PRIOR.get(place.feature, 2.0)
    if place.feature == "admin1":
        # a city of the area's own name is meant where no word says otherwise, unless it is a small part of it
        seats = (p for p in spot.places if p.feature == "settlement" and place.holds(p))
        weight += 0.4 if not any(s.population > 0.2 * place.population for s in seats) else -1.2
    return weight + (0.6 if place.preferred else 0.0)


def _same_sense(choices: list[Choice]) -> list[Choice]:
    """A name means the same place throughout a text, as decided where the text says most about it."""
    best: dict[str, Choice] = {}
    for choice in choices:
        key = name_key(choice.spot.name)
        if choice.stated and (choice.place is not None or choice.area is not None) and key not in best:
            best[key] = choice
    out = []
    for choice in choices:
        said = best.get(name_key(choice.spot.name))
        settled = choice.stated or (
            choice.spot.feature is not None and said is not None and said.spot.feature != choice.spot.feature
        )
        if said is not None and not settled and said is not choice:
            choice = replace(said, spot=choice.spot, how="as-before")
        out.append(choice)
    return out
