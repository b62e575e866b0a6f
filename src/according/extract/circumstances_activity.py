"""What the people hit were doing: "while praying", "families fleeing the town", "was on patrol when ..."."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from according.extract.circumstances_ground import Ground, made
from according.extract.draft import Draft
from according.extract.phrases import core_phrase, is_passive, subject_of
from according.extract.triggers import Trigger
from according.rules import Hit
from according.values import Words

LEXICON = "circumstances"
_WHILE = frozenset({"while", "as", "when", "whilst"})
# What the parser makes of "brothers gathering wood stepped on a mine" and "shells hit people queuing for bread".
_MISPARSED = frozenset({"csubj", "nsubj", "ccomp"})
_HURT = frozenset({"dead", "killed", "wounded", "injured", "hurt", "victims", "missing", "casualties"})
_THEN = frozenset({"when", "before", "until", "as"})
_VIOLENT = frozenset(
    (
        "attack attack_on_civilians air_strike drone_strike shelling_missile ied_mine suicide_attack grenade chemical"
        " execution abduction armed_clash arrest repression sexual_violence looting offensive"
    ).split()
)


@dataclass(frozen=True, slots=True)
class _Doing:
    """Tokens [start, end) that tell the activity, its value from `value` on, its verb and its event."""

    start: int
    end: int
    value: int
    anchor: Token
    trigger: Trigger | None


def find_activities(ground: Ground) -> Iterator[Draft]:
    """A draft for each activity of those hit."""
    for hit in ground.hits(LEXICON):
        found = _doing(ground, hit) if hit.row["frame"] == "doing" else _being(ground, hit)
        if found is None:
            continue
        value = Words(ground.text.span(_with_quote(ground, found.value), found.end).quote)
        span = ground.text.span(found.start, found.end)
        draft = made(
            "activity", span, found.anchor.i, ground.origin(hit, LEXICON), found.trigger, ground.reality(found.anchor)
        )
        yield replace(draft, value=value)


def _with_quote(ground: Ground, start: int) -> int:
    """One token further left where that opens a quotation."""
    return start - 1 if start and ground.tokens[start - 1].text in {"“", "‘", '"'} else start


def _doing(ground: Ground, hit: Hit) -> _Doing | None:
    """A verb of daily life or of movement in one of the places that tell of those hit."""
    verb = ground.tokens[hit.start]
    if verb.pos_ not in {"VERB", "AUX"}:
        return None
    end = ground.stretch(hit.start, verb)
    if verb.tag_ == "VBG" and not _perfect(verb) and (noun := _described(ground, verb)) is not None:
        trigger = _of_hit(ground, noun, verb)
        if verb.dep_ == "csubj":
            end = max(end, min(verb.head.i, verb.i + 8))
        hurt = trigger is not None or _among_hurt(ground, noun)
        return _Doing(verb.i, end, verb.i, verb, trigger) if hurt else None
    if verb.dep_ == "advcl":
        return _meanwhile(ground, verb, end)
    if _was_doing(verb) and ground.follows(verb):
        return _main(ground, verb, end)
    return None


def _perfect(verb: Token) -> bool:
    return any(t.lower_ in {"have", "has", "had", "is", "are", "'s", "'re"} for t in verb.children if t.dep_ == "aux")


def _was_doing(verb: Token) -> bool:
    return verb.tag_ == "VBG" and any(t.lower_ in {"was", "were"} for t in verb.children if t.dep_ == "aux")


def _described(ground: Ground, verb: Token) -> Token | None:
    """The noun that a participle or a relative clause tells of; one right before it too, however it was parsed."""
    if verb.dep_ in {"acl", "relcl"}:
        return verb.head
    before = ground.tokens[verb.i - 1] if verb.i else verb
    return before if before.pos_ == "NOUN" and verb.dep_ in _MISPARSED and ground.is_people(before) else None


def _among_hurt(ground: Ground, noun: Token) -> bool:
    """ "Three cooks who were handing out bread are among the dead"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_.lower() not in {"be", "lie"} or not ground.is_people(noun):
        return False
    return any(t.lower_ in _HURT for t in verb.subtree if t.i > verb.i)


def _of_hit(ground: Ground, noun: Token, verb: Token) -> Trigger | None:
    """The violent event that hit the people (or the vehicle) that a noun names, or None."""
    if verb.dep_ in _MISPARSED:
        found = ground.at(verb.head)
        return found if found is not None and found.event_type in _VIOLENT and noun.i not in found.initiators else None
    head = noun
    while head.dep_ in {"conj", "appos"} or (head.dep_ == "pobj" and head.head.lower_ == "of"):
        head = head.head if head.dep_ != "pobj" else head.head.head
    trigger = ground.above(noun)
    if (
        trigger is None
        or trigger.event_type not in _VIOLENT
        or noun.i in trigger.initiators
        or head.i in trigger.initiators
    ):
        return None
    if noun.i in trigger.targets or head.i in trigger.targets:
        return trigger
    verb = head.head
    stepped = head.dep_ == "nsubj" and verb.i == trigger.token and trigger.event_type == "ied_mine"
    victim = head.dep_ in {"nsubjpass", "dobj"} or (
        head.dep_ == "nsubj" and verb.lemma_.lower() in {"die", "perish", "come"}
    )
    hit = head.dep_ == "pobj" and head.head.lower_ in {"at", "on", "against", "among", "into"}
    near = verb.i in {trigger.token, trigger.clause} or head.head.head.i in {trigger.token, trigger.clause}
    return trigger if ground.is_people(noun) and near and (victim or hit or stepped) else None


def _meanwhile(ground: Ground, verb: Token, end: int) -> _Doing | None:
    """ "Killed while praying", "shot as they queued"."""
    mark = next((t for t in verb.children if t.lower_ in _WHILE and t.dep_ in {"mark", "advmod"}), None)
    trigger = ground.at(verb.head)
    if mark is None or mark.i > verb.i or trigger is None or trigger.event_type not in _VIOLENT:
        return None
    passive = (
        is_passive(verb.head)
        or trigger.frame == "harm"
        or verb.head.lemma_.lower() == "die"
        or verb.head.dep_ in {"acl", "relcl"}
    )
    own = next((t for t in verb.children if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if own is not None and (
        own.lower_ not in {"they", "he", "she", "it", "people", "we", "i"} or (not passive and mark.lower_ == "when")
    ):
        return None
    if (
        not passive
        and not (own is not None and trigger.targets)
        and not (own is None and verb.tag_ == "VBG" and trigger.targets and not trigger.initiators)
    ):
        return None
    start = next((t.i for t in verb.children if t.dep_ == "aux" and t.i > mark.i), verb.i)
    return _Doing(mark.i, end, verb.i if own is None else start, verb, trigger)


def _main(ground: Ground, verb: Token, end: int) -> _Doing | None:
    """ "The team was returning when ...", or right after the report of what hit it."""
    subject = subject_of(verb)
    if subject is None or verb.dep_ not in {"ROOT", "conj", "ccomp", "parataxis"} or not _may_be_hit(ground, subject):
        return None
    trigger = _then(ground, verb)
    if trigger is None and not (subject.lower_ not in {"they", "we", "he", "she"} and _hit_before(ground, subject)):
        return None
    start = core_phrase(subject)[0] if 0 < verb.i - subject.i <= 6 else verb.i
    return _Doing(start, end, verb.i, verb, trigger)


def _then(ground: Ground, verb: Token) -> Trigger | None:
    """The violent event in a clause with "when" or "before" that the verb governs."""
    for clause in verb.children:
        if clause.dep_ == "advcl" and any(t.lower_ in _THEN for t in clause.children if t.dep_ in {"mark", "advmod"}):
            trigger = ground.inside(clause)
            if trigger is not None:
                return trigger
    return None


def _may_be_hit(ground: Ground, subject: Token) -> bool:
    number = ground.text.sentence_index(subject.i)
    acting = {
        i for t in ground.triggers for i in t.initiators if number - ground.text.sentence_index(t.token) in {0, 1}
    }
    names = {ground.tokens[i].lower_ for i in acting}
    return (
        subject.i not in acting
        and subject.lower_ not in names
        and (ground.is_people(subject) or subject.pos_ in {"NOUN", "PRON"})
    )


def _hit_before(ground: Ground, subject: Token) -> bool:
    """True where the sentence before, or this one, hit people of that name."""
    number = ground.text.sentence_index(subject.i)
    hit = {
        i
        for t in ground.triggers
        for i in t.targets
        if t.event_type in _VIOLENT and number - ground.text.sentence_index(t.token) in {0, 1}
    }
    return subject.lemma_.lower() in {
        ground.tokens[i].lemma_.lower() for i in hit if ground.text.sentence_index(i) < number
    }


def _being(ground: Ground, hit: Hit) -> _Doing | None:
    """ "Was on routine patrol", "killed on their way to school"."""
    word = ground.tokens[hit.start]
    verb = next((a for a in word.ancestors if a.pos_ in {"VERB", "AUX"}), None)
    last = ground.tokens[hit.end - 1]
    end = hit.end if hit.row["frame"] == "state" else ground.stretch(hit.start, last)
    if (
        verb is None
        or not ground.follows(verb)
        or ground.text.sentence_index(verb.i) != ground.text.sentence_index(word.i)
    ):
        return None
    if verb.lemma_.lower() == "be" and verb.i < word.i:
        subject = subject_of(verb)
        if subject is None or not _may_be_hit(ground, subject):
            return None
        start = core_phrase(subject)[0] if 0 < verb.i - subject.i <= 4 else verb.i
        return _Doing(start, end, hit.start, verb, _then(ground, verb) or ground.nearest(verb))
    trigger = ground.at(verb)
    victim = (
        is_passive(verb)
        or verb.lemma_.lower() in {"die", "perish"}
        or any(t in verb.children for t in (word,) if word.head != verb)
    )
    return (
        _Doing(hit.start, end, hit.start, verb, trigger)
        if trigger is not None and victim and trigger.event_type in _VIOLENT
        else None
    )
