"""A stand-in for the pipeline: codes one invented report by looking its phrases up, and breaks on command."""

from __future__ import annotations

import os
import signal

from according.engine import Coder, coder_of
from according.model import (
    Account,
    ActorRef,
    Attribution,
    Certainty,
    Claim,
    Coding,
    Confidence,
    Document,
    FindingStatus,
    HarmRow,
    Issue,
    Mention,
    MentionKind,
    Modality,
    Party,
    Range,
    Ref,
    Span,
    Speaker,
    Stance,
    Summary,
    Via,
    digest,
)  # fmt: skip
from according.values import (
    Code,
    Count,
    CountKind,
    CountRange,
    DatePrecision,
    DateRange,
    PersonStatus,
    PlacePrecision,
    PlaceRef,
    Share,
    Words,
)  # fmt: skip

REPORT = (
    "The Orrin Guard said on Tuesday that it had killed up to 30 gunmen 🚑 in an air strike near Orrin. "
    "The Free Column denied that any of its men were killed.\r\n\r\n"
    "“We hold half of the valley,” its spokesman said. There was no comment from the governor."
)


def span(document: Document, quote: str) -> Span | None:
    """Where the quote stands first; None where it does not."""
    start = document.text.find(quote)
    return None if start < 0 else Span(start, start + len(quote), quote)


def _claims(document: Document, account: str) -> list[Claim]:
    def at(quote: str) -> Span:
        found = span(document, quote)
        assert found is not None
        return found

    guard = Speaker("a1", "Orrin Guard", "actor", party=True, span=at("The Orrin Guard"))
    column = Speaker("a2", "Free Column", "actor", party=True, span=at("The Free Column"))
    spokesman = Speaker(None, "Free Column spokesman", "person", role="spokesman", speaks_for="a2")
    here = {"document": document.id, "accounts": (account,), "origin": "fake#1"}
    day = DateRange("2021-03-02", "2021-03-02", DatePrecision.DAY, "2021-03-02")
    place = PlaceRef("g1", "Orrin", 10.5, -3.25, PlacePrecision.NEAR, 10.0, "XXA", "Lowland", None)
    killed = Count(CountRange(None, 30, CountKind.BOUND), PersonStatus.COMBATANT, True, "gunmen")
    none = Count(CountRange(0, 0, CountKind.NONE), PersonStatus.COMBATANT, group="men")
    cue = at("said on")
    return [
        Claim(slot="occurred", speaker=guard, evidence=(at("an air strike near Orrin"),), cue=cue, **here),
        Claim(slot="event_type", speaker=guard, evidence=(at("air strike"),), value=Code("air_strike"), **here),
        Claim(slot="date", speaker=guard, evidence=(at("on Tuesday"),), value=day, **here),
        Claim(slot="place", speaker=guard, evidence=(at("near Orrin"),), value=place, time=day, place=place, **here),
        Claim(slot="killed", speaker=guard, evidence=(at("killed up to 30 gunmen"),), value=killed, cue=cue,
              via=(Via("Lowland Post", None),), said_on=day, **here),
        Claim(slot="killed", speaker=column, evidence=(at("any of its men were killed"),), value=none,
              stance=Stance.DENIES, cue=at("denied"), **here),
        Claim(document=document.id, slot="controls", speaker=spokesman, evidence=(at("We hold half of the valley"),),
              origin="fake#2", subject=Ref("a2", "Free Column"), object=Ref("g2", "the valley", at("the valley")),
              value=Share(50, 50), certainty=Certainty.PROBABLE, direct=True, cue=at("spokesman said")),
        Claim(document=document.id, slot="opinion", speaker=Speaker(None, "the governor", "person"),
              evidence=(at("no comment from the governor"),), origin="fake#3", stance=Stance.SILENT,
              value=Words("no comment")),
    ]  # fmt: skip


def code(document: Document) -> Coding:
    """Code a document: the report by hand, and anything else as holding no claims.

    A text with BREAK raises, one with DIE kills its process, as a bug or a full memory would.
    """
    if "BREAK" in document.text:
        raise RuntimeError("broken on command")
    if "DIE" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if not document.text.startswith(REPORT):
        return Coding(document, issues=(Issue("nothing_found", "The text holds no event"),))
    identifier = "e" + digest(document.id, 1)
    claims = _claims(document, identifier)
    guard, place, number = (span(document, q) for q in ("Orrin Guard", "Orrin.", "up to 30"))
    assert guard is not None
    assert place is not None
    assert number is not None
    summary = Summary(
        date=claims[2].value, place=claims[3].value, weapon="aerial", damaged=("a bridge",), killed=Range(0, 30, 30),
        initiators=(Party(Ref("a1", "Orrin Guard", guard), "state", "XXA", Confidence.CLAIMED),),
        harm=(HarmRow("killed", "combatant", "gunmen", "target", None, 30, 30, FindingStatus.CONTESTED),),
        status=FindingStatus.CLAIMED_BY_PARTY,
    )  # fmt: skip
    own = tuple(c.id for c in claims if identifier in c.accounts)
    return Coding(
        document,
        accounts=(Account(identifier, document.id, "air_strike", Modality.ACTUAL, own, None, summary),),
        claims=tuple(claims),
        mentions=(
            Mention(MentionKind.ACTOR, guard, ActorRef("a1", "Orrin Guard", "state", "XXA")),
            Mention(MentionKind.PLACE, place, claims[3].value),
            Mention(MentionKind.COUNT, number, CountRange(None, 30, CountKind.BOUND)),
            Mention(MentionKind.TRIGGER, claims[1].evidence[0], Code("air_strike")),
        ),
        attributions=(Attribution(guard, claims[0].cue, (claims[0].evidence[0],)),),
        issues=(Issue("unread_number", "A number was read as no quantity", number),),
    )


def make_coder() -> Coder:
    """What stands in for `engine.pipeline_coder`."""
    return coder_of(code)


def missing_coder() -> Coder:
    """A coder that cannot be built, as where a model is not installed."""
    from according.errors import MissingPart

    raise MissingPart("the model is not installed; install it")
