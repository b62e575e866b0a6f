"""The table of hard cases over all regions of the world: place_cases.csv."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from places_kit import find, one

from according.resolve.gazetteer import distance_km
from according.values import PlaceRef

CASES = list(csv.DictReader((Path(__file__).parent / "place_cases.csv").open(encoding="utf-8", newline="")))


def test_the_table_covers_the_world() -> None:
    assert len(CASES) >= 200
    assert len({case["id"] for case in CASES}) == len(CASES)
    regions = Counter(case["region"] for case in CASES)
    assert {"Middle East", "Sahel", "Central Africa", "South Asia", "Southeast Asia", "South America"} <= set(regions)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: Mapping[str, str]) -> None:
    if case["expect"] == "none":
        start = case["text"].index(case["quote"])
        end = start + len(case["quote"])
        assert not [m for m in find(case["text"])[0] if m.span.start < end and start < m.span.end]
        return
    mention = one(case["text"], case["quote"])
    ref = mention.value
    assert isinstance(ref, PlaceRef)
    assert (ref.id is None) == (case["expect"] == "unresolved"), mention.origin
    assert not case["country"] or ref.country == case["country"], (ref, mention.origin)
    assert not case["precision"] or ref.precision == case["precision"], (ref, mention.origin)
    if case["latitude"]:
        assert ref.latitude is not None
        assert ref.longitude is not None
        km = distance_km((ref.latitude, ref.longitude), (float(case["latitude"]), float(case["longitude"])))
        assert km <= float(case["km"]), (ref, mention.origin, km)
