"""Sentences, tokens, parse, names and quotes of one document, all tied to its code points."""

from according.annotate.pipeline import Annotator
from according.annotate.text import Paragraph, Quote, Sentence, Text

__all__ = ["Annotator", "Paragraph", "Quote", "Sentence", "Text"]
