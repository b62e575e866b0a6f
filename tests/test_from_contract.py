from __future__ import annotations

from dataclasses import replace

import pytest

from according.contract import to_contract, value_json
from according.from_contract import from_contract, value_from
from according.model import ActorRef, Coding
from according.values import Code, CountRange, DatePrecision, DateRange, PlaceRef, Share, Value, Words


def test_a_contract_leads_back_to_its_coding(coding: Coding) -> None:
    back = from_contract(to_contract(coding))
    # who made a mention does not leave the program
    assert back == replace(coding, mentions=tuple(replace(m, origin="") for m in coding.mentions))
    assert to_contract(back) == to_contract(coding)


@pytest.mark.parametrize(
    "value",
    [
        Code("shelling"), Words("shelling"), Share(50, None), CountRange(3, None, word="several"),
        DateRange("-0479-08-27", None, DatePrecision.DAY), PlaceRef(None, "Orrin"), ActorRef("a1", "Orrin Guard"),
    ],
)  # fmt: skip
def test_values_keep_their_type(value: Value | ActorRef) -> None:
    back = value_from(value_json(value))
    assert back == value
    assert type(back) is type(value)
