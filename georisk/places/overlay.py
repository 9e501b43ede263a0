"""Sites against a layer of the user's own: protected areas, licences, concessions.

For each site and feature: within, crossing or outside, certainly or possibly, and the distance as a range, since a
position is known only within its doubt. The layer may be of any coordinate system it names; it is taken as exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyproj.exceptions import ProjError
from shapely.geometry.base import BaseGeometry

from georisk.errors import UsageError
from georisk.places.antimeridian import Floats, split_antimeridian, wrap_longitude
from georisk.places.positions import Position, edges_of, vertices_of

__all__ = ["Feature", "Meeting", "overlay", "read_features"]

NAMED = ("name", "title", "site_name", "name_eng", "licence", "license", "id")


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of the user's layer in WGS 84, and what to call it."""

    name: str
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Meeting:
    """How a site lies to a feature.

    ``relation`` is ``within``, ``crossing`` or ``outside`` as drawn; ``certainty`` says whether that holds wherever
    the site truly lies (``certainly``) or not (``possibly``). ``km`` is 0 where they meet; ``low_km`` and ``high_km``
    are the least and the most there can be.
    """

    subject: str
    feature: str
    relation: str
    certainty: str
    km: float
    low_km: float
    high_km: float


def read_features(path: Path, layer: str | None = None) -> list[Feature]:
    """Read a layer of points, lines or polygons in any coordinate system.

    Raises
    ------
    UsageError
        When the file or layer cannot be read, names no coordinate system, or holds no shape.
    """
    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    frame = _frame(path, layer)
    if not isinstance(frame, gpd.GeoDataFrame) or frame.geometry.isna().all() or frame.geometry.is_empty.all():
        raise UsageError(f"{path}: holds no shape; a layer of points, lines or polygons is needed")
    if frame.crs is None:
        raise UsageError(f"{path}: names no coordinate system; write it into the file (a .prj file or a layer's CRS)")
    try:
        frame = frame.to_crs(4326)
    except ProjError as error:
        raise UsageError(f"{path}: its coordinates cannot be brought to WGS 84: {error}") from None
    column = next((one for one in frame.columns if str(one).lower() in NAMED), None)
    return list(_features(path, frame, column))


def _frame(path: Path, layer: str | None) -> gpd.GeoDataFrame:
    try:
        known = [str(row[0]) for row in pyogrio.list_layers(path)]
        if layer is not None and layer not in known:
            raise UsageError(f"{path}: no layer {layer!r}; it holds {', '.join(known) or 'none'}")
        if layer is None and len(known) > 1:
            raise UsageError(f"{path}: holds several layers; choose one with --layer: {', '.join(known)}")
        return gpd.read_file(path, layer=layer) if layer is not None else gpd.read_file(path)
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        ValueError,
        shapely.errors.GEOSException,
    ) as error:
        raise UsageError(f"{path}: cannot be read as a layer: {str(error).splitlines()[0]}") from None


def _features(path: Path, frame: gpd.GeoDataFrame, column: str | None) -> Iterator[Feature]:
    for number, geometry in enumerate(frame.geometry, start=1):
        if geometry is None or geometry.is_empty:
            continue
        if not np.isfinite(shapely.get_coordinates(geometry)).all():
            raise UsageError(f"{path} [feature {number}]: coordinates that are no place on the globe")
        name = "" if column is None else str(frame[column].iloc[number - 1])
        shape = shapely.make_valid(shapely.force_2d(geometry))
        yield Feature(name or f"feature {number}", split_antimeridian(shape))


def overlay(positions: Sequence[Position], features: Sequence[Feature], within_km: float = 0.0) -> list[Meeting]:
    """Lay sites over features.

    Returns
    -------
    list of Meeting
        For each position the features that lie, or may lie, within ``within_km``, nearest first; the nearest one in
        any case.
    """
    outlines = [edges_of(feature.geometry) for feature in features]
    found = []
    for position in positions:
        vertices = vertices_of(position.geometry)
        meetings = []
        for feature, outline in zip(features, outlines, strict=True):
            km = outline.nearest(wrap_longitude(vertices[:, 0]), vertices[:, 1])[0]
            inside = shapely.intersects_xy(feature.geometry, wrap_longitude(vertices[:, 0]), vertices[:, 1])
            meetings.append(_meeting(position, feature, km, inside))
        meetings.sort(key=lambda one: (one.low_km, one.km))
        found += [one for number, one in enumerate(meetings) if number == 0 or one.low_km <= within_km]
    return found


def _meeting(position: Position, feature: Feature, km: Floats, inside: np.ndarray) -> Meeting:
    """Judge by the vertices of the shape: how deep the deepest lies inside, how far the furthest outside."""
    doubt = position.doubt_km
    least = 0.0 if inside.any() or _touch(position, feature) else float(km.min())
    depth = float(km[inside].min()) if inside.all() else 0.0
    if inside.all():
        relation, sure = "within", depth >= doubt
        most = max(0.0, doubt - depth)
    elif inside.any() or least == 0.0:
        out = float(km[~inside].max()) if (~inside).any() else 0.0
        deep = float(km[inside].max()) if inside.any() else 0.0
        relation, sure = "crossing", doubt == 0.0 or (out >= doubt and deep >= doubt)
        most = 0.0 if sure else doubt
    else:
        relation, sure, most = "outside", least > doubt, least + doubt
    numbers = (round(one, 3) for one in (least, max(0.0, least - doubt), most))
    return Meeting(position.subject, feature.name, relation, "certainly" if sure else "possibly", *numbers)


def _touch(position: Position, feature: Feature) -> bool:
    return bool(shapely.intersects(split_antimeridian(position.geometry), feature.geometry))
