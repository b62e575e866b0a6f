"""`DateResolver`: finds the expressions of time of a document and gives each its value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from according.annotate import Text
from according.model import Mention, MentionKind, Span
from according.resolve.dates.anchor import resolve
from according.resolve.dates.calendars import day_of, parse_day
from according.resolve.dates.checks import CHECKS
from according.resolve.dates.context import Context, Point, Resolved
from according.resolve.dates.grammar import CONNECTORS, Element, Grammar, Layer, Node, Rule, load_grammar
from according.resolve.dates.holidays import Holiday, load_holidays
from according.resolve.dates.intervals import intervals
from according.resolve.dates.joins import JOINS
from according.resolve.dates.reading import Reading
from according.resolve.dates.scan import scan
from according.resolve.dates.tense import TenseCues, load_tense, looks_ahead
from according.resolve.dates.words import Entry, Tokens
from according.values import DateRange

_HEAD = 160  # characters of a document in which its own date may stand
_IN_PROSE = re.compile(
    r"\b(?:on|in|since|of|from|until|till|by|between|to|and|or|for|at|the|before|after|dated|during)\W*$|[.;]\s[^.]*$",
    re.IGNORECASE,
)
_AFTER_HEAD = re.compile(r"\s*(\(|\[|-|–|—|/|\n|[A-Z][a-z]+ )")


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One way to read an expression: its value, and in words why."""

    expression: str
    value: DateRange
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A node with its reading and its place in the text."""

    node: Node
    reading: Reading
    start: int
    end: int


class DateResolver:
    """Finds expressions of time and resolves them against publication, dateline and narrative. Keeps no state."""

    def __init__(self, grammar: Grammar, holidays: dict[str, Holiday], tense: TenseCues) -> None:
        self.grammar = _with_holidays(grammar, holidays)
        self.holidays = holidays
        self.tense = tense

    def find(self, text: Text) -> Sequence[Mention]:
        """Mentions of kind time in order of place, none inside another, with a `DateRange` each.

        The two ends of a range ("from 5 to 7 July") are two mentions; `intervals` joins them. `origin` names the rule
        and after "@" what the value was anchored on: published, head (the document's own first line) or narrative.
        """
        return [mention for mention, _ in self._mentions(text.document.text, text.document.published, text)]

    def resolve(self, expression: str, published: str | None = None) -> list[DateCandidate]:
        """All readings of an expression on its own, the likeliest first; empty where it names no time.

        Args:
            expression: words, such as "last Friday" or "between 5 and 7 July".
            published: ISO day that relative words count from, or None.

        Raises:
            ValueError: `published` is no ISO day.
        """
        candidates: list[DateCandidate] = []
        for future in (False, True):
            found = self._mentions(expression, published, None, future)
            why = {mention.span.end: reasons for mention, reasons in found}
            for mention in intervals(expression, [mention for mention, _ in found]):
                if isinstance(mention.value, DateRange) and all(c.value != mention.value for c in candidates):
                    candidates.append(DateCandidate(mention.span.quote, mention.value, why[mention.span.end]))
        return candidates

    def _mentions(
        self, raw: str, published: str | None, text: Text | None, ahead: bool = False
    ) -> list[tuple[Mention, tuple[str, ...]]]:
        tokens, nodes = scan(raw, self.grammar)
        found = _shared([_found(node, tokens) for node in nodes if node.end > node.start], tokens)
        context = self._context(raw, published, found)
        mentions = []
        for k, item in enumerate(found):
            future = ahead or (text is not None and _needs_tense(item.reading) and self._looks_ahead(text, item))
            context.attributive = text is not None and _is_attributive(text, item)
            context.beside = _beside(found, k)
            context.is_close = k > 0 and _is_close(raw[found[k - 1].end : item.start])
            context.in_apposition = k > 0 and raw[found[k - 1].end : item.start].strip() == ","
            resolved = resolve(item.reading, item.node.kind, context, future)
            if resolved.point is not None:
                context.remember(resolved.point, _leads(raw, item, found, k, context))
            mentions.append((_mention(raw, item, resolved), _reasons(item, resolved, published, future)))
        return mentions

    def _looks_ahead(self, text: Text, item: _Found) -> bool:
        i, j = text.token_range(item.start, item.end)
        return looks_ahead(list(text.doc[i:j]), self.tense)

    def _context(self, raw: str, published: str | None, found: Sequence[_Found]) -> Context:
        if published is not None:
            told = parse_day(published[:10])
            return Context(told, "published", _is_narrative(found, day_of(told).year), self.holidays)
        head = self._head(raw, found)
        if head is not None:
            return Context(head, "head", _is_narrative(found, day_of(head).year), self.holidays)
        return Context(None, "published", _explicit_years(found) >= 3, self.holidays)

    def _head(self, raw: str, found: Sequence[_Found]) -> int | None:
        """The day of the dateline or of the date at the document's head, where it gives a whole date."""
        for item in found:
            if item.start > _HEAD:
                return None
            if item.node.kind != "DATE" or item.reading.day is None or not item.reading.has_year:
                continue
            before = raw[: item.start].rstrip()
            if not _IN_PROSE.search(before) and _AFTER_HEAD.match(raw, item.end):
                value = resolve(item.reading, "DATE", Context(None, holidays=self.holidays)).value
                return None if value.start is None or _goes_on(found, value.start) else parse_day(value.start)
        return None


def load_dates(folder: Path) -> DateResolver:
    """The resolver with the words, rules, holidays and tense cues (times_*.yaml) of a folder of lexicons.

    Raises:
        InvalidRule: a row cannot be used.
    """
    grammar = load_grammar(folder, JOINS, CHECKS)
    return DateResolver(
        grammar, dict(load_holidays(folder / "times_holidays.yaml")), load_tense(folder / "times_tense.yaml")
    )


def _with_holidays(grammar: Grammar, holidays: dict[str, Holiday]) -> Grammar:
    """The grammar with a first layer that finds the holidays' names."""
    rules = []
    for holiday in holidays.values():
        for k, name in enumerate(holiday.names):
            elements = tuple(Element((word,), False) for word in name.split())
            sets = tuple(element.key_set for element in elements)
            rules.append(
                Rule(
                    f"holiday-{holiday.id}-{k}",
                    name,
                    elements,
                    "HOLIDAY",
                    {"holiday": holiday.id},
                    "merge",
                    None,
                    name,
                    "",
                    sets,
                )
            )
    lookup = dict(grammar.lookup)
    for rule in rules:
        first = rule.elements[0].keys[0]
        if first.isdigit():
            continue
        lookup[first] = (*lookup.get(first, ()), Entry("TRIGGER", {}))
    return Grammar(lookup, grammar.near, (Layer("holidays", tuple(rules)), *grammar.layers))


def _found(node: Node, tokens: Tokens) -> _Found:
    start, end = node.start, node.end
    while end > start + 1 and tokens[end - 1].form in {",", "-", "(", "of", "in", "/"}:
        end -= 1
    return _Found(node, Reading.of(node.fields), tokens[start].start, tokens[end - 1].end)


def _shared(found: list[_Found], tokens: Tokens) -> list[_Found]:
    """Neighbours in a list or range lend each other the year: "between March and June 2015", "5 May 2015 to 6 June"."""
    for k in range(len(found) - 2, -1, -1):
        left, right = found[k], found[k + 1]
        if _names_of_year(left, right, tokens):
            found[k] = left = replace(
                left, reading=replace(left.reading, year=right.reading.year, era=right.reading.era)
            )
        if left.reading.clockonly and left.reading.shift is None and _is_on(left, right, tokens):
            day = {name: getattr(right.reading, name) for name in _DAY_FIELDS}
            found[k] = left = replace(left, reading=replace(left.reading, clockonly=None, **day))
        if (
            _are_joined(left, right, tokens)
            and right.reading.has_year
            and not left.reading.has_year
            and _can_borrow(left.reading)
        ):
            year = right.reading.year
            if (
                year is not None
                and (left.reading.month or 0) > (right.reading.month or 12)
                and right.reading.era is None
            ):
                year -= 1
            found[k] = replace(
                left, reading=replace(left.reading, year=year, yy=right.reading.yy, era=right.reading.era)
            )
    for k in range(len(found) - 1):
        left, right = found[k], found[k + 1]
        if (
            _are_joined(left, right, tokens)
            and left.reading.year is not None
            and not right.reading.has_year
            and _can_borrow(right.reading)
        ):
            later = (right.reading.month or 12) < (left.reading.month or 1)
            found[k + 1] = replace(
                right, reading=replace(right.reading, year=left.reading.year + later, era=left.reading.era)
            )
    return found


def _names_of_year(left: _Found, right: _Found, tokens: Tokens) -> bool:
    """ "The Spring Offensive of 1918": a season or holiday in a name that is followed by its year."""
    reading, year = left.reading, right.reading
    if (reading.season is None and reading.holiday is None) or reading.has_year or reading.shift is not None:
        return False
    between = [token.form for token in tokens[left.node.end : right.node.start]]
    return year.year is not None and year.month is None and 2 <= len(between) <= 3 and between[-1] in {"of", "in", "("}


_DAY_FIELDS = ("year", "yy", "era", "month", "day", "weekday", "lead")


def _is_on(left: _Found, right: _Found, tokens: Tokens) -> bool:
    """ "At 7 a.m. on Friday": the time of day is of the date that follows."""
    between = [token.form for token in tokens[left.node.end : right.node.start]]
    dated = right.reading.day is not None or right.reading.weekday is not None
    return dated and between in (["on"], [",", "on"], ["on", "the"], ["of"]) and right.reading.daypart is None


def _can_borrow(reading: Reading) -> bool:
    """True for a month, day or season that lacks its year and hangs on nothing else."""
    is_open = (reading.month is not None or reading.season is not None) and not reading.has_year
    return is_open and reading.shift is None and reading.lead is None


def _are_joined(left: _Found, right: _Found, tokens: Tokens) -> bool:
    between = [token.form for token in tokens[left.node.end : right.node.start]]
    return 0 < len(between) <= 2 and all(form in CONNECTORS or form in {"from", "the", "between"} for form in between)


_SENTENCE_START = re.compile(r"(?:^|[.!?;:]\s|[.!?]['\"”’]\s|\n)[^.!?\n]{0,22}$")


def _opens(raw: str, start: int) -> bool:
    """True where a date stands at the beginning of a sentence or heading: "In 1976, ..."."""
    return _SENTENCE_START.search(raw, max(0, start - 26), start) is not None or start < 22


_ASIDE_YEARS = 5
_UNTIL = re.compile(r"\b(?:until|till)(?: the)? *$", re.IGNORECASE)


def _leads(raw: str, item: _Found, found: Sequence[_Found], k: int, context: Context) -> bool:
    """True where the sentences after a date may be told of it, so that their "in March" is in its year.

    Not so for a lone date of other times ("held since 1882"), for the end of a period ("until 1945"), a bare year in
    the middle of a sentence ("planned for 1976") and for a season whose year the words do not give.
    """
    reading = item.reading
    if reading.season is not None and not reading.has_year and reading.lead is None and reading.shift is None:
        return False
    if not reading.has_year:
        return True
    if _UNTIL.search(raw, max(0, item.start - 12), item.start):
        return False
    near = [context.memory[-1].year] if context.memory else []
    near += [year for year in (_signed_year(other.reading) for other in found[k + 1 : k + 6]) if year is not None][:1]
    year = _signed_year(reading)
    if year is not None and near and all(abs(year - other) > _ASIDE_YEARS for other in near):
        return False
    return reading.month is not None or _opens(raw, item.start)


def _signed_year(reading: Reading) -> int | None:
    if reading.year is None:
        return None
    return 1 - reading.year if reading.era == "BC" else reading.year


def _is_close(between: str) -> bool:
    return len(between) < _CLOSE and not any(sign in between for sign in ".!?\n")


def _is_attributive(text: Text, item: _Found) -> bool:
    """ "The 19 March elections": the date belongs to a noun, so that no verb tells whether it is past."""
    _, j = text.token_range(item.start, item.end)
    return item.reading.day is not None and j < len(text.doc) and text.doc[j].pos_ in {"NOUN", "PROPN"}


_CLOSE = 12  # characters: " at about "
_BESIDE = 250  # characters within which a month may be told of the date before it


def _beside(found: Sequence[_Found], k: int) -> Point | None:
    """The whole date just before an expression, where the text gives one close by."""
    if k == 0 or found[k].start - found[k - 1].end > _BESIDE:
        return None
    before = found[k - 1].reading
    year = _signed_year(before)
    return None if year is None or before.month is None else Point(year, before.month)


def _goes_on(found: Sequence[_Found], head: str) -> bool:
    """True where the text itself tells of years after its first date, which is then no date of publication."""
    year = day_of(parse_day(head)).year
    return sum((_signed_year(item.reading) or year) > year + 1 for item in found) >= 2


def _explicit_years(found: Sequence[_Found]) -> int:
    return sum(item.reading.has_year for item in found)


def _is_narrative(found: Sequence[_Found], told_year: int) -> bool:
    """True for a text about the past that gives its own years and hardly counts from the day of its publication."""
    years = [item.reading.year for item in found if item.reading.year is not None and item.reading.era is None]
    years += [0 for item in found if item.reading.era == "BC"]
    deictic = sum(
        (item.reading.weekday is not None and not item.reading.has_year) or item.reading.anchor == "told"
        for item in found
    )
    past = sum(year < told_year - 1 for year in years)
    return len(years) >= 4 and past >= 0.8 * len(years) and past > 3 * deictic


def _needs_tense(reading: Reading) -> bool:
    return bool(reading.soft) or (not reading.has_year and reading.shift is None and (reading.is_calendar))


def _mention(raw: str, item: _Found, resolved: Resolved) -> Mention:
    origin = f"times#{item.node.rules[0] if item.node.rules else item.node.kind.lower()}"
    if resolved.anchor is not None:
        origin += f"@{resolved.anchor}"
    return Mention(MentionKind.TIME, Span(item.start, item.end, raw[item.start : item.end]), resolved.value, origin)


_ANCHORS = {
    "published": "counted from the day of publication",
    "head": "counted from the date at the document's head",
    "narrative": "counted from the date mentioned before it",
}


def _reasons(item: _Found, resolved: Resolved, published: str | None, future: bool) -> tuple[str, ...]:
    reasons = [f"read by the rule {item.node.rules[0] if item.node.rules else item.node.kind}"]
    if resolved.anchor is not None:
        told = f" ({published})" if resolved.anchor == "published" and published else ""
        reasons.append(_ANCHORS[resolved.anchor] + told)
        if _needs_tense(item.reading):
            reasons.append("taken as ahead" if future else "taken as past")
    if not resolved.value.is_anchored:
        reasons.append("not anchored: the words alone do not fix it in a calendar")
    return tuple(reasons)
