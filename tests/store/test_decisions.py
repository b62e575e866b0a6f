from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, update

import fakes
from according.contract import to_contract
from according.decision import Act, Anchor, Correction, Decision, HandFinding, Sides
from according.errors import Conflict, IntegrityError, InvalidInput
from according.from_contract import from_contract
from according.model import Account, Claim, Coding, Document, Modality, Span, Stance
from according.review import apply
from according.store import Run, Store
from according.store import tables as t
from according.store.decisions import from_content, to_content
from according.store.migrations import MIGRATIONS, version
from according.values import (
    Code,
    Count,
    CountKind,
    CountRange,
    DatePrecision,
    DateRange,
    PlaceRef,
    Share,
    Value,
    Words,
)

RUN = Run("2021-03-05T10:00:00+00:00", "0.1.0", "3.8", "3.8", "f00", None)
AT = "2021-04-01T08:00:00+00:00"


@pytest.fixture
def kept(store: Store, coding: Coding) -> Store:
    """A store that holds the report."""
    store.add(to_contract(coding), RUN)
    return store


def judge(claim: Claim, act: Act = Act.REJECT, by: str = "Ana", **more: object) -> Decision:
    return Decision(act, by, AT, claim=claim.id, seen=claim, **more)  # type: ignore[arg-type]


def all_acts(coding: Coding) -> list[Decision]:
    """One decision of every act but undo."""
    claim, [account] = coding.claims[4], coding.accounts
    here, text = Anchor(account.id, account.claims), coding.document.text
    words = Span(text.index("valley"), text.index("valley") + 6, "valley")
    new = replace(claim, slot="place", evidence=(words,), value=PlaceRef(None, "the valley"), origin="by_hand")
    right = Correction(value=Count(CountRange(12, None, CountKind.BOUND)), stance=Stance.DOUBTS, cleared=("cue",))
    more = {"by": "Ana", "at": AT}
    return [
        judge(claim, Act.ACCEPT), judge(claim), judge(claim, Act.UNSURE), judge(claim, Act.CORRECT, correction=right),
        Decision(Act.ADD, added=new, to=(here,), **more),
        Decision(Act.CREATE, created=Account("a9", claim.document, "riot", Modality.ACTUAL, (claim.id,)), **more),
        Decision(Act.MOVE, claim=claim.id, seen=claim, to=(Anchor("a9"),), **more),
        *(Decision(link, accounts=(here,), to=(Anchor("a8", ("c1",)),), score=0.5, **more)
          for link in (Act.SAME, Act.DIFFERENT, Act.PART_OF)),
        Decision(Act.SIDES, accounts=(here,), sides=Sides((("dyad_name", "A - B"),), "a", "b"), **more),
        Decision(Act.FINDING, accounts=(here,), finding=HandFinding("killed", low=1, best=2), reason="a list", **more),
    ]  # fmt: skip


def test_decisions_come_back_as_they_were(kept: Store, coding: Coding) -> None:
    acts = all_acts(coding)
    stored = kept.decide(acts[:3]) + kept.decide(acts[3:])
    assert [d.number for d in stored] == list(range(1, len(acts) + 1))
    assert [replace(d, number=0) for d in stored] == acts
    assert kept.decisions() == stored
    assert len({d.id for d in stored}) == len(stored)
    assert kept.version == len(acts)
    assert kept.verify() == 3 + len(acts)


VALUES = st.one_of(
    st.builds(lambda a, b: CountRange(min(a, b), max(a, b)), st.integers(0, 99), st.integers(0, 99)),
    st.builds(lambda low: CountRange(low, None, CountKind.VAGUE, "dozens"), st.integers(0, 99)),
    st.builds(lambda low: Count(CountRange(None, low), group="men\0"), st.integers(0, 99)),
    st.builds(Share, st.just(None), st.floats(0, 100)),
    st.builds(Words, st.text(st.characters(exclude_categories=["Cs"]))),
    st.builds(Code, st.text(st.characters(exclude_categories=["Cs"]), min_size=1)),
    st.builds(PlaceRef, st.none(), st.just("Orrin"), st.floats(-90, 90), st.floats(-180, 180)),
    st.just(DateRange("-0479-08-27", None, DatePrecision.DAY, "x", "APPROX")),
)


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_values_keep_their_type_as_content(value: Value) -> None:
    one = Decision(Act.CORRECT, "Ana", AT, claim="c1", correction=Correction(value=value))
    content = to_content(one)
    assert content.isascii()
    back = from_content(content)
    assert back == one
    assert back.correction is not None
    assert type(back.correction.value) is type(value)


def test_decisions_of_a_batch_are_written_all_or_none(kept: Store, coding: Coding) -> None:
    wrong = judge(replace(coding.claims[0], evidence=(Span(0, 3, "xyz"),)))
    with pytest.raises(InvalidInput, match="does not have 'xyz' at 0 to 3"):
        kept.decide([judge(coding.claims[1]), wrong])
    with pytest.raises(InvalidInput, match="no document d0 is stored"):
        kept.decide([judge(replace(coding.claims[0], document="d0"))])
    assert kept.version == 0
    assert kept.decisions() == []
    assert kept.verify() == 3


def test_two_at_once_get_a_conflict_and_nothing_is_lost(url: str, coding: Coding) -> None:
    ana, ben = Store.open(url), Store.open(url)
    ana.add(to_contract(coding), RUN)
    seen = (ana.version, ben.version)
    first, other = coding.claims[0], coding.claims[1]
    ana.decide([judge(first)], seen[0])
    with pytest.raises(Conflict, match=r"Ana decided about the same thing at .*look again"):
        ben.decide([judge(other, by="Ben"), judge(first, Act.ACCEPT, "Ben")], seen[1])
    assert [d.by for d in ben.decisions()] == ["Ana"]
    ben.decide([judge(other, by="Ben")], seen[1])  # about something else: no conflict
    ben.decide([judge(first, Act.ACCEPT, "Ben")], ben.version)
    assert [d.by for d in ana.decisions()] == ["Ana", "Ben", "Ben"]
    ana.close()
    ben.close()


def test_many_who_decide_at_once_wait_for_each_other(url: str, coding: Coding) -> None:
    Store.open(url).add(to_contract(coding), RUN)
    outcomes: list[str] = []

    def decide(by: str) -> None:
        own = Store.open(url)
        try:
            own.decide([judge(coding.claims[0], by=by)], 0)
            outcomes.append("written")
        except Conflict:
            outcomes.append("conflict")
        own.close()

    threads = [threading.Thread(target=decide, args=(f"person {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["conflict", "conflict", "conflict", "written"]
    store = Store.open(url)
    assert store.version == 1
    store.verify()
    store.close()


def test_undo_names_what_is_there_and_not_undone(kept: Store, coding: Coding) -> None:
    [first] = kept.decide([judge(coding.claims[0])])
    undo = Decision(Act.UNDO, "Ana", AT, undoes=(first.id,))
    with pytest.raises(InvalidInput, match="no decision n0 to undo"):
        kept.decide([replace(undo, undoes=("n0",))])
    [done] = kept.decide([undo])
    with pytest.raises(InvalidInput, match="was undone already"):
        kept.decide([undo])
    kept.decide([Decision(Act.UNDO, "Ben", AT, undoes=(done.id,))])
    kept.decide([undo])
    assert kept.version == 4


def test_undoing_all_gives_back_the_same_bytes(kept: Store, coding: Coding) -> None:
    back = from_contract(to_contract(coding))

    def state() -> bytes:
        return apply(back.claims, back.accounts, kept.decisions()).state

    before = state()
    stored = kept.decide(all_acts(coding))
    after = state()
    assert after != before
    [undo] = kept.decide([Decision(Act.UNDO, "Ana", AT, undoes=tuple(d.id for d in stored))])
    assert state() == before
    kept.decide([Decision(Act.UNDO, "Ana", AT, undoes=(undo.id,))])
    assert state() == after


def test_rebuilding_leaves_decisions_alone(kept: Store, coding: Coding) -> None:
    stored = kept.decide(all_acts(coding))
    kept.rebuild(to_contract(replace(coding, accounts=(), claims=coding.claims[6:])))
    assert kept.decisions() == stored
    kept.verify()


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("changed", "decision 1 was changed since"),
        ("gone", "decision 2 is missing since"),
        ("stray", "decision 3 is not in the log"),
    ],
)
def test_a_change_from_outside_is_found(kept: Store, coding: Coding, how: str, words: str) -> None:
    first, _ = kept.decide([judge(coding.claims[0]), judge(coding.claims[1])])
    with kept.engine.begin() as connection:
        if how == "changed":
            content = to_content(replace(first, by="Ben"))
            connection.execute(update(t.decision).where(t.decision.c.number == 1).values(content=content))
        elif how == "gone":
            connection.execute(delete(t.decision).where(t.decision.c.number == 2))
        else:
            connection.execute(insert(t.decision).values(number=3, content=to_content(replace(first, number=3))))
    with pytest.raises(IntegrityError, match=words):
        kept.verify()


def test_a_store_of_the_first_version_gets_the_table(url: str, report: Document) -> None:
    old = Store.open(url)
    old.add(to_contract(fakes.code(report)), RUN)
    with old.engine.begin() as connection:
        t.decision.drop(connection)
        connection.execute(delete(t.migration).where(t.migration.c.number >= 2))
    old.close()
    new = Store.open(url)
    with new.engine.begin() as connection:
        assert version(connection) == len(MIGRATIONS)
    new.decide([judge(fakes.code(report).claims[0])])
    assert new.verify() == 4
    new.close()
