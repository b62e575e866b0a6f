"""Keys of names: what must be the same, what must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.resolve.gazetteer import keys_of
from according.resolve.places_key import loose_key, name_key


@pytest.mark.parametrize(
    "names",
    [
        ["al-Shafah", "Al-Sha'fa", "Ash Shafah", "Ash Shaʿfah", "AL-SHAFAH"],
        ["Deir ez-Zor", "Deir al-Zor", "Deir Ezzor", "Deir ezZor"],
        ["Ar Raqqah", "Raqqa", "al-Raqqah", "Raqqah"],
        ["Saint Peter", "St. Peter", "St Peter"],
        ["Bosnia and Herzegovina", "Bosnia-Herzegovina", "Bosnia Herzegovina"],
        ["Côte d'Ivoire", "Cote d’Ivoire"],
        ["São Paulo", "Sao Paulo"],
    ],
)
def test_one_exact_key(names: list[str]) -> None:
    assert len({name_key(n) for n in names}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ["al-Shafah", "الشعفة"],
        ["Deir al-Zour", "Dayr az Zawr", "دير الزور"],
    ],
)
def test_one_loose_key(names: list[str]) -> None:
    assert len({loose_key(n) for n in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("al-Shafah", "al-Haffah"), ("Aleppo", "Alep"), ("Homs", "Hama"), ("T4", "T5")]
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_capitals_are_an_abbreviation_and_small_letters_are_not() -> None:
    assert keys_of("US") == keys_of("U.S.") == "=US"
    assert keys_of("us") == "us"
    assert name_key("al") == "al"
    assert name_key("") == name_key("- '") == ""


@given(st.text(max_size=30))
def test_a_key_is_plain_and_stable(name: str) -> None:
    key = name_key(name)
    assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())
    assert loose_key(name) == loose_key(name.upper()) or not name.isascii()
