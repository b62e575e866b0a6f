"""The gazetteer's file: places and the keys of their names in SQLite, read-only and safe to use from many threads."""

from __future__ import annotations

import math
import os
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from according.errors import MissingPart
from according.resolve.places_key import loose_key, name_key
from according.values import PlacePrecision

# Features for which a whole state, or more, stands.
WIDE = frozenset({"country", "former", "continent", "macro", "ocean", "sea"})
AREAS = frozenset({"country", "former", "continent", "macro", "admin1", "admin2", "region", "unrecognised"})
SETTLED = frozenset({"settlement", "neighbourhood", "village", "camp"})

SCHEMA = """
CREATE TABLE place (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, feature TEXT NOT NULL, precision TEXT NOT NULL,
  country TEXT, admin1 TEXT, admin1_id TEXT, admin2 TEXT, latitude REAL NOT NULL, longitude REAL NOT NULL,
  radius_km REAL NOT NULL, population INTEGER NOT NULL, south REAL, west REAL, north REAL, east REAL);
CREATE TABLE name (
  key TEXT NOT NULL, row INTEGER NOT NULL, preferred INTEGER NOT NULL, PRIMARY KEY (key, row)) WITHOUT ROWID;
CREATE TABLE loose (
  key TEXT NOT NULL, row INTEGER NOT NULL, spelling TEXT NOT NULL, PRIMARY KEY (key, row, spelling)) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT NOT NULL, country TEXT NOT NULL, PRIMARY KEY (key, country)) WITHOUT ROWID;
CREATE TABLE fixed (country TEXT PRIMARY KEY);
CREATE TABLE input (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, rows INTEGER NOT NULL);
"""
_COLUMNS = (
    "id, name, feature, precision, country, admin1, admin1_id, admin2, latitude, longitude, radius_km, population, "
    "south, west, north, east"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer.

    Args:
        id: stable id with its origin as prefix (gn: GeoNames, ne: Natural Earth, iso: countries, x: supplement).
        name: the name to show.
        feature: settlement, admin1, admin2, country, river, sea, base, ... (see docs/precision.md).
        precision: what the point stands for when a text names this place.
        country: ISO 3166-1 alpha-3, or None for what lies in several or none.
        admin1, admin1_id, admin2: names (and id) of the areas that it lies in, where known.
        latitude, longitude: WGS84 degrees.
        radius_km: distance from the point within which the place lies.
        population: inhabitants, 0 where not known.
        box: south, west, north, east of an area, where known.
        preferred: True where the name that was looked up is the place's main name.
    """

    id: str
    name: str
    feature: str
    precision: PlacePrecision
    country: str | None
    admin1: str | None
    admin1_id: str | None
    admin2: str | None
    latitude: float
    longitude: float
    radius_km: float
    population: int
    box: tuple[float, float, float, float] | None = None
    preferred: bool = True

    @property
    def is_area(self) -> bool:
        """True for states and parts of states, in which other places lie."""
        return self.feature in AREAS

    def holds(self, other: Place) -> bool:
        """True where `other` lies in this place: by its codes where both have them, else by box and radius."""
        if self.id == other.id:
            return False
        if other.country is None and self.country is not None:  # a river of several states is in each of them
            return other.feature not in WIDE and self.km_to(other) <= self.radius_km + other.radius_km
        if self.feature == "country":
            return other.country == self.country
        if self.feature == "admin1" and other.admin1_id == self.id:
            return True
        if self.country and other.country and self.country != other.country:
            return False
        if self.box is not None:
            south, west, north, east = self.box
            return south - 0.05 <= other.latitude <= north + 0.05 and west - 0.05 <= other.longitude <= east + 0.05
        return self.km_to(other) <= self.radius_km * 1.1

    def km_to(self, other: Place) -> float:
        """Great-circle distance of the two points in kilometres."""
        return distance_km((self.latitude, self.longitude), (other.latitude, other.longitude))


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (latitude, longitude) points in kilometres."""
    lat1, lat2 = math.radians(a[0]), math.radians(b[0])
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


class PlaceStore:
    """Looks names up in one or more gazetteer files; a later file's row replaces an earlier one's of the same id.

    Args:
        paths: files made by `gazetteer_build`, the base first.

    Raises:
        MissingPart: a file is not there.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        for path in paths:
            if not path.exists():
                raise MissingPart(f"The gazetteer file {path} is not there; make it with: according gazetteer add FILE")
        self.paths = tuple(paths)
        self._local = threading.local()

    def __getstate__(self) -> dict[str, object]:
        return {"paths": self.paths}

    def __setstate__(self, state: dict[str, tuple[Path, ...]]) -> None:
        self.paths = state["paths"]
        self._local = threading.local()

    def _connections(self) -> list[sqlite3.Connection]:
        """This thread's connections; a forked process opens its own."""
        local = self._local
        if getattr(local, "pid", None) != os.getpid():
            local.connections = [sqlite3.connect(f"{p.as_uri()}?mode=ro", uri=True) for p in self.paths]
            local.memory = {}
            local.pid = os.getpid()
        found: list[sqlite3.Connection] = local.connections
        return found

    def _query(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        return [row for connection in self._connections() for row in connection.execute(sql, values)]

    def named(self, key: str) -> tuple[Place, ...]:
        """All places that have a name of this exact key."""
        connections = self._connections()
        memory: dict[str, tuple[Place, ...]] = self._local.memory
        if key not in memory:
            if len(memory) > 20000:
                memory.clear()
            sql = f"SELECT {_COLUMNS}, preferred FROM name JOIN place USING (row) WHERE key = ?"
            rows = (row for c in connections for row in c.execute(sql, (key,))) if key else ()
            memory[key] = tuple({row[0]: _place(row) for row in rows}.values())
        return memory[key]

    def sounding_like(self, name: str) -> list[tuple[Place, str]]:
        """Places with a name of the same loose class, with that name's exact key; a caller must check the area."""
        key = loose_key(name)
        if len(key) < 2:
            return []
        sql = f"SELECT {_COLUMNS}, 0, spelling FROM loose JOIN place USING (row) WHERE loose.key = ?"
        return [(_place(row[:-1]), str(row[-1])) for row in self._query(sql, key)]

    def by_id(self, identifier: str) -> Place | None:
        """The place of an id, or None."""
        rows = self._query(f"SELECT {_COLUMNS}, 1 FROM place WHERE id = ?", identifier)
        return _place(rows[-1]) if rows else None

    def near(self, latitude: float, longitude: float, degrees: float) -> Iterable[Place]:
        """Settlements in a box of so many degrees around a point."""
        sql = f"SELECT {_COLUMNS}, 1 FROM place WHERE latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?"
        box = (latitude - degrees, latitude + degrees, longitude - degrees, longitude + degrees)
        return [_place(row) for row in self._query(sql, *box)]

    @cached_property
    def demonyms(self) -> dict[str, frozenset[str]]:
        """Countries (ISO alpha-3) by the key of a demonym ("syrian")."""
        found: dict[str, set[str]] = {}
        for key, country in self._query("SELECT key, country FROM demonym"):
            found.setdefault(str(key), set()).add(str(country))
        return {key: frozenset(countries) for key, countries in found.items()}

    @cached_property
    def fixed_spelling(self) -> frozenset[str]:
        """States (ISO alpha-3) whose places are written in one way only: no other transliteration is looked for."""
        return frozenset(str(row[0]) for row in self._query("SELECT country FROM fixed"))

    def identity(self) -> str:
        """What a run writes down: names and hashes of the inputs of all files."""
        rows = self._query("SELECT name, sha256 FROM input ORDER BY name")
        return " ".join(f"{name}:{str(sha)[:12]}" for name, sha in rows)


def _place(row: Sequence[object]) -> Place:
    (
        identifier,
        name,
        feature,
        precision,
        country,
        admin1,
        admin1_id,
        admin2,
        lat,
        lon,
        radius,
        population,
        *box,
        preferred,
    ) = row
    return Place(
        str(identifier), str(name), str(feature), PlacePrecision(str(precision)),
        _text(country), _text(admin1), _text(admin1_id), _text(admin2),
        float(lat), float(lon), float(radius), int(population),  # type: ignore[arg-type, call-overload]
        None if box[0] is None else (float(box[0]), float(box[1]), float(box[2]), float(box[3])),  # type: ignore[arg-type]
        bool(preferred),
    )  # fmt: skip


def _text(cell: object) -> str | None:
    return None if cell is None or cell == "" else str(cell)


def keys_of(name: str) -> str:
    """The key under which a name is stored: capitals alone ("UAE") keep an own key, so that "US" is not "us"."""
    bare = name.replace(".", "").replace(" ", "")
    if bare.isalpha() and bare.isupper() and len(bare) <= 5:
        return "=" + bare
    return name_key(name)
