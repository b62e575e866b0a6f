"""Noun phrases and clauses over the dependency parse, with the small repairs that its errors ask for."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "parataxis", "conj", "ROOT", "pcomp"})
_PRONOUN_RELATIVES = frozenset({"who", "which", "that", "whom"})
_KEEP_RIGHT = frozenset(
    {
        "prep",
        "appos",
        "compound",
        "nummod",
        "quantmod",
        "amod",
        "case",
        "conj",
        "cc",
        "acl",
        "nmod",
        "poss",
        "det",
        "npadvmod",
    }
)


def subject_of(verb: Token) -> Token | None:
    """The grammatical subject of a verb, shared subjects of coordinated and participle clauses included."""
    seen: set[int] = set()
    current = verb
    while current.i not in seen:
        seen.add(current.i)
        subjects = [t for t in current.children if t.dep_ in SUBJECTS]
        if subjects:
            # where the parser hangs two on one verb, the one behind the last comma is its own
            found = subjects[0]
            for later in subjects[1:]:
                if later.i < current.i and any(t.text == "," for t in later.doc[found.i : later.i]):
                    found = later
            return _antecedent(found) or found
        if current.dep_ in {"conj", "xcomp", "advcl", "ccomp"} and current.head != current and _shares_subject(current):
            current = current.head
            continue
        if current.dep_ in {"acl", "relcl"}:
            return current.head
        return None
    return None


def _shares_subject(verb: Token) -> bool:
    """Conjuncts share their first verb's subject; participles and infinitives their governor's."""
    return verb.dep_ == "conj" or verb.tag_ in {"VBG", "VBN", "VB"}


def _antecedent(subject: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    if subject.lower_ in _PRONOUN_RELATIVES and not subject.is_upper and subject.head.dep_ == "relcl":
        return subject.head.head
    return None


def noun_phrase(head: Token) -> tuple[int, int]:
    """Tokens [start, end) of the phrase around a noun: modifiers, of-phrases, appositions; no comma-relative clause."""
    start, end = head.left_edge.i, head.i + 1
    if head.pos_ == "PRON":
        return head.i, head.i + 1
    for child in head.rights:
        if child.dep_ == "punct" or child.i < end:
            continue
        if child.dep_ == "relcl" and not _restrictive(child):
            break
        if child.dep_ not in _KEEP_RIGHT and child.dep_ != "relcl":
            break
        if child.dep_ in {"acl", "prep"} and head.doc[child.left_edge.i - 1].text == ",":
            break
        end = child.right_edge.i + 1
    return _trimmed(head, start, _closed(head, start, end))


def core_phrase(head: Token) -> tuple[int, int]:
    """Tokens [start, end) of the phrase without what follows its head, but of-phrases and an acronym in brackets."""
    start, end = head.left_edge.i, head.i + 1
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in {"of", "for"} and child.i == end and not _holds_clause(child):
            end = _of_end(child)
    doc = head.doc
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")" and doc[end + 1].is_upper:
        end += 3
    return _trimmed(head, start, end)


def _holds_clause(preposition: Token) -> bool:
    """True for "of" before a verb ("accused the army of shelling the town")."""
    return any(t.dep_ == "pcomp" for t in preposition.children)


def _of_end(preposition: Token) -> int:
    """Where an of-phrase ends: after its noun and the nouns beside it, before a clause that hangs on them."""
    noun = next((t for t in preposition.children if t.dep_ in {"pobj", "pcomp"}), None)
    if noun is None or noun.dep_ == "pcomp":
        return preposition.right_edge.i + 1
    return max(core_phrase(t)[1] for t in (noun, *noun.conjuncts) if t.i >= noun.i)


def _restrictive(verb: Token) -> bool:
    """True for a relative clause with "who" that no comma sets off."""
    before = verb.left_edge.i - 1
    return before >= 0 and verb.doc[before].text != "," and verb.doc[before + 1].lower_ == "who"


def _closed(head: Token, start: int, end: int) -> int:
    """Take in a closing bracket whose opening one lies inside, and an acronym in brackets right after."""
    doc = head.doc
    inside = [t.text for t in doc[start:end]]
    if inside.count("(") > inside.count(")") and end < len(doc) and doc[end].text == ")":
        return end + 1
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
        return end + 3
    return end


def _trimmed(head: Token, start: int, end: int) -> tuple[int, int]:
    """Drop punctuation and conjunctions at the ends."""
    doc = head.doc
    while (
        start < head.i
        and (doc[start].is_punct or doc[start].dep_ == "cc" or doc[start].is_space)
        and doc[start].text != "("
    ):
        start += 1
    while end - 1 > head.i and doc[end - 1].is_punct and doc[end - 1].text != ")":
        end -= 1
    return start, end


def edges(tokens: Iterable[Token]) -> tuple[int, int]:
    """The smallest token range [start, end) that holds all tokens."""
    places = [t.i for t in tokens]
    return min(places), max(places) + 1


def clause_of(token: Token) -> Token:
    """The verb (or root) of the clause that the token stands in."""
    current = token
    while current.dep_ not in CLAUSES and current.head != current:
        current = current.head
    return current


def is_passive(verb: Token) -> bool:
    """True where the verb has a passive subject or auxiliary."""
    return any(t.dep_ in {"nsubjpass", "auxpass"} for t in verb.children)


def agent_of(verb: Token) -> Token | None:
    """The noun after "by" of a passive verb or verbal noun."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((t for t in child.children if t.dep_ == "pobj"), None)
    return None


_PART_OF_TAKE = frozenset({"place", "part", "effect", "shape"})  # "took place": one verb, and no thing that was taken


def object_of(verb: Token) -> Token | None:
    """The direct object (or the passive subject) of a verb."""
    found = next((t for t in verb.children if t.dep_ in {"dobj", "obj", "nsubjpass"}), None)
    if found is not None and verb.lemma_ == "take" and found.lower_ in _PART_OF_TAKE and found.dep_ != "nsubjpass":
        return None
    if found is not None and found.dep_ == "nsubjpass":
        return _antecedent(found) or found
    return found


def conjuncts(head: Token) -> list[Token]:
    """A noun and the nouns coordinated with it."""
    return [head, *head.conjuncts]


def prepositional(token: Token, *prepositions: str) -> Token | None:
    """The noun after one of the prepositions that hang on the token."""
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.lower_ in prepositions:
            found = next((t for t in child.children if t.dep_ in {"pobj", "pcomp"}), None)
            if found is not None:
                return found
    return None
