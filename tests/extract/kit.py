"""One loaded kit for the tests that read sentences."""

from __future__ import annotations

from functools import cache

from according.annotate import Text
from according.components import Kit
from according.model import Coding, Document
from according.pipeline import code, load_kit


@cache
def kit() -> Kit:
    return load_kit()


def read(text: str, published: str | None = "2021-03-04") -> Text:
    return kit().annotator.annotate(Document(text=text, published=published, publisher="Lowland Post"))


def coded(text: str, published: str | None = "2021-03-04") -> Coding:
    return code(Document(text=text, published=published, publisher="Lowland Post"), kit())
