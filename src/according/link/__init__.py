"""Linking: which accounts tell of one event.

rows -> table -> candidates (block) -> scores (levels) -> events (cluster) -> links in words (linking); `copies` finds
copied texts and `independence` says which speakers are one voice. `link_rows` goes from JSON rows to JSON rows.
"""

from according.link.api import default_weights, default_words, iter_rows, link_rows
from according.link.linking import Link, Linked, LinkRelation, Verdict, extend, link, links
from according.link.rows import AccountRow, RowActor, read_rows

__all__ = [
    "AccountRow",
    "Link",
    "LinkRelation",
    "Linked",
    "RowActor",
    "Verdict",
    "default_weights",
    "default_words",
    "extend",
    "iter_rows",
    "link",
    "link_rows",
    "links",
    "read_rows",
]
