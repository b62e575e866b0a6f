"""Weapons: what is one, what class it has, and what only sounds like one."""

from __future__ import annotations

import pytest

from according.annotate.pipeline import Annotator, load_language
from according.errors import InvalidRule
from according.extract.weapons import check_classes, find_weapons, is_platform
from according.model import Document, MentionKind
from according.rules import DATA, Lexicon, load_lexicon, load_vocabulary
from according.values import Code


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(load_language())


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(DATA / "lexicon" / "weapons.csv", ("class",))


CLASSES = load_vocabulary(DATA / "vocabulary" / "weapon_classes.yaml")


@pytest.mark.parametrize(
    ("text", "quote", "code"),
    [
        ("A car bomb went off near the gate.", "car bomb", "vehicle_bomb"),
        ("A roadside bomb killed two guards.", "roadside bomb", "ied"),
        ("Helicopters dropped barrel bombs on Vesk.", "barrel bombs", "barrel_bomb"),
        ("Two rocket-propelled grenades hit the post.", "rocket-propelled grenades", "rpg"),
        ("The army used sarin, the doctor said.", "sarin", "sarin"),
        ("Chlorine was dropped on the quarter.", "Chlorine", "chlorine"),
        ("A drone dropped a grenade.", "drone", "drone"),
        ("A drone dropped a grenade.", "grenade", "grenade"),
        ("Youths threw Molotov cocktails.", "Molotov cocktails", "firebomb"),
        ("Cluster munitions lay in the field.", "Cluster munitions", "cluster_munition"),
        ("He wore an explosive belt.", "explosive belt", "suicide_bomb"),
        ("Surface-to-air missiles were seized.", "Surface-to-air missiles", "anti_aircraft"),
        ("Gunmen with assault rifles came.", "assault rifles", "rifle"),
        ("Three armoured personnel carriers burned.", "armoured personnel carriers", "armoured_vehicle"),
        ("A frigate shelled the port.", "frigate", "warship"),
        ("Machetes were used in the raid.", "Machetes", "blade"),
    ],
)
def test_weapon(annotator: Annotator, lexicon: Lexicon, text: str, quote: str, code: str) -> None:
    found = {m.span.quote: m.value for m in find_weapons(annotator.annotate(Document(text)), lexicon)}
    assert found[quote] == Code(code)


@pytest.mark.parametrize(
    "text",
    [
        "The bomb disposal squad came.",
        "A weapons depot was seized.",
        "He mined his memory.",
        "Tank crews rested.",
        "They fought on.",
    ],
)
def test_no_weapon(annotator: Annotator, lexicon: Lexicon, text: str) -> None:
    assert not find_weapons(annotator.annotate(Document(text)), lexicon)


def test_mentions_quote_the_text(annotator: Annotator, lexicon: Lexicon) -> None:
    text = "Mortar shells and “home-made” rockets hit the bridge; a machine-gun fired."
    mentions = find_weapons(annotator.annotate(Document(text)), lexicon)
    assert len(mentions) >= 3
    for mention in mentions:
        assert mention.kind is MentionKind.WEAPON
        assert text[mention.span.start : mention.span.end] == mention.span.quote
        assert mention.origin.startswith("weapons#")


def test_the_lexicon_and_the_vocabulary_agree(lexicon: Lexicon) -> None:
    check_classes(lexicon, CLASSES)
    with pytest.raises(InvalidRule, match="no vocabulary"):
        check_classes(lexicon, {"bomb"})


def test_parents_exist_and_lead_to_the_root() -> None:
    for code in CLASSES:
        seen = []
        while code != "weapon":
            assert code not in seen
            seen.append(code)
            code = str(CLASSES[code]["parent"])


def test_platforms() -> None:
    assert is_platform(CLASSES, "warplane")
    assert not is_platform(CLASSES, "aerial_bomb")
