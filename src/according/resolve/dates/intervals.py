"""From single dates to the intervals that the words around them make: "from 5 to 7 July", "since March"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from according.model import Mention, MentionKind, Span
from according.values import DatePrecision, DateRange, sort_key

_JOINT = re.compile(
    r"\s*(?:,?\s*(?:to|until|till|through|and)(?:\s+(?:the|on))?\s+|[-–—/]\s*(?:the\s+)?)", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b(?:between|from)(?:\s+the)?\s*$", re.IGNORECASE)
_NIGHT = re.compile(r"\bnights? (?:of|between)\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince(?:\s+the)?\s*$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|up to)(?:\s+the)?\s*$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|prior to)(?:\s+the)?\s*$", re.IGNORECASE)
_AFTER = re.compile(r"\bafter(?:\s+the)?\s*$", re.IGNORECASE)


def intervals(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with ranges joined to one mention each and open ends opened; other mentions stay as they are.

    Args:
        text: the document's text.
        mentions: what `DateResolver.find` gave for it.

    "5-7 July", "from May to July 1990" and "between 5 and 7 July" become one mention from the first start to the last
    end; "5 and 7 July" stays two days. "Since March" has no end (mod AFTER), "until May" and "before May" have no start
    (mod BEFORE).
    """
    joined: list[Mention] = []
    k = 0
    while k < len(mentions):
        mention = mentions[k]
        pair = _pair(text, mention, mentions[k + 1]) if k + 1 < len(mentions) else None
        if pair is not None:
            joined.append(pair)
            k += 2
        else:
            joined.append(_opened(text, mention))
            k += 1
    return joined


def _pair(text: str, left: Mention, right: Mention) -> Mention | None:
    joint = text[left.span.end : right.span.start]
    if not _JOINT.fullmatch(joint):
        return None
    ahead = text[max(0, left.span.start - 12) : left.span.start]
    opener = _BETWEEN.search(ahead)
    if (
        joint.strip().lower().split()[:1] in (["and"], [",and"], [","])
        and not opener
        and not _NIGHT.search(left.span.quote + " ")
    ):
        return None
    a, b = left.value, right.value
    if not isinstance(a, DateRange) or not isinstance(b, DateRange) or a.start is None or b.end is None:
        return None
    if sort_key(a.start) > sort_key(b.end, last=True):
        return None
    begin = left.span.start - (len(opener.group()) if opener else 0)
    timex = f"{a.timex}/{b.timex}" if a.timex and b.timex else None
    value = DateRange(a.start, b.end, DatePrecision.RANGE, timex)
    return Mention(
        MentionKind.TIME, Span(begin, right.span.end, text[begin : right.span.end]), value, f"{left.origin}+range"
    )


def _opened(text: str, mention: Mention) -> Mention:
    value = mention.value
    if not isinstance(value, DateRange) or value.start is None or value.end is None:
        return mention
    ahead = text[max(0, mention.span.start - 14) : mention.span.start]
    to_the_minute = value.precision is DatePrecision.MINUTE  # "shortly after 7 a.m." is said of 7 a.m.
    if _SINCE.search(ahead):
        opened = replace(value, end=None, mod="AFTER")
    elif _AFTER.search(ahead) and not to_the_minute:
        opened = replace(value, start=value.end, end=None, mod="AFTER")
    elif _UNTIL.search(ahead):
        opened = replace(value, start=None, mod="BEFORE")
    elif _BEFORE.search(ahead) and not to_the_minute:
        opened = replace(value, start=None, end=value.start, mod="BEFORE")
    else:
        return mention
    return replace(mention, value=opened)
