"""With what weapon: a weapon named where the words put it to use, not where it is hit, held or sold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from according.extract.circumstances_ground import Ground, made
from according.extract.draft import Draft
from according.extract.phrases import is_passive
from according.extract.triggers import Trigger
from according.model import Mention, MentionKind, Ref
from according.rules import Hit
from according.values import Code

LEXICON = "circumstances_use"
# Classes that say nothing about what did the harm: things that drive or lie in store, and weapons of no told kind.
SILENT = frozenset(
    {
        "weapon",
        "ammunition",
        "military_vehicle",
        "gun_truck",
        "armoured_vehicle",
        "nuclear_weapon",
        "warship",
        "submarine",
    }
)
# What fires or drops: told as the weapon only where nothing that it fired or dropped is told.
PLATFORMS = frozenset({"warplane", "helicopter", "drone", "tank"})
_GENERIC = frozenset({"bomb", "explosive", "ied", "firearm"})
# "Jets bombed it" is an air strike; that jets did it says nothing more.
_TAUTOLOGY = {"drone": "drone_strike", "warplane": "air_strike"}
_MEANS = frozenset({"with", "by", "using", "from", "in"})
_ATTACKS = frozenset(
    {"attack", "air_strike", "drone_strike", "shelling_missile", "ied_mine", "grenade", "attack_on_civilians"}
)
_OTHER = frozenset({"another", "second", "third", "other", "separate", "further", "similar"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_CRASHES = frozenset({"crash", "return", "land", "fly", "take", "sink", "burn", "explode"})


@dataclass(frozen=True, slots=True)
class _Use:
    """A weapon put to use: the token that names it (or its quantity), the word that uses it, and the event."""

    head: Token
    anchor: Token
    trigger: Trigger | None
    origin: str


def find_weapon_use(ground: Ground) -> Iterator[Draft]:
    """A draft for the first use of each class of weapon, and for further events that use it.

    A platform counts only where no weapon is told in its sentence.
    """
    told: set[str] = set()
    found = [(m, use) for m in ground.mentions if (use := _use(ground, m)) is not None]
    armed = {ground.text.sentence_index(use.anchor.i) for m, use in found if _code(m) not in PLATFORMS}
    for mention, use in found:
        code = _code(mention)
        if code in PLATFORMS and ground.text.sentence_index(use.anchor.i) in armed:
            continue
        if told and _is_definite(use.head) and code in _GENERIC:
            continue
        if code not in told or _is_another(ground, use):
            told.add(code)
            yield _draft(ground, mention, use)


def _is_another(ground: Ground, use: _Use) -> bool:
    """True where a class told before is told of another event: "another bomb", or one that has a day of its own."""
    if _is_definite(use.head):
        return False
    sentence = ground.text.sentences[ground.text.sentence_index(use.anchor.i)]
    words = ground.tokens[sentence.start : sentence.end]
    return any(t.lower_ in _OTHER for t in use.head.children) or any(t.ent_type_ == "DATE" for t in words)


def _code(mention: Mention) -> str:
    return mention.value.code if isinstance(mention.value, Code) else ""


def _is_definite(head: Token) -> bool:
    return any(t.lower_ in _DEFINITE for t in head.children if t.dep_ == "det")


def _draft(ground: Ground, mention: Mention, use: _Use) -> Draft:
    first, end = ground.text.token_range(mention.span.start, mention.span.end)
    left = use.head.left_edge.i
    start = min(left if first - left <= 8 else first, first)
    while start < first and (ground.tokens[start].is_punct or ground.tokens[start].dep_ in {"cc", "mark"}):
        start += 1
    span = ground.text.span(start, max(end, use.head.i + 1))
    reality = use.trigger.reality if use.trigger is not None else ground.reality(use.anchor)
    draft = made("weapon", span, use.anchor.i, use.origin, use.trigger, reality)
    # of "a car bomb attack" the thing is the car bomb
    thing = mention.span if use.head.i >= end else span
    return replace(draft, value=Code(_code(mention)), object=Ref(None, thing.quote, thing))


def _use(ground: Ground, mention: Mention) -> _Use | None:
    """How the text puts a mentioned weapon to use, or None."""
    code = _code(mention)
    if mention.kind is not MentionKind.WEAPON or code in SILENT or not code:
        return None
    start, end = ground.text.token_range(mention.span.start, mention.span.end)
    head = ground.tokens[end - 1]
    head = head.head if head.dep_ in {"compound", "nmod"} and start <= head.head.i < end else head
    own = next((t for t in ground.triggers if t.frame == "noun" and t.start < end and start < t.end), None)
    if own is not None and (own.start > start or own.end >= end) and own.strength > 0:
        return _in_trigger(ground, head, own, code)
    if head.dep_ in {"compound", "nmod", "amod"} and head.head.i > head.i:
        return _in_compound(ground, head, code)
    return _as_told(ground, head, code)


def _as_told(ground: Ground, head: Token, code: str) -> _Use | None:
    """A weapon by its part in the sentence; coordinated ones have the part of the first, in words of their own."""
    shown = _quantity(ground, head)
    first = shown
    while first.dep_ in {"conj", "appos"} and first.head.pos_ in {"NOUN", "PROPN"}:
        first = _quantity(ground, first.head)
    use = _by_role(ground, first, code)
    return replace(use, head=shown) if use is not None else None


def _in_trigger(ground: Ground, head: Token, own: Trigger, code: str) -> _Use | None:
    """A weapon whose name is itself the report of an event ("a roadside bomb", "mortar fire", "rocket attacks")."""
    if _TAUTOLOGY.get(code) == own.event_type and head.i != own.token:
        return None
    if head.i == own.token and own.strength < 3:
        return _as_told(ground, head, code)
    word = ground.tokens[own.token]
    if head.i == own.token and word.dep_ in {"dobj", "nsubjpass"}:
        return _by_role(ground, head, code)
    return _Use(head if word.pos_ == "VERB" else word, word, own, "circumstances_weapons#trigger")


def _in_compound(ground: Ground, head: Token, code: str) -> _Use | None:
    """ "A grenade attack", "gunshot wounds"; not "a mortar crew"."""
    noun = head.head
    trigger = next((t for t in ground.triggers if t.token == noun.i and t.frame == "noun"), None)
    if trigger is not None and _TAUTOLOGY.get(code) != trigger.event_type:
        return _Use(noun, noun, trigger, "circumstances_weapons#trigger")
    hit = next((h for h in ground.lexicons[LEXICON].at(ground.tokens, noun.i) if h.row["frame"] == "wound"), None)
    if hit is None or noun.dep_ not in {"pobj", "dobj", "conj"}:
        return None
    return _Use(noun, noun, ground.nearest(noun), ground.origin(hit, LEXICON))


def _quantity(ground: Ground, head: Token) -> Token:
    """The noun that measures the weapon ("a barrage of rockets"), else the weapon itself."""
    above = head.head
    if head.dep_ == "pobj" and above.lower_ == "of" and _hit(ground, above.head, "quantity") is not None:
        return above.head
    return head


def _hit(ground: Ground, token: Token, *frames: str) -> Hit | None:
    return next((h for h in ground.lexicons[LEXICON].at(ground.tokens, token.i) if h.row["frame"] in frames), None)


def _by_role(ground: Ground, head: Token, code: str) -> _Use | None:
    """The weapon as object of a verb of use, as what does the harm, or as the means."""
    above = head.head
    if head.dep_ in {"dobj", "nsubjpass"} or (head.dep_ == "npadvmod" and head.i > above.i):
        return _as_object(ground, head, above, code)
    if head.dep_ == "nsubj" and above.pos_ in {"VERB", "AUX"}:
        return _as_subject(ground, head, above, code)
    if head.dep_ in {"pobj", "pcomp"}:
        return _as_means(ground, head, above)
    return None


def _as_object(ground: Ground, head: Token, verb: Token, code: str) -> _Use | None:
    hit = _hit(ground, verb, "object")
    if hit is not None and hit.row.id == "fire" and any(t.lower_ == "down" for t in verb.children):
        return None
    if hit is None:
        hit = _hit(ground, verb, "warhead")
        subject = next((t for t in verb.children if t.dep_ == "nsubj"), None)
        if hit is None or subject is None or not _is_weapon(ground, subject):
            return None
    if code in PLATFORMS and hit.row.id not in {"use", "fire"}:
        return None
    return _Use(head, verb, ground.nearest(verb), ground.origin(hit, LEXICON))


def _is_weapon(ground: Ground, token: Token) -> bool:
    return any(
        m.kind is MentionKind.WEAPON and m.span.start <= ground.text.starts[token.i] < m.span.end
        for m in ground.mentions
    )


def _as_subject(ground: Ground, head: Token, verb: Token, code: str) -> _Use | None:
    """ "A mine killed two"; a platform only where it acts ("jets bombed the market"), not where it falls."""
    trigger = ground.at(verb)
    if code in PLATFORMS:
        acts = (
            trigger is not None
            and trigger.token == verb.i
            and _TAUTOLOGY.get(code) != trigger.event_type
            and verb.lemma_.lower() not in _CRASHES
            and not is_passive(verb)
        )
        return _Use(head, verb, trigger, "circumstances_weapons#platform") if acts else None
    hit = _hit(ground, verb, "subject")
    if hit is None:
        attacks = (
            trigger is not None and trigger.token == verb.i and trigger.event_type in _ATTACKS and not is_passive(verb)
        )
        return _Use(head, verb, trigger, "circumstances_weapons#subject") if attacks else None
    return _Use(head, verb, trigger or ground.nearest(verb), ground.origin(hit, LEXICON))


def _as_means(ground: Ground, head: Token, preposition: Token) -> _Use | None:
    """ "Attacked with mortars", "killed by a mine", "the use of chlorine", "armed with rifles"."""
    above = preposition.head
    hit = _hit(ground, above, "with", "noun")
    if hit is not None and hit.end > preposition.i >= hit.start:
        return _Use(head, above, ground.nearest(above), ground.origin(hit, LEXICON))
    if preposition.lower_ not in _MEANS:
        return None
    if preposition.lower_ == "with" and above.pos_ in {"NOUN", "PROPN"}:
        # the parse hangs "with mortars" on the noun before it: the nearest report of violence above is meant
        above = next((a for a in above.ancestors if a.pos_ == "VERB"), above)
    trigger = ground.at(above)
    active = above.pos_ == "VERB" and _hit(ground, above, "subject", "object") is not None
    if trigger is None and not active:
        return None
    if preposition.lower_ == "in" and (trigger is None or above.pos_ != "VERB" or not is_passive(above)):
        return None
    if preposition.lower_ == "from" and _code_at(ground, head) not in PLATFORMS | {"machine_gun", "rifle", "artillery"}:
        return None
    return _Use(head, above, trigger or ground.nearest(above), f"circumstances_weapons#{preposition.lower_}")


def _code_at(ground: Ground, token: Token) -> str:
    place = ground.text.starts[token.i]
    return next(
        (_code(m) for m in ground.mentions if m.kind is MentionKind.WEAPON and m.span.start <= place < m.span.end), ""
    )
