"""`Gazetteer`: finds the places that a text names and resolves them, says where it could not, and looks names up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from according.annotate import Text
from according.model import Issue, Mention, MentionKind
from according.resolve.gazetteer import SETTLED, Place, PlaceStore, distance_km, keys_of
from according.resolve.gazetteer_build import ensure_base
from according.resolve.places_context import read_context
from according.resolve.places_key import likeness
from according.resolve.places_offset import midpoint, says_between, with_offset
from according.resolve.places_resolve import Choice, Resolver
from according.resolve.places_spot import Spotter
from according.resolve.places_windows import Spot
from according.resolve.places_words import PlaceWords, load_place_words
from according.values import PlacePrecision, PlaceRef

ORIGIN = "places"
_ALIKE = 72


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, with what speaks for it.

    Args:
        place: the place.
        score: 0 to 1, higher is better; comparable within one look-up only.
        reasons: short sentences for a person.
    """

    place: Place
    score: float
    reasons: tuple[str, ...]


class Gazetteer:
    """The places of the world as far as they are known here; implements `components.PlaceFinder`.

    It may be used from several threads and survives a fork; nothing of a text is kept between calls.
    """

    def __init__(self, store: PlaceStore, words: PlaceWords) -> None:
        self.store = store
        self.words = words
        self._spotter = Spotter(store, words)
        self._resolver = Resolver(store)

    def find(self, text: Text) -> Sequence[Mention]:
        """Mentions of kind place in order, with a `PlaceRef` each; `origin` names the rules that made it."""
        return self.find_with_issues(text)[0]

    def find_with_issues(self, text: Text) -> tuple[list[Mention], list[Issue]]:
        """The mentions, and an issue for every name that could not be found in the gazetteer."""
        spots, rest = self._spotter.spots(text)
        context = read_context(text, spots, rest, self.store, self.words)
        choices = self._resolver.resolve(spots, context)
        refs = [self._reference(text, choice) for choice in choices]
        mentions = [
            _mention(text, c, ref, rule) for c, (ref, rule) in zip(choices, _joined(text, choices, refs), strict=True)
        ]
        issues = [_issue(text, c, ref) for c, (ref, _) in zip(choices, refs, strict=True) if c.place is None]
        return mentions, issues

    def lookup(self, name: str, country: str | None = None, near: tuple[float, float] | None = None) -> list[Candidate]:
        """What a name may mean, best first: exact names, then other spellings where a country or point is given.

        Args:
            name: the name in Latin or Arabic letters.
            country: ISO 3166-1 alpha-3 of the state to look in.
            near: latitude and longitude; nearer places come first.
        """
        found = [(place, "has this name") for place in self.store.named(keys_of(name))]
        missing = not any(country in {None, p.country} for p, _ in found)
        if missing and (country or near):
            spelt = [(p, s) for p, s in self.store.sounding_like(name) if near or p.country == country]
            found += [(p, f"is also spelt {p.name}") for p, s in spelt if likeness(name, s) >= _ALIKE]
        ranked = {p.id: _candidate(p, why, country, near) for p, why in found if country in {None, p.country}}
        return sorted(ranked.values(), key=lambda c: (-c.score, c.place.id))[:20]

    def _reference(self, text: Text, choice: Choice) -> tuple[PlaceRef, str | None]:
        if choice.place is None:
            return _unplaced(choice), None
        return with_offset(text, choice.spot, reference(choice.place), self.words)


def open_gazetteer(cache: Path, tables: Path, added: Sequence[Path] = ()) -> Gazetteer:
    """The gazetteer with its base file (built on first use) and the files of places that the user has added.

    Args:
        cache: folder for the base file.
        tables: the package's data/places folder.
        added: files made by `gazetteer_add.add_file`.

    Raises:
        MissingPart: the package with the towns is not installed, or an added file is gone.
    """
    base = ensure_base(cache, tables)
    return Gazetteer(PlaceStore([base, *added]), load_place_words(tables))


def reference(place: Place) -> PlaceRef:
    """The place as a value."""
    own_area = place.feature in {"country", "admin1"}
    return PlaceRef(
        place.id,
        place.name,
        round(place.latitude, 5),
        round(place.longitude, 5),
        place.precision,
        place.radius_km,
        place.country,
        place.name if place.feature == "admin1" else None if own_area else place.admin1,
        place.name if place.feature == "admin2" else place.admin2,
    )


def _unplaced(choice: Choice) -> PlaceRef:
    """A name without an entry: the smallest stated area stands for it, a state only supposed does not."""
    area = choice.area
    if area is None:
        return PlaceRef(None, choice.spot.name)
    known = reference(area)
    return replace(known, id=None, name=choice.spot.name)


def _joined(
    text: Text, choices: Sequence[Choice], refs: Sequence[tuple[PlaceRef, str | None]]
) -> list[tuple[PlaceRef, str | None]]:
    """The references with "between A and B" put on the midpoint where both are towns of one region."""
    out = list(refs)
    for n in range(len(choices) - 1):
        one, other = choices[n].place, choices[n + 1].place
        if one is None or other is None or not {one.feature, other.feature} <= SETTLED:
            continue
        km = one.km_to(other)
        if km <= 150 and says_between(text, choices[n].spot, choices[n + 1].spot):
            first, second = reference(one), reference(other)
            out[n], out[n + 1] = (midpoint(first, second, km), "between"), (midpoint(second, first, km), "between")
    return out


def _mention(text: Text, choice: Choice, ref: PlaceRef, rule: str | None) -> Mention:
    spot = choice.spot
    parts = [spot.origin, choice.how, *([rule] if rule else []), *([spot.use] if spot.use != "place" else [])]
    return Mention(
        MentionKind.PLACE, text.span(spot.start, spot.end), ref, f"{ORIGIN}#{'+'.join(dict.fromkeys(parts))}"
    )


def _issue(text: Text, choice: Choice, ref: PlaceRef) -> Issue:
    spot: Spot = choice.spot
    if ref.latitude is not None and choice.area is not None:
        message = f"{spot.name} is not in the gazetteer; {choice.area.name}, where the text puts it, stands for it"
    else:
        message = f"{spot.name} is not in the gazetteer, and the text does not say in which known area it lies"
    return Issue("unresolved_place", message, text.span(spot.start, spot.end))


def _candidate(place: Place, why: str, country: str | None, near: tuple[float, float] | None) -> Candidate:
    reasons = [why]
    score = 0.3 if why.startswith("has") else 0.1
    score += 0.05 if place.preferred else 0.0
    if place.precision in {PlacePrecision.COUNTRY, PlacePrecision.LARGER}:
        score += 0.5
        reasons.append("is a state or more")
    elif place.population:
        score += min(math.log10(place.population + 1) * 0.06, 0.42)
        reasons.append(f"has {place.population:,} inhabitants")
    elif place.feature == "admin1":
        score += 0.2
        reasons.append("is a first-level area")
    if country is not None:
        score += 0.15
        reasons.append(f"lies in {country}")
    if near is not None:
        km = distance_km(near, (place.latitude, place.longitude))
        score += 0.25 * max(0.0, 1 - km / 500) - (0.2 if km > 1500 else 0.0)
        reasons.append(f"lies {km:.0f} km from the point given")
    return Candidate(place, round(max(0.0, min(1.0, score)), 3), tuple(reasons))
