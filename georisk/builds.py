"""What the last builds were made from and what they found: ``.georisk/last.json``, and the inputs kept beside it.

The next build compares itself with the last one whose inputs were others. The files that scores come from are kept
as they were (``.georisk/inputs-<digest>.zip``), so that every change can be shared out among its causes; a build of
unchanged inputs leaves all of this alone.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from georisk import __version__
from georisk.assessment import Assessment
from georisk.changes.comparing import Changes, compare
from georisk.changes.recorded import as_recorded, between_documents
from georisk.changes.views import View
from georisk.errors import UsageError
from georisk.files import atomic_write, write_text
from georisk.indicators import NAMES
from georisk.method import read_method
from georisk.outputs.scores import scores_document
from georisk.overrides import overridden
from georisk.seeds import read_seeds
from georisk.workspace import Workspace

LAST = "last.json"
DATA = ("method", "vocabulary", "reference")
OVERRIDE = "override"
_TORN = re.compile(r"\.(last\.json|inputs-[0-9a-f]+\.zip)\.[a-z0-9_]{8}")
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Kept:
    """One build: its clocks, the digest of its inputs, the software, and the scores it found (``scores.json``)."""

    as_of: str
    known_by: str
    inputs: str
    georisk: str
    scores: dict[str, Any]

    @property
    def fingerprint(self) -> tuple[str, str, str, str]:
        """What a build is told from another by."""
        return self.as_of, self.known_by, self.inputs, self.georisk


@dataclass(frozen=True, slots=True)
class Builds:
    """The last build, and the one before it that had other inputs; ``None`` where there was none."""

    current: Kept | None = None
    previous: Kept | None = None

    def earlier(self, now: Kept) -> Kept | None:
        """Return the build that a new one is compared with."""
        same = self.current is not None and self.current.fingerprint == now.fingerprint
        return self.previous if same else self.current

    def after(self, now: Kept) -> Builds:
        """Return what to keep once a build is done; the same if its inputs are those of the last."""
        same = self.current is not None and self.current.fingerprint == now.fingerprint
        return self if same else Builds(now, self.current)


def read_builds(folder: Path) -> Builds:
    """Read ``last.json`` of a ``.georisk`` folder; without one there was no build.

    Raises
    ------
    UsageError
        If it cannot be read.
    """
    path = folder / LAST
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return Builds(*(None if table[name] is None else Kept(**table[name]) for name in ("current", "previous")))
    except FileNotFoundError:
        return Builds()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path} cannot be read ({error}); delete it, the next build then compares with none"
        ) from None


def write_builds(folder: Path, builds: Builds, workspace: Workspace) -> None:
    """Keep the builds and what the last one was made from; files that hold it already are left alone."""
    assert builds.current is not None  # noqa: S101  a build was made
    path, archive = folder / LAST, _archive(folder, builds.current.inputs)
    text = json.dumps(asdict(builds), ensure_ascii=False, indent=1) + "\n"
    if not archive.exists():
        with atomic_write(archive) as stream:
            _pack(stream, workspace)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        write_text(path, text)
    _sweep(folder, {_archive(folder, one.inputs) for one in (builds.current, builds.previous) if one is not None})


def _sweep(folder: Path, kept: set[Path]) -> None:
    """Remove inputs of builds that are kept no more, and what killed writes left."""
    torn = [path for path in folder.iterdir() if _TORN.fullmatch(path.name)]
    for old in {*folder.glob("inputs-*.zip"), *torn} - kept:
        old.unlink(missing_ok=True)


def inputs_digest(workspace: Workspace) -> str:
    """Return the digest of the files that scores come from: sha256, first 16 digits."""
    digest = hashlib.sha256()
    for name, path in _inputs(workspace):
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def kept_of(workspace: Workspace, assessment: Assessment) -> Kept:
    """Return what is kept of a build: its clocks, inputs and scores."""
    snapshot = assessment.snapshot
    return Kept(snapshot.as_of.isoformat(), snapshot.known_by.isoformat(), inputs_digest(workspace), __version__,
                scores_document(assessment))  # fmt: skip


def changes_since(folder: Path, earlier: Kept | None, workspace: Workspace, now: Kept) -> Changes | None:
    """Return what moved since an earlier build; ``None`` without one.

    Where its inputs are gone, the two ``scores.json`` are compared: causes are indicators then.
    """
    if earlier is None:
        return None
    with view_of(folder, earlier) as before:
        if before is None:
            return between_documents(earlier.scores, now.scores)
        changes = compare(before, View.of(workspace, now.as_of, now.known_by))
        return as_recorded(changes, earlier.scores, f"from {earlier.georisk} to {now.georisk}")


@contextmanager
def view_of(folder: Path, kept: Kept) -> Iterator[View | None]:
    """Yield the view of an earlier build, from the inputs kept of it; ``None`` where they are gone.

    Its scores are made by the software of today, so that what the software moved can be told from the rest.
    """
    archive = _archive(folder, kept.inputs)
    if not archive.exists():
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="georisk-") as place:
        root = Path(place)
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(root)
        seeds = read_seeds(root / "seeds", root / "data" / "vocabulary")
        method = read_method(root / "data" / "method", NAMES)
        for path in (root / OVERRIDE).glob("*"):
            method = overridden(method, path)
        clocks = date.fromisoformat(kept.as_of), date.fromisoformat(kept.known_by)
        yield View(seeds, *clocks, method, root / "data" / "reference")


def _archive(folder: Path, digest: str) -> Path:
    return folder / f"inputs-{digest}.zip"


def _inputs(workspace: Workspace) -> Iterator[tuple[str, Path]]:
    """Yield the files that scores come from, by their names in a workspace; news that nobody accepted is none."""
    if workspace.override is not None:
        yield f"{OVERRIDE}/{workspace.override.name}", workspace.override
    seeds = workspace.root / "seeds"
    folders = [(seeds, "seeds", "news"), *((workspace.data / name, f"data/{name}", "") for name in DATA)]
    for folder, name, besides in folders:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts) and inside.parts[0] != besides:
                yield f"{name}/{inside.as_posix()}", path


def _pack(stream: Any, workspace: Workspace) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, path in _inputs(workspace):
            packed.writestr(zipfile.ZipInfo(name, _EPOCH), path.read_bytes(), zipfile.ZIP_DEFLATED)
