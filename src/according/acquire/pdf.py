"""PDF files that carry their text."""

from __future__ import annotations

import io

from according.acquire.intake import Intake, ReadOptions, intake_of
from according.errors import InvalidInput


def read_pdf(place: str, data: bytes, options: ReadOptions, url: str | None = None) -> Intake:
    """The document of one PDF. The day on which the file was made is no publication date and is not taken for one.

    Args:
        place: where the file was read from.
        data: the file.
        options: how to read.
        url: its address where it is known.

    Raises:
        InvalidInput: it is damaged, locked, or a scan without text.
    """
    title, pages = _contents(data)
    text = "\n\n".join(page for page in pages if page.strip())
    if not text:
        raise InvalidInput("the PDF has no text, only images; run text recognition (OCR) on it first")
    fields = {"title": title, "url": url, "publisher": options.publisher, "published": options.published}
    return intake_of(place, text, fields, options)


def _contents(data: bytes) -> tuple[str | None, list[str]]:
    """Title and text of each page."""
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    try:
        reader = PdfReader(io.BytesIO(data))
        title = reader.metadata.title if reader.metadata else None
        return str(title).strip() or None if title else None, [page.extract_text() for page in reader.pages]
    except FileNotDecryptedError as error:
        raise InvalidInput("the PDF is locked with a password; save an unlocked copy") from error
    except Exception as error:
        raise InvalidInput(f"the PDF is damaged ({error}); open it elsewhere and save it again") from error
