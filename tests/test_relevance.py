"""Words before the parse, accounts after it: what is a specific event and what is only named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from according.errors import MissingPart
from according.model import Account, Claim, Coding, Document, FindingStatus, HarmRow, Modality, Span, Speaker, Summary
from according.relevance import (
    BUCKETS,
    Relevance,
    body_start,
    features,
    is_specific,
    linear,
    load_relevance,
    stretches,
    text_rows,
)
from according.rules import DATA
from according.values import DatePrecision, DateRange, PlaceRef

ATTACK = (
    "Gunmen kidnapped two engineers near the village of Orilla on Sunday night. Police said the men were taken from "
    "a bus by five guerrillas, who shot the driver dead and wounded his wife."
)
TALKS = (
    "The minister said that exports of coffee rose last year. He called on parliament to vote for the new budget, and "
    "thanked the delegation for its visit to the university."
)


@pytest.fixture(scope="module")
def model() -> Relevance:
    return load_relevance(DATA / "models" / "relevance.npz")


def coding_of(text: str, summary: Summary, kind: str = "attack_on_civilians") -> Coding:
    words = "violence"
    at = text.index(words)
    claim = Claim(
        "d1", "occurred", Speaker(None, "publisher", "publisher"), (Span(at, at + 8, words),), "t", accounts=("a1",)
    )
    return Coding(Document(text), (Account("a1", "d1", kind, Modality.ACTUAL, (claim.id,), summary=summary),), (claim,))


def test_words_tell_an_attack_from_a_speech(model: Relevance) -> None:
    assert model.score(ATTACK) > model.score(TALKS) + 1
    assert model.may_report(ATTACK)


def test_case_does_not_count(model: Relevance) -> None:
    assert model.score(ATTACK) == pytest.approx(model.score(ATTACK.upper()))


def test_an_event_named_in_passing_loses_its_account_and_keeps_its_claims(model: Relevance) -> None:
    coding = coding_of(TALKS + " He regretted the violence of these years.", Summary())
    kept = model.keep(coding)
    assert kept.accounts == ()
    assert [c.id for c in kept.claims] == [c.id for c in coding.claims]
    assert kept.claims[0].accounts == ()
    assert [i.kind for i in kept.issues] == ["named_in_passing"]
    assert kept.issues[0].span == coding.claims[0].evidence[0]


def test_who_when_and_where_make_an_account_whatever_the_words(model: Relevance) -> None:
    full = Summary(
        date=DateRange("2021-05-02", "2021-05-02", DatePrecision.DAY),
        place=PlaceRef(None, "Orilla"),
        harm=(HarmRow("killed", "civilian", None, None, 2, 2, 2, FindingStatus.SINGLE_SPEAKER),),
    )
    coding = coding_of(TALKS + " He regretted the violence of these years.", full)
    assert is_specific(coding.accounts[0])
    assert model.keep(coding) is coding


def test_other_kinds_of_event_are_left_alone(model: Relevance) -> None:
    coding = coding_of(TALKS + " He regretted the violence of these years.", Summary(), "talks")
    assert model.keep(coding) is coding


def test_parts_of_an_account_that_goes_stand_alone(model: Relevance) -> None:
    coding = coding_of(TALKS + " He regretted the violence of these years.", Summary())
    part = replace(coding.accounts[0], id="a2", event_type="talks", part_of="a1")
    kept = model.keep(replace(coding, accounts=(*coding.accounts, part)))
    assert [(a.id, a.part_of) for a in kept.accounts] == [("a2", None)]


def test_header_and_dateline_are_no_body() -> None:
    text = (
        "(XYZ)\n\n   LIMA, 4 MAY 91 (DPA) -- [REPORT] [TEXT] THE BRIDGE FELL DOWN LAST NIGHT.  NOBODY WAS NEAR IT THEN."
    )
    assert text[body_start(text) :].startswith("THE BRIDGE")
    assert [text[s.start : s.end] for s in stretches(text)] == [
        "THE BRIDGE FELL DOWN LAST NIGHT.",
        "NOBODY WAS NEAR IT THEN.",
    ]


def test_rows_are_stable_and_in_range() -> None:
    rows = text_rows(ATTACK)
    assert (rows == text_rows(ATTACK)).all()
    assert 0 <= rows.min() <= rows.max() < BUCKETS
    assert linear(np.zeros(BUCKETS, dtype=np.int8), -1.5, rows) == -1.5


def test_features_name_what_an_account_lacks(model: Relevance) -> None:
    coding = coding_of("The violence went on.", Summary())
    names = dict(features(coding.accounts[0], model.view(coding)))
    assert names["form parts 0"] == 1.0
    assert "form date" not in names


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingPart):
        load_relevance(tmp_path / "relevance.npz")
