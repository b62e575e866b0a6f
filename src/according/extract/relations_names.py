"""What actors are called: descriptions beside a name ("the charity X", "X, a local monitor"), short forms ("X (Y)")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from according.extract.draft import Draft
from according.extract.phrases import subject_of
from according.extract.relations_scene import Range, Scene
from according.model import Ref
from according.values import Words

_SHORT = re.compile(r"[A-Z][A-Za-z.&-]{0,3}[A-Z](?:[A-Za-z.&-]{0,4})|[A-Z]{2,8}")
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "PUNCT", "PART", "ADV", "NUM"})


def find_names(scene: Scene) -> Iterator[Draft]:
    """Drafts of described_as and alias."""
    for sentence in scene.text.sentences:
        for i in range(sentence.start, sentence.end):
            yield from _short_form(scene, i, sentence.end)
            token = scene.text.doc[i]
            row = scene.noun(token)
            if row is None or token.pos_ != "NOUN" or _is_modifier(token):
                continue
            origin = scene.lexicons["descriptions"].origin(row)
            yield from _before_name(scene, token, sentence.end, origin)
            yield from _beside_name(scene, token, sentence.start, origin)


def _is_modifier(token: Token) -> bool:
    """True for a noun that only modifies the next one ("umbrella group", "rebel-held town")."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if following is None:
        return False
    return following.text == "-" or (following.pos_ == "NOUN" and token.head.i == following.i)


def _short_form(scene: Scene, i: int, stop: int) -> Iterator[Draft]:
    """ "the Free Shore Council (FSC)": the short form is another name."""
    doc = scene.text.doc
    if doc[i].text != "(" or i + 2 >= stop or doc[i + 2].text != ")" or not _SHORT.fullmatch(doc[i + 1].text) or i == 0:
        return
    start = i
    while start > 0 and (
        scene.is_name(doc[start - 1]) or doc[start - 1].lower_ in {"of", "the", "for", "and", "'s", "'", "&", "-"}
    ):
        start -= 1
    while start < i and not doc[start].text[0].isupper() and doc[start].lower_ != "the":
        start += 1
    names = [t for t in doc[start:i] if scene.is_name(t)]
    if len(names) < 2 and not (names and "-" in names[0].text):
        return
    head = names[-1]
    written = scene.text.span(i + 1, i + 2).quote
    first = start + 1 if doc[start].lower_ == "the" else start
    full = scene.text.span(first, i)
    found = scene.ref(head)
    yield Draft(
        slot="alias",
        evidence=(scene.text.span(start, i + 3),),
        anchor=i + 1,
        origin="relations_names#short-form",
        subject=found if found.id is not None else Ref(None, full.quote, full),
        value=Words(written),
        own_voice=scene.publisher_voice(head, True),
    )


def _before_name(scene: Scene, noun: Token, stop: int, origin: str) -> Iterator[Draft]:
    """ "the jihadist group Islamic State (IS)": a common noun right before the name that it describes."""
    doc = scene.text.doc
    run = scene.name_run(noun.i + 1, stop)
    if (
        scene.text.doc[noun.i - 1].text == "-"
        or run is None
        or not noun.text[0].islower()
        or noun.i + 1 != run[0]
        or (doc[run[0]].ent_type_ == "PERSON" and _kind(scene, noun) in {"people", "fighters"})
    ):
        return
    start = _opening(scene, noun)
    if start is None or doc[start].lower_ not in {"the", "a", "an"}:
        return
    if scene.mentioned(doc[run[0]]) is None and scene.is_place(doc[run[1] - 1]):
        return
    end = run[1] + 3 if run[1] + 2 < stop and doc[run[1]].text == "(" and doc[run[1] + 2].text == ")" else run[1]
    yield _described(scene, (start, end), (start + 1, noun.i + 1), run, origin)


def _kind(scene: Scene, noun: Token) -> str | None:
    row = scene.noun(noun)
    return row["kind"] if row is not None else None


def _opening(scene: Scene, noun: Token) -> int | None:
    """The article or possessive that opens the phrase of a noun, or None where something else stands before it."""
    doc = scene.text.doc
    i = noun.i - 1
    while i >= 0 and noun.i - i <= 6:
        if doc[i].pos_ in {"DET", "PRON"}:
            return i
        if doc[i].pos_ not in _MODIFIERS or doc[i].text in {",", ";", "(", '"', ".", ":"}:
            return None
        i -= 1
    return None


def _beside_name(scene: Scene, noun: Token, floor: int, origin: str) -> Iterator[Draft]:
    """ "X, a farmers' militia" and "X is a farmers' militia"."""
    doc = scene.text.doc
    start = _opening(scene, noun)
    if start is None or doc[start].lower_ not in {"a", "an"} or start - 1 < floor:
        return
    following = doc[noun.i + 1].lower_ if noun.i + 1 < len(doc) else "."
    if following == "of":
        return
    before = doc[start - 1]
    if before.text in {",", "–", "--"}:
        last = start - 2
        if last >= floor and doc[last].text == ")":
            last = max(floor, last - 3)
        if last >= floor and scene.is_name(doc[last]) and not scene.is_person(doc[last]):
            run = _run_back(scene, last, floor)
            yield _described(scene, (run[0], noun.i + 1), (start, noun.i + 1), run, origin)
    elif before.lemma_ == "be" and noun.dep_ == "attr":
        subject = subject_of(before)
        if subject is not None and scene.is_name(subject) and subject.i < start:
            run = scene.phrase(subject)
            yield _described(scene, (run[0], noun.i + 1), (start, noun.i + 1), run, origin, aside=False)


def _run_back(scene: Scene, last: int, floor: int) -> Range:
    """The name that ends at a token, with its article."""
    doc = scene.text.doc
    start = last
    while start > floor and (
        scene.is_name(doc[start - 1])
        or (doc[start - 1].lower_ in {"of", "the", "for", "-", "'s"} and start - 1 > floor)
    ):
        start -= 1
    while start < last and not scene.is_name(doc[start]) and doc[start].lower_ != "the":
        start += 1
    if start > floor and doc[start - 1].lower_ == "the":
        start -= 1
    return start, last + 1


def _described(scene: Scene, whole: Range, words: Range, name: Range, origin: str, aside: bool = True) -> Draft:
    head = scene.text.doc[name[1] - 1]
    reference = scene.ref(head)
    if head.dep_ != "compound" and reference.id is None:
        quote = scene.text.span(*name)
        reference = Ref(None, quote.quote.removeprefix("The ").removeprefix("the "), quote)
    return Draft(
        slot="described_as",
        evidence=(scene.text.span(*whole),),
        anchor=words[1] - 1,
        origin=origin,
        subject=reference,
        value=Words(scene.text.span(*words).quote),
        own_voice=scene.publisher_voice(head, aside),
    )
