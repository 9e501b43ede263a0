"""georisk: an evidence-first registry of critical-mineral projects.

>>> import georisk
>>> workspace = georisk.open()
>>> "ngualla" in workspace.seeds.sites
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from georisk.workspace import Workspace

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(folder: str | Path | None = None) -> Workspace:  # noqa: A001  reads as georisk.open(".")
    """Open a workspace: a folder that holds ``seeds/`` and ``data/``.

    Parameters
    ----------
    folder
        The workspace; ``None`` means the current folder if it holds ``seeds/``, else the bundled registry.

    Raises
    ------
    FaultGroup
        With every fault of every file.
    """
    from georisk.workspace import open_workspace

    return open_workspace(folder)
