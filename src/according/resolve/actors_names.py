"""Bodies that no knowledge base knows: found by a head word, by what the text calls them, or by spaCy's label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from according.model import ActorRef
from according.resolve.actors_parties import ORGANISED
from according.resolve.actors_reading import ActorReading, NamedActor, is_capital, row_ending_at, speaks

_ORDINAL = re.compile(r"\d+(st|nd|rd|th)")
_OF = frozenset({"of", "for"})
_INNER = frozenset(
    {"-", "–", "al", "el", "bin", "ibn", "de", "la", "del", "des", "du", "le", "van", "von", "dos", "da", "&"}
)


@dataclass(frozen=True, slots=True)
class NameChunk:
    """A run of capitalised words [start, end), the small words inside names included."""

    start: int
    end: int


def chunks_of(reading: ActorReading) -> list[NameChunk]:
    """The runs of capitalised words, in order; "X of Y" is one where X is the head word of a body."""
    doc = reading.doc
    chunks, i = [], _after_dateline(doc)
    while i < len(doc):
        if reading.lexicons.edge("ship", doc[i].lower_) and doc[i].text.isupper():
            i = max(i + 1, _chunk_end(reading, i))
        elif not _opens(reading, i) or reading.lexicons.edge("towards", doc[i].lower_):
            i += 1
        else:
            end = _chunk_end(reading, i)
            chunks.append(NameChunk(i, end))
            i = end
    return chunks


def _after_dateline(doc: Doc) -> int:
    """Where the text begins behind a place in capitals and a comma: "NORTH VESK, May 4 - "."""
    i = 0
    while i < len(doc) and doc[i].text.isupper() and doc[i].text.isalpha():
        i += 1
    return i if 0 < i < len(doc) and doc[i].text == "," and not doc[i + 1 : i + 2].text.isupper() else 0


def placed_names(reading: ActorReading) -> frozenset[str]:
    """Names that stand somewhere in the text where only a place can stand: "near Belk", "the town of Belk"."""
    doc = reading.doc
    names = set()
    for chunk in chunks_of(reading):
        i = chunk.start - 1
        before = [t.lower_ for t in doc[max(0, i - 1) : i + 1]]
        edge = reading.lexicons.edge
        of_place = before[-1:] == ["of"] and (edge("place", before[0]) or edge("side", before[0]))
        if of_place or (before and edge("at", before[-1])):
            names.add(reading.words(chunk.start, chunk.end))
    return frozenset(names)


def _opens(reading: ActorReading, i: int) -> bool:
    doc = reading.doc
    token = doc[i]
    if _ORDINAL.fullmatch(token.text):
        return i + 1 < len(doc) and is_capital(doc[i + 1])
    if not token.text[0].isalpha() or not is_capital(token):
        return False
    if token.pos_ == "PROPN":
        return True
    if token.is_stop or token.pos_ in {
        "DET",
        "PRON",
        "ADP",
        "ADV",
        "CCONJ",
        "SCONJ",
        "AUX",
        "PART",
        "INTJ",
        "NUM",
        "VERB",
    }:
        return False
    if token.is_sent_start and row_ending_at(reading.lexicons.heads, doc, i, i + 1) and _goes_on(doc, i + 1):
        return True
    if token.is_sent_start or reading.shouting:
        return i + 1 < len(doc) and is_capital(doc[i + 1]) and doc[i + 1].pos_ == "PROPN"
    return token.pos_ in {"NOUN", "ADJ", "X"}


def _chunk_end(reading: ActorReading, start: int) -> int:
    doc, end = reading.doc, start + 1
    while end < len(doc) and not doc[end].is_sent_start:
        token = doc[end]
        if token.text[0].isalpha() and is_capital(token) and token.lower_ not in {"the", "i"}:
            end += 1
        elif token.lower_ in _OF and _takes_of(reading, start, end) and _name_after(doc, end + 1):
            end += 2 if doc[end + 1].lower_ == "the" else 1
        elif (token.text in {"'s", "'"} or token.lower_ in _INNER) and _joins(reading, start, end):
            end += 1
        else:
            break
    return end


def _takes_of(reading: ActorReading, start: int, end: int) -> bool:
    """True for "Soldiers of" and "Secretary of" (State), where the name goes on."""
    doc, lexicons = reading.doc, reading.lexicons
    if row_ending_at(lexicons.heads, doc, start, end) is not None:
        return True
    tokens = list(doc[start : end + 4])
    return any(i + 1 < end - start + 1 < hit.end for i in range(end - start) for hit in lexicons.titles.at(tokens, i))


def _goes_on(doc: Doc, i: int) -> bool:
    """True for the "of the Ford" of "Wardens of the Ford"."""
    return i < len(doc) and doc[i].lower_ in _OF and _name_after(doc, i + 1)


def _name_after(doc: Doc, i: int) -> bool:
    if i < len(doc) and doc[i].lower_ == "the":
        i += 1
    return i < len(doc) and is_capital(doc[i]) and doc[i].text[0].isalpha()


def _joins(reading: ActorReading, start: int, i: int) -> bool:
    """True where a small word stands inside one name: "Millers' Guild", but not "Turkey's Army"."""
    doc = reading.doc
    if doc[i].lower_ in _INNER and doc[i + 1 : i + 2].text in {"-", "–"}:
        i += 1
    if i + 1 >= len(doc) or not is_capital(doc[i + 1]) or not doc[i + 1].text[0].isalpha():
        return False
    if doc[i].text in {"'s", "'"}:
        return (i - 1) not in reading.states and _head(reading, start, _run(doc, i + 1)) is not None
    return doc[i].text not in {"-", "–"} or doc[i].nbor(-1).text[-1:].isalnum()


def _run(doc: Doc, i: int) -> int:
    while i < len(doc) and doc[i].text[0].isalpha() and is_capital(doc[i]) and not doc[i].is_sent_start:
        i += 1
    return i


def _head(reading: ActorReading, start: int, end: int) -> str | None:
    """The kind that the head word of a name gives it, or None: its last word, or the last one before "of" or "for"."""
    doc = reading.doc
    for stop in (next((k for k in range(start + 1, end) if doc[k].lower_ in _OF), end), end):
        found = row_ending_at(reading.lexicons.heads, doc, start, stop)
        if found is not None and is_capital(doc[stop - 1]):
            return found[1]["kind"]
    return None


def organisations(reading: ActorReading, taken: Sequence[bool]) -> Iterator[NamedActor]:
    """Names of bodies by their head word or by what the text calls them, among the chunks that nothing has taken."""
    for chunk in _open_chunks(reading, taken):
        found = _organisation(reading, chunk)
        if found is not None:
            yield found


def labelled_names(reading: ActorReading, taken: Sequence[bool]) -> Iterator[NamedActor]:
    """Names that spaCy labels as organisations, and unknown names that speak, among the chunks left."""
    for chunk in _open_chunks(reading, taken):
        ref = _labelled(reading, chunk)
        if ref is not None:
            yield NamedActor(chunk.start, chunk.end, ref, "names#model")


def _open_chunks(reading: ActorReading, taken: Sequence[bool]) -> Iterator[NameChunk]:
    for chunk in chunks_of(reading):
        doc, last, edge = reading.doc, chunk.end - 1, reading.lexicons.edge
        if any(taken[chunk.start : chunk.end]) or _is_state(reading, chunk.start, chunk.end):
            continue
        longer = last > chunk.start
        place = edge("place", doc[last].lower_) or (longer and edge("place_first", doc[chunk.start].lower_))
        thing = edge("thing", doc[last].lower_) or (longer and edge("thing_first", doc[chunk.start].lower_))
        if not place and not thing and doc[last].ent_type_ not in {"DATE", "TIME"}:
            yield chunk


def _organisation(reading: ActorReading, chunk: NameChunk) -> NamedActor | None:
    start, end = chunk.start, chunk.end
    name = reading.words(start, end)
    kind = _head(reading, start, end) if end - start > 1 else None
    if kind is not None:
        # A unit with a number belongs to an army: "9th Brigade".
        kind = "state_forces" if _ORDINAL.fullmatch(reading.doc[start].text) else kind
        service = _state_service(reading, start, end)
        return NamedActor(
            start, end, service or ActorRef(None, name, kind, _country(reading, start, end)), "actors_heads#head"
        )
    kind = called(reading, start, end)
    if kind is not None:
        return NamedActor(start, end, ActorRef(None, name, kind, _country(reading, start, end)), "names#apposition")
    return None


def _is_state(reading: ActorReading, start: int, end: int) -> bool:
    return start in reading.states and reading.states[start][0].end >= end


def _country(reading: ActorReading, start: int, end: int) -> str | None:
    states = list(reading.states_in(start, end))
    return states[0][1].country if len(states) == 1 else None


def _state_service(reading: ActorReading, start: int, end: int) -> ActorRef | None:
    """The service of a known state that a name in capitals spells: "Ombaran Air Force", where Ombar is known."""
    for hit, state in reading.states_in(start, end):
        found = row_ending_at(reading.lexicons.services, reading.doc, hit.end, end)
        if hit.start == start and found is not None and found[0] == hit.end:
            actor = reading.base.actors.get(f"{state.id}-{found[1]['service']}")
            if actor is not None:
                return ActorRef(actor.id, actor.name, actor.kind, actor.country)
    return None


def called(reading: ActorReading, start: int, end: int) -> str | None:
    """The kind that the text itself gives a name: "the charity X", "X, an armed group"."""
    doc = reading.doc
    if start > 0 and not doc[start].is_sent_start and not is_capital(doc[start - 1]):
        found = row_ending_at(reading.lexicons.generic, doc, max(0, start - 3), start)
        if found is not None and found[1]["kind"] in ORGANISED | {"monitor", "ngo", "company", "intelligence", "court"}:
            return found[1]["kind"]
    if (
        end + 2 < len(doc)
        and doc[end].text in {",", "-", "–", "—"}
        and doc[end + 1].lower_ in {"a", "an", "the", "one"}
    ):
        return _apposed(reading, end + 2)
    return None


def _apposed(reading: ActorReading, i: int) -> str | None:
    """The kind of the noun phrase from token i on: its head noun, looked for up to five words on."""
    doc = reading.doc
    for k in range(i, min(i + 6, len(doc))):
        if (
            doc[k].pos_ in {"PUNCT", "VERB", "ADP"}
            and doc[k].text not in {"-", "–"}
            and doc[k].tag_ not in {"VBN", "VBG"}
        ):
            return None
        following = doc[k + 1].pos_ if k + 1 < len(doc) else "PUNCT"
        if (
            doc[k].pos_ in {"NOUN", "PROPN"}
            and following not in {"NOUN", "PROPN"}
            and doc[k + 1 : k + 2].text not in {"-", "–"}
        ):
            found = row_ending_at(reading.lexicons.generic, doc, i, k + 1)
            kinds = ORGANISED | {"monitor", "ngo", "company", "intelligence"}
            return found[1]["kind"] if found is not None and found[1]["kind"] in kinds else None
    return None


def _labelled(reading: ActorReading, chunk: NameChunk) -> ActorRef | None:
    """A body by spaCy's label, or an unknown land that speaks ("Kardova denied it"); not where a place would be."""
    doc, start, end = reading.doc, chunk.start, chunk.end
    tokens = [t for t in doc[start:end] if t.text[0].isalnum()]
    labels = [t.ent_type_ for t in tokens]
    name = reading.words(start, end)
    if doc.vocab[name.lower()].is_stop:
        return None  # a shouted "IS" or "WHO" that no known actor claims
    if labels.count("ORG") * 2 > len(labels):
        token = tokens[-1]
        located = start > 0 and reading.lexicons.edge("towards", doc[start - 1].lower_)
        acronym = token.text.isupper() and len(token.text) > 1 and start > 0 and doc[start - 1].lower_ == "the"
        if len(tokens) >= 2 or (not located and (acronym or _acts(token))):
            return ActorRef(None, name, "organisation", _country(reading, start, end))
    opening = bool(doc[start].is_sent_start) and not labels[0]
    if (
        len(tokens) == 1
        and labels[0] in {"GPE", "LOC", "NORP", "ORG", ""}
        and not opening
        and speaks(reading, tokens[0])
    ):
        return ActorRef(None, name, "state" if labels[0] in {"GPE", "LOC"} else None)
    return None


def _acts(token: Token) -> bool:
    while token.dep_ in {"conj", "compound"} and token.head != token:
        token = token.head
    return token.dep_ in {"nsubj", "nsubjpass", "agent"} or (
        token.dep_ == "pobj" and token.head.lower_ in {"by", "against"}
    )
