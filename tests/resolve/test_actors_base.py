"""The knowledge base: loading, the user's own file, and what the check finds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from according.errors import InvalidInput
from according.resolve.actors_base import (
    ACTOR_COLUMNS,
    ALIAS_COLUMNS,
    RELATION_COLUMNS,
    Actor,
    ActorRelation,
    Alias,
    KnowledgeBase,
    check,
    load_actors,
)
from according.rules import DATA


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return load_actors(DATA / "knowledge")


def write(folder: Path, actors: str, aliases: str = "", relations: str = "") -> Path:
    for name, columns, rows in (
        ("actors", ACTOR_COLUMNS, actors),
        ("aliases", ALIAS_COLUMNS, aliases),
        ("relations", RELATION_COLUMNS, relations),
    ):
        (folder / f"{name}.csv").write_text(",".join(columns) + "\n" + rows, encoding="utf-8")
    return folder


def row(identifier: str, name: str, kind: str, country: str = "", start: str = "", end: str = "") -> str:
    cells = {"id": identifier, "name": name, "kind": kind, "country": country, "start": start, "end": end}
    return ",".join(cells.get(column, "") for column in ACTOR_COLUMNS) + "\n"


def test_the_shipped_base_has_no_fault(base: KnowledgeBase) -> None:
    assert check(base) == []


def test_it_covers_states_and_at_least_800_others(base: KnowledgeBase) -> None:
    kinds = Counter(actor.kind for actor in base.actors.values())
    assert kinds["state"] >= 195
    others = [a for a in base.actors.values() if "-" not in a.id or a.kind not in {"government", "ministry"}]
    hand = [a for a in others if a.kind not in {"state", "state_forces", "police", "government", "ministry"}]
    assert len(hand) >= 800


def test_codes_say_where_they_come_from(base: KnowledgeBase) -> None:
    for actor in base.actors.values():
        assert ("ucdp_id" in actor.codes) <= ("ucdp_from" in actor.codes)
        assert ("acled_name" in actor.codes) <= ("acled_from" in actor.codes)


def test_contested_relations_say_who_says_so(base: KnowledgeBase) -> None:
    contested = next(r for r in base.relations_of("ypg") if r.object == "pkk")
    assert contested.contested
    assert contested.said_by


def test_active() -> None:
    actor = Actor("a", "A", "rebel_group", ("AAA",), "2001", "2005-06-30")
    assert actor.active(None)
    assert actor.active("2003-04-05")
    assert actor.active("2005-12-31")
    assert not actor.active("1999-01-01")
    assert not actor.active("2006-01-01")


def test_user_file_wins(tmp_path: Path) -> None:
    write(tmp_path, row("plain", "Plain Front", "rebel_group", "AAA"), "plain,PF,en,acronym,\n")
    own = tmp_path / "own.csv"
    own.write_text(
        "id,name,aliases,kind\nhill,Hill Front,PF|the Front,militia\nplain,Plain Union,,\n", encoding="utf-8"
    )
    base = load_actors(tmp_path, own)
    assert base.actors["plain"].name == "Plain Union"
    assert base.actors["plain"].kind == "rebel_group"
    assert {a.actor for a in base.aliases if a.alias == "PF"} == {"hill"}


@pytest.mark.parametrize(
    ("actors", "words"),
    [
        (row("a", "A", "party") + row("a", "B", "party"), "stands twice"),
        (row("", "A", "party"), "id is empty"),
        (row("a", "", "party"), "name is empty"),
    ],
)
def test_broken_rows_do_not_load(tmp_path: Path, actors: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        load_actors(write(tmp_path, actors))


def test_a_folder_without_actors_does_not_load(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="holds no actors"):
        load_actors(tmp_path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    write(tmp_path, "")
    (tmp_path / "actors.csv").write_text("id,name\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="lacks the column"):
        load_actors(tmp_path)


def faults(aliases: tuple[Alias, ...] = (), relations: tuple[ActorRelation, ...] = (), *actors: Actor) -> list[str]:
    return check(KnowledgeBase({a.id: a for a in actors}, aliases, relations))


ONE = Actor("one", "One", "rebel_group", ("AAA",), "2001", "2005")
TWO = Actor("two", "Two", "rebel_group", ("AAA",), "2004", None)
LATER = Actor("later", "Later", "rebel_group", ("AAA",), "2010", None)
ELSEWHERE = Actor("elsewhere", "Elsewhere", "rebel_group", ("BBB",))


@pytest.mark.parametrize(
    ("other", "rule", "clash"),
    [(TWO, "", True), (TWO, "only-country", False), (LATER, "", False), (ELSEWHERE, "", False)],
)
def test_an_alias_of_two_in_one_country_and_time_needs_a_rule(other: Actor, rule: str, clash: bool) -> None:
    found = faults((Alias("one", "OF", rule=rule), Alias(other.id, "OF", rule=rule)), (), ONE, other)
    assert any("means both" in fault for fault in found) is clash


def test_other_faults_are_named() -> None:
    backwards = Actor("back", "Back", "party", (), "2005", "2001")
    found = faults(
        (Alias("gone", "G"), Alias("back", "B", kind="nickname"), Alias("back", "C", rule="perhaps")),
        (ActorRelation("back", "likes", "nobody"),),
        backwards,
    )
    text = "\n".join(found)
    for words in ("ends (2001) before", "no actor gone", "'nickname'", "'perhaps'", "'likes'", "no actor nobody"):
        assert words in text
