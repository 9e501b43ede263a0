"""GeoJSON geometries in and out, as RFC 7946 wants them: WGS 84, longitude first.

References
----------
RFC 7946 (2016), The GeoJSON Format, sections 3.1 (geometries), 3.1.6 (rings), 3.1.9 (antimeridian).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from georisk.errors import GeoriskError
from georisk.places.antimeridian import coordinates_of, split_antimeridian

__all__ = ["ShapeError", "from_geojson", "to_geojson"]

KINDS = (
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
)


class ShapeError(GeoriskError, ValueError):
    """A geometry that cannot be read or that breaks its own rules; the message says how."""


def from_geojson(geometry: Mapping[str, Any]) -> BaseGeometry:
    """Read one GeoJSON geometry object.

    Raises
    ------
    ShapeError
        For an unknown type, missing or empty coordinates, a position that is not a number or off the
        globe, an open ring, or a polygon that crosses itself.

    Examples
    --------
    >>> from_geojson({"type": "Point", "coordinates": [25.39, -10.79]}).wkt
    'POINT (25.39 -10.79)'
    """
    kind = geometry.get("type")
    if kind not in KINDS:
        raise ShapeError(f"type is {kind!r}; allowed are {', '.join(KINDS)}")
    try:
        found = shape(dict(geometry))
    except (
        TypeError,
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
        shapely.errors.ShapelyError,
    ) as error:
        raise ShapeError(f"coordinates do not make a {kind}: {error}") from None
    _refuse(found, str(kind))
    return found


def _refuse(geometry: BaseGeometry, kind: str) -> None:
    if geometry.is_empty:
        raise ShapeError(f"the {kind} has no coordinates")
    vertices = coordinates_of(geometry)
    if not np.isfinite(vertices).all():
        raise ShapeError("a coordinate is not a number")
    lon, lat = np.abs(vertices).max(axis=0)
    if lat > 90.0 or lon > 180.0:
        raise ShapeError("a position is off the globe; longitude comes first and lies within -180 to 180")
    if not geometry.is_valid:
        raise ShapeError(shapely.is_valid_reason(geometry))


def to_geojson(geometry: BaseGeometry, digits: int = 6) -> dict[str, Any]:
    """Write a geometry as a GeoJSON geometry object.

    Cut at the antimeridian, outer rings anticlockwise, positions rounded to ``digits`` decimals (6 is
    0.1 m, what the standard advises at most).
    """
    split = split_antimeridian(geometry)
    turned = shapely.orient_polygons(split, exterior_cw=False) if not split.is_empty else split
    written: dict[str, Any] = _rounded(mapping(shapely.force_2d(turned)), digits)
    return written


def _rounded(value: Any, digits: int) -> Any:
    if isinstance(value, float):
        return round(value, digits)
    if isinstance(value, Mapping):
        return {key: _rounded(part, digits) for key, part in value.items()}
    return [_rounded(part, digits) for part in value] if isinstance(value, (list, tuple)) else value
