"""Options that commands share, and the workspace they lead to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from georisk.cli.formats import Format
from georisk.errors import FaultGroup

if TYPE_CHECKING:
    from georisk.workspace import Workspace


WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace", help="Folder that holds seeds/ (default: here, else the bundled registry).", show_default=False
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Look at this day (YYYY-MM-DD; default: today).", show_default=False),
]
KnownBy = Annotated[
    str | None,
    typer.Option(
        "--known-by",
        metavar="DATE",
        help="Use only what was published by this day (default: today).",
        show_default=False,
    ),
]
MethodOption = Annotated[
    Path | None,
    typer.Option(
        "--method",
        metavar="FILE",
        help="A TOML file of your own weights and goalposts, laid over the method; outputs say so.",
        show_default=False,
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print: for people, or for scripts.")]

_chosen: list[Path | None] = [None]


def remember_workspace(folder: Path | None) -> None:
    """Keep the ``--workspace`` that stood before the command's name."""
    _chosen[0] = folder


def opened(folder: Path | None, method: Path | None = None) -> Workspace:
    """Open the workspace a command was pointed at: its own option, else the one before its name.

    ``method`` is a user's own file of weights and goalposts. Raises ``FaultGroup`` where a record holds what no command
    can work with.
    """
    from dataclasses import replace

    from georisk.check import record_faults
    from georisk.outputs.plain import visible
    from georisk.workspace import open_workspace

    found = open_workspace(folder if folder is not None else _chosen[0])
    faults = record_faults(found.seeds, found.data)
    if faults:
        raise FaultGroup(f"{len(faults)} faults in seeds/", faults)
    if method is None:
        return found
    laid = replace(found, override=method.expanduser().resolve())
    text = f"method {laid.method().version} ({laid.method().fingerprint})"
    sys.stderr.write(visible(text) + "\n")
    return laid


def root_of(folder: Path | None) -> Path:
    """Return the folder a command works on, without reading it."""
    from georisk.workspace import find_root

    return find_root(folder if folder is not None else _chosen[0])


def root_for_writing(folder: Path | None) -> Path:
    """Return the workspace a command writes into: the one named, or the current folder if it is one.

    Raises
    ------
    UsageError
        If neither is: the bundled registry is read, not written.
    """
    from georisk.errors import UsageError
    from georisk.workspace import find_root, seeds_folder

    given = folder if folder is not None else _chosen[0]
    if given is None and not (Path.cwd() / "seeds").is_dir():
        raise UsageError("the bundled registry is read-only; make a workspace of your own with: georisk init DIR")
    root = find_root(given)
    seeds_folder(root)
    return root


def out_path(workspace: Workspace, out: Path) -> Path:
    """Return where outputs go: relative to the workspace, or to the current folder for the bundled registry."""
    base = Path.cwd() if workspace.bundled else workspace.root
    return (base / out.expanduser()).resolve()
