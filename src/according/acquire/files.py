"""From what the user names (files, folders, "-", addresses) to documents, in order; no failure stops the rest."""

from __future__ import annotations

import codecs
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from according.acquire.decode import decode
from according.acquire.intake import Intake, LeftOut, ReadOptions, Why, intake_of
from according.acquire.rows import read_rows
from according.errors import InvalidInput

ROWS = frozenset({".jsonl", ".ndjson", ".json"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
TEXTS = frozenset({".txt", ".text", ".md"})
KINDS = ROWS | PAGES | TEXTS | {".pdf"}
STDIN = "standard input"


def read(paths: Iterable[str], options: ReadOptions, stdin: BinaryIO | None = None) -> Iterator[Intake | LeftOut]:
    """All documents that the paths name, in order; folders by name of file.

    Args:
        paths: files, folders, addresses (http, https), or "-" for standard input.
        options: how to read.
        stdin: what "-" reads.
    """
    for path in paths:
        if path == "-":
            yield from _guarded(STDIN, _read_stream(stdin, options))
        elif path.startswith(("http://", "https://")):
            yield from _guarded(path, _read_url(path, options))
        elif Path(path).is_dir():
            yield from _read_folder(Path(path), options)
        else:
            yield from _guarded(path, _read_file(Path(path), options))


def _guarded(place: str, intakes: Iterator[Intake | LeftOut]) -> Iterator[Intake | LeftOut]:
    try:
        yield from intakes
    except InvalidInput as error:
        yield LeftOut(place, str(error))
    except FileNotFoundError:
        yield LeftOut(place, "there is no such file or folder; check the name")
    except OSError as error:
        yield LeftOut(place, f"it cannot be opened ({error.strerror or error}); check its permissions")


def _read_url(url: str, options: ReadOptions) -> Iterator[Intake]:
    from according.acquire.page import fetch

    yield fetch(url, options)


def _read_folder(folder: Path, options: ReadOptions) -> Iterator[Intake | LeftOut]:
    """Every readable file below the folder; hidden ones and links to folders are passed over."""
    found = readable = 0
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(n for n in names if not n.startswith(".")):
            found += 1
            path = Path(base) / name
            if path.suffix.lower() in KINDS:
                readable += 1
                yield from _guarded(str(path), _read_file(path, options))
            else:
                yield LeftOut(str(path), "it is no text, HTML, PDF or JSON Lines file, going by its name", Why.OTHER)
    if not readable:
        held = "no text, HTML, PDF or JSON Lines file" if found else "no files"
        yield LeftOut(str(folder), f"the folder holds {held}; name one with reports in it")


def _read_file(path: Path, options: ReadOptions) -> Iterator[Intake | LeftOut]:
    size = path.stat().st_size
    suffix = path.suffix.lower()
    if suffix in ROWS:
        with path.open("rb") as file:
            yield from _rows_of(str(path), file, options)
    elif size > options.max_bytes:
        raise _too_large(size, options)
    else:
        yield _read_bytes(str(path), path.read_bytes(), suffix, options)


def _rows_of(place: str, file: BinaryIO, options: ReadOptions) -> Iterator[Intake | LeftOut]:
    first = file.readline(options.max_bytes + 1)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InvalidInput("it is UTF-16; JSON Lines are UTF-8, so convert it first")
    if first.strip() in {b"{", b"["}:
        raise InvalidInput("it is JSON spread over several lines; put each object on a line of its own (JSON Lines)")
    yield from read_rows(place, file, options, first)


def _too_large(size: int, options: ReadOptions) -> InvalidInput:
    return InvalidInput(
        f"it has {size:,} bytes, and {options.max_bytes:,} is the most for one document; split it, or raise max_bytes"
    )


def _read_bytes(place: str, data: bytes, suffix: str, options: ReadOptions) -> Intake:
    """One document, by its first bytes and else by the ending of its name."""
    if not data.strip():
        raise InvalidInput("it is empty; there is nothing to read")
    if data.startswith(b"%PDF-"):
        from according.acquire.pdf import read_pdf

        return read_pdf(place, data, options)
    if suffix == ".pdf":
        raise InvalidInput("it is named .pdf but is no PDF; give it the ending of what it is")
    if suffix in PAGES or _is_page(data):
        from according.acquire.page import read_page

        return read_page(place, data, options)
    stated = {"publisher": options.publisher, "published": options.published}
    return intake_of(place, decode(data, options.encoding), stated, options)


def _is_page(data: bytes) -> bool:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html"))


def _read_stream(stdin: BinaryIO | None, options: ReadOptions) -> Iterator[Intake | LeftOut]:
    if stdin is None:
        raise InvalidInput("nothing can be read from it here; name a file")
    first = stdin.readline(options.max_bytes + 1)
    if _is_row(first):
        yield from read_rows(STDIN, stdin, options, first)
        return
    data = first + stdin.read(options.max_bytes + 1 - min(len(first), options.max_bytes))
    if len(data) > options.max_bytes:
        raise InvalidInput(f"it has more than {options.max_bytes:,} bytes; split it, or raise max_bytes")
    yield _read_bytes(STDIN, data, "", options)


def _is_row(line: bytes) -> bool:
    """True where the line opens JSON Lines: with an object, or with a whole list in its place."""
    if line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return True
    try:
        return isinstance(json.loads(line), list)
    except ValueError:
        return False
