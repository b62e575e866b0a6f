"""The actors of the ACLED layout: names, codes of their kinds, who is associated, whether civilians were the target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from according.export.codes import Codes
from according.export.events import ExportEvent
from according.export.figures import CIVILIAN, COMBATANT, claims_of, shares_harmed
from according.export.losses import Losses
from according.shapes import CountJson, PartyJson
from according.values import PersonStatus

_CIVILIANS = 7
_TARGETED = "Civilians targeted"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: actor, associated actors, code of the actor's kind."""

    actor: str = ""
    associated: tuple[str, ...] = ()
    inter: int | None = None


def actor_cells(event: ExportEvent, codes: Codes, losses: Losses) -> dict[str, str]:
    """The cells that tell who acted and who was acted upon."""
    first = _side(event, event.summary.initiators, codes, losses)
    associated = tuple(dict.fromkeys([*first.associated, *_helpers(event, codes)]))
    first = Side(first.actor, associated, first.inter)
    second, targeted = _target(event, codes, losses)
    return {
        "actor1": first.actor, "assoc_actor_1": "; ".join(first.associated), "inter1": _text(first, codes),
        "actor2": second.actor, "assoc_actor_2": "; ".join(second.associated), "inter2": _text(second, codes),
        "interaction": interaction(first, second, codes), "civilian_targeting": _TARGETED if targeted else "",
    }  # fmt: skip


def _helpers(event: ExportEvent, codes: Codes) -> Iterator[str]:
    """Who is said to have helped, by the layout's name where the knowledge base has it."""
    for stored in event.claims:
        ref = stored.claim.object
        if stored.claim.slot == "assisted_by" and ref is not None:
            known = codes.actors.get(ref.id or "")
            yield ref.name if known is None else known.codes.get("acled_name", known.name)


def _target(event: ExportEvent, codes: Codes, losses: Losses) -> tuple[Side, bool]:
    """The side that was acted upon, and whether it is civilians."""
    armed = [p for p in event.summary.targets if not _is_civilian(p, codes)]
    side = _side(event, armed, codes, losses)
    civilians = [p for p in event.summary.targets if _is_civilian(p, codes)]
    shares = shares_harmed(event)
    harmed = CIVILIAN in shares
    if not side.actor and COMBATANT in shares:
        side = Side(_whose_fighters(event))
        losses.note("acled#fighters", event.name, side.actor or None)
    if side.actor and (civilians or harmed):
        losses.note("acled#collateral", event.name)
        return Side(side.actor, (*side.associated, _civilians(event, codes)), side.inter), False
    if civilians or (harmed and COMBATANT not in shares):
        losses.note("acled#civilians", event.name)
        names = tuple(
            n for n in dict.fromkeys(_name(event, p, codes) for p in civilians) if n != _civilians(event, codes)
        )
        return Side(_civilians(event, codes), names, _CIVILIANS), codes.types[event.event_type].violent
    return side, False


def _whose_fighters(event: ExportEvent) -> str:
    """The proper name that a count of dead or injured fighters gives them ("40 fighters of the Free Column"), or ""."""
    found = [event.number(slot, "range", COMBATANT) for slot in ("killed", "injured")]
    for stored in (c for finding in found if finding is not None for c in claims_of(event, finding)):
        value, ref = stored.claim.value, stored.claim.object
        fighters = isinstance(value, CountJson) and value.status is PersonStatus.COMBATANT
        own = ref is not None and ref.name in {p.name for p in event.summary.initiators}
        if fighters and ref is not None and not own and ref.name.split()[0][:1].isupper():
            return ref.name
    return ""


def _is_civilian(party: PartyJson, codes: Codes) -> bool:
    kind = codes.kind_of(party)
    return kind is not None and kind.inter == _CIVILIANS


def _side(event: ExportEvent, parties: Sequence[PartyJson], codes: Codes, losses: Losses) -> Side:
    """The first actor and those with it; things that no actor could be are left out."""
    named = [p for p in parties if codes.kind_of(p) is not None or _is_named(p)]
    if len(named) < len(parties):
        losses.note("acled#thing", event.name, ", ".join(p.name for p in parties if p not in named))
    if not named:
        return Side()
    names = list(dict.fromkeys(_name(event, party, codes) for party in named))
    if len(names) > 1:
        losses.note("acled#assoc", event.name)
    if any(codes.code_of(p, "acled_name") is None for p in named):
        losses.note("acled#actor-name", event.name)
    inter = _inter(event, named[0], codes)
    if inter is None:
        losses.note("acled#actor-kind", event.name, named[0].name)
    return Side(names[0], tuple(names[1:]), inter)


def _is_named(party: PartyJson) -> bool:
    """True for a proper name; "a convoy" is none."""
    return any(word[:1].isupper() for word in party.name.split())


def _name(event: ExportEvent, party: PartyJson, codes: Codes) -> str:
    known, kind = codes.code_of(party, "acled_name"), codes.kind_of(party)
    if known is not None:
        return known
    if kind is not None and kind.acled_name is not None and not (party.id or _is_named(party)):
        return kind.acled_name.format(country=_country(event, codes))
    return party.name


def _country(event: ExportEvent, codes: Codes) -> str:
    place = event.summary.place
    country = codes.country(place.country if place else None)
    return country.name if country is not None else "country unknown"


def _civilians(event: ExportEvent, codes: Codes) -> str:
    return str(codes.kinds["civilians"].acled_name).format(country=_country(event, codes))


def _inter(event: ExportEvent, party: PartyJson, codes: Codes) -> int | None:
    """The code of an actor: the knowledge base's own, else its kind's; a state's arm abroad is an outside force."""
    own, kind = codes.code_of(party, "acled_inter"), codes.kind_of(party)
    if own is not None:
        return int(own)
    if kind is None:
        return None
    here = event.summary.place.country if event.summary.place else None
    if kind.abroad is not None and party.country is not None and here is not None and party.country != here:
        return kind.abroad
    return kind.inter


def _text(side: Side, codes: Codes) -> str:
    return codes.inter[side.inter] if side.inter is not None else ""


def interaction(first: Side, second: Side, codes: Codes) -> str:
    """Both kinds as text, the smaller code first; blank where a kind is not known."""
    if any(side.actor and side.inter is None for side in (first, second)):
        return ""
    found = sorted(_codes_of(first, second))
    if not found:
        return ""
    names = [codes.inter[code] for code in found]
    return "-".join(names) if len(names) == 2 else f"{names[0]} only"


def interaction_code(first: Side, second: Side) -> int | None:
    """The same as the two digits of older files (28, 10); None where a kind is not known."""
    if any(side.actor and side.inter is None for side in (first, second)):
        return None
    found = sorted(_codes_of(first, second))
    return None if not found else found[0] * 10 + (found[1] if len(found) == 2 else 0)


def _codes_of(*sides: Side) -> Iterator[int]:
    for side in sides:
        if side.actor and side.inter is not None:
            yield side.inter
