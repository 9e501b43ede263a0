"""Shapes against jurisdictions: which ones a line runs through, how far a place strays from its country.

Longitude comes before latitude, WGS 84, edges are geodesics.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from georisk.places.antimeridian import Floats, coordinates_of, parts_of, wrap_longitude
from georisk.places.edges import EdgeIndex
from georisk.places.geometry import densify, distance_km
from georisk.places.layers import Layers, load_layers
from georisk.places.zones import zones_of

__all__ = ["Stretch", "country_distance_km", "jurisdictions_of"]

Kind = tuple[str, str]

STEP_KM = 1.0
HALVINGS = 12  # brings a step of 1 km below a metre


class Stretch(NamedTuple):
    """A part of a shape that lies in one jurisdiction and zone, with its geodesic length in km."""

    jurisdiction: str
    zone: str
    km: float


def jurisdictions_of(places: Path, geometry: BaseGeometry) -> list[Stretch]:
    """What a shape runs through.

    Parameters
    ----------
    places
        Folder of the layers, such as ``data/places``.
    geometry
        Lines are followed from end to end and cut where the jurisdiction or zone changes; points have
        no length; of a polygon a point inside is named without length, then its outline is followed.

    Returns
    -------
    list of Stretch
        In the order in which the shape meets them; a line that leaves a country and returns has
        several stretches there. Their lengths add up to the line's length.
    """
    layers = load_layers(places)
    stretches: list[Stretch] = []
    for part in parts_of(geometry):
        if not isinstance(part, LineString):
            inside = coordinates_of(shapely.point_on_surface(part))
            stretches.append(Stretch(*_kinds(inside, layers)[0], 0.0))
        for line in _lines(part):
            stretches += _along(coordinates_of(densify(line, STEP_KM)), layers)
    return stretches


def _lines(part: BaseGeometry) -> list[LineString]:
    return [part] if isinstance(part, LineString) else [LineString(ring) for ring in shapely.get_rings(part)]


def _kinds(vertices: Floats, layers: Layers) -> list[Kind]:
    table = zones_of(wrap_longitude(vertices[:, 0]), vertices[:, 1], layers)
    return list(zip(table.jurisdiction, table.zone, strict=True))


def _along(vertices: Floats, layers: Layers) -> list[Stretch]:
    """Stretches of one line whose vertices are at most a step apart."""
    kinds = _kinds(vertices, layers)
    lengths = distance_km(*vertices[:-1].T, *vertices[1:].T)
    legs: list[tuple[Kind, float]] = []
    for row, km in enumerate(lengths):
        here, there = kinds[row], kinds[row + 1]
        share = 1.0 if here == there else _turning(vertices[row], vertices[row + 1], here, layers)
        legs += [(here, km * share), (there, km * (1.0 - share))]
    runs = groupby((leg for leg in legs if leg[1] > 0.0), key=lambda leg: leg[0])
    return [Stretch(kind[0], kind[1], float(sum(km for _, km in run))) for kind, run in runs]


def _turning(start: Floats, end: Floats, kind: Kind, layers: Layers) -> float:
    """Share of the way from start to end after which ``kind`` ends, by halving."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        same = _kinds((start + middle * (end - start))[None, :], layers)[0] == kind
        low, high = (middle, high) if same else (low, middle)
    return (low + high) / 2


def country_distance_km(places: Path, geometry: BaseGeometry, iso3: str) -> float:
    """How far a shape strays outside a country, its lakes and its presumed sea zones.

    Parameters
    ----------
    places
        Folder of the layers, such as ``data/places``.
    geometry
        Of lines and polygons the part that strays furthest counts, looked for in steps of 1 km.
    iso3
        ISO 3166-1 alpha-3 or XKX. Ground the country claims and another holds counts as inside.

    Returns
    -------
    float
        Geodesic km; 0 inside, infinity for a code no layer knows.
    """
    layers = load_layers(places)
    vertices = np.vstack([_sampled(part) for part in parts_of(geometry)])
    table = zones_of(wrap_longitude(vertices[:, 0]), vertices[:, 1], layers)
    parties = [
        {whose, *claimants.split(";")} for whose, claimants in zip(table.jurisdiction, table.claimants, strict=True)
    ]
    outside = vertices[[iso3 not in party for party in parties]]
    if len(outside) == 0:
        return 0.0
    return float(_outline(places, iso3).nearest(wrap_longitude(outside[:, 0]), outside[:, 1])[0].max())


def _sampled(part: BaseGeometry) -> Floats:
    lines = _lines(part)
    return np.vstack([coordinates_of(densify(line, STEP_KM)) for line in lines]) if lines else coordinates_of(part)


@lru_cache(maxsize=64)
def _outline(places: Path, iso3: str) -> EdgeIndex:
    """Where the country's land and its zones at sea end."""
    layers = load_layers(places)
    number = layers.sides.index(iso3) if iso3 in layers.sides else -1
    edges = layers.borders.edges
    own_land = np.isin(layers.coasts.edges.left, np.flatnonzero(layers.land.jurisdiction == iso3))
    border = edges.where((edges.left == number) | (edges.right == number))
    coast = layers.coasts.edges.where(own_land)
    return EdgeIndex(border.joined(coast))
