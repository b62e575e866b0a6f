"""Claims of harm: people killed, injured, captured, detained, released, missing, displaced, and how many marched.

`find_harm` reads each sentence in three steps: the people phrases (`counts`), the predicates (lexicon `harm`), and who
belongs to which (`harm_victims`). Each number becomes one draft with the words that carry it. A part of a total
("17 people, including five children") is tied to it by `about` and is never added to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from according.annotate import Sentence, Text
from according.extract import counts_nouns, harm_scope, numbers
from according.extract.counts import Kind, People
from according.extract.counts_finder import PeopleFinder
from according.extract.draft import Draft
from according.extract.harm_clause import Clause, Predicate, Victims
from according.extract.harm_ties import Found, Role, tied
from according.extract.harm_tolls import toll_of
from according.extract.harm_victims import is_negated, spare_wholes, victims_of
from according.extract.modality import reality_of
from according.extract.triggers import Trigger, find_triggers
from according.model import Modality, Ref, Relation, Span, Stance
from according.rules import Lexicon
from according.values import Count, CountKind, CountRange, PersonStatus

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number_words": numbers.COLUMNS,
    "people": counts_nouns.COLUMNS,
    "harm": ("outcome", "shape", "needs", "part"),
    "harm_scopes": harm_scope.COLUMNS,
}
"""The lexicons that are read here, each with its columns."""

_JOINTS = frozenset({"and", "or", "/", ",", "and/or"})
_PHYSICAL = frozenset({"killed", "injured", "harmed"})
_NAMED = frozenset({Kind.PERSON, Kind.FORCES})
_NONE = CountRange(0, 0, CountKind.NONE)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What stays the same while one text is read."""

    text: Text
    lexicons: Mapping[str, Lexicon]
    triggers: Sequence[Trigger]


def find_harm(text: Text, lexicons: Mapping[str, Lexicon], triggers: Sequence[Trigger] | None = None) -> list[Draft]:
    """All claims of harm in a text, in order of place.

    Args:
        text: the annotated document.
        lexicons: those of `COLUMNS` and of `find_triggers`.
        triggers: the text's triggers where the caller has them already.
    """
    reading = _Reading(text, lexicons, find_triggers(text, lexicons) if triggers is None else triggers)
    made: list[Found] = []
    finder, tokens = PeopleFinder(lexicons), tuple(text.doc)
    before: People | None = None
    for sentence in text.sentences:
        clause = _clause(tokens, sentence, finder, lexicons["harm"])
        for predicate in clause.hits:
            made.extend(_found(reading, clause, predicate, len(made), before))
        made.extend(_followups(text, clause, made))
        before = next((p for p in reversed(clause.people) if p.kind in {Kind.PERSON, Kind.FORCES}), before)
    return tied(text, made)


def _followups(text: Text, clause: Clause, made: Sequence[Found]) -> list[Found]:
    """ "We received 16 bodies. Three of them were burned": three of the killed, a part of the total before it."""
    place = text.sentence_index(clause.start)
    near = [
        (i, f.draft)
        for i, f in enumerate(made)
        if f.role is Role.TOTAL and f.draft.slot in _PHYSICAL and 0 <= place - text.sentence_index(f.draft.anchor) <= 1
    ]
    claimed = {text.token_range(f.draft.evidence[0].start, f.draft.evidence[0].end)[0] for f in made[-12:]}
    found = []
    for k in spare_wholes(clause, claimed):
        phrase = clause.people[k]
        held = [(i, d) for i, d in near if d.anchor < phrase.start and _holds(d, phrase)]
        if held:
            index, total = held[-1]
            value = phrase.count(text)
            span = phrase.span(text)
            draft = replace(
                total,
                evidence=(span,),
                anchor=phrase.start,
                object=Ref(None, value.group or span.quote, span),
                value=value,
                about=(index, Relation.REFINES),
            )
            found.append(Found(draft, Role.PART))
    return found


def _holds(total: Draft, phrase: People) -> bool:
    """True where the total is large enough for the phrase to be a part of it."""
    if not isinstance(total.value, Count) or total.value.range.kind is CountKind.NONE:
        return False
    most = total.value.range.high or total.value.range.low or 0
    return total.value.range.high is None or most > (phrase.range.low or 0)


def _clause(tokens: Sequence[Token], sentence: Sentence, finder: PeopleFinder, harm: Lexicon) -> Clause:
    hits = [Predicate(h.row, h.start, h.end, h.row["outcome"]) for h in harm.find(tokens, sentence.start, sentence.end)]
    particles = frozenset(i for h in hits if h.row["shape"] == "verb" for i in range(h.start + 1, h.end))
    people = finder.find(tokens, sentence.start, sentence.end, particles)
    return Clause(tokens, sentence.start, sentence.end, people, _joined(tokens, hits))


def _joined(tokens: Sequence[Token], hits: list[Predicate]) -> list[Predicate]:
    """Two predicates side by side are one ("killed or wounded"): the people are harmed, nobody says which."""
    joined: list[Predicate] = []
    for hit in hits:
        last = joined[-1] if joined else None
        gap: Sequence[Token] = tokens[last.end : hit.start] if last is not None else []
        listed = last is not None and not gap and last.outcome != hit.outcome  # headlines: "ten killed injured"
        beside = listed or (0 < len(gap) <= 2 and all(t.lower_ in _JOINTS for t in gap))
        verbs = last is not None and {last.row["shape"], hit.row["shape"]} <= {"verb", "state"}
        if last is not None and beside and verbs and {last.outcome, hit.outcome} <= {"killed", "injured", "harmed"}:
            outcome = hit.outcome if last.outcome == hit.outcome else "harmed"
            joined[-1] = Predicate(hit.row, last.start, hit.end, outcome)
        else:
            joined.append(hit)
    return joined


def _found(reading: _Reading, clause: Clause, predicate: Predicate, index: int, before: People | None) -> list[Found]:
    """The drafts of one predicate; `index` is where they will stand in the whole list."""
    victims, earlier = _numbers_of(clause, predicate)
    negated = is_negated(clause, predicate)
    made: list[Found] = []
    total: int | None = None
    for k in (*victims.totals, *victims.parts):
        phrase = _read(clause, k, predicate, negated, before)
        if phrase is None:
            continue
        draft = _draft(reading, clause, predicate, phrase)
        if k in victims.parts:
            draft = replace(draft, evidence=_apart(reading.text, predicate, phrase))
        role = (
            Role.EARLIER if k in earlier else Role.PART if predicate.row["part"] or k in victims.parts else Role.TOTAL
        )
        if k in victims.parts and total is not None:
            draft = replace(draft, about=(total, Relation.REFINES))
        elif k in victims.totals:
            total = index + len(made)
        if negated and phrase.range.kind is not CountKind.NONE:
            draft = replace(draft, stance=Stance.DENIES)
        made.append(Found(draft, role))
    return made


def _numbers_of(clause: Clause, predicate: Predicate) -> tuple[Victims, set[int]]:
    """The phrases that a predicate counts, and those of them that are an earlier toll."""
    if predicate.row["shape"] != "toll":
        return victims_of(clause, predicate) or Victims(()), set()
    named = toll_of(clause, predicate)
    return Victims(tuple(k for k, _ in named)), {k for k, is_earlier in named if is_earlier}


def _is_denied(verb: Token) -> bool:
    """True for what somebody denies ("denied that any civilians were hurt", "denied killing anyone")."""
    above = verb.head
    return verb.dep_ in {"ccomp", "xcomp", "pcomp"} and above.lemma_.lower() in {"deny", "rule"}


def _read(clause: Clause, k: int, predicate: Predicate, negated: bool, before: People | None) -> People | None:
    """The phrase as the predicate makes it out, or None where it does not count people."""
    phrase = clause.people[k]
    denied = phrase.role in {"any", "anyone"} and _is_denied(clause.doc[predicate.start])
    if phrase.role in {"any", "anyone"} or (phrase.role == "bare" and negated):
        if not negated and not denied:
            return None
        phrase = replace(phrase, range=_NONE)
    if phrase.kind in {Kind.ELIDED, Kind.OTHER, Kind.WHOLE} and phrase.status is PersonStatus.UNKNOWN:
        phrase = _with_antecedent(clause, k, phrase, before)
    if phrase.role == "bare" and phrase.kind is Kind.LOSS and not negated and phrase.status is PersonStatus.UNKNOWN:
        return None  # "the casualties were taken away" counts nobody
    verb = clause.doc[predicate.start]
    if phrase.role == "bare" and verb.tag_ == "VBG" and verb.dep_ in {"conj", "ROOT", "ccomp", "xcomp"}:
        return None  # "we are still killing militants" tells of no event
    needs = predicate.row["needs"]
    known = phrase.kind in {Kind.PERSON, Kind.FORCES, Kind.WHOLE, Kind.OTHER, Kind.LOSS} or (
        phrase.kind is Kind.ELIDED and phrase.is_numbered
    )
    if (needs == "person" and not known) or (needs == "combatant" and phrase.status is not PersonStatus.COMBATANT):
        return None
    if needs == "number" and not (known and phrase.is_numbered):
        return None
    if phrase.role == "trade":
        direct = predicate.row["shape"] == "verb" and not needs and predicate.outcome in {"killed", "injured"}
        return phrase if direct else None
    if phrase.kind is Kind.UNKNOWN and (
        not phrase.is_numbered or (predicate.row["shape"] == "subject" and phrase.range.kind is CountKind.NONE)
    ):
        return None
    return phrase


def _with_antecedent(clause: Clause, k: int, phrase: People, before: People | None) -> People:
    """What the noun that is left out says: "three soldiers died and five were hurt", "killing 18 of them"."""
    if phrase.kind is Kind.OTHER:
        return phrase
    named = [p for p in clause.people[:k] if p.kind in _NAMED]
    earlier = next((p for p in reversed(named) if p.is_numbered or phrase.kind is Kind.WHOLE), None)
    if phrase.kind is Kind.WHOLE and earlier is None:
        earlier = before
    return phrase if earlier is None else replace(phrase, status=earlier.status)


def _draft(reading: _Reading, clause: Clause, predicate: Predicate, phrase: People) -> Draft:
    text, lexicons = reading.text, reading.lexicons
    token = text.doc[predicate.start]
    scope, _ = harm_scope.scope_of(text, lexicons["harm_scopes"], predicate.start, (clause.start, clause.end))
    reality = reality_of(token, lexicons["modality"], lexicons["hedges"])
    strength = predicate.outcome == "strength"
    ref = Ref(None, phrase.group(text) or phrase.span(text).quote, phrase.span(text))
    return Draft(
        slot=predicate.outcome,
        evidence=_evidence(text, clause, predicate, phrase),
        anchor=predicate.start,
        origin=lexicons["harm"].origin(predicate.row),
        subject=ref if strength else None,
        object=None if strength else ref,
        value=phrase.range if strength else phrase.count(text, scope),
        event=_event(text, predicate, clause, reading.triggers),
        certainty=reality.certainty,
        modality=Modality.ACTUAL if _is_outcome(token, reality.modality) else reality.modality,
    )


def _is_outcome(token: Token, modality: Modality) -> bool:
    """True for "foiled the raid, killing ten": the raid was only tried, the deaths are real."""
    return modality is Modality.ATTEMPTED and token.tag_ == "VBG" and token.dep_ in {"advcl", "acl", "conj"}


def _evidence(text: Text, clause: Clause, predicate: Predicate, phrase: People) -> tuple[Span, ...]:
    """From the phrase to the predicate; the phrase alone, then the predicate, where other numbers stand between."""
    start, end = min(phrase.start, predicate.start), max(phrase.end, predicate.end)
    between = [p for p in clause.people if p.start != phrase.start and start <= p.start < end and p.is_numbered]
    if predicate.row["shape"] == "toll" and phrase.start - predicate.end > 6:
        return text.span(phrase.start - 3, phrase.end), text.span(predicate.start, predicate.end)
    if between or end - start > 16:
        return _apart(text, predicate, phrase)
    if start > 1 and text.doc[start - 2].lower_ == "there" and text.doc[start - 1].lemma_ == "be":
        start -= 2
    return (text.span(start, end),)


def _apart(text: Text, predicate: Predicate, phrase: People) -> tuple[Span, ...]:
    """The phrase, then the predicate."""
    spans = (text.span(phrase.start, phrase.end), text.span(predicate.start, predicate.end))
    return spans[:1] if spans[0].covers(spans[1]) else spans


def _event(text: Text, predicate: Predicate, clause: Clause, triggers: Sequence[Trigger]) -> int | None:
    """The trigger that the predicate hangs on: its subject, its "in ..." phrase, or the verb that governs it."""
    verb = text.doc[predicate.start]
    triggers = [t for t in triggers if clause.start <= t.token < clause.end]
    best: tuple[int, int] | None = None
    for trigger in triggers:
        if predicate.start <= trigger.token < predicate.end:
            continue
        token = text.doc[trigger.token]
        chain = [verb, *list(verb.ancestors)[:3]]
        steps = next((n for n, node in enumerate([token, *list(token.ancestors)[:4]]) if node == verb), None)
        if steps is None and token in chain and not any(n.dep_ == "ccomp" for n in chain[: chain.index(token)]):
            steps = chain.index(token) + 1
        if steps is not None and (best is None or steps < best[0]):
            best = (steps, trigger.token)
    if best is not None:
        return best[1]
    return next((t.token for t in triggers if predicate.start <= t.token < predicate.end), None)
