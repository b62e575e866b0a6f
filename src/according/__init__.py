"""Who says what happened, and who says otherwise: conflict reports as claims with their words.

The public names are imported when they are first asked for, so that `import according` costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from according.acquire import ReadOptions, read
    from according.contract import schema, to_contract
    from according.engine import code_many, pipeline_coder, run
    from according.errors import AccordingError
    from according.link import link_rows
    from according.model import Account, Claim, Coding, Document, Span
    from according.pipeline import code, load_kit
    from according.settings import Settings, load_settings
    from according.shapes import Contract
    from according.store import Store
    from according.values import Count, CountRange, DateRange, PlaceRef

_HOME = {
    "Account": "model",
    "AccordingError": "errors",
    "Claim": "model",
    "Coding": "model",
    "Contract": "shapes",
    "Count": "values",
    "CountRange": "values",
    "DateRange": "values",
    "Document": "model",
    "PlaceRef": "values",
    "ReadOptions": "acquire",
    "Settings": "settings",
    "Span": "model",
    "Store": "store",
    "code": "pipeline",
    "code_many": "engine",
    "link_rows": "link",
    "load_kit": "pipeline",
    "load_settings": "settings",
    "pipeline_coder": "engine",
    "read": "acquire",
    "run": "engine",
    "schema": "contract",
    "to_contract": "contract",
}

__all__ = [
    "AccordingError", "Account", "Claim", "Coding", "Contract", "Count", "CountRange", "DateRange", "Document",
    "PlaceRef", "ReadOptions", "Settings", "Span", "Store", "code", "code_many", "link_rows", "load_kit",
    "load_settings", "pipeline_coder", "read", "run", "schema", "to_contract",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'according' has no attribute {name!r}")
    return getattr(importlib.import_module(f"according.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
