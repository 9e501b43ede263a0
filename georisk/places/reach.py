"""Which jurisdictions a place may lie in when its position is known only within a radius."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from georisk.places.antimeridian import wrap_longitude
from georisk.places.geometry import distance_km, segments_of
from georisk.places.layers import HIGH_SEAS, Layers, load_layers
from georisk.places.zones import zones_of

__all__ = ["Circle", "enclosing", "reached"]

NOBODY = frozenset({HIGH_SEAS, "DISPUTED", "NONE"})  # no country to name


class Circle(NamedTuple):
    """A point in WGS 84 degrees and the radius round it within which the true place lies."""

    lon: float
    lat: float
    radius_km: float


def enclosing(geometry: BaseGeometry, doubt_km: float) -> Circle:
    """Return a circle that holds a shape and the doubt about it."""
    middle = geometry if isinstance(geometry, Point) else geometry.representative_point()
    ends = segments_of(geometry)
    furthest = distance_km(middle.x, middle.y, ends[:, [0, 2]].ravel(), ends[:, [1, 3]].ravel()).max()
    return Circle(middle.x, middle.y, round(float(furthest) + doubt_km, 3))


def reached(places: Path, circles: Sequence[Circle]) -> list[tuple[str, ...]]:
    """Return the jurisdictions each circle holds a part of, its centre's own first, then by code.

    Land and sea count alike; the high seas, disputed and unclaimed ground name no country. A circle that reaches no
    border names its own jurisdiction alone.

    Parameters
    ----------
    places
        Folder of the layers, such as ``data/places``; not read where there is no circle.
    """
    if not circles:
        return []
    layers = load_layers(places)
    table = np.array(circles, dtype=float)
    lon, lat, radius = wrap_longitude(table[:, 0]), table[:, 1], table[:, 2]
    own = zones_of(lon, lat, layers).jurisdiction.to_numpy(dtype=object)
    border_km, _ = layers.borders.nearest(lon, lat, float(radius.max()))
    beside = [_beside(layers, *row) if km <= row[2] else set() for row, km in zip(table, border_km, strict=True)]
    return [_named(str(first), others) for first, others in zip(own, beside, strict=True)]


def _beside(layers: Layers, lon: float, lat: float, radius_km: float) -> set[str]:
    edges = layers.borders.edges
    rows = layers.borders.within(lon, lat, radius_km)
    return {layers.sides[side] for side in {*edges.left[rows], *edges.right[rows]}}


def _named(own: str, beside: set[str]) -> tuple[str, ...]:
    others = sorted(beside - {own} - NOBODY)
    return tuple(others) if own in NOBODY else (own, *others)
