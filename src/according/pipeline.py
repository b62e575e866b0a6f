"""The straight line: one document in, its claims and accounts out.

    Document -> Text -> mentions -> voices and triggers -> drafts -> accounts -> claims -> summaries

`code` is pure: it touches no network, clock or database, and depends on the document and the kit alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from according.annotate import Annotator, Text
from according.annotate.casing import load_casing
from according.annotate.pipeline import load_language
from according.components import Kit
from according.contract import load_slots
from according.extract.assemble import Assembly
from according.extract.attribution import find_voices
from according.extract.circumstances import find_circumstances
from according.extract.coreference import Cast
from according.extract.damage import find_damage
from according.extract.draft import Draft
from according.extract.events import dated, is_fine_place, nearest_place, occurred, placed
from according.extract.figures import figures
from according.extract.harm import find_harm
from according.extract.leftovers import unread_counts
from according.extract.listing import Line, find_lines, in_line, read_lines, triggers_of
from according.extract.negation import find_denials
from according.extract.parties import Parties, actors_by_name
from according.extract.relations import find_relations
from according.extract.responses import find_responsibility, responses
from according.extract.triggers import Trigger, find_triggers
from according.extract.voices import Voices
from according.extract.weapons import find_weapons
from according.group import Group, account_id, group
from according.model import Account, Claim, Coding, Document, Issue, Mention, MentionKind, Modality, Stance
from according.reconcile import plain_type, summarise
from according.relevance import load_relevance
from according.resolve.actors import load_index
from according.resolve.dates import intervals, load_dates
from according.resolve.places import open_gazetteer
from according.rules import DATA, load_lexicon, load_vocabulary
from according.settings import Settings
from according.values import Code, Count, DateRange

LINE = "listing#line"


def load_kit(settings: Settings | None = None) -> Kit:
    """The parts that the settings choose, loaded once.

    Raises:
        MissingPart: the English pipeline is missing or not the pinned one.
        InvalidRule: a row under data/ is broken.
    """
    lexicons = {path.stem: load_lexicon(path) for path in sorted((DATA / "lexicon").glob("*.csv"))}
    chosen = settings or Settings()
    return Kit(
        Annotator(load_language(), load_casing(DATA / "models")),
        lexicons,
        load_slots(chosen.slots),
        load_vocabulary(DATA / "vocabulary" / "event_types.yaml"),
        load_index(DATA, chosen.actors),
        open_gazetteer(chosen.cache_folder, DATA / "places", chosen.gazetteer),
        load_dates(DATA / "lexicon"),
        load_relevance(DATA / "models" / "relevance.npz"),
    )


@dataclass(frozen=True)
class Reading:
    """What was found in one text before claims are made of it."""

    text: Text
    actors: Sequence[Mention]
    places: Sequence[Mention]
    times: Sequence[Mention]
    weapons: Sequence[Mention]
    voices: Voices
    triggers: Sequence[Trigger]
    harm: Sequence[Draft]
    lines: Sequence[Line]
    issues: Sequence[Issue]


def code(document: Document, kit: Kit) -> Coding:
    """All claims, accounts, mentions, attributions and issues of one document."""
    text = kit.annotator.annotate(document)
    if not text.starts:
        return Coding(document, issues=(Issue("empty_text", "The document holds no words."),))
    reading = read(text, kit)
    drafts = draft(reading, kit)
    groups = group(reading.triggers, drafts, _sentences(text), document.published)
    _place_the_unplaced(reading, drafts, groups)
    made = _claims(reading, drafts, groups, kit)
    claims = list(dict.fromkeys(c for own in made for c in own))
    coding = Coding(
        document,
        _accounts(reading, drafts, groups, made, kit.event_types),
        tuple(claims),
        _mentions(reading, drafts),
        tuple(reading.voices.attributions(text)),
        _issues(reading, drafts, kit),
    )
    return coding if kit.relevance is None else kit.relevance.keep(coding)


def read(text: Text, kit: Kit) -> Reading:
    """Mentions, voices, triggers and harm of a text."""
    times = kit.times.find(text)
    actors, unsure = kit.actors.survey(text)
    places, unplaced = kit.places.find_with_issues(text)
    parties = Parties(text, actors, times, kit.lexicons)
    triggers = parties.of_all(find_triggers(text, kit.lexicons))
    harm = find_harm(text, kit.lexicons, triggers)
    lines = find_lines(text, times, harm)
    if lines:
        rows = read_lines(text, lines, times, kit.lexicons)
        outside = [t for t in triggers if not in_line(lines, text.span(t.start, t.end))]
        triggers = sorted([*outside, *triggers_of(text, lines, rows)], key=lambda t: t.token)
    return Reading(
        text,
        actors,
        places,
        times,
        find_weapons(text, kit.lexicons["weapons"]),
        find_voices(text, kit.lexicons["cues"], kit.lexicons["cue_nouns"]),
        triggers,
        harm,
        lines,
        (*unsure, *unplaced),
    )


def draft(reading: Reading, kit: Kit) -> list[Draft]:
    """Everything that the text says, before anybody knows who says it. Harm comes first: its ties count from there."""
    text, triggers = reading.text, [t for t in reading.triggers if t.origin != LINE]
    drafts = [_in_its_line(text, d, reading.lines) for d in reading.harm]
    drafts += occurred(text, triggers)
    times = intervals(text.document.text, reading.times)
    drafts += dated(text, triggers, [m for m in times if not in_line(reading.lines, m.span)], reading.voices)
    drafts += placed(text, triggers, [m for m in reading.places if not in_line(reading.lines, m.span)], reading.voices)
    drafts += read_lines(text, reading.lines, reading.times, kit.lexicons)
    drafts += find_damage(text, triggers, kit.lexicons)
    drafts += find_circumstances(text, triggers, [*reading.actors, *reading.weapons], kit.lexicons)
    drafts += find_relations(text, [*reading.actors, *reading.places], kit.lexicons)
    drafts += find_responsibility(text, triggers, kit.lexicons)
    drafts = _without_echoes(drafts)
    drafts += responses(text, reading.voices, triggers, drafts)
    return drafts + find_denials(text, reading.voices, drafts)


def _place_the_unplaced(reading: Reading, drafts: list[Draft], groups: Sequence[Group]) -> None:
    """Add a place, with its words, to each event that happened and whose own words put it nowhere below a country."""
    for candidate in groups:
        own = [drafts[i] for i in candidate.drafts]
        if candidate.modality is not Modality.ACTUAL or any(is_fine_place(d.value) for d in own):
            continue
        found = nearest_place(reading.text, [t.token for t in candidate.triggers], reading.places, reading.voices)
        if found is not None:
            candidate.drafts.append(len(drafts))
            drafts.append(found)


def _in_its_line(text: Text, one: Draft, lines: Sequence[Line]) -> Draft:
    """A number in a line of a bulletin belongs to the event of that line."""
    for line in lines:
        if line.start <= one.evidence[0].start < line.end:
            return replace(one, event=text.token_range(line.start, line.end)[0])
    return one


def _without_echoes(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out "the attack" as an event where the words say that somebody is silent or that it is not known."""
    muted = [d for d in drafts if d.stance in {Stance.SILENT, Stance.UNCLEAR}]
    echo = [
        d.slot == "occurred"
        and d not in muted
        and any(m.evidence[0].covers(d.evidence[0]) or d.evidence[0].covers(m.evidence[0]) for m in muted)
        for d in drafts
    ]
    keep = [i for i, drop in enumerate(echo) if not drop]
    return [drafts[i] for i in keep]


def _sentences(text: Text) -> Mapping[int, int]:
    return {i: text.sentence_index(i) for i in range(len(text.starts))}


def _claims(reading: Reading, drafts: Sequence[Draft], groups: Sequence[Group], kit: Kit) -> list[list[Claim]]:
    """The claims that each draft becomes, in the order of the drafts."""
    cast = Cast(reading.text, reading.actors, kit.lexicons["anaphors"])
    assembly = Assembly(reading.text, reading.voices, cast)
    homes = {i: account_id(reading.text.document.id, g) for g in groups for i in g.drafts}
    return assembly.claims(drafts, homes)


def _accounts(
    reading: Reading,
    drafts: Sequence[Draft],
    groups: Sequence[Group],
    claims: Sequence[Sequence[Claim]],
    types: Mapping[str, Mapping[str, object]],
) -> tuple[Account, ...]:
    document = reading.text.document
    ranks = {name: int(str(row["rank"])) for name, row in types.items()}
    names = actors_by_name(reading.actors)
    accounts = []
    for candidate in groups:
        own = list(dict.fromkeys(c for i in candidate.drafts for c in claims[i]))
        if not own:
            continue
        tolls = figures(reading.text, drafts, candidate.drafts, dict(enumerate(claims)))
        kind = plain_type(candidate.event_type(ranks), own)
        accounts.append(
            Account(
                account_id(document.id, candidate),
                document.id,
                kind,
                candidate.modality,
                tuple(c.id for c in own),
                summary=summarise(own, tolls, names),
            )
        )
    return tuple(accounts)


def _mentions(reading: Reading, drafts: Sequence[Draft]) -> tuple[Mention, ...]:
    text = reading.text
    triggers = [
        Mention(MentionKind.TRIGGER, text.span(t.start, t.end), Code(t.event_type), t.origin) for t in reading.triggers
    ]
    cues = [
        Mention(MentionKind.CUE, text.span(*v.cue), None, v.origin) for v in reading.voices.voices if v.cue is not None
    ]
    numbers = [
        Mention(MentionKind.COUNT, d.evidence[0], d.value.range, d.origin) for d in drafts if isinstance(d.value, Count)
    ]
    found = [*reading.actors, *reading.places, *reading.times, *reading.weapons, *triggers, *cues, *numbers]
    return tuple(sorted(dict.fromkeys(found), key=lambda m: (m.span.start, m.span.end, m.kind)))


def _issues(reading: Reading, drafts: Sequence[Draft], kit: Kit) -> tuple[Issue, ...]:
    """What a person should look at: names and dates that could not be settled, and numbers that no claim took."""
    undated = (
        Issue(
            "unanchored_date",
            f"“{m.span.quote}” cannot be dated: the document has no publication date; give one.",
            m.span,
        )
        for m in reading.times
        if reading.text.document.published is None and isinstance(m.value, DateRange) and not m.value.is_anchored
    )
    return (*reading.issues, *undated, *unread_counts(reading.text, drafts, kit.lexicons, reading.voices.voices))


__all__ = ["Reading", "code", "draft", "load_kit", "read"]
