"""Numbers are made before names are hidden; linked accounts become one event; what a person rejected does not leave."""

from __future__ import annotations

import csv
import io

import pytest

from according.decision import Act, Decision
from according.export.events import ExportEvent, Mentions, joined_events
from according.export.formats import export
from according.export.reviewed import unheeded, without_rejected
from according.from_contract import claim_from
from according.model import Document, Event, Finding, FindingStatus, Party, Range, Ref, Speaker, Summary
from according.values import Count, CountRange, DatePrecision, DateRange
from export.made import NEAR_TARSAH, Report, context, event_of, joined

TEXT = "Villager Ilo Marn counted 7 bodies after the shelling. Villager Pas Tolen said 12 people were killed."
DAY = DateRange("2018-03-01", "2018-03-01", DatePrecision.DAY, "2018-03-01")


def shelling(name: str = "aaaaa-bbbbb-ccccc", account: str = "a1") -> tuple[ExportEvent, Mentions]:
    r = Report(Document(TEXT, name, None, "Shelling", "Coast Agency", "2018-03-02", "en"), account)
    for speaker, quote, number in (("Ilo Marn", "7 bodies", 7), ("Pas Tolen", "12 people were killed", 12)):
        value = Count(CountRange(number, number), group="people")
        r.say("killed", Speaker(None, speaker, "person", role="Villager"), quote, value=value)
    summary = Summary(
        date=DAY, place=NEAR_TARSAH, killed=Range(7, 7, 12), initiators=(Party(Ref(None, "the army"), "state_forces"),)
    )
    return event_of(r, "shelling_missile", summary, (), name)


def ged_rows(events: list[ExportEvent], mentions: Mentions) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export("ged", events, context(), mentions).content.decode())))


def test_two_private_persons_stay_two_speakers_when_their_names_are_withheld() -> None:
    event, mentions = shelling()
    [row] = ged_rows([event], mentions)
    assert row["source_original"] == "[name withheld]"
    assert (row["low"], row["best"], row["high"]) == ("7", "7", "12")


def test_linked_accounts_become_one_event_with_what_was_set_by_hand() -> None:
    (one, m1), (two, m2) = shelling(), shelling("ddddd-fffff-ggggg", "a2")
    hand = Finding("killed", FindingStatus.CORROBORATED, "by_hand", "d1", low=8, best=9, high=10)
    built = [Event("e1", ("a2", "a1"), "air_strike", (hand,))]
    [event] = joined_events(built, [one, two])
    assert [a.id for a in event.accounts] == ["a2", "a1"]
    assert (len(event.documents), len(event.claims), event.event_type) == (2, 4, "air_strike")
    [row] = ged_rows([event], joined(m1, m2))
    assert (row["low"], row["best"], row["high"], row["number_of_sources"]) == ("8", "9", "10", "2")


def test_accounts_of_no_event_stay_single() -> None:
    one, two = shelling()[0], shelling("ddddd-fffff-ggggg", "a2")[0]
    found = list(joined_events([Event("e1", ("a1",), "air_strike", ())], [one, two]))
    assert [e.accounts[0].id for e in found] == ["a1", "a2"]


@pytest.mark.parametrize(("acts", "best"), [([Act.REJECT], "12"), ([Act.REJECT, Act.ACCEPT], "7")])
def test_a_rejected_claim_counts_for_nothing_and_does_not_leave(acts: list[Act], best: str) -> None:
    event, mentions = shelling()
    claim = claim_from(event.claims[0].claim, event.documents[0].id)
    decisions = [
        Decision(act, claim=claim.id, seen=claim, by="ann", at=f"2026-07-01T10:0{n}:00+00:00", number=n)
        for n, act in enumerate(acts, start=1)
    ]
    [row] = ged_rows(without_rejected([event], decisions), mentions)
    assert row["best"] == best
    assert unheeded(decisions) == 0
