from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main

from georisk import __version__
from georisk.cli.app import app

COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
HEAVY = (
    "pandas",
    "numpy",
    "geopandas",
    "shapely",
    "pyproj",
    "folium",
    "branca",
    "sklearn",
    "scipy",
    "pyarrow",
    "jinja2",
)


def test_the_commands_of_the_spine_are_there() -> None:
    assert {"build", "check", "sites", "score", "owners", "map", "table", "init"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(georisk: Any, command: str) -> None:
    ran = georisk(command, "--help")
    assert ran.code == 0
    assert f"georisk {command}" in ran.out
    text = ran.out.split("Options:")[0].strip().splitlines()
    assert len(text) > 1, f"{command} says nothing about what it does"
    assert ran.err == ""


def test_every_option_is_explained() -> None:
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        for option in command.params:
            assert getattr(option, "help", None), f"{name} {option.name} has no help"


def test_help_and_version(georisk: Any) -> None:
    assert georisk("--help").code == 0
    assert georisk("-h").out == georisk("--help").out
    assert georisk("--version").out == f"georisk {__version__}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [(("nonsense",), "nonsense"), (("score", "--nonsense"), "--nonsense"), (("score", "--format", "xml"), "xml"),
     (("owners",), "site"), (("check", "too", "many"), "")],
)  # fmt: skip
def test_a_request_that_makes_no_sense_is_exit_2(georisk: Any, words: tuple[str, ...], said: str) -> None:
    ran = georisk(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_workspace_may_stand_before_or_after_the_command(georisk: Any, sample: Any) -> None:
    folder = sample.workspace.root
    before, after = (
        georisk("--workspace", folder, "sites", "--format", "csv"),
        georisk("sites", "--workspace", folder, "--format", "csv"),
    )
    assert before == after
    assert before.code == 0
    assert before.out.splitlines()[1].startswith("cloud,Cloud,mine")


def test_a_workspace_that_is_none_is_exit_2(georisk: Any, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        for command in ("sites", "check", "build", "score"):
            ran = georisk(command, "--workspace", folder)
            assert (ran.code, ran.out) == (2, "")
            assert "georisk init" in ran.err


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("build", "--help")])
def test_help_loads_no_heavy_library(root: Path, words: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom georisk.__main__ import main\nsys.argv = ['georisk', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, cwd=root, check=True)
    assert ran.stderr == "[]\n"


def test_help_is_quick(root: Path) -> None:
    """Half a second is promised on an idle machine; processor time is measured, so that company does not matter."""
    code = (
        "import sys, time\nfrom georisk.__main__ import main\nsys.argv = ['georisk', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    print(time.process_time(), file=sys.stderr)\n"
    )
    best = 9.0
    for _ in range(3):
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
        best = min(best, float(ran.stderr))
    assert best < 0.5
