"""Codes of other lists for our countries, actors and event types, all from files under data/."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from according.errors import InvalidRule
from according.resolve.actors_base import Actor, load_actors
from according.rules import DATA, load_vocabulary
from according.shapes import PartyJson

FORMATS_DATA = DATA / "formats"


@dataclass(frozen=True, slots=True)
class Country:
    """A country in the codes of others.

    Args:
        iso3, numeric: ISO 3166-1.
        name: in English.
        gw: Gleditsch and Ward's number, or None where it has none.
        region: UCDP's region.
    """

    iso3: str
    numeric: int | None
    name: str
    gw: int | None
    region: str


@dataclass(frozen=True, slots=True)
class FirstLevel:
    """A first-level area: id in the gazetteer, name, the point that stands for it and its radius in kilometres."""

    id: str
    name: str
    country: str
    latitude: float
    longitude: float
    radius_km: float


@dataclass(frozen=True, slots=True)
class TypeCodes:
    """An event type in the code lists of others; None where a list has no such type."""

    acled: tuple[str | None, str | None]
    plover: tuple[str | None, str | None]
    cameo: str | None
    ucdp: tuple[int, ...]
    violent: bool


@dataclass(frozen=True, slots=True)
class KindCodes:
    """A kind of actor in the code lists of others; `acled_name` is what one without a name of its own is called."""

    inter: int | None
    abroad: int | None
    sector: str | None
    side: str | None
    acled_name: str | None = None


@dataclass(frozen=True)
class Codes:
    """All code lists, loaded once."""

    countries: Mapping[str, Country]
    areas: Mapping[tuple[str, str], FirstLevel]
    types: Mapping[str, TypeCodes]
    kinds: Mapping[str, KindCodes]
    inter: Mapping[int, str]
    regions: Mapping[str, str]
    disorder: Mapping[str, Mapping[str, object]]
    actors: Mapping[str, Actor]

    def country(self, iso3: str | None) -> Country | None:
        """The country of an ISO 3166-1 alpha-3 code; None where it is none of today's."""
        return self.countries.get(iso3) if iso3 else None

    def code_of(self, party: PartyJson, name: str) -> str | None:
        """A code that the knowledge base has for a party (ucdp_id, acled_name, wikidata ...), or None."""
        actor = self.actors.get(party.id) if party.id else None
        return actor.codes.get(name) if actor is not None else None

    def kind_of(self, party: PartyJson) -> KindCodes | None:
        """The codes of a party's kind; None where the kind is not known."""
        return self.kinds.get(party.kind) if party.kind else None


def load_codes(user_actors: Path | None = None) -> Codes:
    """Read the code lists of the package, and the project's own actors where it has a file of them.

    Raises:
        InvalidRule: a list lacks a column or holds a code that is none.
        InvalidInput: the knowledge base of actors cannot be read.
    """
    types = load_vocabulary(DATA / "vocabulary" / "event_types.yaml")
    kinds = load_vocabulary(FORMATS_DATA / "actor_codes.yaml")
    inter = load_vocabulary(FORMATS_DATA / "inter_codes.yaml")
    return Codes(
        _countries(DATA / "places" / "countries.csv"),
        _areas(DATA / "places" / "admin1.csv"),
        {name: _type(name, row) for name, row in types.items()},
        {name: _kind(name, row) for name, row in kinds.items()},
        {_whole(name, row["code"]): name for name, row in inter.items()},
        _regions(load_vocabulary(FORMATS_DATA / "acled_regions.yaml")),
        load_vocabulary(FORMATS_DATA / "acled_disorder.yaml"),
        load_actors(DATA / "knowledge", user_actors).actors,
    )


@cache
def default_codes() -> Codes:
    """The package's own lists."""
    return load_codes()


def _whole(where: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidRule(f"{where}: {value!r} is no code; write a whole number")
    return value


def _type(name: str, row: Mapping[str, object]) -> TypeCodes:
    ucdp, cameo = row["ucdp"], row["cameo"]
    if not isinstance(ucdp, list):
        raise InvalidRule(f"event_types.yaml, {name}: ucdp must be a list, not {ucdp!r}")
    return TypeCodes(
        _pair(name, row["acled"]), _pair(name, row["plover"]), None if cameo is None else str(cameo),
        tuple(_whole(name, n) for n in ucdp), bool(row["violent"]),
    )  # fmt: skip


def _pair(name: str, value: object) -> tuple[str | None, str | None]:
    if not isinstance(value, list) or len(value) != 2:
        raise InvalidRule(f"event_types.yaml, {name}: {value!r} must be a pair of a type and what it is more closely")
    first, second = (None if part is None else str(part) for part in value)
    return first, second


def _kind(name: str, row: Mapping[str, object]) -> KindCodes:
    inter, abroad, sector, side = (row.get(key) for key in ("inter", "abroad", "sector", "side"))
    return KindCodes(
        None if inter is None else _whole(name, inter), None if abroad is None else _whole(name, abroad),
        None if sector is None else str(sector), None if side is None else str(side),
        None if row.get("acled_name") is None else str(row["acled_name"]),
    )  # fmt: skip


def _regions(rows: Mapping[str, Mapping[str, object]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for region, row in rows.items():
        codes = row["countries"]
        if not isinstance(codes, list):
            raise InvalidRule(f"acled_regions.yaml, {region}: countries must be a list, not {codes!r}")
        # YAML 1.1 reads NO, ON and the like as truth values; no alpha-3 code is one of them.
        found |= dict.fromkeys(map(str, codes), region)
    return found


def _countries(path: Path) -> Mapping[str, Country]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["iso3"]: Country(
                row["iso3"], int(row["numeric"]) if row["numeric"] else None, row["name"],
                int(row["gw"]) if row["gw"] else None, row["region"],
            )
            for row in csv.DictReader(file)
        }  # fmt: skip


def _areas(path: Path) -> Mapping[tuple[str, str], FirstLevel]:
    """First-level areas by country and name; a name that two areas of one country share stands for neither."""
    found: dict[tuple[str, str], FirstLevel] = {}
    twice: set[tuple[str, str]] = set()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["country"], row["name"])
            if row["kind"] != "admin1" or not row["latitude"]:
                continue
            if key in found:
                twice.add(key)
            point = (float(row["latitude"]), float(row["longitude"]), float(row["radius_km"]))
            found[key] = FirstLevel(row["id"], row["name"], row["country"], *point)
    return {key: area for key, area in found.items() if key not in twice}
