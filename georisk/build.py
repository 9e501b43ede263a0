"""Everything in order, into a temporary folder, swapped into place: the registry becomes maps and tables.

An interrupted build leaves the last good one whole. The same seeds, data, dates and last scores give the same
bytes.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from georisk import __version__
from georisk.builds import OVERRIDE, changes_since, kept_of, read_builds, write_builds
from georisk.check import Findings, check_seeds, data_faults
from georisk.errors import FaultGroup, UsageError
from georisk.files import sync_folder
from georisk.locking import workspace_lock
from georisk.outputs import OUTPUTS
from georisk.outputs.rows import Report, report
from georisk.workspace import Day, Workspace

MANIFEST = "manifest.json"
_EXCHANGE = 2
_HERE = -100


@dataclass(frozen=True)
class Built:
    """What a build made. ``fresh``: its inputs are not those of the last build, or there was none."""

    folder: Path
    files: tuple[str, ...]
    report: Report
    findings: Findings
    fresh: bool


def build(
    workspace: Workspace,
    *,
    as_of: Day = None,
    known_by: Day = None,
    out: Path,
    step: Callable[[str], None] = lambda name: None,
) -> Built:
    """Check the workspace, score it, and write all outputs.

    Parameters
    ----------
    workspace
        An opened workspace.
    as_of, known_by
        The two clocks; today if ``None``.
    out
        Folder of the outputs; replaced as a whole, files that no manifest lists are carried over.
    step
        Called with the name of each stage before it starts.

    Raises
    ------
    FaultGroup
        If the check finds faults; nothing is written.
    """
    step("check")
    findings = check_seeds(workspace.seeds, workspace.data)
    faults = [*data_faults(workspace.data), *findings.faults]
    if faults:
        raise FaultGroup(f"{len(faults)} faults", faults)
    step("assess")
    assessment = workspace.assess(as_of, known_by)
    found = report(assessment, workspace.holders(assessment.snapshot), workspace.data / "places", workspace.root)
    now = kept_of(workspace, assessment)
    state = state_folder(workspace, out)
    with workspace_lock(state):
        builds = read_builds(state)
        step("changes")
        found = replace(found, changes=changes_since(state, builds.earlier(now), workspace, now))
        with _swapped(out) as fresh:
            made = []
            for name, draw in OUTPUTS.items():
                step(name)
                made += draw(found, workspace, fresh)
            _write_manifest(fresh, workspace, found, sorted(made))
        write_builds(state, builds.after(now), workspace)
    return Built(out, tuple(sorted(made)), found, findings, builds.after(now) is not builds)


def state_folder(workspace: Workspace, out: Path) -> Path:
    """Return where the lock and the last scores are kept: in the workspace, or beside outputs made elsewhere."""
    inside = not workspace.bundled and out.is_relative_to(workspace.root)
    return (workspace.root if inside else out.parent) / ".georisk"


def _write_manifest(folder: Path, workspace: Workspace, found: Report, made: list[str]) -> None:
    snapshot, method = found.snapshot, found.assessment.method
    manifest = {
        "georisk": __version__,
        "as_of": snapshot.as_of.isoformat(),
        "known_by": snapshot.known_by.isoformat(),
        "projection": snapshot.projection,
        "method": {"version": method.version, "fingerprint": method.fingerprint},
        "inputs": input_hashes(workspace),
        "outputs": {name: _sha256(folder / name) for name in made},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def input_hashes(workspace: Workspace) -> dict[str, str]:
    """Return the sha256 of every seeds and data file, by its path in the workspace; news is none until accepted."""
    seeds = workspace.root / "seeds"
    files = [path for path in seeds.rglob("*") if path.is_file() and seeds / "news" not in path.parents]
    hashes = {path.relative_to(workspace.root).as_posix(): _sha256(path) for path in files}
    for path in workspace.data.rglob("*"):
        if path.is_file():
            hashes["data/" + path.relative_to(workspace.data).as_posix()] = _sha256(path)
    if workspace.override is not None:
        hashes[f"{OVERRIDE}/{workspace.override.name}"] = _sha256(workspace.override)
    return dict(sorted(hashes.items()))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def _swapped(out: Path) -> Iterator[Path]:
    """Yield an empty folder beside ``out`` that takes its place once everything in it is written."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; name a folder with --out")
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    fresh = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-new-"))
    fresh.chmod(0o755)
    try:
        yield fresh
        _carry_over(out, fresh)
        _sync(fresh)
        _exchange(fresh, out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _sweep(out: Path) -> None:
    """Remove what a killed build left beside the outputs."""
    for left in out.parent.glob(f".{out.name}-new-*"):
        shutil.rmtree(left, ignore_errors=True)


def _carry_over(out: Path, fresh: Path) -> None:
    """Copy what no manifest lists (a README, a screenshot) from the folder that is replaced."""
    if not out.is_dir():
        return
    listed = {MANIFEST, *_listed(out)}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out)
        if path.is_file() and name.as_posix() not in listed and not (fresh / name).exists():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, fresh / name)


def _listed(out: Path) -> list[str]:
    try:
        manifest: Any = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        return list(manifest["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
    sync_folder(folder)


def _exchange(fresh: Path, out: Path) -> None:
    """Put ``fresh`` in the place of ``out`` in one step; what was there ends up under the temporary name."""
    if not out.exists():
        fresh.rename(out)
    else:
        library = ctypes.CDLL(None, use_errno=True)
        swap = getattr(library, "renameat2", None)
        done = swap is not None and swap(_HERE, os.fsencode(fresh), _HERE, os.fsencode(out), _EXCHANGE) == 0
        if not done:
            aside = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-new-"))
            out.rename(aside / "old")
            fresh.rename(out)
            shutil.rmtree(aside, ignore_errors=True)
    sync_folder(out.parent)
