"""Where a site's shapes lie and how far the truth may be from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from georisk.places.antimeridian import Floats, coordinates_of, parts_of, wrap_longitude
from georisk.places.edges import EdgeIndex, Edges
from georisk.places.geojson import from_geojson
from georisk.places.geometry import densify, segments_of
from georisk.seeds import Seeds

__all__ = ["Position", "edges_of", "positions", "vertices_of"]

STEP_KM = 1.0


@dataclass(frozen=True, slots=True)
class Position:
    """A shape of a site or part in WGS 84, and ``doubt_km``: every true place lies within it of the shape."""

    subject: str
    site: str
    geometry: BaseGeometry
    doubt_km: float
    country: str
    statement: str


def positions(seeds: Seeds, site: str | None = None) -> Iterator[Position]:
    """Yield the shapes of all sites, or of one; a site without geometry has none."""
    for one in seeds.statements:
        owner = one.subject.partition("/")[0]
        if (
            one.property == "location"
            and isinstance(one.value, dict)
            and site in (None, owner)
            and owner in seeds.sites
        ):
            doubt = float(one.qualifiers.get("precision_km", 0.0))
            country = str(one.qualifiers.get("country", ""))
            yield Position(one.subject, owner, from_geojson(one.value), doubt, country, one.id)


def edges_of(geometry: BaseGeometry) -> EdgeIndex:
    """Return the outline of a shape, or its points, ready to be measured to."""
    ends = segments_of(geometry)
    ends[:, [0, 2]] = np.column_stack([wrap_longitude(ends[:, 0]), wrap_longitude(ends[:, 2])])
    number = np.zeros(len(ends), dtype=np.intp)
    return EdgeIndex(Edges(ends, number, number))


def vertices_of(geometry: BaseGeometry) -> Floats:
    """Return the points of a shape, and its lines and outlines in steps of at most a kilometre: longitude, latitude."""
    rows = []
    for part in parts_of(geometry):
        rings = [part] if isinstance(part, LineString) else [LineString(ring) for ring in shapely.get_rings(part)]
        rows += [coordinates_of(densify(line, STEP_KM)) for line in rings] or [coordinates_of(part)]
    return np.vstack(rows)
