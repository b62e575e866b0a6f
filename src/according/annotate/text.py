"""`Text`: an annotated document. Tokens may be repaired for the parser; offsets always mean the document's own text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Token

from according.model import Document, Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of tokens [start, end) between blank lines (or single line ends in text that is not hard-wrapped)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of tokens [start, end) and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in characters: [start, end) with its marks, [inner_start, inner_end) without them.

    `closed` is False for a quotation that runs on into the next paragraph, as newspapers print it.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True


@dataclass(frozen=True)
class Text:
    """One document with tokens, parse, sentences and quotations.

    Args:
        document: the frozen document; every offset below points into `document.text`.
        doc: spaCy's view. Token i may be spelled otherwise than the text (straight quotes, "ISIS" for a bare "IS",
            restored case); `starts[i]` and `ends[i]` are where it stands in the text. White space is no token here.
        starts, ends: code points of each token.
        sentences, paragraphs, quotes: in order, not overlapping (of quotes nested by alternating marks the outer only).
    """

    document: Document
    doc: Doc
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[Paragraph, ...]
    quotes: tuple[Quote, ...] = field(default=())

    def span(self, start: int, end: int) -> Span:
        """The characters of tokens [start, end), as they stand in the document."""
        return self.chars(self.starts[start], self.ends[end - 1])

    def chars(self, start: int, end: int) -> Span:
        """The span of characters [start, end)."""
        return Span(start, end, self.document.text[start:end])

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """Tokens [i, j) that touch the characters [start, end); i == j where none does."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def tokens(self, span: Span) -> list[Token]:
        """The tokens that touch a span."""
        i, j = self.token_range(span.start, span.end)
        return list(self.doc[i:j])

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_index(self, token: int) -> int:
        """Number of the sentence that token i belongs to."""
        return bisect_right(self._sentence_starts, token) - 1

    def sentence_at(self, char: int) -> int:
        """Number of the sentence that the character belongs to (or the nearest one before it)."""
        i, _ = self.token_range(char, char + 1)
        return self.sentence_index(min(i, len(self.starts) - 1))

    def quote_at(self, char: int) -> Quote | None:
        """The quotation that the character lies in, or None."""
        return next((q for q in self.quotes if q.start <= char < q.end), None)

    def in_quote(self, token: int) -> bool:
        """True where token i stands inside a quotation."""
        return self.quote_at(self.starts[token]) is not None
