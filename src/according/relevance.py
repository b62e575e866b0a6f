"""Does a document report a specific, recent event of violence, and which of its accounts are of one?

Two stages, both linear and trained by `tools/train_relevance.py`. Before the parse `Relevance.score` looks at words
alone: those of the whole text, and the sentence that most resembles a report of an event. After coding `Relevance.keep`
looks at each account of violence: what it has, who is in it, its words. An account that is of no specific event ("the
violence of these years") loses its standing as an account and is named in an issue; its claims stay.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from according.errors import MissingPart
from according.model import Account, Claim, Coding, Issue, MentionKind
from according.values import DateRange

BUCKETS = 1 << 17
SCALE = 24.0  # of the whole numbers in which weights are kept
_HEAD = re.compile(r"[^\n]{0,40}\n?\s*[^\[\]]{0,140}?(?:--|—)\s+(?:\[[^\]]{1,120}\]\s*)*")
_BREAK = re.compile(r"(?<=[.?!])[\"'”’]?\s+(?=[A-Z\[\"“0-9])|\n\s*\n")
_WORD = re.compile(r"[a-z]+|\d+")
_IDLE = frozenset("the a an of in to and that by on for with at as it is was".split())
_AGES = ((0, "same"), (2, "days"), (9, "week"), (59, "months"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """One sentence for the first stage: characters [start, end) and the rows of its features."""

    start: int
    end: int
    rows: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Relevance:
    """The trained weights.

    Args:
        words, sentences: hashed weights of a text and of a sentence, in units of 1/SCALE.
        biases: of texts and of sentences.
        accounts: weights of an account's features by name.
        kinds: event types that the third part was trained on; accounts of other types are left as they are.
        bars: score under which a text is left out, and probability under which an account is.
    """

    words: npt.NDArray[np.int8]
    sentences: npt.NDArray[np.int8]
    biases: tuple[float, float]
    accounts: Mapping[str, float]
    kinds: frozenset[str]
    bars: tuple[float, float]

    def score(self, text: str) -> float:
        """How much the words of a text speak for a specific event; 0 is even odds for each half of the sum."""
        best = max((self._sentence(s) for s in stretches(text)), default=-5.0)
        return best + self._text(text)

    def may_report(self, text: str) -> bool:
        """False where the text can be left unparsed: of 100 that report an event, 98 come through."""
        return self.score(text) >= self.bars[0]

    def keep(self, coding: Coding) -> Coding:
        """The coding with the accounts that are of specific events, and an issue for each that is not."""
        if not any(a.event_type in self.kinds for a in coding.accounts):
            return coding
        view = self.view(coding)
        unsure = [a for a in coding.accounts if a.event_type in self.kinds and not is_specific(a)]
        out = {a.id for a in unsure if self.chance(a, view) < self.bars[1]}
        if not out:
            return coding
        return replace(
            coding,
            accounts=tuple(_without(a, out) for a in coding.accounts if a.id not in out),
            claims=tuple(replace(c, accounts=tuple(i for i in c.accounts if i not in out)) for c in coding.claims),
            issues=(*coding.issues, *(_issue(a, view) for a in coding.accounts if a.id in out)),
        )

    def chance(self, account: Account, view: View) -> float:
        """Probability that an account is of a specific, recent event."""
        total = sum(self.accounts.get(name, 0.0) * value for name, value in features(account, view))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def view(self, coding: Coding) -> View:
        """What the features of the accounts of a coding are made of."""
        text = coding.document.text
        return View(coding, self._text(text), [(s.start, s.end, self._sentence(s)) for s in stretches(text)])

    def _text(self, text: str) -> float:
        return linear(self.words, self.biases[0], text_rows(text))

    def _sentence(self, stretch: Stretch) -> float:
        return linear(self.sentences, self.biases[1], stretch.rows)


@dataclass(frozen=True)
class View:
    """What the features of an account are made of: the coding, the score of its words and of its sentences."""

    coding: Coding
    text: float
    sentences: Sequence[tuple[int, int, float]]

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """Claims by id."""
        return {c.id: c for c in self.coding.claims}

    @cached_property
    def day(self) -> date | None:
        """The day of the document: when it was published, else the first day that its head names."""
        known = self.coding.document.published
        head = [m.value for m in self.coding.mentions if m.kind is MentionKind.TIME and m.span.start < 160]
        days = [v.end for v in head if isinstance(v, DateRange) and v.end and v.start == v.end]
        return _day(known or (days[0] if days else None))

    def own(self, account: Account) -> list[Claim]:
        """The claims of an account."""
        return [self.claims[c] for c in account.claims if c in self.claims]

    def best_of(self, claims: Sequence[Claim]) -> float:
        """The best score of the sentences that hold the words of some claims."""
        starts = {s.start for c in claims for s in c.evidence}
        return max(
            (score for start, end, score in self.sentences if any(start <= s < end for s in starts)), default=-3.0
        )

    def age(self, account: Account) -> int | None:
        """Days from the account's last day to the document's, where both are known."""
        held = account.summary.date
        last = _day(held.end) if held else None
        return None if last is None or self.day is None else (self.day - last).days


def _without(account: Account, out: set[str]) -> Account:
    return replace(account, part_of=None) if account.part_of in out else account


def _issue(account: Account, view: View) -> Issue:
    spans = sorted(s for c in view.own(account) for s in c.evidence)
    words = f"“{spans[0].quote}”" if spans else "This"
    return Issue(
        "named_in_passing", f"{words} is no report of a specific event: it has no account.", spans[0] if spans else None
    )


def is_specific(account: Account) -> bool:
    """True where an account says who was harmed, when and where: no model is asked about it."""
    held = account.summary
    return bool(held.harm) and held.date is not None and held.place is not None


def linear(weights: npt.NDArray[np.int8], bias: float, rows: npt.NDArray[np.int64]) -> float:
    """The weighted sum of some rows, scaled by the length of their vector."""
    if not len(rows):
        return bias
    return bias + float(weights[rows].sum(dtype=np.int64)) / SCALE / math.sqrt(len(rows))


def body_start(text: str) -> int:
    """Where the text begins behind a header, a dateline and labels in brackets."""
    head = _HEAD.match(text)
    return head.end() if head and any(c.isdigit() or c == "(" for c in head[0]) else 0


def text_rows(text: str) -> npt.NDArray[np.int64]:
    """Rows of a text's words and pairs of words, and once more of those of its opening."""
    words = re.findall(r"[a-z]+", text[body_start(text) :].lower())
    lead = words[:60]
    names = {*words, *map(" ".join, pairwise(words))}
    names |= {f"L {w}" for w in lead} | {f"L {a} {b}" for a, b in pairwise(lead)}
    return _rows(names)


def stretches(text: str) -> Iterator[Stretch]:
    """The sentences of a text, roughly, without a parse."""
    at, count = body_start(text), 0
    ends = [*((m.start(), m.end()) for m in _BREAK.finditer(text, at)), (len(text), len(text))]
    for end, after in ends:
        if len(text[at:end].split()) > 3:
            yield Stretch(at, end, _sentence_rows(text[at:end], count))
            count += 1
        at = after


def _sentence_rows(text: str, number: int) -> npt.NDArray[np.int64]:
    words = ["#" if w.isdigit() else w for w in _WORD.findall(text.lower())]
    full = [w for w in words if w not in _IDLE]
    names = {*words, f"P {min(number, 5)}", f"N {min(len(words) // 8, 5)}"}
    names |= {f"{a} {b}" for a, b in pairwise(words)}
    names |= {f"{a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)}
    names |= {f"s {a} {b}" for a, b in pairwise(full)}
    names |= {f"t {a} {b}" for a, b in zip(full, full[2:], strict=False)}
    return _rows(names)


def _rows(names: set[str]) -> npt.NDArray[np.int64]:
    return np.array(sorted({crc32(n.encode()) % BUCKETS for n in names}), dtype=np.int64)


def features(account: Account, view: View) -> Iterator[tuple[str, float]]:
    """The features of an account, by group: `form` (what it has), `who` (parties and harm), `text` (its words)."""
    own = view.own(account)
    yield "bias", 1.0
    yield f"form type {account.event_type}", 1.0
    yield f"form modality {account.modality}", 1.0
    yield from _form(account, own)
    yield from _who(account)
    acts = [c for c in own if c.slot == "occurred"] or own
    yield "text whole", view.text
    yield "text best", max((score for *_, score in view.sentences), default=-5.0)
    yield "text act", view.best_of(acts)
    yield "text own", view.best_of(own)
    yield "text place", min((s.start for c in acts for s in c.evidence), default=0) / len(view.coding.document.text)
    yield f"text rank {min(3, view.coding.accounts.index(account))}", 1.0
    days = view.age(account)
    if days is not None:
        yield f"text age {next((name for most, name in _AGES if days <= most), 'old')}", 1.0


def _form(account: Account, own: Sequence[Claim]) -> Iterator[tuple[str, float]]:
    held = account.summary
    parts = {
        "date": held.date,
        "place": held.place,
        "harm": held.harm,
        "by": held.initiators,
        "on": held.targets,
        "damaged": held.damaged,
    }
    present = [name for name, part in parts.items() if part]
    yield from ((f"form {name}", 1.0) for name in present)
    yield f"form parts {len(present)}", 1.0
    yield "form claims", math.log1p(len(own))
    yield from ((f"form slot {slot}", 1.0) for slot in sorted({c.slot for c in own}))


def _who(account: Account) -> Iterator[tuple[str, float]]:
    held = account.summary
    yield from ((f"who by {p}", 1.0) for p in sorted({str(p.kind) for p in held.initiators}))
    yield from ((f"who put {p}", 1.0) for p in sorted({str(p.confidence) for p in held.initiators}))
    yield from ((f"who on {p}", 1.0) for p in sorted({str(p.kind) for p in held.targets}))
    yield from ((f"who harm {h}", 1.0) for h in sorted({f"{h.outcome} {min(3, h.best or 0)}" for h in held.harm}))


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:  # before the common era
        return None


def load_relevance(path: Path) -> Relevance:
    """The weights that lie in a file.

    Raises:
        MissingPart: the file is not there.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            numbers = arrays["numbers"].tolist()
            return Relevance(
                arrays["words"],
                arrays["sentences"],
                (numbers[0], numbers[1]),
                dict(zip(arrays["names"].tolist(), arrays["weights"].tolist(), strict=True)),
                frozenset(arrays["kinds"].tolist()),
                (numbers[2], numbers[3]),
            )
    except FileNotFoundError as error:
        raise MissingPart(f"The model of relevance is not there: {error.filename}") from error
