"""Who helped those who acted: "guided by hunters", "with the help of the clan", "took part in the raid"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Token

from according.extract.circumstances_ground import Ground, made
from according.extract.draft import Draft
from according.extract.phrases import agent_of, core_phrase, subject_of
from according.extract.triggers import Trigger
from according.rules import Hit

LEXICON = "assistance"
_PEACEFUL = frozenset(
    {
        "protest",
        "riot",
        "talks",
        "agreement",
        "aid",
        "release",
        "displacement",
        "cooperation",
        "trial",
        "sanction",
        "demand",
        "statement",
    }
)


_TAKEN = frozenset({"take", "retake", "hold", "defend", "win", "secure"})


@dataclass(frozen=True, slots=True)
class _Help:
    """A helper, the words [start, end) that say so, the token that decides who says it, and the event."""

    helper: Token
    start: int
    end: int
    anchor: Token
    trigger: Trigger | None = None


def find_helpers(ground: Ground) -> Iterator[Draft]:
    """A draft for each helper of those who acted."""
    seen: set[int] = set()
    for hit in ground.hits(LEXICON):
        found = _FRAMES[hit.row["frame"]](ground, hit)
        if found is None or found.helper.i in seen or not ground.follows(found.anchor):
            continue
        seen.add(found.helper.i)
        trigger = found.trigger or ground.nearest(found.anchor)
        if trigger is not None and trigger.event_type in _PEACEFUL:
            continue
        span = ground.text.span(found.start, found.end)
        reality = ground.reality(found.anchor)
        draft = made("assisted_by", span, found.anchor.i, ground.origin(hit, LEXICON), trigger, reality)
        yield replace(draft, object=ground.ref(found.helper))


def _agent(ground: Ground, hit: Hit) -> _Help | None:
    """ "Guided by hunters of the hills"."""
    verb = ground.tokens[hit.start]
    helper = agent_of(verb)
    if helper is None or not ground.is_people(helper):
        return None
    return _Help(helper, hit.start, ground.stretch(hit.start, helper), verb)


def _helping(ground: Ground, verb: Token, end: int) -> _Help | None:
    """The subject of a verb of helping."""
    helper = subject_of(verb)
    if helper is None or not (
        ground.is_people(helper) or any(ground.is_people(t) for t in helper.children) or helper.pos_ == "PRON"
    ):
        return None
    start = core_phrase(helper)[0] if 0 < verb.i - helper.i <= 8 else verb.i
    return _Help(helper, start, end, verb)


def _subject(ground: Ground, hit: Hit) -> _Help | None:
    """ "Scouts assisting in the search", of an event told here."""
    verb = ground.tokens[hit.start]
    trigger = ground.nearest(verb)
    if verb.pos_ not in {"VERB", "AUX"} or trigger is None:
        return None
    return _helping(ground, verb, ground.stretch(hit.start, verb))


def _helped(ground: Ground, hit: Hit) -> _Help | None:
    """ "Helped the gunmen reach the town": fighters are helped, or to a deed of violence."""
    verb = ground.tokens[hit.start]
    if verb.pos_ != "VERB":
        return None
    below = [
        t for child in verb.children if child.dep_ in {"ccomp", "xcomp", "dobj"} for t in child.subtree if t.i > verb.i
    ]
    first = next((t for t in below if t.pos_ in {"NOUN", "PROPN"}), None)
    fighters = first is not None and any(
        h.row["status"] == "combatant" for h in ground.lexicons["people"].at(ground.tokens, first.i)
    )
    inside = next(
        (
            t
            for t in ground.triggers
            if t.token in {b.i for b in below} and t.event_type not in _PEACEFUL and t.strength > 0
        ),
        None,
    )
    if not fighters and inside is None:
        return None
    return _helping(ground, verb, ground.stretch(hit.start, verb))


def _deed(ground: Ground, hit: Hit) -> _Help | None:
    """ "Took part in the raid": the object is itself a report of violence, or a weapon at work."""
    verb = ground.tokens[hit.start]
    below = {t.i for t in verb.subtree if hit.end - 1 <= t.i <= hit.end + 4}
    trigger = next(
        (t for t in ground.triggers if t.token in below and t.frame == "noun" and t.event_type not in _PEACEFUL), None
    )
    if verb.pos_ != "VERB" or trigger is None:
        return None
    return _helping(ground, verb, ground.stretch(hit.start, verb))


def _after(ground: Ground, hit: Hit) -> _Help | None:
    """ "With the help of herders", "alongside herders", on a report of violence."""
    last = ground.tokens[hit.end - 1]
    helper = next((t for t in last.children if t.dep_ == "pobj"), None)
    first = ground.tokens[hit.start]
    trigger = ground.above(first)
    taken = trigger is None and any(a.lemma_.lower() in _TAKEN for a in first.ancestors)
    if helper is None or (trigger is None and not taken) or not ground.is_people(helper):
        return None
    return _Help(helper, hit.start, max(core_phrase(helper)[1], hit.end), first, trigger)


def _middle(ground: Ground, hit: Hit) -> _Help | None:
    """ "With Ombaran air support", on a report of violence."""
    first = ground.tokens[hit.start]
    helper = next(
        (
            t
            for t in ground.tokens[hit.start + 1 : hit.end - 1]
            if ground.is_people(t) and t.pos_ in {"PROPN", "NOUN", "ADJ"}
        ),
        None,
    )
    trigger = ground.above(first)
    if helper is None or trigger is None:
        return None
    return _Help(helper, hit.start, hit.end, first, trigger)


_Reader = Callable[[Ground, Hit], _Help | None]
_FRAMES: Mapping[str, _Reader] = {
    "agent": _agent,
    "subject": _subject,
    "helped": _helped,
    "deed": _deed,
    "after": _after,
    "middle": _middle,
}
