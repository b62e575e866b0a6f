"""Names as the English pipeline labels them: the stand-in for a knowledge base or gazetteer that was not built."""

from __future__ import annotations

from collections.abc import Sequence

from according.annotate import Text
from according.model import ActorRef, Mention, MentionKind
from according.values import DatePrecision, DateRange, PlaceRef

_ACTORS = {"ORG": "organisation", "NORP": "group", "PERSON": "person"}


class PlainActors:
    """Actors and persons by label alone, unresolved."""

    def find(self, text: Text) -> Sequence[Mention]:
        """Mentions of organisations, nationalities and persons."""
        found = []
        for ent in text.doc.ents:
            if ent.label_ in _ACTORS:
                kind = MentionKind.PERSON if ent.label_ == "PERSON" else MentionKind.ACTOR
                span = text.span(ent.start, ent.end)
                found.append(Mention(kind, span, ActorRef(None, span.quote, _ACTORS[ent.label_]), "spacy"))
        return found


class PlainPlaces:
    """Places by label alone, unresolved."""

    def find(self, text: Text) -> Sequence[Mention]:
        """Mentions of places."""
        return [
            Mention(MentionKind.PLACE, span, PlaceRef(None, span.quote), "spacy")
            for ent in text.doc.ents
            if ent.label_ in {"GPE", "LOC", "FAC"}
            for span in [text.span(ent.start, ent.end)]
        ]


class PlainTimes:
    """Times by label alone, unanchored."""

    def find(self, text: Text) -> Sequence[Mention]:
        """Mentions of dates and times."""
        return [
            Mention(MentionKind.TIME, text.span(ent.start, ent.end), DateRange(None, None, DatePrecision.LARGER), "spacy")
            for ent in text.doc.ents
            if ent.label_ in {"DATE", "TIME"}
        ]
