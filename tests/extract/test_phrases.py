from __future__ import annotations

import pytest

from according.annotate.pipeline import Annotator, load_language
from according.extract.phrases import object_of
from according.model import Document


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(load_language())


@pytest.mark.parametrize(
    ("text", "verb", "found"),
    [
        ("The raid took place on Monday.", "took", None),
        ("Three ships took part in the attack.", "took", None),
        ("The rebels took the bridge on Monday.", "took", "bridge"),
        ("The bridge was taken on Monday.", "taken", "bridge"),
        ("The shells hit a market.", "hit", "market"),
    ],
)
def test_what_a_verb_acts_on(annotator: Annotator, text: str, verb: str, found: str | None) -> None:
    token = next(t for t in annotator.annotate(Document(text=text)).doc if t.text == verb)
    thing = object_of(token)
    assert (thing.text if thing is not None else None) == found
