"""One noun, one class: the glossary against the code."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections import Counter
from pathlib import Path

import pytest

import according
from according import model, values

ROOT = Path(according.__file__).parent
GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
ROW = re.compile(r"^\| `(\w+)` \| `([\w.]+)` \| (.+) \|$", re.MULTILINE)
BANNED = {"source", "statement", "fact", "record", "entity", "incident", "item", "handle", "manager", "utils"}


def rows() -> list[tuple[str, str, str]]:
    return [(m[1], m[2], m[3]) for m in ROW.finditer(GLOSSARY.read_text(encoding="utf-8"))]


def classes() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        found += [(node.name, path) for node in nodes if isinstance(node, ast.ClassDef)]
    return found


@pytest.mark.parametrize(("name", "module", "meaning"), rows())
def test_each_noun_is_a_class_with_words_of_its_own(name: str, module: str, meaning: str) -> None:
    noun = getattr(importlib.import_module(f"according.{module}"), name)
    assert inspect.isclass(noun)
    assert noun.__module__ == f"according.{module}"
    assert noun.__doc__
    assert len(meaning) > 10


@pytest.mark.parametrize("module", [model, values])
def test_each_class_of_the_model_is_in_the_glossary(module: object) -> None:
    own = {n for n, c in inspect.getmembers(module, inspect.isclass) if c.__module__ == module.__name__}  # type: ignore[attr-defined]
    assert own <= {name for name, _, _ in rows()}


def test_no_noun_names_two_classes() -> None:
    nouns = {name for name, _, _ in rows()}
    assert len(nouns) == len(rows())
    counts = Counter(name for name, _ in classes() if name in nouns)
    assert not {name for name, count in counts.items() if count > 1}


def test_words_that_mean_too_much_name_nothing() -> None:
    names = dict(classes()) | {p.stem: p for p in ROOT.rglob("*.py")}
    split = {name: set(re.findall(r"[a-z]+", re.sub(r"([A-Z])", r"_\1", name).lower())) for name in names}
    plural = {word + "s" for word in BANNED}
    assert not {name: str(names[name]) for name, parts in split.items() if parts & (BANNED | plural)}


def test_the_glossary_names_the_words_that_are_not_used() -> None:
    text = GLOSSARY.read_text(encoding="utf-8")
    assert all(f"*{word}*" in text for word in BANNED)
