"""Runs under the peer's own interpreter: JSON Lines of key and text in, key and numbers of killed people out."""

import json
import sys

from gdelt_regkg.fields.counts import analyze_counts  # type: ignore[import-not-found]

for line in sys.stdin:
    row = json.loads(line)
    found = [m for m in analyze_counts(row["text"]).mentions if m.count_type == "KILL"]
    print(json.dumps({"key": row["key"], "killed": [m.number for m in sorted(found, key=lambda m: m.start)]}))
