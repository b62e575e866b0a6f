"""Expressions of time in sentences of news and narrative style, and the resolver's own promises."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.annotate import Annotator, Text
from according.annotate.pipeline import load_language
from according.model import Document, Mention
from according.resolve.dates import (
    DateResolver,
    acled_event_date,
    acled_time_precision,
    in_zone,
    intervals,
    load_dates,
    timex2_value,
    ucdp_date_prec,
)
from according.rules import DATA
from according.values import DatePrecision, DateRange

CASES = list(csv.DictReader((Path(__file__).parent / "date_cases.csv").open(encoding="utf-8", newline="")))
Annotate = Callable[..., Text]


@pytest.fixture(scope="module")
def annotate() -> Annotate:
    annotator = Annotator(load_language())

    def annotated(text: str, published: str | None = None) -> Text:
        return annotator.annotate(Document(text=text, published=published))

    return annotated


@pytest.fixture(scope="module")
def resolver() -> DateResolver:
    return load_dates(DATA / "lexicon")


def _value(mentions: list[Mention], place: int, end: int) -> DateRange | None:
    """The value of the mention that covers a stretch, else of the longest that touches it."""
    touching = [m for m in mentions if m.span.start < end and m.span.end > place]
    if not touching:
        return None
    best = max(touching, key=lambda m: min(m.span.end, end) - max(m.span.start, place))
    assert isinstance(best.value, DateRange)
    return best.value


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, str], resolver: DateResolver, annotate: Annotate) -> None:
    text = annotate(case["text"], published=case["published"] or None)
    place = case["text"].rindex(case["expression"])
    value = _value(list(resolver.find(text)), place, place + len(case["expression"]))
    if case["precision"] == "-":
        assert value is None, value
        return
    assert value is not None
    found = (value.start or "", value.end or "", str(value.precision), value.timex or "")
    assert found == (case["start"], case["end"], case["precision"], case["timex"])


def test_precision_codes() -> None:
    def coded(start: str, end: str, precision: DatePrecision, mod: str | None = None) -> tuple[int | None, int | None]:
        value = DateRange(start, end, precision, None, mod)
        return ucdp_date_prec(value), acled_time_precision(value)

    assert coded("2018-01-20", "2018-01-20", DatePrecision.DAY) == (1, 1)
    assert coded("2018-01-20T06:00", "2018-01-20T06:00", DatePrecision.MINUTE) == (1, 1)
    assert coded("2018-01-20", "2018-01-21", DatePrecision.RANGE) == (2, 2)
    assert coded("2018-01-15", "2018-01-21", DatePrecision.WEEK) == (3, 2)
    assert coded("2018-01-01", "2018-01-10", DatePrecision.MONTH, "START") == (4, 3)
    assert coded("2018-01-01", "2018-01-31", DatePrecision.MONTH) == (4, 3)
    assert coded("2018-01-01", "2018-03-31", DatePrecision.SEASON) == (5, None)
    assert coded("2018-01-01", "2018-12-31", DatePrecision.YEAR) == (5, None)


def test_open_ends_have_no_precision_code() -> None:
    value = DateRange("2018-01-20", None, DatePrecision.RANGE)
    assert (ucdp_date_prec(value), acled_time_precision(value), acled_event_date(value)) == (None, None, None)


@pytest.mark.parametrize(
    ("start", "end", "precision", "mod", "day"),
    [
        ("2018-01-20", "2018-01-20", DatePrecision.DAY, None, "2018-01-20"),
        ("2018-01-15", "2018-01-21", DatePrecision.WEEK, None, "2018-01-18"),
        ("2018-01-01", "2018-01-31", DatePrecision.MONTH, None, "2018-01-16"),
        ("2018-01-01", "2018-01-10", DatePrecision.MONTH, "START", "2018-01-01"),
        ("2018-01-22", "2018-01-31", DatePrecision.MONTH, "END", "2018-01-31"),
        ("2018-01-01", "2018-12-31", DatePrecision.YEAR, None, None),
    ],
)
def test_acled_event_date(start: str, end: str, precision: DatePrecision, mod: str | None, day: str | None) -> None:
    assert acled_event_date(DateRange(start, end, precision, None, mod)) == day


@pytest.mark.parametrize(
    ("text", "quote", "start", "end"),
    [
        ("The camp was shelled from 5 to 7 July 1990.", "from 5 to 7 July 1990", "1990-07-05", "1990-07-07"),
        (
            "The camp was shelled between March and June 2015.",
            "between March and June 2015",
            "2015-03-01",
            "2015-06-30",
        ),
        ("The camp was shelled on Jan. 20–21, 2018.", "Jan. 20–21, 2018", "2018-01-20", "2018-01-21"),
        ("The camp was shelled on 5 and 7 July 1990.", "7 July 1990", "1990-07-07", "1990-07-07"),
        ("It has been shelled since March 2015.", "March 2015", "2015-03-01", None),
        ("It was shelled until March 2015.", "March 2015", None, "2015-03-31"),
        ("It was shelled before March 2015.", "March 2015", None, "2015-03-01"),
        (
            "It was shelled on the night of 19-20 January 2018.",
            "the night of 19-20 January 2018",
            "2018-01-19",
            "2018-01-20",
        ),
    ],
)
def test_intervals(
    text: str, quote: str, start: str | None, end: str | None, resolver: DateResolver, annotate: Annotate
) -> None:
    found = intervals(text, resolver.find(annotate(text)))
    values = {m.span.quote: m.value for m in found}
    value = values[quote]
    assert isinstance(value, DateRange)
    assert (value.start, value.end) == (start, end)


def test_origin_names_rule_and_anchor(resolver: DateResolver, annotate: Annotate) -> None:
    head = resolver.find(annotate("Wed 05 Apr 2017 Jets struck the town on Tuesday."))
    told = resolver.find(annotate("Jets struck the town on Tuesday.", published="2017-04-05"))
    narrative = resolver.find(annotate("On 4 April 2017 jets struck. The next day they returned."))
    assert [m.origin for m in head][-1] == "times#weekday@head"
    assert [m.origin for m in told] == ["times#weekday@published"]
    assert [m.origin for m in narrative][-1] == "times#following-unit@narrative"


def test_a_history_follows_its_own_years_whatever_its_publication(resolver: DateResolver, annotate: Annotate) -> None:
    history = (
        "In May 1967 the region seceded. In July the army crossed the river. In August 1968 the port fell. "
        "Hunger spread in 1969. In January 1970 the last town surrendered, and in March the governor returned."
    )
    for published in (None, "2009-12-19"):
        values = [m.value.timex for m in resolver.find(annotate(history, published=published))]  # type: ignore[union-attr]
        assert values == ["1967-05", "1967-07", "1968-08", "1969", "1970-01", "1970-03"]


def test_resolve_gives_candidates_with_reasons(resolver: DateResolver) -> None:
    past, ahead = resolver.resolve("Friday", "2018-01-24")
    assert (past.value.start, ahead.value.start) == ("2018-01-19", "2018-01-26")
    assert any("2018-01-24" in reason for reason in past.reasons)
    assert resolver.resolve("nothing of the kind") == []
    (open_one,) = resolver.resolve("last week")
    assert not open_one.value.is_anchored
    assert any("not anchored" in reason for reason in open_one.reasons)


def test_resolve_joins_ranges(resolver: DateResolver) -> None:
    first = resolver.resolve("between 5 and 7 July", "2018-01-24")[0]
    assert (first.expression, first.value.start, first.value.end) == (
        "between 5 and 7 July",
        "2017-07-05",
        "2017-07-07",
    )


def test_a_stated_zone_is_told_in_the_place_s_own_time() -> None:
    stated = DateRange("2018-01-19T22:30", "2018-01-19T22:30", DatePrecision.MINUTE, "2018-01-19T22:30Z")
    local = in_zone(stated, "Asia/Damascus")
    assert (local.start, local.timex) == ("2018-01-20T00:30", "2018-01-20T00:30")
    assert in_zone(local, "Asia/Tokyo") == local
    with pytest.raises(ValueError, match="unknown time zone"):
        in_zone(stated, "Nowhere/Orrin")


def test_timex2_value_is_the_plain_value() -> None:
    day = DateRange("2018-01-19T06:00", "2018-01-19T06:00", DatePrecision.MINUTE, "2018-01-19T06:00Z")
    assert timex2_value(day) == "2018-01-19T06:00"
    assert timex2_value(DateRange(None, None, DatePrecision.LARGER)) == ""


WORDS = (
    "on 5 July 1990 Friday the next day two weeks later in May march of early night at 7 a.m. BC 480 1930s Ramadan "
    "every - , . to 31 February century third last ' half past ( ) until 2018-02-30 99/99/9999 24:00"
)


@given(
    words=st.lists(st.sampled_from(WORDS.split()), max_size=14),
    published=st.one_of(st.none(), st.dates().map(lambda day: day.isoformat())),
)
def test_any_words_give_sound_mentions(words: list[str], published: str | None) -> None:
    raw = " ".join(words)
    for candidate in RESOLVER.resolve(raw, published):
        assert candidate.expression in raw
        assert candidate.reasons


RESOLVER = load_dates(DATA / "lexicon")
