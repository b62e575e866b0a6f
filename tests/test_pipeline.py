"""The straight line end to end on invented texts: what must hold of every coding, and what a short report comes to."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "extract"))

from kit import coded, kit

from according.contract import to_contract
from according.model import Document, Modality, Stance
from according.pipeline import code
from according.values import Count, DateRange

REPORT = (
    "TOLM, March 4 (Lowland Post) - An air strike on a market near Orrin killed at least 19 people on Tuesday, "
    "villagers said, but the army denied that any civilians were hurt.\n\n"
    "The Free Uplands League (FUL) threatened to shell the Rassav air base.\n"
)
PIECES = [
    "said",
    "“",
    "”",
    '"',
    "killed",
    "12",
    "\r\n",
    "\U0001f4a5",
    "é",
    "الشعفة",
    "IS",
    "[IS]",
    "\n\n",
    "no",
    "that",
    ",",
    ".",
]


def test_a_report_becomes_an_event_with_its_claims() -> None:
    coding = coded(REPORT)
    first = coding.accounts[0]
    assert first.event_type == "air_strike"
    assert first.summary.killed is not None
    assert (first.summary.killed.low, first.summary.killed.best, first.summary.killed.high) == (19, 19, None)
    assert first.summary.date == DateRange(
        "2021-03-02", "2021-03-02", first.summary.date.precision, first.summary.date.timex
    )  # type: ignore[union-attr]


def test_a_denial_is_listed_and_is_no_zero() -> None:
    coding = coded(REPORT)
    none = [c for c in coding.claims if isinstance(c.value, Count) and c.value.range.high == 0]
    assert [(c.speaker.name, c.value.range.low) for c in none if isinstance(c.value, Count)] == [("army", 0)]
    assert coding.accounts[0].summary.killed.low == 19  # type: ignore[union-attr]


def test_a_threat_is_kept_and_never_counted() -> None:
    threats = [a for a in coded(REPORT).accounts if a.modality is Modality.THREATENED]
    assert len(threats) == 1
    assert coded(REPORT).accounts.index(threats[0]) > 0


def test_without_a_publication_date_a_weekday_stays_unanchored_and_raises_an_issue() -> None:
    coding = coded(REPORT.replace("TOLM, March 4 (Lowland Post) - ", ""), published=None)
    dates = [c.value for c in coding.claims if c.slot == "date"]
    assert all(isinstance(d, DateRange) and not d.is_anchored for d in dates)
    assert "unanchored_date" in {i.kind for i in coding.issues}


def test_silence_is_a_claim_of_its_own_kind() -> None:
    coding = coded("A bomb hit a convoy in Orrin. The League has not commented on the attack.")
    silent = [c for c in coding.claims if c.stance is Stance.SILENT]
    assert [c.speaker.name for c in silent] == ["League"]
    assert not any(c.stance is Stance.DENIES for c in coding.claims)


def test_a_bulletin_line_is_an_event() -> None:
    text = (
        "Monday 1 March, Tolm: 9 killed, 14 injured (mortar fire; Red Guard)\n"
        "Tuesday 2 March, Orrin: 2 killed (landmine; unknown)\n"
    )
    accounts = coded(text).accounts
    assert [a.event_type for a in accounts] == ["shelling_missile", "ied_mine"]
    assert [a.summary.killed.best for a in accounts if a.summary.killed] == [9, 2]
    assert [a.summary.place.name for a in accounts if a.summary.place] == ["Tolm", "Orrin"]


def test_an_empty_text_gives_an_issue_and_nothing_else() -> None:
    coding = coded(" \n ")
    assert (coding.claims, coding.accounts) == ((), ())
    assert [i.kind for i in coding.issues] == ["empty_text"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([*REPORT.split(" "), *PIECES]), max_size=60))
def test_every_claim_has_words_and_every_quote_stands_where_it_says(words: list[str]) -> None:
    document = Document(text=" ".join(words), published="2021-03-04", publisher="Lowland Post")
    coding = code(document, kit())
    to_contract(coding)  # checks every span against the text and every value against its slot
    assert all(c.evidence for c in coding.claims)
    assert len({c.id for c in coding.claims}) == len(coding.claims)
    known = {c.id for c in coding.claims}
    assert all(set(a.claims) <= known for a in coding.accounts)
    assert all(t.claim in known for c in coding.claims for t in c.about)


def test_the_same_document_gives_the_same_coding() -> None:
    assert coded(REPORT) == coded(REPORT)
