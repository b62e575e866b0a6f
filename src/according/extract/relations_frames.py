"""Frames: lexicon rows that name a slot and the two phrases it ties together ("X, which supplies jets to Y").

A row says by `frame` in what shape its word must stand, by `subject` and `object` where the arguments are (see
`relations_arguments`), by `needs` what they must be, and by `value` which words are the value. All else is grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Token

from according.extract.draft import Draft
from according.extract.phrases import conjuncts, is_passive
from according.extract.relations_arguments import Bound, Frame, argument, caller, relative_noun
from according.extract.relations_scene import Scene
from according.extract.relations_values import evidence_parts, words_of_value
from according.model import Modality, Stance
from according.values import Value, Words

COLUMNS = ("slot", "frame", "subject", "object", "needs", "value", "voice")

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_FUTURE = frozenset({"will", "would", "shall", "may", "might", "could", "can"})
_STATES = frozenset({"leads", "backed_by", "opposes", "controls", "seized", "lost", "dominates", "allied_with"})
_TIMES = frozenset({"DATE", "TIME", "CARDINAL", "QUANTITY"})
_SPELLS = frozenset({"second", "minute", "hour", "day", "night", "week", "month", "year", "decade", "time", "life"})
_ASPECTS = frozenset(
    {"continue", "keep", "begin", "start", "remain", "help", "go", "deny", "admit", "accuse", "suspect"}
)


def find_frames(scene: Scene, name: str) -> Iterator[Draft]:
    """The drafts of all rows of one lexicon."""
    lexicon = scene.lexicons[name]
    for sentence in scene.text.sentences:
        i = sentence.start
        while i < sentence.end:
            for hit in lexicon.at(scene.tokens, i):
                found = list(_drafts(Frame(scene, hit), lexicon.origin(hit.row))) if hit.end <= sentence.end else []
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


def _draft(bound: Bound, origin: str) -> Draft:
    scene, row, top = bound.frame.scene, bound.frame.hit.row, bound.frame.top
    value: Value | None = Words(scene.text.span(*bound.words).quote) if bound.words is not None else None
    subject = bound.subject
    speaker = {"subject": subject, "caller": caller(top)}.get(row["voice"])
    draft = Draft(
        slot=row["slot"],
        evidence=(scene.span(evidence_parts(bound)),),
        anchor=top.i,
        origin=origin,
        subject=scene.ref(scene.known_as(subject)) if subject is not None else None,
        object=scene.ref(scene.known_as(bound.object)) if bound.object is not None and not row["value"] else None,
        value=value,
        speaker=scene.text.span(*scene.phrase(speaker)) if speaker is not None and not _is_we(speaker) else None,
        own_voice=scene.publisher_voice(top, row["voice"] == "own" or is_aside(top)),
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
    if _is_background(token):
        return True
    while current.head != current:
        if current.dep_ in {"relcl", "appos", "acl"} and current.head.pos_ == "PROPN" and _is_set_off(current):
            return True
        if current.dep_ in {"ccomp", "advcl", "parataxis"}:
            return False
        current = current.head
    return False


def _is_background(verb: Token) -> bool:
    """True in ", when it proclaimed ...": a clause that a report hangs on a date, whoever spoke before."""
    opener = next((t for t in verb.children if t.lower_ == "when" and t.dep_ == "advmod"), None)
    return opener is not None and verb.tag_ == "VBD" and _is_set_off(verb)


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
        not (top.tag_ == "VBN" and top.dep_ in {"amod", "acl", "advcl"}) and top.dep_ != "amod" and not frame.hyphenated
    )


def _is_passive(frame: Frame) -> bool:
    top = frame.top
    return not frame.hyphenated and (
        is_passive(top) or (top.tag_ in {"VBN", "VBD"} and top.dep_ in {"acl", "amod", "relcl", "advcl", "conj"})
    )


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
        frame.top.dep_ in {"amod", "acomp", "nmod", "attr", "compound", "acl", "appos"} and not frame.hyphenated
    ),
    "hyphen": lambda frame: frame.hyphenated,
    "relative": lambda frame: _is_active(frame) and relative_noun(frame.top) is not None,
    "any": lambda frame: True,
}


def fits(frame: Frame, subject: Token | None, object_: Token | None) -> bool:
    """True where the arguments are there and of the kind that the row needs ("subject=actor object=actor")."""
    for need in frame.hit.row["needs"].split():
        name, _, kind = need.partition("=")
        token = subject if name == "subject" else object_
        if token is None or not any(_KINDS[k](frame.scene, token) for k in kind.split("|")):
            return False
    return not (subject is not None and object_ is not None and subject.i == object_.i)


_KINDS: Mapping[str, Callable[[Scene, Token], bool]] = {
    "actor": lambda scene, token: scene.is_actor(token),
    "firm": lambda scene, token: token.pos_ != "PRON" and scene.is_actor(token),
    "name": lambda scene, token: scene.is_name(token),
    "named": lambda scene, token: scene.is_name(scene.named(token)),
    "place": lambda scene, token: scene.is_place(token),
    "territory": lambda scene, token: scene.is_territory(token),
    "person": lambda scene, token: scene.is_person(token),
    "data": lambda scene, token: scene.lexicons["relations_data"] is not None and _is_data(scene, token),
    "naming": lambda scene, token: any(scene.is_name(t) for t in token.doc[slice(*scene.phrase(scene.named(token)))]),
    "aim": lambda scene, token: token.ent_type_ not in _TIMES and token.lemma_ not in _SPELLS,
    "other": lambda scene, token: not token.lower_.endswith(("self", "selves")),
    "any": lambda scene, token: True,
}


def _is_data(scene: Scene, token: Token) -> bool:
    """True for a noun for records, pictures and figures, and for words that point at them ("the figures below")."""
    return any(
        t.i in range(h.start, h.end)
        for t in conjuncts(token)
        for h in scene.lexicons["relations_data"].at(scene.tokens, t.i)
    )
