"""Files, folders, standard input, JSON Lines, addresses -> documents."""

from according.acquire.decode import check_encoding, decode
from according.acquire.files import read
from according.acquire.intake import Intake, LeftOut, ReadOptions, Why, intake_of, iso_day
from according.acquire.language import NOT_READ
from according.acquire.rows import FIELDS, intake_of_row

__all__ = [
    "FIELDS",
    "NOT_READ",
    "Intake",
    "LeftOut",
    "ReadOptions",
    "Why",
    "check_encoding",
    "decode",
    "intake_of",
    "intake_of_row",
    "iso_day",
    "read",
]
