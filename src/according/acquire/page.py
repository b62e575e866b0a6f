"""HTML pages, from a file or from a URL that the user gave: the article's text, title, date, publisher, language."""

from __future__ import annotations

from according.acquire.intake import Intake, ReadOptions, intake_of
from according.errors import InvalidInput

# The extensive search of htmldate guesses from any number on the page; an unknown date is better than a guessed one.
_DATES = {"original_date": True, "extensive_search": False}


def read_page(place: str, data: bytes, options: ReadOptions, url: str | None = None) -> Intake:
    """The document of one page.

    Args:
        place: where the page was read from.
        data: the page as served.
        options: how to read; its publisher and date overrule what the page says.
        url: the page's address where it is known.

    Raises:
        InvalidInput: no article can be found in the page.
    """
    from trafilatura import bare_extraction

    found = bare_extraction(
        data, url=url, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATES)
    )  # fmt: skip
    text = getattr(found, "text", None)
    if found is None or isinstance(found, dict) or not text or not text.strip():
        raise InvalidInput("no article was found in the page; save the report's text and hand that in")
    fields = {
        "title": found.title or None,
        "url": url or found.url or None,
        "publisher": options.publisher or found.sitename or found.hostname or None,
        "published": options.published or found.date or None,
        "language": _language(data),
    }
    return intake_of(place, _without_title(text, fields["title"]), fields, options)


def _without_title(text: str, title: str | None) -> str:
    """The text without a first line that only repeats the title, which is no part of the text."""
    first, _, rest = text.partition("\n")
    same = title is not None and "".join(first.lower().split()) == "".join(title.lower().split())
    return rest.lstrip("\n") if same and rest.strip() else text


def _language(data: bytes) -> str | None:
    from lxml import html
    from lxml.etree import ParserError

    try:
        root = html.document_fromstring(data)
    except (ParserError, ValueError):
        return None
    stated = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    return str(stated).strip() or None if stated else None


def fetch(url: str, options: ReadOptions) -> Intake:
    """The document at an address that the user named; the only place that asks the network.

    Raises:
        InvalidInput: the page cannot be had, or holds no article.
    """
    from trafilatura import fetch_response

    response = fetch_response(url, decode=False)
    if response is None or not response.data:
        raise InvalidInput("the address did not answer; check it, or save the page and hand in the file")
    if response.status != 200:
        raise InvalidInput(f"the address answered with status {response.status}; save the page and hand in the file")
    if len(response.data) > options.max_bytes:
        raise InvalidInput(f"the page is larger than {options.max_bytes:,} bytes; raise max_bytes")
    if response.data.startswith(b"%PDF-"):
        from according.acquire.pdf import read_pdf

        return read_pdf(url, response.data, options, url)
    return read_page(url, response.data, options, url)
