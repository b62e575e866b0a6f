"""The gold sets, in the order of the table."""

from __future__ import annotations

from bench.model import Benchmark
from bench.sets.fa_kes import FaKes
from bench.sets.geovirus import GeoVirus
from bench.sets.maverick import Maverick
from bench.sets.muc4 import Muc4
from bench.sets.plover_gsr import PloverGsr
from bench.sets.re3d import Re3d
from bench.sets.seed import Seed
from bench.sets.stories import Stories
from bench.sets.stories_c import StoriesC
from bench.sets.wikiwars import WikiWars

SETS: tuple[Benchmark, ...] = (
    FaKes(),
    Muc4(),
    WikiWars(),
    GeoVirus(),
    Re3d(),
    PloverGsr(),
    Seed(),
    Stories("stories", ("stories",)),
    Stories("stories_open", ("tests/stories/open",)),
    StoriesC(),
    Maverick(),
)
SEALED: Benchmark = Stories("stories_sealed", ("tests/stories/sealed",), secret=True)
"""Scored with `--sealed` only: figures, never texts."""
