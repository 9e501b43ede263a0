"""The wheel: how large, how long it takes to make and to install, and a build of the whole registry from it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run() -> dict[str, object]:
    """Return megabytes and seconds; the libraries it needs are taken from this environment, not fetched again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        making = _seconds([*pip, "wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT)])
        (wheel,) = folder.glob("*.whl")
        installing = _seconds([*pip, "install", "--no-deps", "--target", str(folder / "site"), str(wheel)])
        desk = folder / "desk"
        georisk = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(folder / 'site')!r}); "
                   "from georisk.__main__ import main; sys.exit(main())"]  # fmt: skip
        _seconds([*georisk, "init", str(desk)])
        building = _seconds([*georisk, "build", "--workspace", str(desk), "--out", str(desk / "maps")])
        sites = len(list((desk / "seeds" / "sites").iterdir()))
        return {
            "wheel, MB": wheel.stat().st_size / 1e6,
            "make the wheel, s": making,
            "install it beside its libraries, s": installing,
            f"build the registry of {sites} sites from it, s": building,
        }


def _seconds(words: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir())
    return time.perf_counter() - started
