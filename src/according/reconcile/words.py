"""The word lists of reconciling: vague words, words of speakers, and how publishers correct themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from according.errors import InvalidRule
from according.rules import load_vocabulary
from according.values import CountKind, CountRange

_LISTS = ("titles", "offices", "not_for", "bodies", "common", "part", "further", "armed")
PLURAL = "plural"


@dataclass(frozen=True)
class WordLists:
    """All words that reconciling looks at.

    Args:
        vague: for each rule, what a vague word stands for at least.
        titles, offices, not_for, bodies, common, part, further, armed: see data/vocabulary/speaker_words.yaml.
        corrects, retracts: phrases by which a publisher corrects or takes back an earlier report of its own.
    """

    vague: Mapping[str, Mapping[str, int]]
    titles: frozenset[str]
    offices: frozenset[str]
    not_for: frozenset[str]
    bodies: frozenset[str]
    common: frozenset[str]
    part: frozenset[str]
    further: frozenset[str]
    armed: frozenset[str]
    corrects: tuple[str, ...]
    retracts: tuple[str, ...]

    def reading(self, number: CountRange, rule: str) -> CountRange:
        """The number with its vague word mapped by the table of a rule; any other number as it is.

        Raises:
            KeyError: the rule has no table.
        """
        if number.kind is not CountKind.VAGUE:
            return number
        table = self.vague[rule]
        words = (number.word or PLURAL).casefold().split()
        least = next((table[word] for word in words if word in table), table[PLURAL])
        if least == table[PLURAL] and (number.low or 0) > 2:
            return number
        # "two dozen or more" and "dozens" differ: the words' own least counts where it is another than the plural's
        own = self.vague["range"]
        plain = next((own[word] for word in words if word in own), own[PLURAL])
        if number.low is not None and number.low != plain:
            return number
        high = number.high if number.high is None or number.high >= least else None
        return CountRange(least, high, number.kind, number.word)


def load_word_lists(folder: Path) -> WordLists:
    """Read vague_words.yaml, speaker_words.yaml and notices.yaml of a folder.

    Raises:
        InvalidRule: a list or a table is missing, or is not of its type.
    """
    vague = load_vocabulary(folder / "vague_words.yaml")
    speakers, notices = load_vocabulary(folder / "speaker_words.yaml"), load_vocabulary(folder / "notices.yaml")
    lists = {name: frozenset(_strings(speakers, name, "words", "speaker_words.yaml")) for name in _LISTS}
    return WordLists(
        vague=_tables(vague),
        corrects=tuple(_strings(notices, "corrects", "phrases", "notices.yaml")),
        retracts=tuple(_strings(notices, "retracts", "phrases", "notices.yaml")),
        **lists,
    )


def _strings(content: Mapping[str, Mapping[str, object]], name: str, key: str, file: str) -> list[str]:
    found = content.get(name, {}).get(key)
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise InvalidRule(f"{file}: {name} must have a list of {key}; put words that YAML reads otherwise in quotes")
    return [word.casefold() for word in found]


def _tables(vague: Mapping[str, Mapping[str, object]]) -> Mapping[str, Mapping[str, int]]:
    rules = sorted({rule for row in vague.values() for rule in row})
    if PLURAL not in vague or "range" not in rules:
        raise InvalidRule("vague_words.yaml needs a row `plural` and, in each row, the rule `range`")
    tables: dict[str, dict[str, int]] = {rule: {} for rule in rules}
    for word, row in vague.items():
        for rule in rules:
            number = row.get(rule)
            if not isinstance(number, int) or number < 0:
                raise InvalidRule(f"vague_words.yaml: {word} needs a whole number for the rule {rule}")
            tables[rule][word] = number
    return tables
