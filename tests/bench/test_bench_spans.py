"""WikiWars, GeoVirus and re3d: the sets that are judged by stretches of text."""

import pytest
from bench.model import Case
from bench.sets.geovirus import GeoVirus, Toponym, nearest
from bench.sets.re3d import Gold, Re3d, Tie, same_sentence
from bench.sets.wikiwars import WikiWars, canonical, case_of, value_of

from bench import contract

RAW = """<DOC><DATETIME><TIMEX2 val="x">now</TIMEX2></DATETIME><TEXT>
In <TIMEX2 val="1850-04" mod="START">early April 1850</TIMEX2> the war began &amp; went on for
<TIMEX2 val="P2Y" anchor_val="1850">two years after <TIMEX2 val="1850">1850</TIMEX2></TIMEX2>.
</TEXT></DOC>"""


def time_mention(text, words, **value):
    at = text.index(words)
    return contract.mention("time", text, at, at + len(words), {"timex": None, "mod": None, **value})


def scored(benchmark, case, mentions=(), claims=(), accounts=()):
    output = {
        **contract.blank(case.document),
        "mentions": list(mentions),
        "claims": list(claims),
        "accounts": list(accounts),
    }
    return benchmark.score([case], {case.key: output})


def test_mark_up_is_stripped_and_offsets_hold():
    case = case_of("w", RAW)
    text = case.document["text"]
    assert text.startswith("\nIn early April 1850 the war began & went")
    assert [text[t.start : t.end] for t in case.gold] == ["early April 1850", "two years after 1850"]
    assert WikiWars().score([case], {"w": WikiWars().oracle(case)}).value("span F1 strict") == 1.0


def test_broken_mark_up_is_an_error():
    with pytest.raises(ValueError, match="no TEXT"):
        case_of("w", "<DOC></DOC>")
    with pytest.raises(ValueError, match="does not close"):
        case_of("w", "<TEXT><TIMEX2 val='1'>a</TEXT>")


def test_relaxed_strict_and_values():
    case = case_of("w", RAW)
    text = case.document["text"]
    ours = [time_mention(text, "April 1850", timex="1850-04"), time_mention(text, "the war", timex="1999")]
    result = scored(WikiWars(), case, ours)
    assert result.value("span F1 relaxed") == 0.5
    assert result.value("span F1 strict") == 0.0
    assert result.value("value right on matched") == 1.0
    assert result.value("modifier right on matched") == 0.0
    assert {m.gold for m in result.misses} == {"two years after 1850 = P2Y", "nothing"}


@pytest.mark.parametrize(
    ("ours", "timex2"),
    [
        ("-0479-08", "BC0480-08"),
        ("BC0480", "BC0480"),
        ("198X", "198"),
        ("19XX", "19"),
        ("1850-su", "1850-SU"),
        ("XXXX", "XXXX"),
    ],
)
def test_one_spelling(ours, timex2):
    assert canonical(ours) == timex2


def test_value_from_ends_where_there_is_no_timex():
    assert value_of({"start": "1850-04-01", "end": "1850-04-30", "precision": "month"}) == "1850-04"
    assert value_of({"start": "-0479-01-01", "end": "-0479-12-31", "precision": "year"}) == "BC0480"
    assert value_of({"start": "1850-04-01", "end": "1850-04-03", "precision": "range"}) is None
    assert value_of(None) is None


def test_offsets_that_count_from_one_are_mended():
    assert nearest("In Oz. In Oz.", "Oz", 4) == 3
    assert nearest("In Oz. In Oz.", "Oz", 11) == 10
    with pytest.raises(ValueError, match="not in its text"):
        nearest("In Oz.", "Ozymandia", 1)


def test_places_near_far_and_without_a_point():
    text = "Fever in Port Anna, Lowvale and Hilltop, near a hospital."
    names = {"Port Anna": (10.0, 10.0), "Lowvale": (20.0, 20.0), "Hilltop": (30.0, 30.0)}
    gold = [Toponym(text.index(n), text.index(n) + len(n), p) for n, p in names.items()]

    def place(words, latitude, longitude):
        at = text.index(words)
        return contract.mention(
            "place", text, at, at + len(words), {"name": words, "latitude": latitude, "longitude": longitude}
        )

    ours = [
        place("Anna", 10.5, 10.5),
        place("Lowvale", 50.0, 20.0),
        place("Hilltop", None, None),
        place("hospital", 0.0, 0.0),
    ]
    result = scored(GeoVirus(), Case("g", {"id": "g", "text": text}, gold), ours)
    assert result.value("span F1 overlap") == 1.0
    assert result.value("span F1 exact") == pytest.approx(2 / 3)
    assert result.value("within 161 km where found") == pytest.approx(1 / 3)
    assert result.value("within 161 km where resolved") == 0.5


TEXT = "The Northern Front attacked the army near Lowvale. Lowvale is in Freedonia. French rifles were found."


def at(words, start=0):
    begin = TEXT.index(words, start)
    return begin, begin + len(words)


FRONT, ARMY, LOWVALE, FREEDONIA, FRENCH, RIFLES = (
    at(w) for w in ("Northern Front", "the army", "Lowvale", "Freedonia", "French", "rifles")
)
CASE = Case(
    "r",
    {"id": "r", "text": TEXT},
    Gold(
        (("actor", FRONT), ("actor", ARMY), ("place", LOWVALE), ("place", FREEDONIA), ("weapon", RIFLES)),
        (FRENCH,),
        (Tie("FightingAgainst", FRONT, ARMY), Tie("CoLocated", LOWVALE, FREEDONIA)),
    ),
)


def ref(words, start=0):
    begin, end = at(words, start)
    return {"id": None, "name": words, "span": contract.span(TEXT, begin, end)}


def test_entities_by_type_and_what_does_not_count():
    ours = [
        contract.mention(kind, TEXT, *where)
        for kind, where in (("actor", FRONT), ("place", ARMY), ("actor", FRENCH), ("weapon", RIFLES))
    ]
    result = scored(Re3d(), CASE, ours)
    assert result.value("entity precision all") == pytest.approx(2 / 3)
    assert result.value("entity recall all") == pytest.approx(2 / 5)


def test_ties_from_claims_and_from_an_account():
    account = contract.account("attack", claims=["c1", "c2"])
    claims = [
        {"id": "c1", "slot": "initiator", "accounts": ["a1"], "object": ref("Northern Front"), "evidence": []},
        {"id": "c2", "slot": "target", "accounts": ["a1"], "object": ref("the army"), "evidence": []},
        {
            "id": "c3",
            "slot": "located_in",
            "accounts": [],
            "subject": ref("Lowvale", 50),
            "object": ref("Freedonia"),
            "evidence": [],
        },
        {
            "id": "c4",
            "slot": "member_of",
            "accounts": [],
            "subject": ref("the army"),
            "object": ref("Freedonia"),
            "evidence": [],
        },
    ]
    mentions = [contract.mention("actor", TEXT, *FRONT), contract.mention("actor", TEXT, *ARMY)]
    result = scored(Re3d(), CASE, mentions, claims, [account])
    assert result.value("typed pairs recall") == 1.0
    assert result.value("typed pairs precision") == pytest.approx(2 / 3)
    # Given the entities: only the fight has both ends named; of our pairs the fight and the membership touch gold
    # entities at both ends (the second "Lowvale" is none), so one of two is right.
    assert result.value("typed pairs F1, given the entities") == pytest.approx(2 / 3)


def test_oracle_of_re3d_and_sentences():
    result = Re3d().score([CASE], {"r": Re3d().oracle(CASE)})
    assert result.value("entity F1 all") == 1.0
    assert result.value("typed pairs F1") == 1.0
    assert same_sentence(TEXT, FRONT, ARMY)
    assert not same_sentence(TEXT, FRONT, FREEDONIA)
