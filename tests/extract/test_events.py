"""Claims that something happened: their words, parties and further parties."""

from __future__ import annotations

from tests.extract.event_reading import triggers_of

from according.annotate import Text
from according.extract.draft import Draft
from according.extract.events import occurred
from according.model import Confidence


def drafts_of(words: str) -> tuple[Text, list[Draft]]:
    """The drafts of events of a text."""
    text, found = triggers_of(words)
    return text, occurred(text, found)


def test_who_did_what_to_whom() -> None:
    _, found = drafts_of("The army shelled the mill.")
    (one,) = found
    assert one.slot == "occurred"
    assert one.subject is not None
    assert one.object is not None
    assert (one.subject.name, one.object.name) == ("The army", "the mill")
    assert one.evidence[0].quote == "The army shelled the mill"


def test_words_stand_in_the_text() -> None:
    text, found = drafts_of("Nine died when, on Friday, jets bombed a mill. An air raid by the army followed.")
    assert found
    for draft in found:
        for span in draft.evidence:
            assert text.document.text[span.start : span.end] == span.quote


def test_a_second_initiator_is_a_claim_of_its_own() -> None:
    _, found = drafts_of("The army and rebels shelled the mill.")
    further = [d.object.name for d in found if d.slot == "initiator" and d.object is not None]
    assert further == ["rebels"]


def test_claimed_by() -> None:
    _, found = drafts_of("A bomb attack claimed by the Front killed three.")
    (one,) = [d for d in found if d.slot == "responsibility"]
    assert one.confidence is Confidence.CLAIMED
    assert one.speaker is not None
    assert one.speaker.quote == "the Front"


def test_the_harm_beside_an_event_says_nothing_new() -> None:
    _, found = drafts_of("Nine people were killed in an air strike on a mill.")
    assert [d.origin for d in found if d.slot == "occurred"] == ["triggers#air-strike"]


def test_the_attack_that_only_takes_up_is_no_claim() -> None:
    _, found = drafts_of("Rebels shelled the mill. The attack lasted an hour.")
    assert len(found) == 1


def test_the_weapon_of_a_verb_is_no_event_beside_it() -> None:
    _, found = drafts_of("The army targeted a funeral with mortars.")
    assert [d.evidence[0].quote.split()[2] for d in found if d.slot == "occurred"] == ["targeted"]
