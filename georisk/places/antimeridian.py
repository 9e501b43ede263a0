"""The antimeridian: shapes that run past 180 degrees, and how they are cut for output.

Longitude comes before latitude, both in degrees. While a shape is worked on its longitudes may lie
outside [-180, 180]; :func:`split_antimeridian` brings it back into range.

References
----------
RFC 7946 (2016), The GeoJSON Format, sections 3.1.9 (cutting) and 5.2 (bounds).
"""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry import (
    GeometryCollection,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
    box,
)
from shapely.geometry.base import BaseGeometry

from georisk.errors import GeoriskError

__all__ = ["Floats", "bounds", "coordinates_of", "parts_of", "split_antimeridian", "unwrap", "wrap_longitude"]

Floats: TypeAlias = NDArray[np.float64]


def wrap_longitude(lon: ArrayLike) -> Floats:
    """Bring longitudes into [-180, 180).

    Examples
    --------
    >>> wrap_longitude([190.0, -180.0, 180.0, 12.5]).tolist()
    [-170.0, -180.0, -180.0, 12.5]
    """
    lon = np.asarray(lon, dtype=float)
    inside = (lon >= -180.0) & (lon < 180.0)
    return np.where(inside, lon, np.mod(lon + 180.0, 360.0) - 180.0)


def coordinates_of(geometry: BaseGeometry) -> Floats:
    """All vertices of a geometry as rows of longitude and latitude."""
    return np.asarray(shapely.get_coordinates(geometry), dtype=float)


def parts_of(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The single, non-empty geometries of a collection, however deeply it is nested."""
    if geometry.is_empty:
        return []
    if hasattr(geometry, "geoms"):
        return [single for part in geometry.geoms for single in parts_of(part)]
    return [geometry]


def unwrap(geometry: BaseGeometry) -> BaseGeometry:
    """Let each line or ring run on past 180 degrees instead of jumping to the other side."""
    if geometry.is_empty:
        return geometry
    if isinstance(geometry, Polygon):
        shell = _unwrapped(coordinates_of(geometry.exterior))
        return Polygon(shell, [_beside(_unwrapped(coordinates_of(hole)), shell) for hole in geometry.interiors])
    if isinstance(geometry, LineString):
        return LineString(_unwrapped(coordinates_of(geometry)))
    if hasattr(geometry, "geoms"):
        return _collect([unwrap(part) for part in geometry.geoms])
    return geometry


def _unwrapped(coordinates: Floats) -> Floats:
    result = coordinates.copy()
    result[:, 0] = np.unwrap(result[:, 0], period=360.0)
    return result


def _beside(hole: Floats, shell: Floats) -> Floats:
    middle = (shell[:, 0].min() + shell[:, 0].max()) / 2
    turns = np.round((middle - hole[:, 0].mean()) / 360.0)
    return np.asarray(hole + np.array([360.0 * turns, 0.0]), dtype=float)


def split_antimeridian(geometry: BaseGeometry) -> BaseGeometry:
    """Cut lines and polygons at the antimeridian and bring them within [-180, 180].

    Two neighbouring vertices more than 180 degrees of longitude apart are taken to be joined the
    short way, over the antimeridian. A polygon that already follows the map's edge stays whole.

    References
    ----------
    RFC 7946, section 3.1.9.
    """
    if geometry.is_empty:
        return geometry
    if isinstance(geometry, Point):
        return Point(float(wrap_longitude(geometry.x)), geometry.y) if abs(geometry.x) > 180 else geometry
    if hasattr(geometry, "geoms"):
        return _collect([split_antimeridian(part) for part in geometry.geoms])
    west, _, east, _ = geometry.bounds
    flat = geometry if (west, east) == (-180.0, 180.0) else unwrap(geometry)
    if flat.bounds[0] >= -180.0 and flat.bounds[2] <= 180.0:
        return flat
    first, last = (math.floor((edge + 180.0) / 360.0) for edge in (flat.bounds[0], flat.bounds[2]))
    slices = [_slice(flat, turn) for turn in range(first, last + 1)]
    return _collect([piece for piece in slices if not piece.is_empty])


def _slice(geometry: BaseGeometry, turn: int) -> BaseGeometry:
    window = box(360.0 * turn - 180.0, -90.0, 360.0 * turn + 180.0, 90.0)
    piece = shapely.intersection(geometry, window)
    same_kind = [part for part in parts_of(piece) if part.geom_type == geometry.geom_type]
    return shapely.transform(_collect(same_kind), lambda c: c - np.array([360.0 * turn, 0.0]))


def _collect(parts: list[BaseGeometry]) -> BaseGeometry:
    """One geometry of the simplest kind that holds all parts."""
    singles = [single for part in parts for single in parts_of(part)]
    if len(singles) == 1:
        return singles[0]
    kinds = {single.geom_type for single in singles}
    points = [single for single in singles if isinstance(single, Point)]
    lines = [single for single in singles if isinstance(single, LineString)]
    polygons = [single for single in singles if isinstance(single, Polygon)]
    if kinds == {"Point"}:
        return MultiPoint(points)
    if kinds == {"LineString"}:
        return MultiLineString(lines)
    return MultiPolygon(polygons) if kinds == {"Polygon"} else GeometryCollection(singles)


def bounds(geometry: BaseGeometry) -> tuple[float, float, float, float]:
    """West, south, east, north; west is more than east where the shape crosses the antimeridian.

    Examples
    --------
    >>> bounds(LineString([(179, -17), (-179, -16)]))
    (179.0, -17.0, -179.0, -16.0)

    References
    ----------
    RFC 7946, section 5.2.
    """
    if geometry.is_empty:
        raise GeoriskError("an empty shape has no bounds")
    _, south, _, north = geometry.bounds
    spans = sorted((part.bounds[0], part.bounds[2]) for part in parts_of(split_antimeridian(geometry)))
    reach = np.maximum.accumulate([east for _, east in spans])
    if spans[0][0] > -180.0 or reach[-1] < 180.0 or len(spans) == 1:
        return spans[0][0], south, float(reach[-1]), north
    gaps = np.array([west for west, _ in spans[1:]]) - reach[:-1]
    widest = int(np.argmax(gaps))
    if gaps[widest] <= 0.0:
        return -180.0, south, 180.0, north
    return spans[widest + 1][0], south, float(reach[widest]), north
