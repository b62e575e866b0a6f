"""Words that report an event: what kind, who did it to whom, and how real the words make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Token

from according.annotate import Text
from according.extract.frames import LIGHT_VERBS, clause_verb, participants, things_of
from according.extract.modality import Reality, reality_of
from according.model import Certainty, Modality, Stance
from according.rules import Hit, Lexicon, Row

_THINGS = frozenset({"attack", "ied_mine", "air_strike", "shelling_missile", "grenade", "drone_strike"})
_CIVIL = frozenset(
    "accusation demand rejection threat support concession cooperation aid talks agreement sanction coercion protest"
    " mobilisation base withdrawal ceasefire release trial displacement statement arrest weapons_seizure".split()
)
_HARSH = frozenset({"sanction", "coercion", "protest", "mobilisation", "rejection"})
_HELPFUL = frozenset({"aid", "cooperation", "talks", "concession", "support"})
_LEAVING = frozenset({"leave", "depart", "go", "quit", "withdraw"})
_NOTE = 3  # sentences: a longer report that tells of violence is about the violence
_PARTICLES = frozenset({"prt", "prep", "advmod"})
_TELLING = frozenset({"speech", "finding", "belief"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their"})
_OTHER = frozenset(
    {"another", "second", "third", "other", "separate", "further", "similar", "different", "earlier", "previous"}
)


@dataclass(frozen=True, slots=True)
class Agent:
    """Who the words after a trigger say was behind it.

    Args:
        token: head of the actor's name.
        part: `doer`, or how the part is put: `claimed`, `accused`.
        start, end: tokens of the words that say so, the name included.
        origin: the lexicon row.
    """

    token: int
    part: str
    start: int
    end: int
    origin: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """One report of an event in tokens.

    Args:
        token: the head of the trigger phrase; start, end: the phrase.
        event_type: id of data/vocabulary/event_types.yaml, refined by the weapon named in the clause.
        strength: 3 names the kind of event, 2 an event of a broad kind, 1 needs company, 0 only the harm.
        frame: noun, verb or harm.
        reality: modality, certainty, polarity.
        initiators, targets: head tokens of the phrases that name them.
        clause: the verb of the clause, or the trigger itself.
        definite: True for "the attack", which takes up something said before.
        other: True for "another attack", which does not.
        origin: the lexicon row.
        behind: those who are said to have claimed it or are blamed for it.
        depth: how many clauses its own clause stands in, verbs of saying not counted.
        embedded: True for what stands in the object or clause of another report ("condemned the attack").
    """

    token: int
    start: int
    end: int
    event_type: str
    strength: int
    frame: str
    reality: Reality
    initiators: tuple[int, ...]
    targets: tuple[int, ...]
    clause: int
    definite: bool
    other: bool
    origin: str
    behind: tuple[Agent, ...] = ()
    depth: int = 0
    embedded: bool = False


def find_triggers(text: Text, lexicons: Mapping[str, Lexicon]) -> list[Trigger]:
    """All triggers of a text in order.

    Rows marked `alone` (accusations, demands, visits) count only where the report tells no violence but in their words.
    """
    rows = {f"{lexicons['triggers'].name}#{r.id}": r for r in lexicons["triggers"].rows}
    found = list(_find(text, lexicons))
    alone = [t for t in found if rows[t.origin]["alone"]]
    civil = [t for t in found if t.event_type in _CIVIL]
    violent = [t for t in found if _is_violent(t)]
    if violent and (len(text.sentences) > _NOTE or any(not any(_holds(text, c, t) for c in civil) for t in violent)):
        return [t for t in found if t not in alone]
    inside = {t.token for t in found if any(c is not t and _holds(text, c, t) for c in civil)}
    inside |= {text.doc[t.token].head.i for t in alone if text.doc[t.token].dep_ == "aux"}
    return [_intended(text, replace(t, embedded=t.token in inside), rows[t.origin]) for t in found]


def _is_violent(trigger: Trigger) -> bool:
    return trigger.event_type not in _CIVIL and (trigger.strength > 1 or trigger.frame == "verb")


def _holds(text: Text, outer: Trigger, inner: Trigger) -> bool:
    """True where a trigger stands in the object or clause that another governs ("condemned the attack")."""
    above = {a.i for a in text.doc[inner.token].ancestors}
    if inner.token in {outer.token, outer.clause} or any(a.i == inner.token for a in text.doc[outer.token].ancestors):
        return False
    return outer.token in above or (outer.frame == "noun" and outer.clause in above)


def _intended(text: Text, trigger: Trigger, row: Row) -> Trigger:
    """What an act of politics comes to by how real it is put.

    An offer or promise to help is an agreement to do so; what is denied is a refusal; "will, unless" is a threat.
    """
    if not row["alone"]:
        return trigger
    modality, kind = trigger.reality.modality, trigger.event_type
    if trigger.reality.stance is Stance.DENIES and kind in _HELPFUL | {"agreement", "withdrawal", "release"}:
        return replace(trigger, event_type="rejection")
    future = modality is not Modality.ACTUAL or trigger.reality.certainty is not Certainty.CERTAIN
    sentence = text.sentences[text.sentence_index(trigger.token)]
    terms = {t.lower_ for t in text.doc[sentence.start : sentence.end]} & {"unless", "if"}
    harsh = kind in _HARSH and (terms or modality is Modality.THREATENED)
    if future and kind != "threat" and ("unless" in terms or harsh):
        return replace(trigger, event_type="threat")
    if kind in _HELPFUL and modality in {Modality.PLANNED, Modality.CONDITIONAL}:
        return replace(trigger, event_type="agreement")
    return trigger


def _find(text: Text, lexicons: Mapping[str, Lexicon]) -> Iterator[Trigger]:
    """The longest row that fits at each place, from left to right."""
    lexicon = lexicons["triggers"]
    for sentence in text.sentences:
        i = sentence.start
        while i < sentence.end:
            hits = [h for h in lexicon.at(text.doc, i) if h.end <= sentence.end]
            hits.sort(key=lambda h: (h.start - h.end, not h.row["needs"]))
            made = next((t for h in hits if (t := _trigger(text, h, lexicons)) is not None), None)
            if made is not None:
                yield made
            i = made.end if made is not None else i + 1


def _trigger(text: Text, hit: Hit, lexicons: Mapping[str, Lexicon]) -> Trigger | None:
    """The trigger of a hit, or None where its words mean something else here."""
    token = _head(text, hit)
    if not _fits(token, hit) or not _takes(token, hit, lexicons):
        return None
    initiators, targets = participants(token, hit)
    return Trigger(
        token.i,
        hit.start,
        hit.end,
        _refined(text, token, hit, lexicons["type_hints"], initiators),
        int(hit.row["strength"]),
        hit.row["frame"],
        reality_of(token, lexicons["modality"], lexicons["hedges"]),
        tuple(t.i for t in initiators),
        tuple(t.i for t in targets),
        clause_verb(token).i,
        any(t.lower_ in _DEFINITE for t in token.children if t.dep_ in {"det", "poss"}),
        any(t.lower_ in _OTHER for t in token.children),
        lexicons["triggers"].origin(hit.row),
        depth=_depth(token, lexicons["cues"]),
    )


def _depth(token: Token, cues: Lexicon) -> int:
    """How many clauses the trigger's own clause stands in; what somebody says stands in none."""
    verbs = [a for a in clause_verb(token).ancestors if a.pos_ == "VERB"]
    return sum(not any(h.row["kind"] in _TELLING for h in cues.at(token.doc, v.i)) for v in verbs)


def _takes(token: Token, hit: Hit, lexicons: Mapping[str, Lexicon]) -> bool:
    """True where the object is none of those that bar the row's sense, and one of those that it needs.

    The columns hold lemmas of objects, `@person` for people, `@noun` for any noun, `@to` for an infinitive, `@leave`
    for an order to leave, `~out` for a particle or preposition; parts of `needs` between semicolons must all be met.
    """
    needs, bars = hit.row["needs"], hit.row["bars"].split()
    if not needs and not bars:
        return True
    things = things_of(token, hit)
    lemmas = {t.lemma_.lower() for t in things} | {f"~{t.lower_}" for t in token.children if t.dep_ in _PARTICLES}
    if any(_is_person(t, lexicons) for t in things):
        lemmas.add("@person")
    if any(t.dep_ in {"xcomp", "ccomp"} and t.lemma_.lower() in _LEAVING for t in token.children):
        lemmas.add("@leave")
    if any(t.pos_ == "NOUN" for t in things):
        lemmas.add("@noun")
    if any(t.dep_ in {"xcomp", "ccomp"} and t.tag_ == "VB" for t in token.children):
        lemmas.add("@to")
    wanted = [set(part.split()) for part in hit.row["needs"].split(";") if part.strip()]
    return not lemmas & set(bars) and all(lemmas & one for one in wanted)


def _is_person(word: Token, lexicons: Mapping[str, Lexicon]) -> bool:
    if word.pos_ == "PRON":
        return word.lower_ in {"him", "her", "them", "us", "me", "he", "she", "they", "who", "whom"}
    if word.ent_type_ == "PERSON" or lexicons["roles"].at(word.doc, word.i):
        return True
    people = lexicons["people"].at(word.doc, word.i)
    return any(h.row["kind"] in {"person", "forces"} for h in people) or _is_job(word, lexicons["roles"])


def _is_job(word: Token, roles: Lexicon) -> bool:
    """True for the plural of an office or job."""
    return word.tag_ == "NNS" and any(word.lemma_.lower() in w.forms for row in roles.rows for w in row.words)


def _head(text: Text, hit: Hit) -> Token:
    """The token of the phrase that governs the others."""
    inside = range(hit.start, hit.end)
    if hit.row["frame"] == "verb":
        verb = next((t for t in text.doc[hit.start : hit.end] if t.pos_ in {"VERB", "AUX"}), None)
        if verb is not None:
            return verb
    return next(
        (t for t in text.doc[hit.start : hit.end] if t.head.i not in inside or t.head == t), text.doc[hit.end - 1]
    )


def _fits(token: Token, hit: Hit) -> bool:
    """False for a noun used as a modifier of another ("attack helicopter") and a verb used as a plain adjective."""
    if (
        hit.row["frame"] == "noun"
        and token.dep_ in {"compound", "nmod", "amod"}
        and token.head.i > token.i
        and token.head.pos_ in {"NOUN", "PROPN"}
    ):
        return False
    if hit.row["frame"] == "verb":
        return token.dep_ not in {"amod", "compound"}
    weak = int(hit.row["strength"]) == 1
    return (
        not weak
        or token.dep_ in {"nsubj", "nsubjpass", "dobj", "ROOT", "conj", "attr"}
        or clause_verb(token).lemma_.lower() in LIGHT_VERBS
    )


def _refined(text: Text, token: Token, hit: Hit, hints: Lexicon, initiators: list[Token]) -> str:
    """The trigger's type, told more closely by a weapon or platform named in its phrase or clause."""
    own = hit.row["type"]
    if own not in _THINGS or (int(hit.row["strength"]) == 3 and own != "ied_mine"):
        return own
    hit_by = {t.i for c in token.children if c.lower_ in {"on", "against", "at"} for t in c.subtree}
    near = [t for t in token.subtree if t.dep_ not in {"relcl"} and abs(t.i - token.i) < 8 and t.i not in hit_by]
    verb = clause_verb(token)
    near += [t for actor in initiators for t in actor.subtree if abs(t.i - actor.i) < 5]
    near += [
        t
        for c in verb.children
        if c.dep_ in {"prep", "agent"} and c.lower_ in {"with", "by", "using", "from", "in"}
        for t in c.subtree
        if abs(t.i - c.i) < 6
    ]
    types = [
        h.row["type"]
        for t in dict.fromkeys(near)
        if not hit.start <= t.i < hit.end or own == "attack"
        for h in hints.at(text.doc, t.i)[:1]
    ]
    if not types:
        return own
    if (
        own == "ied_mine"
        and "suicide_attack" not in types
        and types[0] not in {"air_strike", "drone_strike", "shelling_missile"}
    ):
        return own
    return "suicide_attack" if "suicide_attack" in types else "chemical" if "chemical" in types else types[0]
