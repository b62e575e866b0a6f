"""Direct speech: contents that are quotations reach over all their sentences; those without a cue find a speaker."""

from __future__ import annotations

from dataclasses import replace

from according.annotate import Quote, Text
from according.extract.voices import Range, Voice

_LONG = 4  # words; a shorter quotation is a label in somebody's sentence, not speech of its own


def with_quotations(text: Text, voices: list[Voice]) -> list[Voice]:
    """Voices with their quotations whole, and voices for the quotations that had none."""
    grown = [_grown(text, v) for v in voices]
    for quote in text.quotes:
        tokens = text.token_range(quote.start, quote.end)
        if not _is_speech(text, quote, tokens) or any(_overlap(part, tokens) for v in grown for part in v.content):
            continue
        k = _speaker_before(text, grown, tokens)
        if k is not None:
            grown[k] = replace(grown[k], content=(*grown[k].content, tokens))
        else:
            introduced = _introduced(text, tokens)
            grown.append(introduced)
    return grown


def _grown(text: Text, voice: Voice) -> Voice:
    """A content that begins or ends with a quotation takes the whole quotation, also over sentences."""
    content, direct = [], voice.direct
    for start, end in voice.content:
        begin, stop = start, end
        for quote in text.quotes:
            first, last = text.token_range(quote.start, quote.end)
            if not _overlap((start, end), (first, last)):
                continue
            whole = first <= start and end <= last
            edge = last - first > _LONG and (start <= first + 1 or last >= end - 1) and (first < start or last > end)
            if whole or edge:
                begin, stop = min(begin, first), max(stop, last)
                direct = direct or whole
        inside = voice.cue is not None and begin <= voice.cue[0] < stop
        content.append((start, end) if inside else (begin, stop))
    return replace(voice, content=tuple(content), direct=direct)


def _is_speech(text: Text, quote: Quote, tokens: Range) -> bool:
    """True for a quotation with a verb in it, long enough, that starts a sentence or follows a colon."""
    start, end = tokens
    if end - start < _LONG + 2 or not any(t.pos_ in {"VERB", "AUX"} for t in text.doc[start:end]):
        return False
    before = text.doc[start - 1].text if start else "."
    sentence = text.sentences[text.sentence_index(start)]
    return start == sentence.start or before in {":", ","}


def _overlap(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _speaker_before(text: Text, voices: list[Voice], tokens: Range) -> int | None:
    """The voice with a quotation in the same paragraph, or at the end of the paragraph before."""
    here = text.sentences[text.sentence_index(tokens[0])].paragraph
    best: tuple[int, int] | None = None
    for k, voice in enumerate(voices):
        if not voice.direct or voice.source is None:
            continue
        paragraph = text.sentences[text.sentence_index(voice.anchor)].paragraph
        if paragraph not in {here, here - 1} or (paragraph == here - 1 and voice.content[-1][0] > tokens[0]):
            continue
        distance = abs(voice.anchor - tokens[0])
        if best is None or distance < best[0]:
            best = (distance, k)
    return None if best is None else best[1]


def _introduced(text: Text, tokens: Range) -> Voice:
    """A quotation whose speaker the sentence before names ("The mayor was angry: ..."), or nobody."""
    k = text.sentence_index(tokens[0])
    for sentence in (text.sentences[k], *(text.sentences[k - 1 : k] if k else ())):
        root = next((t for t in text.doc[sentence.start : sentence.end] if t.dep_ == "ROOT"), None)
        subject = next((t for t in root.children if t.dep_ == "nsubj"), None) if root is not None else None
        if (
            subject is not None
            and not text.in_quote(subject.i)
            and (subject.ent_type_ in {"PERSON", "ORG"} or subject.pos_ == "PRON")
        ):
            span = subject.left_edge.i, subject.i + 1
            return Voice("speech", None, span, (tokens,), "attribution#introduced", direct=True, head=subject.i)
    return Voice("speech", None, None, (tokens,), "attribution#unknown-speaker", direct=True)
