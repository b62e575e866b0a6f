"""Draw what `according code` shows of the first sample reports: `python examples/screen.py docs/img/code.svg`."""

from __future__ import annotations

import io
import re
import sys
from itertools import islice
from pathlib import Path

from rich.console import Console

from according import ReadOptions, Settings, pipeline_coder, read, run
from according.cli.reading import sample_paths
from according.cli.table import print_contract
from according.shapes import Contract

REPORTS = 2
WIDTH = 132


def main(target: Path) -> None:
    """Write the picture."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    intakes = read(sample_paths(), ReadOptions())
    for outcome in islice(run(intakes, lambda: pipeline_coder(Settings())), REPORTS):
        if isinstance(outcome, Contract):
            print_contract(console, outcome)
    target.parent.mkdir(parents=True, exist_ok=True)
    svg = re.sub(r"@font-face \{[^}]*\}", "", console.export_svg(title="according code --samples"))  # no other host
    target.write_text("\n".join(line.rstrip() for line in svg.splitlines()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
