from __future__ import annotations

import pytest
from harm_reading import lexicons, text_of

from according.extract.counts import Kind, People, Tie
from according.extract.counts_finder import PeopleFinder
from according.values import PersonStatus


def people_in(words: str) -> list[People]:
    tokens = tuple(text_of(words).doc)
    return PeopleFinder(lexicons()).find(tokens, 0, len(tokens))


@pytest.mark.parametrize(
    ("words", "status", "sex", "age"),
    [
        ("Six police officers came.", "combatant", None, None),
        ("A civilian driver came.", "civilian", None, None),
        ("Three rebel commanders came.", "combatant", None, None),
        ("Ten regime forces came.", "combatant", None, None),
        ("Two women came.", "unknown", "female", "adult"),
        ("Four children came.", "unknown", None, "child"),
        ("Ten villagers came.", "civilian", None, None),
        ("Five people came.", "unknown", None, None),
        ("Nine members of the security forces came.", "combatant", None, None),
        ("12 YPK (border guard) fighters came.", "combatant", None, None),
    ],
)
def test_what_the_noun_says(words: str, status: str, sex: str | None, age: str | None) -> None:
    first = people_in(words)[0]
    assert (first.status, first.sex, first.age) == (PersonStatus(status), sex, age)


@pytest.mark.parametrize(
    "words", ["Two villages burned.", "Ten police vehicles burned.", "It lasted 12 days.", "A rebel-held town burned."]
)
def test_things_are_no_people(words: str) -> None:
    assert people_in(words) == []


def test_groups_that_add_up() -> None:
    found = people_in("Six officers, a civilian driver and two nurses came.")
    assert [(p.range.low, p.tie) for p in found] == [(6, Tie.NONE), (1, Tie.ADDED), (2, Tie.ADDED)]


def test_a_list_without_commas() -> None:
    assert [p.tie for p in people_in("40 villagers 25 militia fighters came.")] == [Tie.NONE, Tie.ADDED]


def test_parts_of_a_total() -> None:
    found = people_in("17 people, including five children and a nurse, came.")
    assert [(p.range.low, p.tie) for p in found] == [(17, Tie.NONE), (5, Tie.PART), (1, Tie.PART)]


def test_them_is_a_part_and_may_be_named() -> None:
    found = people_in("There were 86, 30 of them children.")
    assert (found[1].kind, found[1].tie, found[1].age) == (Kind.WHOLE, Tie.PART, "child")


def test_one_number_for_two_nouns() -> None:
    text = text_of("Eight women and children were there.")
    found = PeopleFinder(lexicons()).find(tuple(text.doc), 0, len(text.doc))
    assert [(p.range.low, p.group(text)) for p in found] == [(8, "women and children")]


def test_a_family_of_five_is_five_people() -> None:
    assert [p.range.low for p in people_in("A family of five came.")] == [5]


def test_dates_are_no_people() -> None:
    assert [p.range.low for p in people_in("On 27 November 2016 ten men came.")] == [10]
