"""People who are named: by a title, by what the text calls them, or by spaCy's label; and their surnames later on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from according.model import ActorRef
from according.resolve.actors_names import NameChunk, called, chunks_of, placed_names
from according.resolve.actors_reading import ActorReading, NamedActor, is_capital, row_ending_at

# Particles that belong to a surname: "van der Meer", "al-Torvek".
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "abu", "van", "von", "de", "der", "da", "dos"})
_ROLES = frozenset(
    {"person_role", "medics", "civilians", "officials", "activists", "journalists", "aid_workers", "detainees"}
)


def persons(reading: ActorReading, taken: Sequence[bool]) -> Iterator[NamedActor]:
    """Named people in order, later surnames resolved to the full name that the text gave first."""
    surnames = {_surname(f.ref.name): f.ref for f in reading.named.values() if f.person}
    places = placed_names(reading)
    for chunk in chunks_of(reading):
        found = _person(reading, _free(chunk, taken), surnames, places)
        if found is not None:
            surnames.setdefault(_surname(found.ref.name), found.ref)
            yield found


def _free(chunk: NameChunk, taken: Sequence[bool]) -> NameChunk:
    """What is left of a chunk after the names taken at its beginning ("Hamas Spokesman Torvek")."""
    start = chunk.start
    for i in range(chunk.start, chunk.end):
        if taken[i]:
            start = i + 1
    return NameChunk(start, chunk.end)


def _person(
    reading: ActorReading, chunk: NameChunk, surnames: dict[str, ActorRef], places: frozenset[str]
) -> NamedActor | None:
    doc = reading.doc
    if chunk.start >= chunk.end:
        return None
    start, name_start, titled = _title(reading, chunk)
    end = _name_end(doc, name_start, chunk.end)
    if name_start >= end or name_start in reading.states:
        return None
    name = reading.words(name_start, end)
    words = [t for t in doc[name_start:end] if t.text[0].isalpha()]
    known = surnames.get(_surname(name))
    if known is not None and (titled or len(words) == 1):
        return NamedActor(start, end, known, "persons#surname", person=True)
    if titled and not _is_head(reading, start, end):
        return _found(start, end, name, "actors_titles#title")
    edge = reading.lexicons.edge
    if edge("place_first", doc[name_start].lower_) or edge("place", doc[end - 1].lower_):
        return None
    if name in places or called(reading, name_start, end) is not None:
        return None
    labelled = sum(t.ent_type_ == "PERSON" for t in words) * 2 > len(words)
    if (
        len(words) > 1
        and len(words) <= 5
        and (labelled or _role_after(reading, end))
        and not _is_head(reading, name_start, end)
    ):
        return _found(name_start, end, name, "persons#model")
    if len(words) == 1 and labelled and _acts(doc, end - 1):
        return _found(name_start, end, name, "persons#model")
    return None


def _surname(name: str) -> str:
    """The last word of a name, without its particle: "Torvek" for "Rolan al-Torvek"."""
    return name.split()[-1].rpartition("-")[2] if "-" in name.split()[-1][:4] else name.split()[-1]


def _found(start: int, end: int, name: str, origin: str) -> NamedActor:
    return NamedActor(start, end, ActorRef(None, name, "person"), origin, person=True)


def _title(reading: ActorReading, chunk: NameChunk) -> tuple[int, int, bool]:
    """Where the mention and where the bare name begin, and whether a title or a role stands before it."""
    doc, titles = reading.doc, reading.lexicons.titles
    for split in range(chunk.end - 1, chunk.start, -1):
        found = row_ending_at(titles, doc, chunk.start, split)
        if found is not None:
            return chunk.start, split, True
        if doc[split].text == "." and split > chunk.start:
            continue
    i = chunk.start
    dotted = i > 1 and doc[i - 1].text == "." and is_capital(doc[i - 2])
    i = i - 1 if dotted else i
    if i > 0 and (dotted or not doc[chunk.start].is_sent_start):
        found = row_ending_at(titles, doc, max(0, i - 3), i)
        if found is not None:
            begin = found[0]
            return (begin if is_capital(doc[begin]) else chunk.start), chunk.start, True
    return chunk.start, chunk.start, False


def _name_end(doc: Doc, start: int, end: int) -> int:
    """Names end before a possessive."""
    for i in range(start + 1, end):
        if doc[i].text in {"'s", "'"}:
            return i
    return end


def _is_head(reading: ActorReading, start: int, end: int) -> bool:
    return row_ending_at(reading.lexicons.heads, reading.doc, start, end) is not None


def _role_after(reading: ActorReading, end: int) -> bool:
    """True for "Petra Holm, an analyst": a role stands in apposition."""
    doc = reading.doc
    if end + 1 >= len(doc) or doc[end].text != ",":
        return False
    for k in range(end + 1, min(end + 8, len(doc))):
        if doc[k].text in {",", "."}:
            return doc[end + 1].like_num
        if doc[k].pos_ in {"VERB", "AUX"}:
            return False
        found = row_ending_at(reading.lexicons.generic, doc, end + 1, k + 1)
        if (
            found is not None
            and found[1]["kind"] in _ROLES
            and doc[k].dep_ in {"appos", "conj", "ROOT", "nsubj", "attr"}
        ):
            return True
    return False


def _acts(doc: Doc, i: int) -> bool:
    """True where a single name acts, speaks or is spoken of, and nothing is said of it that is said of lands."""
    token = doc[i]
    described = i > 0 and (doc[i - 1].pos_ in {"DET", "ADJ"} or doc[i - 1].lower_ in {"from", "to", "of"})
    return token.dep_ in {"nsubj", "agent", "nsubjpass", "pobj", "dobj", "poss"} and not described
