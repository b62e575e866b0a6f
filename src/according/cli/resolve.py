"""`according resolve place|actor|date`: what a name or expression may mean, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from according.cli.options import json_option
from according.cli.plain import clean
from according.errors import InvalidInput
from according.settings import Settings, find_project, load_settings

_DATA = Path(__file__).parent.parent / "data"
_COUNTRY = click.option("--country", metavar="CODE", help="The state to look in, ISO 3166-1 alpha-3 (SYR).")


@click.group()
def resolve() -> None:
    """Look up what a name or an expression of time may mean, best first, with the reasons."""


def _settings() -> Settings:
    return load_settings(find_project(Path.cwd()))


def _print(rows: Iterable[Mapping[str, Any]], as_json: bool, nothing: str) -> None:
    """Rows as JSON lines or as a table.

    Raises:
        InvalidInput: there are none.
    """
    found = list(rows)
    if not found:
        raise InvalidInput(nothing)
    if as_json:
        for row in found:
            click.echo(json.dumps(row, ensure_ascii=False).encode("utf-8"))
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from according.cli.table import screen

    table = Table(*found[0], box=box.SIMPLE_HEAD, show_edge=False)
    for row in found:
        table.add_row(*(Text(clean("" if cell is None else str(cell))) for cell in row.values()))
    screen().print(table)


@resolve.command()
@click.argument("name")
@_COUNTRY
@click.option("--near", metavar="LAT,LON", help="Nearer places come first.")
@json_option
def place(name: str, country: str | None, near: str | None, as_json: bool) -> None:
    """The places that NAME may mean."""
    from according.cli.reading import prepare
    from according.resolve.places import open_gazetteer

    point, settings = _point(near) if near else None, _settings()
    prepare(settings)
    gazetteer = open_gazetteer(settings.cache_folder, _DATA / "places", settings.gazetteer)
    found = gazetteer.lookup(name, country.upper() if country else None, point)
    rows = [
        {
            "id": c.place.id, "name": c.place.name, "kind": c.place.feature, "country": c.place.country,
            "admin1": c.place.admin1, "latitude": c.place.latitude, "longitude": c.place.longitude,
            "score": round(c.score, 3), "why": "; ".join(c.reasons),
        }
        for c in found
    ]  # fmt: skip
    _print(rows, as_json, f"no place is named {name!r}; try another spelling, or another country")


def _point(near: str) -> tuple[float, float]:
    try:
        latitude, longitude = (float(part) for part in near.split(","))
    except ValueError as error:
        raise click.UsageError("--near takes latitude and longitude in degrees, such as 34.5,40.9") from error
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise click.UsageError("--near is not on the globe; latitude comes first, such as 34.5,40.9")
    return latitude, longitude


@resolve.command()
@click.argument("name")
@_COUNTRY
@click.option("--on", "day", metavar="DATE", help="The day on which the actor existed (YYYY-MM-DD).")
@json_option
def actor(name: str, country: str | None, day: str | None, as_json: bool) -> None:
    """The actors that NAME may mean."""
    from according.acquire import iso_day
    from according.resolve.actors import load_index

    index = load_index(_DATA, _settings().actors)
    found = index.resolve(name, country.upper() if country else None, iso_day(day) if day else None)
    rows = [
        {
            "id": c.actor.id, "name": c.actor.name, "kind": c.actor.kind, "country": c.actor.country,
            "chosen": "yes" if c.chosen else "no", "why": c.reason,
        }
        for c in found
    ]  # fmt: skip
    _print(rows, as_json, f"no actor is named {name!r}; try another spelling, or add one to the project's actors")


@resolve.command()
@click.argument("expression")
@click.option("--published", metavar="DATE", help="The day that relative words count from (YYYY-MM-DD).")
@json_option
def date(expression: str, published: str | None, as_json: bool) -> None:
    """The days that EXPRESSION may mean ("last Friday"); without --published, relative words stay open."""
    from according.acquire import iso_day
    from according.resolve.dates.finder import load_dates

    found = load_dates(_DATA / "lexicon").resolve(expression, iso_day(published) if published else None)
    rows = [
        {
            "expression": c.expression, "start": c.value.start, "end": c.value.end, "precision": str(c.value.precision),
            "timex": c.value.timex, "why": "; ".join(c.reasons),
        }
        for c in found
    ]  # fmt: skip
    _print(rows, as_json, f"{expression!r} names no time that is understood; write a day, month or weekday")
