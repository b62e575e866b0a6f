from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import fakes
from according.contract import default_slots, load_slots, schema, to_contract, value_json
from according.errors import InvalidInput, InvalidRule
from according.model import Coding, Document, Issue, Mention, MentionKind, Span
from according.shapes import MENTION_VALUES, VALUE_CLASSES, Contract
from according.values import Code, Count, CountKind, CountRange, DatePrecision, DateRange, PlaceRef, Share, Words

VALIDATOR = Draft202012Validator(schema())

# DESIGN of the contract, key by key and in order: what a consumer may rely on.
KEYS = {
    "": ["document", "accounts", "claims", "mentions", "attributions", "issues"],
    "document": ["id", "key", "url", "title", "publisher", "published", "language", "sha256", "text"],
    "accounts": ["id", "event_type", "modality", "part_of", "claims", "summary"],
    "claims": [
        "id", "accounts", "subject", "slot", "object", "value", "time", "place", "stance", "certainty", "modality",
        "about", "speaker", "via", "cue", "direct", "said_on", "evidence", "origin",
    ],
    "mentions": ["kind", "start", "end", "quote", "value"],
    "attributions": ["source", "cue", "content"],
    "issues": ["kind", "span", "message"],
}  # fmt: skip
SUMMARY = [
    "date", "place", "initiators", "targets", "weapon", "damaged", "killed", "injured", "harm", "status", "rule",
]  # fmt: skip
HARM = ["outcome", "status", "group", "side", "low", "best", "high", "finding_status"]
COUNT = ["low", "high", "kind", "word", "status", "status_by_party", "group", "sex", "age", "scope"]
PLACE = ["id", "name", "latitude", "longitude", "precision", "radius_km", "country", "admin1", "admin2"]


def line_of(coding: Coding) -> dict[str, object]:
    line = to_contract(coding).to_line()
    assert "\n" not in line
    parsed = json.loads(line)
    assert isinstance(parsed, dict)
    return parsed


def spans_in(node: object) -> list[dict[str, object]]:
    if isinstance(node, dict):
        own = [node] if {"start", "end", "quote"} <= set(node) else []
        return own + [s for value in node.values() for s in spans_in(value)]
    return [s for value in node for s in spans_in(value)] if isinstance(node, list) else []


def test_has_every_key_of_the_design(coding: Coding) -> None:
    line = line_of(coding)
    for name, keys in KEYS.items():
        node = line if not name else line[name] if name == "document" else line[name][0]
        assert sorted(node) == sorted(keys), name
    summary = line["accounts"][0]["summary"]
    assert sorted(summary) == sorted(SUMMARY)
    assert sorted(summary["harm"][0]) == sorted(HARM)
    assert sorted(summary["killed"]) == ["best", "high", "low"]
    assert sorted(summary["initiators"][0]) == ["confidence", "country", "id", "kind", "name", "span"]
    assert sorted(line["claims"][4]["speaker"]) == ["id", "kind", "name", "party", "role", "span", "speaks_for"]
    assert line["claims"][4]["via"] == [{"speaker": "Lowland Post", "cue": None}]


def test_values_have_the_shapes_of_the_design(coding: Coding) -> None:
    claims = line_of(coding)["claims"]
    killed = claims[4]["value"]
    assert sorted(killed) == sorted(COUNT)
    assert (killed["low"], killed["high"], killed["kind"], killed["status"]) == (None, 30, "bound", "combatant")
    assert claims[1]["value"] == {"code": "air_strike"}
    assert claims[2]["value"] == {
        "start": "2021-03-02", "end": "2021-03-02", "precision": "day", "timex": "2021-03-02", "mod": None,
    }  # fmt: skip
    assert sorted(claims[3]["value"]) == sorted(PLACE)
    assert claims[6]["value"] == {"low": 50.0, "high": 50.0}
    assert claims[7]["value"] == {"text": "no comment"}


def test_fits_its_own_schema(coding: Coding) -> None:
    Draft202012Validator.check_schema(schema())
    assert list(VALIDATOR.iter_errors(line_of(coding))) == []


def test_round_trip(coding: Coding) -> None:
    contract = to_contract(coding)
    again = Contract.model_validate_json(contract.to_line())
    assert again == contract
    assert again.to_line() == contract.to_line()


def test_every_span_is_verbatim(coding: Coding) -> None:
    line = line_of(coding)
    text = line["document"]["text"]
    spans = spans_in(line)
    assert len(spans) > 20
    assert all(text[s["start"] : s["end"]] == s["quote"] for s in spans)


def test_a_wrong_quote_is_refused(coding: Coding) -> None:
    moved = replace(coding, issues=(Issue("odd", "odd", Span(1, 4, "xyz")),))
    with pytest.raises(ValueError, match="verbatim"):
        to_contract(moved)


def test_a_value_of_the_wrong_type_is_refused(coding: Coding) -> None:
    killed = replace(coding.claims[4], value=Words("thirty"))
    with pytest.raises(ValueError, match="slot killed takes Count, not Words"):
        to_contract(replace(coding, claims=(killed,)))
    leads = replace(coding.claims[0], slot="leads", value=Code("x"))
    with pytest.raises(ValueError, match="slot leads takes no value"):
        to_contract(replace(coding, claims=(leads,)))
    with pytest.raises(ValueError, match="not in the vocabulary"):
        to_contract(replace(coding, claims=(replace(coding.claims[0], slot="colour"),)))
    mention = Mention(MentionKind.PLACE, coding.mentions[0].span, Code("x"))
    with pytest.raises(ValueError, match="kind place takes PlaceRef"):
        to_contract(replace(coding, mentions=(mention,)))


def test_the_schema_types_values_by_slot_and_kind(coding: Coding) -> None:
    line = line_of(coding)
    line["claims"][4]["value"] = {"text": "thirty"}
    assert any("claims" in error.path for error in VALIDATOR.iter_errors(line))
    line = line_of(coding)
    line["mentions"][0]["value"] = {"code": "x"}
    assert any("mentions" in error.path for error in VALIDATOR.iter_errors(line))
    line = line_of(coding)
    line["claims"][0]["colour"] = "red"
    assert list(VALIDATOR.iter_errors(line))
    line = line_of(coding)
    line["claims"][0]["slot"] = "colour"
    assert list(VALIDATOR.iter_errors(line))


def test_every_type_of_the_vocabulary_has_a_shape() -> None:
    types = {str(slot["value"]) for slot in default_slots().values() if slot["value"] is not None}
    assert types <= set(VALUE_CLASSES)
    assert set(MENTION_VALUES) == {str(kind) for kind in MentionKind}
    assert {t for allowed in MENTION_VALUES.values() for t in allowed} <= set(VALUE_CLASSES)


def test_project_slots_reach_the_schema() -> None:
    own = schema({**default_slots(), "colour": {"of": "event", "value": "Words"}})
    assert "colour" in own["$defs"]["Claim"]["properties"]["slot"]["enum"]


COUNTS = st.builds(
    CountRange,
    low=st.none() | st.integers(0, 50),
    high=st.none() | st.integers(50, 10_000),
    kind=st.sampled_from(CountKind),
    word=st.none() | st.text(min_size=1, max_size=8),
)
VALUES = st.one_of(
    COUNTS,
    st.builds(Count, range=COUNTS, group=st.none() | st.text(max_size=10)),
    st.builds(Share, low=st.none() | st.floats(0, 100), high=st.none() | st.floats(0, 100)),
    st.builds(Words, text=st.text(max_size=30)),
    st.builds(Code, code=st.text(max_size=10)),
    st.just(DateRange("-0479-08-27", None, DatePrecision.DAY, None, "APPROX")),
    st.builds(PlaceRef, id=st.none() | st.text(max_size=5), name=st.text(min_size=1, max_size=20)),
)


@given(VALUES)
def test_values_survive_json(value: object) -> None:
    shape = value_json(value)  # type: ignore[arg-type]
    assert shape is not None
    again = type(shape).model_validate_json(shape.model_dump_json())
    assert again == shape


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_offsets_hold_after_any_text(prefix: str) -> None:
    document = Document(text=prefix + "العدد ١٢ 🚑 e\u0301\r\n" + fakes.REPORT)
    start = len(prefix)
    span = Span(start, start + 12, document.text[start : start + 12])
    line = line_of(Coding(document, issues=(Issue("odd", "odd", span),)))
    assert line["document"]["text"] == document.text
    [found] = spans_in(line)
    assert line["document"]["text"][found["start"] : found["end"]] == span.quote


def test_a_projects_slots_extend_the_packages(tmp_path: Path) -> None:
    own = tmp_path / "slots.yaml"
    own.write_text("ransom: {of: event, value: Words, about: what was paid}\n", encoding="utf-8")
    slots = load_slots(own)
    assert set(slots) == {*default_slots(), "ransom"}
    assert load_slots() == default_slots()
    document = Document(text="They paid two goats.")
    claim = replace(fakes.code(Document(text=fakes.REPORT)).claims[0], slot="ransom", value=Words("two goats"))
    paid = replace(claim, document=document.id, accounts=(), cue=None, evidence=(Span(10, 19, "two goats"),))
    speaker = replace(paid.speaker, span=None)
    coding = Coding(document, claims=(replace(paid, speaker=speaker),))
    assert to_contract(coding, slots).claims[0].slot == "ransom"
    with pytest.raises(ValueError, match="not in the vocabulary"):
        to_contract(coding)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("killed: {of: event, value: Count, about: mine}", "own"),
        ("ransom: {of: event, value: Words}", "about"),
        ("ransom: {of: event, value: Money, about: x}", "Money"),
        ("ransom: {of: goat, value: null, about: x}", "goat"),
        ("ransom: {of: event, value: null, about: x, colour: red}", "colour"),
        ("ransom: {of: [", "YAML"),
        ("- ransom", "map"),
    ],
)
def test_broken_slots_are_refused(tmp_path: Path, content: str, fault: str) -> None:
    own = tmp_path / "slots.yaml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidRule, match=fault):
        load_slots(own)
    with pytest.raises(InvalidInput, match="cannot be read"):
        load_slots(tmp_path / "none.yaml")
