"""Tokens, sentences and quotations against the document's own characters."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "extract"))

from kit import read


def sentences(text: str) -> list[str]:
    x = read(text)
    return [x.span(s.start, s.end).quote for s in x.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gen. Orlan spoke. He left.", ["Gen. Orlan spoke.", "He left."]),
        ("It cost 3.5 million. Nobody paid.", ["It cost 3.5 million.", "Nobody paid."]),
        ("“We fled.” He wept.", ["“We fled.”", "He wept."]),
        ("The U.S. envoy left the U.S. The road was open.", ["The U.S. envoy left the U.S.", "The road was open."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("One here.\r\n\r\nTwo there.", ["One here.", "Two there."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_hard_wrapped_line_end_is_no_sentence_end() -> None:
    lines = [
        "The army said on Monday that its men had left the town of Tolm and",
        "that the road to the port was open again to the people who live in",
        "the valley, after a week of heavy rain that had cut it off from the",
        "rest of the country.",
    ]
    assert len(sentences("\n".join(lines))) == 1


def test_a_bare_is_reads_as_the_group_and_keeps_its_place() -> None:
    x = read("Fighters of IS left Tolm. It is quiet.")
    token = next(t for t in x.doc if t.text == "ISIS")
    assert x.span(token.i, token.i + 1).quote == "IS"


def test_brackets_of_an_editor_are_passed_over_and_offsets_stay() -> None:
    x = read("They kill [IS] fighters.")
    assert [t.text for t in x.doc] == ["They", "kill", "ISIS", "fighters", "."]
    assert x.span(1, 3).quote == "kill [IS"


def test_a_quotation_runs_to_its_mark_and_an_apostrophe_closes_nothing() -> None:
    x = read("“The men’s road is shut,” she said. She’s safe.")
    assert [x.document.text[q.start : q.end] for q in x.quotes] == ["“The men’s road is shut,”"]


def test_a_quotation_that_never_closes_ends_with_its_paragraph() -> None:
    x = read("“We fled at dawn.\n\n“We came back at noon,” she said.")
    assert [(q.closed, x.document.text[q.inner_start : q.inner_end]) for q in x.quotes] == [
        (False, "We fled at dawn."),
        (True, "We came back at noon,"),
    ]


pieces = st.sampled_from(
    [
        "said",
        "“",
        "”",
        '"',
        " ",
        "\n",
        "\r\n",
        "\U0001f4a5",
        "é",
        "الشعفة",
        "IS",
        "[",
        "]",
        ".",
        "Tolm",
        "12,000",
        "\u200b",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=40))
def test_tokens_stand_in_order_inside_the_text_and_cover_all_that_is_no_space(parts: list[str]) -> None:
    text = "".join(parts)
    x = read(text)
    edges = [e for pair in zip(x.starts, x.ends, strict=True) for e in pair]
    assert edges == sorted(edges)
    covered = {i for a, b in zip(x.starts, x.ends, strict=True) for i in range(a, b)}
    assert all(text[i].isspace() or text[i] in "[]" for i in range(len(text)) if i not in covered)
    assert [s.start for s in x.sentences[1:]] == [s.end for s in x.sentences[:-1]]
