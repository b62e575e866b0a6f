"""Which words report an event, of what kind, and which do not."""

from __future__ import annotations

import pytest
from tests.extract.event_reading import text_of, triggers_of

from according.extract.triggers import Trigger, find_triggers


def kinds(words: str) -> list[str]:
    """The kinds of event that a text reports, in order."""
    return [t.event_type for t in triggers_of(words)[1]]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Two air strikes hit the market of Orn.", "air_strike"),
        ("The shelling of Orn went on all night.", "shelling_missile"),
        ("A suicide bomber blew himself up at the gate.", "suicide_attack"),
        ("Gunmen kidnapped a nurse in Velm.", "abduction"),
        ("Police arrested two bakers.", "arrest"),
        ("The army invaded the island.", "offensive"),
        ("Prisoners rioted in the jail.", "riot"),
    ],
)
def test_kinds(words: str, kind: str) -> None:
    assert kinds(words)[0] == kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Drones attacked the depot.", "drone_strike"),
        ("Gunmen attacked the depot with mortars.", "shelling_missile"),
        ("Norvan bombing of the village killed six.", "air_strike"),
        ("A bombing outside the court killed six.", "ied_mine"),
    ],
)
def test_weapon_and_owner_refine_the_kind(words: str, kind: str) -> None:
    assert kind in kinds(words)


def test_what_was_hit_does_not_name_the_kind() -> None:
    assert kinds("Troops carried out an attack on two missile launchers.") == ["attack"]


@pytest.mark.parametrize(
    "words",
    [
        "The committee released a report.",
        "The speech struck a chord.",
        "The committee executed the plan.",
        "An attack helicopter stood in the hangar.",
        "The bus crossing was closed; the miners went home.",
    ],
)
def test_other_senses_report_no_violence(words: str) -> None:
    violent = {"attack", "execution", "release", "shelling_missile", "air_strike"}
    assert not violent & set(kinds(words))


def test_capturing_people_takes_no_territory() -> None:
    assert "territory_taken_by_force" in kinds("Rebels captured the town.")
    assert "territory_taken_by_force" not in kinds("Rebels captured two soldiers.")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Norvan accused the Front of lying.", "accusation"),
        ("Norvan demanded that the Front leave the valley.", "demand"),
        ("Norvan refused to meet the envoy.", "rejection"),
        ("Norvan imposed an embargo on the island.", "sanction"),
        ("Norvan lifted the curfew in the capital.", "concession"),
        ("Norvan gave the island ten million dollars.", "aid"),
        ("Norvan sent troops to the border.", "mobilisation"),
        ("The minister held talks with the envoy.", "talks"),
        ("The minister praised the envoy.", "support"),
    ],
)
def test_acts_of_politics(words: str, kind: str) -> None:
    assert kinds(words)[0] == kind


def test_a_promise_of_aid_is_an_agreement_and_a_refusal_of_it_a_rejection() -> None:
    assert "agreement" in kinds("Norvan will provide food to the refugees.")
    assert "rejection" in kinds("Norvan did not accept the offer.")


def test_politics_are_left_out_beside_violence() -> None:
    assert "accusation" not in kinds("The minister criticised the mayor. Shelling killed two men in Orn.")


def test_violence_in_the_words_of_politics_is_embedded() -> None:
    found = triggers_of("Norvan condemned the massacre.")[1]
    assert [(t.event_type, t.embedded) for t in found] == [("accusation", False), ("attack_on_civilians", True)]


def test_definite_and_other() -> None:
    first, second = (triggers_of(w)[1][0] for w in ("The attack failed.", "Another attack failed."))
    assert (first.definite, first.other) == (True, False)
    assert (second.definite, second.other) == (False, True)


def test_what_is_said_has_no_depth() -> None:
    said = triggers_of("Residents said that jets bombed the mill.")[1]
    held = triggers_of("The raid began after jets bombed the mill.")[1]
    assert [t.depth for t in said if t.event_type == "air_strike"] == [0]
    assert max(t.depth for t in held) == 1


def test_triggers_lie_in_order_and_inside_the_text() -> None:
    from tests.extract.event_reading import lexicons

    text = text_of("Rebels shelled Orn, killing two. An air raid followed, and clashes broke out in Velm.")
    found = find_triggers(text, lexicons())
    assert [t.token for t in found] == sorted(t.token for t in found)
    for t in found:
        assert isinstance(t, Trigger)
        assert 0 <= t.start <= t.token < t.end <= len(text.doc)
