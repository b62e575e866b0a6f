from __future__ import annotations

import os
from pathlib import Path

import pytest

from according.errors import InvalidInput
from according.settings import Settings, find_project, load_settings


def project(folder: Path, text: str) -> Path:
    (folder / "project.toml").write_text(text, encoding="utf-8")
    return folder


def test_what_comes_later_wins(tmp_path: Path) -> None:
    project(tmp_path, "workers = 2\nmax_bytes = 10\nmax_characters = 5\n")
    environ = {"ACCORDING_WORKERS": "3", "ACCORDING_MAX_BYTES": "20", "PATH": "x"}
    settings = load_settings(tmp_path, environ, {"workers": 4, "max_bytes": None})
    assert (settings.workers, settings.max_bytes, settings.max_characters) == (4, 20, 5)
    assert load_settings(environ={}) == Settings()


def test_files_lie_beside_the_project(tmp_path: Path) -> None:
    project(tmp_path, 'gazetteer = ["a.sqlite", "/b.sqlite"]\nactors = "own/actors.csv"\ncache = "cache"\n')
    settings = load_settings(tmp_path, {})
    assert settings.gazetteer == (tmp_path / "a.sqlite", Path("/b.sqlite"))
    assert settings.actors == tmp_path / "own" / "actors.csv"
    assert settings.cache_folder == tmp_path / "cache"
    listed = load_settings(None, {"ACCORDING_GAZETTEER": os.pathsep.join(["x", "y"])})
    assert [path.name for path in listed.gazetteer] == ["x", "y"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("worker = 2", "unknown setting worker; did you mean workers?"),
        ("colour = 2", "unknown setting colour; known are"),
        ("workers = -1", "workers must be a whole number of at least 0"),
        ("workers = true", "workers must be a whole number"),
        ('workers = "many"', "workers must be a whole number"),
        ("max_bytes = 0", "at least 1"),
        ("database = 3", "database must be text"),
        ("gazetteer = 3", "gazetteer must be a list of files"),
        ("actors = 3", "actors must be"),
        ("workers =", "is not TOML"),
    ],
)
def test_a_wrong_setting_is_one_clear_sentence(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words.replace("?", r"\?")) as error:
        load_settings(project(tmp_path, text), {})
    assert "project.toml" in str(error.value)


def test_other_variables_of_that_prefix_are_left_alone() -> None:
    assert load_settings(None, {"ACCORDING_TEST_DATABASE": "x"}) == Settings()


def test_all_cores() -> None:
    assert Settings(workers=3).cores == 3
    assert Settings(workers=0).cores == (os.cpu_count() or 1)


def test_a_project_is_found_from_below(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_project(deep) is None or find_project(deep) not in {tmp_path, deep}
    project(tmp_path, "")
    assert find_project(deep) == tmp_path.resolve()
