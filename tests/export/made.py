"""Events made by hand of invented reports: an air strike that only the attacker tells of, a bomb in a market."""

from __future__ import annotations

from dataclasses import dataclass, field

from according.contract import to_contract
from according.export.codes import default_codes
from according.export.context import ExportContext
from according.export.events import ExportClaim, ExportDocument, ExportEvent, ExportRun, Mentions
from according.model import (
    About,
    Account,
    ActorRef,
    Certainty,
    Claim,
    Coding,
    Document,
    FindingStatus,
    HarmRow,
    Mention,
    MentionKind,
    Modality,
    Party,
    Range,
    Ref,
    Relation,
    Span,
    Speaker,
    Stance,
    Summary,
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
    Words,
)  # fmt: skip

STRIKE = (
    "Up to 150 militants were killed in air strikes near Tarsah on Saturday, the Meridian Coalition said. "
    "No civilians were harmed. There was no confirmation from the Grey Banner. "
    "Between 145 and 150 were killed at a headquarters, it said. Plains Defence Forces fighters helped. "
    "“They were massing,” Maj Gen Tobin Stroud said. Farmer Pelle Andrin, who saw it, fled. "
    "The Grey Banner holds Tarsah."
)
MARKET = (
    "Dozens of people were killed when a bomb went off in Old Quay market, hospital officials said. "
    "Police said at least 31 people, including five officers, had died. Several were wounded."
)
DAY = DateRange("2018-01-20", "2018-01-20", DatePrecision.DAY, "2018-01-20")
NEAR_TARSAH = PlaceRef(
    "x:tarsah", "Tarsah", 34.56778, 40.93417, PlacePrecision.NEAR, 15.0, "SYR", "Deir ez-Zor", "Abu Kamal"
)
RUN = ExportRun("r0123456789abcdef", "0.1.0", "ab" * 32, None, "2026-07-01")


@dataclass
class Report:
    """A report under construction: finds the spans of its quotes."""

    document: Document
    account: str
    claims: list[Claim] = field(default_factory=list)

    def span(self, quote: str) -> Span:
        start = self.document.text.index(quote)
        return Span(start, start + len(quote), quote)

    def say(self, slot: str, speaker: Speaker, quote: str, /, outside: bool = False, **fields: object) -> Claim:
        accounts = () if outside else (self.account,)
        claim = Claim(self.document.id, slot, speaker, (self.span(quote),), "made#1", accounts=accounts, **fields)  # type: ignore[arg-type]
        self.claims.append(claim)
        return claim


def event_of(
    report: Report, kind: str, summary: Summary, mentions: tuple[Mention, ...] = (), name: str = "lusab-babad-gutih"
) -> tuple[ExportEvent, Mentions]:
    """The event as the store would give it, and the mentions of its report."""
    own = tuple(c.id for c in report.claims if c.accounts)
    account = Account(report.account, report.document.id, kind, Modality.ACTUAL, own, summary=summary)
    contract = to_contract(Coding(report.document, (account,), tuple(report.claims), mentions))
    d = report.document
    document = ExportDocument(
        d.id, "report-" + name, d.sha256, d.key, d.url, d.title, d.publisher, d.published, d.language, d.text
    )
    claims = [ExportClaim(f"{name}-{n}", c, document) for n, c in enumerate(contract.claims)]
    return (
        ExportEvent(
            account.id, name, (contract.accounts[0],), (document,),
            tuple(c for c in claims if c.claim.accounts), tuple(c for c in claims if not c.claim.accounts),
        ),
        Mentions({d.id: contract.mentions}, {d.id: ()}),
    )  # fmt: skip


def strike(published: str | None = "2018-01-24", day: DateRange | None = DAY) -> tuple[ExportEvent, Mentions]:
    """An air strike near an invented town: the attacker claims it, the target is silent, nobody else speaks."""
    document = Document(
        STRIKE, "k1", "https://example.org/news/pelle-andrin-tarsah", "Strikes kill 150, and Pelle Andrin flees Tarsah",
        "Lowland Post", published, "en",
    )  # fmt: skip
    r = Report(document, "a5eed")
    us = Speaker("meridian", "Meridian Coalition", "actor", party=True, span=r.span("Meridian Coalition"))
    paper = Speaker(None, "Lowland Post", "publisher")
    stroud = Speaker(None, "Tobin Stroud", "person", role="Maj Gen", speaks_for="meridian")
    banner = Ref("grey", "Grey Banner", r.span("the Grey Banner"))
    fighters = {"status": PersonStatus.COMBATANT, "group": "militants"}
    r.say("killed", us, "Up to 150 militants were killed", object=banner,
                  value=Count(CountRange(None, 150, CountKind.BOUND), **fighters))  # fmt: skip
    r.say("killed", us, "Between 145 and 150 were killed", object=banner,
          value=Count(CountRange(145, 150, CountKind.BOUND), **fighters))  # fmt: skip
    r.say("occurred", us, "in air strikes", subject=Ref("meridian", "Meridian Coalition"), object=banner,
          value=Code("air_strike"))  # fmt: skip
    r.say("harmed", us, "No civilians were harmed",
          value=Count(CountRange(0, 0, CountKind.NONE), PersonStatus.CIVILIAN, True, "civilians"))  # fmt: skip
    grey = Speaker("grey", "Grey Banner", "actor", party=True)
    r.say("occurred", grey, "There was no confirmation from the Grey Banner", stance=Stance.SILENT)
    if day is not None:
        r.say("date", us, "on Saturday", value=day)
    r.say("place", us, "near Tarsah", value=NEAR_TARSAH)
    r.say("target_object", us, "a headquarters", value=Words("a headquarters"))
    r.say("assisted_by", us, "Plains Defence Forces fighters helped", object=Ref("pdf", "Plains Defence Forces"))
    r.say(
        "activity",
        stroud,
        "They were massing",
        value=Words("They were massing"),
        direct=True,
        cue=r.span("said. Farmer"),
    )
    r.say(
        "holds_role",
        paper,
        "Farmer Pelle Andrin",
        outside=True,
        subject=Ref(None, "Pelle Andrin"),
        value=Words("Farmer"),
    )
    r.say("controls", paper, "The Grey Banner holds Tarsah", outside=True, subject=Ref("grey", "Grey Banner"),
          object=Ref("x:tarsah", "Tarsah", r.span("Tarsah")))  # fmt: skip
    summary = Summary(
        date=day, place=NEAR_TARSAH, weapon="aerial_bomb", killed=Range(145, 145, 150),
        initiators=(Party(Ref("meridian", "Meridian Coalition"), "coalition", None),),
        targets=(Party(Ref("grey", "Grey Banner"), "rebel_group", "SYR"),),
        harm=(HarmRow("killed", "combatant", "militants", "target", 145, 145, 150, FindingStatus.CLAIMED_BY_PARTY),),
        status=FindingStatus.CLAIMED_BY_PARTY,
    )  # fmt: skip
    person = lambda quote, name: Mention(MentionKind.PERSON, r.span(quote), ActorRef(None, name, "person"))  # noqa: E731
    mentions = (
        person("Maj Gen Tobin Stroud", "Tobin Stroud"), person("Farmer Pelle Andrin", "Pelle Andrin"),
        Mention(MentionKind.PLACE, r.span("Tarsah"), NEAR_TARSAH),
    )  # fmt: skip
    return event_of(r, "air_strike", summary, mentions)


def market() -> tuple[ExportEvent, Mentions]:
    """A bomb in a market: nameless officials give a vague word, police a number with a part."""
    r = Report(Document(MARKET, "k2", None, "Bomb in Old Quay", "Coast Agency", "2021-09-07", "en"), "a6eed")
    officials = Speaker(None, "hospital officials", "collective")
    police = Speaker("xx-pol", "Police", "actor")
    r.say("occurred", officials, "a bomb went off", value=Code("ied_mine"))
    r.say("killed", officials, "Dozens of people were killed",
          value=Count(CountRange(24, None, CountKind.VAGUE, "dozens"), group="people"))  # fmt: skip
    whole = r.say("killed", police, "at least 31 people", certainty=Certainty.CERTAIN,
                  value=Count(CountRange(31, None, CountKind.BOUND), group="people"))  # fmt: skip
    r.say("killed", police, "five officers", about=(About(whole.id, Relation.REFINES),),
          value=Count(CountRange(5, 5), PersonStatus.COMBATANT, group="officers"))  # fmt: skip
    r.say("injured", police, "Several were wounded", value=Count(CountRange(2, None, CountKind.VAGUE, "several")))
    month = DateRange("2021-09-01", "2021-09-30", DatePrecision.MONTH, "2021-09")
    place = PlaceRef("x:quay", "Old Quay", 4.25, 6.5, PlacePrecision.EXACT, 1.0, "NGA", "Rivers", None)
    summary = Summary(
        date=month, place=place, killed=Range(24, 31, None), injured=Range(2, 2, None),
        targets=(Party(Ref(None, "people"), "civilians", None),), status=FindingStatus.CORROBORATED,
    )  # fmt: skip
    return event_of(r, "ied_mine", summary, (), "mobof-tirag-dusil")


def context(**fields: object) -> ExportContext:
    """The context of an export long after the events."""
    return ExportContext(RUN, default_codes(), **fields)  # type: ignore[arg-type]


def joined(*mentions: Mentions) -> Mentions:
    """The mentions of several reports."""
    return Mentions(
        {k: v for m in mentions for k, v in m.text.items()}, {k: v for m in mentions for k, v in m.title.items()}
    )
