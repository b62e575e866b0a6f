"""Whom a predicate of harm is about: the people phrases that stand where its row of the lexicon `harm` says.

The small parser errs often in news prose and in text without commas, so that the order of words decides first (an
auxiliary before a participle makes it passive, people right behind it make it active) and the parse only breaks ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from according.extract.counts import PART_MARKS, Kind, People, Tie
from according.rules import Row

_BE = frozenset({"be", "get", "become", "lie", "remain", "go", "'s", "'re", "feel", "seem", "leave"})
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
_CLAUSE = frozenset(
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
_EARLIER = frozenset({"earlier", "previous", "initial", "preliminary", "previously", "initially", "first"})
_ACTIVE_TAGS = frozenset({"VBG", "VBZ", "VBP", "VB"})
_TOLL_LEADS = frozenset(
    {
        "to",
        "at",
        "of",
        "is",
        "was",
        "reached",
        "as",
        "from",
        "stands",
        "stood",
        "hit",
        "exceeded",
        "passed",
        "topped",
        ":",
    }
)
_BARRED = frozenset({"NOUN", "PROPN", "ADP", "SCONJ", "PRON", "CCONJ"})
_NEGATIVES = frozenset({"not", "n't", "never", "without", "nor", "neither"})


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


def victims_of(clause: Clause, hit: Predicate) -> Victims | None:
    """The victims of one predicate, or None where the words name none."""
    inside = _inside(clause, hit)
    if inside is not None:
        return _with_trailing_parts(clause, hit, inside)
    shape = hit.row["shape"]
    if shape == "verb":
        found = _of_verb(clause, hit)
    elif shape == "subject":
        found = _inverted(clause, hit) or _left(clause, _aux_start(clause, hit.start), hit)
    elif shape == "object":
        found = _right(clause, hit.end, 3)
    elif shape == "of":
        found = _right(clause, hit.end, 2)
    elif shape == "state":
        found = _of_state(clause, hit)
    elif shape == "head":
        found = _of_head(clause, hit)
    else:
        found = None
    return _with_trailing_parts(clause, hit, found) if found is not None else None


def toll_of(clause: Clause, hit: Predicate) -> list[tuple[int, bool]]:
    """The numbers behind a word like "toll", each with True where it is the earlier one ("to 14 from 9")."""
    found: list[tuple[int, bool]] = []
    superseded = any(t.lower_ in _EARLIER for t in clause.doc[max(clause.start, hit.start - 6) : hit.start])
    others = (h.start for h in clause.hits if h.start >= hit.end and not _is_of_toll(h))
    other = next(others, clause.end)
    for k, phrase in enumerate(clause.people):
        if phrase.start < hit.end or not phrase.is_numbered or len(found) == 2 or phrase.start > other:
            continue
        gap = clause.doc[clause.people[found[-1][0]].end if found else hit.end : phrase.start]
        if not _goes_with_toll(clause, k, gap, bool(found)):
            break
        found.append((k, superseded or clause.doc[phrase.start - 1].lower_ == "from"))
    return found


def _goes_with_toll(clause: Clause, k: int, gap: Sequence[Token], second: bool) -> bool:
    """True where phrase k is the figure (or the second figure) of a toll, `gap` tokens behind it."""
    phrase = clause.people[k]
    if len(gap) > 14 or phrase.role == "article" or _begins_clause(clause, k):
        return False
    if any(t.lower_ in _CLAUSE or (second and t.lower_ in {"as", "after"}) for t in gap):
        return False
    if second and phrase.tie is Tie.PART:
        return False
    led = clause.doc[phrase.start - 1].lower_ in _TOLL_LEADS
    return led or not gap or (phrase.kind is Kind.ELIDED and not second)


def _is_of_toll(hit: Predicate) -> bool:
    """True for another toll, and for "dead" in "the toll stood at nine dead"."""
    if hit.row["shape"] == "toll":
        return True
    return hit.row["shape"] in {"state", "head"} and hit.outcome in {"killed", "harmed"}


def is_negated(clause: Clause, hit: Predicate) -> bool:
    """True where a "not", "never" or "without" stands just before the predicate."""
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
    for k, phrase in enumerate(clause.people):
        if phrase.start <= hit.start and hit.end <= phrase.end:
            return None if phrase.head is not None and phrase.head < hit.start else Victims((k,))
        if phrase.head == hit.start and phrase.is_numbered and hit.row["shape"] in {"of", "head"}:
            return Victims((k,))
    return None


def _inverted(clause: Clause, hit: Predicate) -> Victims | None:
    """ "Among the dead were four nurses": the subject stands behind."""
    if not hit.row["part"] or hit.end >= clause.end or clause.doc[hit.end].lower_ not in {"were", "was", "are", "is"}:
        return None
    return _right(clause, hit.end + 1, 2)


def _of_verb(clause: Clause, hit: Predicate) -> Victims | None:
    start = _aux_start(clause, hit.start)
    tag = clause.doc[hit.start].tag_
    if start < hit.start and _is_passive(clause, start, hit):
        return _left(clause, start, hit)
    right = _right(clause, hit.end, 3)
    if right is not None and tag not in _ACTIVE_TAGS and _begins_clause(clause, right.totals[0]):
        right = right if not _is_list(clause, hit, right.totals[0]) else None  # "seven killed, 37 others injured"
    if right is not None:
        clause.taken.update(right.totals)
        clause.taken.update(right.parts)
        return right
    if tag not in _ACTIVE_TAGS:
        return _adjacent_left(clause, hit.start, 1)
    return None


def _is_list(clause: Clause, hit: Predicate, k: int) -> bool:
    """True for "seven killed, 37 others injured"; "a bomber killed 30 people, injured 90" is active."""
    if clause.people[k].more:
        return True
    left = _adjacent_left(clause, hit.start, 0)
    if left is None or clause.people[left.totals[-1]].role != "figure":
        return False
    after = next((h for h in clause.hits if h.start >= clause.people[k].end), None)
    return after is None or not any(p.start == after.end and p.is_numbered for p in clause.people)


def _of_state(clause: Clause, hit: Predicate) -> Victims | None:
    start = _aux_start(clause, hit.start)
    if start < hit.start and any(t.lemma_.lower() in _BE for t in clause.doc[start : hit.start]):
        found = _left(clause, start, hit)
        if found is not None:
            return found
    return _adjacent_left(clause, hit.start, 1)


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
        return _right(clause, hit.end + 1, 2)
    return None


def _aux_start(clause: Clause, i: int) -> int:
    """Where the verb group that ends before token i begins (i itself where no auxiliary stands there)."""
    first = i
    for j in range(i - 1, clause.start - 1, -1):
        token = clause.doc[j]
        if _is_auxiliary(token):
            first = j
            continue
        passes = token.pos_ == "ADV" or token.lower_ in _THROUGH or _is_hit(clause, j)
        if not passes or token.lower_ in {"least", "most"}:
            break
        if token.lower_ in {"and", ",", "or"} and not _is_hit(clause, j - 1):
            break
    return first


def _is_auxiliary(token: Token) -> bool:
    if token.pos_ == "AUX" or token.lower_ in {"been", "being", "was", "were", "is", "are"}:
        return True
    return token.lemma_.lower() in _BE and token.pos_ in {"VERB", "PART"}


def _is_hit(clause: Clause, i: int) -> bool:
    return any(h.start <= i < h.end for h in clause.hits)


def _is_passive(clause: Clause, start: int, hit: Predicate) -> bool:
    """True where a form of "be" stands in the verb group; "have killed" is active, "have been killed" is not."""
    if clause.doc[hit.start].tag_ == "VBG":
        return False
    forms = {t.lower_ for t in clause.doc[start : hit.start]}
    return bool(
        forms & {"was", "were", "been", "being", "is", "are", "be", "got", "get", "getting", "left", "'re", "am"}
    )


def _left(clause: Clause, before: int, hit: Predicate) -> Victims | None:
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
        if any(t.lower_ in _CLAUSE for t in gap) and not any(t.lower_ in {"who", "which"} for t in gap):
            return None
    return None


def _stands_before(clause: Clause, k: int, before: int) -> bool:
    """True where phrase k ends right before a verb group and no preposition governs it: it is the subject."""
    phrase = clause.people[k]
    free = phrase.start == clause.start or clause.doc[phrase.start - 1].pos_ != "ADP"
    return free and phrase.is_numbered and before - phrase.end == 0


def _agrees(clause: Clause, phrase: People, before: int) -> bool:
    """False where the verb is singular and the phrase is not ("the leader of ten gunmen was ...")."""
    singular = clause.doc[before].lower_ in {"was", "is", "has"}
    return not singular or phrase.range.high in {0, 1} or phrase.kind is Kind.UNKNOWN


def _reaches(gap: Sequence[Token]) -> bool:
    """True where a subject may be that far from its verb: "ten people in three villages were ..."."""
    return len(gap) <= 14 and not any(
        (t.pos_ == "VERB" and t.tag_ in {"VBD", "VBZ", "VBP"}) or t.lower_ in {";", "said", "that"} for t in gap
    )


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


def _right(clause: Clause, start: int, reach: int) -> Victims | None:
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
            if _begins_clause(clause, last + 1):
                break
            last += 1
        return _split(clause, range(k, last + 1))
    return None


def _begins_clause(clause: Clause, k: int) -> bool:
    """True where phrase k is the subject of a passive of its own ("killing five men and three boys were wounded")."""
    end = clause.people[k].end
    if clause.people[k].tie is Tie.PART or end >= clause.end:
        return False
    for i in range(end, min(end + 3, clause.end)):
        if _is_hit(clause, i):
            return True
        if clause.doc[i].pos_ not in {"AUX", "ADV"}:
            return False
    return False


def _adjacent_left(clause: Clause, before: int, reach: int) -> Victims | None:
    """The chain that ends right before token `before`."""
    for k in reversed(range(len(clause.people))):
        phrase = clause.people[k]
        if phrase.end > before:
            continue
        gap = clause.doc[phrase.end : before]
        if len(gap) > reach or any(t.pos_ not in {"ADV", "ADJ", "VERB"} and t.lower_ not in _THROUGH for t in gap):
            return None
        if any(t.lower_ in {",", "and"} for t in gap) and not _is_hit(clause, phrase.end - 1):
            return None
        return _chain_back(clause, k) if k not in clause.taken else None
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
