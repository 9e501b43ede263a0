"""Build time per stage and peak memory of the embedded registry, beside reading its files with plain ``tomllib``."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run() -> dict[str, object]:
    """Return seconds per stage, for the whole command, and peak memory in MiB."""
    from georisk.build import build
    from georisk.workspace import open_workspace

    figures: dict[str, object] = {}
    started = time.perf_counter()
    for path in (ROOT / "seeds").rglob("*.toml"):
        tomllib.loads(path.read_text(encoding="utf-8"))
    plain = time.perf_counter() - started
    started = time.perf_counter()
    workspace = open_workspace(ROOT)
    figures["open: read and validate all seeds, s"] = time.perf_counter() - started
    figures["  ratio to plain tomllib on the same files"] = (time.perf_counter() - started) / plain
    marks: list[tuple[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        out = Path(folder) / "maps"
        build(workspace, as_of="2026-11-21", known_by="2026-11-21", out=out,
              step=lambda name: marks.append((name, time.perf_counter())))  # fmt: skip
        marks.append(("end", time.perf_counter()))
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    for (name, begun), (_, ended) in zip(marks, marks[1:], strict=False):
        figures[f"build: {name}, s"] = ended - begun
    figures["all outputs, MB"] = size / 1e6
    figures["georisk --help, s"] = _whole(["--help"])
    figures["georisk build, whole command, s"] = _build_command()
    figures["peak memory of this process, MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def _build_command() -> float:
    with tempfile.TemporaryDirectory() as folder:
        return _whole(["build", "--as-of", "2026-11-21", "--out", str(Path(folder) / "maps")])


def _whole(arguments: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "georisk", *arguments], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - started
