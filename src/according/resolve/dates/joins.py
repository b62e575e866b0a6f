"""How a rule's parts are joined to fields; rules name these functions as `how`."""

from __future__ import annotations

from collections.abc import Mapping

from according.resolve.dates.grammar import Join, Match
from according.resolve.dates.words import Fields

Made = list[tuple[int, int, Fields]]


def merged(match: Match) -> dict[str, int | float | str]:
    """All fields of all parts, later ones over earlier ones."""
    fields: dict[str, int | float | str] = {}
    for key, node in match.parts:
        fields.update(node.fields_as(key))
    return fields


def _one(match: Match, fields: Fields) -> Made:
    return [(match.start, match.end, fields)]


def parts_of(match: Match, kind: str) -> list[Fields]:
    """The fields of the parts that matched as a class."""
    return [node.fields_as(key) for key, node in match.parts if key == f"<{kind}>"]


def merge(match: Match) -> Made:
    """All fields of all parts, later ones over earlier ones."""
    return _one(match, merged(match))


def total(match: Match) -> Made:
    """Tens and units added: "twenty-five", "twenty-first"."""
    values = [node.fields_as(key) for key, node in match.parts if key.startswith("<")]
    amount = sum(float(v.get("n", v.get("nth", 0))) for v in values)
    name = "nth" if any("nth" in v for v in values) else "n"
    return _one(match, {name: int(amount)})


def half_more(match: Match) -> Made:
    """A number and a half."""
    first = next(node.fields_as(key)["n"] for key, node in match.parts if "n" in node.fields_as(key))
    return _one(match, {"n": float(first) + 0.5})


def year(match: Match) -> Made:
    """A year with its era; a plain number is the year."""
    fields = merged(match)
    fields["year"] = int(fields.pop("n", fields.get("year", 0)))
    if any(node.keys & {"c", "ca", "circa"} for _, node in match.parts):
        fields["approx"] = 1
    return _one(match, fields)


def parts(match: Match) -> Made:
    """A list or range of days or years that share month, year or era: one node for each of its parts."""
    shared: dict[str, int | float | str] = {}
    runs: list[tuple[int, int, dict[str, int | float | str]]] = []
    for key, node in match.parts:
        if not key.startswith("<"):
            continue
        fields = dict(node.fields_as(key))
        own = {k: v for k, v in fields.items() if k == "day"}
        if (key in {"<NUM>", "<SHORTYEAR>", "<YEAR>"} and "ERA" in match.rule.phrase) or key == "<YY>":
            own = {"year": int(fields.get("year", fields.get("n", fields.get("yy", 0))))}
        if "year-short" in match.rule.id and key == "<YEAR>":
            own = {"year": int(fields["year"])}
        if own:
            runs.append((node.start, node.end, own))
        shared.update(
            {
                k: v
                for k, v in fields.items()
                if k not in own and k not in {"n", "yy"} and not (k == "year" and "year" in own)
            }
        )
    return [(a, b, shared | own) for a, b, own in _stretched(_century_added(runs), match)]


def _century_added(
    runs: list[tuple[int, int, dict[str, int | float | str]]],
) -> list[tuple[int, int, dict[str, int | float | str]]]:
    """The second year of "1917-18" gets the first one's century."""
    whole: list[tuple[int, int, dict[str, int | float | str]]] = []
    first = int(runs[0][2].get("year", 0)) if runs else 0
    for start, end, own in runs:
        value = int(own.get("year", 0))
        if first >= 1000 and 0 < value < 100:
            own = {"year": first // 100 * 100 + value}
        whole.append((start, end, own))
    return whole


def _stretched(
    runs: list[tuple[int, int, dict[str, int | float | str]]], match: Match
) -> list[tuple[int, int, dict[str, int | float | str]]]:
    """Each part from its first to its last token: the first takes what stands before it, the last what follows it."""
    if not runs:
        return []
    first, last = runs[0], runs[-1]
    if len(runs) == 1:
        return [(match.start, match.end, first[2])]
    return [(match.start, first[1], first[2]), *runs[1:-1], (last[0], match.end, last[2])]


def nth_day(match: Match) -> Made:
    """An ordinal word that is a day of the month."""
    fields = merged(match)
    nth = fields.pop("nth", None)
    if nth is not None:
        fields["day"] = nth
    return _one(match, fields)


def century(match: Match) -> Made:
    """The nineteenth century is 18."""
    fields = merged(match)
    fields["century"] = int(fields.pop("nth")) - 1
    return _one(match, fields)


def quarter(match: Match) -> Made:
    """The first quarter of a year."""
    fields = merged(match)
    nth = int(fields.pop("nth"))
    fields["quarter"] = 4 if nth == -1 else nth
    return _one(match, fields)


def named_unit(match: Match) -> Made:
    """ "Month's end": the unit by its word."""
    units = {"month": "M", "year": "Y", "week": "W", "day": "D", "century": "CE", "decade": "DE"}
    return _one(match, {"unit": units[match.tokens[match.start].form]})


def unit_long(match: Match) -> Made:
    """ "Month-long" is one month, "months-long" some."""
    fields = merged(match)
    return _one(match, fields | ({"vague": 1} if any("<UNITS>" in node.keys for _, node in match.parts) else {"n": 1}))


def span_first(match: Match) -> Made:
    """ "The first three years" (of a date, or of something)."""
    fields = merged(match)
    fields["span"] = -1 if fields.pop("nth") == -1 else 1
    if any(key == "<DATE>" for key, _ in match.parts):
        fields["anchor"] = "date"
    return _one(match, fields)


def nth_unit(match: Match) -> Made:
    """ "The second day": of something that is not named."""
    return merge(match)


def nth_unit_of(match: Match) -> Made:
    """ "The last week of October", "the first Sunday of May"."""
    fields = merged(match)
    fields["anchor"] = "date"
    return _one(match, fields)


def shift_from(match: Match) -> Made:
    """ "Two days after 5 July": the second date is the anchor of the first."""
    fields = merged(match)
    fields["anchor"] = "date"
    return _one(match, fields)


def portion(match: Match) -> Made:
    """ "The latter part of the year" is its end."""
    fields = merged(match)
    words = {"early": "START", "first": "START", "middle": "MID"}
    fields["part"] = next((words[t.form] for t in match.tokens[match.start : match.end] if t.form in words), "END")
    return _one(match, fields)


def within(match: Match) -> Made:
    """ "Later that month", "early this year"."""
    fields = merged(match)
    form = match.tokens[match.start].form
    if form in {"early", "late"}:
        fields["part"] = "START" if form == "early" else "END"
    else:
        fields["within"] = -1 if form == "earlier" else 1
    return _one(match, fields)


def amounts(match: Match) -> Made:
    """ "Five or six days": two amounts of one unit."""
    numbers = [(key, node) for key, node in match.parts if "n" in node.fields_as(key) or "vague" in node.fields_as(key)]
    unit = next(node.fields_as(key)["unit"] for key, node in match.parts if "unit" in node.fields_as(key))
    (key, first), (later, last) = numbers[0], numbers[-1]
    return [
        (match.start, first.end, {**first.fields_as(key), "unit": unit}),
        (last.start, match.end, {**last.fields_as(later), "unit": unit}),
    ]


def moments(match: Match) -> Made:
    """ "Moments later", "hours earlier": some minutes or hours from the last time."""
    later = match.tokens[match.end - 1].form in {"later", "afterwards"}
    unit = "TH" if match.tokens[match.start].form == "hours" else "TM"
    return _one(match, {"unit": unit, "vague": 1, "anchor": "last", "shift": 1 if later else -1})


def carry_month(match: Match) -> Made:
    """ "On 5 July and the 7th": the second day borrows month and year."""
    (_, first), *_, (key, last) = match.parts
    fields = dict(first.fields)
    after = {k: v for k, v in fields.items() if k in {"year", "yy", "era", "month"}} | dict(last.fields_as(key))
    begin = last.start - (match.tokens[last.start - 1].form == "the")
    return [(match.start, first.end, fields), (begin, match.end, after)]


def clock(match: Match) -> Made:
    """A time of day in one of its spellings."""
    fields = merged(match)
    if "hour" not in fields and "n" in fields:
        fields["hour"] = int(fields["n"])
    fields.pop("n", None)
    hour = int(fields["hour"])
    fields.setdefault("minute", 0)
    if hour < 12 and fields.pop("daypart", None) in {"AF", "EV"}:
        fields["hour"] = hour + 12
    if fields.get("meridiem") == "PM" and hour < 12:
        fields["hour"] = hour + 12
    if fields.get("meridiem") == "AM" and hour == 12:
        fields["hour"] = 0
    fields.pop("meridiem", None)
    if any(token.form in {"gmt", "utc", "z"} for token in match.tokens[match.start : match.end]):
        fields["zone"] = "Z"
    return _one(match, fields)


_LEADS: Mapping[str, Fields] = {
    "that": {"anchor": "last", "shift": 0, "unit": "D"},
    "same": {"anchor": "last", "shift": 0, "unit": "D"},
    "this": {"anchor": "near", "shift": 0, "unit": "D"},
    "next": {"anchor": "last", "shift": 1, "unit": "D", "n": 1},
    "following": {"anchor": "last", "shift": 1, "unit": "D", "n": 1},
    "previous": {"anchor": "last", "shift": -1, "unit": "D", "n": 1},
    "last": {"anchor": "told", "shift": -1, "unit": "D", "n": 1},
}


_DEFINITE = frozenset({"the", "dawn", "dusk", "nightfall", "sunrise", "sunset", "daybreak"})


def daypart(match: Match) -> Made:
    """ "That night", "the next morning", "early morning"."""
    fields = merged(match)
    for token in match.tokens[match.start : match.end]:
        fields.update(_LEADS.get(token.form, {}))
        if token.form in _DEFINITE:
            fields["definite"] = 1
    return _one(match, fields)


_HOURS = {"evening": "EV", "night": "NI", "dawn": "DA", "predawn": "DA", "daylight": "DT"}


def hours(match: Match) -> Made:
    """ "The early hours" are of the morning."""
    forms = {token.form for token in match.tokens[match.start : match.end]}
    part = next((code for word, code in _HOURS.items() if word in forms), "MO")
    return _one(match, {"daypart": part})


_HEDGES = {
    **dict.fromkeys(("more", "over"), "MORE_THAN"),
    **dict.fromkeys(("less", "fewer", "under", "nearly", "almost", "close"), "LESS_THAN"),
    **dict.fromkeys(("about", "around", "approximately", "roughly", "some", "circa", "barely"), "APPROX"),
    "up": "EQUAL_OR_LESS",
    "most": "EQUAL_OR_LESS",
    "least": "EQUAL_OR_MORE",
}
_TURNED = {"MORE_THAN": "EQUAL_OR_LESS", "LESS_THAN": "EQUAL_OR_MORE"}
_SHIFTED = {
    ("MORE_THAN", -1): "BEFORE",
    ("LESS_THAN", -1): "AFTER",
    ("MORE_THAN", 1): "AFTER",
    ("LESS_THAN", 1): "BEFORE",
}


def hedge(match: Match) -> Made:
    """A hedge before an amount or a date becomes a TIMEX modifier."""
    fields = merged(match)
    forms = [token.form for token in match.tokens[match.start : match.parts[-1][1].start]]
    mod = next((_HEDGES[form] for form in forms if form in _HEDGES), None)
    if mod is not None and forms[0] in {"no", "not"}:
        mod = _TURNED.get(mod, mod)
    if mod is not None and "shift" in fields:
        mod = _SHIFTED.get((mod, int(fields["shift"])), mod)
    return _one(match, fields if mod is None else fields | {"mod": mod})


JOINS: Mapping[str, Join] = {
    "merge": merge,
    "sum": total,
    "half": half_more,
    "year": year,
    "parts": parts,
    "nth_day": nth_day,
    "nth_of": merge,
    "century": century,
    "quarter": quarter,
    "named_unit": named_unit,
    "unit_long": unit_long,
    "span_first": span_first,
    "nth_unit": nth_unit,
    "nth_unit_of": nth_unit_of,
    "shift_from": shift_from,
    "portion": portion,
    "within": within,
    "carry_month": carry_month,
    "amounts": amounts,
    "moments": moments,
    "clock": clock,
    "daypart": daypart,
    "hours": hours,
    "hedge": hedge,
}
