"""Linking from end to end: what is the same, a part, different; orders, arrivals and verdicts."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import synthetic

from according.link import (
    Linked,
    LinkRelation,
    Verdict,
    default_weights,
    default_words,
    extend,
    link,
    link_rows,
    read_rows,
)

WEIGHTS, WORDS = default_weights(), default_words()
LINES = list(synthetic(400, seed=3, crowded=0.4))


def row(key: str, **changes: Any) -> dict[str, Any]:
    return {
        "key": key,
        "event_type": "shelling_missile",
        "date": "2016-03-04",
        "place": {"name": "Olverra", "country": "QQA", "latitude": 4.5, "longitude": 9.25, "precision": "settlement"},
        "actors": ["Tamsk Guard"],
        "killed": 12,
        "publisher": f"Outlet {key}",
        **changes,
    }


def events(linked: Linked) -> dict[str, str]:
    return {key: linked.event_of(i) for i, key in enumerate(linked.table.keys)}


def all_of(lines: list[dict[str, Any]], verdicts: list[Verdict] | None = None) -> Linked:
    return link((r for line in lines for r in read_rows(line)), WEIGHTS, WORDS, verdicts or [])


def relation(lines: list[dict[str, Any]], a: str, b: str) -> str | None:
    found = {line["key"]: line for line in link_rows(lines)}
    return next((one["relation"] for one in found[a]["links"] if one["key"] == b), None)


def test_reports_of_one_event_are_the_same_with_their_reasons() -> None:
    first, second = link_rows([row("a"), row("b", killed={"low": 10, "best": 12, "high": 15})])
    assert first["event"] == second["event"]
    (one,) = first["links"]
    assert (one["key"], one["relation"]) == ("b", "same")
    assert one["score"] == pytest.approx(WEIGHTS.prior + sum(level["weight"] for level in one["levels"]), abs=0.001)
    assert set(one["levels"][0]) == {"name", "level", "values", "weight", "sentence"}


def test_near_by_events_of_one_day_are_kept_apart() -> None:
    elsewhere = {"name": "Tarn", "country": "QQA", "latitude": 4.62, "longitude": 9.25, "precision": "settlement"}
    other = row("b", place=elsewhere, actors=["Velde Rebels"], killed=2, event_type="abduction")
    first, second = link_rows([row("a"), other])
    assert first["event"] != second["event"]


def test_the_output_has_the_order_of_the_input() -> None:
    assert [line["key"] for line in link_rows([row("z"), row("a"), row("m")])] == ["z", "a", "m"]
    assert link_rows([]) == []


def test_a_total_is_no_event_but_takes_the_events_in() -> None:
    total = row("week", date={"start": "2016-03-01", "end": "2016-03-07"}, scope="period", killed=62)
    lines = [row("a"), row("b"), total]
    found = {line["key"]: line for line in link_rows(lines)}
    assert found["a"]["event"] == found["b"]["event"] != found["week"]["event"]
    assert relation(lines, "a", "week") == "part_of"
    assert relation(lines, "week", "a") is None


def test_a_longer_account_with_more_dead_takes_in_a_shorter_one() -> None:
    month = row("m", date={"start": "2016-02-01", "end": "2016-03-30"}, killed=300)
    assert relation([row("a"), month], "a", "m") == "part_of"


def test_a_document_that_puts_one_account_into_another_is_believed() -> None:
    lines = [row("a", document="d", part_of="b"), row("b", document="d")]
    assert relation(lines, "a", "b") == "part_of"


def test_what_one_document_keeps_apart_stays_apart() -> None:
    lines = [
        row("a", document="d", actors=["Tamsk Guard"]),
        row("b", document="d", actors=["Velde Front"], killed=9),
        row("c", document="e", actors=["Tamsk Guard", "Velde Front"]),
    ]
    found = events(all_of(lines))
    assert found["a"] != found["b"]


def test_copies_of_a_text_weigh_for_the_same() -> None:
    apart = all_of([row("a"), row("b", killed=40, date="2016-03-05")])
    copied = all_of([row("a", copy_group="g"), row("b", killed=40, date="2016-03-05", copy_group="g")])
    assert len(set(events(copied).values())) <= len(set(events(apart).values()))


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_has_no_say(shuffle: random.Random) -> None:
    lines = LINES.copy()
    shuffle.shuffle(lines)
    assert events(all_of(lines)) == events(all_of(LINES))


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 399))
def test_rows_that_come_later_join_as_if_they_had_been_there(shuffle: random.Random, cut: int) -> None:
    lines = LINES.copy()
    shuffle.shuffle(lines)
    linked = all_of(lines[:cut])
    for part in (lines[cut : cut + 5], lines[cut + 5 :]):
        linked = extend(linked, (r for line in part for r in read_rows(line)))
    whole = all_of(LINES)
    assert events(linked) == events(whole)
    assert {tuple(p): s for p, s in zip(linked.pairs.tolist(), linked.scores.tolist(), strict=True)} == {
        tuple(p): s for p, s in zip(whole.pairs.tolist(), whole.scores.tolist(), strict=True)
    }


def test_different_binds_and_same_joins() -> None:
    lines = [row("a"), row("b"), row("c"), row("d", place=None, date="2016-05-05", killed=None)]
    verdicts = [Verdict("b", "a", LinkRelation.DIFFERENT), Verdict("c", "d", LinkRelation.SAME)]
    found = events(all_of(lines, verdicts))
    assert found["a"] != found["b"]
    assert found["c"] == found["d"]
    later = extend(all_of(lines), [], verdicts)
    assert events(later) == found


def test_the_last_verdict_on_a_pair_counts() -> None:
    verdicts = [Verdict("a", "b", LinkRelation.DIFFERENT), Verdict("b", "a", LinkRelation.SAME)]
    assert events(all_of([row("a"), row("b")], verdicts)) == events(all_of([row("a"), row("b")]))


def test_part_of_by_a_person_parts_two_accounts() -> None:
    linked = all_of([row("a"), row("b")], [Verdict("a", "b", LinkRelation.PART_OF)])
    assert len(set(events(linked).values())) == 2


def test_linking_finds_most_of_what_is_true() -> None:
    lines = list(synthetic(1500, seed=5))
    truth = {line["key"]: line["truth"] for line in lines}
    found = events(all_of(lines))
    pairs = [(a, b) for i, a in enumerate(truth) for b in list(truth)[i + 1 : i + 6]]
    same = [p for p in pairs if found[p[0]] == found[p[1]]]
    right = [p for p in pairs if truth[p[0]] == truth[p[1]]]
    both = [p for p in same if truth[p[0]] == truth[p[1]]]
    assert len(both) > 0.85 * len(right)
    assert len(both) > 0.85 * len(same)
