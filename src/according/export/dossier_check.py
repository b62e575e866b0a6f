"""Checks a dossier without a network and without the project that it came from."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from according.errors import IntegrityError, InvalidInput
from according.export.dossier import KIND, MANIFEST
from according.model import digest

_MOST = 2_000_000_000  # bytes, unpacked: more is no dossier of ours


@dataclass(frozen=True, slots=True)
class DossierCheck:
    """What was checked: files, claims by their ids, quotes by the texts that are there; `seal`: the manifest's hash."""

    events: tuple[str, ...]
    files: int
    claims: int
    quotes: int
    seal: str
    made: str


def check_dossier(path: Path) -> DossierCheck:
    """Check every file against the manifest, every claim against its id, every quote against its text.

    Args:
        path: the ZIP.

    Raises:
        InvalidInput: it is no dossier.
        IntegrityError: a file is missing, was changed or was added, or a claim is not what its id says.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _check(archive, path.name)
    except (KeyError, TypeError, AttributeError) as error:
        raise IntegrityError(
            f"{path.name} is not built as this program builds a dossier ({error}); get it again"
        ) from error
    except (OSError, zipfile.BadZipFile, zipfile.LargeZipFile) as error:
        raise InvalidInput(f"{path} is no ZIP that can be read ({error}); name a dossier") from error


def _check(archive: zipfile.ZipFile, name: str) -> DossierCheck:
    found = archive.namelist()
    if MANIFEST not in found:
        raise InvalidInput(f"{name} has no {MANIFEST}; it is no dossier")
    if sum(entry.file_size for entry in archive.infolist()) > _MOST:
        raise InvalidInput(f"{name} unpacks to more than {_MOST:,} bytes; it is no dossier of this program")
    content = archive.read(MANIFEST)
    manifest = _object(content, MANIFEST)
    if manifest.get("kind") != KIND or not isinstance(manifest.get("files"), dict):
        raise InvalidInput(f"{name} is of the kind {manifest.get('kind')!r}; this program checks {KIND!r}")
    _check_files(archive, manifest["files"], found)
    claims = quotes = 0
    for event in manifest["events"]:
        own = _object(archive.read(f"{event}/event.json"), f"{event}/event.json")
        checked, matched = _check_event(archive, str(event), own)
        claims, quotes = claims + checked, quotes + matched
    seal = hashlib.sha256(content).hexdigest()
    return DossierCheck(tuple(manifest["events"]), len(manifest["files"]), claims, quotes, seal, str(manifest["made"]))


def _check_files(archive: zipfile.ZipFile, wanted: Mapping[str, str], found: list[str]) -> None:
    stray = sorted(set(found) - set(wanted) - {MANIFEST})
    twice = sorted({name for name in found if found.count(name) > 1})
    missing = sorted(set(wanted) - set(found))
    for names, what in ((missing, "is missing from"), (stray, "was added to"), (twice, "stands twice in")):
        if names:
            raise IntegrityError(f"{names[0]} {what} the dossier; get it again from who made it")
    for name, digest_wanted in wanted.items():
        if hashlib.sha256(archive.read(name)).hexdigest() != digest_wanted:
            raise IntegrityError(f"{name} was changed since the dossier was made; get it again from who made it")


def _check_event(archive: zipfile.ZipFile, event: str, content: Mapping[str, Any]) -> tuple[int, int]:
    texts: dict[str, str] = {}
    for report in content["reports"]:
        told = report["text"]
        if told is None or not told["whole"]:
            continue
        held = archive.read(f"{event}/{told['file']}")
        if hashlib.sha256(held).hexdigest() != report["sha256"]:
            raise IntegrityError(f"The text of {report['name']} is not the one of its SHA-256; get the dossier again")
        texts[report["id"]] = held.decode("utf-8", "surrogatepass")
    quotes = 0
    claims = [*content["claims"], *content["others"]]
    for claim in claims:
        spans = ";".join(f"{s['start']}-{s['end']}" for s in claim["evidence"])
        if claim["id"] != "c" + digest(claim["report"], claim["slot"], claim["stance"], spans):
            raise IntegrityError(
                f"The claim {claim['name']} of {event} is not the one of its id; get the dossier again"
            )
        text = texts.get(claim["report"])
        for span in claim["evidence"] if text is not None else ():
            if text is not None and text[span["start"] : span["end"]] != span["quote"]:
                raise IntegrityError(
                    f"A quote of the claim {claim['name']} is not in its report; get the dossier again"
                )
            quotes += 1
    return len(claims), quotes


def _object(content: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError as error:
        raise IntegrityError(f"{name} is no JSON; get the dossier again from who made it") from error
    if not isinstance(found, dict):
        raise IntegrityError(f"{name} is no JSON object; get the dossier again from who made it")
    return found
