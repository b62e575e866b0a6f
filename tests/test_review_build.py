"""From decisions to events: review, then linking and reconciling; merging, splitting and undoing to the byte."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from according.build import Judged, build, default_parts
from according.decision import Act, Anchor, Correction, Decision, HandFinding
from according.model import Account, Claim, Coding, Event
from according.review import Reviewed, apply, event_now, settled
from according.values import Code, PlacePrecision, PlaceRef
from told import HOSPITAL, POLICE, Report, people

STRIKE = Code("air_strike")
FAR = PlaceRef("t2", "Velm", 11.5, 21.5, PlacePrecision.SETTLEMENT, 4.0, "VEL", "Orsk")


def codings() -> list[Coding]:
    """A strike in two reports, and another strike far away."""
    first = Report("1", "2020-05-04", "Daily Orsk").says("occurred", STRIKE, HOSPITAL)
    later = Report("2", "2020-05-06", "Orsk Times").says("occurred", STRIKE, POLICE)
    away = Report("3", "2020-05-05", "Veld Post").says("occurred", STRIKE, POLICE)
    return [
        first.says("killed", people(9), HOSPITAL).coding(),
        later.says("killed", people(14), POLICE).coding(),
        away.says("killed", people(2), POLICE).coding(place=FAR),
    ]


CODINGS = codings()
FIRST, LATER, AWAY = (c.accounts[0] for c in CODINGS)


def toll(coding: int) -> Claim:
    return next(c for c in CODINGS[coding].claims if c.slot == "killed")


def act(kind: Act, **about: object) -> Decision:
    return Decision(kind, "Ana", "2020-06-01T10:00:00+00:00", **about)  # type: ignore[arg-type]


def on(account: Account) -> Anchor:
    return Anchor(account.id, account.claims)


def numbered(*acts: Decision) -> list[Decision]:
    return [replace(d, number=n) for n, d in enumerate(acts, start=1)]


def reviewed(*acts: Decision) -> Reviewed:
    claims = [c for coding in CODINGS for c in coding.claims]
    accounts = [a for coding in CODINGS for a in coding.accounts]
    return apply(claims, accounts, numbered(*acts))


def events(*acts: Decision) -> tuple[Event, ...]:
    result = reviewed(*acts)
    built = build(result.codings(CODINGS), default_parts(), Judged(verdicts=result.verdicts()))
    return tuple(settled(event, result) for event in built)


def as_bytes(found: tuple[Event, ...]) -> bytes:
    return json.dumps([asdict(event) for event in found], sort_keys=True).encode()


def event_of(account: Account, *acts: Decision) -> Event:
    return next(e for e in events(*acts) if account.id in e.accounts)


def killed(*acts: Decision) -> tuple[int | None, int | None]:
    found = event_of(FIRST, *acts).finding("killed")
    assert found is not None
    return (found.low, found.high)


def test_the_machine_joins_two_and_keeps_the_third_apart() -> None:
    assert set(event_of(FIRST).accounts) == {FIRST.id, LATER.id}
    assert event_of(AWAY).accounts == (AWAY.id,)
    assert killed() == (9, 14)


def test_merge_then_split_gives_the_same_bytes() -> None:
    merge = act(Act.SAME, accounts=(on(FIRST),), to=(on(AWAY),))
    [stored] = numbered(merge)
    before = as_bytes(events())
    assert len(events(merge, act(Act.SAME, accounts=(on(LATER),), to=(on(AWAY),)))) == 1
    assert as_bytes(events(merge, act(Act.UNDO, undoes=(stored.id,)))) == before
    split = act(Act.DIFFERENT, accounts=(on(AWAY),), to=(on(FIRST),))
    assert as_bytes(events(merge, split)) == before


def test_split_then_merge_gives_the_same_bytes() -> None:
    split = act(Act.DIFFERENT, accounts=(on(FIRST),), to=(on(LATER),))
    assert len(events(split)) == 3
    assert as_bytes(events(split, act(Act.SAME, accounts=(on(LATER),), to=(on(FIRST),)))) == as_bytes(events())


def test_old_ids_lead_to_the_joined_event() -> None:
    old = event_of(AWAY)
    acts = [act(Act.SAME, accounts=(on(a),), to=(on(AWAY),)) for a in (FIRST, LATER)]
    found = event_now(old.id, events(*acts))
    assert found is not None
    assert set(found.accounts) == {FIRST.id, LATER.id, AWAY.id}
    assert event_now(event_of(FIRST).id, events(*acts)) == found


def test_a_moved_account_leaves_its_event_and_joins_the_other() -> None:
    moved = act(Act.MOVE, accounts=(on(LATER), on(FIRST)), to=(on(AWAY),))
    assert event_of(FIRST, moved).accounts == (FIRST.id,)
    assert set(event_of(AWAY, moved).accounts) == {LATER.id, AWAY.id}


def test_rejected_claims_leave_the_findings_and_corrected_ones_change_them() -> None:
    claim = toll(1)
    judged = {"claim": claim.id, "seen": claim}
    assert killed(act(Act.REJECT, **judged)) == (9, 9)
    assert killed(act(Act.UNSURE, **judged)) == (9, 14)
    assert killed(act(Act.CORRECT, **judged, correction=Correction(value=people(11)))) == (9, 11)
    finding = event_of(FIRST, act(Act.REJECT, **judged)).finding("killed")
    assert finding is not None
    assert claim.id not in (*finding.claims, *finding.against, *finding.replaced)


def test_an_added_claim_enters_the_findings() -> None:
    words = CODINGS[0].claims[0].evidence[0]
    new = replace(toll(0), slot="injured", value=people(4), evidence=(words,), origin="by_hand")
    found = event_of(FIRST, act(Act.ADD, added=new, to=(on(FIRST),))).finding("injured")
    assert found is not None
    assert (found.low, found.high, found.claims) == (4, 4, (new.id,))
    assert event_of(FIRST).finding("injured") is None


def test_a_finding_by_hand_holds_over_the_rules() -> None:
    hand = HandFinding("killed", low=10, best=10, high=12)
    found = event_of(FIRST, act(Act.FINDING, accounts=(on(FIRST), on(LATER)), finding=hand, reason="names"))
    made = found.finding("killed")
    assert made is not None
    assert (made.low, made.best, made.high, made.rule) == (10, 10, 12, "by_hand")
    assert made.claims == event_of(FIRST).finding("killed").claims  # type: ignore[union-attr]
