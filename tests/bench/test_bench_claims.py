"""Stories, PLOVER and MAVERICK: claims, categories and links."""

import json

import pytest
from bench.model import Case
from bench.sets import claim_match
from bench.sets.maverick import Maverick
from bench.sets.plover_gsr import PloverGsr
from bench.sets.stories import Stories

from bench import contract

TEXT = "The ministry said on Monday that 12 people were killed in Lowvale. Rebels denied any role."


def at(words):
    start = TEXT.index(words)
    return [start, start + len(words)]


KILLED = {
    "claim_id": "C01",
    "tier": 1,
    "statement": "Twelve were killed.",
    "slots": ["killed"],
    "stance": "asserts",
    "speakers": ["ministry"],
    "about": [["lowvale"]],
    "spans": [at("12 people were killed in")],
    "value": {"low": 12, "high": 12},
}
DENIED = {
    "claim_id": "C02",
    "tier": 2,
    "statement": "The rebels deny it.",
    "slots": ["responsibility"],
    "stance": "denies",
    "speakers": ["rebel"],
    "about": [],
    "spans": [at("Rebels denied any role")],
    "value": None,
}
GOLD = {
    "title": "Raid",
    "published": "2020-01-07",
    "publisher": "Wire",
    "claims": [KILLED, DENIED],
    "attributions": [
        {"source": at("The ministry"), "cue": at("said"), "content": [at("12 people were killed in Lowvale")]}
    ],
    "events": [{"main": True, "type": "attack", "killed": {"low": 12, "high": 12}}],
}
STORIES = Stories("stories", ("stories",))


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "S9.txt").write_text(TEXT, encoding="utf-8")
    (folder / "S9.gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (folder / "world.gold.json").write_text(json.dumps({"events": []}), encoding="utf-8")
    (case,) = STORIES.load(tmp_path / "data")
    assert case.document["published"] == "2020-01-07"
    return case


def output(case, **changes):
    made = STORIES.oracle(case)
    made["claims"][0].update(changes)
    return {case.key: made}


def test_oracle_is_perfect(case):
    assert {s.value for s in STORIES.score([case], output(case)).scores if s.n} == {1.0}


@pytest.mark.parametrize(
    "change",
    [
        {"slot": "injured"},
        {"speaker": {"id": None, "name": "Wire", "kind": "publisher"}},
        {"value": {"low": 12, "high": None}},
        {"evidence": [contract.span(TEXT, 0, len(TEXT))]},
        {"subject": None, "evidence": [contract.span(TEXT, *at("12 people were killed"))]},
    ],
)
def test_a_claim_must_fit_in_every_respect(case, change):
    result = STORIES.score([case], output(case, **change))
    assert result.value("tier 1 recall") == 0.0
    assert result.value("share of ours that match") == 0.5
    assert {m.ours == "nothing" for m in result.misses} == {True, False}


def test_a_wrong_stance_costs_the_claim_and_shows_in_stance_accuracy(case):
    result = STORIES.score([case], output(case, stance="doubts"))
    assert result.value("tier 1 recall") == 0.0
    assert result.value("stance accuracy on matched") == 0.5


def test_an_asserted_nought_is_a_denial():
    row = {"stance": "denies"}
    assert claim_match.stance_fits(row, {"stance": "asserts", "value": {"low": 0, "high": 0}})
    assert not claim_match.stance_fits(row, {"stance": "asserts", "value": {"low": 1, "high": 1}})


def test_words_that_do_not_hold_empty_the_report(case):
    result = STORIES.score([case], output(case, evidence=[{"start": 0, "end": 3, "quote": "xyz"}]))
    assert result.value("tier 2 recall") == 0.0
    assert "do not stand" in result.misses[0].ours


def test_attributions_share_characters_where_cues_meet():
    gold = GOLD["attributions"]
    half = {"source": contract.span(TEXT, *at("ministry")), "cue": contract.span(TEXT, *at("said")), "content": []}
    source, content = claim_match.attributions(gold, [half])
    assert (source.right, source.ours, source.gold) == (8, 8, 12)
    assert content.f1 == 0.0
    elsewhere = {**half, "cue": contract.span(TEXT, *at("denied"))}
    assert claim_match.attributions(gold, [elsewhere])[0].right == 0


SENTENCES = [
    {
        "id": "E-1",
        "event": "FIGHT",
        "text": "Northland troops shelled Southland.",
        "source": [{"actorText": "Northland", "code": "NLD"}],
        "target": [{"actorText": "Southland", "code": "ZAF"}],
    },
    {
        "id": "E-2",
        "event": "AGREE",
        "text": "Northland and Southland agreed.",
        "target": "",
        "source": [{"actorText": "Northland", "code": "NLD"}, {"actorText": "Southland", "code": "ZAF"}],
    },
    {"id": "E-3", "event": "DOCUMENT", "text": "A remark."},
]


@pytest.fixture
def sentences(tmp_path):
    (tmp_path / "plover_gsr").mkdir()
    (tmp_path / "plover_gsr" / "dev.jsonl").write_text("\n".join(map(json.dumps, SENTENCES)), encoding="utf-8")
    return PloverGsr().load(tmp_path)


def test_plover_categories_and_remarks(sentences):
    assert [c.gold.category for c in sentences] == ["ASSAULT", "AGREE"]
    result = PloverGsr().score(sentences, {c.key: PloverGsr().oracle(c) for c in sentences})
    assert {s.value for s in result.scores} == {1.0}


def test_plover_roles_count_unless_the_parties_are_equals(sentences):
    left, right = contract.party("Southland"), contract.party("Northland")
    swapped = {
        c.key: {**contract.blank(c.document), "accounts": [contract.account(kind, initiators=[left], targets=[right])]}
        for c, kind in zip(sentences, ("shelling_missile", "agreement"), strict=True)
    }
    result = PloverGsr().score(sentences, swapped)
    assert result.value("both actors") == 0.5
    assert result.value("both actors, either role") == 1.0


def test_plover_precision_is_over_sentences_with_an_output(sentences):
    first = sentences[0]
    output = {
        first.key: {
            **contract.blank(first.document),
            "accounts": [contract.account("statement"), contract.account("attack")],
        }
    }
    result = PloverGsr().score(sentences, output)
    assert result.value("category right among outputs, all") == 1.0
    assert result.value("category recall, all") == 0.5
    assert result.value("category recall, non-violent") == 0.0


def link_case(key, event, day, latitude):
    document = {"key": key, "date": {"start": day}, "place": {"latitude": latitude, "longitude": 0.0}}
    return Case(key, document, event)


def test_maverick_baselines_and_links():
    cases = [
        link_case("r1", "E1", "2011-01-01", 1.0),
        link_case("r2", "E1", "2011-01-02", 1.0),
        link_case("r3", "E2", "2011-01-01", 1.0),
    ]
    ours = {"r1": {"key": "r1", "event": "x", "links": []}, "r2": {"key": "r2", "event": "x", "links": []}}
    result = Maverick().score(cases, ours)
    assert result.value("B-cubed F1") == pytest.approx(1.0)
    assert result.value("B-cubed F1, baseline each its own") < 1.0
    assert result.value("B-cubed F1, baseline same day and point") < result.value("B-cubed F1, baseline each its own")
    assert Maverick().score(cases, {c.key: Maverick().oracle(c) for c in cases}).value("B-cubed F1") == 1.0
