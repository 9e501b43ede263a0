"""Several files written as one act: a journal is made durable first, so that a crash leaves all of it or none.

Before the journal (``.georisk/journal.json``) stands, nothing has been touched; once it stands, the act has happened,
and whoever next opens the workspace finishes it. Every file is replaced whole, so none is ever torn.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from georisk.errors import UsageError
from georisk.files import atomic_write, sync_folder, write_text
from georisk.locking import workspace_lock

STATE = ".georisk"
JOURNAL = "journal.json"
LEDGER = "seeds/news/ledger.jsonl"
_LEFT = re.compile(r"[a-z0-9_]{8}")
"""The tail of a temporary name that ``files.atomic_write`` makes."""

T = TypeVar("T")
Files = Mapping[str, bytes | None]
"""New contents by path inside the workspace; ``None`` removes the file."""


def commit(root: Path, files: Files) -> None:
    """Write several files of a workspace as one act. The caller holds the workspace's lock.

    Parameters
    ----------
    root
        The workspace.
    files
        What each file shall hold; those that hold it already are left alone.
    """
    changed = {name: after for name, after in files.items() if _read(root / name) != after}
    if not changed:
        return
    entries = [
        {"path": name, "before": sha256(_read(root / name)), "after": sha256(after),
         "bytes": None if after is None else base64.b64encode(after).decode("ascii")}
        for name, after in sorted(changed.items())
    ]  # fmt: skip
    _sweep(root / STATE / JOURNAL)
    write_text(root / STATE / JOURNAL, json.dumps({"files": entries}) + "\n")
    _apply(root)


def finish(root: Path) -> bool:
    """Finish an act that was interrupted, or that another process is in the middle of; say whether there was one.

    Raises
    ------
    UsageError
        If the workspace cannot be written, or a file was changed between the interruption and now.
    WorkspaceLocked
        If another process keeps at it.
    """
    if not (root / STATE / JOURNAL).exists():
        return False
    with workspace_lock(root / STATE):
        return finish_locked(root)


def finish_locked(root: Path) -> bool:
    """Do what :func:`finish` does for a caller that holds the lock."""
    standing = (root / STATE / JOURNAL).exists()
    if standing:
        _apply(root)
    return standing


def read_settled(root: Path, read: Callable[[], T]) -> T:
    """Read files of a workspace between acts: never the half of one, not even while another process is at it."""
    while True:
        finish(root)
        before = _mark(root)
        try:
            found = read()
        except Exception:
            if _mark(root) == before:
                raise
        else:
            if _mark(root) == before:
                return found


def sha256(content: bytes | None) -> str | None:
    """Return the sha256 of a file's content; ``None`` for no file."""
    return None if content is None else hashlib.sha256(content).hexdigest()


def _mark(root: Path) -> tuple[bool, int, int]:
    """Return what every act changes: whether a journal stands, and which ledger lies there."""
    try:
        ledger = (root / LEDGER).stat()
    except FileNotFoundError:
        return (root / STATE / JOURNAL).exists(), 0, 0
    return (root / STATE / JOURNAL).exists(), ledger.st_ino, ledger.st_mtime_ns


def _apply(root: Path) -> None:
    journal = root / STATE / JOURNAL
    entries = json.loads(journal.read_text(encoding="utf-8"))["files"]
    for entry in entries:
        standing = sha256(_read(root / entry["path"]))
        if standing not in (entry["before"], entry["after"]):
            raise UsageError(
                f"{entry['path']} was edited after an act on it was interrupted, so the act cannot be finished; "
                f"put the file aside, run the command again, then bring your edit back (or remove {journal})"
            )
    for entry in entries:
        path = root / entry["path"]
        _sweep(path)
        if sha256(_read(path)) != entry["after"]:
            _put(path, None if entry["bytes"] is None else base64.b64decode(entry["bytes"]))
    journal.unlink()
    sync_folder(journal.parent)


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
        sync_folder(path.parent)
    else:
        with atomic_write(path) as stream:
            stream.write(content)


def _sweep(path: Path) -> None:
    """Remove what a killed write left beside a file."""
    for left in path.parent.glob(f".{path.name}.*"):
        if _LEFT.fullmatch(left.name.removeprefix(f".{path.name}.")):
            left.unlink(missing_ok=True)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
