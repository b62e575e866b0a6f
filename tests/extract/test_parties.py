"""Who did it to whom, by the parse and by the words beside the trigger."""

from __future__ import annotations

import pytest
from tests.extract.event_reading import triggers_of, words_of


def initiators(words: str) -> set[str]:
    """Head words of all initiators of a text."""
    text, found = triggers_of(words)
    return {w for t in found for w in words_of(text, t.initiators)}


def targets(words: str) -> set[str]:
    """Head words of all targets of a text."""
    text, found = triggers_of(words)
    return {w for t in found for w in words_of(text, t.targets)}


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Rebel shelling of the mill killed three.", "rebel"),
        ("Norvan air strikes killed three.", "norvan"),
        ("An air strike by the army killed three.", "army"),
        ("An air strike believed to have been carried out by the army killed three.", "army"),
        ("Three were killed in a mortar attack carried out by rebels on the mill.", "rebels"),
        ("Shells fired by rebels killed three.", "rebels"),
        ("The army, whose jets bomb the valley, is near.", "army"),
        ("The Front launched an attack on the mill.", "front"),
        ("The mill was attacked by rebels.", "rebels"),
        ("Suspected rebels killed a teacher.", "rebels"),
        ("Two men were killed in clashes with the army.", "army"),
    ],
)
def test_initiators(words: str, who: str) -> None:
    assert initiators(words) == {who}


def test_several_initiators() -> None:
    assert {"army", "rebels"} == initiators("The army and rebels shelled the mill.")


def test_both_sides_of_a_clash() -> None:
    text, found = triggers_of("Clashes between the army and rebels went on.")
    sides = found[0].initiators + found[0].targets
    assert set(words_of(text, sides)) == {"army", "rebels"}


@pytest.mark.parametrize(
    "words",
    [
        "Three villagers died in the shelling of a mill held by rebels.",
        "The monitor said an air strike killed three.",
        "An explosion killed three.",
    ],
)
def test_victims_holders_and_monitors_did_not_do_it(words: str) -> None:
    assert not initiators(words) & {"villagers", "rebels", "monitor"}


def test_warplanes_without_an_owner_stay_warplanes() -> None:
    assert initiators("Warplanes bombed the mill.") == {"warplanes"}


def test_the_outcome_takes_no_subject_of_its_own() -> None:
    text, found = triggers_of("A strike hit a mill held by rebels killing three.")
    killing = next(t for t in found if text.doc[t.token].text == "killing")
    assert killing.initiators == ()


@pytest.mark.parametrize(("words", "part"), [("claimed by", "claimed"), ("blamed on", "accused")])
def test_claimed_and_blamed(words: str, part: str) -> None:
    text, found = triggers_of(f"A bomb attack {words} the Front killed three.")
    behind = [a for t in found for a in t.behind]
    assert [(text.doc[a.token].text, a.part) for a in behind] == [("Front", part)]
    assert all("front" not in words_of(text, t.initiators) for t in found if t.frame == "noun")


def test_weapons_are_no_targets() -> None:
    assert "bombs" not in targets("Jets dropped bombs on the mill.")


def test_a_headline_without_punctuation() -> None:
    assert "army" in initiators("The army reportedly targeted a funeral with mortars killing three women.")


def test_protesters_protest() -> None:
    _, found = triggers_of("Demonstrators blocked the road.")
    assert {t.event_type for t in found} <= {"protest"}


def test_acts_of_politics_name_both_sides() -> None:
    assert initiators("Norvan accused the Front of lying.") == {"norvan"}
    assert targets("Norvan accused the Front of lying.") == {"front"}
    assert targets("Norvan rejected the plan by the Front, the monitor said.") == {"front"}
