"""What lies near a site: the nearest port, railway, town and border, as ranges where the position is in doubt.

Distances are geodesics on the WGS 84 ellipsoid from the site's shape to the place. A range spans what is possible when
both the site and the place may lie off by their doubt. Layers and their dates stand in
``data/places/context/layers.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from georisk.errors import UsageError
from georisk.files import read_csv
from georisk.places.antimeridian import wrap_longitude
from georisk.places.edges import EdgeIndex, Edges
from georisk.places.geometry import segments_of
from georisk.places.layers import load_layers
from georisk.places.positions import Position, vertices_of

__all__ = ["Layer", "Near", "context_layers", "near"]

COLUMNS = (
    "layer",
    "title",
    "file",
    "place",
    "date",
    "licence",
    "attribution",
    "doubt_km",
    "west",
    "south",
    "east",
    "north",
    "note",
)


@dataclass(frozen=True, slots=True)
class Near:
    """The nearest place of a layer.

    Attributes
    ----------
    km, low_km, high_km
        From the shape as it is drawn; the least and the most there can be.
    name
        Of the place, or the jurisdictions on the other side of a border; empty where the layer has none.
    """

    subject: str
    layer: str
    name: str
    km: float
    low_km: float
    high_km: float
    date: str
    licence: str
    attribution: str
    note: str


@dataclass(frozen=True)
class Layer:
    """One layer: its row of ``layers.csv``, its edges (points have no length) and the name of each."""

    row: dict[str, str]
    index: EdgeIndex
    names: tuple[str, ...]


def near(places: Path, position: Position) -> list[Near]:
    """Return the nearest place of every layer that covers a shape, in the order of ``layers.csv``.

    Parameters
    ----------
    places
        The folder of the layers, such as ``data/places``.
    position
        A shape and its doubt, from :func:`georisk.places.positions.positions`.

    Raises
    ------
    UsageError
        When a file of the layers is missing.
    """
    found = (_nearest(layer, position) for layer in context_layers(places) if _covers(layer.row, position))
    return [one for one in found if one is not None]


def _covers(row: dict[str, str], position: Position) -> bool:
    west, south, east, north = (float(row[edge]) for edge in ("west", "south", "east", "north"))
    lon, lat = vertices_of(position.geometry).T
    lon = wrap_longitude(lon)
    return bool(((west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)).all())


def _nearest(layer: Layer, position: Position) -> Near | None:
    vertices = vertices_of(position.geometry)
    km, edge = layer.index.nearest(wrap_longitude(vertices[:, 0]), vertices[:, 1])
    first = int(np.argmin(km))
    if not np.isfinite(km[first]):
        return None
    doubt = position.doubt_km + float(layer.row["doubt_km"])
    name = _other_side(layer, int(edge[first]), position)
    row = layer.row
    return Near(
        position.subject, row["layer"], name, round(float(km[first]), 1), round(max(0.0, float(km[first]) - doubt), 1),
        round(float(km[first]) + doubt, 1), row["date"], row["licence"], row["attribution"], row["note"],
    )  # fmt: skip


def _other_side(layer: Layer, edge: int, position: Position) -> str:
    edges = layer.index.edges
    left, right = layer.names[int(edges.left[edge])], layer.names[int(edges.right[edge])]
    return left if left == right else right if left == position.country else left


@lru_cache(maxsize=4)
def context_layers(places: Path) -> tuple[Layer, ...]:
    """Read the layers, once per folder."""
    path = places / "context" / "layers.csv"
    if not path.is_file():
        raise UsageError(f"{path}: no such file; data/places/README.md tells how the layers are made")
    return tuple(_layer(places, row) for row in read_csv(path, path.name, COLUMNS))


def _layer(places: Path, row: dict[str, str]) -> Layer:
    if row["place"] == "border":
        layers = load_layers(places)
        return Layer(row, layers.borders, layers.sides)
    path = places / "context" / row["file"]
    if not path.is_file():
        raise UsageError(f"{path}: no such file; data/places/README.md tells how it is made")
    if row["place"] == "point":
        table = pd.read_parquet(path)
        place = table[["lon", "lat"]].to_numpy(dtype=float)
        number = np.arange(len(table))
        return Layer(row, EdgeIndex(Edges(np.hstack([place, place]), number, number)), tuple(table.name))
    ends = np.vstack([segments_of(line) for line in gpd.read_parquet(path).geometry])
    number = np.zeros(len(ends), dtype=np.intp)
    return Layer(row, EdgeIndex(Edges(ends, number, number)), ("",))
