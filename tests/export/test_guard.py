"""Do no harm: names of private persons and exact places of young events leave in no field of no format."""

from __future__ import annotations

from dataclasses import replace

import pytest

from according.export.codes import default_codes
from according.export.events import ExportEvent, Mentions
from according.export.formats import FORMATS, export
from according.export.guard import Allowed, Guard
from according.export.guard_names import guard_rules
from according.model import MentionKind
from according.shapes import DateRangeJson
from export.made import context, strike

YOUNG = "2018-01-30"  # ten days after the strike
OLD = "2018-02-10"
NAMES = ("Andrin", "andrin", "ANDRIN", "Pelle")
FINE = ("Tarsah", "tarsah", "34.5", "40.9", "Abu Kamal")


def guarded(event: ExportEvent, mentions: Mentions, today: str = OLD, **allowed: object) -> ExportEvent:
    guard = Guard(today, default_codes(), mentions, Allowed(**allowed))  # type: ignore[arg-type]
    [found], _ = guard.apply([event])
    return found


def test_a_private_persons_name_is_nowhere() -> None:
    event = guarded(*strike())
    words = repr(event)
    assert not [name for name in NAMES if name in words]
    [document] = event.documents
    assert document.title == "Strikes kill 150, and [name withheld] flees Tarsah"
    assert document.url is None
    assert "Farmer [name withheld], who saw it" in (document.text or "")
    assert "all#person" in event.withheld


def test_a_public_office_is_told_and_so_is_whom_the_knowledge_base_has() -> None:
    event, mentions = strike()
    assert "Tobin Stroud" in repr(guarded(event, mentions))
    known = [
        m.model_copy(update={"value": m.value.model_copy(update={"id": "p1"})}) if m.kind is MentionKind.PERSON else m  # type: ignore[union-attr]
        for m in next(iter(mentions.text.values()))
    ]
    told = guarded(event, Mentions({event.documents[0].id: known}, mentions.title))
    assert "Pelle Andrin" in repr(told)


@pytest.mark.parametrize(
    ("role", "public"),
    [
        ("Maj Gen", True), ("Minister of Defence", True), ("deputy defence minister", True), ("Farmer", False),
        ("spokesman for the group", True), ("driver of the minister", False), ("Private", False), ("", False),
        ("head of the family", False),
    ],
)  # fmt: skip
def test_what_a_public_office_is(role: str, public: bool) -> None:
    assert guard_rules().is_office(role) is public


def test_a_young_event_is_told_at_its_first_level_area() -> None:
    event = guarded(*strike(), today=YOUNG)
    words = repr(event)
    assert not [place for place in FINE if place in words]
    place = event.summary.place
    assert place is not None
    assert (place.name, place.precision, place.admin2) == ("Deir ez-Zor", "admin1", None)
    assert (place.latitude, place.longitude) == (35.106, 40.345) or place.radius_km > 50  # type: ignore[operator]
    [document] = event.documents
    assert (document.url, document.text) == (None, None)
    assert "headquarters" not in repr([c for c in event.claims if c.claim.slot == "target_object"])
    assert "all#place" in event.withheld


def test_after_fourteen_days_it_is_told_exactly() -> None:
    event = guarded(*strike())
    assert event.summary.place is not None
    assert event.summary.place.latitude == 34.56778


@pytest.mark.parametrize(
    ("published", "day", "today", "young"),
    [
        ("2018-01-24", True, "2018-02-03", False),
        ("2018-01-24", True, "2018-02-02", True),
        (None, True, "2018-02-03", False),
        (None, False, "2026-01-01", True),
        ("2018-01-24", False, "2026-01-01", False),
        ("2018-01-24", False, "2018-02-05", True),
    ],
)
def test_how_old_an_event_is(published: str | None, day: bool, today: str, young: bool) -> None:
    event, mentions = strike(published) if day else strike(published, None)
    assert ("all#place" in guarded(event, mentions, today).withheld) is young


def test_an_event_without_an_end_is_as_old_as_its_report() -> None:
    event, mentions = strike()
    since = DateRangeJson(start="2017-01-01", end=None, precision="day", timex=None, mod=None)
    account = event.accounts[0]
    open_ended = account.model_copy(update={"summary": account.summary.model_copy(update={"date": since})})
    assert "all#place" in guarded(replace(event, accounts=(open_ended,)), mentions, YOUNG).withheld


def test_control_of_a_place_is_told_when_it_is_old() -> None:
    told = guarded(*strike())
    assert "Tarsah" in repr([c for c in told.others if c.claim.slot == "controls"])
    event, mentions = strike()
    withheld = guarded(event, mentions, YOUNG)
    assert "Tarsah" not in repr(withheld.others)


def test_where_nobody_looked_no_words_are_told() -> None:
    event, _ = strike()
    found = guarded(event, Mentions())
    assert "all#unchecked" in found.withheld
    assert {s.quote for c in found.claims for s in c.claim.evidence} == {"[words withheld]"}
    [document] = found.documents
    assert (document.title, document.url, document.text, document.key) == (None, None, None, None)
    assert document.sha256 == event.documents[0].sha256


def test_what_a_named_person_allows_is_told_and_the_report_says_so() -> None:
    event, mentions = strike()
    allowed = Allowed(places=True, names=True, by="reviewer-2", reason="agreed with the family")
    young = replace(context(), run=replace(context().run, today=YOUNG))
    made = export("ged", [event], young, mentions, allowed)
    assert b"Pelle Andrin" in made.content
    assert b"34.56778" in made.content
    rules = {loss.rule for loss in made.losses.losses}
    assert {"all#allowed-places", "all#allowed-names"} <= rules
    assert b"reviewer-2" not in made.content


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("today", [YOUNG, OLD])
def test_no_format_tells_what_is_withheld(name: str, today: str) -> None:
    event, mentions = strike()
    when = replace(context(), run=replace(context().run, today=today))
    made = export(name, [event], when, mentions)
    withheld = [*NAMES, *(FINE if today == YOUNG else ())]
    told = opened(made.content)
    assert not [word for word in withheld if word.encode() in told]
    assert "all#person" in {loss.rule for loss in made.losses.losses if loss.event} or made.losses.events == 0


def opened(content: bytes) -> bytes:
    """The bytes, or those of all files in an archive with their names."""
    import io
    import zipfile

    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())
