"""Decisions applied to claims and accounts, with reports that are coded by a lexicon stub."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from according.decision import Act, Anchor, Correction, Decision, HandFinding, Sides
from according.link.api import default_weights, default_words
from according.link.linking import LinkRelation, link
from according.link.rows import AccountRow
from according.model import (
    Account,
    Claim,
    Coding,
    Document,
    Event,
    Finding,
    FindingStatus,
    Modality,
    Range,
    Ref,
    Span,
    Speaker,
    Stance,
    Summary,
    digest,
)
from according.review import Again, Reviewed, apply, event_now, in_force, regrouped, settled, sides_of
from according.values import Code, Count, CountKind, CountRange, DatePrecision, DateRange, PlaceRef, Value

TEXT = (
    "Shells hit the market of Tavo on Monday, the Tavo Guard said. It said that nine men were killed and two hurt. "
    "The Hill League denied that any of its men were killed. A bridge near Sarn was blown up on the same day."
)
DOCUMENT = Document(text=TEXT, publisher="Tavo Post", published="2022-05-04")
GUARD = Speaker("x1", "Tavo Guard", "actor", party=True)
LEAGUE = Speaker("x2", "Hill League", "actor", party=True)
Lexicon = Mapping[str, tuple[str, Value | None, Speaker, Stance]]


def number(low: int | None, high: int | None = None) -> Count:
    kind = CountKind.EXACT if low == high else CountKind.BOUND
    return Count(CountRange(low, high, kind))


DAY = DateRange("2022-05-02", "2022-05-02", DatePrecision.DAY)
LEXICON: Lexicon = {
    "Shells hit the market": ("occurred", Code("shelling_missile"), GUARD, Stance.ASSERTS),
    "on Monday": ("date", DAY, GUARD, Stance.ASSERTS),
    "market of Tavo": ("place", PlaceRef("g1", "Tavo", 10.0, 20.0), GUARD, Stance.ASSERTS),
    "nine men were killed": ("killed", number(9, 9), GUARD, Stance.ASSERTS),
    "two hurt": ("injured", number(2, 2), GUARD, Stance.ASSERTS),
    "any of its men were killed": ("killed", number(0, 0), LEAGUE, Stance.DENIES),
    "bridge near Sarn was blown up": ("occurred", Code("property_destruction"), GUARD, Stance.ASSERTS),
}


def span(quote: str, document: Document = DOCUMENT) -> Span:
    start = document.text.index(quote)
    return Span(start, start + len(quote), quote)


def coded(lexicon: Lexicon = LEXICON, document: Document = DOCUMENT, ids: str = "a") -> Coding:
    """A stub of coding: each phrase of the lexicon that stands in the text is a claim; the bridge is another event."""
    accounts = tuple(ids + digest(document.id, n) for n in (1, 2))
    claims = []
    for phrase, (slot, value, speaker, stance) in lexicon.items():
        if phrase in document.text:
            home = accounts[1] if "bridge" in phrase else accounts[0]
            subject = Ref("x1", "Tavo Guard") if slot == "occurred" else None
            claims.append(
                Claim(document.id, slot, speaker, (span(phrase, document),), f"stub#{phrase[:4].strip()}", value=value,
                      stance=stance, accounts=(home,), subject=subject)
            )  # fmt: skip
    made = []
    for home, kind in zip(accounts, ("shelling_missile", "property_destruction"), strict=True):
        own = [c for c in claims if home in c.accounts]
        killed = next((c.value.range for c in own if c.slot == "killed" and isinstance(c.value, Count)), None)
        toll = None if killed is None else Range(killed.low, killed.stated, killed.high)
        summary = Summary(date=DAY, killed=toll)
        made.append(Account(home, document.id, kind, Modality.ACTUAL, tuple(c.id for c in own), None, summary))
    return Coding(document, tuple(made), tuple(claims))


CODING = coded()
CLAIMS = {(c.slot, c.stance): c for c in reversed(CODING.claims)}
KILLED, DENIED = CLAIMS["killed", Stance.ASSERTS], CLAIMS["killed", Stance.DENIES]
SHELLING, BRIDGE = CODING.accounts
ON_SHELLING, ON_BRIDGE = (Anchor(a.id, a.claims) for a in CODING.accounts)


def decided(*acts: Decision) -> list[Decision]:
    """Decisions with their numbers, as the store gives them."""
    return [replace(d, number=n) for n, d in enumerate(acts, start=1)]


def act(kind: Act, by: str = "Ana", **about: object) -> Decision:
    return Decision(kind, by, "2022-06-01T10:00:00+00:00", **about)  # type: ignore[arg-type]


def judge(kind: Act, claim: Claim = KILLED, by: str = "Ana", **more: object) -> Decision:
    return act(kind, by, claim=claim.id, seen=claim, **more)


def reviewed(*acts: Decision, coding: Coding = CODING) -> Reviewed:
    return apply(coding.claims, coding.accounts, decided(*acts))


def of(result: Reviewed, claim: Claim = KILLED):  # type: ignore[no-untyped-def]
    return next(c for c in result.claims if c.id == claim.id)


def test_without_decisions_all_is_as_the_machine_has_it() -> None:
    result = reviewed()
    assert result.codings([CODING]) == [CODING]
    assert all(c.claim == c.machine and c.verdict is None for c in result.claims)
    assert not result.questions


def test_a_rejected_claim_leaves_the_accounts_and_stays_visible() -> None:
    result = reviewed(judge(Act.REJECT, reason="a misreading"))
    assert of(result).is_rejected
    assert of(result).claim == KILLED
    assert KILLED not in result.standing
    shelling = result.accounts[0]
    assert KILLED.id not in shelling.claims
    assert set(shelling.claims) < set(SHELLING.claims)
    assert shelling.summary.killed is None  # the denial is no number of dead
    assert shelling.summary.date == SHELLING.summary.date
    assert result.accounts[1] == BRIDGE


@pytest.mark.parametrize("kind", [Act.ACCEPT, Act.UNSURE])
def test_accepted_and_doubted_claims_count_as_they_are(kind: Act) -> None:
    result = reviewed(judge(kind))
    assert of(result).verdict is kind
    assert of(result).claim == of(result).machine == KILLED
    assert result.codings([CODING]) == [CODING]
    assert [q.why for q in result.questions] == ([Again.UNSURE] if kind is Act.UNSURE else [])


def test_a_corrected_claim_carries_both() -> None:
    result = reviewed(judge(Act.CORRECT, correction=Correction(value=number(7, 9))))
    found = of(result)
    assert found.claim.value == number(7, 9)
    assert found.machine == KILLED
    assert found.claim.origin.startswith("decision#n")
    assert found.machine.origin == "stub#nine"
    assert result.accounts[0].summary.killed == Range(7, 7, 9)
    assert result.accounts[0].claims == SHELLING.claims


def test_a_correction_of_the_stance_keeps_the_id_that_decisions_hang_on() -> None:
    result = reviewed(
        judge(Act.CORRECT, DENIED, correction=Correction(stance=Stance.DOUBTS)), judge(Act.ACCEPT, DENIED)
    )
    found = of(result, DENIED)
    assert found.claim.stance is Stance.DOUBTS
    assert found.claim.id != found.id
    assert found.claim.id in result.accounts[0].claims
    assert found.id not in result.accounts[0].claims


def test_corrections_add_up_and_judgements_supersede() -> None:
    result = reviewed(
        judge(Act.CORRECT, correction=Correction(value=number(7, 9))),
        judge(Act.CORRECT, correction=Correction(speaker=LEAGUE)),
        judge(Act.CORRECT, correction=Correction(value=number(8, 8))),
        judge(Act.REJECT),
        judge(Act.ACCEPT),
    )
    found = of(result)
    assert (found.claim.value, found.claim.speaker) == (number(8, 8), LEAGUE)
    assert found.verdict is Act.ACCEPT
    assert len(found.decisions) == 5


def test_a_correction_can_clear() -> None:
    first = CODING.claims[0]
    assert (
        of(reviewed(judge(Act.CORRECT, first, correction=Correction(cleared=("subject",)))), first).claim.subject
        is None
    )
    for wrong in ({}, {"cleared": ("slot",)}, {"cleared": ("value",), "value": Code("x")}):
        with pytest.raises(ValueError, match=r"correct|clear"):
            Correction(**wrong)


def added(quote: str = "hit the market", slot: str = "target_object") -> Claim:
    return Claim(DOCUMENT.id, slot, GUARD, (span(quote),), "by_hand", accounts=(SHELLING.id,))


def test_an_added_claim_stands_and_can_be_rejected() -> None:
    new = added()
    result = reviewed(act(Act.ADD, added=new, to=(ON_SHELLING,)))
    assert of(result, new).verdict is Act.ADD
    assert of(result, new).machine is None
    assert result.accounts[0].claims == (*SHELLING.claims, new.id)
    again = reviewed(act(Act.ADD, added=new, to=(ON_SHELLING,)), judge(Act.REJECT, new, "Ben"))
    assert of(again, new).is_rejected
    assert again.accounts[0].claims == SHELLING.claims


def test_an_added_claim_that_newer_rules_find_too_stands_once() -> None:
    new = added()
    more = {**LEXICON, "hit the market": ("target_object", None, LEAGUE, Stance.ASSERTS)}
    result = reviewed(act(Act.ADD, added=new, to=(ON_SHELLING,)), coding=coded(more))
    [found] = [c for c in result.claims if c.id == new.id]
    assert found.claim.speaker == GUARD
    assert found.machine is not None
    assert found.machine.speaker == LEAGUE


def test_claims_move_between_accounts_and_out_of_all() -> None:
    moved = reviewed(act(Act.MOVE, claim=KILLED.id, seen=KILLED, to=(ON_BRIDGE,)))
    assert KILLED.id in moved.accounts[1].claims
    assert KILLED.id not in moved.accounts[0].claims
    assert moved.accounts[1].summary.killed == Range(9, 9, 9)
    assert moved.accounts[0].summary.killed is None
    out = reviewed(act(Act.MOVE, claim=KILLED.id, seen=KILLED))
    assert all(KILLED.id not in a.claims for a in out.accounts)
    assert KILLED.id in {c.id for c in out.standing}


def test_a_created_event_takes_its_claims_over() -> None:
    injured = CLAIMS["injured", Stance.ASSERTS]
    new = Account("a" + digest("new"), DOCUMENT.id, "armed_clash", Modality.ACTUAL, (injured.id,))
    result = reviewed(act(Act.CREATE, created=new))
    assert [a.id for a in result.accounts] == [SHELLING.id, BRIDGE.id, new.id]
    assert result.accounts[2].claims == (injured.id,)
    assert result.accounts[2].summary.injured == Range(2, 2, 2)
    assert injured.id not in result.accounts[0].claims


def test_links_are_judged_and_the_last_judgement_binds() -> None:
    result = reviewed(
        act(Act.SAME, accounts=(ON_SHELLING,), to=(ON_BRIDGE,), score=-1.5),
        act(Act.PART_OF, accounts=(ON_BRIDGE,), to=(ON_SHELLING,)),
        act(Act.DIFFERENT, accounts=(ON_BRIDGE,), to=(ON_SHELLING,), score=0.25),
    )
    [found] = result.links
    assert (found.a, found.b) == tuple(sorted((SHELLING.id, BRIDGE.id)))
    assert (found.relation, found.score) == (Act.DIFFERENT, 0.25)
    [verdict] = result.verdicts()
    assert verdict.relation is LinkRelation.DIFFERENT
    [part] = reviewed(act(Act.PART_OF, accounts=(ON_BRIDGE,), to=(ON_SHELLING,))).links
    assert (part.a, part.b) == (BRIDGE.id, SHELLING.id)


def test_a_moved_account_joins_one_event_and_leaves_the_other() -> None:
    third = Anchor("a3")
    more = Account("a3", DOCUMENT.id, "armed_clash", Modality.ACTUAL, ())
    acts = decided(act(Act.MOVE, accounts=(ON_SHELLING, third), to=(ON_BRIDGE,)))
    links = apply(CODING.claims, (*CODING.accounts, more), acts).links
    assert {(frozenset((x.a, x.b)), x.relation) for x in links} == {
        (frozenset((SHELLING.id, "a3")), Act.DIFFERENT),
        (frozenset((SHELLING.id, BRIDGE.id)), Act.SAME),
    }


# Newer rules


def test_decisions_survive_newer_rules_where_the_claim_is_the_same() -> None:
    acts = (judge(Act.REJECT), judge(Act.CORRECT, DENIED, correction=Correction(value=number(0, 1))))
    newer = {**LEXICON, "A bridge": ("damaged", None, GUARD, Stance.ASSERTS)}
    newer["market of Tavo"] = ("place", PlaceRef("g77", "Tavo", 10.5, 20.5), GUARD, Stance.ASSERTS)
    coding = coded(newer, ids="b")  # the report is cut otherwise too
    result = reviewed(*acts, coding=coding)
    assert of(result).is_rejected
    assert of(result, DENIED).claim.value == number(0, 1)
    assert not result.questions


def test_a_decision_whose_claim_is_gone_comes_up_again() -> None:
    newer = {k: v for k, v in LEXICON.items() if k != "nine men were killed"}
    newer["that nine men were killed"] = LEXICON["nine men were killed"]
    coding = coded(newer)
    result = reviewed(judge(Act.CORRECT, correction=Correction(value=number(7, 7))), coding=coding)
    [question] = result.questions
    assert question.why is Again.GONE
    assert "not read from the report any more" in question.message
    [now] = [c for c in coding.claims if c.evidence[0].quote.startswith("that nine")]
    assert question.candidates == (now.id,)
    assert result.codings([coding]) == [coding]


def test_a_decision_comes_up_again_where_the_same_words_are_read_otherwise() -> None:
    newer = {**LEXICON, "nine men were killed": ("killed", number(9), GUARD, Stance.ASSERTS)}
    result = reviewed(judge(Act.ACCEPT), coding=coded(newer))
    assert [q.why for q in result.questions] == [Again.CHANGED]
    assert of(result).verdict is Act.ACCEPT


def test_links_and_moves_find_their_accounts_again_under_new_ids() -> None:
    again = coded(ids="b")
    acts = (
        act(Act.SAME, accounts=(ON_SHELLING,), to=(ON_BRIDGE,)),
        act(Act.MOVE, claim=KILLED.id, seen=KILLED, to=(ON_BRIDGE,)),
    )
    result = reviewed(*acts, coding=again)
    assert {result.links[0].a, result.links[0].b} == {a.id for a in again.accounts}
    assert KILLED.id in result.accounts[1].claims
    assert not result.questions


def test_links_whose_accounts_are_gone_or_joined_come_up_again() -> None:
    gone = reviewed(act(Act.SAME, accounts=(Anchor("a9", ("c9",)),), to=(ON_BRIDGE,)))
    assert [q.why for q in gone.questions] == [Again.GONE]
    assert gone.links == ()
    [whole] = [replace(SHELLING, id="b1", claims=SHELLING.claims + BRIDGE.claims)]
    acts = decided(act(Act.DIFFERENT, accounts=(ON_SHELLING,), to=(ON_BRIDGE,)))
    joined = apply(CODING.claims, [whole], acts)
    assert [q.why for q in joined.questions] == [Again.JOINED]
    assert joined.links == ()


def test_two_who_disagree_come_up_again() -> None:
    apart = reviewed(judge(Act.ACCEPT, by="Ana"), judge(Act.REJECT, by="Ben"))
    assert [q.why for q in apart.questions] == [Again.DISAGREEMENT]
    assert "Ben has reject, Ana has accept" in apart.questions[0].message
    assert of(apart).is_rejected
    agreed = reviewed(judge(Act.ACCEPT, by="Ana"), judge(Act.REJECT, by="Ben"), judge(Act.REJECT, by="Ana"))
    assert not agreed.questions


# Events


def event(*accounts: str) -> Event:
    made = Finding(
        "killed", FindingStatus.CONTESTED, "range", "1", low=0, best=9, high=9, claims=(KILLED.id,), speakers=2
    )
    return Event("e" + digest(accounts[0]), accounts, "shelling_missile", (made,))


def test_a_finding_by_hand_takes_the_place_of_the_rules_and_keeps_its_claims() -> None:
    hand = HandFinding("killed", low=8, best=9, high=9)
    result = reviewed(act(Act.FINDING, accounts=(ON_SHELLING,), finding=hand, reason="the list of names"))
    done = settled(event(SHELLING.id), result)
    found = done.finding("killed")
    assert found is not None
    assert found.range == Range(8, 9, 9)
    assert (found.rule, found.claims, found.status) == ("by_hand", (KILLED.id,), FindingStatus.CONTESTED)
    assert settled(event(BRIDGE.id), result) == event(BRIDGE.id)


def test_findings_by_hand_supersede_and_add_slots() -> None:
    anchors = (ON_SHELLING,)
    acts = [
        act(Act.FINDING, accounts=anchors, finding=HandFinding("killed", low=n, best=n, high=n), reason="r")
        for n in (3, 4)
    ]
    kind = act(Act.FINDING, accounts=anchors, finding=HandFinding("event_type", value=Code("air_strike")), reason="r")
    done = settled(event(SHELLING.id), reviewed(*acts, kind))
    assert [f.slot for f in done.findings] == ["killed", "event_type"]
    assert done.findings[0].best == 4
    assert done.event_type == "air_strike"


def test_sides_hang_on_the_event_and_come_up_where_it_changed() -> None:
    chosen = [
        act(Act.SIDES, accounts=(ON_SHELLING,), sides=Sides((("dyad_name", name),), "a", "b"))
        for name in ("A - B", "A - C")
    ]
    result = reviewed(*chosen)
    alone, joined = event(SHELLING.id), event(SHELLING.id, BRIDGE.id)
    found = sides_of(joined, result)
    assert found is not None
    assert found.sides == chosen[1].sides
    assert sides_of(event(BRIDGE.id), result) is None
    assert regrouped([alone], result) == ()
    [question] = regrouped([joined], result)
    assert (question.why, question.candidates) == (Again.REGROUPED, (BRIDGE.id,))


def test_old_ids_of_events_lead_to_what_they_became() -> None:
    joined = event(SHELLING.id, BRIDGE.id)
    for old in (joined.id, event(BRIDGE.id).id, BRIDGE.id):
        assert event_now(old, [joined]) == joined
    assert event_now("e0", [joined]) is None


# Undoing


def test_merge_then_split_gives_the_same_bytes() -> None:
    merge = act(Act.SAME, accounts=(ON_SHELLING,), to=(ON_BRIDGE,))
    before = reviewed().state
    [one] = decided(merge)
    assert apply(CODING.claims, CODING.accounts, [one]).state != before
    both = decided(merge, act(Act.UNDO, undoes=(one.id,)))
    assert apply(CODING.claims, CODING.accounts, both).state == before


def test_merge_then_split_gives_the_same_events() -> None:
    def row(key: str, name: str) -> AccountRow:
        return AccountRow(key, "shelling_missile", DAY, PlaceRef(None, name, 10.0, 20.0, country="QQA"))

    rows = [
        row(SHELLING.id, "Tavo"),
        replace(row(BRIDGE.id, "Sarn"), date=DateRange("2019-01-01", "2019-01-01", DatePrecision.DAY)),
    ]

    def events(*acts: Decision) -> dict[str, str]:
        linked = link(rows, default_weights(), default_words(), reviewed(*acts).verdicts())
        return {key: linked.event_of(n) for n, key in enumerate(linked.table.keys)}

    merge = act(Act.SAME, accounts=(ON_SHELLING,), to=(ON_BRIDGE,))
    split = act(Act.DIFFERENT, accounts=(ON_BRIDGE,), to=(ON_SHELLING,))
    assert len(set(events().values())) == 2
    assert len(set(events(merge).values())) == 1
    assert events(merge, split) == events()


def test_an_undo_can_be_undone() -> None:
    first, undo = decided(judge(Act.REJECT), act(Act.UNDO, undoes=("n0",)))
    undo = replace(undo, undoes=(first.id,))
    redo = act(Act.UNDO, number=3, undoes=(undo.id,))
    assert in_force([first, undo]) == ()
    assert in_force([first, undo, redo]) == (first,)


def _random_act(kind: Act, pick: random.Random) -> Decision:
    claim = pick.choice(CODING.claims)
    by, ends = pick.choice(["Ana", "Ben"]), pick.sample([ON_SHELLING, ON_BRIDGE], 2)
    match kind:
        case Act.CORRECT:
            n = pick.randrange(20)
            wrong = (
                Correction(value=number(n, n)) if pick.random() < 0.7 else Correction(stance=pick.choice(list(Stance)))
            )
            return judge(kind, claim, by, correction=wrong)
        case Act.ADD:
            return act(kind, by, added=added(pick.choice(["hit the market", "the market"])), to=(ends[0],))
        case Act.CREATE:
            name = f"a{pick.randrange(3)}"
            return act(kind, by, created=Account(name, DOCUMENT.id, "armed_clash", Modality.ACTUAL, (claim.id,)))
        case Act.MOVE if pick.random() < 0.5:
            return act(kind, by, claim=claim.id, seen=claim, to=tuple(ends[: pick.randrange(2)]))
        case Act.MOVE | Act.SAME | Act.DIFFERENT | Act.PART_OF:
            return act(kind, by, accounts=(ends[0],), to=(ends[1],))
        case Act.SIDES:
            return act(kind, by, accounts=(ends[0],), sides=Sides((), pick.choice("ab"), "b"))
        case Act.FINDING:
            return act(kind, by, accounts=(ends[0],), finding=HandFinding("killed", best=pick.randrange(9)), reason="r")
        case _:
            return judge(kind, claim, by)


def _sequence(kinds: Sequence[Act], seed: int) -> list[Decision]:
    """Random decisions, undos of earlier ones (single and in bulk) among them."""
    pick, made = random.Random(seed), []
    for n, kind in enumerate(kinds, start=1):
        if kind is Act.UNDO and made:
            chosen = pick.sample(made, pick.randint(1, min(3, len(made))))
            made.append(act(kind, number=n, undoes=tuple(sorted(d.id for d in chosen))))
        else:
            made.append(replace(_random_act(Act.REJECT if kind is Act.UNDO else kind, pick), number=n))
    return made


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(list(Act)), min_size=1, max_size=12), st.integers(0, 10**6), st.integers(1, 5))
def test_undoing_gives_back_the_identical_state(kinds: list[Act], seed: int, last: int) -> None:
    made = _sequence(kinds, seed)
    taken = made[-last:]
    undo = act(Act.UNDO, number=len(made) + 1, undoes=tuple(d.id for d in taken))
    before = apply(CODING.claims, CODING.accounts, made[:-last]).state
    assert apply(CODING.claims, CODING.accounts, [*made, undo]).state == before
    redo = act(Act.UNDO, number=len(made) + 2, undoes=(undo.id,))
    assert (
        apply(CODING.claims, CODING.accounts, [*made, undo, redo]).state
        == apply(CODING.claims, CODING.accounts, made).state
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(list(Act)), min_size=1, max_size=10), st.integers(0, 10**6))
def test_what_stands_is_whole_and_the_order_of_handing_in_has_no_say(kinds: list[Act], seed: int) -> None:
    made = _sequence(kinds, seed)
    result = apply(CODING.claims, CODING.accounts, made)
    mixed = list(made)
    random.Random(seed).shuffle(mixed)
    assert apply(CODING.claims, CODING.accounts, mixed).state == result.state
    standing = {c.id for c in result.standing}
    for account in result.accounts:
        assert set(account.claims) <= standing
        assert len(set(account.claims)) == len(account.claims)
    rejected = {c.id for c in result.claims if c.is_rejected}
    assert {c.id for c in CODING.claims} <= {c.id for c in result.claims}
    assert not rejected & {c.id for c in result.claims if not c.is_rejected}


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: act(Act.REJECT, by=" ", claim="c1"),
        lambda: act(Act.REJECT),
        lambda: act(Act.CORRECT, claim="c1"),
        lambda: act(Act.FINDING, accounts=(ON_SHELLING,), finding=HandFinding("killed", low=1)),
        lambda: act(Act.MOVE),
        lambda: Decision(Act.UNDO, "Ana", "", undoes=("n1",)),
        lambda: HandFinding("killed"),
        lambda: HandFinding("killed", low=9, high=3),
        lambda: Sides((), "a", "c"),
        lambda: Sides((("b", "1"), ("a", "1")), "a", "b"),
    ],
)
def test_what_is_no_decision_is_refused(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=r"\w"):
        wrong()
