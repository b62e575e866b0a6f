"""Claims about actors and places: each class of phrase on invented sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from according.annotate.pipeline import Annotator, load_language
from according.extract.draft import Draft
from according.extract.relations import COLUMNS, find_relations
from according.model import ActorRef, Document, Mention, MentionKind, Stance
from according.rules import DATA, Lexicon, load_lexicon
from according.values import Share, Words

Find = Callable[[str], list[Draft]]


@pytest.fixture(scope="module")
def lexicons() -> dict[str, Lexicon]:
    """All lexicons by name."""
    return {path.stem: load_lexicon(path, COLUMNS.get(path.stem, ())) for path in (DATA / "lexicon").glob("*.csv")}


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """The pinned pipeline."""
    return Annotator(load_language())


@pytest.fixture(scope="module")
def find(annotator: Annotator, lexicons: dict[str, Lexicon]) -> Find:
    """Reads a text without mentions."""

    def read(text: str) -> list[Draft]:
        drafts = find_relations(annotator.annotate(Document(text)), (), lexicons)
        for draft in drafts:
            for span in draft.evidence:
                assert text[span.start : span.end] == span.quote
            name, _, row = draft.origin.partition("#")
            assert name
            assert row
        return drafts

    return read


def told(drafts: list[Draft], slot: str) -> list[tuple[str | None, str | None]]:
    """Subject and object of the drafts of a slot."""
    return [
        (d.subject.name if d.subject else None, d.object.name if d.object else None) for d in drafts if d.slot == slot
    ]


RELATIONS = [
    ("The Ombar-led alliance against the Darim rebels met in May.", "leads", "Ombar", "Ombar-led alliance"),
    ("The Ombar-led alliance against the Darim rebels met in May.", "opposes", "Ombar-led alliance", "Darim rebels"),
    ("Harun Tosk, who heads the Northern Council, was freed.", "leads", "Harun Tosk", "Northern Council"),
    ("The rebels are led by Colonel Hadan Brisk.", "leads", "Colonel Hadan Brisk", "rebels"),
    ("The gunmen belong to the Shore Front.", "member_of", "gunmen", "Shore Front"),
    ("The militia is the armed wing of the Drenn Party.", "part_of", "militia", "Drenn Party"),
    ("Government soldiers and allied herders came at dawn.", "allied_with", "allied herders", "Government soldiers"),
    ("Fighters loyal to General Varn Toll fled.", "allied_with", "Fighters", "General Varn Toll"),
    ("The pro-government Shore Guard fled.", "allied_with", "pro-government Shore Guard", "government"),
    ("The Ombar-backed Front fled.", "backed_by", "Ombar-backed Front", "Ombar"),
    ("Sarn, which sends rifles to the Shore Front, was silent.", "backed_by", "Shore Front", "Sarn"),
    ("Sarn, whose officers train the Drenn army, was silent.", "backed_by", "Drenn army", "Sarn"),
    ("Police shot a man of the militia that dominates the Shore Front.", "dominates", "militia", "Shore Front"),
    ("The army says the gang has close ties to the Shore Front.", "linked_to", "gang", "Shore Front"),
    ("The gang broke away from the Shore Front in May.", "linked_to", "gang", "Shore Front"),
    ("The group opposes foreign mines.", "opposes", "group", "foreign mines"),
]


@pytest.mark.parametrize(("text", "slot", "subject", "object_"), RELATIONS)
def test_two_actors(find: Find, text: str, slot: str, subject: str, object_: str) -> None:
    assert told(find(text), slot) == [(subject, object_)]


def test_two_backers_are_two_claims(find: Find) -> None:
    drafts = [d for d in find("Rebels supported by Sarn and Ombar hold the pass.") if d.slot == "backed_by"]
    assert sorted(d.object.name for d in drafts if d.object) == ["Ombar", "Sarn"]


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("The Shore Front (SF) has been fighting for self-rule for decades.", "aims_for", "self-rule"),
        ("The Front vowed to fight on.", "aims_for", "fight on"),
        ("The separatists declared independence in 2011.", "proclaimed", "independence"),
        ("Nobody mourned when the group proclaimed a republic.", "proclaimed", "a republic"),
        ("The outlawed Shore Front met in May.", "designated_as", "outlawed"),
        ("Ombar has designated the Shore Front a terrorist group.", "designated_as", "a terrorist group"),
        ("The Drenn Toll Project, a monitoring group, said so.", "described_as", "a monitoring group"),
        ("It happened near the charity Open Gates.", "described_as", "charity"),
        ("The minister called the herders “rats”.", "described_as", "“rats”"),
        ("The Front, also known as the Hill Boys, met in May.", "alias", "the Hill Boys"),
        ("The Red Shore Militia (RSM) met in May.", "alias", "RSM"),
        ("The force, an umbrella group of hill militias, met in May.", "made_up_of", "hill militias"),
        ("The militia, made up largely of deserters, fled.", "made_up_of", "deserters"),
    ],
)
def test_words_about_an_actor(find: Find, text: str, slot: str, value: str) -> None:
    assert [d.value for d in find(text) if d.slot == slot] == [Words(value)]


@pytest.mark.parametrize(
    ("text", "person", "role"),
    [
        ("Marsk police chief Vakan Tord resigned.", "Vakan Tord", "Marsk police chief"),
        ("The governor of Drenn, Ferin Aldo, resigned.", "Ferin Aldo", "The governor of Drenn"),
        ("Petra Holm, an analyst at the River Institute, spoke.", "Petra Holm", "an analyst at the River Institute"),
        ("Maj Gen Otto Sand, commander of the coalition, spoke.", "Maj Gen Otto Sand", "commander of the coalition"),
        ("President Karim Jaddan spoke.", "Karim Jaddan", "President"),
    ],
)
def test_roles(find: Find, text: str, person: str, role: str) -> None:
    found = [d for d in find(text) if d.slot == "holds_role"]
    assert [(d.subject.name if d.subject else None, str(d.value), d.own_voice) for d in found] == [(person, role, True)]


def test_a_role_is_told_once(find: Find) -> None:
    text = "Governor Ferin Aldo spoke at noon. Governor Ferin Aldo then left."
    assert len(told(find(text), "holds_role")) == 1


@pytest.mark.parametrize(
    ("text", "slot", "object_", "share"),
    [
        ("The Shore Front controls most of Drenn province.", "controls", "most of Drenn province", Share(50, 100)),
        ("The army retains full control of the valley.", "controls", "valley", Share(100, 100)),
        ("The bridge is now in rebel hands.", "controls", "bridge", None),
        ("The town is under rebel control.", "controls", "town", None),
        ("Rebels hold roughly a fifth of the city.", "controls", "roughly a fifth of the city", Share(20, 20)),
        (
            "The group has lost more than 60% of its territory.",
            "lost",
            "more than 60% of its territory",
            Share(60, 100),
        ),
        ("The territory that the group seized in 2014 is poor.", "seized", "territory", None),
    ],
)
def test_territory(find: Find, text: str, slot: str, object_: str, share: Share | None) -> None:
    found = [d for d in find(text) if d.slot == slot]
    assert [(d.object.name if d.object else None, d.value) for d in found] == [(object_, share)]


def test_land_that_is_only_hinted_at_is_no_claim(find: Find) -> None:
    assert not told(find("Aid reached rebel-held areas, and the areas they control were calm."), "controls")


def test_what_is_asked_or_supposed_is_no_state(find: Find) -> None:
    assert not told(find("Monitors urged Sarn to stop supplying rifles to the rebels."), "backed_by")
    assert not told(find("If the army holds the town, the road will open."), "controls")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("It struck Pelun, a small town near the Lusk border.", "Pelun", "Pelun, a small town near the Lusk border"),
        ("Gunmen came to Kiss, about 15 miles from Bor.", "Kiss", "Kiss, about 15 miles from Bor"),
        ("They fled to the Ombari port city of Dhul.", "Dhul", "the Ombari port city of Dhul"),
        ("A mine exploded near Besk, in the Anvar valley.", "Besk", "Besk, in the Anvar valley"),
    ],
)
def test_where_a_place_lies(find: Find, text: str, place: str, words: str) -> None:
    found = [d for d in find(text) if d.slot == "located_in"]
    assert [(d.subject.name if d.subject else None, d.evidence[0].quote) for d in found] == [(place, words)]


def test_strength(find: Find) -> None:
    (draft,) = (d for d in find("The militia has about 5,000 fighters.") if d.slot == "strength")
    assert str(draft.value) == "about 5000"


def test_asides_are_the_publishers_and_quotations_the_speakers(find: Find) -> None:
    aside = find("The army said the outlawed Shore Front had fled.")
    quoted = find('"We shot at the outlawed Shore Front," the general said.')
    assert [d.own_voice for d in aside if d.slot == "designated_as"] == [True]
    assert [d.own_voice for d in quoted if d.slot == "designated_as"] == [False]


def test_an_aside_is_told_once(find: Find) -> None:
    text = "The Ombar-led force met on Monday. Soldiers of the Ombar-led force fled on Tuesday."
    assert len(told(find(text), "leads")) == 1


def test_a_known_actor_gives_its_id(annotator: Annotator, lexicons: dict[str, Lexicon]) -> None:
    text = annotator.annotate(Document("The outlawed Shore Front met in May."))
    span = text.chars(13, 24)
    mention = Mention(MentionKind.ACTOR, span, ActorRef("a:shore-front", "Shore Front", "armed_group"))
    (draft,) = (d for d in find_relations(text, (mention,), lexicons) if d.slot == "designated_as")
    assert draft.subject is not None
    assert (draft.subject.id, draft.subject.name) == ("a:shore-front", "Shore Front")


def test_negation(find: Find) -> None:
    drafts = [d for d in find("The gang has no links to the Shore Front.") if d.slot == "linked_to"]
    assert [d.stance for d in drafts] == [Stance.DENIES]


def test_an_empty_text(find: Find) -> None:
    assert find("") == []
