"""One frozen `Settings`: defaults < project.toml < environment (ACCORDING_*) < flags."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path

from platformdirs import user_cache_path

from according.errors import InvalidInput

FILE = "project.toml"
PREFIX = "ACCORDING_"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person can choose: each field is a key of project.toml and, after ACCORDING_, a variable."""

    project: Path | None = field(default=None, metadata={"about": "the project folder; none outside a project"})
    database: str | None = field(
        default=None, metadata={"about": "SQLAlchemy URL of the store; the project's own SQLite file where not set"}
    )
    workers: int = field(default=1, metadata={"about": "processes that code documents; 0 takes all cores"})
    cache: Path | None = field(
        default=None, metadata={"about": "folder of what is built once (the gazetteer); the user's cache where not set"}
    )
    gazetteer: tuple[Path, ...] = field(default=(), metadata={"about": "gazetteer files beside the package's own"})
    actors: Path | None = field(default=None, metadata={"about": "a file of actors beside those of the package"})
    slots: Path | None = field(default=None, metadata={"about": "a file of slots beside those of the package"})
    by: str | None = field(
        default=None, metadata={"about": "your name or pseudonym, as it stands beside what you decide"}
    )
    max_bytes: int = field(
        default=20_000_000, metadata={"about": "the largest file or JSON line that is read, in bytes"}
    )
    max_characters: int = field(
        default=1_000_000, metadata={"about": "the longest text of one document that is coded, in characters"}
    )

    @property
    def cores(self) -> int:
        """How many processes `workers` asks for: itself, or all cores where it is 0."""
        return self.workers or os.cpu_count() or 1

    @property
    def cache_folder(self) -> Path:
        """The folder that `cache` names, or the user's own for this program."""
        return self.cache or user_cache_path("according")


_INTEGERS = {f.name for f in fields(Settings) if f.type == "int"}
_PATHS = {f.name for f in fields(Settings) if f.type == "tuple[Path, ...]"}
_PATH = {f.name for f in fields(Settings) if f.type == "Path | None"}


def find_project(start: Path) -> Path | None:
    """The nearest folder, from `start` upwards, that holds a project.toml; None where there is none."""
    folder = start.resolve()
    return next((f for f in (folder, *folder.parents) if (f / FILE).is_file()), None)


def load_settings(
    project: Path | None = None, environ: Mapping[str, str] | None = None, flags: Mapping[str, object] | None = None
) -> Settings:
    """Put the settings together.

    Args:
        project: the project folder, whose project.toml is read; none is read where None.
        environ: the environment, `os.environ` where None.
        flags: what the command line or caller sets; None values count as not given.

    Raises:
        InvalidInput: a file or variable has an unknown key or a value of the wrong type.
    """
    settings = Settings(project=project)
    if project is not None and (project / FILE).is_file():
        settings = _with(settings, _read(project / FILE), FILE, project)
    variables = os.environ if environ is None else environ
    known = {f.name for f in fields(Settings)} - {"project"}
    chosen = {k.removeprefix(PREFIX).lower(): v for k, v in variables.items() if k.startswith(PREFIX)}
    split = {k: v.split(os.pathsep) if k in _PATHS else v for k, v in chosen.items() if k in known}
    settings = _with(settings, split, "the environment", Path.cwd())
    return _with(settings, {k: v for k, v in (flags or {}).items() if v is not None}, "the flags", Path.cwd())


def _read(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} is not TOML ({error}); correct it there") from error


def _with(settings: Settings, chosen: Mapping[str, object], where: str, folder: Path) -> Settings:
    known = {f.name for f in fields(Settings)} - {"project"}
    for key in chosen:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(known))}"
            raise InvalidInput(f"{where} has the unknown setting {key}; {hint}")
    return replace(settings, **{key: _typed(key, value, where, folder) for key, value in chosen.items()})  # type: ignore[arg-type]


def _typed(key: str, value: object, where: str, folder: Path) -> object:
    if key in _INTEGERS:
        return _integer(key, value, where)
    if key in _PATH and isinstance(value, str | Path):
        return folder / value
    if key in _PATHS:
        parts = [value] if isinstance(value, str | Path) else value
        if isinstance(parts, list | tuple) and all(isinstance(p, str | Path) for p in parts):
            return tuple(folder / p for p in parts)
        raise InvalidInput(f"{where}: {key} must be a list of files, not {value!r}")
    if not isinstance(value, str):
        raise InvalidInput(f"{where}: {key} must be text, not {value!r}")
    return value


def _integer(key: str, value: object, where: str) -> int:
    try:
        number = int(value) if isinstance(value, int | str) and not isinstance(value, bool) else -1
    except ValueError:
        number = -1
    least = 0 if key == "workers" else 1
    if number < least:
        raise InvalidInput(f"{where}: {key} must be a whole number of at least {least}, not {value!r}")
    return number
