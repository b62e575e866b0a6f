"""The tests that a match must pass; rules name them as `check`."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from according.resolve.dates.grammar import Check, Match
from according.resolve.dates.joins import merged, parts_of
from according.resolve.dates.words import Fields, Token

_MARKS = frozenset({"", ".", ",", ";", ":", "?", "!", ")", "]", '"', "'", "-", "—", "(", "/", "'s"})
_COARSENESS = {"year": 6, "decade": 7, "century": 8, "season": 5, "month": 4, "weekday": 2, "day": 1}
_UNIT_COARSENESS = {"D": 1, "WE": 2, "W": 3, "M": 4, "Q": 5, "Y": 6, "DE": 7, "CE": 8}


def _form(token: Token | None) -> str:
    return "" if token is None else token.form


def _left(match: Match) -> Fields:
    key, node = match.parts[0]
    return node.fields_as(key)


def _right(match: Match) -> Fields:
    key, node = next((k, n) for k, n in reversed(match.parts) if k.startswith("<") and len(k) > 1)
    return node.fields_as(key)


def _is_relative(fields: Fields) -> bool:
    return "shift" in fields or "lead" in fields


def _is_open(fields: Fields) -> bool:
    return any(k in fields for k in ("weekday", "month", "season", "holiday")) and not any(
        k in fields for k in ("year", "yy", "shift", "day")
    )


def _coarseness(fields: Fields) -> int:
    if "unit" in fields and "shift" in fields:
        return _UNIT_COARSENESS.get(str(fields["unit"]), 0)
    return min((_COARSENESS[k] for k in fields if k in _COARSENESS), default=0)


def _ends_phrase(match: Match) -> bool:
    form = _form(match.after)
    return form in _MARKS or form in match.tokens.near.function_words


def _no_noun(match: Match) -> bool:
    after = match.after
    return _ends_phrase(match) or (after is not None and (after.form.endswith(("ed", "ly")) and after.raw.islower()))


def _later_yy(match: Match) -> bool:
    first, last = (
        int(next(iter(node.fields_as(key).values()))) for key, node in match.parts if key in {"<YEAR>", "<YY>"}
    )
    joined = match.nodes[1] is not None and match.nodes[0] is not None and match.nodes[2] is not None
    tokens = match.tokens[match.start : match.end]
    return joined and last > first % 100 and all(a.end == b.start for a, b in itertools.pairwise(tokens))


def _whole_day(match: Match) -> bool:
    nth = next((int(v["nth"]) for v in (n.fields_as(k) for k, n in match.parts) if "nth" in v), 0)
    return any("day" in n.fields_as(k) for k, n in match.parts) or 1 <= nth <= 31


def _list_ends(match: Match) -> bool:
    return not ("year" not in _right(match) and _form(match.after).replace(",", "").isdigit()) and _no_count(match)


def _no_count(match: Match) -> bool:
    """ "On July 5 people" is not asked; "July 10 rebels" neither; but "May 20 people" without a lead is rare enough."""
    return _form(match.after) not in {"%", "percent", "per", "million", "billion"}


def _year_stands(match: Match) -> bool:
    """A bare number is a year where it stands like one."""
    before, after = _form(match.before), match.after
    year = match.parts[-1][1]
    if "<YEARX>" in year.keys:
        return True
    if _form(after) in {"%", "percent", "million", "billion"} or before in {"$", "€", "£"}:
        return False
    apart = match.before is None or "\n" in match.tokens.text[match.before.end : match.tokens[match.start].start]
    if match.before is not None and not apart and match.before.raw[:1].isupper() and not match.before.classes:
        # "Resolution 1701", "Operation 1027": a name's number, unless the text is in capitals or the name ends a clause
        lead = before in match.tokens.near.function_words or before in {
            "during",
            "between",
            "late",
            "early",
            "mid",
            "around",
            "throughout",
            "through",
            "circa",
            "until",
            "year",
        }
        return lead or (match.before.raw.isupper() and len(before) > 3)
    return True


def _ancient(match: Match) -> bool:
    before = _form(match.before)
    return before in {
        "in",
        "by",
        "since",
        "until",
        "from",
        "of",
        "to",
        "between",
        "and",
        "during",
        "(",
    } and _ends_phrase(match)


def _decade_stands(match: Match) -> bool:
    fields = _right(match)
    if "decade" in fields:
        return 100 <= int(fields["decade"]) <= 210 or "era" in merged(match)
    return match.tokens[match.start].form == "the" or _form(match.before) in {"mid", "early", "late", "-"}


def _fits_part(match: Match) -> bool:
    fields = _right(match)
    return "set" not in fields and "clockonly" not in fields


def _unit_nth(match: Match) -> bool:
    return _form(match.after) != "old" and match.tokens[match.start].form != "last"


def _plain_unit(match: Match) -> bool:
    return _form(match.before) not in {"-"} or _form(match.after) != "old"


def _event_then_date(match: Match) -> bool:
    left, right = _left(match), _right(match)
    return left.get("anchor") == "event" and "anchor" not in right


def _finer_relative(match: Match) -> bool:
    left, right = _left(match), _right(match)
    if "shift" in left and "weekday" not in left:
        return False
    return _is_relative(right) and right.get("anchor") != "event" and 0 < _coarseness(left) < _coarseness(right)


def _has(name: str, side: int) -> Check:
    def test(match: Match) -> bool:
        return name in (_left(match) if side == 0 else _right(match))

    return test


def _a_time(match: Match) -> bool:
    before = _form(match.before)
    if match.tokens[match.start].form == "this" and match.start and before in {",", ";", "—", "-"}:
        return False
    return _form(match.after) not in {"zone", "zones", "limit", "table"} and before not in {"first", "last"}


def _plain_part(match: Match) -> bool:
    left, right = _left(match), _right(match)
    return "shift" not in right and "daypart" not in left and "hour" not in left and _coarseness(left) <= 2


def _not_the_former(match: Match) -> bool:
    after = match.after
    if match.tokens[match.start].form != "former":
        return True
    return _form(match.before) != "the" or not (_ends_phrase(match) or _form(after) in {"group", "option"})


def _pointed(match: Match) -> bool:
    """ "That Friday" points back; in "said that Friday's raid" the word only opens a clause."""
    leads = match.tokens.near.month_leads
    return (
        _is_open(_right(match))
        and (_form(match.before) in leads or _form(match.before) in _MARKS or "same" in match.rule.id)
        and (match.tokens[match.start + 1].form != "the")
    )


def _amount(match: Match) -> bool:
    """ "Over two weeks" is a hedge; "over the next two weeks" and "over a two-week period" are not."""
    words = [token.form for token in match.tokens[match.start : match.end]]
    return words[0] != "over" or (
        words[1] not in {"the", "these", "those", "his", "its", "their"} and words[-1] != "period"
    )


def _not_a_name(match: Match) -> bool:
    """ "Ramadan" in "Ramadan Salih" or "Abu Ramadan" names a person."""
    before, after = match.before, match.after
    if match.tokens.capitals:
        return True
    if (
        after is not None
        and after.raw[:1].isupper()
        and not after.classes
        and after.form not in match.tokens.near.function_words
    ):
        return after.form == "offensive"
    named = before is not None and before.raw[:1].isupper() and not before.classes
    return (
        not named or _form(before) in match.tokens.near.function_words or _form(before) in match.tokens.near.year_leads
    )


def _after_at_bare(match: Match) -> bool:
    """Four figures are a time of day after "at": "at 2335", "at approximately 0330"."""
    before = _form(match.before)
    if before in {"approximately", "about", "around", "exactly"} and match.start > 1:
        before = match.tokens[match.start - 2].form
    after = match.after
    return before == "at" and (after is None or _ends_phrase(match) or bool(after.classes))


CHECKS: Mapping[str, Check] = {
    "later_yy": _later_yy,
    "apostrophe": lambda m: m.tokens[m.start].end == m.tokens[m.end - 1].start,
    "whole_day": _whole_day,
    "ends_here": lambda m: (
        _form(m.after) in _MARKS or (m.after is not None and m.tokens[m.end - 1].end + 1 < m.after.start)
    ),
    "no_number_after": lambda m: True,
    "list_ends": _list_ends,
    "year_stands": _year_stands,
    "ancient": _ancient,
    "decade_stands": _decade_stands,
    "right_has_day": _has("day", 1),
    "left_has_day": _has("day", 0),
    "nth_weekday": lambda m: any(set(v) == {"weekday"} for v in parts_of(m, "DATE")),
    "no_noun_after": _no_noun,
    "not_night": lambda m: True,
    "needs_article": lambda m: m.end - m.start == 3,
    "has_the": lambda m: m.tokens[m.start].form == "the",
    "of_unit": lambda m: _form(m.before) in {"of", "in", "during", "for"} or m.end - m.start > 2,
    "no_gerund": lambda m: _form(m.after) not in _MARKS and not _form(m.after).endswith("ing"),
    "after_at": lambda m: _form(m.before) in {"at", "around", "about", "by", "after", "before", "until", "from"},
    "after_for": lambda m: _form(m.before) in {"for", "throughout"},
    "pointed": _pointed,
    "right_is_day": lambda m: _coarseness(_right(m)) in {1, 2},
    "before_unit": lambda m: m.after is not None and bool(m.after.keys & {"<UNIT>", "<UNITS>"}),
    "no_street": lambda m: _no_count(m) and _form(m.after) not in m.tokens.near.named_after,
    "after_at_bare": _after_at_bare,
    "not_a_name": _not_a_name,
    "day_right": lambda m: any(_coarseness(v) in {1, 2} for v in parts_of(m, "DATE")),
    "of_something": lambda m: m.tokens[m.start + 1].form != "last" or _form(m.after) == "of",
    "amount": _amount,
    "not_event": lambda m: m.tokens[m.end - 1].form not in {"after", "before"} or _form(m.after) in {".", ","},
    "right_is_open": lambda m: _is_open(_right(m)),
    "left_is_open": lambda m: _is_open(_left(m)),
    "no_weekday_age": lambda m: _form(m.after) not in {"old"},
    "unit_nth": _unit_nth,
    "adjective": lambda m: not _ends_phrase(m),
    "ends_phrase": lambda m: _ends_phrase(m),
    "not_the_former": _not_the_former,
    "a_time": _a_time,
    "plain_unit": _plain_unit,
    "fits_part": _fits_part,
    "right_is_relative": lambda m: _is_relative(_right(m)),
    "event_then_date": _event_then_date,
    "finer_relative": _finer_relative,
    "plain_part": _plain_part,
    "right_clock": lambda m: _coarseness(_left(m)) <= 2 and "hour" not in _left(m),
    "qualified": lambda m: m.end - m.start > 1 and m.tokens[m.end - 2].form != "the",
    "calendar_date": lambda m: _coarseness(_right(m)) >= 1 and "shift" not in _right(m),
    "shifted": lambda m: ("shift" in _right(m) and "n" in _right(m)) or "vague" in _right(m) or "shift" in _right(m),
}
