"""The dossier: complete, printable, checkable without a network; every change is found."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from according.errors import IntegrityError, InvalidInput
from according.export.dossier_check import check_dossier
from according.export.events import ExportEvent, Mentions
from according.export.formats import export
from according.export.guard import Allowed
from export.made import STRIKE, context, joined, market, strike

Files = dict[str, bytes]


def files_of(*events: tuple[ExportEvent, Mentions], texts: bool = True, allowed: Allowed | None = None) -> Files:
    made = export("dossier", [e for e, _ in events], context(texts=texts), joined(*(m for _, m in events)), allowed)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(tmp_path: Path, files: Files, sealed: bool = False) -> Path:
    """A ZIP of the files; with `sealed` the manifest is made to fit them, as a forger would."""
    if sealed:
        manifest = json.loads(files["manifest.json"])
        manifest["files"] = {n: hashlib.sha256(c).hexdigest() for n, c in files.items() if n != "manifest.json"}
        files = {**files, "manifest.json": json.dumps(manifest).encode()}
    path = tmp_path / "d.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_dossier_is_whole_and_checks(tmp_path: Path) -> None:
    files = files_of(market(), strike())
    folder = "mobof-tirag-dusil/"
    wanted = {"event.html", "event.json", "claims.csv", "rules.json", "log.jsonl", "texts/report-mobof-tirag-dusil.txt"}
    assert {name.removeprefix(folder) for name in files if name.startswith(folder)} == wanted
    assert {"manifest.json", "method.txt", "losses.json"} <= set(files)
    found = check_dossier(written(tmp_path, files))
    assert found.events == ("mobof-tirag-dusil", "lusab-babad-gutih")
    assert found.claims == 17
    assert found.quotes == 5  # of the other report a name was taken out
    assert found.made == "machine-made"


def test_the_same_events_give_the_same_bytes() -> None:
    assert files_of(market()) == files_of(market())


def test_without_texts_only_their_hashes_are_there(tmp_path: Path) -> None:
    files = files_of(market(), texts=False)
    assert not [name for name in files if "texts/" in name]
    assert market()[0].documents[0].sha256.encode() in files["mobof-tirag-dusil/event.json"]
    assert check_dossier(written(tmp_path, files)).quotes == 0


def test_a_text_with_a_name_taken_out_is_not_called_whole() -> None:
    [report] = json.loads(files_of(strike())["lusab-babad-gutih/event.json"])["reports"]
    assert report["text"]["whole"] is False
    assert report["sha256"] == hashlib.sha256(STRIKE.encode()).hexdigest()
    told = files_of(strike(), allowed=Allowed(names=True, by="a", reason="b"))
    [report] = json.loads(told["lusab-babad-gutih/event.json"])["reports"]
    assert report["text"]["whole"] is True


def edited(name: str, change: Callable[[bytes], bytes]) -> Callable[[Files], Files]:
    return lambda files: {**files, name: change(files[name])}


EVENT = "mobof-tirag-dusil/event.json"


@pytest.mark.parametrize(
    ("change", "sealed", "words"),
    [
        (edited("method.txt", lambda c: c + b"!"), False, "method.txt was changed"),
        (lambda files: {n: c for n, c in files.items() if "claims.csv" not in n}, False, "is missing"),
        (lambda files: {**files, "extra.txt": b"x"}, False, "was added"),
        (
            edited(EVENT, lambda c: c.replace(b'"stance": "asserts"', b'"stance": "denies"', 1)),
            True,
            "not the one of its id",
        ),
        (
            edited(EVENT, lambda c: c.replace(b"Several were wounded", b"Several were  killed")),
            True,
            "is not in its report",
        ),
        (
            edited("mobof-tirag-dusil/texts/report-mobof-tirag-dusil.txt", lambda c: c + b"!"),
            True,
            "not the one of its SHA-256",
        ),
        (edited(EVENT, lambda c: b"{}"), True, "not built as"),
        (edited(EVENT, lambda c: b"{"), True, "no JSON"),
    ],
)
def test_a_change_is_found(tmp_path: Path, change: Callable[[Files], Files], sealed: bool, words: str) -> None:
    files = files_of(market())
    changed = change(files)
    assert changed != files
    with pytest.raises(IntegrityError, match=words):
        check_dossier(written(tmp_path, changed, sealed))


def test_what_is_no_dossier_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        check_dossier(written(tmp_path, {"a.txt": b"x"}))
    (tmp_path / "a.zip").write_bytes(b"PK")
    with pytest.raises(InvalidInput):
        check_dossier(tmp_path / "a.zip")


class Page(HTMLParser):
    """The tags and attributes of a page, and whether they are closed in order."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.asked: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.asked += [str(v) for name, v in attrs if name in {"src", "href", "action"}] + (
            [tag] if tag == "script" else []
        )
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_asks_no_host_and_tells_who_says_what() -> None:
    event, mentions = strike()
    hostile = replace(
        event, documents=tuple(replace(d, publisher="<script>alert(1)</script>") for d in event.documents)
    )
    made = export("html", [hostile, market()[0]], context(), joined(mentions, market()[1])).content.decode()
    page = Page(made)
    assert (page.open, page.asked) == ([], [])
    for words in (
        "has not spoken",
        "145-150",
        "machine-made; according 0.1.0",
        "claimed by party",
        "Up to 150 militants",
        "made#1",
    ):
        assert words in made
    assert not re.search(r"https?://", made)
