"""Write actors_states.csv, aliases_states.csv and relations_states.csv from countries.csv and the services lexicon.

Run it after editing data/knowledge/countries.csv: `python tools/state_actors.py`. The three files are never edited by
hand; what a state's army is called in its own words ("Bundeswehr") stands in aliases.csv.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

DATA = Path(__file__).parents[1] / "src" / "according" / "data"
LANGUAGES = ("fr", "es", "ar", "ru", "uk")
WITH_ARTICLE = {
    "bhs", "caf", "cod", "cog", "com", "cze", "dom", "gmb", "mdv", "mhl", "nld", "phl", "syc", "slb", "are", "gbr",
    "usa", "sun", "vat",
}  # fmt: skip
# id suffix, pattern of the name, kind, PLOVER sector
SERVICES = (
    ("gov", "Government of {}", "government", "GOV"),
    ("mil", "Military of {}", "state_forces", "MIL"),
    ("air", "Air Force of {}", "state_forces", "MIL"),
    ("navy", "Navy of {}", "state_forces", "MIL"),
    ("sec", "Security forces of {}", "state_forces", "COP"),
    ("police", "Police of {}", "police", "COP"),
    ("mod", "Ministry of Defence of {}", "ministry", "GOV"),
    ("moi", "Ministry of the Interior of {}", "ministry", "GOV"),
    ("mfa", "Ministry of Foreign Affairs of {}", "ministry", "GOV"),
    ("moh", "Ministry of Health of {}", "ministry", "GOV"),
    ("par", "Parliament of {}", "government", "LEG"),
)
ACTOR_COLUMNS = (
    "id", "name", "kind", "country", "start", "end", "wikidata", "ucdp_id", "ucdp_from", "acled_name", "acled_inter",
    "acled_from", "plover_sector", "note",
)  # fmt: skip
ALIAS_COLUMNS = ("actor", "alias", "language", "kind", "rule")
RELATION_COLUMNS = ("subject", "relation", "object", "start", "end", "said_by", "contested")
# Numbers read from the file named; the other states wait for somebody who has the list at hand.
UCDP = {"caf-gov": "86", "tcd-gov": "87", "cog-gov": "88", "uga-gov": "90"}
UCDP_FROM = "GED 23.1"


def parts(cell: str) -> list[str]:
    """The parts of a cell that are set apart by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def actor_rows(country: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The state and its services."""
    code = country["iso3"] or country["id"].upper()
    common = {"country": code, "start": country["start"], "end": country["end"]}
    name = f"the {country['name']}" if country["id"] in WITH_ARTICLE else country["name"]
    yield {**common, "id": country["id"], "name": country["name"], "kind": "state", "plover_sector": "GOV"}
    for suffix, pattern, kind, sector in SERVICES:
        identifier = f"{country['id']}-{suffix}"
        row = {**common, "id": identifier, "name": pattern.format(name), "kind": kind, "plover_sector": sector}
        if identifier in UCDP:
            row |= {"ucdp_id": UCDP[identifier], "ucdp_from": UCDP_FROM}
        yield row


def alias_rows(country: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Names, demonyms and capitals; a capital counts only as a speaker ("Ankara said")."""
    seen: set[tuple[str, str]] = set()
    cells = [
        *(("en", "name", "as-party", name) for name in [country["name"], *parts(country["other_names"])]),
        *((lang, "name", "as-party", name) for lang in LANGUAGES for name in parts(country[f"name_{lang}"])),
        *(("en", "demonym", "", word) for word in parts(country["adjectives"])),
        *(("en", "label", "people", word) for word in parts(country["people"])),
        *(("en", "label", "as-speaker", city) for city in parts(country["capitals"])),
    ]
    for language, kind, rule, alias in cells:
        if (alias, kind) not in seen:
            seen.add((alias, kind))
            yield {"actor": country["id"], "alias": alias, "language": language, "kind": kind, "rule": rule}


def relation_rows(country: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Each service is part of its state."""
    for suffix, *_ in SERVICES:
        yield {"subject": f"{country['id']}-{suffix}", "relation": "part_of", "object": country["id"]}


def write(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write one CSV file in UTF-8 with line feeds."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Read the countries and write the three files."""
    folder = DATA / "knowledge"
    with (folder / "countries.csv").open(encoding="utf-8", newline="") as file:
        countries = list(csv.DictReader(file))
    write(folder / "actors_states.csv", ACTOR_COLUMNS, (r for c in countries for r in actor_rows(c)))
    write(folder / "aliases_states.csv", ALIAS_COLUMNS, (r for c in countries for r in alias_rows(c)))
    write(folder / "relations_states.csv", RELATION_COLUMNS, (r for c in countries for r in relation_rows(c)))


if __name__ == "__main__":
    main()
