from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from georisk.errors import WorkspaceLocked


@pytest.mark.parametrize(
    ("trouble", "code", "said"),
    [
        (WorkspaceLocked("desk is being written by process 7"), 2, "georisk: desk is being written by process 7\n"),
        (
            FileNotFoundError(2, "No such file or directory", "x.toml"),
            2,
            "georisk: x.toml: No such file or directory\n",
        ),
        (OSError(28, "No space left on device"), 2, "georisk: file system: No space left on device\n"),
    ],
)
def test_trouble_is_one_clear_message(georisk: Any, trouble: Exception, code: int, said: str) -> None:
    with patch("georisk.workspace.open_workspace", side_effect=trouble):
        ran = georisk("sites")
    assert (ran.code, ran.out, ran.err) == (code, "", said)


def test_an_interruption_is_130(georisk: Any) -> None:
    with patch("georisk.workspace.open_workspace", side_effect=KeyboardInterrupt):
        assert georisk("sites").code == 130


def test_a_defect_of_georisk_itself_is_not_hidden(georisk: Any) -> None:
    with patch("georisk.workspace.open_workspace", side_effect=ZeroDivisionError), pytest.raises(ZeroDivisionError):
        georisk("sites")


def test_faults_are_listed_and_cannot_steer_the_terminal(georisk: Any, made: Any) -> None:
    made.party("ada", colour="red")
    made.write()
    made.path("party", "bob").write_text('id = "bob\\u001b[2J"\nname = "Bob"\nkind = "person"\ncompiled = 2026-11-21\n')
    ran = georisk("sites", "--workspace", made.root)
    assert (ran.code, ran.out) == (2, "")
    first, *faults = ran.err.splitlines()
    assert first == f"georisk: {len(faults)} faults in seeds/; nothing was written"
    assert all(line.strip().startswith("seeds/parties/") for line in faults)
    assert "\x1b" not in ran.err


def test_it_runs_as_a_module_and_keeps_data_apart_from_words(root: Path, made: Any) -> None:
    made.site("hill", country="TZA")
    command = [sys.executable, "-m", "georisk", "sites", "--workspace", str(made.write()), "--format", "csv"]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[1].startswith("hill,Hill,mine")


def test_a_full_disk_is_a_message(root: Path, made: Any) -> None:
    made.site("hill")
    command = [sys.executable, "-m", "georisk", "sites", "--workspace", str(made.write()), "--format", "csv"]
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=root, check=False)
    assert ran.returncode == 2
    assert ran.stderr == "georisk: file system: No space left on device\n"
