"""From bytes to text: byte-order marks, UTF-8, and clear words where it is neither."""

from __future__ import annotations

import codecs

from according.errors import InvalidInput, UsageError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive (Word, Excel and EPUB files are such)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"SQLite format 3", "a database"),
)
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}
_HEAD = 8192


def check_encoding(name: str) -> str:
    """The encoding's name, if Python knows it.

    Raises:
        UsageError: it does not.
    """
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise UsageError(
            f"the encoding {name!r} is not known; name one such as utf-8, utf-16 or windows-1256"
        ) from error


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of a file's bytes; line ends are kept.

    Args:
        data: the whole file.
        encoding: how to read it; None takes what the byte-order mark says, or UTF-8.

    Raises:
        InvalidInput: the bytes are no text, or not in that encoding.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name)
    if encoding is not None:
        return _strictly(data, encoding)
    _refuse_binary(data[:_HEAD])
    return _strictly(data, "utf-8")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02X}"
        raise InvalidInput(
            f"the byte {byte} at offset {error.start} is not {encoding.upper()}; convert the file to UTF-8, "
            "or name its encoding with --encoding"
        ) from error


def _refuse_binary(head: bytes) -> None:
    kind = next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)
    if kind is not None:
        raise InvalidInput(f"it is {kind} and not text; save the report as text, HTML or PDF")
    if not head:
        return
    nulls = head.count(0)
    if nulls > len(head) // 3 and {head[::2].count(0), head[1::2].count(0)} & {0}:
        raise InvalidInput("it looks like UTF-16 without a byte-order mark; name it with --encoding utf-16-le")
    if sum(byte in _CONTROLS for byte in head) > max(1, len(head) // 50):
        raise InvalidInput("it is binary and not text; save the report as text, HTML or PDF")
