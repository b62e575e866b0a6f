"""From a `Reading` to a `DateRange`: what the words leave out is borrowed from publication or narrative."""

from __future__ import annotations

from dataclasses import replace

from according.resolve.dates.context import Context, Resolved
from according.resolve.dates.inferred import calendar, time_of_day
from according.resolve.dates.periods import dated, day_range, duration_timex, month_range, year_range
from according.resolve.dates.placed import RECURRING, precision_of
from according.resolve.dates.reading import Reading
from according.resolve.dates.shifts import base_of, from_date, shifted, within_date
from according.values import DatePrecision, DateRange


def resolve(reading: Reading, kind: str, context: Context, future: bool = False) -> Resolved:
    """The value of a reading.

    Args:
        reading: what the words say.
        kind: DATE, DUR, REF or SET, the class of the grammar's node.
        context: publication and narrative so far; not changed here.
        future: True where the governing verb looks ahead.
    """
    if kind == "REF":
        return Resolved(_vague(reading, context))
    if kind == "SET" or reading.recurs:
        return Resolved(_recurring(reading))
    if kind == "DUR":
        return _lasting(reading, context)
    if reading.anchor == "date":
        base = resolve(
            replace(reading, anchor=None, shift=None, n=None, unit=None, vague=None, nth=None, span=None),
            "DATE",
            context,
            future,
        )
        return from_date(reading, base, context)
    if reading.shift is not None:
        return shifted(reading, context, future)
    if reading.clockonly:
        return time_of_day(reading, context)
    return calendar(reading, context, future)


_DAYS = {
    "TS": 1 / 86400,
    "TM": 1 / 1440,
    "TH": 1 / 24,
    "D": 1.0,
    "NT": 1.0,
    "W": 7.0,
    "WE": 7.0,
    "FN": 14.0,
    "M": 30.44,
    "Q": 91.3,
    "Y": 365.25,
    "DE": 3652.5,
    "CE": 36525.0,
}


def _lasting(reading: Reading, context: Context) -> Resolved:
    amount = reading.amount
    timex = duration_timex(amount, bool(reading.vague), reading.unit)
    if not reading.span or reading.anchor is None:
        return Resolved(DateRange(None, None, precision_of(reading.unit), timex, reading.mod))
    if reading.anchor == "date":
        base = resolve(
            replace(reading, anchor=None, span=None, n=None, unit=None, vague=None, nth=None), "DATE", context
        )
        if base.value.start is None or base.value.end is None:
            return Resolved(DateRange(None, None, precision_of(reading.unit), timex, reading.mod))
        return Resolved(within_date(reading, base.value), base.point, base.anchor)
    found = base_of(reading, context)
    number = None if found is None else found[0].number
    if found is None or number is None or amount is None:
        return Resolved(DateRange(None, None, precision_of(reading.unit), timex, reading.mod))
    days = round(amount * _DAYS.get(reading.unit or "D", 1.0))
    start, end = (number - days, number) if reading.span < 0 else (number, number + days)
    return Resolved(dated(start, end, DatePrecision.RANGE, timex, reading.mod), None, found[1])


def _recurring(reading: Reading) -> DateRange:
    if reading.weekday is not None:
        timex = f"XXXX-WXX-{reading.weekday}"
    elif reading.season is not None:
        timex = f"XXXX-{reading.season}"
    elif reading.month is not None:
        timex = f"XXXX-{reading.month:02d}"
    elif reading.amount is not None and reading.amount != 1:
        timex = duration_timex(reading.amount, bool(reading.vague), reading.unit) or "XXXX-XX-XX"
    else:
        timex = RECURRING.get(reading.unit or "D", "XXXX-XX-XX")
    return DateRange(None, None, precision_of(reading.unit or ("D" if reading.weekday else None)), timex)


_VAGUE = {"DAY": "XXXX-XX-XX", "SEASON": None, "TIME": None}


def _same_time(context: Context) -> DateRange:
    """ "At the same time": as the date mentioned before it."""
    last = context.last()
    if last is None or not context.narrative:  # in news it only says that two things go together
        return DateRange(None, None, DatePrecision.LARGER)
    if last.number is not None:
        return day_range(last.number)
    return year_range(last.year) if last.month is None else month_range(last.year, last.month)


def _vague(reading: Reading, context: Context) -> DateRange:
    if reading.ref in {"PRESENT_REF", "PAST_REF", "FUTURE_REF"}:
        return DateRange(None, None, DatePrecision.LARGER, reading.ref)
    if reading.ref == "SAME":
        return _same_time(context)
    if reading.ref == "NTH" and reading.unit not in {"D", "NT"}:
        return DateRange(None, None, precision_of(reading.unit), duration_timex(1, False, reading.unit))
    if reading.ref in {"UNIT", "NTH"}:
        return DateRange(None, None, precision_of(reading.unit), RECURRING.get(reading.unit or ""))
    return DateRange(None, None, DatePrecision.LARGER, _VAGUE.get(reading.ref or ""))
