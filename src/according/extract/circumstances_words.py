"""Method and purpose: how it was done and what for, in the text's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Token

from according.extract.circumstances_ground import Ground, made
from according.extract.draft import Draft
from according.extract.phrases import core_phrase, subject_of
from according.extract.triggers import Trigger
from according.model import MentionKind
from according.rules import Hit
from according.values import Words

METHODS, PURPOSES = "methods", "purposes"
_PROTESTS = frozenset({"protest", "riot", "siege", "repression"})
_SANCTIONED = frozenset(
    {
        "attack",
        "attack_on_civilians",
        "execution",
        "abduction",
        "arrest",
        "trial",
        "property_destruction",
        "sexual_violence",
        "repression",
    }
)
_PEACEFUL = frozenset(
    {"agreement", "talks", "aid", "cooperation", "demand", "statement", "sanction", "trial", "displacement"}
)
_ENSURES = frozenset({"ensure", "allow", "enable", "help", "make", "lead", "mean", "guarantee"})
_REASONS = frozenset({"after", "because", "since", "when", "for", "as"})
_NOT_DONE = frozenset({"say", "add", "tell", "note", "report", "use", "accord", "include"})


@dataclass(frozen=True, slots=True)
class _Find:
    """Tokens [start, end) that say how or why, the token that decides who says it, and the event where it is plain."""

    start: int
    end: int
    anchor: Token
    trigger: Trigger | None = None


_Reader = Callable[[Ground, Hit], _Find | None]


def find_methods(ground: Ground) -> Iterator[Draft]:
    """A draft for each stretch that says how it was done."""
    yield from _find(ground, METHODS, "method", _METHOD_FRAMES)


def find_purposes(ground: Ground) -> Iterator[Draft]:
    """A draft for each stretch that says what it was meant for or what it answered."""
    yield from _find(ground, PURPOSES, "purpose", _PURPOSE_FRAMES)


def _find(ground: Ground, lexicon: str, slot: str, frames: Mapping[str, _Reader]) -> Iterator[Draft]:
    done = 0
    for hit in ground.hits(lexicon):
        found = frames[hit.row["frame"]](ground, hit)
        if found is None or found.end <= done or not ground.follows(found.anchor):
            continue
        done = found.end
        trigger = found.trigger or ground.nearest(found.anchor)
        span = ground.text.span(found.start, found.end)
        reality = (
            trigger.reality if trigger is not None and trigger.token == found.anchor.i else ground.reality(found.anchor)
        )
        yield replace(
            made(slot, span, found.anchor.i, ground.origin(hit, lexicon), trigger, reality), value=Words(span.quote)
        )


def _root(ground: Ground, hit: Hit) -> Token:
    """The token of the hit that governs the others."""
    return next(
        (t for t in ground.tokens[hit.start : hit.end] if not hit.start <= t.head.i < hit.end or t.head == t),
        ground.tokens[hit.start],
    )


def _phrase(ground: Ground, hit: Hit) -> _Find | None:
    """The words themselves, of something violent that is told in the same sentence or the one before."""
    root = _root(ground, hit)
    return _Find(hit.start, hit.end, root, ground.above(root))


def _clause(ground: Ground, hit: Hit) -> _Find | None:
    """The words with the subject before them."""
    root = _root(ground, hit)
    subject = subject_of(root)
    start = core_phrase(subject)[0] if subject is not None and 0 < root.i - subject.i <= 4 else hit.start
    return _Find(start, hit.end, root)


def _ride(ground: Ground, hit: Hit) -> _Find | None:
    """The words with the verb that they hang on and a subject right before it ("they came on motorcycles")."""
    above = ground.tokens[hit.start].head
    if above.pos_ == "NOUN" and 0 < hit.start - above.i <= 2 and ground.is_people(above) and not hit.row["needs"]:
        return _Find(core_phrase(above)[0], hit.end, above, ground.above(above))
    verb = next((a for a in ground.tokens[hit.start].ancestors if a.pos_ == "VERB"), None)
    if verb is None or not 0 < hit.start - verb.i <= 6:
        return None
    trigger = ground.at(verb)
    if (trigger is None and hit.row["needs"]) or (
        trigger is not None and trigger.event_type == "displacement" and not trigger.initiators
    ):
        return None
    subject = subject_of(verb)
    near = subject is not None and 0 < verb.i - subject.i <= 3
    start = core_phrase(subject)[0] if subject is not None and near else verb.i
    return _Find(start, hit.end, verb)


def _noun(ground: Ground, hit: Hit) -> _Find | None:
    """The words with the noun phrase after them."""
    last = ground.tokens[hit.end - 1]
    noun = next((t for t in last.children if t.dep_ in {"pobj", "dobj", "pcomp"} and t.i > last.i), None)
    if noun is None:
        noun = next(
            (
                t
                for t in ground.tokens[hit.end : hit.end + 8]
                if t.pos_ in {"NOUN", "PROPN"} and t.dep_ not in {"compound", "poss"}
            ),
            None,
        )
    if (
        noun is None
        or noun.left_edge.i < hit.start
        or ground.text.sentence_index(noun.i) != ground.text.sentence_index(last.i)
    ):
        return None
    end = max(core_phrase(noun)[1], ground.stretch(hit.start, noun))
    root = _root(ground, hit)
    return _Find(hit.start, end, root, ground.above(root))


def _verb(ground: Ground, hit: Hit) -> _Find | None:
    """A verb with what belongs to it; with a preposition where the row needs one."""
    verb = (
        ground.tokens[hit.end - 1]
        if hit.row["frame"] == "verb" and ground.tokens[hit.end - 1].pos_ == "VERB"
        else _root(ground, hit)
    )
    needs = [n for n in hit.row["needs"].split("|") if n]
    after = verb.subtree if needs else ()
    if needs and not any(t.lower_ in needs and t.i > verb.i and t.dep_ in {"prep", "prt", "advmod"} for t in after):
        return None
    return _Find(hit.start, ground.stretch(hit.start, verb), verb)


def _aim(ground: Ground, hit: Hit) -> _Find | None:
    """The words with the clause that follows "to" or "at"."""
    verb = next(
        (t for t in ground.tokens[hit.end : hit.end + 5] if t.pos_ in {"VERB", "AUX"} and t.tag_ in {"VB", "VBG"}), None
    )
    root = _root(ground, hit)
    trigger = ground.nearest(root)
    if verb is None or trigger is None or trigger.event_type in _PEACEFUL:
        return None
    above = trigger if ground.tokens[trigger.token].i != verb.i else ground.above(root)
    return _Find(hit.start, ground.stretch(hit.start, verb), root, above)


def _infinitive(ground: Ground, hit: Hit) -> _Find | None:
    """ "To avenge", after a verb of doing or coming."""
    verb = ground.tokens[hit.end - 1]
    if verb.tag_ != "VB" or verb.dep_ not in {"advcl", "xcomp"} or verb.head.pos_ != "VERB" or verb.head.i > verb.i:
        return None
    trigger = ground.at(verb.head)
    came = verb.head.lemma_.lower() in {"come", "march", "go", "return", "arrive", "send", "carry", "gather"}
    if trigger is None and not came:
        return None
    start = verb.head.i if came and verb.head.i == hit.start - 1 else hit.start
    return _Find(start, ground.stretch(hit.start, verb), verb.head, trigger)


def _protest(ground: Ground, hit: Hit) -> _Find | None:
    """ "Marched against the tax": a cause, not a person or place."""
    word = ground.tokens[hit.start]
    trigger = ground.at(word.head)
    noun = next((t for t in word.children if t.dep_ in {"pobj", "pcomp"}), None)
    if (
        trigger is None
        or trigger.event_type not in _PROTESTS
        or noun is None
        or noun.ent_type_ in {"GPE", "LOC", "FAC", "DATE", "TIME", "CARDINAL"}
    ):
        return None
    return _Find(hit.start, ground.stretch(hit.start, noun), word, trigger)


def _gerund(ground: Ground, hit: Hit) -> _Find | None:
    """ "Hundreds marched demanding bread"."""
    word = _root(ground, hit)
    trigger = next((t for a in word.ancestors if (t := ground.at(a)) is not None and t.event_type in _PROTESTS), None)
    if trigger is None or word.dep_ not in {"advcl", "acl"}:
        return None
    return _Find(hit.start, ground.stretch(hit.start, word), word, trigger)


def _offence(ground: Ground, hit: Hit) -> _Find | None:
    """What those hit or held are said to have done ("for informing", "on suspicion of theft")."""
    word = ground.tokens[hit.start]
    trigger = ground.at(word.head.head if word.head.dep_ in {"dobj", "nsubjpass"} else word.head)
    if trigger is None or trigger.event_type not in _SANCTIONED:
        return None
    last = ground.tokens[hit.end - 1]
    if last.pos_ in {"VERB", "AUX"} and last.tag_ != "VBG":
        return None
    noun = next((t for t in last.children if t.dep_ in {"pobj", "pcomp"}), last)
    return _Find(hit.start, ground.stretch(hit.start, noun), word, trigger)


def _after(ground: Ground, hit: Hit) -> _Find | None:
    """ "After a long investigation", with "came" before it."""
    noun = _root(ground, hit)
    word = noun.head
    if noun.dep_ != "pobj" or word.lower_ not in {"after", "following"} or noun.i - word.i > 6:
        return None
    verb = word.head
    came = verb.lemma_.lower() in {"come", "follow", "take"} and word.i - verb.i == 1
    if not came and ground.at(verb) is None:
        return None
    end = noun.i + 1
    for child in noun.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "of", "with"} and child.i == end:
            end = ground.stretch(word.i, child)
    return _Find(verb.i if came else word.i, end, word, ground.nearest(word))


def _ensure(ground: Ground, hit: Hit) -> _Find | None:
    """ "A combination of patrols and luck ensured that ..."."""
    noun = ground.tokens[hit.start]
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_.lower() not in _ENSURES:
        return None
    return _Find(noun.left_edge.i, verb.i + 1, verb)


def _using(ground: Ground, hit: Hit) -> _Find | None:
    """ "Using ladders"; a weapon is left to its own slot."""
    verb = ground.tokens[hit.start]
    thing = next((t for t in verb.children if t.dep_ == "dobj"), None)
    trigger = ground.at(verb.head.head if verb.head.dep_ == "nsubj" else verb.head)
    if thing is None or trigger is None or verb.dep_ not in {"advcl", "acl"} or trigger.event_type in _PEACEFUL:
        return None
    place = ground.text.starts[thing.i]
    if any(m.kind is MentionKind.WEAPON and m.span.start <= place < m.span.end for m in ground.mentions):
        return None
    return _Find(hit.start, ground.stretch(hit.start, verb), verb, trigger)


def _by(ground: Ground, hit: Hit) -> _Find | None:
    """ "By burning his house", on a report of violence."""
    word, verb = ground.tokens[hit.start], ground.tokens[hit.end - 1]
    trigger = ground.at(word.head)
    if (
        verb.tag_ != "VBG"
        or verb.head != word
        or trigger is None
        or trigger.event_type in _PEACEFUL
        or verb.lemma_.lower() in _NOT_DONE
    ):
        return None
    return _Find(hit.start, ground.stretch(hit.start, verb), word, trigger)


def _because(ground: Ground, hit: Hit) -> _Find | None:
    """ "Because he was a clerk", on a report of violence; "because of" with its noun."""
    mark = ground.tokens[hit.start]
    if mark.dep_ != "mark":
        return None
    trigger = ground.at(mark.head.head)
    if trigger is None or mark.head.dep_ != "advcl" or trigger.event_type not in _SANCTIONED | _PROTESTS:
        return None
    return _Find(hit.start, ground.stretch(hit.start, mark.head), mark, trigger)


def _refusal(ground: Ground, hit: Hit) -> _Find | None:
    """ "After he refused to pay", on a report of violence."""
    verb = ground.tokens[hit.start]
    mark = next((t for t in verb.children if t.dep_ == "mark" and t.lower_ in _REASONS), None)
    if mark is None or verb.dep_ not in {"advcl", "pcomp"}:
        return None
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    trigger = ground.at(above)
    if trigger is None or trigger.event_type in _PEACEFUL:
        return None
    return _Find(mark.i, ground.stretch(mark.i, verb), verb, trigger)


_METHOD_FRAMES: Mapping[str, _Reader] = {
    "phrase": _phrase,
    "clause": _clause,
    "ride": _ride,
    "noun": _noun,
    "verb": _verb,
    "after": _after,
    "ensure": _ensure,
    "using": _using,
    "by": _by,
}
_PURPOSE_FRAMES: Mapping[str, _Reader] = {
    "noun": _noun,
    "verb": _aim,
    "infinitive": _infinitive,
    "protest": _protest,
    "gerund": _gerund,
    "offence": _offence,
    "clause": _refusal,
    "because": _because,
}
