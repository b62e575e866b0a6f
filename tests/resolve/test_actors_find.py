"""Definitions, short names, choice by context, user's own actors, order and offsets of what is found."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.annotate import Text
from according.annotate.pipeline import Annotator, load_language
from according.model import ActorRef, Document, MentionKind
from according.resolve.actors import ActorIndex, load_index
from according.resolve.actors_base import Alias
from according.resolve.actors_words import AliasTable, fold, parts_of, parts_of_phrase
from according.rules import DATA


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(load_language())


@pytest.fixture(scope="module")
def index() -> ActorIndex:
    return load_index(DATA)


def read(annotator: Annotator, text: str, published: str | None = None) -> Text:
    return annotator.annotate(Document(text, published=published))


def named(index: ActorIndex, text: Text) -> dict[str, ActorRef]:
    return {m.span.quote: m.value for m in index.find(text) if isinstance(m.value, ActorRef)}


REPORT = (
    "The Free Plains Movement (FPM) shelled a barracks of the Kardovan army near Belk on Monday, "
    "General Rolan Torvek said. "
    "The Movement denied it. Torvek, who leads the US-trained garrison, blamed the FPM and Turkish soldiers. "
    "“The FPM fired first,” said Mira Vesk, a nurse."
)


def test_every_mention_quotes_the_text_and_they_come_in_order(annotator: Annotator, index: ActorIndex) -> None:
    text = read(annotator, REPORT)
    mentions = index.find(text)
    assert mentions
    for mention in mentions:
        assert text.document.text[mention.span.start : mention.span.end] == mention.span.quote
        assert mention.origin
        assert isinstance(mention.value, ActorRef)
    places = [(m.span.start, -m.span.end) for m in mentions]
    assert places == sorted(places)


def test_short_names_mean_the_full_one(annotator: Annotator, index: ActorIndex) -> None:
    found = named(index, read(annotator, REPORT))
    assert found["FPM"].name == found["Movement"].name == "Free Plains Movement"
    assert found["Torvek"].name == "Rolan Torvek"
    assert found["General Rolan Torvek"].name == "Rolan Torvek"


def test_persons_are_persons(annotator: Annotator, index: ActorIndex) -> None:
    kinds = {m.span.quote: m.kind for m in index.find(read(annotator, REPORT))}
    assert kinds["General Rolan Torvek"] is MentionKind.PERSON
    assert kinds["Mira Vesk"] is MentionKind.PERSON
    assert kinds["FPM"] is MentionKind.ACTOR


@pytest.mark.parametrize(
    ("words", "long", "short"),
    [
        ("The Red Plain Militia (RPM) fired.", "Red Plain Militia", "RPM"),
        ("The Plain Workers' Party (KRP) fired.", "Plain Workers' Party", "KRP"),
        ("The Front for the Rescue of Vesk, known as FRO, fired.", "Front for the Rescue of Vesk", "FRO"),
        ("The Vesk Council – the Red Plain Militia (RPM) – fired.", "Red Plain Militia", "RPM"),
    ],
)
def test_definitions(annotator: Annotator, index: ActorIndex, words: str, long: str, short: str) -> None:
    pairs = [(a.quote, b.quote) for a, b in index.definitions(read(annotator, words))]
    assert pairs == [(long, short)]


@pytest.mark.parametrize("words", ["He is 40 (not 41).", "It rained (See page 2).", "The road (closed) is long."])
def test_what_defines_nothing(annotator: Annotator, index: ActorIndex, words: str) -> None:
    assert not index.definitions(read(annotator, words))


def test_a_definition_overrides_the_knowledge_base(annotator: Annotator, index: ActorIndex) -> None:
    text = read(annotator, "The Sandar Desert Front (SDF) left Syria. The SDF said nothing.")
    refs = [m.value for m in index.find(text) if m.span.quote == "SDF"]
    assert [(r.id, r.name) for r in refs if isinstance(r, ActorRef)] == [(None, "Sandar Desert Front")] * 2


def test_the_country_of_the_text_chooses(annotator: Annotator, index: ActorIndex) -> None:
    colombia = named(index, read(annotator, "The National Liberation Army freed a man in Colombia.", "2001-03-04"))
    macedonia = named(index, read(annotator, "The National Liberation Army freed a man in Macedonia.", "2001-03-04"))
    assert colombia["National Liberation Army"].id == "eln-col"
    assert macedonia["National Liberation Army"].id == "nla-mkd"


def test_a_tie_stays_open_and_is_an_issue(annotator: Annotator, index: ActorIndex) -> None:
    text = read(annotator, "The FNL said little. Burundi and Rwanda and the FLN met.", "2020-01-01")
    mentions, issues = index.survey(text)
    assert all(issue.span is not None and issue.kind == "ambiguous_actor" for issue in issues)
    tied = {issue.span.quote for issue in issues if issue.span}
    for mention in mentions:
        if mention.span.quote in tied:
            assert isinstance(mention.value, ActorRef)
            assert mention.value.id is None


def test_resolve_explains_itself(index: ActorIndex) -> None:
    first, *rest = index.resolve("UPC", country="CAF", day="2021-02-03")
    assert first.chosen
    assert first.actor.id == "upc-caf"
    assert [c.actor.id for c in rest] == ["upc-cod"]
    assert all(c.reason for c in (first, *rest))
    assert index.resolve("Nobody At All") == []
    assert index.resolve("Hezbollah", kind="outlet") == []


def test_the_users_own_actors_win(annotator: Annotator, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        "id,name,aliases,kind\nkaf,Kardovan Armed Forces,the army|Kardovan army,state_forces\n"
        "front,Free Vesk Front,rebels|the Front,rebel_group\n",
        encoding="utf-8",
    )
    index = load_index(DATA, own)
    found = named(
        index, read(annotator, "Rebels left. The army said the rebels of the Front had fled the Kardovan army.")
    )
    assert {found[q].id for q in ("The army", "Kardovan army")} == {"kaf"}
    assert {found[q].id for q in ("rebels", "the Front")} == {"front"}


def test_all_capitals(annotator: Annotator, index: ActorIndex) -> None:
    text = "GUERRILLAS OF THE FARABUNDO MARTI NATIONAL LIBERATION FRONT (FMLN) SHELLED A BARRACKS. THE FMLN DENIED IT."
    found = index.find(read(annotator, text))
    assert {m.value.id for m in found if isinstance(m.value, ActorRef) and "FMLN" in m.span.quote} == {"fmln"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Qa'ida", "al Qa'ida"),
        ("an-Nusra", "al-Nusra"),
        ("U.S.", "US"),
        ("Séléka", "Seleka"),
        ("الشبيحة", "الشبيحه"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert [k for k, _ in parts_of_phrase(one)] == [k for k, _ in parts_of_phrase(other)]


@given(st.text(alphabet=st.characters(categories=("Ll", "Lu")), min_size=1, max_size=12))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(st.lists(st.sampled_from(["Plain", "Front", "of", "Vesk", "the", "Red"]), min_size=1, max_size=8))
def test_hits_never_overlap(words: list[str]) -> None:
    table = AliasTable(
        [Alias("a", "Plain Front"), Alias("b", "Front of Vesk"), Alias("c", "The Red"), Alias("d", "Vesk")]
    )
    hits = table.find(parts_of(_doc(words)))
    assert all(one.end <= other.start for one, other in itertools.pairwise(hits))


def _doc(words: list[str]):  # type: ignore[no-untyped-def]
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    return Doc(Vocab(), words=words, sent_starts=[i == 0 for i in range(len(words))])
