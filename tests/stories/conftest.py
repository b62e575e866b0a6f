"""`bench`, whose scorer the stories use, lies beside `src` and is not installed; this puts the checkout on the path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
