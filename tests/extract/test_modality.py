"""How real the words make an event."""

from __future__ import annotations

import pytest
from tests.extract.event_reading import triggers_of

from according.model import Certainty, Modality, Stance


@pytest.mark.parametrize(
    ("words", "modality"),
    [
        ("Rebels shelled the mill.", Modality.ACTUAL),
        ("Rebels tried to shell the mill.", Modality.ATTEMPTED),
        ("Police foiled an attack on the mill.", Modality.ATTEMPTED),
        ("Rebels will shell the mill.", Modality.PLANNED),
        ("Rebels threatened to shell the mill.", Modality.THREATENED),
        ("If rebels shell the mill, the army will answer.", Modality.CONDITIONAL),
        ("Rebels managed to shell the mill.", Modality.ACTUAL),
    ],
)
def test_modality(words: str, modality: Modality) -> None:
    assert triggers_of(words)[1][-1 if "threatened" in words else 0].reality.modality is modality


@pytest.mark.parametrize(
    ("words", "certainty"),
    [
        ("Rebels shelled the mill.", Certainty.CERTAIN),
        ("Rebels reportedly shelled the mill.", Certainty.POSSIBLE),
        ("Rebels probably shelled the mill.", Certainty.PROBABLE),
        ("Rebels may have shelled the mill.", Certainty.POSSIBLE),
    ],
)
def test_certainty(words: str, certainty: Certainty) -> None:
    assert triggers_of(words)[1][0].reality.certainty is certainty


@pytest.mark.parametrize("words", ["Rebels did not shell the mill.", "No rebel shelled the mill."])
def test_denial(words: str) -> None:
    assert triggers_of(words)[1][0].reality.stance is Stance.DENIES
