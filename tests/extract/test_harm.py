from __future__ import annotations

import pytest
from harm_reading import harm_in, lexicons, range_of, short, text_of
from hypothesis import given, settings
from hypothesis import strategies as st

from according.model import Modality, Relation, Stance
from according.values import Count, CountKind, PersonStatus, Scope


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("The raid killed up to 90 militants.", [("killed", None, 90)]),
        ("The army said between 45 and 50 were killed.", [("killed", 45, 50)]),
        ("No villagers were harmed.", [("harmed", 0, 0)]),
        ("Nobody died.", [("killed", 0, 0)]),
        ("The post was hit without casualties.", [("harmed", 0, 0)]),
        ("34 people were wounded.", [("injured", 34, 34)]),
        ("The clinic received 16 bodies.", [("killed", 16, 16)]),
        ("The army lost three soldiers.", [("killed", 3, 3)]),
        ("It killed at least six officers and a civilian driver.", [("killed", 6, None), ("killed", 1, 1)]),
        ("The blast claimed the lives of 20 people.", [("killed", 20, 20)]),
        ("It left dozens dead.", [("killed", 24, None)]),
        ("A man, his wife and their three children died.", [("killed", 1, 1), ("killed", 1, 1), ("killed", 3, 3)]),
        ("Monday: 9 killed, 14 injured (mortar fire)", [("killed", 9, 9), ("injured", 14, 14)]),
        ("Seven killed 37 others injured in Mondays attack.", [("killed", 7, 7), ("injured", 37, 37)]),
        ("A bomber killed 30 people and injured 90.", [("killed", 30, 30), ("injured", 90, 90)]),
        ("The raid left 20 dead and 50 others wounded.", [("killed", 20, 20), ("injured", 50, 50)]),
        ("The massacre of 27 residents went on.", [("killed", 27, 27)]),
        ("More than 60 soldiers had been killed or wounded.", [("harmed", 61, None)]),
        ("Ten men were fatally shot.", [("killed", 10, 10)]),
        ("40 gunmen were “liquidated”.", [("killed", 40, 40)]),
        ("Ten guards were taken captive.", [("captured", 10, 10)]),
        ("Police arrested 45 marchers.", [("detained", 45, 45)]),
        ("Police put the arrests at 19.", [("detained", 19, 19)]),
        ("They freed five hostages.", [("released", 5, 5)]),
        ("Two of our nurses are still missing.", [("missing", 2, 2)]),
        ("More than 3,000 people have fled the town.", [("displaced", 3001, None)]),
        ("About 2,000 people marched.", [("strength", 2000, 2000)]),
        ("The death toll rose to 112.", [("killed", 112, 112)]),
        ("A family of seven was burned alive.", [("killed", 7, 7)]),
        ("Two of the minister’s bodyguards were killed.", [("killed", 2, 2)]),
        ("Six priests and two women who worked there were murdered.", [("killed", 6, 6), ("killed", 2, 2)]),
        ("75 fighters killed injured in clashes.", [("harmed", 75, 75)]),
        ("04-03-2016 2 shepherds killed 5 injured.", [("killed", 2, 2), ("injured", 5, 5)]),
        ("They put the toll at six and the number of injured at 28.", [("killed", 6, 6), ("injured", 28, 28)]),
        ("65 bodies of villagers were found.", [("killed", 65, 65)]),
        ("Its crews shot down nine drones.", []),
        ("The gunmen had destroyed a bridge.", []),
        ("The raid killed the hope of peace.", []),
    ],
)
def test_numbers_of_a_sentence(words: str, wanted: list[tuple[str, int | None, int | None]]) -> None:
    assert short(words) == wanted


def test_evidence_is_the_words_that_carry_it() -> None:
    words = "On Monday the coalition says it has killed up to 90 militants in strikes near Orrin."
    draft = harm_in(words)[0]
    assert draft.evidence[0].quote == "killed up to 90 militants"
    assert words[draft.evidence[0].start : draft.evidence[0].end] == draft.evidence[0].quote
    assert text_of(words).doc[draft.anchor].text == "killed"
    assert draft.object is not None
    assert draft.object.name == "militants"


def test_a_none_is_asserted_as_none() -> None:
    draft = harm_in("No villagers were harmed.")[0]
    assert (draft.stance, range_of(draft).kind) == (Stance.ASSERTS, CountKind.NONE)


def test_no_engagement_of_civilians_is_a_none_of_civilians() -> None:
    draft = harm_in("They ensured no accidental engagement of non-military personnel.")[0]
    assert isinstance(draft.value, Count)
    assert (draft.value.range.high, draft.value.status) == (0, PersonStatus.CIVILIAN)


def test_a_running_campaign_is_no_toll() -> None:
    assert harm_in("Our men are still finding, targeting and killing terrorists.") == []


def test_parts_refine_their_total() -> None:
    drafts = harm_in("17 people were killed in the blast, including five children.")
    assert [d.about for d in drafts] == [None, (0, Relation.REFINES)]


def test_among_the_dead_refines_a_total_of_the_sentence_before() -> None:
    drafts = harm_in("The strike killed 19 people. Seven women were among the dead, and 34 people were wounded.")
    assert [d.about for d in drafts] == [None, (0, Relation.REFINES), None]


def test_three_of_them_are_a_part() -> None:
    drafts = harm_in("We received 16 bodies. Three of them could not be identified.")
    assert [(d.slot, range_of(d).low, d.about) for d in drafts] == [
        ("killed", 16, None),
        ("killed", 3, (0, Relation.REFINES)),
    ]


def test_a_new_toll_corrects_the_earlier_one() -> None:
    drafts = harm_in("The toll rose to 14 from 9.")
    assert [(range_of(d).low, d.about) for d in drafts] == [(14, (1, Relation.CORRECTS)), (9, None)]


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        ("More than 300,000 people have been killed since the war began.", Scope.CUMULATIVE),
        ("More than 300,000 people have died in the six-year war.", Scope.CUMULATIVE),
        ("At least 60 people have been killed since January.", Scope.PERIOD),
        ("Some 60 people were killed in the past week.", Scope.PERIOD),
        ("Earlier this year a raid killed 60 people.", Scope.EVENT),
        ("It killed 60 people in the deadliest raid since the war began.", Scope.EVENT),
        ("It killed 60 people on Monday.", Scope.EVENT),
    ],
)
def test_scope(words: str, scope: Scope) -> None:
    value = harm_in(words)[0].value
    assert isinstance(value, Count)
    assert value.scope is scope


def test_status_comes_from_the_noun_and_is_passed_on() -> None:
    drafts = harm_in("Three soldiers were killed and five wounded.")
    assert [d.value.status for d in drafts if isinstance(d.value, Count)] == [PersonStatus.COMBATANT] * 2


def test_the_dead_of_a_foiled_raid_are_real() -> None:
    draft = harm_in("Troops repelled a raid, killing 18 gunmen.")[0]
    assert (range_of(draft).low, draft.modality) == (18, Modality.ACTUAL)


def test_what_might_happen_is_not_actual() -> None:
    assert harm_in("The group threatened to kill ten hostages.")[0].modality is not Modality.ACTUAL


def test_the_event_is_the_trigger_that_the_harm_hangs_on() -> None:
    text = text_of("An air strike killed 12 villagers.")
    draft = harm_in("An air strike killed 12 villagers.")[0]
    assert draft.event is not None
    assert text.doc[draft.event].text == "strike"


@pytest.mark.parametrize("row", lexicons()["harm"].rows, ids=lambda row: row.id)
def test_each_row_reads_its_example(row) -> None:  # type: ignore[no-untyped-def]
    if row["shape"] != "skip":
        assert any(d.slot in {row["outcome"], "harmed"} for d in harm_in(row.example)), row.example


@given(st.text(alphabet="abk 3,.killed dead 12 of them", max_size=60))
@settings(max_examples=25, deadline=None)
def test_any_text_gives_quotes_that_match(words: str) -> None:
    for draft in harm_in(words):
        assert all(words[s.start : s.end] == s.quote for s in draft.evidence)
