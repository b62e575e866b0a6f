"""How an event came about: weapon, method, purpose, helpers, and what those hit were doing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from according.annotate import Text
from according.extract.circumstances_activity import find_activities
from according.extract.circumstances_ground import Ground, made
from according.extract.circumstances_helpers import find_helpers
from according.extract.circumstances_weapons import find_weapon_use
from according.extract.circumstances_words import find_methods, find_purposes
from according.extract.draft import Draft
from according.extract.triggers import Trigger
from according.model import Mention, Modality
from according.rules import Lexicon
from according.values import Words


def find_circumstances(
    text: Text, triggers: Sequence[Trigger], mentions: Sequence[Mention], lexicons: Mapping[str, Lexicon]
) -> list[Draft]:
    """Drafts of weapon, method, purpose, activity, assisted_by and further target objects, in the order of the text.

    Args:
        text: the annotated text.
        triggers: the reports of events in it.
        mentions: its actors and weapons.
        lexicons: by name; read are circumstances, circumstances_use, assistance, methods, purposes and people.
    """
    ground = Ground(text, triggers, mentions, lexicons)
    found = [
        *find_weapon_use(ground),
        *find_methods(ground),
        *find_purposes(ground),
        *find_activities(ground),
        *find_helpers(ground),
        *_further_objects(ground),
    ]
    return sorted((_at_home(ground, d) for d in found), key=lambda d: (d.evidence[0].start, d.slot))


def _at_home(ground: Ground, draft: Draft) -> Draft:
    """A draft whose sentence reports no event belongs to the last event before it, else to the first."""
    if draft.event is not None or not ground.triggers:
        return draft
    before = [t.token for t in ground.triggers if t.token < draft.anchor and t.reality.modality is Modality.ACTUAL]
    return replace(draft, event=before[-1] if before else ground.triggers[0].token)


def _further_objects(ground: Ground) -> Iterator[Draft]:
    """Things hit beside the first, which `occurred` names ("strikes on a bakery and a mill"); damage and people are
    claims of their own."""
    for trigger in ground.triggers:
        if trigger.strength == 0 or ground.lexicons["damage"].at(ground.tokens, trigger.token):
            continue
        for token in (ground.tokens[i] for i in trigger.targets[1:]):
            if token.pos_ != "NOUN" or ground.is_people(token):
                continue
            thing = ground.ref(token)
            if thing.span is not None:
                draft = made("target_object", thing.span, token.i, trigger.origin, trigger, trigger.reality)
                yield replace(draft, value=Words(thing.name), object=thing)
