"""One sentence while its predicates of harm are read, and where subjects and objects stand in it.

The small parser errs often in news prose and in text without commas, so that the order of words decides first (an
auxiliary before a participle makes it passive, people right behind it make it active) and the parse only breaks ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from according.extract.counts import PART_MARKS, Kind, People, Tie
from according.rules import Row

BE = frozenset({"be", "get", "become", "lie", "remain", "go", "'s", "'re", "feel", "seem", "leave"})
_THROUGH = frozenset(
    {
        "reported",
        "reportedly",
        "confirmed",
        "feared",
        "believed",
        "thought",
        "found",
        "left",
        "also",
        "said",
        "known",
        "presumed",
        "declared",
        "already",
        "all",
        "both",
        "or",
        "and",
        ",",
        "either",
        "still",
        "allegedly",
        "later",
        "not",
        "n't",
        "never",
        "been",
        "being",
        "have",
        "has",
        "had",
        "be",
        "to",
        "shot",
    }
)
CLAUSE_WORDS = frozenset(
    {
        "that",
        "which",
        "who",
        "because",
        "while",
        "but",
        ";",
        ":",
        "when",
        "where",
        "although",
        "after",
        "before",
        "whose",
    }
)
_QUOTES = frozenset({'"', "'", "``", "''"})
_SUBJECT_REACH = 14
_BARRED = frozenset({"NOUN", "PROPN", "ADP", "SCONJ", "PRON", "CCONJ"})


@dataclass(frozen=True, slots=True)
class Predicate:
    """Words of harm in tokens [start, end): one row of the lexicon, or two joined ("killed or wounded")."""

    row: Row
    start: int
    end: int
    outcome: str


@dataclass
class Clause:
    """One sentence while its predicates are read: its people phrases and which of them an active verb has taken.

    Args:
        doc: the tokens of the whole document.
        start, end: tokens of the sentence.
        people: phrases in order.
        hits: predicates in order.
        taken: indexes of `people` that are objects already.
    """

    doc: Sequence[Token]
    start: int
    end: int
    people: Sequence[People]
    hits: Sequence[Predicate]
    taken: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Victims:
    """Indexes into `Clause.people`: those that add up and those that are parts of them."""

    totals: tuple[int, ...]
    parts: tuple[int, ...] = ()


def aux_start(clause: Clause, i: int) -> int:
    """Where the verb group that ends before token i begins (i itself where no auxiliary stands there)."""
    first = i
    for j in range(i - 1, clause.start - 1, -1):
        token = clause.doc[j]
        if _is_auxiliary(token):
            first = j
            continue
        passes = token.pos_ == "ADV" or token.lower_ in _THROUGH or is_hit(clause, j)
        if not (passes or token.text in _QUOTES) or token.lower_ in {"least", "most"}:
            break
        if token.lower_ in {"and", ",", "or"} and not is_hit(clause, j - 1):
            break
    return first


def _is_auxiliary(token: Token) -> bool:
    if token.pos_ == "AUX" or token.lower_ in {"been", "being", "was", "were", "is", "are"}:
        return True
    return token.lemma_.lower() in BE and token.pos_ in {"VERB", "PART"}


def is_hit(clause: Clause, i: int) -> bool:
    """True where token i belongs to a predicate of harm."""
    return any(h.start <= i < h.end for h in clause.hits)


def is_passive(clause: Clause, start: int, hit: Predicate) -> bool:
    """True where a form of "be" stands in the verb group; "have killed" is active, "have been killed" is not."""
    if clause.doc[hit.start].tag_ == "VBG":
        return False
    forms = {t.lower_ for t in clause.doc[start : hit.start]}
    return bool(
        forms & {"was", "were", "been", "being", "is", "are", "be", "got", "get", "getting", "left", "'re", "am"}
    )


def left(clause: Clause, before: int, hit: Predicate) -> Victims | None:
    """The chain of phrases that is the subject of a predicate whose verb group begins at `before`."""
    candidates = [
        k
        for k, p in enumerate(clause.people)
        if p.end <= before and k not in clause.taken and _agrees(clause, p, before)
    ]
    subject = _subject(clause.doc[hit.start])
    named = next(
        (k for k in candidates if subject is not None and clause.people[k].start <= subject.i < clause.people[k].end),
        None,
    )
    nearest = candidates[-1] if candidates else None
    if named is not None and nearest is not None and not _stands_before(clause, nearest, before):
        return _chain_back(clause, _last_of_chain(clause, named, before))
    for k in reversed(candidates):
        phrase = clause.people[k]
        gap = clause.doc[phrase.end : before]
        if subject is not None and phrase.end <= subject.i < before and subject.pos_ in {"NOUN", "PROPN"}:
            return None
        if (len(gap) <= 1 and not (len(gap) == 1 and gap[0].pos_ == "NOUN")) or _reaches(gap):
            return _chain_back(clause, k)
        if any(t.lower_ in CLAUSE_WORDS for t in gap) and not any(t.lower_ in {"who", "which"} for t in gap):
            return None
    return None


def _stands_before(clause: Clause, k: int, before: int) -> bool:
    """True where phrase k ends right before a verb group and no preposition governs it: it is the subject."""
    phrase = clause.people[k]
    free = phrase.start == clause.start or clause.doc[phrase.start - 1].pos_ != "ADP"
    return free and phrase.is_numbered and before - phrase.end == 0


def _agrees(clause: Clause, phrase: People, before: int) -> bool:
    """False where the verb is singular and the phrase is not ("the leader of ten gunmen was ...")."""
    singular = clause.doc[before].lower_ in {"was", "is", "has"} and phrase.role != "family"
    return not singular or phrase.range.high in {0, 1} or phrase.kind is Kind.UNKNOWN


def _reaches(gap: Sequence[Token]) -> bool:
    """True where a subject may be that far from its verb: "ten people in three villages were ...".

    A relative clause right behind the subject may bring one verb of its own ("two women who worked there were ...").
    """
    if len(gap) > _SUBJECT_REACH or any(t.lower_ in {";", "said", "that"} for t in gap):
        return False
    verbs = sum(t.pos_ == "VERB" and t.tag_ in {"VBD", "VBZ", "VBP"} for t in gap)
    return verbs <= (1 if gap and gap[0].lower_ in {"who", "which", "whom"} else 0)


def _subject(token: Token) -> Token | None:
    for node in (token, token.head):
        found = next((c for c in node.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < token.i), None)
        if found is not None and (
            node is token or token.dep_ in {"acomp", "conj", "attr", "oprd", "prep", "advmod", "xcomp"}
        ):
            return found
    return None


def _last_of_chain(clause: Clause, k: int, before: int) -> int:
    while (
        k + 1 < len(clause.people) and clause.people[k + 1].end <= before and clause.people[k + 1].tie is not Tie.NONE
    ):
        k += 1
    return k


def _chain_back(clause: Clause, k: int) -> Victims:
    """The chain that ends with phrase k; one that an active verb has taken is not entered."""
    first = k
    while (
        first > 0
        and clause.people[first].tie is not Tie.NONE
        and first - 1 not in clause.taken
        and _adjacent_chain(clause, first)
    ):
        first -= 1
    return _split(clause, range(first, k + 1))


def _adjacent_chain(clause: Clause, k: int) -> bool:
    """False where a predicate stands between phrase k and the one before it."""
    return not any(clause.people[k - 1].end <= h.start < clause.people[k].start for h in clause.hits)


def _split(clause: Clause, chain: range) -> Victims:
    totals = [k for k in chain if k == chain.start or clause.people[k].tie is Tie.ADDED]
    parts = [k for k in chain if k != chain.start and clause.people[k].tie is Tie.PART]
    return Victims(tuple(totals), tuple(parts))


def right(clause: Clause, start: int, reach: int) -> Victims | None:
    """The chain of phrases that begins within `reach` tokens from `start`."""
    for k, phrase in enumerate(clause.people):
        if phrase.start < start:
            continue
        gap = clause.doc[start : phrase.start]
        if len(gap) > reach or any(
            t.pos_ in _BARRED or t.text in {",", "(", ";", "."} or t.lower_ in PART_MARKS for t in gap
        ):
            return None
        last = k
        while (
            last + 1 < len(clause.people)
            and clause.people[last + 1].tie is not Tie.NONE
            and _adjacent_chain(clause, last + 1)
        ):
            if begins_clause(clause, last + 1):
                break
            last += 1
        return _split(clause, range(k, last + 1))
    return None


def begins_clause(clause: Clause, k: int) -> bool:
    """True where phrase k is the subject of a passive of its own ("killing five men and three boys were wounded")."""
    end = clause.people[k].end
    if clause.people[k].tie is Tie.PART or end >= clause.end:
        return False
    for i in range(end, min(end + 3, clause.end)):
        if is_hit(clause, i):
            return True
        if clause.doc[i].pos_ not in {"AUX", "ADV"}:
            return False
    return False


def adjacent_left(clause: Clause, before: int, reach: int) -> Victims | None:
    """The chain that ends right before token `before`."""
    for k in reversed(range(len(clause.people))):
        phrase = clause.people[k]
        if phrase.end > before:
            continue
        gap = clause.doc[phrase.end : before]
        if len(gap) > reach or any(t.pos_ not in {"ADV", "ADJ", "VERB"} and t.lower_ not in _THROUGH for t in gap):
            return None
        if any(t.lower_ in {",", "and"} for t in gap) and not is_hit(clause, phrase.end - 1):
            return None
        return _chain_back(clause, k) if k not in clause.taken else None
    return None
