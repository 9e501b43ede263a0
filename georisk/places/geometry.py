"""Shapes on the WGS 84 ellipsoid: lengths, areas, circles, distances, the antimeridian.

Longitude comes before latitude everywhere, both in degrees; lengths are in kilometres, areas in
square kilometres, bearings in degrees clockwise from north. The edge between two vertices is the
geodesic that joins them. Shapes may run past 180 degrees while they are worked on;
:func:`split_antimeridian` brings them back into range for output.

References
----------
Karney, C. F. F. (2013), Algorithms for geodesics, Journal of Geodesy 87, 43-55.
RFC 7946 (2016), The GeoJSON Format, sections 3.1.9 and 5.2.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import ArrayLike
from pyproj import Geod
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from georisk.errors import GeoriskError
from georisk.places.antimeridian import (
    Floats,
    bounds,
    coordinates_of,
    parts_of,
    split_antimeridian,
    unwrap,
    wrap_longitude,
)
from georisk.places.geojson import ShapeError, from_geojson, to_geojson

__all__ = [
    "EARTH",
    "Floats",
    "ShapeError",
    "area_km2",
    "bounds",
    "circle",
    "circle_of_area",
    "densify",
    "destination",
    "distance_km",
    "distance_to_km",
    "from_cartesian",
    "from_geojson",
    "length_km",
    "nearest_on_chords",
    "parts_of",
    "segments_of",
    "split_antimeridian",
    "to_cartesian",
    "to_geojson",
    "unwrap",
    "wrap_longitude",
]

EARTH = Geod(ellps="WGS84")
M_PER_KM = 1000.0


def distance_km(lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike) -> Floats:
    """Geodesic distance between points, element by element; not-a-number stays so."""
    lon1, lat1, lon2, lat2 = np.broadcast_arrays(*(np.asarray(v, dtype=float) for v in (lon1, lat1, lon2, lat2)))
    return np.asarray(EARTH.inv(lon1, lat1, lon2, lat2)[2], dtype=float) / M_PER_KM


def destination(lon: ArrayLike, lat: ArrayLike, bearing: ArrayLike, km: ArrayLike) -> tuple[Floats, Floats]:
    """Points reached from ``lon, lat`` on a bearing after ``km`` kilometres.

    Returns
    -------
    lon, lat
        Degrees; longitude in [-180, 180).
    """
    values = np.broadcast_arrays(*(np.asarray(v, dtype=float) for v in (lon, lat, bearing, km)))
    end_lon, end_lat, _ = EARTH.fwd(values[0], values[1], values[2], values[3] * M_PER_KM)
    return wrap_longitude(end_lon), np.asarray(end_lat, dtype=float)


def length_km(geometry: BaseGeometry) -> float:
    """Geodesic length of the lines in a geometry; points and polygons add nothing.

    Examples
    --------
    >>> round(length_km(LineString([(0, 0), (1, 0)])), 3)  # one degree of the equator
    111.319
    """
    lines = [part for part in parts_of(geometry) if isinstance(part, LineString)]
    return math.fsum(EARTH.geometry_length(line) for line in lines) / M_PER_KM


def area_km2(geometry: BaseGeometry) -> float:
    """Area of the polygons in a geometry, holes taken out, whatever way their rings turn.

    Points and lines add nothing. No polygon may cover more than half the globe.
    """
    polygons = [part for part in parts_of(geometry) if isinstance(part, Polygon)]
    return math.fsum(_polygon_area_m2(polygon) for polygon in polygons) / M_PER_KM**2


def _polygon_area_m2(polygon: Polygon) -> float:
    rings = [
        abs(EARTH.polygon_area_perimeter(*coordinates_of(ring).T)[0]) for ring in (polygon.exterior, *polygon.interiors)
    ]
    return rings[0] - math.fsum(rings[1:])


def circle(lon: float, lat: float, radius_km: float, vertices: int = 180) -> BaseGeometry:
    """All places within ``radius_km`` of a point, as a polygon whose vertices lie on the circle.

    Parameters
    ----------
    lon, lat
        Centre.
    radius_km
        Geodesic radius, more than 0.
    vertices
        Number of vertices on the circle; more of them come closer to the true circle.

    Returns
    -------
    Polygon or MultiPolygon
        Within [-180, 180]; in two parts where the circle crosses the antimeridian, closed along
        the edge of the map where it holds a pole.
    """
    if not (radius_km > 0 and math.isfinite(radius_km)):
        raise GeoriskError(f"a circle needs a radius above 0 km, found {radius_km}")
    bearings = -np.arange(vertices) * (360.0 / vertices)  # anticlockwise, as RFC 7946 asks
    ring_lon, ring_lat = destination(lon, lat, bearings, radius_km)
    for pole in (90.0, -90.0):
        if distance_km(lon, lat, lon, pole) < radius_km:
            return _polar_cap(ring_lon, ring_lat, pole)
    return split_antimeridian(Polygon(np.column_stack([ring_lon, ring_lat])))


def _polar_cap(lon: Floats, lat: Floats, pole: float) -> Polygon:
    order = np.argsort(lon)
    lon, lat = lon[order], lat[order]
    edge = float(np.interp(180.0, [lon[-1], lon[0] + 360.0], [lat[-1], lat[0]]))
    ring = [(-180.0, edge), *zip(lon, lat, strict=True), (180.0, edge), (180.0, pole), (-180.0, pole)]
    return shapely.orient_polygons(Polygon(ring), exterior_cw=False)


def circle_of_area(lon: float, lat: float, area: float, vertices: int = 180) -> BaseGeometry:
    """The circle round a point whose polygon covers ``area`` square kilometres on the ellipsoid."""
    if not (area > 0 and math.isfinite(area)):
        raise GeoriskError(f"a circle needs an area above 0 km2, found {area}")
    radius = math.sqrt(area / math.pi)
    for _ in range(8):  # each step shrinks the error by the square of radius over earth radius
        radius *= math.sqrt(area / area_km2(circle(lon, lat, radius, vertices)))
    return circle(lon, lat, radius, vertices)


def densify(line: LineString, step_km: float) -> BaseGeometry:
    """The same geodesic line with vertices at most ``step_km`` apart; it may run past 180 degrees."""
    coordinates = coordinates_of(unwrap(line))
    pieces = [coordinates[:1]]
    for start, end in pairwise(coordinates):
        count = max(1, math.ceil(float(distance_km(*start, *end)) / step_km))
        between = EARTH.npts(start[0], start[1], end[0], end[1], count - 1) if count > 1 else []
        pieces.append(np.array([*between, tuple(end)]))
    return unwrap(LineString(np.vstack(pieces)))


def to_cartesian(lon: ArrayLike, lat: ArrayLike) -> Floats:
    """Points on the ellipsoid as earth-centred coordinates in km, one row each."""
    lon, lat = np.radians(lon), np.radians(lat)
    normal = EARTH.a / M_PER_KM / np.sqrt(1.0 - EARTH.es * np.sin(lat) ** 2)
    flat = normal * np.cos(lat)
    return np.stack([flat * np.cos(lon), flat * np.sin(lon), normal * (1.0 - EARTH.es) * np.sin(lat)], axis=-1)


def from_cartesian(xyz: Floats) -> tuple[Floats, Floats]:
    """Longitude and latitude of earth-centred points on, or a few metres off, the ellipsoid."""
    radius = np.hypot(xyz[..., 0], xyz[..., 1])
    lat = np.arctan2(xyz[..., 2], (1.0 - EARTH.es) * radius)
    return np.degrees(np.arctan2(xyz[..., 1], xyz[..., 0])), np.degrees(lat)


def nearest_on_chords(xyz: Floats, start: Floats, end: Floats) -> Floats:
    """Nearest points to ``xyz`` on the chords from ``start`` to ``end``, row by row, earth-centred km."""
    along = end - start
    square = np.einsum("...i,...i->...", along, along)
    share = np.einsum("...i,...i->...", xyz - start, along) / np.where(square > 0.0, square, 1.0)
    return np.asarray(start + np.clip(share, 0.0, 1.0)[..., None] * along, dtype=float)


def segments_of(geometry: BaseGeometry, step_km: float = 10.0) -> Floats:
    """Edges of a geometry as rows ``lon1, lat1, lon2, lat2``, none longer than ``step_km``.

    A point is an edge without length. Longitudes may lie outside [-180, 180].
    """
    edges = [_edges(part) for part in parts_of(geometry)]
    if not edges:
        return np.empty((0, 4))
    rows = np.vstack(edges)
    long = distance_km(*rows.T) > step_km
    cut = [_edges(densify(LineString([row[:2], row[2:]]), step_km)) for row in rows[long]]
    return np.vstack([rows[~long], *cut])


def _edges(part: BaseGeometry) -> Floats:
    if isinstance(part, Polygon):
        return np.vstack([_edges(ring) for ring in (part.exterior, *part.interiors)])
    vertices = coordinates_of(part)
    return np.hstack([vertices, vertices]) if len(vertices) == 1 else np.hstack([vertices[:-1], vertices[1:]])


def distance_to_km(geometry: BaseGeometry, lon: float, lat: float) -> float:
    """Geodesic distance from a point to the nearest place of a geometry; 0 inside a polygon.

    Raises
    ------
    GeoriskError
        For an empty geometry, which has no place to measure to.
    """
    if geometry.is_empty:
        raise GeoriskError("no distance to an empty shape")
    images = shapely.points([lon - 360.0, lon, lon + 360.0], [lat] * 3)
    if shapely.intersects(split_antimeridian(geometry), images).any():
        return 0.0
    edges = segments_of(geometry)
    here = to_cartesian(lon, lat)
    near = nearest_on_chords(here, to_cartesian(*edges[:, :2].T), to_cartesian(*edges[:, 2:].T))
    foot = near[np.argmin(np.linalg.norm(near - here, axis=1))]
    return float(distance_km(lon, lat, *from_cartesian(foot)))
