"""Opinions in direct speech, and loaded words that a report leaves in quotation marks."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from according.annotate.text import Quote
from according.extract.draft import Draft
from according.extract.relations_scene import Range, Scene
from according.values import Words

_SHORTEST_SENTENCE = 5
_LONGEST_LOADED = 4


def find_quoted(scene: Scene) -> Iterator[Draft]:
    """Drafts of opinion (sentences of a quotation that name no event) and of described_as (short quoted phrases)."""
    for quote in scene.text.quotes:
        tokens = scene.text.token_range(quote.inner_start, quote.inner_end)
        if tokens[0] >= tokens[1]:
            continue
        if _is_speech(scene, tokens):
            yield from _opinions(scene, tokens)
        else:
            yield from _loaded(scene, quote, tokens)


def _is_speech(scene: Scene, tokens: Range) -> bool:
    """True where a quotation holds a clause with a subject and a verb of its own."""
    words = scene.text.doc[tokens[0] : tokens[1]]
    return len(words) >= _SHORTEST_SENTENCE and any(
        t.dep_ in {"nsubj", "nsubjpass", "expl"} and tokens[0] <= t.head.i < tokens[1] for t in words
    )


def _opinions(scene: Scene, tokens: Range) -> Iterator[Draft]:
    for start, end in _clauses(scene, tokens):
        if end - start < _SHORTEST_SENTENCE or not _is_speech(scene, (start, end)) or _tells_event(scene, start, end):
            continue
        doc = scene.text.doc
        while end - 1 > start and doc[end - 1].is_punct:
            end -= 1
        verb = next(
            (
                t
                for t in doc[start:end]
                if t.pos_ in {"VERB", "AUX"} and any(c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in t.children)
            ),
            doc[start],
        )
        if not _is_judgement(verb) or any(t.like_num for t in doc[start:end]):
            continue
        yield Draft(
            slot="opinion",
            evidence=(scene.text.span(start, end),),
            anchor=verb.i,
            origin="relations_quotes#opinion",
            value=Words(scene.text.span(start, end).quote),
        )


def _clauses(scene: Scene, tokens: Range) -> Iterator[Range]:
    """The sentences inside a quotation, cut where ", and" opens a clause with a subject of its own."""
    doc = scene.text.doc
    for sentence in scene.text.sentences:
        start, end = max(sentence.start, tokens[0]), min(sentence.end, tokens[1])
        for i in range(start + 1, end - 1):
            if doc[i].text == "," and doc[i + 1].lower_ in {"and", "but"} and _opens_clause(doc[i + 1], end):
                yield start, i
                start = i + 2
        if start < end:
            yield start, end


def _opens_clause(conjunction: Token, end: int) -> bool:
    """True where a verb with its own subject is coordinated by the conjunction."""
    verbs = [t for t in conjunction.head.children if t.dep_ == "conj" and conjunction.i < t.i < end]
    return any(c.dep_ in {"nsubj", "nsubjpass", "expl"} and c.i > conjunction.i for v in verbs for c in v.children)


def _is_judgement(verb: Token) -> bool:
    """True in the present and the future; what is told in the past is a report and no opinion."""
    if any(t.dep_ == "expl" for t in verb.children):
        return False
    finite = [t for t in (verb, *verb.children) if t.dep_ in {"aux", "auxpass"} or t.i == verb.i]
    return any(t.tag_ in {"VBZ", "VBP", "MD"} for t in finite)


def _tells_event(scene: Scene, start: int, end: int) -> bool:
    """True where the words hold a trigger of an event or a demand: these make claims of their own."""
    doc = scene.text.doc
    triggers = scene.lexicons.get("triggers")
    if triggers is not None and any(_is_told(doc[h.start]) for h in triggers.find(scene.tokens, start, end)):
        return True
    return any(t.lower_ in {"must", "should"} for t in doc[start:end])


def _is_told(verb: Token) -> bool:
    """True for a verb that tells an act; an infinitive ("the fight to free the town") or modifier tells none."""
    return verb.pos_ == "VERB" and verb.dep_ not in {"acl", "amod"} and not any(t.tag_ == "TO" for t in verb.children)


def _is_rejection(doc: Doc, start: int) -> bool:
    """True after "as": the quoted words reject what somebody said ("dismissed the report as ...")."""
    return start >= 2 and doc[start - 2].lower_ == "as"


def _loaded(scene: Scene, quote: Quote, tokens: Range) -> Iterator[Draft]:
    """ "precision strikes", "surgical operation": a quoted noun phrase of a few words, its adjective the point."""
    doc = scene.text.doc
    words = doc[tokens[0] : tokens[1]]
    if (
        not 2 <= len(words) <= _LONGEST_LOADED
        or words[-1].pos_ != "NOUN"
        or any(t.pos_ == "VERB" for t in words[1:])
        or words[0].tag_ in {"VBN", "VBD", "VB"}
        or _is_rejection(doc, tokens[0])
        or not words[0].text.isascii()
        or words[0].pos_ not in {"ADJ", "NOUN", "VERB"}
    ):
        return
    if (
        any(scene.is_name(t) or t.pos_ in {"CCONJ", "NUM"} or (t.is_punct and t.text != "-") for t in words)
        or words[0].text[0].isupper()
    ):
        return
    span = scene.text.chars(quote.start, quote.end)
    yield Draft(
        slot="described_as",
        evidence=(span,),
        anchor=tokens[1] - 1,
        origin="relations_quotes#loaded-words",
        value=Words(scene.text.span(*tokens).quote),
    )
