"""Lines of a bulletin that each hold one event: "Monday 14 August, Dabelo: 9 killed, 14 injured (mortar; Guard)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from according.annotate import Text
from according.extract.draft import Draft
from according.extract.modality import Reality
from according.extract.triggers import Trigger
from according.model import Certainty, Mention, Modality, Ref, Span, Stance
from according.rules import Lexicon
from according.values import Code, Count, DateRange, PlaceRef

_LINE = re.compile(r"^[ \t•*–-]*(?P<head>[^:\n]{3,80}):\s+(?P<body>[^\n]*\d[^\n]*)$", re.M)
_BRACKETS = re.compile(r"\(([^()]+)\)")
_UNKNOWN = re.compile(
    r"(?:unknown|unclear|unidentified|undetermined|not (?:yet )?(?:known|established|identified|clear)"
    r"|under investigation)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One such line in characters: the whole, what stands before the colon, and the parts in brackets."""

    start: int
    end: int
    head: tuple[int, int]
    parts: tuple[tuple[int, int], ...]


def find_lines(text: Text, times: Sequence[Mention], drafts: Sequence[Draft]) -> list[Line]:
    """The lines whose head holds a date and whose body counts people."""
    lines = []
    for match in _LINE.finditer(text.document.text):
        head = match.span("head")
        dated = any(head[0] <= m.span.start and m.span.end <= head[1] and isinstance(m.value, DateRange) for m in times)
        counted = any(
            isinstance(d.value, Count) and match.start("body") <= d.evidence[0].start < match.end() for d in drafts
        )
        if dated and counted:
            lines.append(Line(match.start(), match.end(), head, tuple(_parts(text.document.text, *match.span("body")))))
    return lines


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts in brackets, split at semicolons."""
    for match in _BRACKETS.finditer(text, start, end):
        for part in re.finditer(r"[^;]+", match.group(1)):
            inner = part.group()
            left = match.start(1) + part.start() + len(inner) - len(inner.lstrip())
            yield left, left + len(inner.strip())


def read_lines(
    text: Text, lines: Sequence[Line], times: Sequence[Mention], lexicons: Mapping[str, Lexicon]
) -> list[Draft]:
    """Drafts of date, place, kind of event and initiator of each line; all hang on the line's first token as event."""
    drafts: list[Draft] = []
    for line in lines:
        event = text.token_range(line.start, line.end)[0]
        drafts.extend(_head(text, line, event, times))
        for k, part in enumerate(line.parts):
            drafts.append(_part(text, part, event, k, lexicons))
    return drafts


def _head(text: Text, line: Line, event: int, times: Sequence[Mention]) -> Iterator[Draft]:
    """The date, and the name beside it, which is the place."""
    taken = [
        m
        for m in times
        if line.head[0] <= m.span.start and m.span.end <= line.head[1] and isinstance(m.value, DateRange)
    ]
    for mention in taken[:1]:
        yield Draft("date", (mention.span,), event, mention.origin, value=_date(mention), event=event)
    for piece in re.finditer(r"[^,]+", text.document.text[line.head[0] : line.head[1]]):
        left = line.head[0] + piece.start() + len(piece.group()) - len(piece.group().lstrip())
        right = left + len(piece.group().strip())
        if (
            right > left
            and not any(m.span.start < right and left < m.span.end for m in taken)
            and text.document.text[left].isupper()
        ):
            span = text.chars(left, right)
            yield Draft("place", (span,), event, "listing#head", value=PlaceRef(None, span.quote), event=event)
            return


def _date(mention: Mention) -> DateRange | None:
    return mention.value if isinstance(mention.value, DateRange) else None


def _part(text: Text, part: tuple[int, int], event: int, k: int, lexicons: Mapping[str, Lexicon]) -> Draft:
    """What stands in brackets: the kind of event where a trigger fits (first part), else who did it."""
    span = text.chars(*part)
    i, j = text.token_range(*part)
    hit = next((h for n in range(i, j) for h in lexicons["triggers"].at(text.doc, n)[:1]), None)
    if _UNKNOWN.match(span.quote):
        return Draft("responsibility", (span,), i, "listing#unknown", event=event, stance=Stance.UNCLEAR)
    if hit is not None and k == 0:
        return Draft(
            "occurred", (span,), i, lexicons["triggers"].origin(hit.row), value=Code(hit.row["type"]), event=event
        )
    if k == 0:
        return Draft("occurred", (span,), i, "listing#kind", value=Code("attack"), event=event)
    return Draft(
        "responsibility",
        (span,),
        i,
        "listing#by",
        object=Ref(None, span.quote, span),
        event=event,
        certainty=Certainty.CERTAIN,
        modality=Modality.ACTUAL,
    )


def triggers_of(text: Text, lines: Sequence[Line], drafts: Sequence[Draft]) -> list[Trigger]:
    """One trigger for each line, at its first token, so that the line makes an account of its own."""
    made = []
    for line in lines:
        event, end = text.token_range(line.start, line.end)
        kind = next(
            (d.value.code for d in drafts if d.event == event and d.slot == "occurred" and isinstance(d.value, Code)),
            "attack",
        )
        made.append(Trigger(event, event, end, kind, 3, "noun", Reality(), (), (), event, False, True, "listing#line"))
    return made


def in_line(lines: Sequence[Line], span: Span) -> bool:
    """True where a span stands in one of the lines."""
    return any(line.start <= span.start < line.end for line in lines)
