"""What all tests share: a builder of small workspaces, the command line in-process, the real registry once."""

from __future__ import annotations

import importlib.util
import io
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings

from georisk.__main__ import main
from georisk.assessment import Assessment
from georisk.build import build
from georisk.outputs.rows import Report, report
from georisk.workspace import Workspace, open_workspace
from tests.collecting import (  # noqa: F401  # hooks
    pytest_collection_modifyitems,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-21"

settings.register_profile(
    "modest",
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking an example that scores a registry takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("modest")


def _beside(name: str) -> Any:
    """Load a module of this folder, whichever way pytest was started."""
    spec = importlib.util.spec_from_file_location(f"georisk_tests_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


_MADE = _beside("workspace").Made


@dataclass(frozen=True)
class Ran:
    """What a command left: exit code, stdout and stderr."""

    code: int
    out: str
    err: str


def run_georisk(*words: str | Path) -> Ran:
    """Run the command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with patch.object(sys, "argv", ["georisk", *map(str, words)]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    return Ran(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def workspace() -> Any:
    """Return the builder of small workspaces: ``made = workspace(tmp_path)``."""
    return _MADE


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """Return a workspace in the making in the test's own folder."""
    return _MADE(tmp_path / "desk")


@pytest.fixture(scope="session")
def georisk() -> Callable[..., Ran]:
    """Return the command line: ``georisk("check", "--workspace", folder).code``."""
    return run_georisk


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the repository."""
    return ROOT


@pytest.fixture(scope="session")
def repository() -> Workspace:
    """Return the repository's own registry, opened once."""
    return open_workspace(ROOT)


@pytest.fixture(scope="session")
def reported(repository: Workspace, assessed: Assessment) -> Report:
    """Return what the outputs of the repository's registry draw on, gathered once."""
    return report(assessed, repository.holders(assessed.snapshot), repository.data / "places")


@dataclass(frozen=True)
class Sample:
    """An invented registry of three sites, looked at on the pinned day."""

    made: Any
    workspace: Workspace
    report: Report


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Return an invented registry, scored and reported once: a mine, a complex of two parts, a rumour."""
    made = _MADE(tmp_path_factory.mktemp("sample"))
    _tell_sample(made)
    opened = made.open()
    assessment = opened.assess(DAY, DAY)
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places")
    return Sample(made, opened, found)


@pytest.fixture
def scored_once(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> Assessment:
    """Let every workspace answer with the invented registry's scores, for tests of what surrounds scoring."""
    monkeypatch.setattr(Workspace, "assess", lambda *given: sample.report.assessment)
    return sample.report.assessment


@pytest.fixture(scope="session")
def built(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the outputs of the invented registry, built once beside a file of somebody's own."""
    out = tmp_path_factory.mktemp("built") / "maps"
    out.mkdir()
    (out / "README.md").write_bytes(b"mine\r\n")
    build(sample.workspace, as_of=DAY, known_by=DAY, out=out)
    return out


def _tell_sample(made: Any) -> None:
    made.source("paper", grade="B", published="2026-09-01", url="https://example.org/paper")
    made.source("digest", grade="C", published="2026-10-01")
    made.party("dodoma", kind="state", incorporation="TZA", title="State of Tanzania")
    made.party("quarry", title="Quarry plc", listed=True, incorporation="GBR")
    made.party("ada", kind="person", incorporation="NOR", title="Ada")
    made.party("dragon", title="Dragon Metals", incorporation="CHN")
    made.party("bank", kind="agency", title="The Bank", incorporation="NOR")
    made.site("hill", country="TZA", at=(35.75, -6.17), holder="hill-co", aliases=["Kilima"])
    made.party("hill-co", title="Hill Company", incorporation="TZA")
    made.say("hill", "operator", "hill-co")
    made.say("hill", "commodity", ["gold", "copper"])
    made.say("hill", "stage", "permitted", since="2023-04", sources=["paper"])
    made.say("hill", "stage", "construction", since="2026-02-01", status="disputed", sources=["digest"])
    made.stake("hill-co", owner="dodoma", percent=16, carried=True, statutory=True, since="2020-01-01")
    made.stake("hill-co", owner="quarry", percent=84, since="2020-01-01")
    made.stake("quarry", owner="ada", percent=25, sources=["ledger", "paper"])
    made.say("hill", "offtake", 40, unit="percent", buyer="dragon", since="2024-01-01", until="2030-11-21")
    made.say("hill", "finance", 5_000_000, unit="USD", lender="bank", kind="loan", instrument="senior loan",
             force="binding", since="2025-01-01")  # fmt: skip
    made.say("hill", "milestone", "first metal", force="planned", due="2026-Q3", key="metal")
    made.say("hill", "milestone", "second line", force="planned", due="2027-06-30", key="line")
    made.say("hill", "contractor", "dragon", sources=["digest"])
    made.site("twin", parts=("east", "west"), kind="refinery")
    for part, place in (("east", (36.0, -6.5)), ("west", (35.0, -6.5))):
        made.hold(f"twin/{part}", f"{part}-co")
        made.shape(f"twin/{part}", {"type": "Point", "coordinates": list(place)}, "TZA", precision_km=3 + len(part))
        made.stake(f"{part}-co", owner="dragon", percent=100 if part == "west" else 20)
    made.say("twin/east", "stage", "production", since="2015")
    made.say("twin/west", "stage", "closed", since="2024-01-01")
    made.site("cloud")


@pytest.fixture(scope="session")
def assessed(repository: Workspace) -> Assessment:
    """Return the repository's registry scored on the pinned day, once."""
    return repository.assess(DAY, DAY)
