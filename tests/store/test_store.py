from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, inspect, select, text, update

import fakes
from according.contract import to_contract
from according.errors import IntegrityError, InvalidInput, MissingPart
from according.model import Document
from according.settings import Settings
from according.shapes import Contract
from according.store import Run, Store, short, speakable, this_run
from according.store import tables as t
from according.store.log import verify
from according.store.migrations import MIGRATIONS, migrate, version
from according.store.revisions import shared

RUN = Run("2021-03-05T10:00:00+00:00", "0.1.0", "3.8", "3.8", "f00", None)


def contract_of(document: Document) -> Contract:
    return to_contract(fakes.code(document))


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.engine.connect() as connection:
        return {
            name: [tuple(r) for r in connection.execute(select(table))] for name, table in t.metadata.tables.items()
        }


def test_a_document_comes_back_as_it_was(store: Store, report: Document) -> None:
    odd = replace(report, text=fakes.REPORT + "\0 🚑 e\u0301 العدد\r\n", title="A\0title", key="k\0")
    for document in (report, odd):
        assert store.add(contract_of(document), RUN) is not None
        assert store.document(document.id).document == document
    assert [d.document for d in store.documents()] == [report, odd]


def test_adding_twice_changes_nothing(store: Store, report: Document) -> None:
    store.add(contract_of(report), RUN)
    before = rows(store)
    assert store.has(report.id)
    assert store.add(contract_of(report), replace(RUN, started="2022-01-01T00:00:00+00:00")) is None
    assert rows(store) == before


def test_accounts_and_claims_come_back(store: Store, report: Document) -> None:
    contract = contract_of(report)
    store.add(contract, RUN)
    [stored] = store.accounts()
    assert stored.account == contract.accounts[0]
    assert [c.claim for c in store.claims(stored)] == contract.claims[:6]
    assert [c.claim for c in store.other_claims(stored.document)] == contract.claims[6:]


def test_names_may_be_shortened_while_they_are_clear(store: Store, report: Document) -> None:
    store.add(contract_of(report), RUN)
    [stored] = store.accounts()
    for name in (stored.name, short(stored.name), stored.name[:4], stored.name.upper(), stored.account.id):
        assert store.account(name).account == stored.account
    claim = store.claims(stored)[0]
    assert [c.claim for c in store.claims_named(short(claim.name))] == [claim.claim]
    for wrong in ("", "%", "_", "zzzzz"):
        with pytest.raises(InvalidInput, match="there is no event"):
            store.account(wrong)
    store.add(contract_of(replace(report, key="r2")), RUN)
    common = {a.name[0] for a in store.accounts()}
    if len(common) == 1:
        with pytest.raises(InvalidInput, match="means several events"):
            store.account(common.pop())


def test_several_meanings_are_named(store: Store, report: Document) -> None:
    store.add(contract_of(report), RUN)
    with store.engine.begin() as connection:
        connection.execute(update(t.claim).values(name=text("'babab-' || name")))
    with pytest.raises(InvalidInput, match=r"'babab' means several claims \(babab-.*; write more"):
        store.claims_named("babab")


def test_events_stand_by_date(store: Store, report: Document) -> None:
    early = contract_of(replace(report, key="early"))
    summary = early.accounts[0].summary
    date = summary.date.model_copy(update={"start": "2020-01-01"}) if summary.date else None
    undated = contract_of(replace(report, key="undated"))
    for contract, value in ((undated, None), (contract_of(report), summary.date), (early, date)):
        changed = contract.accounts[0].model_copy(update={"summary": summary.model_copy(update={"date": value})})
        store.add(contract.model_copy(update={"accounts": [changed]}), RUN)
    assert [a.document.document.key for a in store.accounts(revised=True)] == ["early", "r1", "undated"]


@pytest.mark.parametrize("same", [{"url": "https://lowland.example/1"}, {"title": "Raid", "publisher": "Post"}])
def test_a_changed_report_revises_the_earlier_one(store: Store, same: dict[str, str]) -> None:
    first = Document(text=fakes.REPORT, published="2021-03-04", **same)
    second = replace(first, text=fakes.REPORT + " The toll has since risen.", published="2021-03-05")
    for document in (first, second):
        added = store.add(contract_of(document), RUN)
    assert added is not None
    assert added.document.revises == first.id
    assert store.document(second.id).document.revises == first.id
    assert [a.document.document.id for a in store.accounts()] == [second.id]
    assert len(list(store.accounts(revised=True))) == 2


def test_the_order_of_adding_versions_does_not_matter(store: Store) -> None:
    versions = [
        Document(text=fakes.REPORT + f" Update {n}.", url="https://lowland.example/1", published=f"2021-03-0{n}")
        for n in (1, 2, 3)
    ]
    for n in (2, 0, 1):
        store.add(contract_of(versions[n]), RUN)
    found = {d.document.id: d.document.revises for d in store.documents()}
    assert found == {versions[0].id: None, versions[1].id: versions[0].id, versions[2].id: versions[1].id}


def test_a_heading_alone_makes_no_revision(store: Store) -> None:
    first = Document(text=fakes.REPORT, title="Daily summary", publisher="Post", key="1")
    second = replace(first, text="On Friday the road to the coast was opened again, and aid arrived there at noon.")
    other = replace(first, text=fakes.REPORT + " More.", publisher="Mirror")
    for document in (first, second, other):
        store.add(contract_of(document), RUN)
    assert [d.document.revises for d in store.documents()] == [None, None, None]


def test_shared_words() -> None:
    assert shared("one two three four five six", "one two three four five six seven") == 1
    assert shared("a b c d e f", "g h i j k l") == 0
    assert shared("", "a") == 0


def test_rebuilding_replaces_what_is_derived_and_nothing_else(store: Store, report: Document) -> None:
    contract = contract_of(report)
    store.add(contract, RUN)
    before = rows(store)
    store.rebuild(contract.model_copy(update={"accounts": [], "claims": contract.claims[6:]}))
    assert list(store.accounts()) == []
    store.rebuild(contract)
    assert rows(store) == before


def test_the_log_verifies(store: Store, report: Document) -> None:
    store.add(contract_of(report), RUN)
    assert store.verify() == 3  # run, document, issue
    store.add(contract_of(replace(report, key="r2")), RUN)
    assert store.verify() == 5


def _break(store: Store, how: str) -> None:
    with store.engine.begin() as connection:
        if how == "document":
            content = connection.scalar(select(t.document.c.content))
            connection.execute(update(t.document).values(content=str(content).replace("30 gunmen", "90 gunmen")))
        elif how == "issue":
            connection.execute(delete(t.issue))
        elif how == "log":
            connection.execute(update(t.log).where(t.log.c.number == 2).values(at="2000-01-01"))
        elif how == "gap":
            connection.execute(delete(t.log).where(t.log.c.number == 1))
        elif how == "column":
            connection.execute(update(t.document).values(publisher="Another Post"))
        elif how == "quote":
            content = str(connection.scalar(select(t.claim.c.content).where(t.claim.c.position == 1)))
            changed = content.replace('"air strike"', '"bus strike"')
            connection.execute(update(t.claim).where(t.claim.c.position == 1).values(content=changed))
        else:
            connection.execute(insert(t.run).values(id="r0", started="", content="{}"))


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("document", "was changed since"),
        ("issue", "is missing since"),
        ("log", "Row 2 of the log"),
        ("gap", "Row 1 of the log"),
        ("column", "publisher of the document"),
        ("quote", "quotes 'bus strike'"),
        ("stray", "run r0 is not in the log"),
    ],
)
def test_a_change_from_outside_is_found(store: Store, report: Document, how: str, words: str) -> None:
    store.add(contract_of(report), RUN)
    _break(store, how)
    with pytest.raises(IntegrityError, match=words):
        store.verify()


def test_a_failed_addition_leaves_nothing(store: Store, report: Document) -> None:
    before = rows(store)
    contract = contract_of(report)
    double = contract.model_copy(update={"accounts": [contract.accounts[0]] * 2})
    with pytest.raises(Exception, match=r"(?i)unique"):
        store.add(double, RUN)
    assert rows(store) == before


def test_migrations(url: str) -> None:
    store = Store.open(url)
    assert set(t.metadata.tables) <= set(inspect(store.engine).get_table_names())
    with store.engine.begin() as connection:
        assert version(connection) == len(MIGRATIONS)
        assert migrate(connection) == 0
        connection.execute(insert(t.migration).values(number=99, name="later"))
    store.close()
    with pytest.raises(IntegrityError, match="version 99"):
        Store.open(url)


def test_two_who_add_at_once(url: str, report: Document) -> None:
    one, other = Store.open(url), Store.open(url)
    one.add(contract_of(report), RUN)
    other.add(contract_of(replace(report, key="r2")), replace(RUN, version="0.2"))
    assert one.verify() == other.verify() == 6
    one.close()
    other.close()


def test_an_address_that_cannot_be_opened_is_said() -> None:
    with pytest.raises(InvalidInput, match="no SQLAlchemy URL"):
        Store.open("somewhere")
    with pytest.raises(InvalidInput, match="cannot be opened"):
        Store.open("sqlite:////nowhere/at/all.sqlite")
    with pytest.raises((MissingPart, InvalidInput), match=r"not installed|no SQLAlchemy"):
        Store.open("mysql+nonesuch://x")


def test_a_run_hashes_what_output_hangs_on(tmp_path: object) -> None:
    this = this_run(Settings())
    assert re.fullmatch(r"[0-9a-f]{64}", this.data)
    assert this.project is None
    assert this.id != replace(this, data="0").id
    assert verify.__doc__


@given(st.text(min_size=1))
def test_names_can_be_spoken(identifier: str) -> None:
    name = speakable(identifier)
    assert re.fullmatch(r"([bdfghjklmnprstvz][aiou]){2}[bdfghjklmnprstvz](-\w{5}){2}", name)
    assert name == speakable(identifier)
    assert name.startswith(short(name))
