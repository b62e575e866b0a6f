"""Source, cue and content on invented sentences, one class of sentence a row."""

from __future__ import annotations

import pytest
from kit import kit, read

from according.extract.attribution import find_voices
from according.extract.voices import Voices
from according.model import Certainty, Stance


def voices(text: str) -> tuple[Voices, list[tuple[str | None, str | None, list[str]]]]:
    """The voices of a text, and each as the words of source, cue and content."""
    x = read(text)
    found = find_voices(x, kit().lexicons["cues"], kit().lexicons["cue_nouns"])
    spans = found.attributions(x)
    return found, [(a.source and a.source.quote, a.cue and a.cue.quote, [s.quote for s in a.content]) for a in spans]


CASES = [
    # indirect speech, the clause after the cue, with and without "that"
    ("The ministry said two guards had died.", ("The ministry", "said", ["two guards had died"])),
    ("The ministry said on Sunday that two guards had died.", ("The ministry", "said", ["two guards had died"])),
    (
        "The Orrin League said in a message that it had laid the mine.",
        ("The Orrin League", "said", ["it had laid the mine"]),
    ),
    # the cue after its content
    ("Two guards died in the blast, villagers said.", ("villagers", "said", ["Two guards died in the blast"])),
    ("Two guards died, said the mayor of Tolm.", ("the mayor of Tolm", "said", ["Two guards died"])),
    (
        "Two guards died and a bridge fell, doctors and teachers say.",
        ("doctors and teachers", "say", ["Two guards died and a bridge fell"]),
    ),
    # the same, where a long sentence leads the parser astray
    (
        "Six people died when jets bombed the bazaar in Velm, in Orsk province, the director of the hospital said.",
        (
            "the director of the hospital",
            "said",
            ["Six people died when jets bombed the bazaar in Velm, in Orsk province"],
        ),
    ),
    # according to, at the end and in front, also with a name between commas
    ("Two guards died, according to the Tolm clinic.", ("the Tolm clinic", "according to", ["Two guards died"])),
    ("According to the Tolm clinic, two guards died.", ("the Tolm clinic", "According to", ["two guards died"])),
    # quotations over sentences
    (
        '"We fled at dawn. Nobody warned us," said Mira Holt.',
        ("Mira Holt", "said", ['"We fled at dawn. Nobody warned us,"']),
    ),
    # denials, also of a noun phrase
    ("The army denied that its guns had fired.", ("The army", "denied", ["its guns had fired"])),
    ("The League denies any part in the raid.", ("The League", "denies", ["any part in the raid"])),
    ("The League rejected the general's account.", ("The League", "rejected", ["the general's account"])),
    # accusation, threat, demand, figure
    ("The army blames the League for the blast.", ("The army", "blames", ["the League for the blast"])),
    ("The League threatened to shell the port.", ("The League", "threatened", ["to shell the port"])),
    ("The mission urged both sides to stop.", ("The mission", "urged", ["both sides to stop"])),
    ("The police put the toll at nine.", ("The police", "put", ["the toll at nine"])),
    # nouns that introduce a content
    ("There were claims that ten men had been taken.", (None, "claims", ["ten men had been taken"])),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:40] for c in CASES])
def test_source_cue_and_content(text: str, expected: tuple[str | None, str, list[str]]) -> None:
    assert expected in voices(text)[1]


@pytest.mark.parametrize(
    "text",
    [
        "No group has claimed responsibility for the blast.",  # silence is not speech
        "He asked not to be named.",
        "The war has claimed thousands of lives.",
        "The strike put the truce in doubt.",
        "An order was given.",
    ],
)
def test_what_says_nothing_is_no_voice(text: str) -> None:
    assert voices(text)[1] == []


def test_a_relayed_voice_is_the_speaker_and_the_relaying_one_stands_outside() -> None:
    text = "The Harbour Echo, quoting two survivors, said that soldiers had shot ten men."
    found, _ = voices(text)
    x = read(text)
    shot = next(t.i for t in x.doc if t.text == "shot")
    [chain] = found.chains(shot)
    names = [x.span(*v.source).quote for v in chain if v.source]
    assert names[-1] == "two survivors"
    assert names[0].startswith("The Harbour Echo")


def test_a_denied_aside_gives_the_same_words_to_two_speakers() -> None:
    text = "The Rights Forum said the convoy may have carried prisoners, which the ministry denied."
    found, _ = voices(text)
    x = read(text)
    carried = next(t.i for t in x.doc if t.text == "carried")
    assert sorted(chain[-1].stance for chain in found.chains(carried)) == [Stance.ASSERTS, Stance.DENIES]


def test_a_cue_brings_its_certainty() -> None:
    found, _ = voices("Police suspect that the League laid the mine.")
    assert [v.certainty for v in found.voices] == [Certainty.POSSIBLE]


def test_a_quotation_without_a_cue_belongs_to_the_speaker_beside_it() -> None:
    text = '"We fled at dawn," said Mira Holt. "Nobody warned us of the raid."'
    _, spans = voices(text)
    assert spans == [("Mira Holt", "said", ['"We fled at dawn,"', '"Nobody warned us of the raid."'])]
