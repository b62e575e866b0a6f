"""Events built from the codings of several reports: linking, gathering, decisions, order, the way back from JSON."""

from __future__ import annotations

import random
from dataclasses import replace

from according.build import Judged, build, default_parts, events_of, gather, timeline
from according.build_rows import is_total, when, where
from according.contract import to_contract
from according.from_contract import from_contract
from according.link import LinkRelation, Verdict
from according.model import Coding, FindingStatus, Mention, MentionKind, Ref
from according.shapes import Contract
from according.values import Code, DatePrecision, DateRange, PlacePrecision, PlaceRef, Scope
from told import ARMY_SAYS, HOSPITAL, POLICE, REBELS, REBELS_SAY, Report, people, residents

STRIKE = Code("air_strike")
FAR = PlaceRef("t2", "Velm", 11.5, 21.5, PlacePrecision.SETTLEMENT, 4.0, "VEL", "Orsk")
TEXT = (
    "Warplanes bombed the bazaar of Korva at noon on Monday, said a doctor who had run to the scene with two nurses. "
    "The roof fell in, and the fire brigade of the district needed three hours to reach the people beneath it. "
    "Shops stayed shut on the next day, and the school by the river took in the families whose houses were gone."
)


def rising() -> list[Coding]:
    """A strike in three reports, a copy of the first among them, and another strike far away."""
    first = (
        Report("1", "2020-05-04", "Daily Orsk", TEXT)
        .says("occurred", STRIKE, HOSPITAL)
        .says("killed", people(9, -1), HOSPITAL)
    )
    copy = Report("2", "2020-05-05", "Veld Post", TEXT + " More soon.", "Deadly raid")
    copy.says("occurred", STRIKE, HOSPITAL).says("killed", people(9, -1), HOSPITAL)
    later = (
        Report("3", "2020-05-06", "Orsk Times").says("occurred", STRIKE, POLICE).says("killed", people(14), HOSPITAL)
    )
    away = Report("4", "2020-05-05", "Orsk Times").says("occurred", STRIKE, POLICE).says("killed", people(2), POLICE)
    return [first.coding(), copy.coding(), later.coding(), away.coding(place=FAR)]


def of(codings: list[Coding], number: int) -> str:
    return str(codings[number].accounts[0].id)


def test_reports_of_one_event_are_one_event_and_others_are_not() -> None:
    codings = rising()
    events = build(codings, default_parts())
    assert {e.accounts for e in events} >= {(of(codings, 3),)}
    joined = next(e for e in events if of(codings, 0) in e.accounts)
    assert set(joined.accounts) == {of(codings, n) for n in (0, 1, 2)}
    killed = joined.finding("killed")
    assert killed is not None
    assert (killed.low, killed.high) == (14, 14)
    assert joined.status is FindingStatus.CORROBORATED
    assert joined.event_type == "air_strike"


def test_the_order_of_the_codings_has_no_say() -> None:
    codings = rising()
    expected = build(codings, default_parts())
    for seed in range(5):
        shuffled = list(codings)
        random.Random(seed).shuffle(shuffled)
        assert build(shuffled, default_parts()) == expected


def test_a_copy_is_known_from_the_day_of_the_first() -> None:
    gathered = gather(rising(), default_parts())
    days = {t.document.key: t.day for ts in gathered.tellings.values() for t in ts}
    assert days["1"] == days["2"] == "2020-05-04"


def test_the_toll_as_it_rose() -> None:
    codings = rising()
    parts = default_parts()
    gathered = gather(codings, parts)
    event = next(e for e, accounts in gathered.accounts.items() if of(codings, 0) in {a.id for a in accounts})
    rose = [(day, known.finding("killed")) for day, known in timeline(gathered, parts, event)]
    assert [(day, f and (f.low, f.high)) for day, f in rose] == [("2020-05-04", (9, None)), ("2020-05-06", (14, 14))]


def test_a_rejected_claim_counts_no_more() -> None:
    codings = rising()
    rejected = Judged(rejected=frozenset({codings[2].claims[1].id}))
    event = next(e for e in build(codings, default_parts(), rejected) if of(codings, 0) in e.accounts)
    killed = event.finding("killed")
    assert killed is not None
    assert (killed.low, killed.high) == (9, None)


def test_a_persons_verdict_parts_what_the_machine_joined() -> None:
    codings = rising()
    verdict = Verdict(of(codings, 0), of(codings, 2), LinkRelation.DIFFERENT)
    events = build(codings, default_parts(), Judged(verdicts=(verdict,)))
    assert not any({of(codings, 0), of(codings, 2)} <= set(e.accounts) for e in events)


def test_the_total_of_a_week_is_no_event_and_holds_those_inside_it() -> None:
    codings = rising()
    week = Report("5", "2020-05-12", "Toll Watch").says("killed", people(62, scope=Scope.PERIOD))
    country = PlaceRef("v", "Velland", 10.5, 20.5, PlacePrecision.COUNTRY, 400.0, "VEL")
    total = week.coding("attack_on_civilians", place=country)
    gathered = gather([*codings, total], default_parts())
    assert gathered.totals == (total.accounts[0].id,)
    assert all(total.accounts[0].id not in e.accounts for e in events_of(gathered, default_parts()))


def test_an_account_whose_dates_are_all_long_is_a_total() -> None:
    week = DateRange("2020-05-04", "2020-05-10", DatePrecision.WEEK)
    told = Report("1", "2020-05-12", "Toll Watch").says("killed", people(62)).says("date", week)
    assert is_total(told.claims)
    assert not is_total(told.says("date", DateRange("2020-05-04", "2020-05-04", DatePrecision.DAY)).claims)
    assert not is_total([])


def test_the_day_that_open_words_name() -> None:
    coding = Report("1", "2020-05-09", "Daily Orsk").says("occurred", STRIKE).coding()
    account = coding.accounts[0]
    opened = DateRange(None, "2020-05-08", DatePrecision.DAY, mod="BEFORE")
    dawn = replace(account, summary=replace(account.summary, date=opened))
    found = when(dawn, coding.claims, "2020-05-09", True)
    assert found is not None
    assert (found.start, found.end) == ("2020-05-08", "2020-05-08")
    undated = replace(account, summary=replace(account.summary, date=None))
    news = when(undated, coding.claims, "2020-05-09", True)
    assert news is not None
    assert (news.start, news.end) == ("2020-04-30", "2020-05-09")
    assert when(undated, coding.claims, "2020-05-09", False) is None
    assert when(undated, coding.claims, None, True) is None


def test_the_only_settlement_that_a_report_names_is_the_place() -> None:
    told = Report("1", "2020-05-09", "Daily Orsk", "Shells fell on the mill quarter. " + "word " * 40)
    coding = told.says("occurred", STRIKE).coding(place=PlaceRef(None, "mill quarter"))
    span = coding.claims[0].evidence[0]
    named = replace(coding, mentions=(Mention(MentionKind.PLACE, span, FAR),))
    found = where(named.accounts[0], named.claims, named)
    assert found is not None
    assert found.name == "Velm"
    unnamed = where(coding.accounts[0], coding.claims, coding)
    assert unnamed is not None
    assert unnamed.name == "mill quarter"


def test_the_contract_leads_back_to_the_same_events() -> None:
    codings = rising()
    lines = [to_contract(c).to_line() for c in codings]
    back = [from_contract(Contract.model_validate_json(line)) for line in lines]
    assert [to_contract(c).to_line() for c in back] == lines
    assert build(back, default_parts()) == build(codings, default_parts())


def test_a_partys_own_word_beside_anothers_acknowledges() -> None:
    own = Report("1", "2020-05-05", "Front Voice").says("occurred", STRIKE, REBELS_SAY, subject=REBELS)
    seen = Report("2", "2020-05-05", "Veld Post").says("occurred", STRIKE, residents())
    army = Report("3", "2020-05-05", "Daily Orsk").says(
        "occurred", STRIKE, ARMY_SAYS, subject=Ref("front", "Orsk Front")
    )
    events = build([own.coding(), seen.coding(), army.coding()], default_parts())
    assert [e.status for e in events] == [FindingStatus.ACKNOWLEDGED]
    initiator = events[0].finding("initiator")
    assert initiator is not None
    assert initiator.refs[0].id == "front"
