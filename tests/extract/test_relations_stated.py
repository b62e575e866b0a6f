"""Silence, what is not known, demands, opinions and what speakers know it from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from according.annotate.pipeline import Annotator, load_language
from according.extract.draft import Draft
from according.extract.relations import find_relations
from according.model import Document, Modality, Stance
from according.rules import DATA, load_lexicon

Find = Callable[[str], list[Draft]]


@pytest.fixture(scope="module")
def find() -> Find:
    """Reads a text without mentions."""
    annotator = Annotator(load_language())
    lexicons = {path.stem: load_lexicon(path) for path in (DATA / "lexicon").glob("*.csv")}
    return lambda text: find_relations(annotator.annotate(Document(text)), (), lexicons)


@pytest.mark.parametrize(
    ("text", "speaker", "slot"),
    [
        ("Sarn has not commented on the raid.", "Sarn", "occurred"),
        ("Orvane Oil declined to comment.", "Orvane Oil", "occurred"),
        ("A spokesman for the army could not be reached.", "A spokesman for the army", "occurred"),
        ("The ministry has yet to comment on the claims.", "The ministry", "occurred"),
        ("The rebels did not immediately respond to questions.", "The rebels", "occurred"),
        ("There was no confirmation of the attack from the Front.", "the Front", "occurred"),
        ("Calls to the mayor went unanswered.", "the mayor", "occurred"),
        ("The army has neither confirmed nor denied the raid.", "The army", "occurred"),
        ("The army stayed silent.", "The army", "occurred"),
        ("The Front offered no evidence.", "The Front", "basis"),
        ("No group has claimed responsibility.", "No group", "responsibility"),
    ],
)
def test_silence_is_of_the_one_who_has_not_spoken(find: Find, text: str, speaker: str, slot: str) -> None:
    found = [d for d in find(text) if d.stance is Stance.SILENT]
    assert [(d.slot, d.speaker.quote if d.speaker else None) for d in found] == [(slot, speaker)]


@pytest.mark.parametrize(
    ("text", "slot", "speaker"),
    [
        ("The toll could not be independently verified.", "occurred", None),
        ("Neither side's figures could be confirmed.", "occurred", None),
        ("It was not immediately clear who fired.", "responsibility", None),
        ("It remains unclear how the fire began.", "occurred", None),
        ("The monitors could not establish who carried out the strike.", "responsibility", "The monitors"),
        ("We could not verify reports of a mass grave.", "occurred", None),
        ("There was no word on casualties.", "killed", None),
        ("The authenticity of the video could not be established.", "basis", None),
    ],
)
def test_what_is_said_to_be_unknown(find: Find, text: str, slot: str, speaker: str | None) -> None:
    found = [d for d in find(text) if d.stance is Stance.UNCLEAR]
    assert [(d.slot, d.speaker.quote if d.speaker else None) for d in found] == [(slot, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry commented on the raid.",
        "The army responded with mortars.",
        "He is known for his temper.",
        "The clear sky turned grey.",
        "The Front claimed responsibility.",
        "Monitors verified the toll.",
    ],
)
def test_speech_is_not_silence(find: Find, text: str) -> None:
    assert not [d for d in find(text) if d.stance in {Stance.SILENT, Stance.UNCLEAR}]


@pytest.mark.parametrize(
    ("text", "speaker", "value"),
    [
        ("The League called on the army to leave.", "The League", "the army to leave"),
        ("The League demanded that the camp be closed.", "The League", "that the camp be closed"),
        ("The League has asked for access to the site.", "The League", "access to the site"),
        ("The army must leave the town at once.", None, "The army must leave the town at once"),
    ],
)
def test_demands(find: Find, text: str, speaker: str | None, value: str) -> None:
    found = [d for d in find(text) if d.slot == "demand"]
    assert [(d.speaker.quote if d.speaker else None, str(d.value)) for d in found] == [(speaker, value)]


def test_the_condition_of_a_threat_is_a_demand(find: Find) -> None:
    (draft,) = (d for d in find("The Front will shell the port unless the raids stop.") if d.slot == "demand")
    assert draft.modality is Modality.CONDITIONAL
    assert draft.evidence[0].quote == "unless the raids stop"


def test_a_guess_is_no_demand(find: Find) -> None:
    assert not [d for d in find("He must be the killer.") if d.slot == "demand"]


def test_praise_and_blame_are_opinions(find: Find) -> None:
    (draft,) = (d for d in find("President Rolan Tarsk condemned the raid.") if d.slot == "opinion")
    assert draft.speaker is not None
    assert draft.speaker.quote == "President Rolan Tarsk"


def test_judgements_in_direct_speech_are_opinions_and_reports_are_not(find: Find) -> None:
    judged = find('"This is a crime against us all," the mayor said.')
    reported = find('"I heard a whistle and then a bang," the baker said.')
    assert [d.evidence[0].quote for d in judged if d.slot == "opinion"] == ["This is a crime against us all"]
    assert not [d for d in reported if d.slot == "opinion"]


def test_loaded_words_keep_their_quotation_marks(find: Find) -> None:
    drafts = find("The ministry spoke of a “surgical operation” near the dam.")
    assert [d.evidence[0].quote for d in drafts if d.slot == "described_as"] == ["“surgical operation”"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The monitors verified videos of the crater.", "videos of the crater"),
        ("The figures come from hospital registers.", "hospital registers"),
        ("The report is based on interviews with 12 herders.", "interviews with 12 herders"),
        ("Each name was confirmed by two witnesses.", "two witnesses"),
    ],
)
def test_what_they_know_it_from(find: Find, text: str, value: str) -> None:
    assert [str(d.value) for d in find(text) if d.slot == "basis"] == [value]
