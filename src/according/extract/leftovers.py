"""Numbers of people that no claim took: each becomes an `Issue`, so that nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from according.annotate import Text
from according.extract.counts import Kind
from according.extract.counts_finder import PeopleFinder
from according.extract.draft import Draft
from according.extract.voices import Voice
from according.model import Issue, Span
from according.rules import Lexicon
from according.values import Count, CountRange


def unread_counts(
    text: Text, drafts: Sequence[Draft], lexicons: Mapping[str, Lexicon], voices: Sequence[Voice] = ()
) -> Iterator[Issue]:
    """An issue for each phrase that counts people in figures or number words and stands in no claim's number.

    Those who speak ("Two residents said ...") are counted for no outcome.
    """
    finder, tokens = PeopleFinder(lexicons), tuple(text.doc)
    spoken = {i for v in voices if v.source is not None for i in range(*v.source)}
    taken = [s for d in drafts if isinstance(d.value, Count | CountRange) for s in _spans(d)]
    for sentence in text.sentences:
        for phrase in finder.find(tokens, sentence.start, sentence.end):
            span = text.span(phrase.start, phrase.end)
            several = phrase.kind in {Kind.PERSON, Kind.FORCES} and (phrase.range.low or phrase.range.high or 0) > 1
            if phrase.start in spoken:
                continue
            if phrase.is_numbered and several and not any(s.overlaps(span) for s in taken):
                message = (
                    f"“{span.quote}” counts people, but no claim says what happened to them: "
                    "read it and add one if it matters."
                )
                yield Issue("count_not_read", message, span)


def _spans(draft: Draft) -> Iterator[Span]:
    yield from draft.evidence
    if draft.object is not None and draft.object.span is not None:
        yield draft.object.span
