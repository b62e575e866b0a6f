"""Who pronouns and definite phrases stand for, seen in the speakers and parties of claims."""

from __future__ import annotations

import pytest
from kit import coded

from according.model import Claim


def speakers(text: str, slot: str) -> list[str]:
    return [c.speaker.name for c in coded(text).claims if c.slot == slot]


def test_it_added_is_who_spoke_before() -> None:
    text = "The interior ministry said a bomb hit a convoy. Six guards were killed, it added."
    assert speakers(text, "killed") == ["interior ministry"]


def test_a_statement_speaks_for_the_one_who_made_it() -> None:
    text = "The Tolm Brigade attacked a post. A statement said four guards were killed."
    assert speakers(text, "killed") == ["Tolm Brigade"]


def test_he_is_the_last_person_who_spoke() -> None:
    text = "Governor Samir Orlan said the road was cut. Four guards were killed, he said."
    assert speakers(text, "killed") == ["Samir Orlan"]


def test_the_ministry_is_the_ministry_named_before() -> None:
    text = "The Zerafan interior ministry spoke of an attack. Four guards were killed, the ministry said."
    assert "interior ministry" in speakers(text, "killed")[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Troops fought the Tolm militia – the Red Valley Guard (RVG) – in Tolm. "
            "Orrin says the militia is part of the Stone League.",
            "Red Valley Guard",
        ),
    ],
)
def test_a_class_noun_that_is_named_beside_it_keeps_that_name(text: str, name: str) -> None:
    ties = [c for c in coded(text).claims if c.slot == "part_of"]
    assert [c.subject.name for c in ties if c.subject] == [name]


def test_we_in_a_quotation_is_the_speaker() -> None:
    text = '"We have retaken Tolm," said General Rufus Dane.'
    happened: list[Claim] = [c for c in coded(text).claims if c.slot == "occurred"]
    assert [c.subject.name for c in happened if c.subject] == ["Rufus Dane"]
