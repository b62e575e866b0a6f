"""Who says what: source, cue and content, in direct and indirect speech.

The cues are rows of data/lexicon/cues.csv and cue_nouns.csv. The parse says which phrase is the subject and where the
complement clause lies; the surface (commas, quotation marks, coordinated cues) says where the content ends, since that
is where a small parser errs most.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from according.annotate import Sentence, Text
from according.extract import content as side
from according.extract.phrases import agent_of, is_passive, noun_phrase, object_of, subject_of
from according.extract.quotations import with_quotations
from according.extract.voices import Range, Voice, Voices
from according.model import Certainty, Stance
from according.rules import Hit, Lexicon

_OBJECT_KINDS = frozenset({"denial", "doubt", "finding", "accusation", "opinion", "naming", "demand"})
_BARE_OBJECT_VERBS = frozenset(
    {"claim", "announce", "report", "document", "confirm", "declare", "allege", "acknowledge", "admit", "estimate"}
)
_FALSE = frozenset(
    (
        "false untrue baseless unfounded groundless wrong lie nonsense fabrication propaganda rumour rumor incorrect"
    ).split()
)
_NO_CLAUSE_NEEDED = frozenset({"threat", "promise"})
_NOBODY = frozenset({"no", "none", "nobody", "neither", "nothing"})


def find_voices(text: Text, cues: Lexicon, nouns: Lexicon) -> Voices:
    """All voices of a text."""
    voices: list[Voice] = []
    for sentence in text.sentences:
        hits = [
            h for h in cues.find(text.doc, sentence.start, sentence.end) if text.doc[h.start].pos_ in {"VERB", "AUX"}
        ]
        verbs = tuple(h.start for h in hits)
        found = [v for h in hits if (v := _verb_voice(text, sentence, h, cues, verbs)) is not None]
        found.extend(_according_to(text, sentence))
        found.extend(_relays(text, sentence, found))
        found.extend(_noun_voices(text, sentence, nouns))
        found.extend(_denied_asides(text, sentence, found, cues))
        voices.extend(side.separated(text, sentence, found))
    voices = with_quotations(text, voices)
    return Voices(tuple(sorted(voices, key=lambda v: v.anchor)))


def _verb_voice(text: Text, sentence: Sentence, hit: Hit, cues: Lexicon, verbs: tuple[int, ...]) -> Voice | None:
    """The voice of one cue verb, or None where the verb carries no content or is no act of speech here."""
    verb, kind = text.doc[hit.start], hit.row["kind"]
    if kind == "ignore" or _is_attribute(verb) or _is_aside(verb) or not _speaks(verb, kind):
        return None
    source, head = _source(text, sentence, verb)
    if source is None:
        source, head = _shared_source(text, sentence, verb, verbs)
    cue = _cue_range(text, verb, hit)
    if source is None and not (is_passive(verb) and kind in {"belief", "speech"}):
        return None
    if source is not None and text.doc[source[0]].lower_ in _NOBODY:
        return None
    others = tuple(i for i in verbs if i != verb.i)
    content = _content(side.CueClause(text, sentence, verb, cue, source, others), kind)
    if not content:
        return None
    return Voice(
        kind,
        cue,
        source,
        content,
        cues.origin(hit.row),
        _stance(verb, Stance(hit.row["stance"])),
        Certainty(hit.row["certainty"]),
        head=head,
    )


def _is_attribute(verb: Token) -> bool:
    """True for a participle before its noun ("a said amount", "alleged killers") or after one ("men suspected of")."""
    return verb.dep_ == "amod" or (verb.dep_ == "acl" and verb.tag_ == "VBN")


def _is_aside(verb: Token) -> bool:
    """True for "..., which the ministry denied", "..., as activists had claimed": read by `_denied_asides`."""
    return any(
        t.lower_ in {"which", "as"} and t.dep_ not in {"nsubj", "nsubjpass"} and t.i and verb.doc[t.i - 1].text == ","
        for t in verb.lefts
    )


def _speaks(verb: Token, kind: str) -> bool:
    """False for cues that say nothing: "asked not to be named", "claimed 20 lives", "put it in doubt", orders."""
    target = object_of(verb)
    bare = verb.tag_ in {"VBN", "VBG"} and not any(t.dep_ in {"aux", "auxpass"} for t in verb.children)
    if bare and (kind == "finding" or verb.tag_ == "VBN") and not any(t.dep_ == "nsubj" for t in verb.children):
        return verb.dep_ == "conj" and verb.head.tag_ == verb.tag_
    if kind == "finding" and verb.tag_ == "VB" and any(t.lower_ == "to" for t in verb.lefts):
        return False
    if is_passive(verb) and agent_of(verb) is None and not any(t.dep_ == "ccomp" for t in verb.children):
        return False
    if kind == "figure":
        return target is not None and any(
            t.dep_ == "prep" and t.lower_ == "at" and any(c.like_num or c.pos_ == "NUM" for c in t.subtree)
            for t in verb.children
        )
    if kind == "demand":
        hidden = next((t for t in verb.children if t.dep_ in {"xcomp", "ccomp"}), None)
        return not is_passive(verb) and not (
            hidden is not None and any(t.dep_ == "neg" for t in hidden.children) and is_passive(hidden)
        )
    if kind == "quoteonly":
        before = verb.doc[max(verb.left_edge.i - 1, 0)].text
        return before in {'"', ",", "''"} or (verb.i + 1 < len(verb.doc) and verb.doc[verb.i + 1].text in {'"', ":"})
    if kind == "naming":
        return any(t.dep_ == "nsubj" for t in verb.children) and _names_something(verb)
    return not (
        verb.lemma_.lower() == "claim"
        and target is not None
        and any(t.lemma_.lower() == "life" for t in target.subtree)
    )


def _names_something(verb: Token) -> bool:
    """True where a second complement or a quotation says what somebody is called."""
    complements = {"oprd", "ccomp", "attr", "acomp", "appos", "dobj"}
    named = [t for t in verb.children if t.dep_ in complements and t.i > verb.i]
    as_phrase = any(t.dep_ == "prep" and t.lower_ == "as" for t in verb.children)
    return (
        as_phrase
        or any(t.dep_ in complements - {"dobj"} for t in named)
        or any(t.text in {'"', "''"} for t in verb.doc[verb.i : verb.i + 12])
    )


def _stance(verb: Token, stance: Stance) -> Stance:
    """A negated confirmation is not known; other negated cues are told apart where the claims are made."""
    negated = any(t.dep_ == "neg" for t in verb.children)
    return Stance.UNCLEAR if negated and stance is Stance.CONFIRMS else stance


def _cue_range(text: Text, verb: Token, hit: Hit) -> Range:
    """The cue verb with its negation ("could not verify", "have not been able to establish")."""
    start = verb.i
    negated = [t for t in verb.children if t.dep_ == "neg"]
    if negated:
        auxiliaries = [t.i for t in verb.children if t.dep_ in {"aux", "auxpass"} and t.i < verb.i]
        start = min([negated[0].i, *auxiliaries, verb.i])
    return start, max(hit.end, verb.i + 1)


def _source(text: Text, sentence: Sentence, verb: Token) -> tuple[Range | None, int | None]:
    """Tokens of the phrase that names the speaker, and its head."""
    if is_passive(verb):
        agent = agent_of(verb)
        return (noun_phrase(agent), agent.i) if agent is not None else (None, None)
    last = _before_last_cue(text, sentence, verb)
    if last is not None:
        return last
    own = any(t.dep_ in {"nsubj", "nsubjpass"} for t in verb.children)
    subject = (None if own else _inverted(text, sentence, verb)) or subject_of(verb)
    if subject is None or subject.dep_ == "expl":
        subject = _inverted(text, sentence, verb)
    if (
        subject is None
        or not sentence.start <= subject.i < sentence.end
        or text.in_quote(subject.i) != text.in_quote(verb.i)
    ):
        subject = _inverted(text, sentence, verb)
    if subject is None:
        return None, None
    start, end = noun_phrase(subject)
    start = _first_of_pair(text, sentence, start)
    start -= start > sentence.start and text.doc[start - 1].tag_ == "PRP$"
    if start <= verb.i < end:
        start, end = (start, verb.i) if subject.i < verb.i else (verb.i + 1, end)
    return ((start, end), subject.i) if start < end else (None, None)


def _shared_source(
    text: Text, sentence: Sentence, verb: Token, verbs: tuple[int, ...]
) -> tuple[Range | None, int | None]:
    """ "X says "..." and accuses Y": a second cue right after "and" speaks for the first one's subject."""
    before = [i for i in verbs if i < verb.i and not text.in_quote(i)]
    if not before or text.in_quote(verb.i) or text.doc[verb.i - 1].lower_ not in {"and", "but"} or is_passive(verb):
        return None, None
    return _source(text, sentence, text.doc[before[-1]])


def _before_last_cue(text: Text, sentence: Sentence, verb: Token) -> tuple[Range, int] | None:
    """The speaker of a cue that ends a long sentence ("..., the mayor said."), where the parser has another."""
    doc = text.doc
    if any(not t.is_punct for t in doc[verb.i + 1 : sentence.end]) or text.in_quote(verb.i):
        return None
    comma = next(
        (i for i in range(verb.i - 1, max(verb.i - 14, sentence.start), -1) if doc[i].text in {",", '"'}), None
    )
    if comma is None or comma + 1 >= verb.i or any(t.pos_ in {"VERB", "AUX", "SCONJ"} for t in doc[comma + 1 : verb.i]):
        return None
    nouns = [t for t in doc[comma + 1 : verb.i] if t.pos_ in {"NOUN", "PROPN", "PRON"} and not _premodifies(t)]
    subject = subject_of(verb)
    if not nouns or (subject is not None and comma < subject.i < verb.i):
        return None
    return (comma + 1, verb.i), nouns[0].i


def _first_of_pair(text: Text, sentence: Sentence, start: int) -> int:
    """Take in "doctors and" before "activists say", which the parser leaves in the clause before."""
    doc = text.doc
    if (
        start - 3 > sentence.start
        and doc[start - 1].lower_ in {"and", "or"}
        and doc[start - 2].pos_ in {"NOUN", "PROPN"}
        and doc[start - 3].text == ","
    ):
        return start - 2
    return start


def _inverted(text: Text, sentence: Sentence, verb: Token) -> Token | None:
    """The subject after its verb ("...," said Maj Gen A. B.), or right before it, where the parser missed it."""
    doc = text.doc
    after_mark = verb.i > sentence.start and doc[verb.i - 1].text in {",", '"', "''", "?", "!"}
    if after_mark and verb.i + 1 < sentence.end and doc[verb.i + 1].pos_ in {"PROPN", "DET", "NOUN", "PRON", "ADJ"}:
        return next(
            (
                t
                for t in doc[verb.i + 1 : sentence.end]
                if t.pos_ in {"PROPN", "NOUN", "PRON"} and t.head.i not in range(t.i + 1, t.i + 4)
            ),
            None,
        )
    before = doc[verb.i - 1] if verb.i > sentence.start else None
    if before is not None and before.pos_ in {"PROPN", "NOUN", "PRON"} and verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return before
    return None


def _content(around: side.CueClause, kind: str) -> tuple[Range, ...]:
    """Token ranges of what is said; empty where the verb has no content of its own."""
    verb = around.verb
    clause = side.complement(verb, around.source)
    if kind in {"naming", "opinion", "figure"}:
        return around.of_object(object_of(verb))
    if kind == "demand":
        return around.right(from_cue=True) if clause is None or clause.i > verb.i else around.of_clause(clause)
    target = object_of(verb)
    if is_passive(verb) and clause is None and target is not None:
        return (noun_phrase(target),)
    if kind in _OBJECT_KINDS and target is not None and target.i > verb.i and (clause is None or clause.i < verb.i):
        return around.of_object(target)
    if clause is not None and not (kind in _OBJECT_KINDS and clause.dep_ == "advcl"):
        return around.of_clause(clause)
    if (
        kind in _NO_CLAUSE_NEEDED
        or kind in _OBJECT_KINDS
        or kind == "figure"
        or verb.lemma_.lower() in _BARE_OBJECT_VERBS
    ):
        quoted = around.left_if_parenthetical() if kind in _NO_CLAUSE_NEEDED else ()
        return quoted or around.of_object(object_of(verb))
    return around.of_surface()


def _according_to(text: Text, sentence: Sentence) -> Iterator[Voice]:
    """ "..., according to X" and "According to X, ...", and phrases of the same use ("in the words of X")."""
    doc = text.doc
    for i in range(sentence.start, sentence.end - 1):
        if doc[i].lower_ != "according" or doc[i + 1].lower_ != "to":
            continue
        head = next(
            (t for t in doc[i + 2 : sentence.end] if t.pos_ in {"NOUN", "PROPN", "PRON"} and not _premodifies(t)), None
        )
        if head is None:
            continue
        source = side.bounded_phrase(text, sentence, head, i + 2)
        source = source[0], side.before_main_clause(text, sentence, source)
        content = side.around_adjunct(text, sentence, (i, source[1]))
        if content:
            yield Voice("according", (i, i + 2), source, content, "attribution#according-to", head=head.i)


def _premodifies(token: Token) -> bool:
    return token.dep_ in {"compound", "poss", "amod", "nmod"} and token.head.i > token.i


def _relays(text: Text, sentence: Sentence, found: list[Voice]) -> Iterator[Voice]:
    """ "The paper, quoting two survivors, said ...": the quoted ones say what the relaying one passes on."""
    doc = text.doc
    for token in doc[sentence.start : sentence.end]:
        if token.lower_ not in {"quoting", "citing"}:
            continue
        target = object_of(token) or next(
            (t for t in doc[token.i + 1 : sentence.end] if t.pos_ in {"NOUN", "PROPN"} and not _premodifies(t)), None
        )
        if target is None:
            continue
        source = side.bounded_phrase(text, sentence, target, token.i + 1)
        outer = next((v for v in found if v.kind in {"speech", "finding", "according"} and v.cue), None)
        if outer is None:
            content = side.around_adjunct(text, sentence, (token.i, source[1]))
        else:
            content = outer.content
        if content:
            yield Voice("relay", (token.i, token.i + 1), source, content, "attribution#relay", head=target.i)


def _noun_voices(text: Text, sentence: Sentence, nouns: Lexicon) -> Iterator[Voice]:
    """ "claims that ...", "reports by foreign media that ...", "allegations of ..."."""
    for hit in nouns.find(text.doc, sentence.start, sentence.end):
        noun = text.doc[hit.start]
        if noun.pos_ != "NOUN":
            continue
        clause = next(
            (
                t
                for t in noun.children
                if t.dep_ in {"acl", "ccomp", "relcl"}
                and any(c.lower_ == "that" and c.dep_ == "mark" for c in t.children)
            ),
            None,
        )
        of = next((t for t in noun.children if t.dep_ == "prep" and t.lower_ == "of"), None)
        if clause is not None:
            start, end = side.subtree(clause)
            start = side.after_mark(text, start)
        elif of is not None and hit.row["kind"] != "threat":
            start, end = of.i + 1, of.right_edge.i + 1
        else:
            continue
        if _is_called_false(noun):
            content = (side.without_end_marks(text, start, end),)
            yield Voice("denial", (noun.i, noun.i + 1), None, content, nouns.origin(hit.row), Stance.DENIES)
            continue
        by = agent_of(noun) or _passed_on_by(noun) or next((t for t in noun.children if t.dep_ == "poss"), None)
        source = noun_phrase(by) if by is not None else None
        if start < end:
            yield Voice(
                hit.row["kind"], (noun.i, noun.i + 1), source, (side.without_end_marks(text, start, end),),
                nouns.origin(hit.row),
                Stance(hit.row["stance"]), Certainty(hit.row["certainty"]), head=by.i if by is not None else None,
            )  # fmt: skip


def _passed_on_by(noun: Token) -> Token | None:
    """ "a claim, aired by the channel, that ...": who passed it on."""
    return next((by for t in noun.children if t.dep_ in {"acl", "relcl"} and (by := agent_of(t)) is not None), None)


def _is_called_false(noun: Token) -> bool:
    """ "Reports of ... are false": the sentence denies what the noun introduces."""
    verb = noun.head
    return noun.dep_ == "nsubj" and any(
        t.dep_ in {"acomp", "attr"} and t.lemma_.lower() in _FALSE for t in verb.children
    )


def _denied_asides(text: Text, sentence: Sentence, found: list[Voice], cues: Lexicon) -> Iterator[Voice]:
    """ "..., which the ministry denied", "..., as activists had claimed": the same content in a second mouth."""
    doc = text.doc
    for hit in cues.find(doc, sentence.start, sentence.end):
        verb = doc[hit.start]
        opener = next(
            (
                t
                for t in doc[max(sentence.start, verb.left_edge.i) : verb.i]
                if t.lower_ in {"which", "as", "something"}
            ),
            None,
        )
        if opener is None or verb.pos_ != "VERB" or any(v.cue and v.cue[0] <= verb.i < v.cue[1] for v in found):
            continue
        if opener.i == sentence.start or doc[opener.i - 1].text != ",":
            continue
        subject = subject_of(verb)
        if subject is None or subject.i <= opener.i or subject.i >= verb.i:
            continue
        content = _aside_content(text, sentence, found, opener.i)
        if content:
            yield Voice(
                hit.row["kind"], (verb.i, verb.i + 1), noun_phrase(subject), content, cues.origin(hit.row),
                Stance(hit.row["stance"]), Certainty(hit.row["certainty"]), head=subject.i,
            )  # fmt: skip


def _aside_content(text: Text, sentence: Sentence, found: list[Voice], opener: int) -> tuple[Range, ...]:
    """What an aside speaks of: the content of the voice before it, cut where the aside begins."""
    for voice in found:
        for start, end in voice.content:
            if start < opener <= end + 1:
                return (side.without_end_marks(text, start, min(end, opener)),)
    return (side.without_end_marks(text, side.opening(text, sentence), opener),)
