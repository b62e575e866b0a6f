"""Finding and resolving places: recognition, stated areas, offsets, issues, look-up."""

from __future__ import annotations

import pickle
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places_kit import annotate, find, gazetteer, one

from according.components import PlaceFinder
from according.model import MentionKind
from according.resolve.gazetteer import distance_km
from according.resolve.places_offset import shifted
from according.resolve.places_precision import airwars_accuracy, geo_precision, where_prec
from according.values import PlacePrecision, PlaceRef


def ref(text: str, quote: str) -> PlaceRef:
    value = one(text, quote).value
    assert isinstance(value, PlaceRef)
    return value


def test_the_gazetteer_is_a_place_finder() -> None:
    finder: PlaceFinder = gazetteer()
    mentions = finder.find(annotate("Two bombs fell on Aleppo and one on Idlib."))
    assert [m.kind for m in mentions] == [MentionKind.PLACE, MentionKind.PLACE]
    assert [m.span.quote for m in mentions] == ["Aleppo", "Idlib"]


def test_mentions_stand_in_order_and_quote_the_text() -> None:
    text = "MOGADISHU, Sept 3 (Veld News) - Gunmen from Afgoye raided a farm in Lower Shabelle, Somalia."
    mentions, _ = find(text)
    assert [m.span.start for m in mentions] == sorted(m.span.start for m in mentions)
    assert all(text[m.span.start : m.span.end] == m.span.quote for m in mentions)


def test_an_empty_text_has_no_places() -> None:
    assert find("") == ([], [])
    assert find("   \n ") == ([], [])


# --- no names but exact ones, unless the stated area agrees ---


def test_an_unknown_name_never_lands_in_another_province() -> None:
    text = "Shells hit al-Shafiyah, in the Syrian province of Hasakah."
    found = ref(text, "al-Shafiyah")
    assert found.country == "SYR"
    assert found.admin1 is not None
    assert "Hasa" in found.admin1


def test_an_unknown_name_falls_back_to_the_smallest_stated_area_and_says_so() -> None:
    text = "Raiders burned Kurumbele, in the valley of Swat, in the Pakistani province of Khyber Pakhtunkhwa."
    mention = one(text, "Kurumbele")
    found = ref(text, "Kurumbele")
    assert found.id is None
    assert found.name == "Kurumbele"
    assert found.precision is not None
    assert found.radius_km is not None
    assert found.radius_km < 100
    assert "not-in-gazetteer" in mention.origin
    issues = [i for i in find(text)[1] if i.span is not None and i.span.quote == "Kurumbele"]
    assert len(issues) == 1
    assert issues[0].kind == "unresolved_place"
    assert "stands for it" in issues[0].message


def test_an_invented_town_is_a_mention_without_a_point() -> None:
    found = ref("Twelve people were killed in the town of Korvalunde on Monday.", "Korvalunde")
    assert found == PlaceRef(None, "Korvalunde")


def test_a_spelling_variant_needs_the_state() -> None:
    within = ref("Rebels shelled the town of Tall Rifaat in Aleppo province, Syria.", "Tall Rifaat")
    assert within.country == "SYR"
    alone = one("Someone lives in the village of Trifyata.", "Trifyata").value
    assert isinstance(alone, PlaceRef)
    assert alone.id is None


def test_a_variant_in_the_stated_province_is_found() -> None:
    mention = one("Clashes went on in the town of Haajeen in Deir ez-Zor province, Syria.", "Haajeen")
    assert isinstance(mention.value, PlaceRef)
    assert mention.value.id == "gn:174506"
    assert "variant" in mention.origin


def test_a_name_means_the_same_place_throughout_a_text() -> None:
    text = "A bomb hit Tripoli, Lebanon, on Friday. Police in Tripoli closed the port."
    values = [m.value for m in find(text)[0] if m.span.quote == "Tripoli"]
    assert len(values) == 2
    assert values[0].id == values[1].id  # type: ignore[union-attr]
    assert ref(text, "Tripoli").country == "LBN"


def test_the_nationality_before_a_town_decides() -> None:
    assert ref("The Lebanese city of Tripoli was quiet.", "Tripoli").country == "LBN"
    assert ref("The Libyan city of Tripoli was quiet.", "Tripoli").country == "LBY"


def test_a_class_word_tells_province_from_city() -> None:
    assert ref("Fighting spread through Aleppo province.", "Aleppo").precision is PlacePrecision.ADMIN1
    assert ref("Fighting spread through the city of Aleppo.", "Aleppo").precision is PlacePrecision.SETTLEMENT


# --- use ---


@pytest.mark.parametrize(
    ("text", "quote", "use"),
    [
        ("KABUL (Veld News) - A bomb went off at a gate.", "KABUL", "dateline"),
        ("Tehran said it would not talk.", "Tehran", "speaker"),
        ("US Army engineers cleared the road.", "US", "modifier"),
    ],
)
def test_the_origin_tells_the_use_of_a_name(text: str, quote: str, use: str) -> None:
    assert use in one(text, quote).origin.split("#")[1].split("+")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Homs Medical Center counted two dead.", "Homs"),
        ("General Amara Lagos spoke to reporters.", "Lagos"),
        ("A lecturer at the University of Leeds wrote it.", "Leeds"),
        ("The Kenyan delegation left early.", "Kenyan"),
        ("Mobile phones were taken away.", "Mobile"),
        ("Reading the letter took an hour.", "Reading"),
        ("In May the group split.", "May"),
        ("They are treated for Marburg virus.", "Marburg"),
    ],
)
def test_names_of_people_bodies_and_things_are_no_places(text: str, name: str) -> None:
    assert name not in [m.span.quote for m in find(text)[0]]


# --- offsets ---


def test_a_distance_and_a_direction_shift_the_point() -> None:
    town = ref("Shells fell in Raqqa, Syria.", "Raqqa")
    off = ref("Shells fell 30 kilometres south of Raqqa, Syria.", "Raqqa")
    assert off.precision is PlacePrecision.NEAR
    assert town.latitude is not None
    assert off.latitude is not None
    assert town.latitude - off.latitude == pytest.approx(30 / 111.2, abs=0.02)
    assert off.radius_km is not None
    assert off.radius_km < 30


def test_a_distance_without_direction_widens_the_radius() -> None:
    off = ref("The bus was stopped 40 km from Gao in Mali.", "Gao")
    assert off.precision is PlacePrecision.NEAR
    assert off.radius_km is not None
    assert off.radius_km >= 40


def test_between_two_towns_lies_the_middle() -> None:
    text = "Gunmen stopped cars between Hama and Homs in Syria."
    hama, homs = ref(text, "Hama"), ref(text, "Homs")
    assert hama.precision is PlacePrecision.NEAR
    assert (hama.latitude, hama.longitude) == (homs.latitude, homs.longitude)
    assert hama.id != homs.id


@given(
    st.floats(-80, 80),
    st.floats(-179, 179),
    st.sampled_from([0.0, 45.0, 90.0, 180.0, 270.0, 315.0]),
    st.floats(0.5, 400),
)
def test_shifting_moves_by_the_distance_asked(latitude: float, longitude: float, bearing: float, km: float) -> None:
    there = shifted(latitude, longitude, bearing, km)
    assert distance_km((latitude, longitude), there) == pytest.approx(km, rel=0.01, abs=0.01)
    assert -90 <= there[0] <= 90
    assert -180 <= there[1] <= 180


# --- crosswalk ---


@pytest.mark.parametrize(
    ("precision", "country", "ucdp", "acled", "airwars"),
    [
        ("exact", "SYR", 1, 1, "nearby_landmark"),
        ("settlement", "SYR", 1, 1, "town"),
        ("near", "SYR", 2, 2, "town"),
        ("admin2", "SYR", 3, 2, "district"),
        ("admin1", "SYR", 4, 3, "province_governorate"),
        ("region", "SYR", 5, 3, "province_governorate"),
        ("country", "SYR", 6, None, None),
        ("larger", None, 7, None, None),
        (None, "SYR", None, None, None),
    ],
)
def test_precision_crosswalk(
    precision: str | None, country: str | None, ucdp: int | None, acled: int | None, airwars: str | None
) -> None:
    place = PlaceRef(None, "Korva", precision=PlacePrecision(precision) if precision else None, country=country)
    assert (where_prec(place), geo_precision(place), airwars_accuracy(place)) == (ucdp, acled, airwars)


def test_a_large_settlement_is_a_city_for_airwars() -> None:
    assert airwars_accuracy(PlaceRef(None, "K", precision=PlacePrecision.SETTLEMENT, radius_km=12.0)) == "city"
    assert (
        airwars_accuracy(PlaceRef(None, "K", precision=PlacePrecision.SETTLEMENT, radius_km=1.0))
        == "neighbourhood_area"
    )


# --- look-up ---


def test_lookup_ranks_the_great_city_first_and_obeys_the_state() -> None:
    assert gazetteer().lookup("Paris")[0].place.country == "FRA"
    texan = gazetteer().lookup("Paris", country="USA")
    assert {c.place.country for c in texan} == {"USA"}
    assert gazetteer().lookup("Tripoli", near=(34.0, 36.0))[0].place.country == "LBN"
    assert all(0 <= c.score <= 1 and c.reasons for c in texan)


@pytest.mark.parametrize("name", ["al-Shafah", "Al-Sha'fa", "Ash Shafah", "الشعفة"])
def test_lookup_reads_transliterations_and_arabic(name: str) -> None:
    assert "x:al-shafah" in [c.place.id for c in gazetteer().lookup(name, country="SYR")]


def test_lookup_of_an_unknown_name_is_empty() -> None:
    assert gazetteer().lookup("Xqwzkorva") == []


def test_lookup_is_quick() -> None:
    def times(names: list[str]) -> float:
        spent = []
        for name in names:
            start = time.perf_counter()
            gazetteer().lookup(name, country="SYR")
            spent.append(time.perf_counter() - start)
        return statistics.median(spent)

    assert times(["Aleppo", "Manbij", "Hajin", "Palmyra", "Daraa", "Jisr al-Shughur", "Salamiyah"]) < 0.02
    assert times(["Xarqaba", "Zumbulor", "Kalafonda", "Trifyat", "Borgonov", "Nyakarund", "Peshtogar"]) < 0.1


# --- reach ---


def test_threads_and_copies_find_the_same() -> None:
    text = annotate("Two bombs fell on Aleppo, Syria.")
    expected = gazetteer().find(text)
    with ThreadPoolExecutor(4) as pool:
        assert all(found == expected for found in pool.map(lambda _: gazetteer().find(text), range(8)))
    store = pickle.loads(pickle.dumps(gazetteer().store))
    assert store.by_id("iso:SYR") == gazetteer().store.by_id("iso:SYR")


WORDS = [
    "In",
    "near",
    "Aleppo",
    "Syria",
    ",",
    "the",
    "town",
    "of",
    "Korva",
    "and",
    "said",
    "-",
    "'s",
    "North",
    "River",
    ".",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_no_words_break_the_finder(words: list[str]) -> None:
    text = " ".join(words)
    mentions, issues = find(text)
    spans = [(m.span.start, m.span.end) for m in mentions]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert len(issues) == sum(m.value is not None and m.value.id is None for m in mentions)  # type: ignore[union-attr]
