"""Who has not spoken, and what is said to be unknown: rows of data/lexicon/silence.csv.

Silence is no denial: its speaker is the one who has not spoken. "Unclear" is said by whoever says that it is not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from according.extract.draft import Draft
from according.extract.phrases import SUBJECTS, clause_of, subject_of
from according.extract.relations_arguments import Frame, argument
from according.extract.relations_scene import Range, Scene
from according.extract.relations_values import clause_end
from according.model import Stance

COLUMNS = ("slot", "stance", "speaker", "negated")

_NEGATIVE_WORDS = frozenset({"no", "neither", "none", "nobody", "without"})
_WHO = frozenset({"who", "whom", "whose"})
_PUBLISHER = frozenset({"we", "it", "i", "there", "this", "that", "what", "which"})


def find_silence(scene: Scene) -> Iterator[Draft]:
    """Drafts with the stances silent and unclear."""
    lexicon = scene.lexicons["silence"]
    for sentence in scene.text.sentences:
        taken = sentence.start
        for i in range(sentence.start, sentence.end):
            for hit in lexicon.at(scene.tokens, i):
                draft = (
                    _draft(Frame(scene, hit), lexicon.origin(hit.row))
                    if i >= taken and hit.end <= sentence.end
                    else None
                )
                if draft is not None:
                    yield draft
                    taken = scene.text.token_range(draft.evidence[0].start, draft.evidence[0].end)[1]
                    break


def _draft(frame: Frame, origin: str) -> Draft | None:
    row, scene = frame.hit.row, frame.scene
    verb = _verb(frame)
    if (row["negated"] == "yes") != _is_negated(frame, verb) and row["negated"]:
        return None
    if any(t.dep_ == "xcomp" for t in frame.top.children) and row["id"] == "not-known":
        return None  # "are not known to use mortars" tells what they do not do
    if _is_infinitive(frame.top) or (frame.top.pos_ == "ADJ" and frame.top.dep_ == "amod"):
        return None
    stance = Stance(row["stance"])
    speaker = argument(frame, row["speaker"]) if row["speaker"] else None
    if stance is Stance.SILENT and row["speaker"] and (speaker is None or not _can_speak(scene, speaker)):
        return None
    if stance is Stance.UNCLEAR and speaker is not None and (speaker.lower_ in _PUBLISHER or speaker.pos_ == "PRON"):
        speaker = None
    bare = stance is Stance.UNCLEAR and (subject_of(verb) is None or (verb.dep_ == "acl" and verb.tag_ == "VBN"))
    start, end = _words_alone(frame) if bare else _evidence(frame, verb)
    span = scene.text.span(start, end)
    slot = "responsibility" if bare and row["slot"] == "occurred" else _slot(scene, row["slot"], start, end)
    return Draft(
        slot=slot,
        evidence=(span,),
        anchor=frame.top.i,
        origin=origin,
        stance=stance,
        speaker=scene.text.span(*scene.phrase(scene.named(speaker))) if speaker is not None else None,
    )


def _is_infinitive(token: Token) -> bool:
    """True for "(not) to respond": nobody is said to have kept silent."""
    return token.pos_ == "VERB" and any(t.tag_ == "TO" for t in token.children)


def _verb(frame: Frame) -> Token:
    """The verb of the clause that the hit stands in."""
    top = frame.top
    while top.pos_ not in {"VERB", "AUX"} and top.head != top:
        top = top.head
    return top


def _is_negated(frame: Frame, verb: Token) -> bool:
    """True for "not", "no group", "neither", "has yet to" around the verb or inside the hit."""
    around = {verb, frame.top}
    if verb.dep_ == "xcomp":
        around.add(verb.head)
    for token in around:
        for child in token.children:
            if child.dep_ == "neg" or child.lower_ in _NEGATIVE_WORDS | {"nor", "never"}:
                return True
            if child.dep_ in SUBJECTS and child.doc[child.left_edge.i].lower_ in _NEGATIVE_WORDS:
                return True
    return False


def _can_speak(scene: Scene, token: Token) -> bool:
    """Actors and people speak, and their offices; "calls" and "questions" do not."""
    return (
        scene.is_actor(token)
        or scene.is_person(token)
        or token.ent_type_ in {"GPE", "NORP"}
        or token.pos_ in {"NOUN", "PROPN"}
    )


def _slot(scene: Scene, slot: str, start: int, end: int) -> str:
    """Questions of "who" are about responsibility."""
    if slot == "occurred" and any(
        t.lower_ in _WHO and t.dep_ in SUBJECTS | {"dobj", "pobj", "attr"} for t in scene.text.doc[start:end]
    ):
        return "responsibility"
    return slot


def _words_alone(frame: Frame) -> Range:
    """The hit with the "not" before it, where no clause stands around it ("air strike; not established" in a list)."""
    start = min([frame.hit.start, *(t.i for t in frame.top.children if t.dep_ == "neg")])
    return start, frame.hit.end


def _evidence(frame: Frame, verb: Token) -> Range:
    """The clause around the hit: from its subject to what it leaves open."""
    scene = frame.scene
    start, end = frame.hit.start, frame.hit.end
    for child in verb.children:
        if child.dep_ in {"aux", "auxpass", "neg", "expl"} and child.i < start:
            start = min(start, child.i)
    subject = next((t for t in verb.children if t.dep_ in SUBJECTS), None)
    if subject is None and verb.dep_ == "xcomp":
        subject = next((t for t in verb.head.children if t.dep_ in SUBJECTS), None)
    if subject is not None and subject.i < start and not _is_relative(subject):
        phrase = scene.phrase(subject)
        if not any(t.text == "," for t in scene.text.doc[phrase[1] : start]):
            start = min(start, phrase[0])
    end = max(end, clause_end(scene, verb, end))
    if frame.hit.start < verb.i < end or verb.i >= frame.hit.start:
        end = max(end, clause_end(scene, verb, max(end, verb.i + 1)))
    return start, end


def _is_relative(token: Token) -> bool:
    return (token.lower_ in {"who", "which", "that"} and clause_of(token).dep_ == "relcl") or subject_of(
        token.head
    ) is None
