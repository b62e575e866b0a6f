"""Which speakers are one voice: the rules by which two speakers are not independent of each other.

Two speakers are independent unless one of `RULES` holds; each rule is a pure function that looks at two voices and at
the ties that the knowledge base or the text gives ("the ministry speaks for the army").
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from according.link.words import plain

Ties = Collection[tuple[str, str]]  # (who speaks, for whom), by id or by name


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as one document has it.

    Args:
        id, name, kind: as in `model.Speaker`: kind is publisher, actor, person or collective.
        publisher: who printed it.
        speaks_for: id or name of whom the text says that the speaker speaks for.
        via: ids or names of those who pass the speaker's words on.
        copy_group: group of copied texts that the document is in.
    """

    id: str | None
    name: str
    kind: str
    publisher: str | None = None
    speaks_for: str | None = None
    via: tuple[str, ...] = ()
    copy_group: str | None = None

    @property
    def names(self) -> frozenset[str]:
        """What the speaker goes by, in plain form."""
        return frozenset(plain(n) for n in (self.id, self.name) if n)


def _plain(names: Collection[str | None]) -> frozenset[str]:
    return frozenset(plain(name) for name in names if name)


def _nameless(voice: Voice) -> bool:
    return voice.kind == "collective" and voice.id is None


def _same_publisher(a: Voice, b: Voice) -> bool:
    return a.publisher is not None and b.publisher is not None and plain(a.publisher) == plain(b.publisher)


def same_speaker(a: Voice, b: Voice, ties: Ties) -> bool:
    """They have one id, or one name where an id is not known of both; nameless collectives have no name."""
    if a.id is not None and b.id is not None:
        return a.id == b.id
    if _nameless(a) or _nameless(b):
        return False
    return plain(a.name) == plain(b.name)


def one_speaks_for_the_other(a: Voice, b: Voice, ties: Ties) -> bool:
    """The text or the knowledge base says that one speaks for the other, or both for a third."""
    spoken = [_plain([v.speaks_for, *(whom for who, whom in ties if plain(who) in v.names)]) for v in (a, b)]
    return bool(spoken[0] & b.names or spoken[1] & a.names or spoken[0] & spoken[1])


def one_passes_on_the_other(a: Voice, b: Voice, ties: Ties) -> bool:
    """One is named as the one through whom the other's words came."""
    return bool(_plain(a.via) & b.names or _plain(b.via) & a.names)


def nameless_of_one_publisher(a: Voice, b: Voice, ties: Ties) -> bool:
    """Both are nameless collectives ("residents", "officials") in what one publisher printed."""
    return _nameless(a) and _nameless(b) and _same_publisher(a, b)


def copies_of_one_text(a: Voice, b: Voice, ties: Ties) -> bool:
    """The texts are copies, and neither speaks under a name of its own: publishers and nameless collectives.

    A hospital and an army that one agency text quotes stay two voices, however often the text is reprinted.
    """
    if a.copy_group is None or a.copy_group != b.copy_group:
        return False
    if _nameless(a) and _nameless(b):
        return plain(a.name) == plain(b.name)
    return a.kind == b.kind == "publisher"


Rule = Callable[[Voice, Voice, Ties], bool]
RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        same_speaker,
        one_speaks_for_the_other,
        one_passes_on_the_other,
        nameless_of_one_publisher,
        copies_of_one_text,
    )
}


def dependence(a: Voice, b: Voice, ties: Ties = ()) -> str | None:
    """The name of the first rule by which two voices are one, or None where they are independent."""
    return next((name for name, rule in RULES.items() if rule(a, b, ties)), None)


def independent_voices(voices: Sequence[Voice], ties: Ties = ()) -> list[list[int]]:
    """Positions in `voices` grouped into independent voices; who depends on one of a group belongs to it.

    The groups, and the order of each, follow the order of `voices`; which voices go together does not depend on it.
    """
    group = list(range(len(voices)))
    for i, a in enumerate(voices):
        for j in range(i):
            if group[i] != group[j] and dependence(a, voices[j], ties) is not None:
                old, new = max(group[i], group[j]), min(group[i], group[j])
                group = [new if g == old else g for g in group]
    found: dict[int, list[int]] = {}
    for position, number in enumerate(group):
        found.setdefault(number, []).append(position)
    return list(found.values())
