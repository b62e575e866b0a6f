"""The straight line: one document in, its claims and accounts out.

    Document -> Text -> mentions -> voices and triggers -> drafts -> accounts -> claims -> summaries

`code` is pure: it touches no network, clock or database, and depends on the document and the kit alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from according.annotate import Annotator, Text
from according.annotate.pipeline import load_language
from according.components import Kit
from according.extract.assemble import Assembly
from according.extract.attribution import find_voices
from according.extract.coreference import Cast
from according.extract.draft import Draft
from according.extract.events import dated, occurred, placed
from according.extract.harm import find_harm
from according.extract.relations import find_relations
from according.extract.responses import responses
from according.extract.triggers import Trigger, find_triggers
from according.extract.voices import Voices
from according.group import Group, account_id, group
from according.model import Account, Claim, Coding, Document, Issue, Mention, MentionKind
from according.reconcile import summarise
from according.resolve.actors import load_index
from according.resolve.dates import load_dates
from according.resolve.places import open_gazetteer
from according.rules import DATA, load_lexicon, load_vocabulary
from according.settings import Settings
from according.values import Code, Count, DateRange


def load_kit(settings: Settings | None = None) -> Kit:
    """The parts that the settings choose, loaded once.

    Raises:
        MissingPart: the English pipeline is missing or not the pinned one.
        InvalidRule: a row under data/ is broken.
    """
    lexicons = {path.stem: load_lexicon(path) for path in sorted((DATA / "lexicon").glob("*.csv"))}
    chosen = settings or Settings()
    return Kit(
        Annotator(load_language()),
        lexicons,
        load_vocabulary(DATA / "vocabulary" / "slots.yaml"),
        load_vocabulary(DATA / "vocabulary" / "event_types.yaml"),
        load_index(DATA, chosen.actors),
        open_gazetteer(chosen.cache_folder, DATA / "places", chosen.gazetteer),
        load_dates(DATA / "lexicon"),
    )


@dataclass(frozen=True)
class Reading:
    """What was found in one text before claims are made of it."""

    text: Text
    actors: Sequence[Mention]
    places: Sequence[Mention]
    times: Sequence[Mention]
    voices: Voices
    triggers: Sequence[Trigger]


def code(document: Document, kit: Kit) -> Coding:
    """All claims, accounts, mentions, attributions and issues of one document."""
    text = kit.annotator.annotate(document)
    if not text.starts:
        return Coding(document, issues=(Issue("empty_text", "The document holds no words."),))
    reading = read(text, kit)
    drafts = draft(reading, kit)
    groups = group(reading.triggers, drafts, _sentences(text), document.published)
    claims = _claims(reading, drafts, groups, kit)
    return Coding(
        document,
        _accounts(document, groups, claims, kit.event_types),
        tuple(claims),
        _mentions(reading, drafts),
        tuple(reading.voices.attributions(text)),
        _issues(reading),
    )


def read(text: Text, kit: Kit) -> Reading:
    """Mentions, voices and triggers of a text."""
    return Reading(
        text,
        kit.actors.find(text),
        kit.places.find(text),
        kit.times.find(text),
        find_voices(text, kit.lexicons["cues"], kit.lexicons["cue_nouns"]),
        find_triggers(text, kit.lexicons),
    )


def draft(reading: Reading, kit: Kit) -> list[Draft]:
    """Everything that the text says, before anybody knows who says it."""
    text, triggers = reading.text, reading.triggers
    drafts = occurred(text, triggers)
    drafts += dated(text, triggers, reading.times)
    drafts += placed(text, triggers, reading.places)
    drafts += find_harm(text, kit.lexicons, triggers)
    drafts += find_relations(text, [*reading.actors, *reading.places], kit.lexicons)
    return drafts + responses(text, reading.voices, triggers, drafts)


def _sentences(text: Text) -> Mapping[int, int]:
    return {i: text.sentence_index(i) for i in range(len(text.starts))}


def _claims(reading: Reading, drafts: Sequence[Draft], groups: Sequence[Group], kit: Kit) -> list[Claim]:
    cast = Cast(reading.text, reading.actors, kit.lexicons["anaphors"])
    assembly = Assembly(reading.text, reading.voices, cast)
    homes = {i: account_id(reading.text.document.id, g) for g in groups for i in g.drafts}
    return assembly.claims(drafts, homes)


def _accounts(document: Document, groups: Sequence[Group], claims: Sequence[Claim], types: Mapping[str, Mapping[str, object]]) -> tuple[Account, ...]:
    ranks = {name: int(str(row["rank"])) for name, row in types.items()}
    accounts = []
    for candidate in groups:
        identifier = account_id(document.id, candidate)
        own = [c for c in claims if identifier in c.accounts]
        if own:
            accounts.append(
                Account(identifier, document.id, candidate.event_type(ranks), candidate.modality, tuple(c.id for c in own), summary=summarise(own))
            )
    return tuple(accounts)


def _mentions(reading: Reading, drafts: Sequence[Draft]) -> tuple[Mention, ...]:
    text = reading.text
    triggers = [Mention(MentionKind.TRIGGER, text.span(t.start, t.end), Code(t.event_type), t.origin) for t in reading.triggers]
    cues = [Mention(MentionKind.CUE, text.span(*v.cue), None, v.origin) for v in reading.voices.voices if v.cue is not None]
    numbers = [Mention(MentionKind.COUNT, d.evidence[0], d.value.range, d.origin) for d in drafts if isinstance(d.value, Count)]
    found = [*reading.actors, *reading.places, *reading.times, *triggers, *cues, *numbers]
    return tuple(sorted(dict.fromkeys(found), key=lambda m: (m.span.start, m.span.end, m.kind)))


def _issues(reading: Reading) -> tuple[Issue, ...]:
    issues = []
    if reading.text.document.published is None:
        for mention in reading.times:
            if isinstance(mention.value, DateRange) and not mention.value.is_anchored:
                issues.append(Issue("unanchored_date", f"“{mention.span.quote}” cannot be dated: the document has no publication date.", mention.span))
    return tuple(issues)


__all__ = ["Reading", "code", "draft", "load_kit", "read"]
