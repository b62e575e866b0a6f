"""A project's own actors, places and slots reach what codes its reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from according import Document, Settings, code, load_kit
from according.errors import InvalidInput, InvalidRule, MissingPart
from according.model import ActorRef
from according.resolve.gazetteer_add import add_file
from according.rules import DATA
from according.values import PlaceRef

REPORT = "The Quendel Lancers shelled the market of Zvorrinholm on 3 May 2021, killing four people."


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("project")
    actors = folder / "actors.csv"
    actors.write_text("id,name,aliases,kind\nquendel,Quendel Lancers,Lancers,rebel_group\n", encoding="utf-8")
    places = folder / "mine.csv"
    places.write_text("name,latitude,longitude,country\nZvorrinholm,10.5,-3.25,BF\n", encoding="utf-8")
    add_file(places, folder / "places.sqlite", DATA / "places")
    slots = folder / "slots.yaml"
    slots.write_text("ransom: {of: event, value: Words, about: what was paid}\n", encoding="utf-8")
    return Settings(actors=actors, gazetteer=(folder / "places.sqlite",), slots=slots)


def test_a_projects_own_knowledge_is_used(own: Settings) -> None:
    kit = load_kit(own)
    values = [m.value for m in code(Document(text=REPORT), kit).mentions]
    assert "quendel" in {v.id for v in values if isinstance(v, ActorRef)}
    assert ("Zvorrinholm", "BFA") in {(v.name, v.country) for v in values if isinstance(v, PlaceRef)}
    assert "ransom" in kit.slots


def test_without_it_nothing_of_it_is_known() -> None:
    kit = load_kit()
    values = [m.value for m in code(Document(text=REPORT), kit).mentions]
    assert "quendel" not in {v.id for v in values if isinstance(v, ActorRef)}
    assert "BFA" not in {v.country for v in values if isinstance(v, PlaceRef)}
    assert "ransom" not in kit.slots


@pytest.mark.parametrize("name", ["actors", "gazetteer", "slots"])
def test_a_file_that_is_not_there_is_said(tmp_path: Path, name: str) -> None:
    missing = tmp_path / "none.csv"
    with pytest.raises((InvalidInput, InvalidRule, MissingPart), match=r"none\.csv"):
        load_kit(Settings(**{name: (missing,) if name == "gazetteer" else missing}))  # type: ignore[arg-type]


def test_a_file_of_actors_that_is_no_text_is_said(tmp_path: Path) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_bytes(b"\xff\xfei\x00d\x00")
    with pytest.raises(InvalidInput, match="UTF-8"):
        load_kit(Settings(actors=odd))
