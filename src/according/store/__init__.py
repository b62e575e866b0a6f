"""A project's memory: documents, runs, issues and log, and what is derived from them."""

from according.store.names import short, speakable
from according.store.rows import StoredAccount, StoredClaim, StoredDocument
from according.store.runs import Run, this_run
from according.store.store import FILE, Store, url_of

__all__ = [
    "FILE", "Run", "Store", "StoredAccount", "StoredClaim", "StoredDocument", "short", "speakable", "this_run",
    "url_of",
]  # fmt: skip
