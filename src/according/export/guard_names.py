"""Whose names may be told: people with a public office, and those whom the knowledge base has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import yaml

from according.errors import InvalidRule
from according.export.events import ExportClaim
from according.model import MentionKind
from according.rules import DATA, load_lexicon
from according.shapes import ActorRefJson, MentionJson, RefJson, SpeakerJson, WordsJson

# A role's head stands before these: "minister" in "minister of defence".
_BEFORE = re.compile(r"\s+(?:of|for|at|in|to|with|from|on)\s+|,")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "abu", "van", "von", "de", "der", "da", "dos", "del", "la"})
_SHORTEST = 3  # letters of a part of a name that is looked for by itself


@dataclass(frozen=True)
class GuardRules:
    """What is held back, from data/formats/guard.yaml."""

    hold_days: int
    offices: frozenset[str]
    marks: Mapping[str, str]
    object_slots: frozenset[str]
    control_slots: frozenset[str]

    def is_office(self, role: str) -> bool:
        """True where a role or title is a public office by its last word ("deputy defence minister of Orsk")."""
        words = _WORD.findall(_BEFORE.split(role.strip())[0].casefold())
        return bool(words) and words[-1].replace("’", "'") in self.offices


@cache
def guard_rules() -> GuardRules:
    """The rules that the package carries.

    Raises:
        InvalidRule: the file lacks a key.
    """
    path = DATA / "formats" / "guard.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        kinds, not_offices = set(content["office_kinds"]), set(content["not_offices"])
        return GuardRules(
            int(content["hold_days"]), frozenset(_offices(kinds) - not_offices), content["marks"],
            frozenset(content["object_slots"]), frozenset(content["control_slots"]),
        )  # fmt: skip
    except KeyError as error:
        raise InvalidRule(f"{path.name} lacks {error}; see the file that the package carries") from error


def _offices(kinds: set[str]) -> set[str]:
    titles = load_lexicon(DATA / "lexicon" / "actors_titles.csv", ("kind",))
    heads = (_BEFORE.split(row.phrase)[0] for row in titles.rows if row["kind"] in kinds)
    last = {head.split()[-1] for head in heads}
    return {form.casefold() for word in last for form in word.strip("()=").partition("/")[0].split("|")}


def private_names(claims: Iterable[ExportClaim], mentions: Sequence[MentionJson], rules: GuardRules) -> tuple[str, ...]:
    """The names of private persons in one report, the longest first: whole names, and the forms that the text uses."""
    forms: dict[str, set[str]] = defaultdict(set)
    roles: dict[str, set[str]] = defaultdict(set)
    known: set[str] = set()
    for name, form, role, is_known in (*_of_mentions(mentions), *_of_claims(claims)):
        forms[name].add(form)
        roles[name].add(role)
        if is_known:
            known.add(name)
    private = [n for n in forms if n not in known and not any(rules.is_office(r) for r in roles[n] if r)]
    public = {part for n in forms if n not in private for part in _parts(n)}
    found = {form for n in private for form in (n, *forms[n], *(p for p in _parts(n) if p not in public))}
    return longest_first(f for f in found if f)


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Words in the order in which they must be looked for, so that none is found within a longer one."""
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


def _parts(name: str) -> list[str]:
    """The words of a name that can stand for it."""
    return [w for w in _WORD.findall(name) if len(w) >= _SHORTEST and w[0].isupper()]


_Found = tuple[str, str, str, bool]


def _of_mentions(mentions: Sequence[MentionJson]) -> Iterator[_Found]:
    """Name, form, title before it and whether the knowledge base has the person, of each mention of one."""
    for mention in mentions:
        value = mention.value
        if mention.kind is not MentionKind.PERSON or not isinstance(value, ActorRefJson):
            continue
        title, found, after = mention.quote.partition(value.name)
        form = mention.quote if not found else value.name
        yield value.name, form, title.strip() if found else "", value.id is not None
        if found and after.strip(" ,"):
            yield value.name, form, after.strip(" ,"), False


def _of_claims(claims: Iterable[ExportClaim]) -> Iterator[_Found]:
    """The same of those who speak in a claim, and of those whose role a claim tells."""
    for stored in claims:
        claim = stored.claim
        if claim.speaker.kind == "person" and _is_name(claim.speaker.name):
            yield _named(claim.speaker, claim.speaker.role or "")
        role = claim.value.text if claim.slot == "holds_role" and isinstance(claim.value, WordsJson) else None
        if role is not None and claim.subject is not None and _is_name(claim.subject.name):
            yield _named(claim.subject, role)


def _is_name(words: str) -> bool:
    """True for words that all begin with a capital but for particles: "Front commander" is a role, and no name."""
    found = _WORD.findall(words)
    return bool(found) and all(w[0].isupper() or w.casefold() in _PARTICLES for w in found)


def _named(ref: RefJson | SpeakerJson, role: str) -> _Found:
    return ref.name, ref.name, role, ref.id is not None
