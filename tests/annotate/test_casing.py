"""Capitals back to mixed case, datelines and labels of wire copy."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language

from according.annotate import Annotator
from according.annotate.casing import BUCKETS, LOWER, TITLE, UPPER, Casing, cased_label, in_case, load_casing
from according.annotate.pipeline import load_language
from according.annotate.tokens import words_of
from according.errors import MissingPart
from according.model import Document
from according.rules import DATA

WIRE = """(XYZ)

   SAN TELMO, 7 MAR 91 (DPA) -- [REPORT] [MARTA OQUELI] [TEXT] FOUR PEASANTS
WERE KIDNAPPED ON SUNDAY BY GUERRILLAS OF THE PEOPLE'S LIBERATION ARMY [ELP]
IN NUEVA ORILLA, POLICE SAID.  GEN. ROLAN TORVEK SAID THE ARMY DIDN'T FIND
THEM.

   [TORVEK] "WE ARE LOOKING FOR THEM."  [END RECORDING] THE ELP HAS NOT SPOKEN.
"""


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language()


@pytest.fixture(scope="module")
def casing() -> Casing:
    return load_casing(DATA / "models")


def test_names_get_capitals_and_other_words_none(language: Language, casing: Casing) -> None:
    words = casing(WIRE, words_of(WIRE, language.tokenizer))
    forms = " ".join(w.form for w in words)
    assert "peasants were kidnapped on Sunday by guerrillas of the People" in forms
    assert "in Nueva Orilla , police said" in forms
    assert "Rolan Torvek said the army did n't find" in forms
    assert all(WIRE[w.start : w.end].lower() == w.form.lower() for w in words if w.form not in {"(", ")"})


def test_mixed_text_stays_as_it_is(language: Language, casing: Casing) -> None:
    text = "Four people were killed in Orilla, the Army said. NATO did not say who had been there."
    words = words_of(text, language.tokenizer)
    assert casing(text, words) is words


def test_datelines_and_labels_are_apart_from_sentences(language: Language, casing: Casing) -> None:
    text = Annotator(language, casing).annotate(Document(WIRE))
    sentences = [text.doc[s.start : s.end].text for s in text.sentences]
    assert sentences[1].startswith("San Telmo, 7")
    assert sentences[1].endswith("--")
    assert sentences[4] == "Text"
    assert sentences[5].startswith("Four peasants")
    assert any(s.startswith("Gen") and s.endswith("them.") for s in sentences), "no break after GEN."
    assert "The ELP has not spoken." in sentences


@pytest.mark.parametrize(
    ("form", "case", "wanted"),
    [
        ("AL-RAND", TITLE, "Al-Rand"),
        ("D'ARVO", TITLE, "D'Arvo"),
        ("III", TITLE, "III"),
        ("FLN", UPPER, "FLN"),
        ("DOG", LOWER, "dog"),
    ],
)
def test_in_case(form: str, case: int, wanted: str) -> None:
    assert in_case(form, case) == wanted


def test_label_of_cased_words() -> None:
    assert [cased_label(w) for w in ("army", "Army", "FLN", "al-Rand", "A", "7")] == [
        LOWER,
        TITLE,
        UPPER,
        TITLE,
        TITLE,
        LOWER,
    ]


def test_without_its_files_the_model_says_so(tmp_path: object) -> None:
    with pytest.raises(MissingPart):
        load_casing(DATA / "nowhere")


def test_untrained_weights_choose_lower_case() -> None:
    empty = Casing(frozenset({"dog", "Rex"}), np.zeros((BUCKETS, 3), dtype=np.int8))
    assert (empty.kind("dog"), empty.kind("rex"), empty.kind("zorb"), empty.kind("12")) == ("l", "c", "n", "0")
    assert empty.choose(empty.tokens("DOG", [])) == []
