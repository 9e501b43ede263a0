"""House rule: building twice gives the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from georisk.build import build

pytestmark = pytest.mark.long

CLOCKS = ("--as-of", "2026-11-21", "--known-by", "2026-11-21")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def test_two_runs_of_the_repository_s_registry_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """Two processes with other hash seeds, so that no order of a set can decide a byte."""
    runs = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "georisk", "build", "--workspace", str(root), *CLOCKS]
        command += ["--out", str(tmp_path / seed / "maps")]
        environment = os.environ | {"PYTHONHASHSEED": seed, "COLUMNS": "200"}
        runs.append(
            subprocess.Popen(
                command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        )
    said = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert said[0][0] == said[1][0]
    one, other = (contents(tmp_path / seed / "maps") for seed in ("1", "2"))
    assert "index.html" in one
    assert differing(one, other) == []
    last = [contents(tmp_path / seed / ".georisk") for seed in ("1", "2")]
    assert differing(*({name: text for name, text in kept.items() if name != "lock"} for kept in last)) == []


@pytest.fixture(scope="module")
def rebuilt(sample: Any, built: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return what lay there before and after a second build into one folder."""
    first = contents(built.parent)
    build(sample.workspace, as_of="2026-11-21", known_by="2026-11-21", out=built)
    return first, contents(built.parent)


def test_a_rebuild_of_unchanged_inputs_leaves_everything_alone(rebuilt: Any) -> None:
    assert [name for name in differing(*rebuilt) if name != ".georisk/lock"] == []


def test_what_no_manifest_lists_is_carried_over(rebuilt: Any) -> None:
    _, second = rebuilt
    assert second["maps/README.md"] == b"mine\r\n"
    assert "maps/index.html" in second
