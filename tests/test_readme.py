"""The README is executed: its commands run and print what it says, its Python runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def _blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def _commands():
    for block in _blocks("console"):
        command, *expected = block.rstrip("\n").split("\n")
        yield command.removeprefix("$ "), expected


def _pattern(expected):
    parts = [".*?".join(re.escape(part) for part in line.split("...")) for line in expected]
    return re.compile(r"\s*".join(parts), re.DOTALL)


@pytest.mark.parametrize(("command", "expected"), list(_commands()), ids=[one for one, _ in _commands()])
def test_commands_print_what_the_readme_says(command, expected, georisk):
    words = shlex.split(command)
    assert words[0] == "georisk"
    ran = georisk(*words[1:], "--workspace", ROOT)
    assert ran.code == 0, ran.err
    assert _pattern(expected).search(ran.out), ran.out


@pytest.mark.parametrize("block", _blocks("python"))
def test_python_runs(block, monkeypatch):
    monkeypatch.chdir(ROOT)
    exec(compile(block, "README.md", "exec"), {})


def test_every_command_of_the_tool_is_in_the_readme(georisk):
    listed = re.findall(r"^  ([a-z]+)  ", georisk("--help").out.split("Commands:")[1], re.MULTILINE)
    assert listed
    assert [name for name in listed if f"georisk {name}" not in TEXT] == []


def test_pictures_and_pages_it_points_at_are_there():
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", TEXT):
        assert (ROOT / target).exists(), target
