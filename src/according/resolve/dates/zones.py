"""A time of day that states its zone ("0600 GMT"), told in the local time of the place where it happened."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from according.values import DatePrecision, DateRange

_STATED = re.compile(r"T\d{2}:\d{2}(Z|[+-]\d{2})$")


def in_zone(value: DateRange, zone: str) -> DateRange:
    """The same moment in the local time of a zone; its day may be another one.

    Args:
        value: a date; one that is not known to the minute, or whose words state no zone, is local already and is
            returned as it is.
        zone: IANA name of the place's zone ("Asia/Damascus").

    Raises:
        ValueError: the zone is unknown, or no list of zones is installed (on such machines: pip install tzdata).
    """
    stated = _STATED.search(value.timex or "")
    if stated is None or value.precision is not DatePrecision.MINUTE or value.start is None or value.start < "0001":
        return value
    try:
        there = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"unknown time zone {zone!r}; write an IANA name such as Asia/Damascus") from error
    hours = 0 if stated[1] == "Z" else int(stated[1])
    moment = datetime.datetime.fromisoformat(value.start).replace(
        tzinfo=datetime.timezone(datetime.timedelta(hours=hours))
    )
    local = moment.astimezone(there).strftime("%Y-%m-%dT%H:%M")
    return replace(value, start=local, end=local, timex=local)
