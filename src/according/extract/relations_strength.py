"""How many an actor has: "the militia has 2,000 fighters", "a 500-strong unit"."""

from __future__ import annotations

from collections.abc import Iterator

from according.extract.draft import Draft
from according.extract.numbers import Number, reader_of
from according.extract.phrases import subject_of
from according.extract.relations_scene import Scene

_HAVE = frozenset({"have", "number", "boast", "count", "command", "field", "deploy"})


def find_strength(scene: Scene) -> Iterator[Draft]:
    """Drafts of strength."""
    reader = reader_of(scene.lexicons)
    for sentence in scene.text.sentences:
        for number in reader.numbers(scene.tokens, sentence.start, sentence.end):
            draft = _of_verb(scene, number) or _home_to(scene, number) or _strong(scene, number, sentence.end)
            if draft is not None:
                yield draft


def _of_verb(scene: Scene, number: Number) -> Draft | None:
    """ "The militia has (some) 2,000 fighters"."""
    core = scene.text.doc[number.core]
    noun = core.head if core.dep_ == "nummod" else core
    if noun.dep_ != "dobj" or noun.head.lemma_ not in _HAVE or scene.noun(noun) is None or number.range.high == 0:
        return None
    subject = subject_of(noun.head)
    if subject is None or not scene.is_actor(subject) or any(t.lower_ == "no" for t in noun.children):
        return None
    parts = [(noun.head.i, noun.i + 1), (number.start, number.end)]
    if subject.i < noun.head.i and noun.head.i - subject.i <= 4:
        parts.append(scene.phrase(subject))
    return Draft(
        "strength",
        (scene.span(parts),),
        noun.head.i,
        "relations_strength#have",
        scene.ref(scene.named(subject)),
        None,
        number.range,
    )


def _home_to(scene: Scene, number: Number) -> Draft | None:
    """ "home to some 90,000 people"."""
    doc = scene.text.doc
    i = number.start
    if i < 2 or doc[i - 1].lower_ != "to" or doc[i - 2].lower_ != "home":
        return None
    core = doc[number.core]
    noun = core.head if core.dep_ == "nummod" else core
    bearer = doc[i - 2].head if doc[i - 2].dep_ == "appos" else subject_of(doc[i - 2].head)
    reference = scene.ref(bearer) if bearer is not None else None
    return Draft(
        "strength",
        (scene.text.span(i - 2, max(noun.i + 1, number.end)),),
        i - 2,
        "relations_strength#home-to",
        reference,
        None,
        number.range,
    )


def _strong(scene: Scene, number: Number, stop: int) -> Draft | None:
    """ "a 500-strong unit"."""
    doc = scene.text.doc
    i = number.end
    if i + 1 >= stop or doc[i].text != "-" or doc[i + 1].lower_ != "strong":
        return None
    noun = next((t for t in doc[i + 2 : min(stop, i + 7)] if scene.noun(t) is not None), None)
    if noun is None:
        return None
    return Draft(
        "strength",
        (scene.text.span(number.start, noun.i + 1),),
        i + 1,
        "relations_strength#strong",
        scene.ref(noun),
        None,
        number.range,
    )
