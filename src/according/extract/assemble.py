"""From drafts to claims: each draft gets its speaker, the voices between, and the stance that they give it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from according.annotate import Text
from according.extract.coreference import Cast
from according.extract.draft import Draft
from according.extract.voices import Voice, Voices
from according.model import About, Certainty, Claim, Modality, Ref, Span, Speaker, Stance, Via

_GRADES = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE)
_FUTURE = frozenset({Modality.PLANNED, Modality.CONDITIONAL})
_ASIDES = frozenset(
    {"alias", "designated_as", "described_as", "proclaimed", "holds_role", "aims_for", "member_of", "made_up_of"}
)


@dataclass(frozen=True)
class Assembly:
    """What turns drafts of one text into claims."""

    text: Text
    voices: Voices
    cast: Cast

    def claims(self, drafts: Sequence[Draft], accounts: Mapping[int, str]) -> list[list[Claim]]:
        """The claims of each draft, in order; `accounts` maps the index of a draft to its account.

        A claim that two drafts make is given once, to the first.
        """
        known: set[str] = set()
        made: list[list[Claim]] = []
        for index, draft in enumerate(drafts):
            account = accounts.get(index)
            own = [replace(c, accounts=(account,) if account is not None else ()) for c in self._claims_of(draft)]
            fresh = {c.id: c for c in reversed(own) if c.id not in known}
            made.append(list(reversed(fresh.values())))
            known.update(fresh)
        return [self._tied(draft, own, made) for draft, own in zip(drafts, made, strict=True)]

    def _tied(self, draft: Draft, own: list[Claim], made: Sequence[Sequence[Claim]]) -> list[Claim]:
        """The claims with their tie to another draft's claim by the same speaker, or by its first."""
        if draft.about is None:
            return own
        index, relation = draft.about
        others = made[index]
        tied = []
        for claim in own:
            same = next((c for c in others if c.speaker.name == claim.speaker.name), others[0] if others else None)
            tied.append(claim if same is None else replace(claim, about=(About(same.id, relation),)))
        return tied

    def _claims_of(self, draft: Draft) -> Iterator[Claim]:
        if draft.speaker is not None:
            yield self._claim(draft, self._named(draft.speaker), [])
            return
        chains = self.voices.chains(draft.anchor)
        if not chains:
            yield self._claim(draft, self.publisher(), [])
        if draft.own_voice and draft.slot in _ASIDES:
            yield self._claim(draft, self.publisher(), [])
            return
        for chain in chains:
            speaker = self._speaker_of_chain(chain)
            yield self._claim(draft, speaker, chain)
            yield from self._denied_by_others(draft, chain)

    def _speaker_of_chain(self, chain: Sequence[Voice]) -> Speaker:
        """The innermost voice; a denial without a source of its own ("reports of ... are false") is the outer one's."""
        leaf = chain[-1]
        if leaf.source is None and leaf.kind == "denial":
            return self.speaker(chain[-2]) if len(chain) > 1 else self.publisher()
        return self.speaker(leaf)

    def _denied_by_others(self, draft: Draft, chain: Sequence[Voice]) -> Iterator[Claim]:
        """ "X rejected reports by Y that Z": Y asserts Z, and X denies it."""
        outer = [v for v in chain[:-1] if v.stance is Stance.DENIES and v.source is not None]
        if outer and chain[-1].stance is not Stance.DENIES and draft.slot in {"occurred", "responsibility"}:
            yield self._claim(draft, self.speaker(outer[-1]), [outer[-1]])

    def _claim(self, draft: Draft, speaker: Speaker, chain: Sequence[Voice]) -> Claim:
        leaf = chain[-1] if chain else None
        return Claim(
            document=self.text.document.id,
            slot=draft.slot,
            speaker=speaker,
            evidence=draft.evidence,
            origin=draft.origin,
            subject=self._resolved(draft.subject),
            object=self._resolved(draft.object),
            value=draft.value,
            stance=_stance(draft, leaf),
            certainty=max((draft.certainty, *(v.certainty for v in chain)), key=_GRADES.index),
            modality=_modality(draft, leaf),
            via=tuple(via for v in chain[:-1] if (via := self._via(v)).speaker != speaker.name),
            cue=self.text.span(*leaf.cue) if leaf is not None and leaf.cue is not None else None,
            direct=leaf.direct if leaf is not None else False,
        )

    def _via(self, voice: Voice) -> Via:
        cue = self.text.span(*voice.cue).quote if voice.cue is not None else None
        return Via(self.speaker(voice).name, cue)

    def _resolved(self, ref: Ref | None) -> Ref | None:
        """A phrase with the actor that it stands for; its span stays."""
        if ref is None or ref.span is None or ref.id is not None:
            return ref
        start, end = self.text.token_range(ref.span.start, ref.span.end)
        found = self.cast.ref(self.text.doc[start:end].root.i, self.voices)
        if found.id is not None or self.text.doc[start:end].root.pos_ == "PRON":
            return Ref(found.id, found.name, ref.span)
        return Ref(None, found.name if len(found.name) > len(ref.name) else ref.name, ref.span)

    def publisher(self) -> Speaker:
        """The publisher's own voice."""
        return Speaker(None, self.text.document.publisher or "publisher", "publisher")

    def speaker(self, voice: Voice) -> Speaker:
        """Who speaks in a voice; where the text names nobody, an unnamed speaker."""
        if voice.source is None or voice.head is None:
            return Speaker(None, "unnamed", "unnamed")
        span = self.text.span(*voice.source)
        word = self.text.doc[voice.head]
        if word.lower_ in {"we", "i", "our"} and not any(
            v is not voice and v.covers(word.i) for v in self.voices.voices
        ):
            return replace(self.publisher(), span=span)
        ref = self.cast.person_in(span) or self.cast.ref(voice.head, self.voices)
        if voice.kind == "finding" and ref.id is None and self.cast.is_thing(voice.head):
            return replace(self.publisher(), span=span)
        kind = self.cast.kind(voice.head) or ("collective" if word.tag_ == "NNS" else "actor")
        name = ref.name
        if ref.id is None and word.pos_ != "PRON" and kind != "person":
            name = _longer(name, span.quote)
        return Speaker(
            ref.id,
            name,
            "person" if kind == "person" else "collective" if kind == "collective" else "actor",
            role=self._role(span, name),
            span=span,
        )

    def _named(self, span: Span) -> Speaker:
        """The speaker whom a pattern names itself."""
        start, end = self.text.token_range(span.start, span.end)
        head = self.text.doc[start:end].root
        ref = self.cast.ref(head.i, self.voices)
        return Speaker(
            ref.id, ref.name if ref.id or head.pos_ == "PRON" else _longer(ref.name, span.quote), "actor", span=span
        )

    def _role(self, span: Span, name: str) -> str | None:
        rest = span.quote.replace(name, "").strip(" ,()")
        return rest if name in span.quote and 2 < len(rest) < 80 else None


def _longer(name: str, quote: str) -> str:
    words = quote.split(", ")[0].split()
    while words and words[0].lower() in {"the", "a", "an"}:
        words = words[1:]
    plain = " ".join(words)
    return plain if name in plain else name


def _stance(draft: Draft, leaf: Voice | None) -> Stance:
    if leaf is None or draft.stance in {Stance.SILENT, Stance.UNCLEAR}:
        return draft.stance
    if leaf.stance is Stance.DENIES:
        return Stance.ASSERTS if draft.stance is Stance.DENIES else Stance.DENIES
    if leaf.stance is Stance.ASSERTS or draft.stance is Stance.DENIES:
        return draft.stance
    return leaf.stance


def _modality(draft: Draft, leaf: Voice | None) -> Modality:
    """What is threatened or promised has not happened."""
    if leaf is None:
        return draft.modality
    if leaf.kind == "threat" and (draft.modality in _FUTURE or draft.modality is Modality.THREATENED):
        return Modality.THREATENED
    if leaf.kind == "promise" and draft.modality is Modality.ACTUAL:
        return Modality.PLANNED
    return draft.modality
