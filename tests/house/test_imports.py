"""`ls` is the architecture: who may import whom, and who opens nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import according

ROOT = Path(according.__file__).parent
# The parts that are handed all that they need. A loader, which is told the path, may read it and nothing else.
PURE = ("extract", "resolve", "link", "group.py", "reconcile.py", "reconcile")
OPENS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "urlopen", "connect", "create_engine"}
NETWORK = {"socket", "urllib", "requests", "httpx", "http", "urllib3", "ftplib"}


def files() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def ours(path: Path) -> set[str]:
    """The first names below `according` that a file imports."""
    return {name.split(".")[1] for name in imported(tree_of(path)) if name.startswith("according.")}


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("values.py", set()),
        ("errors.py", set()),
        ("model.py", {"values", "errors"}),
        ("settings.py", {"values", "errors", "model"}),
        ("rules.py", {"values", "errors", "model"}),
        ("shapes.py", {"values", "errors", "model"}),
    ],
)
def test_the_foundation_imports_nothing_above_it(name: str, allowed: set[str]) -> None:
    found = {part for part in ours(ROOT / name) if (ROOT / f"{part}.py").exists() or (ROOT / part).is_dir()}
    assert found <= allowed


def pure_files() -> list[Path]:
    return [path for path in files() if path.relative_to(ROOT).parts[0] in PURE]


@pytest.mark.parametrize("path", pure_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_pure_parts_know_no_store_no_engine_and_no_interface(path: Path) -> None:
    forbidden = {"store", "engine", "cli", "acquire", "service", "export", "pipeline", "contract", "shapes"}
    assert not ours(path) & forbidden


@pytest.mark.parametrize("path", pure_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_pure_parts_open_nothing_but_what_a_loader_is_handed(path: Path) -> None:
    """Only a function that is told a path, or an object that was given one, reads a file."""
    tree = tree_of(path)
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        calls = {
            node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
        }
        if calls & OPENS:
            told = ast.unparse(function.args)
            in_class = "self" in told
            assert in_class or "Path" in told or "Connection" in told, f"{path.name}: {function.name} opens a file"


@pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_only_acquiring_knows_the_network(path: Path) -> None:
    names = {name.split(".")[0] for name in imported(tree_of(path))}
    assert not names & NETWORK
    if path.relative_to(ROOT).parts[0] != "acquire":
        assert "trafilatura" not in names


def test_importing_the_package_is_cheap() -> None:
    program = "import sys, according; sys.exit(len({'spacy', 'pydantic', 'sqlalchemy', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
