"""Adds a user's own places to a file beside the base: GeoNames dumps, OCHA administrative boundaries, plain tables."""

from __future__ import annotations

import csv
import hashlib
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from according.errors import InvalidInput
from according.model import Issue
from according.resolve.gazetteer import SCHEMA, WIDE
from according.resolve.gazetteer_build import PlaceWriter, is_name, read_table, settlement_radius
from according.resolve.places_key import name_key
from according.values import PlacePrecision

_MOST_ISSUES = 50
_GEONAMES_COLUMNS = 19
# GeoNames feature code, or class where the code is not listed, to (feature, precision, radius in km)
_FEATURES: Mapping[str, tuple[str, str, float]] = {
    "ADM1": ("admin1", "admin1", 80), "ADM2": ("admin2", "admin2", 30), "ADM3": ("admin2", "admin2", 15),
    "ADM4": ("admin2", "admin2", 8), "PPLX": ("neighbourhood", "settlement", 1.5), "AIRB": ("base", "exact", 3),
    "AIRP": ("facility", "exact", 3), "AIRF": ("facility", "exact", 2), "DAM": ("facility", "exact", 1),
    "CMPRF": ("camp", "settlement", 2), "CMP": ("camp", "settlement", 2), "MILB": ("base", "exact", 3),
    "INSM": ("base", "exact", 3), "HSP": ("facility", "exact", 0.5), "PRN": ("facility", "exact", 0.5),
    "PS": ("facility", "exact", 1), "OILF": ("facility", "exact", 8), "BDG": ("facility", "exact", 1),
    "PSTB": ("facility", "exact", 1), "STM": ("river", "region", 60), "STMI": ("river", "region", 40),
    "WAD": ("river", "region", 30), "LK": ("lake", "region", 15), "SEA": ("sea", "larger", 300),
    "GULF": ("sea", "larger", 150), "BAY": ("sea", "region", 20), "STRT": ("strait", "region", 30),
    "MTS": ("mountains", "region", 40), "MT": ("mountains", "near", 5), "PASS": ("mountains", "near", 5),
    "VAL": ("region", "region", 25), "PLN": ("region", "region", 40), "DSRT": ("region", "region", 150),
    "ISL": ("region", "region", 15), "ISLS": ("region", "region", 60), "PEN": ("region", "region", 50),
    "RGN": ("region", "region", 60), "AREA": ("region", "region", 20), "FRST": ("region", "region", 20),
    "OAS": ("region", "near", 8),
}  # fmt: skip


class FileKind(StrEnum):
    """What a file of places looks like."""

    GEONAMES = "geonames"
    COD_AB = "cod-ab"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Added:
    """What `add_file` did: rows written, rows left out (and for the first of these, why)."""

    kind: FileKind
    rows: int
    skipped: int
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class _Codes:
    """Countries and first-level areas of the base, to put the user's rows into them."""

    iso3: Mapping[str, str]
    by_code: Mapping[str, tuple[str, str]]
    by_name: Mapping[tuple[str, str], tuple[str, str]]


Row = tuple[dict[str, object], list[str]]
Reader = Callable[[Path, _Codes], Iterator[Row | str]]


def add_file(path: Path, target: Path, tables: Path, kind: FileKind | None = None) -> Added:
    """Read a file of places row by row into the user's own gazetteer file; what is there under the same id is replaced.

    Args:
        path: a GeoNames dump (a country's or allCountries: 19 tab-separated columns, no header), OCHA administrative
            boundaries with P-codes and centre points (CSV), or a plain CSV with name, latitude, longitude and any of
            id, alternatives (a bar between), country (ISO alpha-2 or -3), admin1, admin2, feature, precision,
            radius_km, population.
        target: the SQLite file to add to; made if it is not there. Other processes see all of the rows or none.
        tables: the package's data/places folder.
        kind: what the file is; found out from its first line when None.

    Raises:
        InvalidInput: the file cannot be read, or its columns are none of these three.
    """
    if not path.is_file():
        raise InvalidInput(f"{path} is no file; name a GeoNames dump or a CSV of places")
    found = kind or detect_kind(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(target, timeout=60)
    try:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            _prepare(connection)
            return _write(connection, path, found, _codes(tables))
    finally:
        connection.close()


def detect_kind(path: Path) -> FileKind:
    """What a file is, by its first line.

    Raises:
        InvalidInput: it is none of the three kinds.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path.name} is not UTF-8 text; save it as UTF-8") from error
    if first.count("\t") == _GEONAMES_COLUMNS - 1:
        return FileKind.GEONAMES
    header = {cell.strip().lower() for cell in next(csv.reader([first]), [])}
    if any(cell.startswith(("admin1pcode", "adm1_pcode")) for cell in header):
        return FileKind.COD_AB
    if {"name", "latitude", "longitude"} <= header:
        return FileKind.TABLE
    raise InvalidInput(
        f"{path.name} is no file of places that can be read: it has neither 19 tab-separated columns (GeoNames) nor "
        "P-codes (admin1Pcode, ...) nor the columns name, latitude, longitude"
    )


def _prepare(connection: sqlite3.Connection) -> None:
    for statement in SCHEMA.split(";"):
        if statement.strip():
            connection.execute(statement.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"))
    connection.execute("CREATE INDEX IF NOT EXISTS name_row ON name (row)")
    connection.execute("CREATE INDEX IF NOT EXISTS loose_row ON loose (row)")


def _codes(tables: Path) -> _Codes:
    iso3: dict[str, str] = {}
    for cells in read_table(tables / "countries.csv"):
        iso3.update(
            {cells["iso2"]: cells["iso3"], cells["iso3"]: cells["iso3"], name_key(cells["name"]): cells["iso3"]}
        )
    by_code: dict[str, tuple[str, str]] = {}
    by_name: dict[tuple[str, str], tuple[str, str]] = {}
    for cells in read_table(tables / "admin1.csv"):
        if cells["kind"] == "admin1":
            area = (cells["id"], cells["name"])
            by_code[cells["gn_code"]] = area
            for name in [cells["name"], *cells["alternatives"].split("|")]:
                by_name.setdefault((cells["country"], name_key(name)), area)
    return _Codes(iso3, by_code, by_name)


def _write(connection: sqlite3.Connection, path: Path, kind: FileKind, codes: _Codes) -> Added:
    first = connection.execute("SELECT coalesce(max(row), 0) + 1 FROM place").fetchone()[0]
    writer = PlaceWriter(connection, first)
    rows = skipped = 0
    issues: list[Issue] = []
    for row in _READERS[kind](path, codes):
        if isinstance(row, str):
            skipped += 1
            if len(issues) < _MOST_ISSUES:
                issues.append(Issue("gazetteer_row", f"{path.name}: {row}"))
            continue
        cells, names = row
        _remove(connection, str(cells["id"]))
        writer.add(cells, names)
        rows += 1
    writer.flush()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    connection.execute("INSERT OR REPLACE INTO input VALUES (?, ?, ?)", (path.name, digest, rows))
    return Added(kind, rows, skipped, tuple(issues))


def _remove(connection: sqlite3.Connection, identifier: str) -> None:
    found = connection.execute("SELECT row FROM place WHERE id = ?", (identifier,)).fetchone()
    if found is not None:
        for table in ("name", "loose", "place"):
            connection.execute(f"DELETE FROM {table} WHERE row = ?", found)


# --- readers: each yields a place with its names, or a sentence that says why a line was left out ---------------------


def _geonames(path: Path, codes: _Codes) -> Iterator[Row | str]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with path.open(encoding="utf-8", newline="") as file:
        for line, cells in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if len(cells) != _GEONAMES_COLUMNS:
                yield f"line {line} has {len(cells)} columns instead of {_GEONAMES_COLUMNS}"
                continue
            row = _geonames_row(cells, codes)
            if isinstance(row, str):
                yield f"line {line}: {row}"
            elif row is not None:
                yield row


def _geonames_row(cells: list[str], codes: _Codes) -> Row | str | None:
    """The place of a GeoNames line; None for what is left out on purpose (states, roads, wells, ...)."""
    fclass, code = cells[6], cells[7]
    country = codes.iso3.get(cells[8])
    area = codes.by_code.get(f"{cells[8]}.{cells[10]}")
    if fclass == "P":
        population = int(cells[14] or 0)
        feature, precision, radius = _FEATURES.get(code, ("settlement", "settlement", settlement_radius(population)))
    elif code in _FEATURES and not (code == "ADM1" and area is not None):
        population, (feature, precision, radius) = 0, _FEATURES[code]
    else:
        return None
    point = _point(cells[4], cells[5])
    if point is None:
        return f"{cells[1]} has no point on the globe ({cells[4]}, {cells[5]})"
    identifier = f"gn2:{cells[8]}.{cells[10]}.{cells[11]}" if code == "ADM2" and cells[11] else f"gn:{cells[0]}"
    row: dict[str, object] = {
        "id": identifier, "name": cells[1], "feature": feature, "precision": precision, "country": country,
        "admin1": area[1] if area else None, "admin1_id": area[0] if area else None, "population": population,
        "latitude": point[0], "longitude": point[1], "radius_km": radius,
    }  # fmt: skip
    return row, [cells[1], *(n for n in [cells[2], *cells[3].split(",")] if is_name(n))]


def _cod_ab(path: Path, codes: _Codes) -> Iterator[Row | str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, raw in enumerate(csv.DictReader(file), start=2):
            cells = {
                (k or "").lower().replace("_", ""): (v or "").strip() for k, v in raw.items() if isinstance(v, str)
            }
            level = max((n for n in range(1, 5) if _cell(cells, n, "pcode")), default=0)
            point = _point(*(_any(cells, names) for names in (_LATITUDES, _LONGITUDES)))
            name = _cell(cells, level, "nameen") or _cell(cells, level, "en") or _cell(cells, level, "name")
            if not level or not name:
                yield f"line {line} has no P-code, or no English name at its level"
                continue
            if point is None:
                yield f"line {line}: {name} has no centre point; add its latitude and longitude"
                continue
            country = codes.iso3.get(cells.get("iso3", "")) or codes.iso3.get(_cell(cells, 0, "pcode")[:2])
            outer = _cell(cells, 1, "nameen") or _cell(cells, 1, "en") or _cell(cells, 1, "name")
            area = codes.by_name.get((country or "", name_key(outer)))
            feature = "admin1" if level == 1 else "admin2"
            prefixes = (f"admin{level}name", f"admin{level}alt", f"adm{level}")
            others = [v for k, v in cells.items() if k.startswith(prefixes)]
            yield (
                {
                    "id": f"ocha:{_cell(cells, level, 'pcode')}", "name": name,
                    "feature": feature, "precision": feature,
                    "country": country, "admin1": outer or None, "admin1_id": area[0] if area else None,
                    "latitude": point[0], "longitude": point[1], "radius_km": {1: 80, 2: 30, 3: 12, 4: 6}[level],
                },
                [name, *(n for n in others if is_name(n) and n != name)],
            )  # fmt: skip


_LATITUDES = ("latitude", "lat", "centerlat", "centrelat", "ycoord", "y", "pointy")
_LONGITUDES = ("longitude", "lon", "long", "centerlon", "centrelon", "xcoord", "x", "pointx")


def _cell(cells: Mapping[str, str], level: int, what: str) -> str:
    return cells.get(f"admin{level}{what}") or cells.get(f"adm{level}{what}") or ""


def _any(cells: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((cells[n] for n in names if cells.get(n)), "")


def _table(path: Path, codes: _Codes) -> Iterator[Row | str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, raw in enumerate(csv.DictReader(file), start=2):
            cells = {(k or "").strip().lower(): (v or "").strip() for k, v in raw.items() if isinstance(v, str)}
            row = _table_row(cells, codes)
            yield f"line {line}: {row}" if isinstance(row, str) else row


def _table_row(cells: Mapping[str, str], codes: _Codes) -> Row | str:
    name, point = cells.get("name", ""), _point(cells.get("latitude", ""), cells.get("longitude", ""))
    if not name:
        return "the name is empty"
    if point is None:
        return f"{name} has no point on the globe"
    stated = cells.get("country", "")
    country = codes.iso3.get(stated.upper()) or codes.iso3.get(name_key(stated))
    if stated and country is None:
        return f"{name}: the country {stated!r} is unknown; give ISO 3166-1 letters"
    feature = cells.get("feature") or "settlement"
    precision = cells.get("precision") or (feature if feature in {"admin1", "admin2", "country"} else None)
    precision = precision or ("larger" if feature in WIDE else "settlement")
    if precision not in set(PlacePrecision):
        return f"{name}: the precision {precision!r} is not one of {', '.join(PlacePrecision)}"
    area = codes.by_name.get((country or "", name_key(cells.get("admin1", ""))))
    row: dict[str, object] = {
        "id": cells.get("id") or f"user:{name_key(name)}-{country or ''}-{point[0]:.3f}-{point[1]:.3f}",
        "name": name, "feature": feature, "precision": precision, "country": country,
        "admin1": cells.get("admin1") or None, "admin1_id": area[0] if area else None,
        "admin2": cells.get("admin2") or None,
        "latitude": point[0], "longitude": point[1], "radius_km": _number(cells.get("radius_km", "")) or 3.0,
        "population": int(_number(cells.get("population", "")) or 0),
    }  # fmt: skip
    return row, [name, *(n for n in cells.get("alternatives", "").split("|") if n)]


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _point(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, or None where they are no point (or the 0, 0 of an empty cell)."""
    lat, lon = _number(latitude), _number(longitude)
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180) or (lat == 0 and lon == 0):
        return None
    return lat, lon


_READERS: Mapping[FileKind, Reader] = {FileKind.GEONAMES: _geonames, FileKind.COD_AB: _cod_ab, FileKind.TABLE: _table}
