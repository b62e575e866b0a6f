"""What the tests share. The folder itself is on the path, so that worker processes can import `fakes` too."""

from __future__ import annotations

import pytest

from according.model import Coding, Document
from fakes import REPORT, code


@pytest.fixture
def report() -> Document:
    """The invented report that `fakes.code` knows, dated."""
    return Document(text=REPORT, title="Raid on Orrin", publisher="Lowland Post", published="2021-03-04", key="r1")


@pytest.fixture
def coding(report: Document) -> Coding:
    """The report, coded by hand."""
    return code(report)
