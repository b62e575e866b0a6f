"""What actors are called: descriptions beside a name ("the charity X", "X, a local monitor"), short forms ("X (Y)")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from according.extract.draft import Draft
from according.extract.phrases import subject_of
from according.extract.relations_context import Context, Range
from according.model import Ref
from according.values import Words

_SHORT = re.compile(r"[A-Z][A-Za-z.&-]{0,3}[A-Z](?:[A-Za-z.&-]{0,4})|[A-Z]{2,8}")
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "PUNCT", "PART", "ADV", "NUM"})


def find_names(context: Context) -> Iterator[Draft]:
    """Drafts of described_as and alias."""
    for sentence in context.text.sentences:
        for i in range(sentence.start, sentence.end):
            yield from _short_form(context, i, sentence.end)
            token = context.text.doc[i]
            row = context.noun(token)
            if row is None or token.pos_ != "NOUN" or _is_modifier(token):
                continue
            origin = context.lexicons["descriptions"].origin(row)
            yield from _before_name(context, token, sentence.end, origin)
            yield from _beside_name(context, token, sentence.start, origin)


def _is_modifier(token: Token) -> bool:
    """True for a noun that only modifies the next one ("umbrella group", "rebel-held town")."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if following is None:
        return False
    return following.text == "-" or (following.pos_ == "NOUN" and token.head.i == following.i)


def _short_form(context: Context, i: int, stop: int) -> Iterator[Draft]:
    """ "the Free Shore Council (FSC)": the short form is another name."""
    doc = context.text.doc
    if doc[i].text != "(" or i + 2 >= stop or doc[i + 2].text != ")" or not _SHORT.fullmatch(doc[i + 1].text) or i == 0:
        return
    start = i
    while start > 0 and (
        context.is_name(doc[start - 1]) or doc[start - 1].lower_ in {"of", "the", "for", "and", "'s", "'", "&", "-"}
    ):
        start -= 1
    while start < i and not doc[start].text[0].isupper() and doc[start].lower_ != "the":
        start += 1
    names = [t for t in doc[start:i] if context.is_name(t)]
    if len(names) < 2 and not (names and "-" in names[0].text):
        return
    head = names[-1]
    written = context.text.span(i + 1, i + 2).quote
    first = start + 1 if doc[start].lower_ == "the" else start
    full = context.text.span(first, i)
    found = context.ref(head)
    yield Draft(
        slot="alias",
        evidence=(context.text.span(start, i + 3),),
        anchor=i + 1,
        origin="relations_names#short-form",
        subject=found if found.id is not None else Ref(None, full.quote, full),
        value=Words(written),
        own_voice=context.publisher_voice(head, True),
    )


def _before_name(context: Context, noun: Token, stop: int, origin: str) -> Iterator[Draft]:
    """ "the jihadist group Islamic State (IS)": a common noun right before the name that it describes."""
    doc = context.text.doc
    run = context.name_run(noun.i + 1, stop)
    if (
        context.text.doc[noun.i - 1].text == "-"
        or run is None
        or not noun.text[0].islower()
        or noun.i + 1 != run[0]
        or (doc[run[0]].ent_type_ == "PERSON" and _kind(context, noun) in {"people", "fighters"})
    ):
        return
    start = _opening(context, noun)
    if start is None or doc[start].lower_ not in {"the", "a", "an"}:
        return
    if context.mentioned(doc[run[0]]) is None and context.is_place(doc[run[1] - 1]):
        return
    end = run[1] + 3 if run[1] + 2 < stop and doc[run[1]].text == "(" and doc[run[1] + 2].text == ")" else run[1]
    yield _described(context, (start, end), (start + 1, noun.i + 1), run, origin)


def _kind(context: Context, noun: Token) -> str | None:
    row = context.noun(noun)
    return row["kind"] if row is not None else None


def _opening(context: Context, noun: Token) -> int | None:
    """The article or possessive that opens the phrase of a noun, or None where something else stands before it."""
    doc = context.text.doc
    i = noun.i - 1
    while i >= 0 and noun.i - i <= 6:
        if doc[i].pos_ in {"DET", "PRON"}:
            return i
        if doc[i].pos_ not in _MODIFIERS or doc[i].text in {",", ";", "(", '"', ".", ":"}:
            return None
        i -= 1
    return None


def _beside_name(context: Context, noun: Token, floor: int, origin: str) -> Iterator[Draft]:
    """ "X, a farmers' militia" and "X is a farmers' militia"."""
    doc = context.text.doc
    start = _opening(context, noun)
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
        if last >= floor and context.is_name(doc[last]) and not context.is_person(doc[last]):
            run = _run_back(context, last, floor)
            yield _described(context, (run[0], noun.i + 1), (start, noun.i + 1), run, origin)
    elif before.lemma_ == "be" and noun.dep_ == "attr":
        subject = subject_of(before)
        if subject is not None and context.is_name(subject) and subject.i < start:
            run = context.phrase(subject)
            yield _described(context, (run[0], noun.i + 1), (start, noun.i + 1), run, origin, aside=False)


def _run_back(context: Context, last: int, floor: int) -> Range:
    """The name that ends at a token, with its article."""
    doc = context.text.doc
    start = last
    while start > floor and (
        context.is_name(doc[start - 1])
        or (doc[start - 1].lower_ in {"of", "the", "for", "-", "'s"} and start - 1 > floor)
    ):
        start -= 1
    while start < last and not context.is_name(doc[start]) and doc[start].lower_ != "the":
        start += 1
    if start > floor and doc[start - 1].lower_ == "the":
        start -= 1
    return start, last + 1


def _described(context: Context, whole: Range, words: Range, name: Range, origin: str, aside: bool = True) -> Draft:
    head = context.text.doc[name[1] - 1]
    reference = context.ref(head)
    if head.dep_ != "compound" and reference.id is None:
        quote = context.text.span(*name)
        reference = Ref(None, quote.quote.removeprefix("The ").removeprefix("the "), quote)
    return Draft(
        slot="described_as",
        evidence=(context.text.span(*whole),),
        anchor=words[1] - 1,
        origin=origin,
        subject=reference,
        value=Words(context.text.span(*words).quote),
        own_voice=context.publisher_voice(head, aside),
    )
