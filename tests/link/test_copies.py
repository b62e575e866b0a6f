"""Copied texts."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from according.link import link_rows
from according.link.copies import CopyIndex, copy_groups

STORY = (
    "At least nine people were killed when shells struck the grain market in Olverra on Friday, a doctor at the "
    "district clinic said. Another fourteen were hurt, four of them badly. Residents said the fire came from the "
    "ridge held by the Tamsk Guard. The Guard did not answer calls. Olverra lies on the road to the border and has "
    "changed hands twice since spring. The market had only reopened last month after a truce between the sides."
)
OTHER = (
    "The Velde Front said on Sunday that its fighters had taken a post near the Tarn bridge after a night of clashes. "
    "A spokesman put the dead on the other side at six. The army said the attack had been beaten back and spoke of "
    "two wounded soldiers. Neither account could be checked, as telephone lines in the valley have been down for days."
)
ADDED = " Our correspondent adds that the road to the border was closed to all traffic until the evening of Saturday."


def test_headline_cut_and_added_paragraph_are_copies() -> None:
    sentences = STORY.split(". ")
    texts = {
        "whole": STORY,
        "headline": "SHELLS HIT OLVERRA MARKET\n\n" + STORY,
        "short": ". ".join(sentences[:3]) + ".",
        "added": STORY + ADDED,
        "cut and added": ". ".join(sentences[:4]) + "." + ADDED,
        "other": OTHER,
    }
    groups = copy_groups(texts.items())
    assert set(groups) == set(texts) - {"other"}
    assert len(set(groups.values())) == 1


def test_a_shared_quotation_is_no_copy() -> None:
    quote = " The Guard did not answer calls."
    assert copy_groups([("a", STORY), ("b", OTHER + quote)]) == {}


def test_short_texts_are_copies_of_the_same_words_only() -> None:
    assert copy_groups([("a", "Two died in Tarn."), ("b", "Two died in  Tarn"), ("c", "Two died in Olverra.")]) == {
        "a": "a",
        "b": "a",
    }


def test_a_copy_is_told_of_as_it_arrives() -> None:
    index = CopyIndex()
    assert index.add("first", STORY) == frozenset()
    assert index.add("second", STORY + ADDED) == {"first"}


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order(shuffle: random.Random) -> None:
    texts = [("a", STORY), ("b", STORY + ADDED), ("c", OTHER), ("d", "By our staff. " + OTHER), ("e", ADDED)]
    expected = copy_groups(texts)
    shuffle.shuffle(texts)
    assert copy_groups(texts) == expected


def test_contract_lines_get_their_copy_groups() -> None:
    summary: dict[str, object] = {
        "date": None,
        "place": {"name": "Olverra"},
        "initiators": [],
        "targets": [],
        "killed": None,
    }
    lines = [
        {
            "document": {"id": key, "publisher": key, "text": text},
            "accounts": [{"id": f"{key}1", "event_type": "shelling_missile", "modality": "actual", "summary": summary}],
            "claims": [],
        }
        for key, text in (("d1", STORY), ("d2", STORY + ADDED))
    ]
    (one,) = link_rows(lines)[0]["links"]
    assert next(level for level in one["levels"] if level["name"] == "copies")["level"] == "copies"
