"""Parties named by what they are: "rebels", "Turkish forces", "allied Syrian rebels", "the interior ministry"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from according.model import ActorRef
from according.resolve.actors_base import Actor
from according.resolve.actors_reading import ActorReading, NamedActor, is_capital, row_ending_at, speaks
from according.rules import Row

# Kinds whose members stand for the whole: "SDF fighters" are the SDF, while "SDF officials" are officials.
ABSORBING = frozenset(
    {
        "rebel_group",
        "unidentified_armed",
        "militia",
        "state_forces",
        "coalition",
        "armed_group",
        "mercenaries",
        "police",
    }
)
# Kinds that are bodies, and so are parties even as the first part of a compound ("army spokesman", "rebel attack").
ORGANISED = ABSORBING | {
    "pro_government_militia",
    "government",
    "ministry",
    "party",
    "criminal_group",
    "peacekeepers",
    "outlet",
}
# Kinds of names about which too little is known to say that "X drones" are X's.
VAGUE = frozenset({None, "organisation", "state"})


def parties(reading: ActorReading) -> Iterator[tuple[NamedActor, int]]:
    """One mention for each generic party, its premodifiers included, and the token where its lexicon phrase begins."""
    doc = reading.doc
    hits = list(reading.lexicons.generic.find(list(doc)))
    kinds = {hit.end - 1: hit.row["kind"] for hit in hits}
    for hit in hits:
        row, end = hit.row, hit.end
        if _is_title(reading, hit.start, end) or not _stands_alone(doc, end, row["kind"], kinds):
            continue
        start = _left(reading, hit.start, end)
        if doc[end - 1].dep_ == "compound" and doc[end - 1].head.i >= end and doc[start].lower_ in {"the", "a", "an"}:
            start = min(start + 1, hit.start)
        found = _party(reading, start, hit.start, end, row)
        if found is not None:
            yield found, hit.start
            yield from ((one, one.start) for one in _coordinated(reading, found, hit.start, end))


def _is_title(reading: ActorReading, start: int, end: int) -> bool:
    """True for "spokesman Brisk": the role belongs to the name that follows."""
    doc = reading.doc
    if end >= len(doc) or doc[end].is_sent_start or not is_capital(doc[end]) or doc[end].pos_ not in {"PROPN", "NOUN"}:
        return False
    return row_ending_at(reading.lexicons.titles, doc, start, end) is not None


def _stands_alone(doc: Doc, end: int, kind: str, kinds: Mapping[int, str]) -> bool:
    """False for the first part of a compound, unless that is a body ("army spokesman", but not "rebel group")."""
    head = doc[end - 1]
    follows = end < len(doc) and doc[end].pos_ in {"NOUN", "PROPN"} and not doc[end].is_sent_start
    if follows and head.dep_ in {"compound", "amod", "nmod", "poss"} and head.head.i >= end:
        return kind in ORGANISED and kinds.get(head.head.i) not in ORGANISED
    return True


def _left(reading: ActorReading, start: int, end: int) -> int:
    """Where the noun phrase's name begins: its modifiers and article, but no number."""
    doc = reading.doc
    head = doc[end - 1]
    i = start
    while i > 0 and not doc[i].is_sent_start:
        token = doc[i - 1]
        if reading.lexicons.edge("quantity", token.lower_) or token.pos_ == "NUM":
            break
        if token.lower_ in {"the", "a", "an"}:
            return i - 1
        if not _modifies(token, head, reading):
            break
        i -= 1
    if i > 0 and doc[i - 1].pos_ == "NUM" and doc[i].text == "-":
        # "a ten-year-old girl": the age is no part of the name.
        i = max(k for k in range(i, start) if doc[k].text == "-") + 2
    while i < start and (doc[i].text in {"-", "–", "'s", "'", "]"} or doc[i].pos_ == "CCONJ"):
        i += 1
    return min(i, start)


def _modifies(token: Token, head: Token, reading: ActorReading) -> bool:
    if token.pos_ in {"ADJ", "NOUN", "PROPN"} or token.text in {"-", "–"}:
        return head.is_ancestor(token) or token.i in reading.states
    if reading.lexicons.edge("participle", token.lower_):
        return True
    if token.pos_ == "VERB":
        return token.tag_ in {"VBN", "VBG"} and token.dep_ == "amod" and head.is_ancestor(token)
    if token.text in {"'s", "'"}:
        return token.i > 0 and is_capital(token.nbor(-1)) and head.is_ancestor(token)
    if token.pos_ == "ADV" or token.pos_ == "ADP":
        return token.i + 1 < len(token.doc) and token.nbor(1).text == "-"
    return False


def _party(reading: ActorReading, start: int, core: int, end: int, row: Row) -> NamedActor | None:
    doc = reading.doc
    begin = start + 1 if doc[start].lower_ in {"the", "a", "an"} and start < core else start
    states = list(reading.states_in(begin, core))
    named = list(reading.named_in(begin, core))
    origin = reading.lexicons.generic.origin(row)
    of = _of_phrase(reading, end)
    if row["needs"] == "modifier" and not states and not named and of is None and not _has_name(doc, begin, core):
        return None
    kind = row["kind"]
    if row["needs"] == "speaks" and not speaks(reading, doc[end - 1]):
        return None
    if of is not None:
        actor, stop = of
        ref = _whole(reading, actor, core if begin == core else begin, core, end, kind)
        if ref is not None:
            return NamedActor(start, stop, ref, origin)
    if named and kind in ABSORBING and named[-1].end == core and named[-1].ref.kind not in VAGUE:
        return NamedActor(start, end, named[-1].ref, origin)
    country = states[-1][1].country if len({s.id for _, s in states}) == 1 else None
    if len(states) == 1 and _only(doc, begin, core, states[0][0].start, states[0][0].end):
        service = _service(reading, states[0][1], core, end)
        if service is not None:
            return NamedActor(start, end, service, origin)
    return NamedActor(start, end, ActorRef(None, reading.words(begin, end), kind, country), origin)


def _only(doc: Doc, begin: int, core: int, start: int, end: int) -> bool:
    """True where nothing but the state stands before the core, so that it is the state's own service."""
    rest = [*range(begin, start), *range(end, core)]
    return all(doc[i].text in {"'s", "'", "-"} for i in rest)


def _has_name(doc: Doc, begin: int, core: int) -> bool:
    return any(
        is_capital(doc[i]) and ((i > 0 and not doc[i].is_sent_start) or doc[i].pos_ == "PROPN")
        for i in range(begin, core)
    )


def _service(reading: ActorReading, state: Actor, core: int, end: int) -> ActorRef | None:
    found = row_ending_at(reading.lexicons.services, reading.doc, core, end)
    if found is None or found[0] != core:
        return None
    actor = reading.base.actors.get(f"{state.id}-{found[1]['service']}")
    if actor is None:
        return None
    kind = "officials" if found[1]["kind"] == "officials" else actor.kind
    return ActorRef(actor.id, actor.name, kind, actor.country)


def _of_phrase(reading: ActorReading, end: int) -> tuple[Actor | NamedActor, int] | None:
    """The actor or state named right after "of" or "from": "the army of Ombar", "members of the SDF"."""
    doc = reading.doc
    i = end
    if i >= len(doc) or doc[i].lower_ not in {"of", "from"}:
        return None
    i += 1
    if i < len(doc) and doc[i].lower_ == "the":
        i += 1
    if i in reading.named:
        return reading.named[i], reading.named[i].end
    if i in reading.states and doc[end].lower_ == "of":
        hit, state = reading.states[i]
        follows = hit.end < len(doc) and doc[hit.end].pos_ in {"NOUN", "PROPN"} and not doc[hit.end].is_sent_start
        if any(a.rule == "as-party" for a in hit.aliases) and not follows:
            return state, hit.end
    return None


def _whole(
    reading: ActorReading, of: Actor | NamedActor, begin: int, core: int, end: int, kind: str
) -> ActorRef | None:
    """Whom a party "of X" stands for: the service of a state, or the group itself for its fighters."""
    if isinstance(of, NamedActor):
        return of.ref if kind in ABSORBING else None
    return _service(reading, of, core, end) if begin == core else None


def _coordinated(reading: ActorReading, found: NamedActor, core: int, end: int) -> Iterator[NamedActor]:
    """The first of "US and British forces", which has the head in common with the second."""
    doc = reading.doc
    i = found.start - 1
    if found.ref.id is None or i < 1 or doc[i].pos_ != "CCONJ":
        return
    for hit, state in reading.states_in(max(0, i - 3), i):
        if hit.end == i:
            ref = _service(reading, state, core, end)
            if ref is not None:
                yield NamedActor(hit.start, hit.end, ref, found.origin)
