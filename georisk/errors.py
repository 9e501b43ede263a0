"""What can go wrong, drawn as a tree.

::

    GeoriskError            catch this around any call of the library
    ├── UsageError          the request itself: an unknown site, a bad date, no workspace
    ├── Fault               one fault in one record of one file
    ├── FaultGroup          all faults of a workspace, raised together (an ``ExceptionGroup``)
    └── WorkspaceLocked     another run holds the workspace

A fault about data names the file and record, what was found, what is allowed, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence


class GeoriskError(Exception):
    """Base of every error georisk raises on purpose."""


class UsageError(GeoriskError):
    """A request that cannot be met as it was put; the message says what is allowed."""


class WorkspaceLocked(GeoriskError):
    """Another georisk run is writing in this workspace."""


class Fault(GeoriskError):
    """One fault in one record.

    Parameters
    ----------
    where
        File (relative to the workspace) and record, as in ``seeds/parties/x.toml [stake-1]``.
    found
        What stands there.
    allowed
        What may stand there, or what to do.
    """

    def __init__(self, where: str, found: str, allowed: str = "") -> None:
        self.where = where
        self.found = found
        self.allowed = allowed
        super().__init__(f"{where}: {found}" + (f"; {allowed}" if allowed else ""))


class FaultGroup(GeoriskError, ExceptionGroup[Fault]):
    """All faults found in one reading; nothing was written."""

    def derive(self, excs: Sequence[Fault]) -> FaultGroup:  # type: ignore[override]  # a group of faults only
        """Return a group of the same kind around other faults."""
        return FaultGroup(self.message, excs)
