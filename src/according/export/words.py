"""Values as a person would write them."""

from __future__ import annotations

from according import values
from according.shapes import (
    ActorRefJson,
    CodeJson,
    CountJson,
    CountRangeJson,
    DateRangeJson,
    PartyJson,
    PlaceRefJson,
    ShareJson,
    ValueJson,
)  # fmt: skip

ELLIPSIS = " … "


def value_words(value: ValueJson | None) -> str:
    """A value of any type; empty where there is none."""
    match value:
        case None:
            return ""
        case CountJson() | CountRangeJson():
            number = str(values.CountRange(value.low, value.high, value.kind, value.word))
            return " ".join(filter(None, [number, getattr(value, "group", None)]))
        case DateRangeJson():
            return str(values.DateRange(**value.model_dump()))
        case PlaceRefJson():
            return str(values.PlaceRef(**value.model_dump()))
        case ShareJson():
            return str(values.Share(**value.model_dump()))
        case CodeJson():
            return value.code.replace("_", " ")
        case ActorRefJson():
            return value.name
        case _:
            return value.text


def party_words(party: PartyJson) -> str:
    """A party, and how its part is put where it is not plainly reported."""
    return party.name if party.confidence == "reported" else f"{party.name} ({party.confidence})"
