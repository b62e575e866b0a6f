"""Synthetic coded rows with known events, for tests of linking and for measuring its time and memory.

    python tests/link/synthetic.py 100000        link that many rows; print seconds, memory and scores

Invented countries and names. One row in twenty is of one crowded day and area; elsewhere the density is such that a
row has some twenty candidates, however many rows there are.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

ACTORS = [
    f"{a} {b}" for a in ("Front of", "Army of", "Guard of", "Brigade of") for b in ("Orrin", "Tamsk", "Velde", "Quill")
]
TYPES = ("armed_clash", "air_strike", "shelling_missile", "attack_on_civilians", "ied_mine", "abduction", "protest")
PUBLISHERS = [f"Outlet {i}" for i in range(40)]
START = date(2001, 1, 1)


def synthetic(rows: int, seed: int = 1, crowded: float = 0.05, density: float = 19.0) -> Iterator[dict[str, Any]]:
    """Rows with the true event under "truth".

    Args:
        rows: how many.
        seed: of the random numbers.
        crowded: share of the rows that fall on one day within one city.
        density: how many other rows lie within reach of a row in time and space, outside the crowded day.
    """
    rng = random.Random(seed)
    days = max(int(rows * 7 * 0.104 / density), 10)  # of a region of 110 by 110 km, of which a row reaches a tenth
    made = 0
    while made < rows:
        event = _event(rng, days, rng.random() < crowded)
        for _ in range(min(rng.choice((1, 1, 2, 3, 5)), rows - made)):
            yield _report(rng, event, made)
            made += 1


def _event(rng: random.Random, days: int, crowded: bool) -> dict[str, Any]:
    if crowded:
        latitude, longitude, day = 10 + rng.random() * 0.1, 20 + rng.random() * 0.1, START
    else:
        number = rng.randrange(days)  # after ten years, the next region
        latitude, longitude = 10 + rng.randrange(200) / 200, 30 + 3 * (number // 3650) + rng.randrange(200) / 200
        day = START + timedelta(days=number % 3650)
    return {
        "truth": f"t{rng.getrandbits(60):x}",
        "type": rng.choice(TYPES),
        "day": day,
        "point": (round(latitude, 4), round(longitude, 4)),
        "actors": rng.sample(ACTORS, 2),
        "killed": int(rng.expovariate(1 / 8)),
    }


def _report(rng: random.Random, event: dict[str, Any], number: int) -> dict[str, Any]:
    day = (event["day"] + timedelta(days=rng.random() < 0.05)).isoformat()
    killed = max(event["killed"] + rng.choice((0, 0, 0, 1, -1)), 0)
    return {
        "key": f"r{number:07d}",
        "truth": event["truth"],
        "event_type": event["type"] if rng.random() < 0.8 else "attack",
        "date": {"start": day, "end": day, "precision": "day"},
        "place": {
            "name": f"Place {event['point'][0]} {event['point'][1]}",
            "country": "QQA",
            "latitude": event["point"][0],
            "longitude": event["point"][1],
            "precision": "settlement",
        },
        "actors": [{"name": name} for name in event["actors"] if rng.random() < 0.8],
        "killed": {"low": killed, "best": killed, "high": killed} if rng.random() < 0.9 else None,
        "injured": None,
        "publisher": rng.choice(PUBLISHERS),
    }


def main(rows: int) -> None:
    from according.link import default_weights, default_words, link, read_rows
    from according.link.api import rows_of
    from according.link.block import candidates

    began = time.perf_counter()
    truth: dict[str, str] = {}

    def accounts() -> Iterator[Any]:
        for line in synthetic(rows):
            truth[line["key"]] = line["truth"]
            yield from read_rows(line)

    linked = link(accounts(), default_weights(), default_words())
    print(f"{rows} rows: linked after {time.perf_counter() - began:.1f} s")
    written = sum(len(line["links"]) for line in rows_of(linked))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{written} links in words after {time.perf_counter() - began:.1f} s, {memory:.2f} GiB")
    import numpy as np

    counts = np.bincount(candidates(linked.table, default_weights()).ravel(), minlength=rows)
    print(f"median candidates {np.median(counts):.0f}, most {counts.max()}")
    ours, both, right = _pairs([linked.event_of(i) for i in range(rows)], [truth[key] for key in linked.table.keys])
    print(f"pairs: precision {both / max(ours, 1):.3f}, recall {both / max(right, 1):.3f}")


def _pairs(found: list[str], truth: list[str]) -> tuple[int, int, int]:
    from collections import Counter

    def count(names: list[Any]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(names).values())

    return count(found), count(list(zip(found, truth, strict=True))), count(truth)


if __name__ == "__main__":
    main(int(sys.argv[1]))
