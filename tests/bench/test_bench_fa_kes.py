import json

import pytest
from bench.sets.fa_kes import FaKes

from bench import contract

ROW = {
    "id": "7",
    "outlet": "wire",
    "title": "Market hit",
    "text": "Shells fell on a market.",
    "date": "1/2/17",
    "location": "aleppo",
    "actor": "armed opposition groups",
    "cause_of_death": "shelling",
    "killed_civilians": 4,
    "killed_noncivilians": 1,
}


@pytest.fixture
def cases(tmp_path):
    (tmp_path / "fa_kes").mkdir()
    rows = [
        ROW,
        {**ROW, "killed_civilians": 0, "killed_noncivilians": 0, "actor": "unknown", "cause_of_death": "unknown"},
    ]
    (tmp_path / "fa_kes" / "dev.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return FaKes().load(tmp_path)


def run(cases, account):
    return FaKes().score(cases[:1], {cases[0].key: {**contract.blank(cases[0].document), "accounts": [account]}})


def test_repeated_ids_are_told_apart_and_no_date_is_fed_in(cases):
    assert [c.key for c in cases] == ["7", "7#2"]
    assert "published" not in cases[0].document


def test_oracle_is_perfect(cases):
    result = FaKes().score(cases, {c.key: FaKes().oracle(c) for c in cases})
    assert {s.value for s in result.scores} == {1.0}
    assert not result.misses


def test_nothing_found_is_right_where_nobody_died(cases):
    result = FaKes().score(cases, {})
    assert result.value("killed exact") == 0.5
    assert result.value("actor class") == 0.5
    assert len([m for m in result.misses if m.layer.startswith("killed")]) == 1


@pytest.mark.parametrize(
    ("place", "right"),
    [
        ({"name": "Aleppo"}, 1.0),
        ({"name": "Manbij", "admin1": "Aleppo Governorate"}, 1.0),
        ({"name": "Muḩāfaz̧at Ḩalab"}, 1.0),
        ({"name": "Syria", "admin1": None}, 0.0),
        ({"name": "Homs", "admin1": "Homs"}, 0.0),
    ],
)
def test_place_is_the_area_or_inside_it(cases, place, right):
    assert run(cases, contract.account("attack", place=place)).value("place") == right


@pytest.mark.parametrize(
    ("kind", "weapon", "right"),
    [("air_strike", None, 1.0), ("attack", "mortar", 1.0), ("attack", "car_bomb", 0.0), ("armed_clash", None, 0.0)],
)
def test_cause_by_type_then_weapon(cases, kind, weapon, right):
    assert run(cases, contract.account(kind, weapon=weapon)).value("cause") == right


def test_only_the_first_account_counts(cases):
    right = contract.account("air_strike", killed=contract.exactly(5))
    output = {
        **contract.blank(cases[0].document),
        "accounts": [contract.account("attack", killed=contract.exactly(9)), right],
    }
    result = FaKes().score(cases[:1], {"7": output})
    assert result.value("killed exact") == 0.0
    assert result.value("killed exact in any account") == 1.0


def test_first_initiator_with_a_class_decides(cases):
    parties = [contract.party("gangs"), contract.party("Free Syrian Army"), contract.party("the Russian air force")]
    assert run(cases, contract.account("attack", initiators=parties)).value("actor class") == 1.0
