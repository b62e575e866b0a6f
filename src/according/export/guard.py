"""Do no harm: what is taken out of events before any format sees them.

Events, control and target objects younger than `hold_days` are told at first-level areas only, and names of private
persons are withheld: in fields as much as in quotes, titles, links and texts. Where nobody looked for names, no words
are told. A named person may allow places or names; the export says so, and the log too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from according.export.codes import Codes
from according.export.events import ExportClaim, ExportDocument, ExportEvent, Mentions
from according.export.guard_names import GuardRules, guard_rules, longest_first, private_names
from according.model import MentionKind
from according.shapes import AccountJson, ClaimJson, DateRangeJson, MentionJson, PlaceRefJson
from according.values import PlacePrecision

_COARSE = frozenset({PlacePrecision.ADMIN1, PlacePrecision.COUNTRY, PlacePrecision.LARGER})
# Fields that hold words of the report, in claims and accounts.
_WORDS = frozenset({"name", "quote", "text", "group", "word", "role", "speaker", "cue", "speaks_for", "damaged"})
# Degrees with three decimals or more lie closer than any first-level area.
_DEGREES = re.compile(r"\b\d{1,3}[.,]\d{3,}\s*°?\s*[NSEW]?\b")
Scrub = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a named person lets out in spite of the guard, and why."""

    places: bool = False
    names: bool = False
    by: str | None = None
    reason: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """What is allowed, as the log names it."""
        return tuple(name for name, on in (("places", self.places), ("names", self.names)) if on)


@dataclass(frozen=True, slots=True)
class Note:
    """What the guard did to an event: the id of a rule of losses, and the event's name."""

    rule: str
    event: str


@dataclass(frozen=True)
class Guard:
    """Guards events as of one day.

    Args:
        today: the day of the export, ISO 8601.
        codes: for the first-level areas.
        mentions: of the reports; a report that has none listed is unchecked.
        allowed: what is let out in spite of it.
    """

    today: str
    codes: Codes
    mentions: Mentions = field(default_factory=Mentions)
    allowed: Allowed = field(default_factory=Allowed)
    rules: GuardRules = field(default_factory=guard_rules)

    def apply(self, events: Sequence[ExportEvent]) -> tuple[list[ExportEvent], list[Note]]:
        """The events as they may be told, and what was done to them."""
        young = {d.id for event in events if self._is_young(event) for d in event.documents if self._is_new(d)}
        young |= {d.id for event in events for d in event.documents if d.published and self._is_new(d)}
        guarded, notes = [], []
        for event in events:
            changed, rules = self._event(event, young)
            guarded.append(replace(changed, withheld=tuple(rules)))
            notes += [Note(rule, event.name) for rule in rules]
        return guarded, notes

    def _event(self, event: ExportEvent, young: set[str]) -> tuple[ExportEvent, list[str]]:
        rules: list[str] = []
        is_young = self._is_young(event) and not self.allowed.places
        if is_young:
            place = event.summary.place
            rules.append("all#place")
            if place is not None and self._coarse(place).latitude is None:
                rules.append("all#point")
        scrubs = {d.id: self._scrubs(event, d) for d in event.documents}
        if any(s.names for s in scrubs.values()):
            rules.append("all#person")
        if any(s.unchecked for s in scrubs.values()):
            rules.append("all#unchecked")
        documents = {
            d.id: self._document(d, scrubs[d.id], d.id in young and not self.allowed.places) for d in event.documents
        }
        claims = tuple(self._claim(c, scrubs[c.document.id], documents, is_young) for c in event.claims)
        others = tuple(
            self._claim(c, scrubs[c.document.id], documents, self._is_young_claim(c) and not self.allowed.places)
            for c in event.others
        )
        own = Scrubs.joined(scrubs.values())
        accounts = tuple(self._account(a, own, is_young) for a in event.accounts)
        return (
            replace(event, accounts=accounts, documents=tuple(documents.values()), claims=claims, others=others),
            rules,
        )

    # How old something is

    def _limit(self) -> str:
        return (date.fromisoformat(self.today) - timedelta(days=self.rules.hold_days)).isoformat()

    def _is_new(self, document: ExportDocument) -> bool:
        return document.published is None or document.published > self._limit()

    def _is_young(self, event: ExportEvent) -> bool:
        """True where it may have ended within the last days; none is told before it happened, so its reports count."""
        return self._is_recent(event.summary.date, event.documents)

    def _is_young_claim(self, stored: ExportClaim) -> bool:
        claim = stored.claim
        return claim.slot in self.rules.control_slots and self._is_recent(claim.time, [stored.document])

    def _is_recent(self, when: DateRangeJson | None, documents: Iterable[ExportDocument]) -> bool:
        if when is not None and when.end is not None:
            return when.end[:10] > self._limit()
        return all(self._is_new(document) for document in documents)

    # What is taken out

    def _scrubs(self, event: ExportEvent, document: ExportDocument) -> Scrubs:
        claims = [c for c in (*event.claims, *event.others) if c.document.id == document.id]
        text, title = self.mentions.text.get(document.id), self.mentions.title.get(document.id, ())
        if self.allowed.names:
            names: tuple[str, ...] = ()
        else:
            names = private_names(claims, [*(text or ()), *title], self.rules)
        places = _fine_places([c.claim for c in claims], [*(text or ()), *title], self.rules)
        return Scrubs(names, places, text is None and not self.allowed.names, self.rules.marks)

    def _document(self, document: ExportDocument, scrubs: Scrubs, is_young: bool) -> ExportDocument:
        if scrubs.unchecked:
            return replace(document, title=None, url=None, key=None, text=None)
        scrub = scrubs.of(is_young)
        named = scrubs.in_link(document.url)
        return replace(
            document,
            title=scrub(document.title) if document.title else None,
            key=None if is_young or scrubs.in_link(document.key) else document.key,
            url=None if is_young or named else document.url,
            text=None if is_young else scrub(document.text or ""),
        )

    def _claim(
        self, stored: ExportClaim, scrubs: Scrubs, documents: Mapping[str, ExportDocument], is_young: bool
    ) -> ExportClaim:
        content = self._scrubbed(stored.claim.model_dump(mode="json"), scrubs.of(is_young), is_young)
        if scrubs.unchecked:
            content = _without_words(content, self.rules.marks["words"])
        if is_young and stored.claim.slot in self.rules.object_slots:
            content = _without_thing(content, self.rules.marks["object"])
        if is_young and stored.claim.slot in self.rules.control_slots and content["object"] is not None:
            content["object"] = {**content["object"], "id": None}
        return ExportClaim(stored.name, ClaimJson.model_validate(content), documents[stored.document.id])

    def _account(self, account: AccountJson, scrubs: Scrubs, is_young: bool) -> AccountJson:
        content = self._scrubbed(account.model_dump(mode="json"), scrubs.of(is_young), is_young)
        if is_young:
            content["summary"]["damaged"] = [self.rules.marks["object"] for _ in content["summary"]["damaged"]]
        return AccountJson.model_validate(content)

    def _scrubbed(self, value: Any, scrub: Scrub, is_young: bool) -> Any:
        """A JSON value with its words scrubbed and, where young, its places made coarse."""
        if isinstance(value, list):
            return [self._scrubbed(part, scrub, is_young) for part in value]
        if not isinstance(value, dict):
            return value
        if "latitude" in value and "radius_km" in value:
            return self._coarse(PlaceRefJson.model_validate(value)).model_dump(mode="json") if is_young else value
        made: dict[str, Any] = {}
        for key, part in value.items():
            if key in _WORDS and isinstance(part, str):
                made[key] = scrub(part)
            elif key in _WORDS and isinstance(part, list) and all(isinstance(p, str) for p in part):
                made[key] = [scrub(p) for p in part]
            else:
                made[key] = self._scrubbed(part, scrub, is_young)
        return made

    def _coarse(self, place: PlaceRefJson) -> PlaceRefJson:
        """The first-level area of a place, else its country, without a finer point."""
        if place.precision in _COARSE:
            return place
        blank = {"latitude": None, "longitude": None, "radius_km": None, "admin2": None}
        if place.admin1 is None:
            code = place.country
            country = self.codes.country(code)
            named = {"id": f"iso:{code}" if code else None, "name": country.name if country else code or "unknown"}
            return place.model_copy(update={**blank, **named, "precision": PlacePrecision.COUNTRY if code else None})
        area = self.codes.areas.get((place.country or "", place.admin1))
        point = (
            {}
            if area is None
            else {"latitude": area.latitude, "longitude": area.longitude, "radius_km": area.radius_km}
        )
        named = {"id": area.id if area else None, "name": place.admin1}
        return place.model_copy(update={**blank, **point, **named, "precision": PlacePrecision.ADMIN1})


@dataclass(frozen=True)
class Scrubs:
    """What is taken out of one report's words: names of persons, fine places; `unchecked` where nobody looked."""

    names: tuple[str, ...]
    places: tuple[str, ...]
    unchecked: bool
    marks: Mapping[str, str]

    @staticmethod
    def joined(several: Iterable[Scrubs]) -> Scrubs:
        """What is taken out of words that may be of any of several reports."""
        found = list(several)
        names, places = {n for s in found for n in s.names}, {p for s in found for p in s.places}
        return Scrubs(longest_first(names), longest_first(places), any(s.unchecked for s in found), found[0].marks)

    def of(self, is_young: bool) -> Scrub:
        """The function that takes them out of words; places only where young."""
        patterns = [(_pattern(self.names), self.marks["person"])]
        if is_young:
            patterns += [(_pattern(self.places), self.marks["place"]), (_DEGREES, self.marks["place"])]
        used = [(pattern, mark) for pattern, mark in patterns if pattern is not None]

        def scrub(words: str) -> str:
            for pattern, mark in used:
                words = pattern.sub(mark, words)
                words = re.sub(rf"(?:{re.escape(mark)}[\s,-]*)+(?={re.escape(mark)})", "", words)
            return words

        return scrub

    def in_link(self, link: str | None) -> bool:
        """True where an address or key spells a name."""
        parts = set(re.split(r"[\W_]+", (link or "").casefold()))
        return any(set(re.split(r"[\W_]+", name.casefold())) <= parts for name in self.names)


def _pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern for any of the words as they stand, and in capitals; None where there is none."""
    if not words:
        return None
    forms = dict.fromkeys(form for word in words for form in (word, word.upper()))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(form) for form in forms) + r")(?!\w)")


def _fine_places(claims: Iterable[ClaimJson], mentions: Iterable[MentionJson], rules: GuardRules) -> tuple[str, ...]:
    """The words for places that are finer than a first-level area, the longest first."""
    found: set[str] = set()
    coarse: set[str] = set()
    for claim in claims:
        for value in (claim.value, claim.place):
            if isinstance(value, PlaceRefJson):
                _sort_in(
                    value, {value.name, *(s.quote for s in claim.evidence if claim.slot == "place")}, found, coarse
                )
        if claim.slot in rules.control_slots and claim.object is not None:
            found |= {claim.object.name} | ({claim.object.span.quote} if claim.object.span else set())
    for mention in mentions:
        if mention.kind is MentionKind.PLACE and isinstance(mention.value, PlaceRefJson):
            _sort_in(mention.value, {mention.value.name, mention.quote}, found, coarse)
    return longest_first(found - coarse)


def _sort_in(place: PlaceRefJson, words: set[str], found: set[str], coarse: set[str]) -> None:
    if place.precision in _COARSE:
        coarse |= words
        return
    found |= words
    coarse |= {name for name in (place.admin1, place.country) if name}
    if place.admin2:
        found.add(place.admin2)


def _without_words(content: dict[str, Any], mark: str) -> dict[str, Any]:
    """A claim without the report's words; its offsets stay, so that who has the report can look them up."""
    if content["speaker"]["kind"] == "person" and content["speaker"]["id"] is None:
        content["speaker"] = {**content["speaker"], "name": mark, "span": None}
    for key in ("subject", "object"):
        if content[key] is not None and content[key]["id"] is None:
            content[key] = {**content[key], "name": mark, "span": None}
    if content["value"] is not None and "text" in content["value"]:
        content["value"] = {"text": mark}
    if content["value"] is not None and "group" in content["value"]:
        content["value"] = {**content["value"], "group": None}
    content["via"] = [{"speaker": mark, "cue": None} for _ in content["via"]]
    return {**content, "cue": None, "evidence": [{**span, "quote": mark} for span in content["evidence"]]}


def _without_thing(content: dict[str, Any], mark: str) -> dict[str, Any]:
    """A claim about a thing without what the thing is."""
    if content["object"] is not None:
        content["object"] = {"id": None, "name": mark, "span": None}
    if content["value"] is not None and "text" in content["value"]:
        content["value"] = {"text": mark}
    return {**content, "evidence": [{**span, "quote": mark} for span in content["evidence"]]}
