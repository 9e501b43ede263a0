"""Imported seeds written as one act, or not at all: the workspace must pass its check with them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from georisk.check import check_seeds
from georisk.errors import Fault, FaultGroup, UsageError
from georisk.journal import STATE, commit, finish_locked
from georisk.locking import workspace_lock
from georisk.seeds import gather_seeds
from georisk.workspace import data_folder


def require_target(root: Path) -> None:
    """Refuse a folder that holds other things than a workspace; one that is empty or not there yet becomes one.

    Raises
    ------
    UsageError
        If it is a file, or holds something but no ``seeds/``.
    """
    if root.is_file():
        raise UsageError(f"{root} is a file; name a workspace with --into")
    if root.is_dir() and not (root / "seeds").is_dir() and any(one.name != STATE for one in root.iterdir()):
        raise UsageError(f"{root} holds no seeds/ and is not empty; name a workspace, or an empty folder")


def write_checked(root: Path, texts: Mapping[str, str]) -> None:
    """Write files of ``seeds/`` as one act, if the workspace has no faults with them that it had not before.

    Parameters
    ----------
    root
        The workspace; it is made if it is not there yet.
    texts
        New contents by path in the workspace.

    Raises
    ------
    FaultGroup
        With every fault the files would bring; nothing is written.
    WorkspaceLocked
        If another process keeps writing.
    """
    with workspace_lock(root / STATE):
        finish_locked(root)
        faults = new_faults(root, texts)
        if faults:
            raise FaultGroup(f"{len(faults)} faults would enter the registry; nothing was written", faults)
        commit(root, {path: text.encode("utf-8") for path, text in texts.items()})


def new_faults(root: Path, texts: Mapping[str, str]) -> list[Fault]:
    """Return the faults that a workspace would have with some files, and has not now."""
    data = data_folder(root)
    with tempfile.TemporaryDirectory(prefix="georisk-") as place:
        folder = Path(place)
        if (root / "seeds").is_dir():
            shutil.copytree(root / "seeds", folder / "seeds", ignore=shutil.ignore_patterns("news", ".*"))
        for path, text in texts.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="")
        found = _faults(folder / "seeds", data)
    known = {(one.where, one.found) for one in _faults(root / "seeds", data)} if found else set()
    return [one for one in found if (one.where, one.found) not in known]


def _faults(folder: Path, data: Path) -> list[Fault]:
    seeds, unread = gather_seeds(folder, data / "vocabulary")
    return [*unread, *check_seeds(seeds, data).faults]
