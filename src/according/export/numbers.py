"""The numbers of each event by every rule of reconciling, made before the guard hides who is who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from according.export.events import ExportDocument, ExportEvent, Mentions
from according.from_contract import claim_from, value_from
from according.link.copies import copy_groups
from according.model import Claim, Coding, Document, Finding, Mention, Span
from according.reconcile.findings import findings_of
from according.reconcile.names import Names, names_of
from according.reconcile.rules import RULES
from according.reconcile.telling import Telling
from according.reconcile.words import WordLists, load_word_lists
from according.rules import DATA
from according.shapes import MentionJson

_HARM = frozenset({"occurred", "killed", "injured"})
BY_HAND = "by_hand"


def with_numbers(events: Sequence[ExportEvent], mentions: Mentions) -> list[ExportEvent]:
    """The events with findings on what happened and how many were killed and injured, by every rule.

    Findings that a person set by hand stay, and stand before those of the rules. Values and names are left out of the
    findings: the claims have them, and the guard sees to them there.
    """
    documents = {d.id: d for event in events for d in event.documents}
    claims = {
        (c.document.id, c.claim.id): claim_from(c.claim, c.document.id)
        for event in events
        for c in (*event.claims, *event.others)
    }
    names = names_of(_codings(documents, claims, mentions), _words())
    groups = copy_groups(sorted((d.id, d.text) for d in documents.values() if d.text))
    return [replace(event, findings=_findings(event, claims, names, groups)) for event in events]


@cache
def _words() -> WordLists:
    return load_word_lists(DATA / "vocabulary")


def _codings(
    documents: Mapping[str, ExportDocument], claims: Mapping[tuple[str, str], Claim], mentions: Mentions
) -> list[Coding]:
    own: dict[str, list[Claim]] = {identifier: [] for identifier in documents}
    for (identifier, _), claim in claims.items():
        own[identifier].append(claim)
    return [
        Coding(
            noun_of(documents[identifier]),
            claims=tuple(found),
            mentions=tuple(map(_mention, mentions.text.get(identifier, ()))),
        )
        for identifier, found in sorted(own.items())
    ]


def _mention(mention: MentionJson) -> Mention:
    return Mention(mention.kind, Span(mention.start, mention.end, mention.quote), value_from(mention.value))


def noun_of(document: ExportDocument) -> Document:
    """The report as the rules of reconciling take it; only before the guard is its text whole."""
    d = document
    return Document(d.text or "", d.key, d.url, d.title, d.publisher, d.published, d.language)


def _findings(
    event: ExportEvent, claims: Mapping[tuple[str, str], Claim], names: Names, groups: Mapping[str, str]
) -> tuple[Finding, ...]:
    nouns = {d.id: noun_of(d) for d in event.documents}
    tellings = [
        Telling(
            claims[c.document.id, c.claim.id], event.accounts[0].id, nouns[c.document.id], c.document.published,
            groups.get(c.document.id),
        )
        for c in event.claims
    ]  # fmt: skip
    by_hand = [f for f in event.findings if f.rule == BY_HAND]
    made = [f for rule in RULES for f in findings_of(tellings, names, rule) if f.slot in _HARM]
    return tuple(replace(f, value=None, refs=()) for f in (*by_hand, *made))
