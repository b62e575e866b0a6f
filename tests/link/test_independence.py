"""Which speakers are one voice."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.link.independence import Voice, dependence, independent_voices

ARMY = Voice("army", "the army", "actor")
MINISTRY = Voice("ministry", "Ministry of Defence", "actor")
PARTY = Voice("party", "Velde Party", "actor")
PARTY_AGENCY = Voice(None, "Velde News", "publisher", publisher="Velde News")
DOCTOR = Voice(None, "Dr Ansa Brill", "person")
RESIDENTS = Voice(None, "residents", "collective", publisher="Tarn Post")
OFFICIALS = Voice(None, "officials", "collective", publisher="Tarn Post")
TIES = {("ministry", "army"), ("Velde News", "party")}


@pytest.mark.parametrize(
    ("a", "b", "rule"),
    [
        (ARMY, Voice("army", "armed forces", "actor"), "same_speaker"),
        (DOCTOR, Voice(None, "dr. Ansa BRILL", "person"), "same_speaker"),
        (ARMY, MINISTRY, "one_speaks_for_the_other"),
        (PARTY, PARTY_AGENCY, "one_speaks_for_the_other"),
        (ARMY, Voice(None, "Col Reth", "person", speaks_for="army"), "one_speaks_for_the_other"),
        (DOCTOR, Voice(None, "Tarn Post", "publisher"), None),
        (
            Voice(None, "Dr Ansa Brill", "person", via=("Velde Wire",)),
            Voice(None, "Velde Wire", "publisher"),
            "one_passes_on_the_other",
        ),
        (RESIDENTS, OFFICIALS, "nameless_of_one_publisher"),
        (RESIDENTS, Voice(None, "residents", "collective", publisher="Velde Wire"), None),
        (ARMY, DOCTOR, None),
        (
            Voice(None, "Tarn Post", "publisher", copy_group="g"),
            Voice(None, "Velde Wire", "publisher", copy_group="g"),
            "copies_of_one_text",
        ),
        (
            Voice(None, "residents", "collective", publisher="Tarn Post", copy_group="g"),
            Voice(None, "residents", "collective", publisher="Velde Wire", copy_group="g"),
            "copies_of_one_text",
        ),
        (
            Voice("army", "army", "actor", copy_group="g"),
            Voice(None, "a hospital", "actor", copy_group="g"),
            None,
        ),
    ],
)  # fmt: skip
def test_each_rule(a: Voice, b: Voice, rule: str | None) -> None:
    assert dependence(a, b, TIES) == rule
    assert dependence(b, a, TIES) == rule


def test_two_who_speak_for_a_third_are_one_voice() -> None:
    first = Voice(None, "Col Reth", "person", speaks_for="army")
    second = Voice(None, "Maj Oll", "person", speaks_for="army")
    assert dependence(first, second) == "one_speaks_for_the_other"


def test_voices_are_counted_once() -> None:
    voices = [ARMY, DOCTOR, MINISTRY, RESIDENTS, OFFICIALS]
    assert independent_voices(voices, TIES) == [[0, 2], [1], [3, 4]]
    assert independent_voices([]) == []


@given(st.permutations([ARMY, DOCTOR, MINISTRY, RESIDENTS, OFFICIALS, PARTY, PARTY_AGENCY]), st.randoms())
def test_groups_do_not_depend_on_the_order(voices: list[Voice], shuffle: random.Random) -> None:
    def groups(order: list[Voice]) -> set[frozenset[str]]:
        return {frozenset(order[i].name for i in group) for group in independent_voices(order, TIES)}

    other = voices.copy()
    shuffle.shuffle(other)
    assert groups(voices) == groups(other)
