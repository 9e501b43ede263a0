"""``make bench``: figures of speed and memory, each beside a plain alternative of the same run. Never a test.

Every module of this folder offers ``run() -> dict`` of printable figures. ``make bench ONLY=maps`` runs one.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from pathlib import Path


def main() -> None:
    """Run the benches and print their figures."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    wanted = os.environ.get("ONLY", "").split(",") if os.environ.get("ONLY") else names
    for name in (one for one in names if one in wanted):
        started = time.perf_counter()
        figures = importlib.import_module(f"tests.bench.{name}").run()
        print(f"\n{name} ({time.perf_counter() - started:.1f} s)")
        for label, value in figures.items():
            print(f"  {label:<68} {value:.4g}" if isinstance(value, float) else f"  {label:<68} {value}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
