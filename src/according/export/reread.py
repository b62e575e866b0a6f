"""Which persons and places the reports name: found again by coding them, since the store does not keep mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from according.acquire import Intake, LeftOut, ReadOptions
from according.acquire.intake import intake_of
from according.acquire.language import NOT_READ
from according.engine import Coder, run
from according.export.events import ExportDocument, Mentions
from according.shapes import Contract, MentionJson


def mentions_of(documents: Iterable[ExportDocument], make_coder: Callable[[], Coder], workers: int = 1) -> Mentions:
    """The mentions of reports and of their titles, before the guard took anything out.

    A report that cannot be coded, or whose language cannot be read, is left out: its words are then withheld.

    Args:
        documents: with their texts.
        make_coder: builds the coder, once in each process.
        workers: how many processes.
    """
    told = {d.id: d for d in documents if d.text}
    outcomes = iter(run(_intakes(told.values()), make_coder, workers))
    text: dict[str, list[MentionJson]] = {}
    title: dict[str, list[MentionJson]] = {}
    for document in told.values():
        found = _mentions(next(outcomes))
        of_title = _mentions(next(outcomes)) if document.title and document.title.strip() else []
        if found is not None and of_title is not None:
            text[document.id], title[document.id] = found, of_title
    return Mentions(text, title)


def _intakes(documents: Iterable[ExportDocument]) -> Iterator[Intake]:
    for document in documents:
        text = document.text or ""
        fields = {
            name: getattr(document, name) for name in ("key", "url", "title", "publisher", "published", "language")
        }
        yield intake_of(document.name, text, fields, ReadOptions(max_characters=len(text)))
        if document.title and document.title.strip():
            stated = {"published": document.published, "language": document.language or "en"}
            yield intake_of(f"{document.name}, title", document.title, stated, ReadOptions())


def _mentions(outcome: Contract | LeftOut) -> list[MentionJson] | None:
    if isinstance(outcome, LeftOut) or any(issue.kind == NOT_READ for issue in outcome.issues):
        return None
    return outcome.mentions
