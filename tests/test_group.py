"""Which reports of one text are one event, and which event comes first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.extract.event_reading import lexicons, triggers_of

from according.annotate import Text
from according.extract.draft import Draft
from according.extract.events import occurred
from according.extract.harm import find_harm
from according.extract.modality import Reality
from according.extract.triggers import Trigger
from according.group import Group, account_id, group
from according.model import Modality
from according.rules import DATA, load_vocabulary
from according.values import PlacePrecision, PlaceRef

RANKS = {k: int(str(v["rank"])) for k, v in load_vocabulary(DATA / "vocabulary" / "event_types.yaml").items()}


def trigger(token: int, kind: str = "attack", strength: int = 2, **more: object) -> Trigger:
    """A trigger made by hand."""
    plain = {
        "start": token, "end": token + 1, "frame": "noun", "reality": Reality(), "initiators": (), "targets": (),
        "clause": token, "definite": False, "other": False, "origin": "triggers#test",
    }  # fmt: skip
    return Trigger(token=token, event_type=kind, strength=strength, **{**plain, **more})  # type: ignore[arg-type]


def groups_of(words: str, *further: Draft) -> tuple[Text, list[Group]]:
    """The groups of a text, by its triggers and harm."""
    text, found = triggers_of(words)
    harm = find_harm(text, lexicons_with_harm(), found)
    drafts = [*harm, *occurred(text, found), *further]
    return text, group(found, drafts, {i: text.sentence_index(i) for i in range(len(text.doc))}, None)


def lexicons_with_harm() -> dict[str, object]:
    """The lexicons that harm needs on top of those of triggers."""
    from tests.extract.harm_reading import lexicons as harm

    return {**lexicons(), **harm()}  # type: ignore[dict-item]


def place(trigger_: Trigger, name: str, admin1: str) -> Draft:
    """A place of a trigger."""
    from according.model import Span

    ref = PlaceRef(name, name, admin1=admin1, country="NOR", precision=PlacePrecision.SETTLEMENT)
    return Draft("place", (Span(0, 1, "x"),), trigger_.token, "test", value=ref, event=trigger_.token)


def test_a_toll_and_the_strike_that_caused_it_are_one_event() -> None:
    _, found = groups_of("Nine people were killed in Orn. The air strike hit a mill.")
    assert len(found) == 1
    assert found[0].event_type(RANKS) == "air_strike"


def test_a_headline_and_its_report_are_one_event() -> None:
    _, found = groups_of("Shelling kills 12 in Orn. At least 12 people were killed when shells hit a school in Orn.")
    assert len(found) == 1


def test_another_attack_is_another_event() -> None:
    _, found = groups_of("An air strike killed nine people. Another air strike killed two people.")
    assert len(found) == 2


def test_different_kinds_are_different_events() -> None:
    _, found = groups_of("An air strike killed nine people. Gunmen kidnapped a nurse.")
    assert [g.event_type(RANKS) for g in found] == ["air_strike", "abduction"]


def test_plans_stay_apart_from_what_happened() -> None:
    _, found = groups_of("Rebels shelled the mill, killing two. They will shell Velm.")
    assert [g.modality for g in found] == [Modality.ACTUAL, Modality.PLANNED]


def test_towns_in_different_areas_are_different_events() -> None:
    one, two = trigger(0, "air_strike", 3), trigger(5, "air_strike", 3)
    apart = [place(one, "Orn", "North"), place(two, "Velm", "South")]
    same = [place(one, "Orn", "North"), place(two, "Orn", "North")]
    assert len(group([one, two], apart, dict.fromkeys(range(9), 0), None)) == 2
    assert len(group([one, two], same, dict.fromkeys(range(9), 0), None)) == 1


def test_harm_makes_the_main_event() -> None:
    _, found = groups_of("Clashes went on. An air strike on a mill killed nine people.")
    assert found[0].event_type(RANKS) == "air_strike"


def test_side_damage_does_not_name_an_attack() -> None:
    held = Group([trigger(0), trigger(3, "property_destruction", 3), trigger(5, "looting", 3)])
    assert held.event_type(RANKS) == "attack"


def test_gas_names_the_event() -> None:
    held = Group([trigger(0, "air_strike", 3), trigger(3, "chemical", 3)])
    assert held.event_type(RANKS) == "chemical"


KINDS = st.sampled_from(["attack", "air_strike", "ied_mine", "armed_clash", "abduction", "talks", "protest"])


@given(st.lists(st.tuples(KINDS, st.integers(1, 3), st.booleans()), min_size=1, max_size=12))
def test_every_trigger_has_one_home(rows: list[tuple[str, int, bool]]) -> None:
    triggers = [trigger(2 * i, kind, strength, other=other) for i, (kind, strength, other) in enumerate(rows)]
    found = group(triggers, [], {i: i // 4 for i in range(2 * len(rows))}, None)
    assert sorted(t.token for g in found for t in g.triggers) == [t.token for t in triggers]
    assert len({account_id("d", g) for g in found}) == len(found)
    for one in found:
        assert one.event_type(RANKS) in {t.event_type for t in one.triggers}
