"""Who holds which office or job: "militia commander A. B.", "The governor of X, A. B.", "A. B., an analyst at Y".

The nouns are rows of data/lexicon/roles.csv. The surface decides more than the parse does: small parsers attach the
name after a comma to the nearest noun.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from according.extract.draft import Draft
from according.extract.relations_scene import Range, Scene
from according.model import Mention, MentionKind, Ref
from according.rules import Hit
from according.values import Words

COLUMNS = ("kind",)

_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "PART"})
_INSIDE = frozenset(
    {"of", "for", "at", "in", "with", "to", "the", "and", "'s", "from", "on", "a", "an", "'", "-", "under", "&"}
)
_LINKS = frozenset({"at", "for", "of", "with", "in", "to", "from", "by"})


def find_roles(scene: Scene) -> Iterator[Draft]:
    """Drafts of holds_role, one for a person and role, the fullest words of each."""
    lexicon = scene.lexicons["roles"]
    known: dict[str, set[str]] = {}
    for sentence in scene.text.sentences:
        found: list[tuple[Range, Range, Range, Hit]] = []
        for hit in lexicon.find(scene.tokens, sentence.start, sentence.end):
            match = (
                _title(scene, hit, sentence.start, sentence.end)
                or _role_first(scene, hit, sentence.start, sentence.end)
                or _name_first(scene, hit, sentence.start, sentence.end)
            )
            if match is not None:
                found.append((*match, hit))
        yield from _memberships(scene, sentence.start, sentence.end)
        for whole, name, words, hit in _widest(found):
            person = scene.text.doc[name[1] - 1].lower_
            roles = known.setdefault(person, set())
            if roles and (hit.row["kind"] in {"rank", "honorific"} or hit.row.id in roles):
                continue
            roles.add(hit.row.id)
            yield _draft(scene, whole, name, words, lexicon.origin(hit.row))


def _widest(found: list[tuple[Range, Range, Range, Hit]]) -> list[tuple[Range, Range, Range, Hit]]:
    """Of matches of one name the one with the most words ("the defence minister, General X", not "General X")."""
    kept: list[tuple[Range, Range, Range, Hit]] = []
    for match in sorted(found, key=lambda m: (m[3].row["kind"] in {"rank", "honorific"}, m[0][0] - m[0][1])):
        if not any(
            match[1][1] == other[1][1] or (match[0][0] < other[0][1] and other[0][0] < match[0][1]) for other in kept
        ):
            kept.append(match)
    return sorted(kept, key=lambda m: m[0])


def _title(scene: Scene, hit: Hit, floor: int, stop: int) -> tuple[Range, Range, Range] | None:
    """A role right before the name: "Interior ministry spokeswoman Leyla Tarsin", "Maj Gen X"."""
    name = _person_run(scene, hit.end, stop)
    if name is None or hit.row["kind"] == "honorific" or scene.lexicons["roles"].at(scene.tokens, hit.end):
        return None
    start = _left(scene, hit.start, floor)
    loose = hit.row["kind"] == "rank" and scene.text.doc[hit.start].text[0].islower()
    if loose and scene.text.doc[hit.start - 1].pos_ not in {"NOUN", "PROPN"}:
        return None
    return (start, name[1]), name, (start, hit.end)


def _left(scene: Scene, start: int, floor: int) -> int:
    """The start of the phrase before a role: its modifiers, a possessor and an article."""
    doc = scene.text.doc
    while (
        start > floor
        and (
            doc[start - 1].pos_ in _MODIFIERS
            or doc[start - 1].text in {"-", "'s", "'"}
            or doc[start - 1].tag_ in {"PRP$", "VBN"}
        )
        and doc[start - 1].text not in {",", '"', "."}
        and doc[start - 1].ent_type_ not in {"DATE", "TIME"}
    ):
        start -= 1
    while start < len(doc) and doc[start].text in {"-", "'s", "'"}:
        start += 1
    if start > floor and doc[start - 1].pos_ == "DET":
        start -= 1
    return start


def _person_run(scene: Scene, start: int, stop: int) -> Range | None:
    """A run of name tokens that may be a person: not a known place, organisation or noun for one."""
    run = scene.name_run(start, stop)
    if run is None:
        return None
    tokens = scene.text.doc[run[0] : run[1]]
    if any(t.lower_ in {"the", "of"} for t in tokens) or len(tokens) > 6:
        return None
    last = tokens[-1]
    if scene.noun(last) is not None:
        return None
    if scene.mentioned(last, MentionKind.PERSON) is not None:
        return run
    known = scene.mentioned(last, MentionKind.ACTOR, MentionKind.PLACE)
    if known is not None and not _is_guess(known):
        return None
    if last.ent_type_ in {"PERSON"} or (len(tokens) >= 2 and tokens[0].ent_type_ not in {"GPE", "LOC", "FAC"}):
        return run
    return (
        run
        if len(tokens) == 1 and last.pos_ == "PROPN" and last.ent_type_ not in {"GPE", "LOC", "FAC", "NORP", "ORG"}
        else None
    )


def _is_guess(mention: Mention) -> bool:
    """True for a name that is in no knowledge base or gazetteer: its kind is a guess, and the role knows better."""
    return getattr(mention.value, "id", None) is None


def _role_first(scene: Scene, hit: Hit, floor: int, stop: int) -> tuple[Range, Range, Range] | None:
    """A role with its complements, a comma, the name: "The director of the hospital in Ulmet, Pavo Restin,"."""
    doc = scene.text.doc
    i = hit.end
    while i < stop and doc[i].text != "," and i - hit.end <= 14:
        if not (doc[i].lower_ in _INSIDE or doc[i].pos_ in _MODIFIERS or doc[i].pos_ in {"NUM", "DET"}):
            return None
        i += 1
    if i >= stop or doc[i].text != ",":
        return None
    after = i + 1
    if after + 2 < stop and doc[after].lower_ == "known" and doc[after + 1].lower_ == "as":
        after += 2
    name = _person_run(scene, after, stop)
    if name is None or (name[1] < stop and doc[name[1]].lower_ in {"and", "or"} | _LINKS):
        return None
    start = _left(scene, hit.start, floor)
    if name[1] < stop and doc[name[1]].text == "," and _is_list(scene, name[1] + 1, stop):
        return None
    return (start, name[1]), name, (start, i)


def _is_list(scene: Scene, start: int, stop: int) -> bool:
    """True where another name and "and" follow: a list and no apposition."""
    run = scene.name_run(start, stop)
    return run is not None and run[1] < stop and scene.text.doc[run[1]].lower_ in {"and", ","}


def _name_first(scene: Scene, hit: Hit, floor: int, stop: int) -> tuple[Range, Range, Range] | None:
    """A name, a comma (an age), the role with its complements: "Petra Holm, an analyst at the Institute"."""
    doc = scene.text.doc
    start = _left(scene, hit.start, floor)
    if hit.row["kind"] == "kin":
        return None
    i = start - 1
    if i > floor and doc[i].lower_ == "as" and doc[i - 1].lower_ in {"works", "worked", "serves", "served"}:
        return None
    if i <= floor or doc[i].text not in {",", "–", "--"}:
        copula = _copula(scene, start, floor)
        return (
            None
            if copula is None
            else ((copula[0], _right(scene, hit.end, stop)), copula, (start, _right(scene, hit.end, stop)))
        )
    i -= 1
    if doc[i].like_num and i - 1 > floor and doc[i - 1].text == ",":
        i -= 2
    if not scene.is_name(doc[i]) or doc[i].is_upper:
        return None
    first = i
    while first > floor and (scene.is_name(doc[first - 1]) or doc[first - 1].text in {"-", "."}):
        first -= 1
    name = _person_run(scene, first, i + 1)
    if name is None or name[1] != i + 1 or (name[1] - name[0] == 1 and not scene.is_person(doc[i])):
        return None
    end = _right(scene, hit.end, stop)
    return (name[0], end), name, (start, end)


def _copula(scene: Scene, start: int, floor: int) -> Range | None:
    """The name in "Ferin Aldo is the governor"."""
    doc = scene.text.doc
    i = start - 1
    if i <= floor or doc[i].lemma_ not in {"be", "become"} or not scene.is_person(doc[i - 1]):
        return None
    first = i - 1
    while first > floor and scene.is_person(doc[first - 1]):
        first -= 1
    return first, i


def _right(scene: Scene, end: int, stop: int) -> int:
    """The end of a role's complements: "at the Institute for River Studies"."""
    doc = scene.text.doc
    i = end
    while (
        i < stop
        and (doc[i].lower_ in _INSIDE or doc[i].pos_ in _MODIFIERS or doc[i].pos_ == "NUM")
        and doc[i].lower_ not in {"and"}
    ):
        i += 1
    while i > end and (doc[i - 1].lower_ in _INSIDE):
        i -= 1
    return i


def _draft(scene: Scene, whole: Range, name: Range, words: Range, origin: str) -> Draft:
    span = scene.text.span(*name)
    mention = scene.mentioned(scene.text.doc[name[1] - 1], MentionKind.PERSON)
    reference = scene.ref(scene.text.doc[name[1] - 1]) if mention is not None else Ref(None, span.quote, span)
    return Draft(
        slot="holds_role",
        evidence=(scene.text.span(*whole),),
        anchor=name[1] - 1,
        origin=origin,
        subject=reference,
        object=_organisation(scene, words, name),
        value=Words(scene.text.span(*words).quote),
        own_voice=scene.publisher_voice(scene.text.doc[name[0]], True),
    )


def _memberships(scene: Scene, floor: int, stop: int) -> Iterator[Draft]:
    """ "A. B., 47, of the Green Party": a person's name, an age, the organisation."""
    doc = scene.text.doc
    for i in range(floor + 2, stop - 2):
        if doc[i].lower_ not in {"of", "from"} or doc[i + 1].lower_ != "the":
            continue
        last = i - 1
        if doc[last].text == "," and last - 2 > floor and doc[last - 1].like_num and doc[last - 2].text == ",":
            last -= 3
        elif doc[last].text == ",":
            last -= 1
        organisation = scene.name_run(i + 2, stop)
        if (
            organisation is None
            or not _is_organisation(scene, doc[organisation[1] - 1])
            or not scene.is_name(doc[last])
        ):
            continue
        first = last
        while first > floor and scene.is_name(doc[first - 1]):
            first -= 1
        if first == last or not scene.is_person(doc[last]) or not scene.is_person(doc[first]):
            continue
        named, group = scene.text.span(first, last + 1), scene.text.span(*organisation)
        yield Draft(
            slot="member_of",
            evidence=(scene.text.span(first, organisation[1]),),
            anchor=last,
            origin="roles#person-of",
            subject=Ref(None, named.quote, named),
            object=Ref(None, group.quote, group),
            own_voice=scene.publisher_voice(doc[first], True),
        )


def _is_organisation(scene: Scene, token: Token) -> bool:
    """True for a name that is no place: its last word is a noun for a group, or it is a known actor."""
    return scene.noun(token) is not None or scene.mentioned(token, MentionKind.ACTOR) is not None


def _organisation(scene: Scene, words: Range, name: Range) -> Ref | None:
    """The actor that the role belongs to: a noun among the words of the role that names or describes one."""
    found: Token | None = None
    for token in scene.text.doc[words[0] : words[1]]:
        if scene.lexicons["roles"].at(scene.tokens, token.i):
            continue
        if (
            scene.noun(token) is not None
            or scene.mentioned(token, MentionKind.ACTOR) is not None
            or (token.pos_ == "PROPN" and token.ent_type_ == "ORG")
        ):
            found = token
    if found is None or name[0] <= found.i < name[1]:
        return None
    start = found.i
    while start > words[0] and scene.text.doc[start - 1].pos_ in {"PROPN", "ADJ"}:
        start -= 1
    span = scene.text.span(start, found.i + 1)
    return Ref(None, span.quote, span)
