"""The words of a frame's value and evidence: the object's phrase, the rest of the clause, what carries the claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from spacy.tokens import Token

from according.extract.relations_arguments import Bound, Frame
from according.extract.relations_scene import Range, Scene

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})


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
    start, end = object_.left_edge.i, clause_end(frame.scene, last, last.i + 1)
    doc = frame.scene.text.doc
    while end + 1 < len(doc) and doc[end].text == "-" and doc[end].dep_ != "punct":
        end += 2
    return max(start, frame.hit.end if object_.i >= frame.hit.end else start), end


def _rest(frame: Frame, object_: Token | None) -> Range | None:
    """What follows in the clause."""
    start, end = frame.hit.end, clause_end(frame.scene, frame.top, frame.hit.end)
    doc = frame.scene.text.doc
    for token in doc[start:end]:  # "vowed to fight and declared a truce": a finite verb begins another claim
        finite = token.dep_ == "conj" and token.tag_ in {"VBD", "VBZ", "VBP"} and token.head.tag_ in {"VB", "VBG"}
        if finite and doc[token.i - 1].dep_ == "cc":
            end = token.i - 1
            break
    return (start, end) if end > start else None


def _predicate(frame: Frame, object_: Token | None) -> Range | None:
    """What somebody is called ("calls the rebels rats"): the words after the object, in quotation marks or not."""
    text, floor = frame.scene.text, frame.hit.end
    stop = text.sentences[text.sentence_index(frame.hit.start)].end
    if frame.scene.text.doc[floor].lower_ in {"this", "that"}:
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
    return found.left_edge.i, clause_end(frame.scene, found, found.i + 1)


def _after_object(frame: Frame) -> Range | None:
    """ "designated the group (as) a terrorist organisation": the noun phrase right after the object's name."""
    doc, floor = frame.scene.text.doc, frame.hit.end
    stop = frame.scene.text.sentences[frame.scene.text.sentence_index(frame.hit.start)].end
    for i in range(floor + 1, min(stop, floor + 9)):
        if doc[i].lower_ in {"a", "an"} and frame.scene.is_name(doc[i - 1 - (doc[i - 1].lower_ == "as")]):
            head = next((t for t in doc[i + 1 : min(stop, i + 6)] if t.pos_ == "NOUN" and t.dep_ != "compound"), None)
            return None if head is None else (i, head.i + 1)
    return None


def _clause(frame: Frame, object_: Token | None) -> Range | None:
    """The clause that a conjunction opens ("unless the raids stop"), where the main clause threatens or lies ahead."""
    verb = frame.top if frame.top.pos_ in _VERBS else frame.top.head
    if verb.pos_ not in _VERBS or verb.head == verb:
        return None
    return frame.hit.start, clause_end(frame.scene, verb, verb.i + 1)


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
    return subject.left_edge.i, clause_end(frame.scene, verb, verb.i + 1)


_VALUES: Mapping[str, Callable[[Frame, Token | None], Range | None]] = {
    "object": _object_words,
    "rest": _rest,
    "oprd": _predicate,
    "clause": _clause,
    "duty": _duty,
}


def clause_end(scene: Scene, head: Token, floor: int) -> int:
    """Where what hangs on the right of a head ends: before a comma, a coordinated clause, a quotation mark."""
    end = floor
    for child in head.rights:
        if child.right_edge.i < floor:
            continue
        if child.i < floor and child.pos_ in {"ADP", "PART", "VERB", "NOUN", "PROPN"}:
            end = max(end, clause_end(scene, child, floor))
            continue
        if child.dep_ in {"punct", "cc", "parataxis"} or (child.dep_ == "conj" and child.left_edge.i > end):
            break
        if scene.text.doc[child.left_edge.i - 1].text in {",", ";", "–", "--"} and child.left_edge.i > floor:
            break
        end = max(end, child.right_edge.i + 1)
    sentence = scene.text.sentences[scene.text.sentence_index(head.i)]
    return _without_marks(scene, floor, min(end, sentence.end))


def _without_marks(scene: Scene, start: int, end: int) -> int:
    doc = scene.text.doc
    while end - 1 > start and doc[end - 1].text in {",", ".", ";", ":", "?", "!", '"', "''", "–", "--", "and", "but"}:
        end -= 1
    return end


def evidence_parts(bound: Bound) -> list[Range]:
    """The words that carry the claim: the hit with its helpers, object or value, and a subject right beside it."""
    frame, scene = bound.frame, bound.frame.scene
    parts: list[Range] = [_with_helpers(frame)]
    if bound.object is not None and not frame.hit.row["value"]:
        parts.extend(_near(scene, parts[0], (bound.object, scene.named(bound.object))))
    if bound.words is not None:
        parts.append(bound.words)
    if (bound.subject is not None and bound.subject.pos_ != "PRON") or (
        bound.subject is not None and frame.top.dep_ != "relcl"
    ):
        assert bound.subject is not None
        phrase = scene.phrase(scene.named(bound.subject))
        start, end = min(a for a, _ in parts), max(b for _, b in parts)
        near_before = phrase[1] <= start and start - phrase[1] <= 3 and not _comma_between(scene, phrase[1], start)
        near_after = phrase[0] >= end and phrase[0] - end <= 3 and not _comma_between(scene, end, phrase[0])
        if near_before or near_after or (phrase[0] < end and phrase[1] > start):
            parts.append(phrase)
    sentence = scene.text.sentences[scene.text.sentence_index(frame.hit.start)]
    return [(max(a, sentence.start), min(b, sentence.end)) for a, b in parts if a < sentence.end and b > sentence.start]


def _near(scene: Scene, hit: Range, heads: tuple[Token, ...]) -> Iterator[Range]:
    """The phrases of an object, unless it stands before the hit and a comma lies between."""
    for head in heads:
        phrase = scene.phrase(head)
        if phrase[0] >= hit[0] or not _comma_between(scene, phrase[1], hit[0]):
            yield phrase


def _comma_between(scene: Scene, start: int, end: int) -> bool:
    return any(t.text in {",", ";", '"'} for t in scene.text.doc[start:end])


def _with_helpers(frame: Frame) -> Range:
    """The hit with its auxiliaries, its negation, a relative pronoun as subject, and what a hyphen binds to it."""
    start, end = frame.hit.start, frame.hit.end
    top = frame.top
    if frame.hyphenated:
        return start - 2, end
    for child in top.children:
        if child.i < start and (
            child.dep_ in {"aux", "auxpass", "neg"} or child.lower_ in {"who", "which", "that", "whose"}
        ):
            start = min(start, child.i)
        if child.dep_ == "nsubj" and child.i < start and any(t.lower_ == "whose" for t in child.children):
            start = child.left_edge.i
    return start, end
