"""A folder of seeds and data: open it, look at it on a day, score it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from georisk.dates import When
from georisk.errors import UsageError
from georisk.files import bundled_root, require_folder
from georisk.journal import read_settled
from georisk.seeds import Seeds, read_seeds
from georisk.snapshot import Snapshot
from georisk.tables import are_tables, read_tables

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from georisk.assessment import Assessment
    from georisk.method import Method
    from georisk.ownership.holders import Holders

Day = date | str | None


@dataclass(frozen=True)
class Workspace:
    """An opened workspace: where it lies and what its seeds say.

    ``override`` is a user's own file of weights and goalposts, laid over the method; ``None`` without one.
    """

    root: Path
    seeds: Seeds
    bundled: bool
    override: Path | None = None

    @property
    def data(self) -> Path:
        """The folder of method, vocabulary and reference data."""
        return data_folder(self.root)

    def snapshot(self, as_of: Day = None, known_by: Day = None) -> Snapshot:
        """Look at the seeds on a day, as known by a day; both default to today.

        Raises
        ------
        UsageError
            If a day is not a date.
        """
        return Snapshot.take(self.seeds, day(as_of), day(known_by))

    def method(self) -> Method:
        """Read the method, a user's own weights laid over it; raises ``FaultGroup`` with every misfit."""
        from georisk.indicators import NAMES
        from georisk.method import read_method
        from georisk.overrides import overridden

        method = read_method(self.data / "method", NAMES)
        return method if self.override is None else overridden(method, self.override)

    def holders(self, snapshot: Snapshot) -> Holders:
        """Return the ownership of all sites on the snapshot's day."""
        from georisk.ownership.holders import Holders
        from georisk.ownership.stakes import Ageing, ownership_graph

        method = self.method()
        ageing = Ageing(method.ageing.grace_months, method.ageing.per_year)
        return Holders(snapshot, ownership_graph(snapshot, ageing), method.ownership.material_percent)

    def registry(self, as_of: Day = None, known_by: Day = None) -> gpd.GeoDataFrame:
        """Return the registry: one row a site, WGS84, longitude first (columns: ``georisk.registry.COLUMNS``)."""
        from georisk.registry import registry_frame, registry_rows

        snapshot = self.snapshot(as_of, known_by)
        return registry_frame(registry_rows(snapshot, self.holders(snapshot), self.data / "places"))

    def assess(self, as_of: Day = None, known_by: Day = None) -> Assessment:
        """Score all sites on a day, as known by a day, each score with the interval its evidence leaves open."""
        from georisk.assessment import assess
        from georisk.sensitivity.intervals import with_intervals

        return with_intervals(assess(self.snapshot(as_of, known_by), self.method(), self.data / "reference"))

    def scores(self, as_of: Day = None, known_by: Day = None) -> pd.DataFrame:
        """Return the scores: site, part, dimension, score, low, high, band, known_weight, reason."""
        from georisk.assessment import score_frame

        return score_frame(self.assess(as_of, known_by))


def day(given: Day) -> date:
    """Return a day from a date, an ISO text or ``None`` (today); a partial date means its last day."""
    if given is None:
        return date.today()
    try:
        return When.parse(given).last
    except ValueError as error:
        raise UsageError(str(error)) from None


def data_folder(root: Path) -> Path:
    """Return the workspace's ``data/``, else the bundled one."""
    own = root / "data"
    return own if own.is_dir() else bundled_root() / "data"


def seeds_folder(root: Path) -> Path:
    """Return the workspace's ``seeds/``; raises ``UsageError`` where there is none."""
    if not (root / "seeds").is_dir():
        raise UsageError(f"{root} holds no seeds/; make a workspace with: georisk init DIR")
    return root / "seeds"


def find_root(folder: str | Path | None = None) -> Path:
    """Return the workspace a command works on.

    The folder asked for, else the current one if it holds ``seeds/``, else the bundled registry.
    """
    if folder is not None:
        return require_folder(Path(folder).expanduser().resolve())
    here = Path.cwd()
    return here if (here / "seeds").is_dir() else bundled_root()


def open_workspace(folder: str | Path | None = None) -> Workspace:
    """Open a workspace and read its seeds; an act that was interrupted is finished first.

    Raises
    ------
    UsageError
        If the folder does not exist or holds no ``seeds/``.
    FaultGroup
        With every fault of every file.
    """
    root = find_root(folder)
    seeds = read_settled(root, lambda: _read(root))
    return Workspace(root, seeds, bundled=root == bundled_root())


def _read(root: Path) -> Seeds:
    """Read the seeds: a folder of files, or of tables where the registry is too large for files."""
    folder = seeds_folder(root)
    return read_tables(folder) if are_tables(folder) else read_seeds(folder, data_folder(root) / "vocabulary")
