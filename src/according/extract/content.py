"""Where the content of an attribution begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Token

from according.annotate import Sentence, Text
from according.extract.phrases import SUBJECTS, noun_phrase
from according.extract.voices import Range, Voice

_DATELINE = re.compile(
    r"(?:\(\w+\)\s*)?[A-Z][\w .,'’/-]{1,60}(?:\([^)]{2,40}\))?\s*(?:-{1,2}|–|—)\s+(?:\[[^\]]*\]\s*)*"
    r"|\([A-Z][^()]{3,40}\d[^()]{0,8}\)\s*(?:-{1,2}|–|—)\s+|[A-Z]{3,}(?: [A-Z]{2,})*:\s+"
)
_LABEL = re.compile(r"(?:\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?|[A-Z][a-z]+(?: [a-z]+)?|[A-Z]+)\s*:\s+|\d{1,2}:\d{2}\s+")
_ADJUNCTS = frozenset({"prep", "advmod", "npadvmod", "dative", "iobj", "oprd", "aux", "neg", "auxpass", "tmod"})


def dateline_end(text: Text) -> int:
    """Number of the first token after a dateline ("KORVA, Sept 3 (Agency) - "), or 0."""
    match = _DATELINE.match(text.document.text.lstrip()[:160])
    if match is None or not re.match(r"(?:\(\w+\)\s*)?[A-Z]{3,}|[A-Z]\w+[^a-z]*\(|\(", match.group()):
        return 0
    offset = len(text.document.text) - len(text.document.text.lstrip())
    return text.token_range(0, offset + match.end())[1]


def opening(text: Text, sentence: Sentence) -> int:
    """The first token of a sentence that may belong to a content: dateline, bullet and "And" are passed over."""
    start = sentence.start
    if sentence.start == 0:
        start = max(start, dateline_end(text))
    label = _LABEL.match(text.document.text, text.starts[start], text.ends[sentence.end - 1])
    while label is not None and label.end() < text.ends[sentence.end - 1]:
        start = text.token_range(label.start(), label.end())[1]
        label = (
            _LABEL.match(text.document.text, text.starts[start], text.ends[sentence.end - 1])
            if start < sentence.end
            else None
        )
    while start < sentence.end - 1 and (text.doc[start].lower_ in {"and", "but", "-", "--", "–", "—", "•", "*"}):
        start += 1
    return min(start, sentence.end - 1)


def without_end_marks(text: Text, start: int, end: int) -> Range:
    """A range without commas and stops at its ends; quotation marks and brackets stay."""
    doc = text.doc
    end = max(end, start + 1)
    while start < end - 1 and doc[start].text in {",", ":", ";", "-", "--", "–", "—"}:
        start += 1
    while end - 1 > start and doc[end - 1].text in {",", ".", ";", ":", "-", "--", "–", "—"}:
        end -= 1
    opened = sum(t.text == '"' for t in doc[start:end]) % 2
    if opened and end < len(doc) and doc[end].text == '"':
        end += 1
    return start, end


def after_mark(text: Text, start: int) -> int:
    """Pass over the "that" that opens a clause."""
    opens = (
        start < len(text.doc) - 1
        and text.doc[start].lower_ == "that"
        and text.doc[start].dep_ in {"mark", "nsubj", "det"}
    )
    return start + 1 if opens else start


def subtree(token: Token) -> Range:
    """Tokens [start, end) of a subtree."""
    return token.left_edge.i, token.right_edge.i + 1


def complement(verb: Token, source: Range | None) -> Token | None:
    """The verb of the clause that says what is said, or None."""
    clauses = [
        t for t in verb.children if t.dep_ in {"ccomp", "xcomp"} and not (source and source[0] <= t.i < source[1])
    ]
    edge = min(verb.left_edge.i, source[0] if source else verb.i) - 1
    set_off = verb.dep_ == "parataxis" or (
        verb.dep_ == "ccomp" and edge >= 0 and verb.doc[edge].text in {",", '"', "''"}
    )
    if not clauses and set_off and verb.head.i < verb.i and verb.head.pos_ in {"VERB", "AUX"}:
        return verb.head
    return max(clauses, key=lambda t: t.right_edge.i - t.left_edge.i, default=None)


def bounded_phrase(text: Text, sentence: Sentence, head: Token, start: int) -> Range:
    """The phrase around a head, not before `start` and not past the sentence or a comma-clause."""
    left, right = noun_phrase(head)
    return max(left, start), max(head.i + 1, min(right, sentence.end))


def before_main_clause(text: Text, sentence: Sentence, source: Range) -> int:
    """Where a fronted source ends: before the comma that the subject of the main clause follows."""
    root = next((t for t in text.doc[sentence.start : sentence.end] if t.dep_ == "ROOT"), None)
    subjects = [t for t in root.children if t.dep_ in SUBJECTS] if root is not None else []
    commas = [i for i in range(source[0] + 1, source[1]) if text.doc[i].text == ","]
    if root is None or root.i < source[0] or not commas:
        return source[1]
    first = min((t.left_edge.i for t in subjects), default=source[1])
    if source[0] < first < source[1]:
        commas = [i for i in commas if i < first]
    elif any(t.left_edge.i >= source[1] for t in subjects):
        return source[1]
    return commas[-1] if commas else source[1]


def around_adjunct(text: Text, sentence: Sentence, adjunct: Range) -> tuple[Range, ...]:
    """The content of a clause with "according to X" in it: what stands before it, and what follows a fronted one."""
    start, end = opening(text, sentence), sentence.end
    stop = clause_start(text, adjunct[0], start)
    before = without_end_marks(text, stop, adjunct[0]) if adjunct[0] - stop >= 2 else None
    after = (adjunct[1], end)
    if before is not None:
        rest = text.doc[adjunct[1]].lower_ if adjunct[1] < end else "."
        if rest == "," and _has_clause(text, adjunct[1], end) is False:
            return before, without_end_marks(text, *after)
        return (before,)
    while after[0] < end and text.doc[after[0]].text in {",", ":"}:
        after = (after[0] + 1, end)
    return (without_end_marks(text, *after),) if after[1] - after[0] >= 2 else ()


def clause_start(text: Text, place: int, floor: int) -> int:
    """Where the coordinate clause around `place` begins: after the last semicolon, or a comma and "but" or "while"."""
    doc = text.doc
    for i in range(place - 1, floor, -1):
        if doc[i].text == ";":
            return i + 1
        if doc[i].lower_ in {"but", "while", "whereas", "although"} and doc[i - 1].text == ",":
            return i + 1
    return floor


def _has_clause(text: Text, start: int, end: int) -> bool:
    return any(t.dep_ in SUBJECTS for t in text.doc[start:end])


@dataclass(frozen=True)
class CueClause:
    """A cue verb with its source and adjuncts; knows what stands left and right of it in the sentence."""

    text: Text
    sentence: Sentence
    verb: Token
    cue: Range
    source: Range | None
    others: tuple[int, ...] = ()

    @property
    def span(self) -> Range:
        """Tokens from the first to the last of source and cue."""
        if self.source is None or self._is_far():
            return self.cue
        return min(self.source[0], self.cue[0]), max(self.source[1], self.cue[1])

    def _is_far(self) -> bool:
        """True where the source belongs to an earlier clause ("X did this, adding that ...")."""
        if self.source is None:
            return True
        gap = self.text.doc[min(self.source[1], self.cue[1]) : max(self.source[0], self.cue[0])]
        return any(t.pos_ == "VERB" and t.dep_ in {"ROOT", "ccomp", "conj"} for t in gap)

    def of_clause(self, clause: Token) -> tuple[Range, ...]:
        """The content where the parser found a complement clause."""
        if clause.i > self.verb.i:
            return self.right(clause)
        return self.left(clause)

    def left(self, clause: Token | None = None) -> tuple[Range, ...]:
        """What stands before the cue clause, and after it where the sentence goes on in the same clause."""
        floor = opening(self.text, self.sentence)
        stop = self.span[0]
        start = clause_start(self.text, stop, floor)
        if not any(floor <= other < start for other in self.others) and self.text.doc[start - 1].text != ";":
            start = floor
        if stop - start < 1:
            return ()
        content = without_end_marks(self.text, start, stop)
        rest = self._resumed()
        return (content, rest) if rest else (content,)

    def _resumed(self) -> Range | None:
        """The second half of a content that the cue clause interrupts between two commas."""
        end = self._after_adjuncts()
        doc, stop = self.text.doc, self.sentence.end
        if end >= stop or doc[end].text != "," or doc[self.span[0] - 1].text != ",":
            return None
        nxt = doc[end + 1] if end + 1 < stop else None
        if (
            nxt is None
            or nxt.lower_
            in {"but", "and", "adding", "who", "which", "while", "as", "when", "after", "citing", "quoting"}
            or nxt.tag_ == "VBG"
        ):
            return None
        if self.source and self.source[0] > self.cue[0]:
            return None
        rest = without_end_marks(self.text, end + 1, stop)
        return rest if rest[1] - rest[0] >= 2 else None

    def right(self, clause: Token | None = None, from_cue: bool = False) -> tuple[Range, ...]:
        """What follows the cue clause, up to the end of the clause that the cue governs."""
        doc = self.text.doc
        start = self._after_adjuncts() if clause is None else max(self.cue[1], clause.left_edge.i)
        start = self.cue[1] if from_cue else start
        while start < self.sentence.end - 1 and doc[start].text in {",", ":"}:
            start += 1
        start = after_mark(self.text, start)
        end = self._right_end(clause)
        if end - start < 1:
            return ()
        return (without_end_marks(self.text, start, end),)

    def _right_end(self, clause: Token | None) -> int:
        """The sentence's end, or where a clause begins that belongs to the cue's own level."""
        doc, end = self.text.doc, self.sentence.end
        reach = clause.right_edge.i + 1 if clause is not None else self.cue[1]
        inside = {t.i for t in clause.subtree} if clause is not None else set()
        for other in self.verb.children:
            if (
                other.dep_ == "conj"
                and other.i > max(reach - 1, self.cue[1])
                and other.i not in inside
                and other.pos_ == "VERB"
            ):
                end = min(end, other.left_edge.i)
                while end - 1 > self.cue[1] and doc[end - 1].lower_ in {"and", "but", "or", ","}:
                    end -= 1
        for i in range(max(reach, self.cue[1]) - 1, end):
            token = doc[i]
            if token.text == ";":
                return i
            if (
                i in self.others
                and doc[i - 1].lower_ == "and"
                and doc[i - 2].text in {'"', "''"}
                and not self.text.in_quote(i)
            ):
                return i - 1
            if (
                token.lower_ == "but"
                and doc[i - 1].text == ","
                and _has_clause(self.text, i, end)
                and token.head.i <= self.verb.i
            ):
                return i
        return end

    def _after_adjuncts(self) -> int:
        """The token after the cue clause and what hangs on its verb ("told Reuters by telephone on Sunday")."""
        end = max(self.span[1], self.cue[1])
        for child in self.verb.children:
            if child.i >= self.cue[1] and child.dep_ in _ADJUNCTS | {"dobj"} and child.left_edge.i <= end + 1:
                if any(t.dep_ in SUBJECTS for t in child.subtree):
                    continue
                end = max(end, child.right_edge.i + 1)
        return min(end, self.sentence.end)

    def left_if_parenthetical(self) -> tuple[Range, ...]:
        """What stands before the cue clause where a comma or a closing mark sets it off."""
        before = self.span[0] - 1
        if before > self.sentence.start and self.text.doc[before].text in {",", '"', "''"}:
            return self.left()
        return ()

    def of_object(self, target: Token | None) -> tuple[Range, ...]:
        """A noun phrase as content ("denies any part in it", "put the toll at nine")."""
        doc = self.text.doc
        start = self.cue[1]
        if target is not None and target.i > self.cue[1] - 1:
            start = min(max(target.left_edge.i, self.cue[1]), target.i)
        elif target is None and not (
            start < self.sentence.end
            and doc[start].pos_ in {"DET", "NOUN", "PROPN", "ADJ", "NUM", "PRON", "VERB", "ADP"}
        ):
            return self.left_if_parenthetical()
        end = self._right_end(None)
        reach = max(
            (
                c.right_edge.i + 1
                for c in self.verb.children
                if c.i >= self.cue[1] and c.dep_ in {"dobj", "prep", "xcomp", "oprd", "dative", "pcomp", "ccomp"}
            ),
            default=start,
        )
        end = min(end, reach) if reach > start else end
        return (without_end_marks(self.text, start, end),) if end > start else ()

    def of_surface(self) -> tuple[Range, ...]:
        """No clause in the parse: take the side that a comma, a colon or a quotation mark points to."""
        doc = self.text.doc
        left = self.left_if_parenthetical()
        if left:
            return left
        opener = self._late_that()
        if opener is not None:
            return (without_end_marks(self.text, opener + 1, self._right_end(None)),)
        end = self._after_adjuncts()
        if end < self.sentence.end and (
            doc[end].lower_ in {"that", ":"}
            or doc[end].text in {'"', ","}
            or _has_clause(self.text, end, self.sentence.end)
        ):
            following = self.sentence.end - end
            opens = (
                doc[end].lower_ == "that"
                or doc[end].text in {":", '"'}
                or (doc[end].text == "," and end + 1 < self.sentence.end and doc[end + 1].text == '"')
            )
            if opens and following > 3:
                return self.right()
        return ()

    def _late_that(self) -> int | None:
        """The "that" of "said in a message that they had laid it", which the parser hangs on the message."""
        for child in self.verb.children:
            if child.dep_ != "prep" or child.i < self.cue[1]:
                continue
            for token in child.subtree:
                if (
                    token.lower_ == "that"
                    and token.dep_ == "mark"
                    and token.head.dep_ in {"relcl", "acl"}
                    and token.i < self.sentence.end - 2
                ):
                    return token.i
        return None


def separated(text: Text, sentence: Sentence, voices: list[Voice]) -> list[Voice]:
    """Cut contents where the cue clause of a neighbour begins that does not lie inside them."""
    cut = [replace(v, content=tuple(_cut(text, v, part, voices) for part in v.content)) for v in voices]
    return [_inside_own_quotation(text, v) for v in cut]


def _inside_own_quotation(text: Text, voice: Voice) -> Voice:
    """Somebody quoted who quotes another speaks no further than the quotation goes."""
    quote = text.quote_at(text.starts[voice.cue[0]]) if voice.cue is not None else None
    if quote is None:
        return voice
    first, last = text.token_range(quote.inner_start, quote.inner_end)
    parts = tuple((max(a, first), min(b, last)) for a, b in voice.content if max(a, first) < min(b, last))
    return replace(voice, content=parts or voice.content)


def _cut(text: Text, voice: Voice, part: Range, voices: list[Voice]) -> Range:
    start, end = part
    for other in voices:
        if other is voice or other.cue is None or other.source is None:
            continue
        first = min(other.source[0], other.cue[0])
        aside = (
            start < first <= end
            and text.doc[first - 1].lower_ in {"which", "as"}
            and first >= 2
            and text.doc[first - 2].text == ","
        )
        if aside and voice.kind != "relay":
            end = min(end, first - 1)
    return without_end_marks(text, start, max(end, start + 1))
