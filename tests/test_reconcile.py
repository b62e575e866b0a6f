"""Reconciling what several reports tell of one event: speakers, numbers, standing, views, corrections."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from according.build import default_parts
from according.model import FindingStatus, Ref, Speaker, Stance
from according.reconcile.findings import findings_of
from according.reconcile.names import names_of
from according.reconcile.telling import View
from according.values import Code, CountKind, CountRange, PersonStatus, Scope
from told import (
    ARMY,
    ARMY_SAYS,
    HOSPITAL,
    POLICE,
    REBELS,
    REBELS_SAY,
    Report,
    findings,
    killed,
    people,
    person,
    residents,
)  # fmt: skip

CIVILIANS, FIGHTERS = PersonStatus.CIVILIAN, PersonStatus.COMBATANT
STRIKE = Code("air_strike")


def report(key: str, day: str | None, publisher: str = "Daily Orsk") -> Report:
    return Report(key, day, publisher)


# --- one speaker ----------


def test_the_last_word_of_one_speaker_counts_and_the_earlier_ones_stay_to_be_seen() -> None:
    reports = [report(str(n), f"2020-05-0{n}", f"Paper {n}").says("killed", people(n * 5), HOSPITAL) for n in (1, 2, 3)]
    found = findings(*reports)["killed", None]
    assert (found.low, found.high, found.speakers) == (15, 15, 1)
    assert found.claims == (reports[2].claims[0].id,)
    assert found.replaced == (reports[0].claims[0].id, reports[1].claims[0].id)
    assert found.status is FindingStatus.SINGLE_SPEAKER


def test_a_director_the_hospital_and_its_doctor_in_three_papers_are_one_voice() -> None:
    first = report("1", "2020-05-01").says("killed", people(9, -1), HOSPITAL)
    second = report("2", "2020-05-02", "Veld Post").says(
        "killed", people(12), Speaker(None, "Dr Anna Torvek", "person", "hospital director")
    )
    third = report("3", "2020-05-03", "Orsk Times").says("killed", people(14), person("Anna Torvek"))
    assert killed(first, second, third) == (14, 14, 14)


def test_more_dead_come_on_top_of_the_word_before() -> None:
    text = "The hospital said that three more people have died of their wounds. " + "word " * 40
    later = Report("2", "2020-05-02", "Veld Post", text).says(
        "killed", people(3), HOSPITAL, words="three more people have died"
    )
    assert killed(report("1", "2020-05-01").says("killed", people(14), HOSPITAL), later) == (17, 17, 17)


def test_more_dead_and_the_new_total_in_one_report_are_the_total() -> None:
    text = "Three more people have died, which brings the dead to 17, the hospital said. " + "word " * 40
    told = Report("2", "2020-05-02", "Veld Post", text)
    told.says("killed", people(3), HOSPITAL, words="Three more people have died")
    told.says("killed", people(17), HOSPITAL, words="brings the dead to 17")
    assert killed(told) == (17, 17, 17)


def test_a_narrower_number_of_one_report_refines_the_wider() -> None:
    told = report("1", "2020-05-01").says("killed", people(None, 150), POLICE).says("killed", people(145, 150), POLICE)
    assert killed(told) == (145, 145, 150)


def test_groups_that_the_words_keep_apart_are_added_and_parts_are_not() -> None:
    text = "Police said that nine civilians and four soldiers died, five of them children. " + "word " * 40
    told = Report("1", "2020-05-01", "Veld Post", text)
    told.says("killed", people(9, status=CIVILIANS), POLICE, words="nine civilians")
    told.says("killed", people(4, status=FIGHTERS), POLICE, words="four soldiers")
    found = findings(told)
    assert (found["killed", None].low, found["killed", None].high) == (13, 13)
    assert found["killed", "civilian"].low == 9
    assert found["killed", "combatant"].low == 4


# --- several speakers ----------


def test_range_goes_from_the_lowest_to_the_highest_independent_speaker() -> None:
    told = report("1", "2020-05-01").says("killed", people(6), ARMY_SAYS).says("killed", people(22), REBELS_SAY)
    other = report("2", "2020-05-02", "Veld Post").says("killed", people(9), person("Ben Orrin"))
    found = findings(told, other)["killed", None]
    assert (found.low, found.best, found.high) == (6, 9, 22)
    assert found.status is FindingStatus.CONTESTED


def test_an_open_end_is_closed_by_a_number_that_it_allows_and_by_no_other() -> None:
    open_end = report("1", "2020-05-01").says("killed", people(8, -1), HOSPITAL)
    nine = report("2", "2020-05-01", "Veld Post").says("killed", people(9), POLICE)
    five = report("3", "2020-05-01", "Orsk Times").says("killed", people(5), POLICE)
    assert killed(open_end, nine) == (8, 9, 9)
    assert killed(open_end, five)[2] is None
    assert findings(open_end, nine)["killed", None].status is FindingStatus.CORROBORATED


def test_residents_of_one_paper_are_one_voice_and_of_two_are_two() -> None:
    one = report("1", "2020-05-01").says("killed", people(5), residents())
    same = report("2", "2020-05-01").says("killed", people(5), residents())
    other = report("3", "2020-05-01", "Veld Post").says("killed", people(5), residents())
    assert findings(one, same)["killed", None].speakers == 1
    assert findings(one, other)["killed", None].speakers == 2


def test_a_paper_that_quotes_a_speaker_adds_no_voice_of_its_own() -> None:
    told = report("1", "2020-05-01").says("occurred", STRIKE).says("occurred", STRIKE, HOSPITAL)
    assert findings(told)["occurred", None].speakers == 1


def test_a_spokesman_speaks_for_the_army_by_its_short_name() -> None:
    text = "The army spokesman, Col Teo Brask, said so. " + "word " * 60
    first = Report("1", "2020-05-01", "Veld Post", text).names("army", "army")
    first.says("killed", people(6), Speaker(None, "Teo Brask", "person", "army spokesman Col"))
    second = report("2", "2020-05-02").says("killed", people(7), ARMY_SAYS)
    assert killed(first, second) == (7, 7, 7)


def test_the_spokeswoman_of_a_body_with_a_name_speaks_for_it() -> None:
    text = "Two drivers were shot, the Relief's spokeswoman said. The Relief wants them back. " + "word " * 60
    first = Report("1", "2020-05-01", "Veld Post", text).names("the Relief", "relief", "ngo")
    first.says("killed", people(2), Speaker(None, "Relief's spokeswoman", "actor"))
    own = report("2", "2020-05-02", "Veld Relief").says("killed", people(2), Speaker("relief", "Veld Relief", "actor"))
    assert findings(first, own)["killed", None].status is FindingStatus.SINGLE_SPEAKER


def test_a_former_commander_speaks_for_himself() -> None:
    text = "The army, a former commander said. " + "word " * 60
    first = Report("1", "2020-05-01", "Veld Post", text).names("army", "army")
    first.says("killed", people(6), Speaker(None, "Teo Brask", "person", "former army commander"))
    assert killed(first, report("2", "2020-05-02").says("killed", people(7), ARMY_SAYS)) == (6, 7, 7)


def test_a_denial_and_a_partys_none_are_never_a_zero_and_stand_against() -> None:
    told = report("1", "2020-05-01").says("killed", people(5, status=CIVILIANS), HOSPITAL)
    none = report("2", "2020-05-02", "Veld Post").says("killed", people(0, status=CIVILIANS), ARMY_SAYS)
    found = findings(told, none)
    assert (found["killed", None].low, found["killed", None].high) == (5, 5)
    assert found["killed", "civilian"].status is FindingStatus.CONTESTED
    assert found["killed", "civilian"].against == (none.claims[0].id,)


def test_where_it_is_contested_who_they_were_the_minimum_of_both_is_zero() -> None:
    families = report("1", "2020-05-01").says("killed", people(6, status=CIVILIANS), residents())
    fighters = report("2", "2020-05-01", "Veld Post").says("killed", people(6, status=FIGHTERS), ARMY_SAYS)
    found = findings(families, fighters)
    assert (found["killed", "civilian"].low, found["killed", "civilian"].high) == (0, 6)
    assert (found["killed", "combatant"].low, found["killed", "combatant"].high) == (0, 6)
    assert (found["killed", None].low, found["killed", None].high) == (6, 6)


def test_the_total_of_a_period_enters_no_event() -> None:
    told = report("1", "2020-05-01").says("killed", people(5), HOSPITAL)
    week = report("2", "2020-05-03", "Toll Watch").says("killed", people(62, scope=Scope.PERIOD), POLICE)
    assert killed(told, week) == (5, 5, 5)


# --- rules ----------


def test_each_rule_reads_vague_words_by_its_own_table() -> None:
    told = report("1", "2020-05-01").says("killed", people(24, word="dozens"), HOSPITAL)
    assert killed(told) == (24, 24, None)
    assert killed(told, rule="acled") == (12, 12, 12)
    assert killed(told, rule="ucdp") == (24, 24, 24)


@pytest.mark.parametrize(("word", "low", "number"), [("hundreds", 200, 100), ("tens", 20, 10), ("several", 2, 3)])
def test_the_codebooks_numbers(word: str, low: int, number: int) -> None:
    told = report("1", "2020-05-01").says("killed", people(low, word=word), HOSPITAL)
    assert killed(told, rule="acled")[1] == number


def test_a_vague_number_that_is_not_the_words_least_is_left_alone() -> None:
    words = default_parts().words
    assert words.reading(CountRange(30, 90, CountKind.VAGUE, "dozens"), "acled").low == 30


def test_ucdp_takes_the_lowest_of_no_party_and_its_kinds_of_people_add_up() -> None:
    text = "Police said that nine civilians and four soldiers died. " + "word " * 40
    told = Report("1", "2020-05-01", "Veld Post", text)
    told.says("killed", people(9, status=CIVILIANS), POLICE, words="nine civilians")
    told.says("killed", people(4, status=FIGHTERS), POLICE, words="four soldiers")
    rebels = report("2", "2020-05-01").says("killed", people(2, status=FIGHTERS), REBELS_SAY)
    rebels.says("occurred", STRIKE, REBELS_SAY, subject=REBELS)
    found = findings(told, rebels, rule="ucdp")
    whole = found["killed", None]
    assert (whole.low, whole.best, whole.high) == (2, 13, 13)
    assert sum(f.best or 0 for (slot, who), f in found.items() if slot == "killed" and who) == whole.best


def test_acled_takes_the_lowest_number_of_all() -> None:
    told = report("1", "2020-05-01").says("killed", people(6), ARMY_SAYS).says("killed", people(22), REBELS_SAY)
    assert killed(told, rule="acled") == (6, 6, 6)


def test_every_finding_names_its_rule_and_version() -> None:
    told = report("1", "2020-05-01").says("occurred", STRIKE, HOSPITAL).says("killed", people(3), HOSPITAL)
    assert {(f.rule, f.version) for f in findings(told, rule="ucdp").values()} == {("ucdp", "1")}


def test_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(KeyError):
        findings(report("1", "2020-05-01").says("occurred", STRIKE, HOSPITAL), rule="mean")


# --- standing ----------


def standing(*reports: Report, view: View | None = None) -> FindingStatus:
    return findings(*reports, view=view)["occurred", None].status


def test_single_speaker_and_corroborated() -> None:
    one = report("1", "2020-05-01").says("occurred", STRIKE, HOSPITAL)
    assert standing(one) is FindingStatus.SINGLE_SPEAKER
    assert standing(one, report("2", "2020-05-01").says("occurred", STRIKE, POLICE)) is FindingStatus.CORROBORATED


def test_a_party_alone_claims_and_with_another_acknowledges() -> None:
    own = report("1", "2020-05-01").says("occurred", STRIKE, REBELS_SAY, subject=REBELS)
    assert standing(own) is FindingStatus.CLAIMED_BY_PARTY
    assert standing(own, report("2", "2020-05-01").says("occurred", STRIKE, POLICE)) is FindingStatus.ACKNOWLEDGED


def test_a_denial_contests_and_alone_denies() -> None:
    denial = report("2", "2020-05-01", "Veld Post").says("occurred", STRIKE, ARMY_SAYS, Stance.DENIES, subject=ARMY)
    told = report("1", "2020-05-01").says("occurred", STRIKE, HOSPITAL, subject=ARMY)
    assert standing(denial) is FindingStatus.DENIED
    assert standing(told, denial) is FindingStatus.CONTESTED
    assert findings(told, denial)["occurred", None].against == (denial.claims[0].id,)
    assert findings(told, denial)["initiator", None].status is FindingStatus.CONTESTED


def test_silence_is_no_denial() -> None:
    told = report("1", "2020-05-01").says("occurred", STRIKE, HOSPITAL)
    silent = report("2", "2020-05-01", "Veld Post").says("occurred", None, ARMY_SAYS, Stance.SILENT)
    assert standing(told, silent) is FindingStatus.SINGLE_SPEAKER


def test_who_denies_only_its_own_part_does_not_deny_the_event() -> None:
    told = report("1", "2020-05-01").says("occurred", STRIKE, HOSPITAL, subject=ARMY)
    part = report("2", "2020-05-01", "Veld Post").says("responsibility", None, ARMY_SAYS, Stance.DENIES, object=ARMY)
    text = "The army denied that its men had taken part. " + "word " * 40
    words = Report("3", "2020-05-01", "Orsk Times", text).says(
        "occurred", None, ARMY_SAYS, Stance.DENIES, words="denied that its men had taken part"
    )
    assert standing(told, part) is FindingStatus.SINGLE_SPEAKER
    assert standing(told, words) is FindingStatus.SINGLE_SPEAKER
    assert findings(told, part)["initiator", None].status is FindingStatus.CONTESTED


def test_different_initiators_are_contested_and_nameless_ones_name_nobody() -> None:
    one = report("1", "2020-05-01").says("occurred", STRIKE, HOSPITAL, subject=ARMY)
    other = report("2", "2020-05-01").says("occurred", STRIKE, POLICE, subject=REBELS)
    gunmen = report("3", "2020-05-01").says("occurred", STRIKE, person("Ben Orrin"), subject=Ref(None, "Gunmen"))
    assert findings(one, other)["initiator", None].status is FindingStatus.CONTESTED
    assert ("initiator", None) not in findings(gunmen)


# --- views ----------


def test_as_known_on_a_day() -> None:
    reports = [report(str(n), f"2020-05-0{n}", f"Paper {n}").says("killed", people(n * 5), HOSPITAL) for n in (1, 2, 3)]
    assert [killed(*reports, view=View(known_on=f"2020-05-0{n}"))[0] for n in (1, 2, 3)] == [5, 10, 15]
    undated = report("4", None).says("killed", people(99), POLICE)
    assert killed(*reports, undated, view=View(known_on="2020-05-03"))[2] == 15


def test_without_the_parties_own_claims() -> None:
    told = report("1", "2020-05-01").says("occurred", STRIKE, REBELS_SAY, subject=REBELS)
    told.says("killed", people(22), REBELS_SAY).says("killed", people(9), POLICE)
    assert killed(told) == (9, 9, 22)
    assert killed(told, view=View(without_parties=True)) == (9, 9, 9)


def test_independent_speakers_only_leaves_out_who_may_be_anybody() -> None:
    told = report("1", "2020-05-01").says("killed", people(30), residents()).says("killed", people(9), POLICE)
    own = report("2", "2020-05-01", "Veld Post").says("killed", people(40))
    assert killed(told, own) == (9, 9, 40)
    assert killed(told, own, view=View(independent_only=True)) == (9, 9, 9)


# --- corrections ----------


def test_a_publishers_correction_replaces_its_earlier_number_and_keeps_it_to_be_seen() -> None:
    wrong = (
        report("1", "2020-05-01").says("killed", people(31), person("Osk Rendel")).says("occurred", STRIKE, HOSPITAL)
    )
    text = "Daily Orsk has corrected the number of dead. " + "word " * 60
    right = Report("2", "2020-05-02", "Daily Orsk", text).says("killed", people(13))
    found = findings(wrong, right)
    assert (found["killed", None].low, found["killed", None].high) == (13, 13)
    assert found["killed", None].replaced == (wrong.claims[0].id,)
    assert found["occurred", None].status is not FindingStatus.RETRACTED


def test_another_publishers_correction_corrects_nothing() -> None:
    wrong = report("1", "2020-05-01").says("killed", people(31), person("Osk Rendel"))
    text = "Veld Post has corrected the number of dead. " + "word " * 60
    assert killed(wrong, Report("2", "2020-05-02", "Veld Post", text).says("killed", people(13), POLICE))[2] == 31


def test_a_correction_is_not_known_before_it_is_printed() -> None:
    wrong = report("1", "2020-05-01").says("killed", people(31), HOSPITAL)
    right = Report("2", "2020-05-02", "Daily Orsk", "Correction: it was 13. " + "word " * 60).says("killed", people(13))
    assert killed(wrong, right, view=View(known_on="2020-05-01")) == (31, 31, 31)


def test_what_its_only_speaker_took_back_is_retracted() -> None:
    told = report("1", "2020-05-01").says("occurred", STRIKE).says("killed", people(5))
    text = "Daily Orsk has withdrawn its report of a strike. " + "word " * 60
    back = Report("2", "2020-05-02", "Daily Orsk", text).says("occurred", STRIKE)
    found = findings(told, back)
    assert found["occurred", None].status is FindingStatus.RETRACTED
    assert found["killed", None].status is FindingStatus.RETRACTED
    assert found["killed", None].range is None
    assert told.claims[1].id in found["killed", None].replaced


# --- order ----------

_SPEAKERS = (HOSPITAL, POLICE, ARMY_SAYS, REBELS_SAY, residents(), person("Anna Torvek", "hospital director"), None)
_TOLD = st.tuples(
    st.sampled_from(_SPEAKERS), st.integers(0, 40), st.sampled_from(["2020-05-01", "2020-05-02", None]),
    st.sampled_from(["Daily Orsk", "Veld Post"]), st.sampled_from(["killed", "occurred", "denies"]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(_TOLD, min_size=1, max_size=7),
    st.randoms(use_true_random=False),
    st.sampled_from(["range", "ucdp", "acled"]),
)
def test_the_order_of_the_tellings_has_no_say(told: list[tuple], random: object, rule: str) -> None:  # type: ignore[type-arg]
    reports = []
    for n, (speaker, number, day, publisher, what) in enumerate(told):
        one = Report(str(n), day, publisher)
        if what == "killed":
            one.says("killed", people(number), speaker)
        else:
            one.says("occurred", STRIKE, speaker, Stance.DENIES if what == "denies" else Stance.ASSERTS, subject=ARMY)
        reports.append(one)
    names = names_of([r.coding() for r in reports], default_parts().words)
    tellings = [t for r in reports for t in r.tellings()]
    first = findings_of(tellings, names, rule)
    random.shuffle(tellings)  # type: ignore[attr-defined]
    assert findings_of(tellings, names, rule) == first
    for finding in first:
        if finding.low is not None and finding.high is not None:
            assert finding.low <= finding.high
        assert not set(finding.claims) & set(finding.replaced)
