"""Whose land or sea a point lies in, and how far the next jurisdiction is.

Where a border is so near that the 1:10m layer may err, the neighbours are named as possible too.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from georisk.places.antimeridian import Floats, wrap_longitude
from georisk.places.layers import Layers, load_layers
from georisk.places.zones import zones_of

__all__ = ["COLUMNS", "locate"]

#: ``jurisdiction``: ISO 3166-1 alpha-3, XKX, HIGH SEAS, DISPUTED or NONE; ``zone``: land, lake,
#: territorial sea, EEZ, joint zone or high seas; ``claimants``: codes joined by ``;``; ``border_km``:
#: geodesic distance to the nearest other jurisdiction; ``possible``: the neighbours, where a border
#: is so near that the layer may err; ``basis``: layer and edition; ``error``: why there is no answer.
COLUMNS = ["jurisdiction", "zone", "claimants", "border_km", "possible", "basis", "error"]


def locate(places: Path, lon: ArrayLike, lat: ArrayLike) -> pd.DataFrame:
    """Tell the jurisdiction and zone of points.

    Parameters
    ----------
    places
        Folder of the layers, such as ``data/places``.
    lon, lat
        WGS 84 degrees, one value or equally many; longitudes beyond 180 wrap.

    Returns
    -------
    DataFrame
        One row per point with the columns of :data:`COLUMNS`. A point that is not a number or is off
        the globe has nothing but an ``error``; the others have None there.
    """
    lon, lat = np.broadcast_arrays(np.atleast_1d(np.asarray(lon, float)), np.atleast_1d(np.asarray(lat, float)))
    error = _errors(lon, lat)
    good = np.array([text is None for text in error], dtype=bool)
    answers = _answers(wrap_longitude(lon[good]), lat[good], load_layers(places))
    table = answers.set_index(np.flatnonzero(good)).reindex(range(len(lon))).astype(object)
    table = table.where(table.notna(), None).assign(border_km=table.border_km.astype(float))
    return table.assign(error=pd.Series(error, dtype=object))[COLUMNS]


def _errors(lon: Floats, lat: Floats) -> list[str | None]:
    numbers = np.isfinite(lon) & np.isfinite(lat)
    off = np.abs(np.where(numbers, lat, 0.0)) > 90.0
    return [
        "not a number" if not number else "latitude outside -90 to 90" if beyond else None
        for number, beyond in zip(numbers, off, strict=True)
    ]


def _answers(lon: Floats, lat: Floats, layers: Layers) -> pd.DataFrame:
    zones = zones_of(lon, lat, layers)
    zones["border_km"], _ = layers.borders.nearest(lon, lat)
    possible = np.full(len(lon), "", dtype=object)
    own = zones.jurisdiction.to_numpy(dtype=object)
    for row in np.flatnonzero(zones.border_km <= layers.limits.doubt_km):
        possible[row] = _neighbours(lon[row], lat[row], own[row], layers)
    return zones.assign(possible=possible)


def _neighbours(lon: float, lat: float, own: str, layers: Layers) -> str:
    edges = layers.borders.edges
    rows = layers.borders.within(lon, lat, layers.limits.doubt_km)
    around = {layers.sides[side] for side in {*edges.left[rows], *edges.right[rows]}}
    return ";".join(sorted(around - {own}))
