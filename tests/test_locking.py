from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from georisk.errors import UsageError, WorkspaceLocked
from georisk.locking import workspace_lock

HOLDER = """
import sys, time
from pathlib import Path
from georisk.locking import workspace_lock
with workspace_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(folder: Path, seconds: float, root: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder), str(seconds)], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_says_who_is_in_the_way(tmp_path: Path, root: Path) -> None:
    with hold(tmp_path / ".georisk", 30, root) as process:
        with (
            pytest.raises(WorkspaceLocked, match=f"written by process {process.pid}; try again"),
            workspace_lock(tmp_path / ".georisk", patience=0.0),
        ):
            pass
        process.kill()


def test_it_waits_for_the_other_to_finish(tmp_path: Path, root: Path) -> None:
    with hold(tmp_path / ".georisk", 0.3, root):
        before = time.monotonic()
        with workspace_lock(tmp_path / ".georisk", patience=30.0):
            assert time.monotonic() - before < 30


def test_a_killed_run_leaves_no_lock(tmp_path: Path, root: Path) -> None:
    process = hold(tmp_path / ".georisk", 30, root)
    process.kill()
    process.communicate()
    with workspace_lock(tmp_path / ".georisk", patience=0.0):
        pass


def test_it_is_free_again_after_a_failure(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), workspace_lock(tmp_path / ".georisk", patience=0.0):
            raise ZeroDivisionError


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="choose another --workspace"), workspace_lock(tmp_path / "file" / ".georisk"):
        pass
