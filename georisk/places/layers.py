"""The layers behind a jurisdiction: land, lakes, joint zones, the sea's borders, the zones' breadths.

They are read once per folder and kept; nothing is read on import.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from georisk.errors import UsageError
from georisk.places.edges import EdgeIndex, Edges, Integers, shared_and_single

__all__ = ["HIGH_SEAS", "Layers", "Limits", "load_layers"]

HIGH_SEAS = "HIGH SEAS"
FULL_REACH = np.inf  # a coast without a stated reach carries every zone


@dataclass(frozen=True)
class Limits:
    """Breadths of the zones in nautical miles, distances of doubt in km, the names of the layers.

    Nearer than ``shore_km`` to a coast a point counts as land; nearer than ``doubt_km`` to a border the
    neighbours are named as possible.
    """

    mile_km: float
    territorial_nm: float
    eez_nm: float
    shore_km: float
    doubt_km: float
    names: dict[str, str]

    @property
    def territorial_km(self) -> float:
        """Breadth of the territorial sea in km."""
        return self.territorial_nm * self.mile_km

    @property
    def eez_km(self) -> float:
        """Breadth of the exclusive economic zone in km."""
        return self.eez_nm * self.mile_km


@dataclass(frozen=True)
class Layers:
    """All that is needed to tell whose land or sea a point lies in.

    Attributes
    ----------
    land
        Polygons without overlaps: ``jurisdiction``, ``claimants``, ``reach_km`` (how far out to sea
        its coast carries rights), ``basis``, ``geometry``.
    lakes, joint_zones
        Polygons; the latter with ``claimants`` and ``basis``.
    coasts, bare_coasts
        Edges of the land that carry an exclusive economic zone, and those that carry less.
    borders
        Edges between two jurisdictions on land and at sea; sides are rows of ``sides``.
    """

    land: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    joint_zones: gpd.GeoDataFrame
    coasts: EdgeIndex
    bare_coasts: EdgeIndex
    borders: EdgeIndex
    sides: tuple[str, ...]
    limits: Limits


@lru_cache(maxsize=4)
def load_layers(places: Path) -> Layers:
    """Read the layers from a folder such as ``data/places``.

    Raises
    ------
    UsageError
        When a file of the layers is missing.
    """
    limits = _limits(places / "limits.toml")
    land = _land(places, limits)
    codes, kind = np.unique(land.jurisdiction.to_numpy(dtype=str), return_inverse=True)
    shared, single = shared_and_single(land.geometry.to_numpy(), kind)
    full = land.reach_km.to_numpy()[single.left] == FULL_REACH
    sea, sides = _sea_borders(places, list(codes))
    on_land = Edges(shared.ends, kind[shared.left], kind[shared.right])
    return Layers(
        land=land,
        lakes=_read(places / "lakes.parquet"),
        joint_zones=_joint_zones(places, limits),
        coasts=EdgeIndex(single.where(full)),
        bare_coasts=EdgeIndex(single.where(~full)),
        borders=EdgeIndex(on_land.joined(_open_coasts(land, single, kind, sides)).joined(sea)),
        sides=tuple(sides),
        limits=limits,
    )


def _limits(path: Path) -> Limits:
    if not path.is_file():
        raise UsageError(f"{path}: no such file; a folder of places holds limits.toml and the layers beside it")
    record = tomllib.loads(path.read_text(encoding="utf-8"))
    return Limits(
        mile_km=float(record["nautical_mile_km"]),
        territorial_nm=float(record["territorial_sea_nm"]),
        eez_nm=float(record["eez_nm"]),
        shore_km=float(record["shore_km"]),
        doubt_km=float(record["doubt_km"]),
        names={key: str(value) for key, value in record["layers"].items()},
    )


def _read(path: Path) -> gpd.GeoDataFrame:
    if not path.is_file():
        raise UsageError(f"{path}: no such file; data/places/README.md tells how it is made")
    return gpd.read_parquet(path)


def _land(places: Path, limits: Limits) -> gpd.GeoDataFrame:
    land = _read(places / "land.parquet")
    land["basis"] = [_basis(layer, limits) for layer in land.layer.to_numpy(dtype=str)]
    land["reach_km"] = (land.reach_nm * limits.mile_km).fillna(FULL_REACH)
    return land


def _basis(layer: str, limits: Limits) -> str:
    table, _, key = layer.partition("/")
    return f"{limits.names['countries']}; {limits.names[table]}: {key}" if key else limits.names[table]


def _joint_zones(places: Path, limits: Limits) -> gpd.GeoDataFrame:
    shapes = gpd.read_file(places / "joint-zones.geojson").set_index("key").geometry
    rows = pd.read_csv(places / "joint-zones.csv", dtype=str, keep_default_na=False)
    basis = [f"{limits.names['joint_zones']}: {key}" for key in rows.key]
    return gpd.GeoDataFrame(rows[["claimants"]].assign(basis=basis), geometry=list(shapes[rows.key]), crs=4326)


def _open_coasts(land: gpd.GeoDataFrame, single: Edges, kind: Integers, sides: list[str]) -> Edges:
    """Coasts that carry no zone at all, where the high seas begin at the shore."""
    open_ = single.where(land.reach_km.to_numpy()[single.left] == 0.0)
    return Edges(open_.ends, kind[open_.left], np.full(len(open_), sides.index(HIGH_SEAS)))


def _sea_borders(places: Path, codes: list[str]) -> tuple[Edges, list[str]]:
    """The sea's borders with their sides as numbers, and the list those numbers point into."""
    path = places / "sea-borders.parquet"
    if not path.is_file():
        raise UsageError(f"{path}: no such file; data/places/README.md tells how it is made")
    rows = pd.read_parquet(path)
    sides = [*codes, *sorted({HIGH_SEAS, *rows.left, *rows.right} - set(codes))]
    number = {code: place for place, code in enumerate(sides)}
    ends = rows[["lon1", "lat1", "lon2", "lat2"]].to_numpy(dtype=float)
    left, right = (rows[side].map(number).to_numpy(dtype=np.intp) for side in ("left", "right"))
    return Edges(ends, left, right), sides
