"""Frames: lexicon rows that name a slot and the two phrases it ties together ("X, which supplies jets to Y").

A row says by `frame` in what shape its word must stand, by `subject` and `object` where the arguments are (see
`relations_arguments`), by `needs` what they must be, and by `value` which words are the value. All else is grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Token

from according.extract.draft import Draft
from according.extract.phrases import conjuncts, is_passive
from according.extract.relations_arguments import Frame, argument, caller, relative_noun
from according.extract.relations_context import Context, Range
from according.model import Modality, Stance
from according.values import Value, Words

COLUMNS = ("slot", "frame", "subject", "object", "needs", "value", "voice")

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_FUTURE = frozenset({"will", "would", "shall", "may", "might", "could", "can"})
_STATES = frozenset({"leads", "backed_by", "opposes", "controls", "seized", "lost", "dominates", "allied_with"})
_ASPECTS = frozenset(
    {"continue", "keep", "begin", "start", "remain", "help", "go", "deny", "admit", "accuse", "suspect"}
)


def find_frames(context: Context, name: str) -> Iterator[Draft]:
    """The drafts of all rows of one lexicon."""
    lexicon = context.lexicons[name]
    for sentence in context.text.sentences:
        i = sentence.start
        while i < sentence.end:
            for hit in lexicon.at(context.tokens, i):
                found = list(_drafts(Frame(context, hit), lexicon.origin(hit.row))) if hit.end <= sentence.end else []
                yield from found
                if found:
                    i = hit.end - 1
                    break
            i += 1


def _drafts(frame: Frame, origin: str) -> Iterator[Draft]:
    row = frame.hit.row
    if not _stands_as(frame, row["frame"]):
        return
    subject, object_ = argument(frame, row["subject"]), argument(frame, row["object"])
    if not fits(frame, subject, object_):
        return
    for one in _members(object_, row["object"], row["value"]):
        value_words = words_of_value(frame, one)
        if row["value"] and value_words is None:
            continue
        bound = Bound(frame, subject, one, value_words)
        if not (row["slot"] == "basis" and is_negated(bound)) and not _is_supposed(frame) and not _is_wished(frame):
            yield _draft(bound, origin)


def _is_supposed(frame: Frame) -> bool:
    """True inside "if ...": what is only supposed is no claim; demands with "unless" are rows of their own."""
    verb = frame.top if frame.top.pos_ in _VERBS else frame.top.head
    return any(t.dep_ == "mark" and t.lower_ in {"if", "should", "whether"} for t in verb.children)


def _is_wished(frame: Frame) -> bool:
    """True for what somebody is asked or wants to do ("urged Ombar to stop supplying") and may never do."""
    verb = frame.top
    if verb.pos_ != "VERB" or frame.hit.row["slot"] not in _STATES:
        return False
    governor = verb.head.head if verb.dep_ == "pcomp" else verb.head
    return verb.dep_ in {"xcomp", "pcomp"} and governor.lemma_ not in _ASPECTS


def _members(head: Token | None, spec: str, value: str) -> list[Token | None]:
    """Each of several coordinated agents is a claim of its own ("supported by Russia and Iran")."""
    if head is None or value or not any(s in spec.split() for s in ("agent", "after")):
        return [head]
    return [t for t in conjuncts(head) if t.pos_ in {"NOUN", "PROPN"}] or [head]


@dataclass(frozen=True)
class Bound:
    """A frame with its arguments found."""

    frame: Frame
    subject: Token | None
    object: Token | None
    words: Range | None


def _draft(bound: Bound, origin: str) -> Draft:
    context, row, top = bound.frame.context, bound.frame.hit.row, bound.frame.top
    value: Value | None = Words(context.text.span(*bound.words).quote) if bound.words is not None else None
    subject = bound.subject
    speaker = {"subject": subject, "caller": caller(top)}.get(row["voice"])
    draft = Draft(
        slot=row["slot"],
        evidence=(context.span(evidence_parts(bound)),),
        anchor=top.i,
        origin=origin,
        subject=context.ref(context.named(subject)) if subject is not None else None,
        object=context.ref(context.named(bound.object)) if bound.object is not None and not row["value"] else None,
        value=value,
        speaker=context.text.span(*context.phrase(speaker)) if speaker is not None and not _is_we(speaker) else None,
        own_voice=context.publisher_voice(top, row["voice"] == "own" or is_aside(top)),
        stance=Stance.DENIES if is_negated(bound) else Stance.ASSERTS,
    )
    return replace(draft, modality=_modality(bound.frame))


def _is_we(token: Token) -> bool:
    """True for "we" and "I": the attribution around them decides who that is."""
    return token.lower_ in {"we", "i"}


def _modality(frame: Frame) -> Modality:
    """A condition ("if the army holds the town") and what only may come are not actual."""
    verb = frame.top if frame.top.pos_ in _VERBS else frame.top.head
    if any(
        t.dep_ == "mark" and t.lower_ in {"if", "unless", "should"} for t in verb.children
    ) or frame.hit.row.id.startswith("unless"):
        return Modality.CONDITIONAL
    if frame.hit.row["voice"] != "subject" and any(t.dep_ == "aux" and t.lower_ in _FUTURE for t in verb.children):
        return Modality.PLANNED
    return Modality.ACTUAL


def is_aside(token: Token) -> bool:
    """True inside a relative clause, apposition or bracket that a comma sets off from a proper name."""
    current = token
    while current.head != current:
        if current.dep_ in {"relcl", "appos", "acl"} and current.head.pos_ == "PROPN" and _is_set_off(current):
            return True
        if current.dep_ in {"ccomp", "advcl", "parataxis"}:
            return False
        current = current.head
    return False


def _is_set_off(token: Token) -> bool:
    start = token.left_edge.i
    return start > 0 and token.doc[start - 1].text in {",", "(", "–", "-", "--"}


def is_negated(bound: Bound) -> bool:
    """True where the verb or one of the arguments is negated ("has no links", "is not party to")."""
    top = bound.frame.top
    verb = top if top.pos_ in _VERBS else top.head
    around = [
        *top.children,
        *(verb.children if verb.pos_ in _VERBS and top.dep_ in {"attr", "acomp", "dobj", "xcomp"} else ()),
    ]
    if any(
        t.dep_ == "neg" or (t.lower_ in {"no", "never", "neither"} and t.dep_ in {"det", "neg", "preconj", "advmod"})
        for t in around
    ):
        return True
    if bound.object is not None and bound.object.doc[bound.object.left_edge.i].lower_ in {"neither", "no", "not"}:
        return True
    arguments = [
        t
        for t in (bound.subject, bound.object)
        if t is not None and bound.frame.hit.row["slot"] not in {"demand", "opinion"}
    ]
    return any(c.lower_ in {"no"} and c.dep_ == "det" for t in arguments for c in t.children) or any(
        t.lower_ in {"nobody", "none"} for t in arguments
    )


def _stands_as(frame: Frame, shape: str) -> bool:
    """True where the governing word stands in one of the shapes that the row allows."""
    return any(_SHAPES[s](frame) for s in shape.split())


def _is_active(frame: Frame) -> bool:
    top = frame.top
    if top.pos_ not in _VERBS or is_passive(top):
        return False
    return (
        not (top.tag_ == "VBN" and top.dep_ in {"amod", "acl", "advcl"})
        and top.dep_ != "amod"
        and not _after_hyphen(frame)
    )


def _is_passive(frame: Frame) -> bool:
    top = frame.top
    return not _after_hyphen(frame) and (
        is_passive(top) or (top.tag_ in {"VBN", "VBD"} and top.dep_ in {"acl", "amod", "relcl", "advcl", "conj"})
    )


def _after_hyphen(frame: Frame) -> bool:
    i = frame.hit.start
    return i > 0 and frame.context.text.doc[i - 1].text in {"-", "–"} and frame.context.text.doc[i - 1].dep_ != "cc"


def _is_progressive(frame: Frame) -> bool:
    """A state and not a single act: "has been fighting", "is fighting", "which fights"."""
    return _is_active(frame) and (
        frame.top.tag_ in {"VBG", "VBZ", "VBP"} or any(t.dep_ == "aux" and t.lemma_ == "do" for t in frame.top.children)
    )


_SHAPES: Mapping[str, Callable[[Frame], bool]] = {
    "active": _is_active,
    "passive": _is_passive,
    "state": _is_progressive,
    "noun": lambda frame: frame.top.pos_ in {"NOUN", "PROPN"},
    "adjective": lambda frame: (
        frame.top.dep_ in {"amod", "acomp", "nmod", "attr", "compound", "acl", "appos"} and not _after_hyphen(frame)
    ),
    "hyphen": _after_hyphen,
    "relative": lambda frame: _is_active(frame) and relative_noun(frame.top) is not None,
    "any": lambda frame: True,
}


def fits(frame: Frame, subject: Token | None, object_: Token | None) -> bool:
    """True where the arguments are there and of the kind that the row needs ("subject=actor object=actor")."""
    for need in frame.hit.row["needs"].split():
        name, _, kind = need.partition("=")
        token = subject if name == "subject" else object_
        if token is None or not any(_KINDS[k](frame.context, token) for k in kind.split("|")):
            return False
    return not (subject is not None and object_ is not None and subject.i == object_.i)


_KINDS: Mapping[str, Callable[[Context, Token], bool]] = {
    "actor": lambda context, token: context.is_actor(token),
    "firm": lambda context, token: token.pos_ != "PRON" and context.is_actor(token),
    "name": lambda context, token: context.is_name(token),
    "named": lambda context, token: context.is_name(context.named(token)),
    "place": lambda context, token: context.is_place(token),
    "territory": lambda context, token: context.is_territory(token),
    "person": lambda context, token: context.is_person(token),
    "data": lambda context, token: context.lexicons["relations_data"] is not None and _is_data(context, token),
    "any": lambda context, token: True,
}


def _is_data(context: Context, token: Token) -> bool:
    """True for a noun for records, pictures and figures, and for words that point at them ("the figures below")."""
    return any(
        t.i in range(h.start, h.end)
        for t in conjuncts(token)
        for h in context.lexicons["relations_data"].at(context.tokens, t.i)
    )


def words_of_value(frame: Frame, object_: Token | None) -> Range | None:
    """The tokens of the value: the words of the hit, the object's phrase, or the rest of the clause."""
    kind = frame.hit.row["value"]
    if not kind:
        return None
    if kind == "hit":
        return frame.hit.start, frame.hit.end
    return _VALUES[kind](frame, object_)


def _object_words(frame: Frame, object_: Token | None) -> Range | None:
    """The object's whole phrase."""
    if object_ is None:
        return None
    last = max([object_, *(t for t in object_.conjuncts if t.pos_ in _NOUNS and t.i > object_.i)], key=lambda t: t.i)
    start, end = object_.left_edge.i, clause_end(frame.context, last, last.i + 1)
    doc = frame.context.text.doc
    while end + 1 < len(doc) and doc[end].text == "-" and doc[end].dep_ != "punct":
        end += 2
    return max(start, frame.hit.end if object_.i >= frame.hit.end else start), end


def _rest(frame: Frame, object_: Token | None) -> Range | None:
    """What follows in the clause."""
    start, end = frame.hit.end, clause_end(frame.context, frame.top, frame.hit.end)
    return (start, end) if end > start else None


def _predicate(frame: Frame, object_: Token | None) -> Range | None:
    """What somebody is called ("calls the rebels rats"): the words after the object, in quotation marks or not."""
    text, floor = frame.context.text, frame.hit.end
    stop = text.sentences[text.sentence_index(frame.hit.start)].end
    if frame.context.text.doc[floor].lower_ in {"this", "that"}:
        return None
    quoted = next(
        (t for t in text.doc[floor : min(stop, floor + 12)] if text.in_quote(t.i) and not text.in_quote(floor - 1)),
        None,
    )
    if quoted is not None:
        return quoted.i, next((t.i for t in text.doc[quoted.i : stop] if not text.in_quote(t.i)), stop)
    found = next(
        (t for t in frame.top.children if t.dep_ == "oprd" and t.i >= floor and t.pos_ in {"NOUN", "ADJ", "PROPN"}),
        None,
    )
    if found is None:
        return _after_object(frame)
    return found.left_edge.i, clause_end(frame.context, found, found.i + 1)


def _after_object(frame: Frame) -> Range | None:
    """ "designated the group (as) a terrorist organisation": the noun phrase right after the object's name."""
    doc, floor = frame.context.text.doc, frame.hit.end
    stop = frame.context.text.sentences[frame.context.text.sentence_index(frame.hit.start)].end
    for i in range(floor + 1, min(stop, floor + 9)):
        if doc[i].lower_ in {"a", "an"} and frame.context.is_name(doc[i - 1 - (doc[i - 1].lower_ == "as")]):
            head = next((t for t in doc[i + 1 : min(stop, i + 6)] if t.pos_ == "NOUN" and t.dep_ != "compound"), None)
            return None if head is None else (i, head.i + 1)
    return None


def _clause(frame: Frame, object_: Token | None) -> Range | None:
    """The clause that a conjunction opens ("unless the raids stop"), where the main clause threatens or lies ahead."""
    verb = frame.top if frame.top.pos_ in _VERBS else frame.top.head
    if verb.pos_ not in _VERBS or verb.head == verb:
        return None
    return frame.hit.start, clause_end(frame.context, verb, verb.i + 1)


def _is_guess(verb: Token) -> bool:
    """True for "must be the killer": a conclusion and no demand."""
    return (verb.lemma_ == "be" and any(t.dep_ in {"attr", "acomp"} for t in verb.children)) or verb.lemma_ == "have"


def _duty(frame: Frame, object_: Token | None) -> Range | None:
    """Who must do what: the clause around "must" or "should", where it is no condition and has a subject before it."""
    verb = frame.top if frame.top.dep_ == "ROOT" else frame.top.head
    subject = next((t for t in verb.children if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if (
        subject is None
        or subject.i > frame.hit.start
        or _is_guess(verb)
        or verb.i < frame.hit.start
        or any(t.dep_ == "aux" and t.lower_ == "have" for t in verb.children)
    ):
        return None
    return subject.left_edge.i, clause_end(frame.context, verb, verb.i + 1)


_VALUES: Mapping[str, Callable[[Frame, Token | None], Range | None]] = {
    "object": _object_words,
    "rest": _rest,
    "oprd": _predicate,
    "clause": _clause,
    "duty": _duty,
}


def clause_end(context: Context, head: Token, floor: int) -> int:
    """Where what hangs on the right of a head ends: before a comma, a coordinated clause, a quotation mark."""
    end = floor
    for child in head.rights:
        if child.right_edge.i < floor:
            continue
        if child.i < floor and child.pos_ in {"ADP", "PART", "VERB", "NOUN", "PROPN"}:
            end = max(end, clause_end(context, child, floor))
            continue
        if child.dep_ in {"punct", "cc", "parataxis"} or (child.dep_ == "conj" and child.left_edge.i > end):
            break
        if context.text.doc[child.left_edge.i - 1].text in {",", ";", "–", "--"} and child.left_edge.i > floor:
            break
        end = max(end, child.right_edge.i + 1)
    sentence = context.text.sentences[context.text.sentence_index(head.i)]
    return _without_marks(context, floor, min(end, sentence.end))


def _without_marks(context: Context, start: int, end: int) -> int:
    doc = context.text.doc
    while end - 1 > start and doc[end - 1].text in {",", ".", ";", ":", "?", "!", '"', "''", "–", "--", "and", "but"}:
        end -= 1
    return end


def evidence_parts(bound: Bound) -> list[Range]:
    """The words that carry the claim: the hit with its helpers, object or value, and a subject right beside it."""
    frame, context = bound.frame, bound.frame.context
    parts: list[Range] = [_with_helpers(frame)]
    if bound.object is not None and not frame.hit.row["value"]:
        parts.extend(_near(context, parts[0], (bound.object, context.named(bound.object))))
    if bound.words is not None:
        parts.append(bound.words)
    if (bound.subject is not None and bound.subject.pos_ != "PRON") or (
        bound.subject is not None and frame.top.dep_ != "relcl"
    ):
        assert bound.subject is not None
        phrase = context.phrase(context.named(bound.subject))
        start, end = min(a for a, _ in parts), max(b for _, b in parts)
        near_before = phrase[1] <= start and start - phrase[1] <= 3 and not _comma_between(context, phrase[1], start)
        near_after = phrase[0] >= end and phrase[0] - end <= 3 and not _comma_between(context, end, phrase[0])
        if near_before or near_after or (phrase[0] < end and phrase[1] > start):
            parts.append(phrase)
    sentence = context.text.sentences[context.text.sentence_index(frame.hit.start)]
    return [(max(a, sentence.start), min(b, sentence.end)) for a, b in parts if a < sentence.end and b > sentence.start]


def _near(context: Context, hit: Range, heads: tuple[Token, ...]) -> Iterator[Range]:
    """The phrases of an object, unless it stands before the hit and a comma lies between."""
    for head in heads:
        phrase = context.phrase(head)
        if phrase[0] >= hit[0] or not _comma_between(context, phrase[1], hit[0]):
            yield phrase


def _comma_between(context: Context, start: int, end: int) -> bool:
    return any(t.text in {",", ";", '"'} for t in context.text.doc[start:end])


def _with_helpers(frame: Frame) -> Range:
    """The hit with its auxiliaries, its negation, a relative pronoun as subject, and what a hyphen binds to it."""
    start, end = frame.hit.start, frame.hit.end
    top = frame.top
    if _after_hyphen(frame):
        return start - 2, end
    for child in top.children:
        if child.i < start and (
            child.dep_ in {"aux", "auxpass", "neg"} or child.lower_ in {"who", "which", "that", "whose"}
        ):
            start = min(start, child.i)
        if child.dep_ == "nsubj" and child.i < start and any(t.lower_ == "whose" for t in child.children):
            start = child.left_edge.i
    return start, end
