"""A folder of seeds and data: open it, check it, lock it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from georisk.files import bundled_root, require_folder
from georisk.seeds import Seeds, read_seeds


@dataclass(frozen=True)
class Workspace:
    """An opened workspace: where it lies and what its seeds say."""

    root: Path
    seeds: Seeds
    bundled: bool

    @property
    def data(self) -> Path:
        """Return the folder of method, vocabulary and reference data."""
        return data_folder(self.root)


def data_folder(root: Path) -> Path:
    """Return the workspace's ``data/``, else the bundled one."""
    own = root / "data"
    return own if own.is_dir() else bundled_root() / "data"


def find_root(folder: str | Path | None = None) -> Path:
    """Return the workspace a command works on.

    The folder asked for, else the current one if it holds ``seeds/``, else the bundled registry.
    """
    if folder is not None:
        return require_folder(Path(folder).expanduser().resolve())
    here = Path.cwd()
    return here if (here / "seeds").is_dir() else bundled_root()


def open_workspace(folder: str | Path | None = None) -> Workspace:
    """Open a workspace and read its seeds.

    Raises
    ------
    UsageError
        If the folder does not exist.
    FaultGroup
        With every fault of every file.
    """
    root = find_root(folder)
    require_folder(root / "seeds")
    seeds = read_seeds(root / "seeds", data_folder(root) / "vocabulary")
    return Workspace(root, seeds, bundled=root == bundled_root())
