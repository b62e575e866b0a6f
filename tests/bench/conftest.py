"""`bench` lies beside `src` and is not installed; this puts the checkout on the path, however pytest is started."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
