"""What is public is documented: each command and option, slot, event type, setting, public name and shape."""

from __future__ import annotations

import dataclasses
import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

import according
from according import cli
from according.acquire import FIELDS
from according.contract import default_slots
from according.model import FindingStatus, Modality, Relation, Stance
from according.rules import DATA
from according.settings import Settings
from according.shapes import VALUE_CLASSES, AccountJson, ClaimJson, Contract, SpeakerJson, SummaryJson
from according.values import PlacePrecision

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def commands(group: click.Group, prefix: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{prefix} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")


ALL = list(commands(cli.according, "according"))


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_each_command_has_help_and_stands_in_the_docs(name: str, command: click.Command) -> None:
    assert command.help
    assert f"`{name}" in page("commands.md")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert any(option in page("commands.md") for option in parameter.opts), parameter.opts


def test_exit_codes_stand_in_the_docs() -> None:
    for code in (0, 1, 2, 3, 4, 5, cli.INTERRUPTED):
        assert f"| {code} | " in page("commands.md")


@pytest.mark.parametrize("name", ["slots.md", "event_types.md", "settings.md"])
def test_tables_are_those_of_today(name: str) -> None:
    tables = runpy.run_path(str(DOCS / "tables.py"))
    assert page(name) == tables["PAGES"][name](), "run: python docs/tables.py"


def test_each_slot_event_type_and_setting_stands_in_the_docs() -> None:
    types = yaml.safe_load((DATA / "vocabulary" / "event_types.yaml").read_text(encoding="utf-8"))
    fields = {field.name for field in dataclasses.fields(Settings)} - {"project"}
    for name, wanted in (("slots.md", set(default_slots())), ("event_types.md", set(types)), ("settings.md", fields)):
        assert set(re.findall(r"^\| `(\w+)`", page(name), re.MULTILINE)) == wanted


def test_each_public_name_stands_in_the_docs() -> None:
    text = page("python.md")
    for name in according.__all__:
        assert f"`{name}`" in text, name
        assert getattr(according, name).__doc__
    assert sorted(according.__all__) == sorted(dir(according))
    with pytest.raises(AttributeError):
        according.nothing  # noqa: B018


def test_each_key_of_the_contract_stands_in_the_docs() -> None:
    text = page("contract.md")
    for shape in (Contract, ClaimJson, AccountJson, SummaryJson, SpeakerJson, *VALUE_CLASSES.values()):
        for name in shape.model_fields:
            assert f"`{name}`" in text, f"{shape.__name__}.{name}"
    for words in (*Stance, *Modality, *Relation, *FindingStatus, *VALUE_CLASSES):
        assert f"`{words}`" in text, words


def test_each_field_of_a_row_stands_in_the_docs() -> None:
    assert all(f"| `{name}` |" in page("input.md") for name in FIELDS)


def test_each_precision_stands_in_the_docs() -> None:
    assert all(f"| `{precision}` |" in page("precision.md") for precision in PlacePrecision)


def test_each_page_is_in_the_contents() -> None:
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert all(path.name in contents for path in DOCS.glob("*.md"))


def test_the_readme_names_both_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "according code --samples" in text
    assert ".ci/run" in text
    assert (ROOT / "docs" / "img" / "code.svg").exists()
    assert "docs/img/code.svg" in text


def test_no_path_of_a_machine_stands_in_the_docs() -> None:
    for path in [*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]:
        assert not re.search(r"/(home|root|work|Users)/", path.read_text(encoding="utf-8")), path.name
