"""House rule: what the README shows is run. Console and Python blocks work as printed, and every command is named.

A line of a ``console`` block that begins with ``$ georisk`` is run in a copy of the registry; each line that follows
must be printed in that order, ``...`` standing for anything. A ``python`` block is run as a script.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import typer.main

from georisk.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8") if README.exists() else ""
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Shown:
    """A command of the README and what it is shown to print."""

    command: str
    lines: list[str] = field(default_factory=list)


def blocks(language: str) -> list[str]:
    return [body for name, body in FENCE.findall(TEXT) if name == language]


def commands() -> Iterator[Shown]:
    for body in blocks("console"):
        shown: Shown | None = None
        for line in body.splitlines():
            if line.startswith("$ "):
                if shown is not None:
                    yield shown
                shown = Shown(line[2:])
            elif shown is not None and line.strip() not in ("", "..."):
                shown.lines.append(line.strip())
        if shown is not None:
            yield shown


def pattern(line: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in line.split("...")))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the registry, so that a command that writes harms nothing."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return folder


def test_there_is_a_readme() -> None:
    assert README.exists(), "README.md is missing"
    assert TEXT.startswith("# georisk")
    assert list(commands()), "README.md shows no command in a ```console block"
    assert blocks("python"), "README.md shows no ```python block"


@pytest.mark.parametrize("shown", list(commands()), ids=lambda shown: shown.command)
def test_a_command_prints_what_is_shown(
    shown: Shown, desk: Path, georisk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, *words = shlex.split(shown.command)
    assert program == "georisk", f"only georisk is run: {shown.command}"
    monkeypatch.chdir(desk)
    ran = georisk(*words)
    assert ran.code == 0, ran.err
    printed = iter([line.strip() for line in (ran.out + ran.err).splitlines()])
    for line in shown.lines:
        assert any(pattern(line).fullmatch(one) for one in printed), f"not printed, or not in this order: {line}"


@pytest.mark.parametrize("code", blocks("python"))
def test_a_script_runs(code: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    exec(compile(code, "README.md", "exec"), {"__name__": "__readme__"})


def test_every_command_is_named_and_none_is_invented() -> None:
    named = set(re.findall(r"`georisk (\w+)", TEXT)) | set(re.findall(r"^(?:\$ )?georisk (\w+)", TEXT, re.MULTILINE))
    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert sorted(known - named) == [], "commands that README.md does not name"
    assert sorted(named - known) == [], "commands that README.md names and georisk does not have"


def test_commands_shown_pin_their_day() -> None:
    for shown in commands():
        if shown.lines:
            assert "--as-of" in shown.command, f"what this prints changes with the day: {shown.command}"


def test_pictures_and_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (ROOT / target).exists(), f"README.md links to {target}, which is not there"
