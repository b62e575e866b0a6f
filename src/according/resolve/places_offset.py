"""Offsets from a named place: "20 km north of X", "near X", "the outskirts of X", "between A and B", "northern X"."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from according.annotate import Text
from according.resolve.places_windows import Spot
from according.resolve.places_words import PlaceWords
from according.values import PlacePrecision, PlaceRef

_BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_MILE = 1.609
_WORDS = {
    "a few": 4, "several": 6, "some": 10, "dozens of": 40, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_NUMBER = rf"(?P<number>\d+(?:[.,]\d+)?|{'|'.join(_WORDS)})"
_DIRECTION = r"(?P<direction>(?:north|south)?-?(?:east|west)|north|south)(?:ern|wards?)?"
_DISTANCE = re.compile(
    rf"{_NUMBER}[\s-]*(?P<unit>km|kms|kilomet(?:re|er)s?|miles?|mi)\b\.?\s*(?:\([^)]{{1,24}}\)\s*)?"
    rf"(?:(?:to the )?{_DIRECTION} (?:of|from)|(?:away )?(?:from|of|outside|off|beyond|down the road from))"
    r"\s+(?P<rest>[^.;,]{0,48})$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:(?:north|south)-?(?:east|west)(?:ern)?|(?:north|south|east|west)(?:ern)?|central|upper|lower|rural)\s+$",
    re.IGNORECASE,
)
_BORDER = re.compile(r"\b(?:border|frontier|boundary|line) (?:with|between|of)\s+(?:the )?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween (?:the )?(?:\w+ ){0,3}?(?:of )?$", re.IGNORECASE)
_POINTS = frozenset({PlacePrecision.EXACT, PlacePrecision.SETTLEMENT, PlacePrecision.NEAR})
NEAR_KM = 15.0


def shifted(latitude: float, longitude: float, bearing: float, km: float) -> tuple[float, float]:
    """The point that lies `km` away at a bearing in degrees from north."""
    angle, start = km / 6371.0, math.radians(latitude)
    course = math.radians(bearing)
    lat = math.asin(math.sin(start) * math.cos(angle) + math.cos(start) * math.sin(angle) * math.cos(course))
    east = math.atan2(
        math.sin(course) * math.sin(angle) * math.cos(start), math.cos(angle) - math.sin(start) * math.sin(lat)
    )
    lon = (longitude + math.degrees(east) + 540) % 360 - 180
    return round(math.degrees(lat), 5), round(lon, 5)


def with_offset(text: Text, spot: Spot, ref: PlaceRef, words: PlaceWords) -> tuple[PlaceRef, str | None]:
    """The reference as the words around the name shift it, and the rule that did; else the same and None."""
    start, end = text.starts[spot.core], text.ends[spot.end - 1]
    sentence = text.sentences[text.sentence_index(spot.start)]
    before = " ".join(text.document.text[max(text.starts[sentence.start], start - 110) : start].split()) + " "
    after = text.document.text[end : end + 24]
    distance = _DISTANCE.search(before)
    if distance is not None and not re.search(r"[A-Z]\w+", distance["rest"]):
        return _by_distance(ref, distance), "distance"
    if ref.precision not in _POINTS:
        return _part(ref, before, after)
    word = _leading_word(text, spot, words)
    if word == "edge" or re.match(r"(?:'s)? (?:outskirts|countryside|suburbs|environs)\b", after):
        return _near(ref, max(8.0, (ref.radius_km or 3.0) + 5.0)), "edge"
    if word == "near" or re.match(r" area\b", after):
        return _near(ref, NEAR_KM), "near"
    return ref, None


def _leading_word(text: Text, spot: Spot, words: PlaceWords) -> str | None:
    """The kind of the word that leads to the name past articles and class words: "near", "edge" or None."""
    doc, i = text.doc, spot.core - 1
    while i >= 0 and (doc[i].lower_ in {"the", "a", "an", "-", "of", "to", "from"} or _is_small(doc[i].text, words)):
        if words.has("offset", doc[i].text):
            return "edge"
        if doc[i].lower_ in {"of", "from"} and i and words.has("direction", doc[i - 1].text):
            return "near"
        i -= 1
    if i < 0 or i < spot.core - 6:
        return None
    word = doc[i]
    particle = word.lower_ == "off" and (word.dep_ == "prt" or doc[i + 1].lower_ in {"in", "from", "at"})
    return "near" if words.has("near", word.text) and not particle else None


def _is_small(word: str, words: PlaceWords) -> bool:
    if not word[:1].islower() or words.has("near", word):
        return False
    return any(words.has(role, word) for role in ("direction", "describing", "class_before", "offset"))


def _near(ref: PlaceRef, radius: float) -> PlaceRef:
    return replace(ref, precision=PlacePrecision.NEAR, radius_km=max(radius, ref.radius_km or 0.0))


def _by_distance(ref: PlaceRef, match: re.Match[str]) -> PlaceRef:
    """Shift the point where a direction is given; without one the place lies on a circle around it."""
    said = match["number"].lower()
    number = float(_WORDS[said]) if said in _WORDS else float(said.replace(",", "."))
    km = number * (_MILE if match["unit"].lower().startswith("mi") else 1.0)
    name = (match["direction"] or "").lower().replace("-", "")
    own = ref.radius_km or 3.0
    if name not in _BEARINGS or ref.latitude is None or ref.longitude is None:
        return replace(ref, precision=PlacePrecision.NEAR, radius_km=round(km + own, 1))
    latitude, longitude = shifted(ref.latitude, ref.longitude, _BEARINGS[name], km)
    # a direction in words is good to some 22 degrees either way
    radius = round(min(max(0.4 * km, 2.0) + min(own, 10.0), 60.0), 1)
    return replace(ref, precision=PlacePrecision.NEAR, latitude=latitude, longitude=longitude, radius_km=radius)


def _part(ref: PlaceRef, before: str, after: str) -> tuple[PlaceRef, str | None]:
    """A part of a state or the land along its border is less than the state."""
    if ref.precision is not PlacePrecision.COUNTRY:
        return ref, None
    if _PART.search(before):
        return replace(ref, precision=PlacePrecision.REGION), "part"
    if (
        _BORDER.search(before)
        or _BETWEEN.search(before)
        or re.match(r"(?:'s)?(?:ian|n|i)? (?:border|frontier)\b", after)
    ):
        return replace(ref, precision=PlacePrecision.REGION), "border"
    return ref, None


def midpoint(one: PlaceRef, other: PlaceRef, km: float) -> PlaceRef:
    """The stretch between two towns: their midpoint, with half the distance as radius."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return one
    return replace(
        one,
        latitude=round((one.latitude + other.latitude) / 2, 5),
        longitude=round((one.longitude + other.longitude) / 2, 5),
        precision=PlacePrecision.NEAR,
        radius_km=round(km / 2 + 2, 1),
    )


def says_between(text: Text, first: Spot, second: Spot) -> bool:
    """True for "between A and B" (roads, fronts, clashes)."""
    words = [t.lower_ for t in text.doc[first.end : second.start]]
    start = text.starts[first.start]
    return (
        words in (["and"], ["and", "the"])
        and _BETWEEN.search(text.document.text[max(0, start - 40) : start]) is not None
    )
