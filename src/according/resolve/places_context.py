"""What a text itself says of where its places lie: stated areas, nationalities, the states that it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from according.annotate import Text
from according.resolve.gazetteer import SETTLED, WIDE, Place, PlaceStore
from according.resolve.places_key import name_key
from according.resolve.places_windows import Spot, in_list
from according.resolve.places_words import PlaceWords

REACH = 14
# weight from which a vote cannot come from a small namesake
_FIRM = 0.5
_BREAKS = frozenset({";", ":", ".", "(", '"'})


@dataclass(frozen=True)
class Context:
    """What is known of a text before any single name is resolved.

    Args:
        countries: weight of each state (ISO alpha-3) in the text.
        firm: the states that names speak for which no small namesake could explain: states, nationalities, great towns.
        strangers: how many different names in a clear place context the gazetteer lacks.
        inside: for each spot (by number) the numbers of the spots that the text states it to lie in, nearest first.
        peers: for each spot the numbers of its neighbours in a list ("A, B and C").
        holds: for each spot the numbers of the spots that lie in it, as `inside` has it.
        nations: for each spot the states of a nationality that stands right before it ("the Syrian town of").
    """

    countries: Mapping[str, float]
    firm: Mapping[str, float]
    strangers: int
    inside: Mapping[int, tuple[int, ...]]
    nations: Mapping[int, frozenset[str]]
    holds: Mapping[int, tuple[int, ...]]
    peers: Mapping[int, tuple[int, ...]]

    @property
    def leading(self) -> list[str]:
        """The firm states that carry a fifth of the weight or more, the heaviest first."""
        ranked = sorted(self.firm, key=lambda c: (-self.countries[c], c))
        return [c for c in ranked if self.share(c) >= 0.2]

    def share(self, country: str | None) -> float:
        """Part of the weight that a state has, 0 to 1."""
        total = sum(self.countries.values())
        return self.countries.get(country, 0.0) / total if country and total else 0.0


def read_context(
    text: Text, spots: Sequence[Spot], rest: Sequence[Spot], store: PlaceStore, words: PlaceWords
) -> Context:
    """Weigh the states and note what lies in what; `rest` are names of places inside other names (a university's)."""
    weights: dict[str, float] = defaultdict(float)
    firm: dict[str, float] = defaultdict(float)
    for spot in spots:
        for country, weight in _votes(spot):
            weights[country] += weight
            if weight >= _FIRM:
                firm[country] += weight
    for spot in rest:
        for country, weight in _votes(spot):
            weights[country] += 0.4 * weight
    nations: dict[int, frozenset[str]] = {}
    starts = {s.start: n for n, s in enumerate(spots)}
    for token in text.doc:
        if token.text[:1].isupper():
            found = _nationality(token.text, store)
            for country in found:
                weights[country] += 0.7 / len(found)
                firm[country] += 0.7 / len(found)
            if found:
                number = _spot_after(text, token.i + 1, starts, words)
                if number is not None:
                    nations[number] = found
    inside = {n: areas for n in range(len(spots)) if (areas := _stated(text, spots, n, store, words))}
    holds: dict[int, tuple[int, ...]] = {}
    for inner, areas in inside.items():
        for outer in areas:
            holds[outer] = (*holds.get(outer, ()), inner)
    strangers = len({name_key(s.name) for s in spots if not s.places and not s.tentative})
    return Context(weights, firm, strangers, inside, nations, holds, _peers(text, spots))


def _peers(text: Text, spots: Sequence[Spot]) -> dict[int, tuple[int, ...]]:
    """The members of each list of three or more names."""
    lists: list[list[int]] = []
    for n in range(len(spots)):
        if n and in_list(text, spots[n - 1], spots[n]):
            lists[-1].append(n)
        else:
            lists.append([n])
    return {n: tuple(m for m in group if m != n) for group in lists if len(group) > 2 for n in group}


def _nationality(word: str, store: PlaceStore) -> frozenset[str]:
    key = name_key(word)
    found = store.demonyms.get(key)
    if found is None and key.endswith("s"):
        found = store.demonyms.get(key[:-1])
    return found or frozenset()


def dominant(spot: Spot) -> Place | None:
    """The large town that a name means to any reader: far larger than its namesakes in all other states; or None."""
    towns = [p for p in spot.places if p.feature == "settlement"]
    top = max(towns, key=lambda p: p.population, default=None)
    if top is None or top.population < 300_000:
        return None
    others = max((p.population for p in spot.places if p.country != top.country), default=0)
    return top if top.population > 15 * others else None


def _votes(spot: Spot) -> list[tuple[str, float]]:
    """The states that a name speaks for by itself."""
    wide = [p.country for p in spot.places if p.feature in WIDE]
    if wide:
        sure = len({p.country for p in spot.places if p.feature in {"country", "admin1"}}) == 1
        return [(c, 1.5 if sure else 0.5) for c in wide if c]
    countries = {p.country for p in spot.places if p.country}
    known = max((p.population for p in spot.places), default=0) >= 30_000 or any(
        p.feature not in SETTLED for p in spot.places
    )
    if len(countries) == 1:
        return [(next(iter(countries)), 0.8 if known else 0.15)]
    famous = dominant(spot)
    if famous is not None and famous.country:
        return [(famous.country, 0.7)]
    shares = Counter(p.country for p in spot.places if p.country and p.feature not in WIDE)
    return [(c, 0.3 / len(shares)) for c in shares] if len(shares) <= 3 else []


def _spot_after(text: Text, i: int, starts: Mapping[int, int], words: PlaceWords) -> int | None:
    """The spot that a nationality before it qualifies: "the Syrian (northern) town of X", "Syrian city X"."""
    for j in range(i, min(i + 6, len(text.doc))):
        if j in starts:
            return starts[j] if j > i else None
        word = text.doc[j]
        known = any(words.has(role, word.text) for role in ("direction", "class_before", "class_after"))
        if not known and word.lower_ not in {"of", "-", "'s", "capital", "port"} and word.pos_ != "ADJ":
            return None
    return None


def _stated(text: Text, spots: Sequence[Spot], n: int, store: PlaceStore, words: PlaceWords) -> tuple[int, ...]:
    """Numbers of the spots in which the text puts spot n: "X, Y", "X in Y", "X, in the province of Y", "Y's X"."""
    found: list[int] = []
    previous, sentence = spots[n], text.sentence_index(spots[n].start)
    for m in range(n + 1, len(spots)):
        outer = spots[m]
        if outer.start - previous.end > REACH or text.sentence_index(outer.start) != sentence:
            break
        if not _leads_to(text, previous, outer, store, words):
            break
        found.append(m)
        previous = outer
    if n and _possessive(text, spots[n - 1], spots[n], words):
        found.append(n - 1)
    return tuple(found)


def _leads_to(text: Text, inner: Spot, outer: Spot, store: PlaceStore, words: PlaceWords) -> bool:
    """True where the words between two names say that the first lies in the second, or may (a bare comma)."""
    between = [t.lower_ for t in text.doc[inner.end : outer.start]]
    if between == [","] or between == ["("]:
        return True
    if any(w in _BREAKS for w in between):
        return False
    if "," in between and between[-1] == "," and all(_describes(w, words) for w in between[:-1]):
        return True  # "X province, Y"
    small = {",", "the", "a", "an", "-", "of", "s", "'s"}
    plain = [w for w in between if not (w in small or name_key(w) in store.demonyms or _describes(w, words))]
    return plain in (["in"], ["in", "in"], ["in", "and", "in"], ["inside"], ["within"], ["located", "in"])


def _describes(word: str, words: PlaceWords) -> bool:
    roles = ("direction", "describing", "class_before", "class_after", "offset")
    return any(words.has(role, word) for role in roles)


def _possessive(text: Text, outer: Spot, inner: Spot, words: PlaceWords) -> bool:
    between = [t.lower_ for t in text.doc[outer.end : inner.start]]
    if not between or between[0] not in {"'s", "'"}:
        return False
    return all(_describes(w, words) or w in {"of", "the", "-"} for w in between[1:])
