"""One writer at a time: a lock file in the workspace's ``.georisk`` folder, held while something is written."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from georisk.errors import UsageError, WorkspaceLocked

PATIENCE_SECONDS = 60.0


@contextmanager
def workspace_lock(folder: Path, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the workspace for writing; a second run waits, then says who is in the way.

    The lock goes with the process, so a killed run leaves none behind.

    Raises
    ------
    WorkspaceLocked
        If another run still holds it after ``patience`` seconds.
    UsageError
        If the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written ({error.strerror}); choose another --workspace or --out"
        ) from None
    try:
        _acquire(descriptor, folder, time.monotonic() + patience)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, folder: Path, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                holder = os.pread(descriptor, 32, 0).decode().strip() or "unknown"
                raise WorkspaceLocked(
                    f"{folder.parent} is being written by process {holder}; try again later"
                ) from None
            time.sleep(0.1)
        else:
            return
