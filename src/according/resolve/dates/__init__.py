"""Expressions of time: found by a grammar that is data, resolved to intervals with precision.

resolver = load_dates(folder_of_lexicons)
mentions = resolver.find(text)                        # one mention an expression, as TIMEX has them
mentions = intervals(text.document.text, mentions)    # ranges joined, "since" and "until" opened
ucdp_date_prec(mention.value), acled_time_precision(mention.value), timex2_value(mention.value)
"""

from __future__ import annotations

from according.resolve.dates.finder import DateCandidate, DateResolver, load_dates
from according.resolve.dates.intervals import intervals
from according.resolve.dates.precision import acled_event_date, acled_time_precision, days_of, ucdp_date_prec
from according.resolve.dates.zones import in_zone
from according.values import DateRange

__all__ = [
    "DateCandidate",
    "DateResolver",
    "acled_event_date",
    "acled_time_precision",
    "days_of",
    "in_zone",
    "intervals",
    "load_dates",
    "timex2_value",
    "ucdp_date_prec",
]


def timex2_value(value: DateRange) -> str:
    """The TIMEX2 `val` of a date ("1943-SU", "BC0480", "P2W", "PRESENT_REF"); empty where TIMEX2 gives none.

    Our `timex` keeps to the forms that TIMEX2 and TIMEX3 share, but for what a stated time zone adds.
    """
    return (value.timex or "").split("+")[0].removesuffix("Z")
