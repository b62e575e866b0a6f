"""Guides on size. Over the guide is a warning, over the limit a failure."""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from pathlib import Path

import according

ROOT = Path(according.__file__).parent
LINES, FUNCTION, PARAMETERS = 500, 60, 7
GUIDE_LINES, GUIDE_FUNCTION = 400, 30


def functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.append((f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node))
    return found


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the name on; what the docstring says of it is no length."""
    docstring = node.body[0] if ast.get_docstring(node) else None
    said = 0 if docstring is None else (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
    return (node.end_lineno or node.lineno) - node.lineno + 1 - said


def test_no_file_is_too_long() -> None:
    sizes = {str(p.relative_to(ROOT)): p.read_text(encoding="utf-8").count("\n") for p in sorted(ROOT.rglob("*.py"))}
    over = {name: size for name, size in sizes.items() if size > GUIDE_LINES}
    if over:
        warnings.warn(f"files of more than {GUIDE_LINES} lines: {over}", stacklevel=1)
    assert not {name: size for name, size in over.items() if size > LINES}


def test_no_function_is_too_long() -> None:
    sizes = {name: body_lines(node) for name, node in functions()}
    over = {name: size for name, size in sizes.items() if size > GUIDE_FUNCTION}
    if over:
        warnings.warn(f"{len(over)} functions of more than {GUIDE_FUNCTION} lines", stacklevel=1)
    assert not {name: size for name, size in over.items() if size > FUNCTION}


def test_no_function_takes_too_much() -> None:
    counts = {
        name: len([a for a in (*n.args.posonlyargs, *n.args.args, *n.args.kwonlyargs) if a.arg not in {"self", "cls"}])
        for name, n in functions()
    }
    assert not {name: count for name, count in counts.items() if count > PARAMETERS}


def test_no_exception_is_swallowed() -> None:
    silent = []
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and all(isinstance(part, ast.Pass) for part in node.body):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not silent


def test_no_two_test_files_share_a_name() -> None:
    """Test folders are no packages: pytest imports their files by name, and finds the second of two to be another."""
    names = Counter(path.name for path in Path(__file__).parents[1].rglob("test_*.py"))
    assert not [name for name, count in names.items() if count > 1]
