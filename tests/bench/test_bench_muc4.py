import pytest
from bench.model import Case
from bench.sets import muc4_key, muc4_ours
from bench.sets.muc4 import Muc4
from bench.sets.muc4_key import Fill, interval, levels, message_day, parse, template
from bench.sets.muc4_rules import fill_score, judge, number, slot_tally, strings

from bench import contract, data

TEXT = "RIVERTON, 5 MAR 90 (RADIO) -- [TEXT] GUNMEN OF THE NORTHERN FRONT SHOT TWO FARMERS IN LOWVALE YESTERDAY."
COMPATIBLE = [["ATTACK", "BOMBING"]]


def row(**slots):
    base = {
        "MESSAGE: TEMPLATE": ["1"],
        "INCIDENT: DATE": ["04 MAR 90"],
        "INCIDENT: LOCATION": ["FREEDONIA: LOWVALE (TOWN)"],
        "INCIDENT: TYPE": ["ATTACK"],
        "INCIDENT: STAGE OF EXECUTION": ["ACCOMPLISHED"],
        "INCIDENT: INSTRUMENT ID": ["*"],
        "PERP: INDIVIDUAL ID": ['"GUNMEN"'],
        "PERP: ORGANIZATION ID": ['"NORTHERN FRONT" / "NF"'],
        "PERP: ORGANIZATION CONFIDENCE": ['REPORTED AS FACT: "NORTHERN FRONT" / "NF"'],
        "HUM TGT: DESCRIPTION": ['"FARMERS"'],
        "HUM TGT: NUMBER": ['2: "FARMERS"'],
        "HUM TGT: EFFECT OF INCIDENT": ['DEATH: "FARMERS"'],
    }
    return {**base, **slots}


def case(*rows):
    return Case("m1", {"id": "m1", "text": TEXT}, tuple(template(r) for r in rows))


def test_fills_have_alternatives_references_and_options():
    assert parse("organization", '? "A \\"9 MAY\\" FRONT" / "AF"') == Fill((), ("a 9 may front", "af"), True)
    assert parse("number", '-26 / 26: "PEASANTS"') == Fill(("-26", "26"), ("peasants",))
    assert parse("effect", 'NO INJURY / NO INJURY OR DEATH: "-"') == Fill(("NO INJURY", "NO INJURY OR DEATH"), ())
    assert template(row(**{"INCIDENT: DATE": ["-"]})).fills("date") == ()
    assert template(row(**{"MESSAGE: TEMPLATE": ["2 (OPTIONAL)"]})).optional


def test_names_and_their_descriptions_are_one_victim():
    key = template(row(**{"HUM TGT: NAME": ['"ANN LEE"'], "HUM TGT: DESCRIPTION": ['"MAYOR": "ANN LEE"', '"GUARD"']}))
    assert [set(f.strings) for f in key.fills("victim")] == [{"ann lee", "mayor"}, {"guard"}]


def test_dates_and_places_are_read():
    assert interval("- 06 SEP 89") == (None, "1989-09-06")
    assert interval("(01 JAN 90 - 03 JAN 90)") == ("1990-01-01", "1990-01-03")
    assert interval("NOV 89") == ("1989-11-01", "1989-11-30")
    assert interval("LAST WEEK") is None
    assert levels("FREEDONIA: LOWVALE (TOWN) - HIGHVALE (TOWN)") == ("freedonia", "lowvale", "highvale")
    assert message_day(TEXT) == "1990-03-05"


@pytest.mark.parametrize(
    ("slot", "key", "ours", "score"),
    [
        ("date", Fill(("04 MAR 90",)), Fill(("04 MAR 90",)), 1.0),
        ("date", Fill(("04 MAR 90",)), Fill(("- 05 MAR 90",)), 0.5),
        ("date", Fill(("04 MAR 90",)), Fill(("06 MAR 90",)), 0.0),
        ("place", Fill(("FREEDONIA: LOWVALE (TOWN)",)), Fill(("lowvale",), ("freedonia",)), 1.0),
        ("place", Fill(("FREEDONIA: LOWVALE (TOWN)",)), Fill(("freedonia",)), 0.5),
        ("place", Fill(("FREEDONIA",)), Fill(("lowvale",), ("freedonia",)), 0.5),
        ("place", Fill(("FREEDONIA",)), Fill(("ruritania",)), 0.0),
        ("place", Fill(("FREEDONIA: RIO BLANCO (TOWN)",)), Fill(("rioblanco",), ("freedonia",)), 1.0),
        ("place", Fill(("FREEDONIA: MILL HILL (QUARTER)",)), Fill(("lowvale", "in mill hill in lowvale"), ()), 1.0),
        ("place", Fill(("FREEDONIA: SAN JUAN (TOWN)",)), Fill(("san jose",), ("freedonia",)), 0.5),
        ("type", Fill(("BOMBING",)), Fill(("ATTACK",)), 0.5),
        ("effect", Fill(("DEATH",), ("farmers",)), Fill(("DEATH",), ("bankers",)), 0.5),
        ("effect", Fill(("DEATH",), ("farmers",)), Fill(("INJURY",), ("farmers",)), 0.0),
        ("confidence", Fill(("REPORTED AS FACT",), ("nf",)), Fill(("REPORTED AS FACT",), ("nf",)), 1.0),
    ],
)
def test_fill_scores(slot, key, ours, score):
    assert fill_score(slot, key, ours, COMPATIBLE) == score


def test_strings_and_numbers():
    assert strings(["urban guerrillas"], ["guerrillas"]) == 1.0
    assert strings(["army"], ["army barracks"]) == 0.5
    assert strings(["farmers"], ["bankers"]) == 0.0
    assert (number("6", "6"), number("~40", "40"), number("-26", "20"), number("6", "7")) == (1.0, 1.0, 0.5, 0.0)
    assert (number("PLURAL", "2-"), number("PLURAL", "3")) == (1.0, 0.0)


def test_optional_fills_are_not_missed_but_count_where_given():
    key = (Fill((), ("rebels",), True),)
    assert slot_tally("individual", key, ()).gold == 0
    assert slot_tally("individual", key, (Fill((), ("rebels",)),)).f1 == 1.0


def test_templates_need_more_than_a_type_in_common_and_optional_ones_are_not_missed():
    ours = template(
        row(
            **{
                k: ["-"]
                for k in row()
                if k not in ("MESSAGE: TEMPLATE", "INCIDENT: TYPE", "INCIDENT: STAGE OF EXECUTION")
            }
        )
    )
    verdict = judge([template(row())], [ours], COMPATIBLE)
    assert verdict.pairs == ()
    assert (verdict.templates.ours, verdict.templates.gold) == (1, 1)
    optional = judge([template(row(**{"MESSAGE: TEMPLATE": ["1 (OPTIONAL)"]}))], [], COMPATIBLE)
    assert optional.templates.gold == 0


def test_alignment_is_by_content_not_by_order():
    a, b = (
        template(row()),
        template(row(**{"INCIDENT: LOCATION": ["FREEDONIA: HILLTOP (TOWN)"], "INCIDENT: DATE": ["01 FEB 90"]})),
    )
    assert set(judge([a, b], [b, a], COMPATIBLE).pairs) == {(0, 1), (1, 0)}


def test_oracle_is_perfect_and_silence_is_nothing():
    cases = [case(row()), Case("m2", {"id": "m2", "text": TEXT}, ())]
    result = Muc4().score(cases, {c.key: Muc4().oracle(c) for c in cases})
    assert {s.measure: s.value for s in result.scores if s.n} == {s.measure: 1.0 for s in result.scores if s.n}
    assert Muc4().score(cases, {}).value("relevance F1") == 0.0


def test_our_account_becomes_a_template():
    account = contract.account(
        "attack_on_civilians",
        place={"name": "Lowvale", "country": "Freedonia", "admin1": None, "admin2": None},
        initiators=[
            contract.party("gunmen"),
            contract.party("Northern Front", id="nf", kind="rebel", confidence="accused"),
        ],
        harm=[{"outcome": "killed", "group": "farmers", "low": 2, "best": 2, "high": 2}],
    )
    output = {**contract.blank({"id": "m1", "text": TEXT}), "accounts": [account]}
    (ours,) = muc4_ours.templates(output, data.mapping("muc4"))
    assert ours.fills("date") == (Fill(("- 05 MAR 90",)),)
    assert ours.fills("individual") == (Fill((), ("gunmen",)),)
    assert ours.fills("number") == (Fill(("2",), ("farmers",)),)
    assert "SUSPECTED OR ACCUSED" in ours.fills("confidence")[0].values
    result = Muc4().score([case(row())], {"m1": output})
    assert result.value("number F1") == 1.0
    assert result.value("date F1") == 0.5
    assert result.value("confidence F1") == 0.0


@pytest.mark.parametrize(
    ("kind", "modality", "words", "expected"),
    [("abduction", "actual", "", "KIDNAPPING"), ("attack", "planned", "", None), ("talks", "actual", "", None),
     ("attack", "actual", "car bomb", "BOMBING"), ("property_destruction", "actual", "set fire", "ARSON")],
)  # fmt: skip
def test_kinds(kind, modality, words, expected):
    account = contract.account(kind, modality=modality, claims=["c1"])
    output = {**contract.blank({"id": "x"}), "claims": [{"id": "c1", "slot": "weapon", "evidence": [{"quote": words}]}]}
    assert muc4_ours.kind_of(output, account, data.mapping("muc4")) == expected


def test_events_older_than_the_task_allows_are_no_incidents():
    def ours(day, **rules):
        account = contract.account("attack", date={"start": day, "end": day})
        output = {**contract.blank({"id": "m1", "text": TEXT}), "accounts": [account]}
        return muc4_ours.templates(output, data.mapping("muc4"), **rules)

    assert ours("1990-01-20", recent_only=True)
    assert not ours("1989-11-20", recent_only=True)
    assert ours("1989-11-20")


def test_days_that_the_key_cannot_hold_are_given_and_wrong():
    account = contract.account("attack", date={"start": "-0001-11-30", "end": "-0001-11-30"})
    output = {**contract.blank({"id": "m1", "text": TEXT}), "accounts": [account]}
    assert Muc4().score([case(row())], {"m1": output}).value("date F1") == 0.0


def test_keys_have_a_month_table():
    assert muc4_key.MONTHS["DEC"] == 12
