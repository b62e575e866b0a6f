"""Whom a predicate of harm is about: the people phrases that stand where its row of the lexicon `harm` says."""

from __future__ import annotations

from according.extract.counts import PART_MARKS, Kind, Tie
from according.extract.harm_clause import (
    BE,
    Clause,
    Predicate,
    Victims,
    adjacent_left,
    aux_start,
    begins_clause,
    is_passive,
    left,
    right,
)

_ACTIVE_TAGS = frozenset({"VBG", "VBZ", "VBP", "VB"})
_NEGATIVES = frozenset({"not", "n't", "never", "without", "nor", "neither"})


def victims_of(clause: Clause, hit: Predicate) -> Victims | None:
    """The victims of one predicate, or None where the words name none."""
    if hit.row["shape"] == "skip":
        return None
    inside = _inside(clause, hit)
    if inside is not None:
        return _with_trailing_parts(clause, hit, inside)
    shape = hit.row["shape"]
    if shape == "verb":
        found = _of_verb(clause, hit)
    elif shape == "subject":
        found = _inverted(clause, hit) or left(clause, aux_start(clause, hit.start), hit)
    elif shape == "object":
        found = right(clause, hit.end, 3)
    elif shape == "of":
        found = right(clause, hit.end, 2)
    elif shape == "state":
        found = _of_state(clause, hit)
    elif shape == "head":
        found = _of_head(clause, hit)
    else:
        found = None
    return _with_trailing_parts(clause, hit, found) if found is not None else None


def is_negated(clause: Clause, hit: Predicate) -> bool:
    """True where a "not", "never" or "without" stands just before the predicate."""
    if hit.row["shape"] == "of" and any(p.role == "none" and p.start <= hit.start < p.end for p in clause.people):
        return True
    first = max(clause.start, hit.start - 4)
    window = clause.doc[first : hit.start]
    for token in reversed(list(window)):
        if token.lower_ in _NEGATIVES:
            return True
        if token.pos_ in {"NOUN", "PROPN", "PUNCT", "CCONJ"} and token.lower_ not in {"or"}:
            return False
    return False


def _inside(clause: Clause, hit: Predicate) -> Victims | None:
    """ "46 wounded people", "12 bodies": the predicate stands in the phrase itself."""
    loss = hit.row["shape"] == "head"
    for k, phrase in enumerate(clause.people):
        if phrase.start <= hit.start and hit.end <= phrase.end:
            if loss and phrase.head != hit.start:
                return None
            return None if phrase.head is not None and phrase.head < hit.start else Victims((k,))
        if phrase.start <= hit.start < phrase.end and phrase.role == "none" and hit.row["shape"] == "of":
            return right(clause, hit.end, 2)  # "no killing of civilians"
        if phrase.head == hit.start and phrase.is_numbered and hit.row["shape"] in {"of", "head"}:
            return Victims((k,))
    return None


def _inverted(clause: Clause, hit: Predicate) -> Victims | None:
    """ "Among the dead were four nurses": the subject stands behind."""
    if not hit.row["part"] or hit.end >= clause.end or clause.doc[hit.end].lower_ not in {"were", "was", "are", "is"}:
        return None
    return right(clause, hit.end + 1, 2)


def _of_verb(clause: Clause, hit: Predicate) -> Victims | None:
    start = aux_start(clause, hit.start)
    tag = clause.doc[hit.start].tag_
    if start < hit.start and is_passive(clause, start, hit):
        return left(clause, start, hit)
    people = right(clause, hit.end, 3)
    if people is not None and tag not in _ACTIVE_TAGS and begins_clause(clause, people.totals[0]):
        people = people if not _is_list(clause, hit, people.totals[0]) else None  # "seven killed, 37 others injured"
    if people is not None:
        clause.taken.update(people.totals)
        clause.taken.update(people.parts)
        return people
    if tag not in _ACTIVE_TAGS and start == hit.start and not _takes_object(clause, hit):
        return adjacent_left(clause, hit.start, 1)
    return None


def _takes_object(clause: Clause, hit: Predicate) -> bool:
    """True where a noun phrase that counts nobody follows: "the gunmen destroyed a bridge"."""
    after = clause.doc[hit.end] if hit.end < clause.end else None
    if after is None or clause.doc[hit.start].tag_ == "VBN":
        return False
    return after.pos_ in {"DET", "PRON"} or (after.pos_ in {"NOUN", "ADJ"} and after.ent_type_ not in {"DATE", "TIME"})


def _is_list(clause: Clause, hit: Predicate, k: int) -> bool:
    """True for "seven killed, 37 others injured"; "a bomber killed 30 people, injured 90" is active."""
    if clause.people[k].more:
        return True
    beside = adjacent_left(clause, hit.start, 0)
    if beside is None or clause.people[beside.totals[-1]].role != "figure":
        return False
    after = next((h for h in clause.hits if h.start >= clause.people[k].end), None)
    return after is None or not any(p.start == after.end and p.is_numbered for p in clause.people)


def _of_state(clause: Clause, hit: Predicate) -> Victims | None:
    start = aux_start(clause, hit.start)
    if start < hit.start and any(t.lemma_.lower() in BE for t in clause.doc[start : hit.start]):
        found = left(clause, start, hit)
        if found is not None:
            return found
    return adjacent_left(clause, hit.start, 1)


def _of_head(clause: Clause, hit: Predicate) -> Victims | None:
    k = next(
        (
            k
            for k, p in enumerate(clause.people)
            if p.end in {hit.start, hit.start - 1} and p.kind in {Kind.ELIDED, Kind.UNKNOWN} and p.is_numbered
        ),
        None,
    )
    if k is not None and not any(t.pos_ == "PUNCT" for t in clause.doc[clause.people[k].end : hit.start]):
        return Victims((k,))
    if hit.end < clause.end and clause.doc[hit.end].lower_ == "of":
        return right(clause, hit.end + 1, 2)
    return None


def _leading_part(clause: Clause, k: int) -> list[int]:
    """The subject of "ten children were among the 48 people killed"."""
    before = clause.people[k - 1] if k > 0 else None
    if before is None or clause.people[k].start - before.end > 4:
        return []
    gap = [t.lower_ for t in clause.doc[before.end : clause.people[k].start]]
    return [k - 1] if "among" in gap and any(w in gap for w in ("were", "was", "are", "is")) else []


def _with_trailing_parts(clause: Clause, hit: Predicate, found: Victims) -> Victims:
    """Add the parts behind the predicate: "17 people were killed in the blast, including five children"."""
    last = max((*found.totals, *found.parts))
    lead = _leading_part(clause, min(found.totals))
    if clause.people[last].start >= hit.end:
        begin = clause.people[last].end
    else:
        begin = hit.end
    parts = [*lead, *found.parts]
    for k in range(last + 1, len(clause.people)):
        phrase = clause.people[k]
        if phrase.start < begin:
            continue
        gap = clause.doc[begin : phrase.start]
        crossed = any(begin <= h.start < phrase.start and h is not hit for h in clause.hits)
        marked = any(t.lower_ in PART_MARKS for t in gap[-4:])
        follows = len(parts) > len(found.parts) + len(lead) and phrase.tie is not Tie.NONE
        if crossed or not (marked or follows or (phrase.kind is Kind.WHOLE and len(gap) <= 3)) or len(gap) > 14:
            break
        parts.append(k)
        begin = phrase.end
    return Victims(found.totals, tuple(parts))


def spare_wholes(clause: Clause, claimed: set[int]) -> list[int]:
    """Phrases such as "three of them" that no predicate of the sentence counts (`claimed` holds first tokens)."""
    return [
        k
        for k, p in enumerate(clause.people)
        if p.kind is Kind.WHOLE
        and p.start not in claimed
        and p.is_numbered
        and p.range.low != 0
        and any(t.lower_ in {"them", "whom"} for t in clause.doc[p.start : p.end])
    ]
