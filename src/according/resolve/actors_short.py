"""Later, shorter names of a body that the text has named in full: "the FUM", "the Front", "Amber Dusk"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from according.model import ActorRef
from according.resolve.actors_definitions import definitions_of
from according.resolve.actors_reading import ActorReading, NamedActor, is_capital


def short_names(reading: ActorReading, taken: Sequence[bool], found: Sequence[NamedActor]) -> Iterator[NamedActor]:
    """Mentions of bodies by a part of their name, or by a short name that the text defines."""
    full = {f.ref.name: f for f in found if not f.person and f.end - f.start > 1}
    defined = _defined(reading, found)
    doc = reading.doc
    i = 0
    while i < len(doc):
        match = None if taken[i] or not is_capital(doc[i]) else _match(reading, i, taken, full, defined)
        if match is None:
            i += 1
        else:
            yield match
            i = match.end


def _defined(reading: ActorReading, found: Sequence[NamedActor]) -> dict[str, ActorRef]:
    refs: dict[str, ActorRef] = {}
    for (start, end), (s, e) in definitions_of(reading.doc):
        short = "".join(t.text for t in reading.doc[s:e])
        body = next((f for f in found if f.end == end and not f.person), None)
        if body is not None:
            # "the General Command of the Plain Army (PA)": the short name is the army's.
            inner = ActorRef(None, reading.words(start, end), body.ref.kind, body.ref.country)
            refs[short] = inner if body.start < start and body.ref.id is None else body.ref
        elif reading.context.defined.get(short) is None:
            refs[short] = ActorRef(None, reading.words(start, end), "organisation")
    return refs


def _match(
    reading: ActorReading, i: int, taken: Sequence[bool], full: dict[str, NamedActor], defined: dict[str, ActorRef]
) -> NamedActor | None:
    doc = reading.doc
    if doc[i].text in defined:
        return NamedActor(i, i + 1, defined[doc[i].text], "names#defined")
    end = i
    while end < len(doc) and is_capital(doc[end]) and doc[end].text[0].isalpha() and not taken[end]:
        end += 1
    if end == i or i in reading.states:
        return None
    words = tuple(t.text for t in doc[i:end])
    if len(words) == 1 and not (i > 0 and doc[i - 1].lower_ == "the" and _ends_here(reading, end)):
        return None
    owners = {f.ref.name: f for f in full.values() if _inside(words, f, reading) and f.start < i}
    if len({f.ref for f in owners.values()}) != 1:
        return None
    return NamedActor(i, end, next(iter(owners.values())).ref, "names#part")


def _ends_here(reading: ActorReading, end: int) -> bool:
    """False where a noun follows that is no party: "the Belk valley" is not the Belk Front."""
    doc = reading.doc
    if end >= len(doc) or doc[end].pos_ != "NOUN" or doc[end].is_sent_start:
        return True
    return bool(reading.lexicons.generic.at(list(doc[end : end + 3]), 0))


def _inside(words: tuple[str, ...], found: NamedActor, reading: ActorReading) -> bool:
    """True where the words stand in a row in the full name."""
    name = tuple(t.text for t in reading.doc[found.start : found.end])
    if len(words) == 1 and words[0].lower() == name[-1]:
        return True  # "the Coalition", after "the US-led coalition"
    n = len(words)
    return any(name[k : k + n] == words for k in range(len(name) - n + 1))
