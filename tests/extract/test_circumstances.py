"""Weapon, method, purpose, activity, helpers and further objects: each class of phrase on invented sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from according.annotate.pipeline import Annotator, load_language
from according.extract.circumstances import find_circumstances
from according.extract.circumstances_weapons import PLATFORMS, SILENT
from according.extract.draft import Draft
from according.extract.triggers import find_triggers
from according.extract.weapons import find_weapons, is_platform
from according.model import Document, Modality, Stance
from according.rules import DATA, load_lexicon, load_vocabulary
from according.values import Code, Words

Find = Callable[[str], list[Draft]]
CLASSES = load_vocabulary(DATA / "vocabulary" / "weapon_classes.yaml")


@pytest.fixture(scope="module")
def find() -> Find:
    """Reads a text with the mentions of weapons alone; actors are known by the lexicon of people and the tagger."""
    annotator = Annotator(load_language())
    lexicons = {path.stem: load_lexicon(path) for path in (DATA / "lexicon").glob("*.csv")}

    def read(content: str) -> list[Draft]:
        text = annotator.annotate(Document(content))
        weapons = find_weapons(text, lexicons["weapons"])
        drafts = find_circumstances(text, find_triggers(text, lexicons), weapons, lexicons)
        for draft in drafts:
            assert all(content[s.start : s.end] == s.quote for s in draft.evidence)
        return drafts

    return read


def quotes(drafts: list[Draft], slot: str) -> list[str]:
    """The main words of the drafts of one slot."""
    return [d.evidence[0].quote for d in drafts if d.slot == slot]


@pytest.mark.parametrize(
    ("text", "quote", "code"),
    [
        ("Two women were killed by a mine near Velm.", "a mine", "landmine"),
        ("A jeep pulled up and its crew fired 20 rockets at the mill.", "20 rockets", "rocket"),
        ("Rebels attacked the base in Orn with mortars.", "mortars", "mortar"),
        ("A roadside bomb tore through a bus in Velm.", "A roadside bomb", "ied"),
        ("Youths hurled petrol bombs at the police in Velm.", "petrol bombs", "firebomb"),
        ("Men armed with machetes attacked the village of Orn, killing six.", "machetes", "blade"),
        ("A suicide bomber detonated an explosive belt in Orn.", "an explosive belt", "suicide_bomb"),
        ("Spotters guided the army's mortars during the battle.", "the army's mortars", "mortar"),
        ("Two policemen were killed by sniper fire in Orn.", "sniper fire", "sniper_rifle"),
        ("A barrage of rockets hit the port of Orn.", "A barrage of rockets", "rocket"),
        ("Police attacked the crowd and used batons and live rounds.", "batons", "blunt"),
        ("The hospital in Orn treated men with gunshot wounds after the attack.", "gunshot wounds", "firearm"),
        ("The rockets that hit Orn carried cluster munitions.", "cluster munitions", "cluster_munition"),
    ],
)
def test_weapon(find: Find, text: str, quote: str, code: str) -> None:
    found = {d.evidence[0].quote: d for d in find(text) if d.slot == "weapon"}
    assert quote in found
    assert found[quote].value == Code(code)
    thing = found[quote].object
    assert thing is not None
    assert thing.name in quote


def test_coordinated_weapons_have_words_of_their_own(find: Find) -> None:
    found = [d for d in find("Rebels attacked the base with mortars, two rockets and rifles.") if d.slot == "weapon"]
    assert [d.evidence[0].quote for d in found] == ["mortars", "two rockets", "rifles"]


def test_the_thing_is_the_weapon_not_its_explosion(find: Find) -> None:
    found = [d for d in find("Nine men died in a car bomb explosion in Velm.") if d.slot == "weapon"]
    assert [d.object.name for d in found if d.object is not None] == ["car bomb"]


@pytest.mark.parametrize(
    "text",
    [
        "The army said it had destroyed two tanks and seized forty rifles in Velm.",
        "A drone was shot down over Velm on Tuesday.",
        "Police defused a car bomb in Velm.",
        "The helicopter crashed near Velm, killing its crew of three.",
        "The minister said the country would buy forty tanks and new missiles.",
        "Jets bombed a market in Orn, killing twelve people.",
    ],
)
def test_a_weapon_that_is_hit_held_or_said_by_the_type_is_none(find: Find, text: str) -> None:
    assert not quotes(find(text), "weapon")


def test_a_class_is_told_once_unless_it_is_another_event(find: Find) -> None:
    first = "A roadside bomb killed two men in Velm. "
    assert len(quotes(find(first + "The bomb was buried near a bridge."), "weapon")) == 1
    assert len(quotes(find(first + "Another roadside bomb killed a guard in Orn."), "weapon")) == 2


def test_a_platform_steps_back_behind_what_it_dropped(find: Find) -> None:
    assert quotes(find("A helicopter dropped two barrel bombs on Velm."), "weapon") == ["two barrel bombs"]
    assert quotes(find("A helicopter attacked a camp in Velm."), "weapon") == ["A helicopter"]


def test_classes_named_in_the_code_are_in_the_vocabulary() -> None:
    assert set(CLASSES) >= PLATFORMS | SILENT
    assert all(is_platform(CLASSES, code) for code in PLATFORMS)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Gunmen went from house to house and shot nine men.", "went from house to house"),
        ("Gunmen attacked the village. They came on motorcycles.", "They came on motorcycles"),
        ("The attackers, dressed in army uniforms, shot two guards.", "dressed in army uniforms"),
        ("The attackers dragged the men from a bus and shot them.", "dragged the men from a bus"),
        ("Militants using ladders attacked the prison, killing two guards.", "using ladders"),
        ("The raid came after a lengthy investigation.", "came after a lengthy investigation"),
        ("Police raided the house following a tip-off.", "following a tip-off"),
        ("A judge was shot dead at close range in Velm.", "at close range"),
        ("Soldiers opened fire on the crowd. They gave no warning.", "They gave no warning"),
        ("A mix of patrols and luck ensured that the raid killed nobody.", "A mix of patrols and luck ensured"),
        ("The dead of the massacre were buried by bulldozer.", "buried by bulldozer"),
    ],
)
def test_method(find: Find, text: str, quote: str) -> None:
    found = [d for d in find(text) if d.slot == "method"]
    assert quote in [d.evidence[0].quote for d in found]
    assert all(d.stance is Stance.ASSERTS for d in found)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The raid was in retaliation for the theft of cattle.", "in retaliation for the theft of cattle"),
        ("Hundreds protested in Velm over rising bread prices.", "over rising bread prices"),
        ("Thousands marched against a water tax.", "against a water tax"),
        ("The militia burned the village after its elders refused to pay.", "after its elders refused to pay"),
        ("Rebels executed three men for spying on their camp.", "for spying on their camp"),
        ("The mayor was killed in order to silence him.", "in order to silence him"),
        ("They attacked the town to avenge a chief.", "to avenge a chief"),
        ("A clerk was killed because she was a teacher.", "because she was a teacher"),
    ],
)
def test_purpose(find: Find, text: str, quote: str) -> None:
    found = [d for d in find(text) if d.slot == "purpose"]
    assert [d.evidence[0].quote for d in found] == [quote]
    assert found[0].value == Words(quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Two women gathering firewood near Velm were killed by a mine.", "gathering firewood near Velm"),
        ("Shells hit people queuing for bread in Orn, killing seven.", "queuing for bread in Orn"),
        ("Nine men were killed while praying in a chapel.", "while praying in a chapel"),
        ("Gunmen shot the clerk as he was leaving his house.", "as he was leaving his house"),
        ("The patrol was returning to its base when a bomb exploded.", "The patrol was returning to its base"),
        ("The nurses were on their way to a clinic when gunmen shot them.", "The nurses were on their way to a clinic"),
        ("Four children were killed on their way to school by a mine.", "on their way to school"),
        ("Three cooks who were handing out soup are among the dead.", "handing out soup"),
    ],
)
def test_activity(find: Find, text: str, quote: str) -> None:
    assert quotes(find(text), "activity") == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "Residents fleeing the town said that soldiers had killed eleven people.",
        "Two gunmen riding a motorcycle opened fire on a police post.",
        "The minister was attending a funeral in the capital.",
    ],
)
def test_no_activity_of_those_who_speak_act_or_were_not_hit(find: Find, text: str) -> None:
    assert not quotes(find(text), "activity")


@pytest.mark.parametrize(
    ("text", "helper"),
    [
        ("Troops, guided by villagers from the hills, attacked the camp.", "villagers"),
        ("Mercenaries took part in the attack on Velm.", "Mercenaries"),
        ("Clan fighters helped the gunmen reach the town before the attack.", "Clan fighters"),
        ("Rebels attacked Velm with the help of soldiers.", "soldiers"),
        ("Militants fought alongside soldiers in the battle for Orn.", "soldiers"),
        ("The raid involved villagers assisting in the search.", "villagers"),
    ],
)
def test_helpers(find: Find, text: str, helper: str) -> None:
    found = [d.object.name for d in find(text) if d.slot == "assisted_by" and d.object is not None]
    assert len(found) == 1
    assert found[0].startswith(helper)


def test_help_that_is_none(find: Find) -> None:
    assert not quotes(find("Nurses helped the wounded after the attack."), "assisted_by")
    assert not quotes(find("Students took part in the protest."), "assisted_by")


def test_further_objects(find: Find) -> None:
    assert quotes(find("Jets bombed a bakery and a mill in Orn."), "target_object") == ["a mill"]


def test_what_stands_in_the_next_sentence_belongs_to_the_event_before(find: Find) -> None:
    text = "Gunmen attacked the village of Orn. They came on motorcycles."
    events = {d.event for d in find(text) if d.slot == "method"}
    assert events == {1}


def test_what_did_not_happen_is_told_so(find: Find) -> None:
    planned = [d for d in find("The rebels plan to attack the base with mortars.") if d.slot == "weapon"]
    assert planned
    assert planned[0].modality is not Modality.ACTUAL
