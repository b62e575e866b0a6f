"""The arguments of a frame: which phrase of the clause is meant by "subj", "agent", "bearer" or "pobj:with,to".

A lexicon row names its arguments in this small language; alternatives stand side by side and the first that is there
counts. The words are explained in the table at the end of the module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from according.extract.phrases import agent_of, is_passive, object_of, prepositional, subject_of
from according.extract.relations_scene import Range, Scene
from according.rules import Hit

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "SYM"})
_HYPHENS = frozenset({"-", "–"})
_INSIDE = frozenset({"self", "last", "poss-after", "hands", "own-obj"})


@dataclass(frozen=True)
class Frame:
    """A lexicon row that matched: the token that governs its words, and the scene to look around in."""

    scene: Scene
    hit: Hit

    @property
    def top(self) -> Token:
        """The token of the hit that governs the others."""
        tokens = self.scene.text.doc[self.hit.start : self.hit.end]
        outside = [t for t in tokens if t.head.i < self.hit.start or t.head.i >= self.hit.end or t.head == t]
        return next((t for t in outside if t.pos_ in {"VERB", "NOUN", "PROPN"}), outside[0] if outside else tokens[0])

    @property
    def hyphenated(self) -> bool:
        """True where a hyphen binds the hit to the word before it ("US-led")."""
        before = self.scene.text.doc[self.hit.start - 1] if self.hit.start else None
        return before is not None and before.text in _HYPHENS and before.dep_ != "cc"

    @property
    def last(self) -> Token:
        """The last token of the hit."""
        return self.scene.text.doc[self.hit.end - 1]


@dataclass(frozen=True)
class Bound:
    """A frame with its arguments found.

    Args:
        frame: the row that matched.
        subject, object: heads of the phrases, or None where the row has none.
        words: tokens of the value, or None.
    """

    frame: Frame
    subject: Token | None
    object: Token | None
    words: Range | None


def argument(frame: Frame, spec: str) -> Token | None:
    """The head of the phrase that the specification names, or None where the clause has none."""
    for part in spec.split():
        name, _, words = part.partition(":")
        found = _pobj(frame, words) if name == "pobj" else _ARGUMENTS[name](frame)
        if (found is not None and not frame.hit.start <= found.i < frame.hit.end) or (
            found is not None and name in _INSIDE
        ):
            return found
    return None


def relative_noun(verb: Token) -> Token | None:
    """The noun that a relative clause hangs on, or None."""
    current = verb
    while current.dep_ == "conj" and current.head.pos_ in {"VERB", "AUX"}:
        current = current.head
    return current.head if current.dep_ == "relcl" else None


def _subj(frame: Frame) -> Token | None:
    """The subject of an active verb."""
    top = frame.top
    if top.pos_ not in {"VERB", "AUX"} or is_passive(top):
        return None
    found = subject_of(top) or _accused(top)
    return found if found is not None and found.pos_ in _NOUNS and found.dep_ != "expl" else None


def _accused(verb: Token) -> Token | None:
    """Who is accused of it ("accused Ombar of arming the group")."""
    return object_of(verb.head.head) if verb.dep_ == "pcomp" and verb.head.head.pos_ == "VERB" else None


def _owner_of_subj(frame: Frame) -> Token | None:
    """The noun that "whose" stands for in "X, whose officers train the army"."""
    subject = next((t for t in frame.top.children if t.dep_ == "nsubj"), None)
    if subject is None or not any(t.lower_ == "whose" for t in subject.children):
        return None
    return relative_noun(frame.top)


def _obj(frame: Frame) -> Token | None:
    """The object of an active verb; in "which the group holds" the noun that "which" stands for."""
    top = frame.top
    if is_passive(top):
        return None
    found = object_of(top)
    if found is not None and found.lower_ in {"which", "that", "whom"}:
        return relative_noun(top)
    if (
        found is None
        and top.dep_ == "relcl"
        and any(t.dep_ == "nsubj" and t.lower_ not in {"who", "which", "that"} for t in top.children)
    ):
        return top.head
    return found


def _agent(frame: Frame) -> Token | None:
    return agent_of(frame.top)


def _patient(frame: Frame) -> Token | None:
    """The passive subject, or the noun that a participle hangs on ("forces supported by")."""
    top = frame.top
    if is_passive(top):
        found = object_of(top)
        return subject_of(top) if found is None else found
    if (
        top.tag_ in {"VBN", "VBD"}
        and top.dep_ in {"acl", "amod", "relcl"}
        and not any(t.dep_ == "nsubj" for t in top.children)
    ):
        return top.head
    if top.tag_ == "VBN" and top.dep_ in {"advcl", "conj"}:
        return subject_of(top.head)
    return None


def _bearer(frame: Frame) -> Token | None:
    """Whom a noun or adjective is said of: its noun, the noun it stands in apposition to, or the subject of "be"."""
    top = frame.top
    if top.dep_ in {"amod", "nmod", "npadvmod", "compound", "nummod", "acl"} and top.head.i != top.i:
        return top.head
    if top.dep_ == "appos":
        return top.head
    if top.dep_ in {"attr", "acomp", "oprd"} and top.head.pos_ in {"AUX", "VERB"}:
        return subject_of(top.head)
    return _name_before_comma(frame, top)


def _name_before_comma(frame: Frame, noun: Token) -> Token | None:
    """The name in "X, a branch of", where the parser saw no apposition."""
    start = noun.left_edge.i
    doc = frame.scene.text.doc
    if (
        start >= 2
        and doc[start - 1].text in {",", "–", "-"}
        and doc[start].lower_ in {"a", "an", "the"}
        and frame.scene.is_name(doc[start - 2])
    ):
        return doc[start - 2]
    return None


def _possessor(frame: Frame) -> Token | None:
    """Whose it is: "its ally", "the army's partner"."""
    top = frame.top
    owners = [t for head in (top, top.head) for t in head.children if t.dep_ == "poss" and t.i < top.i]
    return owners[0] if owners and (owners[0].head.i == top.i or top.dep_ == "compound") else None


def _holder(frame: Frame) -> Token | None:
    """Who has or denies it: the subject of the verb that governs the noun ("X has links to")."""
    top = frame.top
    if top.dep_ == "pobj" and top.head.lower_ in {"with", "without"}:
        return top.head.head
    return subject_of(top.head) if top.dep_ in {"dobj", "attr"} and top.head.pos_ in {"VERB", "AUX"} else None


def _before(frame: Frame) -> Token | None:
    """The noun before a hyphen: "US-led", "rebel-held"."""
    doc = frame.scene.text.doc
    i = frame.hit.start
    return doc[i - 2] if i >= 2 and doc[i - 1].text in _HYPHENS and doc[i - 2].text[0].isalpha() else None


def _after(frame: Frame) -> Token | None:
    """The noun that the last word of the phrase governs, or the one whose phrase begins right after it."""
    for token in reversed(frame.scene.text.doc[frame.hit.start : frame.hit.end]):
        found = next((t for t in token.children if t.dep_ in {"pobj", "pcomp", "dobj"} and t.i >= frame.hit.end), None)
        if found is not None:
            return found
    stop = frame.scene.text.sentences[frame.scene.text.sentence_index(frame.hit.start)].end
    begun = [
        t
        for t in frame.scene.text.doc[frame.hit.end : min(stop, frame.hit.end + 6)]
        if t.left_edge.i == frame.hit.end and t.pos_ in _NOUNS
    ]
    return begun[-1] if begun else None


def _pobj(frame: Frame, words: str) -> Token | None:
    return prepositional(frame.top, *words.split(",")) or prepositional(frame.last, *words.split(","))


def _partner(frame: Frame) -> Token | None:
    """The other member of a coordination: "Turkish forces and allied rebels" -> forces."""
    noun = _bearer(frame)
    return noun.head if noun is not None and noun.dep_ == "conj" and noun.head.pos_ in _NOUNS else None


def _apposed(frame: Frame) -> Token | None:
    """The name that follows or stands in apposition: "its ally Orsova"."""
    top = frame.top
    if top.dep_ == "compound" and frame.scene.is_name(top.head):
        return top.head
    found = next((t for t in top.children if t.dep_ == "appos" and t.i > top.i and frame.scene.is_name(t)), None)
    if found is not None:
        return found
    sentence = frame.scene.text.sentences[frame.scene.text.sentence_index(top.i)]
    run = frame.scene.name_run(frame.hit.end, sentence.end)
    return frame.scene.text.doc[run[1] - 1] if run is not None else None


def _called(frame: Frame) -> Token | None:
    """The name after "called" behind a describing phrase ("an alliance of herders called the Shore Front")."""
    doc = frame.scene.text.doc
    stop = frame.scene.text.sentences[frame.scene.text.sentence_index(frame.hit.start)].end
    for token in doc[frame.hit.end : min(stop, frame.hit.end + 12)]:
        if token.is_punct and token.text not in _HYPHENS:
            return None
        if token.lower_ in {"called", "named", "dubbed"}:
            return next(
                (
                    t
                    for t in doc[token.i + 1 : min(stop, token.i + 8)]
                    if frame.scene.is_name(t) and not _premodifies(t)
                ),
                None,
            )
    return None


def _premodifies(token: Token) -> bool:
    return token.dep_ in {"compound", "amod", "nmod", "poss"} and token.head.i > token.i


def _hands(frame: Frame) -> Token | None:
    """Whose hands: "in the militia's hands", "in rebel hands"."""
    return next((t for t in frame.last.children if t.dep_ == "poss"), None) or next(
        (t for t in frame.last.children if t.dep_ in {"compound", "amod", "nmod"}), None
    )


def _topic(frame: Frame) -> Token | None:
    """The subject of the verb that the phrase hangs on ("The town is under the control of")."""
    current = frame.top
    while current.head != current and current.pos_ not in {"VERB", "AUX"}:
        current = current.head
    return subject_of(current) if current.pos_ in {"VERB", "AUX"} else None


def _from(frame: Frame) -> Token | None:
    """The noun after the next "from" of the sentence: the parser hangs it on whatever stands nearest."""
    doc = frame.scene.text.doc
    stop = frame.scene.text.sentences[frame.scene.text.sentence_index(frame.hit.start)].end
    at = next((t for t in doc[frame.hit.end : min(stop, frame.hit.end + 10)] if t.lower_ == "from"), None)
    return next((t for t in at.children if t.dep_ == "pobj"), None) if at is not None else None


def _calls(frame: Frame) -> Token | None:
    """Whom the calls and questions were meant for ("Calls to his office went unanswered")."""
    subject = _subj(frame) or _patient(frame)
    return prepositional(subject, "to") if subject is not None else None


def _nobody(frame: Frame) -> Token | None:
    """A subject that is nobody ("No group has claimed ...", "Nobody")."""
    subject = _subj(frame)
    if subject is None:
        return None
    denied = subject.lower_ in {"nobody", "none", "no-one"} or any(t.lower_ in {"no", "none"} for t in subject.children)
    return subject if denied else None


def _verifier(frame: Frame) -> Token | None:
    """Who could not verify it; nobody in the passive."""
    top = frame.top
    return _agent(frame) if is_passive(top) or (top.dep_ == "acl" and top.tag_ == "VBN") else _subj(frame)


def _beyond(frame: Frame) -> Token | None:
    """The noun that a prefix is bound to by a hyphen: "pro-government"."""
    doc, i = frame.scene.text.doc, frame.hit.end
    return doc[i + 1] if i + 1 < len(doc) and doc[i].text in _HYPHENS else None


def caller(verb: Token) -> Token | None:
    """Who calls somebody something: the verb's own subject, the noun behind "which" or "who" included."""
    found = next((t for t in verb.children if t.dep_ == "nsubj"), None)
    if found is not None and found.lower_ in {"who", "which", "that"}:
        return relative_noun(verb)
    return found if found is not None else subject_of(verb)


_ARGUMENTS: Mapping[str, Callable[[Frame], Token | None]] = {
    "subj": _subj,
    "owner": _owner_of_subj,
    "obj": _obj,
    "own-obj": _obj,
    "agent": _agent,
    "patient": _patient,
    "bearer": _bearer,
    "poss": _possessor,
    "holder": _holder,
    "before": _before,
    "after": _after,
    "partner": _partner,
    "apposed": _apposed,
    "called": _called,
    "hands": _hands,
    "topic": _topic,
    "from": _from,
    "calls": _calls,
    "verifier": _verifier,
    "nobody": _nobody,
    "beyond": _beyond,
    "before-word": lambda frame: frame.scene.text.doc[frame.hit.start - 1] if frame.hit.start else None,
    "poss-after": lambda frame: next((t for t in frame.last.children if t.dep_ == "poss"), None),
    "self": lambda frame: frame.top,
    "last": lambda frame: frame.last,
}
