"""Claims that a voice makes by its cue alone: blame, denial of a whole account, responsibility taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from according.annotate import Text
from according.extract.draft import Draft
from according.extract.modality import reality_of
from according.extract.phrases import core_phrase, object_of, prepositional, subject_of
from according.extract.triggers import Trigger
from according.extract.voices import Voice, Voices
from according.model import Certainty, Confidence, Modality, Ref, Span, Stance
from according.rules import Lexicon
from according.values import Words

FALSE = frozenset(
    (
        "false untrue baseless unfounded groundless wrong lie nonsense fabrication propaganda rubbish slander hoax "
        "invention incorrect fiction fantasy myth"
    ).split()
)
_PART = frozenset({"responsibility", "involvement", "part", "role", "hand"})


def responses(text: Text, voices: Voices, triggers: Sequence[Trigger], drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts for voices whose content holds no claim of its own."""
    found: list[Draft] = []
    for voice in voices.voices:
        if voice.cue is None or voice.source is None:
            continue
        verb = text.doc[voice.cue[0]] if text.doc[voice.cue[0]].pos_ == "VERB" else text.doc[voice.cue[1] - 1]
        draft = (
            _blame(text, voice, verb, triggers)
            or _responsibility(text, voice, verb, triggers)
            or _rejection(text, voice, verb, triggers, drafts)
            or _confirmation(text, voice, triggers, drafts)
            or _called_false(text, voice, triggers, drafts)
            or _announced(text, voice, drafts)
            or _thought(text, voice, [*drafts, *found])
        )
        if draft is not None:
            found.append(draft)
    return found


def _confirmation(text: Text, voice: Voice, triggers: Sequence[Trigger], drafts: Sequence[Draft]) -> Draft | None:
    """ "X confirmed the exchange": what happened, confirmed, where no other claim stands in the words."""
    if voice.stance is not Stance.CONFIRMS or any(voice.covers(d.anchor) for d in drafts):
        return None
    event = _event(triggers, voice)
    if event is None:
        return None
    words = _words(text, voice, voice.content[0][0])
    return Draft("occurred", (words,), voice.content[0][0], voice.origin, event=event, stance=Stance.CONFIRMS)


def _called_false(text: Text, voice: Voice, triggers: Sequence[Trigger], drafts: Sequence[Draft]) -> Draft | None:
    """ "X called this "nonsense"", "it is a lie": a denial of what was said before."""
    said = [t for part in voice.content for t in text.doc[part[0] : part[1]]]
    words = {
        t.lemma_.lower() for t in said if t.dep_ in {"attr", "acomp", "oprd", "ccomp", "ROOT", "pobj", "appos", "dobj"}
    }
    length = sum(end - start for start, end in voice.content)
    if not words & FALSE or length > 10 or any(d.stance is Stance.DENIES and voice.covers(d.anchor) for d in drafts):
        return None
    if voice.kind not in {"naming", "speech", "opinion"}:
        return None
    return Draft(
        "occurred",
        (_words(text, voice, voice.content[0][0]),),
        voice.content[0][0],
        voice.origin,
        event=_event(triggers, voice),
        stance=Stance.DENIES,
    )


def _announced(text: Text, voice: Voice, drafts: Sequence[Draft]) -> Draft | None:
    """A threat or promise whose deed no trigger names ("threatened to close the road")."""
    modality = {"threat": Modality.THREATENED, "promise": Modality.PLANNED}.get(voice.kind)
    if modality is None or voice.cue is None or any(voice.covers(d.anchor) for d in drafts):
        return None
    start, end = voice.content[0]
    if end - start < 2:
        return None
    words = (
        text.span(min(start, voice.cue[0]), max(end, voice.cue[1]))
        if abs(start - voice.cue[1]) <= 2
        else text.span(start, end)
    )
    return Draft("occurred", (words,), start, voice.origin, modality=modality)


def _thought(text: Text, voice: Voice, drafts: Sequence[Draft]) -> Draft | None:
    """What a speaker says in a clause of its own and no narrower slot holds."""
    if voice.kind not in {"speech", "belief", "finding", "according", "naming"} or voice.direct:
        return None
    start, end = voice.content[0]
    clause = text.doc[start:end]
    if not 4 <= end - start <= 40 or not any(t.pos_ in {"VERB", "AUX"} for t in clause):
        return None
    span = text.span(start, end)
    if any(voice.covers(d.anchor) or d.evidence[0].overlaps(span) for d in drafts):
        return None
    return Draft("opinion", (span,), start, voice.origin, value=Words(span.quote))


def _words(text: Text, voice: Voice, other: int) -> Span:
    """From the source or cue, whichever stands first, to the end of the content."""
    places = [other, *(voice.source or ()), *(voice.cue or ()), *(place for part in voice.content for place in part)]
    return text.span(min(places), max(places))


def find_responsibility(text: Text, triggers: Sequence[Trigger], lexicons: Mapping[str, Lexicon]) -> list[Draft]:
    """Drafts for words that say who was behind something, or that somebody was not ("had nothing to do with it")."""
    lexicon, drafts = lexicons["responsibility"], []
    for hit in lexicon.find(text.doc):
        verb = next((t for t in text.doc[hit.start : hit.end] if t.pos_ in {"VERB", "AUX"}), None)
        who = None if verb is None else subject_of(verb) if hit.row["who"] == "subject" else _after(text, hit.end)
        if verb is None or who is None or text.sentence_index(who.i) != text.sentence_index(verb.i):
            continue
        start, end = core_phrase(who)
        span = text.span(start, end)
        reality = reality_of(verb, lexicons["modality"], lexicons["hedges"])
        stance = Stance.DENIES if Stance.DENIES in {Stance(hit.row["stance"]), reality.stance} else Stance.ASSERTS
        target = next(
            (
                t
                for t in triggers
                if hit.start <= t.token < hit.end + 8 and text.sentence_index(t.token) == text.sentence_index(verb.i)
            ),
            None,
        )
        words = text.span(min(start, hit.start), max(end, hit.end, target.token + 1 if target else 0))
        drafts.append(
            Draft(
                "responsibility", (words,), verb.i, lexicon.origin(hit.row), object=Ref(None, span.quote, span),
                event=target.token if target else None, stance=stance, certainty=reality.certainty,
                modality=reality.modality,
                confidence=Confidence.SUSPECTED if reality.certainty is not Certainty.CERTAIN else Confidence.ACCUSED,
            )
        )  # fmt: skip
    return drafts


def _after(text: Text, place: int) -> Token | None:
    """The head of the phrase that begins at a token."""
    return next(
        (
            t
            for t in text.doc[place : place + 6]
            if t.pos_ in {"NOUN", "PROPN"} and t.dep_ not in {"compound", "amod", "poss"}
        ),
        None,
    )


def _event(triggers: Sequence[Trigger], voice: Voice) -> int | None:
    """The trigger inside the voice's content."""
    return next((t.token for t in triggers if voice.covers(t.token)), None)


def _blame(text: Text, voice: Voice, verb: Token, triggers: Sequence[Trigger]) -> Draft | None:
    """ "X blames Y for Z", "X accused Y of Z": responsibility of Y, said by X."""
    if voice.kind != "accusation" or verb.pos_ != "VERB":
        return None
    accused = object_of(verb)
    if accused is None:
        return None
    start, end = core_phrase(accused)
    span = text.span(start, end)
    words = _words(text, voice, verb.i)
    return Draft(
        "responsibility", (words,), accused.i, voice.origin, object=Ref(None, span.quote, span),
        event=_event(triggers, voice),
        confidence=Confidence.ACCUSED,
    )  # fmt: skip


def _responsibility(text: Text, voice: Voice, verb: Token, triggers: Sequence[Trigger]) -> Draft | None:
    """ "X claimed responsibility for Z": responsibility of X, said by X; with a denial, denied."""
    word = object_of(verb) if verb.pos_ == "VERB" else None
    if word is None or word.lemma_.lower() not in _PART or voice.source is None:
        return None
    source = text.span(*voice.source)
    words = _words(text, voice, verb.i)
    target = prepositional(word, "for", "in", "to", "with")
    event = _event(triggers, voice) or next(
        (t.token for t in triggers if target is not None and t.token == target.i), None
    )
    return Draft(
        "responsibility", (words,), word.i, voice.origin, object=Ref(None, source.quote, source), event=event,
        confidence=Confidence.CLAIMED,
    )  # fmt: skip


def _rejection(
    text: Text, voice: Voice, verb: Token, triggers: Sequence[Trigger], drafts: Sequence[Draft]
) -> Draft | None:
    """ "X rejected the account": a denial whose content is a noun phrase and holds no claim of its own."""
    if voice.kind not in {"denial", "doubt"} or voice.source is None:
        return None
    if any(voice.covers(d.anchor) and d.slot not in {"opinion", "described_as", "holds_role", "alias"} for d in drafts):
        return None
    words = _words(text, voice, voice.source[0])
    return Draft(
        "occurred", (words,), voice.content[0][0], voice.origin, event=_event(triggers, voice), stance=Stance.ASSERTS
    )
