"""Claims that something happened: who did what to whom, where and when, out of triggers, places and times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from according.annotate import Text
from according.extract.content import dateline_end
from according.extract.draft import Draft
from according.extract.phrases import core_phrase, noun_phrase
from according.extract.triggers import Trigger
from according.extract.voices import Voices
from according.model import Confidence, Mention, MentionKind, Modality, Ref, Span, Stance
from according.values import Code, DateRange, PlacePrecision, PlaceRef

_LOCATIVE = frozenset(
    (
        "in at near on outside around inside across along over off between beside against into north south east west"
    ).split()
)
_FURTHER = 3
_PUBLICATION = frozenset({"posted", "published", "publication", "updated", "issued", "edited"})
_TIME_WORDS = frozenset(
    "on in at since between from during before after until late early by around shortly this last".split()
)


def occurred(text: Text, triggers: Sequence[Trigger]) -> list[Draft]:
    """One draft for each trigger that says by itself that something happened, and one for each further party."""
    drafts: list[Draft] = []
    for trigger in triggers:
        drafts.extend(_behind(text, trigger))
        if trigger.strength == 0 or trigger.frame == "harm" or _says_nothing_new(text, trigger, triggers):
            continue
        first = Draft(
            "occurred",
            (_evidence(text, trigger),),
            trigger.token,
            trigger.origin,
            subject=_ref(text, trigger.initiators),
            object=_ref(text, trigger.targets),
            value=Code(trigger.event_type),
            event=trigger.token,
            stance=trigger.reality.stance,
            certainty=trigger.reality.certainty,
            modality=trigger.reality.modality,
        )
        drafts.append(first)
        for token in trigger.initiators[1:_FURTHER]:
            drafts.append(replace(first, slot="initiator", subject=None, object=_ref(text, (token,)), value=None))
    return drafts


def _behind(text: Text, trigger: Trigger) -> Iterator[Draft]:
    """Responsibility of those who are said to have claimed the event, or who are blamed for it."""
    for agent in trigger.behind:
        who = _ref(text, (agent.token,))
        if who is None or who.span is None:
            continue
        words = text.span(min(trigger.start, agent.start), max(trigger.end, agent.end))
        yield Draft(
            "responsibility",
            (words,),
            trigger.token,
            agent.origin,
            object=who,
            event=trigger.token,
            speaker=who.span if agent.part == "claimed" else None,
            confidence=Confidence.CLAIMED if agent.part == "claimed" else Confidence.ACCUSED,
        )


def _says_nothing_new(text: Text, trigger: Trigger, triggers: Sequence[Trigger]) -> bool:
    """True for "killed" beside "an air strike", and for "the attack" that only takes up what was said."""
    if trigger.frame == "noun" and trigger.definite and not trigger.initiators and not trigger.targets:
        return True
    if trigger.frame == "noun" and _is_tool_of(text, trigger, triggers):
        return True
    if trigger.strength > 1:
        return False
    clause = {trigger.token, trigger.clause, *(t.i for t in text.doc[trigger.token].subtree)}
    number = text.sentence_index(trigger.token)
    same = [
        t
        for t in triggers
        if t is not trigger and t.strength > trigger.strength and text.sentence_index(t.token) == number
    ]
    same = [t for t in same if not (t.frame == "noun" and _is_tool_of(text, t, [trigger]))]
    return any(t.token in clause or t.clause == trigger.clause for t in same)


def _is_tool_of(text: Text, trigger: Trigger, others: Sequence[Trigger]) -> bool:
    """True for the weapon with which a verb says that somebody struck ("targeted the town with mortars")."""
    word = text.doc[trigger.token]
    while word.dep_ == "conj":
        word = word.head
    if word.dep_ != "pobj" or word.head.lower_ not in {"with", "using"}:
        return False
    return any(o.frame == "verb" and o.token == word.head.head.i and o.initiators for o in others)


def _ref(text: Text, heads: tuple[int, ...]) -> Ref | None:
    """The first phrase among the heads, as the text has it."""
    if not heads:
        return None
    start, end = core_phrase(text.doc[heads[0]])
    span = text.span(start, end)
    return Ref(None, span.quote, span)


def _evidence(text: Text, trigger: Trigger) -> Span:
    """The words from who acted to what was hit: the clause without its adjunct clauses."""
    doc = text.doc
    token = doc[trigger.token]
    if trigger.frame == "noun":
        start, end = noun_phrase(token)
        start, end = min(start, trigger.start), max(end, trigger.end)
        verb = doc[trigger.clause]
        if end - start <= 3 and verb.i != token.i and abs(verb.i - token.i) <= 6:
            start, end = _with_arguments(text, verb, trigger)
            start, end = min(start, trigger.start), max(end, trigger.end)
        return text.span(*_capped(text, start, end, trigger))
    start, end = _with_arguments(text, token, trigger)
    return text.span(*_capped(text, min(start, trigger.start), max(end, trigger.end), trigger))


def _with_arguments(text: Text, verb: Token, trigger: Trigger) -> tuple[int, int]:
    """The verb with its subject, object and first prepositional phrase."""
    start, end = verb.i, verb.i + 1
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "agent", "aux", "auxpass", "neg", "prt", "oprd"}:
            left, right = (
                noun_phrase(child)
                if child.pos_ in {"NOUN", "PROPN", "PRON"}
                else (child.left_edge.i, child.right_edge.i + 1)
            )
            if child.lower_ not in {"which", "who", "that"}:
                start, end = min(start, left), max(end, right)
        elif (
            child.dep_ == "prep"
            and child.i > verb.i
            and child.i - end <= 1
            and child.lower_ in {"on", "at", "against", "into", "through", "with", "in", "from", "of", "to"}
        ):
            end = max(end, child.right_edge.i + 1)
    return start, end


def _capped(text: Text, start: int, end: int, trigger: Trigger) -> tuple[int, int]:
    """Not beyond the sentence, and at most 30 tokens around the trigger."""
    sentence = text.sentences[text.sentence_index(trigger.token)]
    start, end = max(start, sentence.start, trigger.token - 18), min(end, sentence.end, trigger.token + 18)
    while end - 1 > start and text.doc[end - 1].text in {",", ".", ";", ":"}:
        end -= 1
    return start, end


def dated(text: Text, triggers: Sequence[Trigger], times: Sequence[Mention], voices: Voices) -> list[Draft]:
    """A draft for each expression of time that says when something happened (not when somebody spoke of it)."""
    drafts = []
    head = dateline_end(text)
    spoken = {i for v in voices.voices if v.cue is not None for i in range(*v.cue)}
    for mention in times:
        value = mention.value
        if not isinstance(value, DateRange) or not _tells_when(value):
            continue
        first, _ = text.token_range(mention.span.start, mention.span.end)
        if first < head or _is_publication_line(text, first) or _verb_above(text.doc[first]).i in spoken:
            continue
        trigger = _governing(text, triggers, mention.span)
        if trigger is None:
            continue
        start, end = text.token_range(mention.span.start, mention.span.end)
        if start and text.doc[start - 1].lower_ in _TIME_WORDS:
            start -= 1
        drafts.append(_of_event("date", text.span(start, end), mention, trigger, start))
    return drafts


def _is_publication_line(text: Text, first: int) -> bool:
    """True for the date that heads a page ("Wed 5 Apr 2017 ...", "Posted on August 3", "Last updated 7 July")."""
    if first > 25:
        return False
    opens = first == text.sentences[text.sentence_index(first)].start
    before = {t.lower_ for t in text.doc[max(0, first - 4) : first]}
    return (opens and first <= 3 and text.doc[first].pos_ in {"NUM", "PROPN"}) or bool(before & _PUBLICATION)


def _tells_when(value: DateRange) -> bool:
    """True for a time on the calendar, anchored or not ("Saturday"); not for durations, repetitions and "recently"."""
    return value.is_anchored or bool(re.match(r"XXXX-(W\d?|\d\d|WXX-\d)", value.timex or ""))


def _verb_above(token: Token) -> Token:
    """The verb whose clause the token stands in, passing over nouns and prepositions."""
    current = token
    while current.head != current and not (current.pos_ in {"VERB", "AUX"} and current.i != token.i):
        current = current.head
    return current


def placed(text: Text, triggers: Sequence[Trigger], places: Sequence[Mention], voices: Voices) -> list[Draft]:
    """A draft for each place that says where something happened.

    A place counts where a preposition puts something there. In a sentence that reports an event and puts it nowhere
    finer than a country, the first town or area that it names otherwise counts too.
    """
    drafts, rest = [], []
    for mention in places:
        if not isinstance(mention.value, PlaceRef) or any(
            use in mention.origin for use in ("dateline", "speaker", "modifier")
        ):
            continue
        start, end = text.token_range(mention.span.start, mention.span.end)
        trigger = _governing(text, triggers, mention.span)
        if start >= end or trigger is None:
            continue
        opener = _locative(text, start)
        if opener is not None:
            drafts.append(_of_event("place", text.span(opener, end), mention, trigger, start))
        elif not _is_coarse(mention.value) and not _names_somebody(text, voices, start):
            rest.append(_of_event("place", mention.span, mention, trigger, start))
    return sorted([*drafts, *_where_nothing_finer(text, drafts, rest)], key=lambda d: d.anchor)


def _is_coarse(place: PlaceRef) -> bool:
    return place.precision in {PlacePrecision.COUNTRY, PlacePrecision.LARGER}


def is_fine_place(value: object) -> bool:
    """True for a place that could be resolved at least to a first-level area, or for a town that no gazetteer has."""
    if not isinstance(value, PlaceRef) or _is_coarse(value):
        return False
    return value.admin1 is not None or (value.id is None and value.precision is None)


def _names_somebody(text: Text, voices: Voices, token: int) -> bool:
    """True for a place inside the phrase that names a speaker, or before another noun ("the Aleppo police")."""
    spoken = any(v.source is not None and v.source[0] <= token < v.source[1] for v in voices.voices)
    return spoken or (
        text.doc[token].dep_ in {"compound", "amod", "nmod"}
        and text.doc[token].head.pos_ in {"NOUN", "PROPN"}
        and text.doc[token].head.ent_type_ in {"ORG", "PERSON"}
    )


def _where_nothing_finer(text: Text, drafts: Sequence[Draft], rest: Sequence[Draft]) -> list[Draft]:
    """Of the places without a preposition, the first of each sentence that has no finer one with it."""
    placed_in = {
        text.sentence_index(d.anchor) for d in drafts if isinstance(d.value, PlaceRef) and not _is_coarse(d.value)
    }
    chosen: dict[int, Draft] = {}
    for draft in rest:
        number = text.sentence_index(draft.anchor)
        if number not in placed_in:
            chosen.setdefault(number, draft)
    return list(chosen.values())


def nearest_place(text: Text, tokens: Sequence[int], places: Sequence[Mention], voices: Voices) -> Draft | None:
    """A place for an event whose own words name none below a country: the nearest that the report names.

    Args:
        tokens: the triggers of the event.
        places: all places of the text.
        voices: who speaks, so that "police in the capital said" puts nothing there.
    """
    numbers = sorted(text.sentence_index(t) for t in tokens)
    best: tuple[tuple[int, int, int], Mention, int] | None = None
    for mention in places:
        value = mention.value
        if (
            not isinstance(value, PlaceRef)
            or _is_coarse(value)
            or "dateline" in mention.origin
            or "speaker" in mention.origin
        ):
            continue
        start, end = text.token_range(mention.span.start, mention.span.end)
        if start >= end or _names_somebody(text, voices, start):
            continue
        number = text.sentence_index(start)
        gap = min(2 * (number - n) if number >= n else 2 * (n - number) + 1 for n in numbers)
        rank = (int(value.admin1 is None), gap, start)
        if best is None or rank < best[0]:
            best = (rank, mention, start)
    if best is None:
        return None
    return Draft("place", (best[1].span,), best[2], "events#nearest-place", value=best[1].value, event=tokens[0])  # type: ignore[arg-type]


def _locative(text: Text, start: int) -> int | None:
    """The preposition that puts something at the place, in the same phrase and at most a dozen words before it."""
    for i in range(start - 1, max(start - 13, -1), -1):
        token = text.doc[i]
        if token.lower_ in _LOCATIVE and token.pos_ in {"ADP", "ADV", "SCONJ"}:
            return i
        participle = token.dep_ == "amod" or (
            token.tag_ in {"VBN", "VBG"}
            and text.doc[min(i + 1, len(text.doc) - 1)].pos_ in {"ADJ", "NOUN", "PROPN", "DET"}
        )
        if token.pos_ not in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PUNCT", "ADP", "PART", "ADV"} and not participle:
            return None
        if token.text in {",", "(", ")", ";", '"'} or token.lower_ in {"by", "from", "to", "with"}:
            return None
    return None


def _of_event(slot: str, span: Span, mention: Mention, trigger: Trigger, anchor: int) -> Draft:
    return Draft(
        slot, (span,), anchor, mention.origin or f"{mention.kind}", value=mention.value,  # type: ignore[arg-type]
        event=trigger.token, modality=trigger.reality.modality, stance=Stance.ASSERTS,
    )  # fmt: skip


def _governing(text: Text, triggers: Sequence[Trigger], span: Span) -> Trigger | None:
    """The trigger that an expression belongs to: nearest upwards in the parse, else in the same clause or sentence."""
    start, _ = text.token_range(span.start, span.end)
    number = text.sentence_index(start)
    here = [t for t in triggers if text.sentence_index(t.token) == number]
    if not here:
        return _carried_on(text, triggers, start, number)
    ancestors = {a.i: k for k, a in enumerate([text.doc[start], *text.doc[start].ancestors])}

    def distance(trigger: Trigger) -> tuple[int, int, int]:
        token = text.doc[trigger.token]
        depth = ancestors.get(trigger.token)
        if depth is None and trigger.clause in ancestors:
            depth = ancestors[trigger.clause] + 1
        if depth is None:
            common = next((k for a, k in ancestors.items() if a in {x.i for x in token.ancestors}), 50)
            depth = common + 5
        return depth, -trigger.strength, abs(trigger.token - start)

    return min(here, key=distance)


def _carried_on(text: Text, triggers: Sequence[Trigger], start: int, number: int) -> Trigger | None:
    """The event of the sentence before, in its paragraph, which a sentence without a trigger goes on about."""
    here = text.sentences[number]
    before = [t for t in triggers if t.token < start and number - text.sentence_index(t.token) <= 1]
    if not before or text.sentences[text.sentence_index(before[-1].token)].paragraph != here.paragraph:
        return None
    tells = any(
        t.tag_ in {"VBD", "VBN"} and t.dep_ in {"ROOT", "conj", "ccomp"} for t in text.doc[here.start : here.end]
    )
    return before[-1] if tells and before[-1].reality.modality is Modality.ACTUAL else None


def is_counted(draft: Draft) -> bool:
    """True where the draft reports something that happened."""
    return draft.modality is Modality.ACTUAL


MENTION_KINDS = frozenset({MentionKind.TIME, MentionKind.PLACE})
