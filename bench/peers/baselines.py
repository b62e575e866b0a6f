"""What anybody could do: the most frequent class, the first number, always yes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bench import contract, data
from bench.model import Case, Contract

_KILLED = re.compile(
    r"\b(\d[\d,]*)\s+(?:[a-z'-]+\s+){0,5}?(?:(?:were|was|(?:have|had) been|are|is) )?"
    r"(?:reported(?:ly)? )?(?:killed|dead|died)"
    r"|(?:killed|killing|death of|kills?)\s+(?:at least|about|around|more than|some|up to|nearly)?\s*(\d[\d,]*)",
    re.IGNORECASE,
)


def fa_kes_majority(cases: Sequence[Case]) -> Mapping[str, Contract]:
    """The most frequent place, cause and actor of these very articles."""
    table = data.mapping("fa_kes")
    place, cause, actor = (
        Counter(getattr(c.gold, k) for c in cases).most_common(1)[0][0] for k in ("place", "cause", "actor")
    )
    kind = {cause: kind for kind, cause in table["causes"]["event_types"].items()}.get(cause, "attack")
    words = next((words for name, words in table["actors"] if name == actor), None)
    account = contract.account(kind, place={"name": place}, initiators=[contract.party(words[0])] if words else [])
    return {c.key: {**contract.blank(c.document), "accounts": [account]} for c in cases}


def fa_kes_first_number(cases: Sequence[Case]) -> Mapping[str, Contract]:
    """The first number in figures that stands by a word for killing."""
    found = {}
    for case in cases:
        match = _KILLED.search(str(case.document["text"]))
        number = int((match[1] or match[2]).replace(",", "")) if match else 0
        account = contract.account("attack", killed=contract.exactly(number))
        found[case.key] = {**contract.blank(case.document), "accounts": [account]}
    return found


def muc4_yes(cases: Sequence[Case]) -> Mapping[str, Contract]:
    """An attack in every message."""
    account = contract.account("attack_on_civilians")
    return {c.key: {**contract.blank(c.document), "accounts": [account]} for c in cases}


def plover_majority(cases: Sequence[Case]) -> Mapping[str, Contract]:
    """The most frequent category of these very sentences."""
    category = Counter(c.gold.category for c in cases).most_common(1)[0][0]
    kind = next(k for k, v in data.mapping("plover_gsr")["event_types"].items() if v == category)
    return {c.key: {**contract.blank(c.document), "accounts": [contract.account(kind)]} for c in cases}
