"""A small map of one site, drawn as SVG paths: land, borders, the place and its doubt, a scale bar.

The projection is equirectangular, true to scale along the middle parallel: over the few hundred kilometres it
shows, distances are right to a few per cent. Longitude comes before latitude, in degrees.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from georisk.statements import Statement

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

WIDTH, HEIGHT = 560, 380
KM_PER_DEGREE = 111.32
_LEAST_KM = 520.0  # half the height of a map of one point: enough to show a coast or a border nearly everywhere
_MARGIN = 1.45
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30)
_LABEL_ROOM = 2600.0
_SIGN = 3.4  # half the width of a letter, pixels
_LINE = 16.0
_CORNER = (190.0, 56.0)  # kept free for the scale bar, pixels from the right and from below


class Label(NamedTuple):
    """A text on the map; ``anchor`` as in SVG."""

    text: str
    x: float
    y: float
    anchor: str
    style: str


class Path_(NamedTuple):  # noqa: N801  Path is pathlib's
    """A drawn shape: style, path data, stroke width in pixels where it is to scale."""

    style: str
    data: str
    stroke: float | None = None


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """A map ready to be written: paths from the lowest up, labels, and the length of the scale bar."""

    paths: tuple[Path_, ...]
    labels: tuple[Label, ...]
    dots: tuple[tuple[float, float, str], ...]
    scale_km: float
    scale_px: float


@dataclass(frozen=True, slots=True)
class _View:
    """The middle of the map and its scale."""

    lon: float
    lat: float
    px_per_km: float

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place lies on the map, pixels."""
        east = (lon - self.lon) * KM_PER_DEGREE * math.cos(math.radians(self.lat))
        north = (lat - self.lat) * KM_PER_DEGREE
        return WIDTH / 2 + east * self.px_per_km, HEIGHT / 2 - north * self.px_per_km

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of what the map shows."""
        lat = HEIGHT / 2 / self.px_per_km / KM_PER_DEGREE
        lon = WIDTH / 2 / self.px_per_km / (KM_PER_DEGREE * math.cos(math.radians(self.lat)))
        return self.lon - lon, self.lat - lat, self.lon + lon, self.lat + lat


def place_map(places: Sequence[Statement], basemap: Path, hosts: Iterable[str]) -> PlaceMap | None:
    """Return the map of a site.

    Parameters
    ----------
    places
        Statements of where it lies, with a geometry and ``precision_km``.
    basemap
        GeoJSON of countries with ``iso3`` and ``name``.
    hosts
        ISO 3166-1 alpha-3 codes of the countries it lies in.

    Returns
    -------
    PlaceMap or None
        ``None`` where no place is known.
    """
    from shapely.geometry import shape

    known = [one for one in places if isinstance(one.value, dict)]
    if not known:
        return None
    shapes = [(one, shape(one.value)) for one in known]
    view = _with_context(_view([(one, float(at.qualifiers["precision_km"])) for at, one in shapes]), basemap)
    land, names = _land(view, basemap, set(hosts))
    drawn = [path for one, geometry in shapes for path in _drawn(view, one, geometry)]
    dots = [dot for one, geometry in shapes for dot in _dots(view, one, geometry)]
    grid, degrees = _grid(view)
    km, px = _scale(view)
    return PlaceMap((*land, *grid, *drawn), (*names, *degrees), tuple(dots), km, px)


def _view(shapes: Sequence[tuple[BaseGeometry, float]]) -> _View:
    west, south, east, north = (
        pick(geometry.bounds[side] for geometry, _ in shapes) for side, pick in enumerate((min, min, max, max))
    )
    lon, lat = (west + east) / 2, (south + north) / 2
    doubt = max(precision for _, precision in shapes)
    across = (east - west) / 2 * KM_PER_DEGREE * math.cos(math.radians(lat)) + doubt
    along = (north - south) / 2 * KM_PER_DEGREE + doubt
    half = max(_LEAST_KM, _MARGIN * along, _MARGIN * across * HEIGHT / WIDTH, 4 * doubt)
    return _View(lon, lat, HEIGHT / 2 / half)


def _with_context(view: _View, basemap: Path) -> _View:
    """Zoom out, at most twice, until a border or a coast is in sight."""
    from shapely import box

    for _ in range(2):
        frame = box(*view.bounds)
        if any(geometry.boundary.intersects(frame) for _, _, geometry in _countries(basemap)):
            return view
        view = _View(view.lon, view.lat, view.px_per_km / 1.9)
    return view


@lru_cache(maxsize=2)
def _countries(basemap: Path) -> tuple[tuple[str, str, BaseGeometry], ...]:
    import shapely

    text = basemap.read_text(encoding="utf-8")
    features: list[Any] = json.loads(text)["features"]
    geometries = shapely.get_parts(shapely.from_geojson(text))
    return tuple(
        (str(feature["properties"]["iso3"]), str(feature["properties"]["name"]), geometry)
        for feature, geometry in zip(features, geometries, strict=True)
    )


def _land(view: _View, basemap: Path, hosts: set[str]) -> tuple[list[Path_], list[Label]]:
    from shapely import clip_by_rect

    west, south, east, north = view.bounds
    paths, labels = [], []
    for code, name, geometry in _countries(basemap):
        for shift in (-360.0, 0.0, 360.0):
            box = (west + shift, south, east + shift, north)
            seen = geometry.bounds
            if seen[0] > box[2] or seen[2] < box[0] or seen[1] > box[3] or seen[3] < box[1]:
                continue
            part = clip_by_rect(geometry, *box)
            if not part.is_empty:
                paths.append(Path_("land host" if code in hosts else "land", _data(view, part, -shift)))
                labels += _name(view, name, part, -shift)
    return paths, _apart(labels)


def _apart(labels: list[Label]) -> list[Label]:
    """Leave out labels that would cover an earlier one."""
    kept: list[Label] = []
    for one in labels:
        if not any(
            abs(one.x - other.x) < _SIGN * (len(one.text) + len(other.text)) and abs(one.y - other.y) < _LINE
            for other in kept
        ):
            kept.append(one)
    return kept


def _name(view: _View, name: str, part: BaseGeometry, shift: float) -> list[Label]:
    """Return the label of a country where its part of the map has room for it."""
    largest = max(_polygons(part), key=lambda one: one.area, default=None)
    if largest is None:
        return []
    per_degree = view.px_per_km * KM_PER_DEGREE
    room = largest.area * per_degree**2 * math.cos(math.radians(view.lat))
    west, _, east, _ = largest.bounds
    width = (east - west) * per_degree * math.cos(math.radians(view.lat))
    if room < _LABEL_ROOM or width < 6 * len(name):
        return []
    place = largest.representative_point()
    x, y = view.point(place.x + shift, place.y)
    half = _SIGN * len(name)
    x, y = min(max(x, half + 8), WIDTH - half - 8), min(max(y, 22), HEIGHT - 24)
    beside_scale = x + half > WIDTH - _CORNER[0] and y > HEIGHT - _CORNER[1]
    return [Label(name, x, HEIGHT - _CORNER[1] if beside_scale else y, "middle", "country")]


def _polygons(geometry: BaseGeometry) -> list[Any]:
    from shapely import get_parts

    return [one for one in get_parts(geometry) if one.geom_type == "Polygon"]


def _data(view: _View, geometry: BaseGeometry, shift: float = 0.0) -> str:
    from shapely import get_parts

    parts = []
    for one in get_parts(geometry):
        rings = [one.exterior, *one.interiors] if one.geom_type == "Polygon" else [one]
        closing = "Z" if one.geom_type == "Polygon" else ""
        parts += [_line(view, ring.coords, shift) + closing for ring in rings]
    return "".join(parts)


def _line(view: _View, coordinates: Iterable[tuple[float, ...]], shift: float) -> str:
    points, last = [], None
    for lon, lat, *_ in coordinates:
        x, y = view.point(lon + shift, lat)
        text = f"{x:.1f} {y:.1f}"
        if text != last:
            points.append(text)
        last = text
    return "M" + "L".join(points)


def _drawn(view: _View, one: Statement, geometry: BaseGeometry) -> list[Path_]:
    """Return the place and its doubt: circles round points, a broad band along lines and outlines."""
    doubt = float(one.qualifiers["precision_km"])
    planned = " planned" if one.force == "planned" else ""
    if geometry.geom_type in ("Point", "MultiPoint"):
        return [Path_("doubt", _circles(view, geometry, doubt))]
    band = Path_("band", _data(view, geometry), 2 * doubt * view.px_per_km)
    return [band, Path_(("area" if "Polygon" in geometry.geom_type else "route") + planned, _data(view, geometry))]


def _circles(view: _View, geometry: BaseGeometry, radius_km: float) -> str:
    from shapely import get_parts

    rings = []
    radius = max(radius_km * view.px_per_km, 9.0)  # a smaller ring would hide under its own dot
    for point in get_parts(geometry):
        x, y = view.point(point.x, point.y)
        rings.append(
            f"M{x - radius:.1f} {y:.1f}a{radius:.1f} {radius:.1f} 0 1 0 {2 * radius:.1f} 0"
            f"a{radius:.1f} {radius:.1f} 0 1 0 {-2 * radius:.1f} 0Z"
        )
    return "".join(rings)


def _dots(view: _View, one: Statement, geometry: BaseGeometry) -> list[tuple[float, float, str]]:
    from shapely import get_parts

    if geometry.geom_type not in ("Point", "MultiPoint"):
        return []
    style = "planned" if one.force == "planned" else "sure"
    return [(*view.point(point.x, point.y), style) for point in get_parts(geometry)]


def _grid(view: _View) -> tuple[list[Path_], list[Label]]:
    west, south, east, north = view.bounds
    step = next((one for one in _STEPS if (north - south) / one <= 4), _STEPS[-1])
    paths, labels = [], []
    for number in range(math.ceil(west / step), math.floor(east / step) + 1):
        x, _ = view.point(number * step, 0)
        paths.append(f"M{x:.1f} 0V{HEIGHT}")
        labels.append(Label(_degrees(number * step, "EW"), x, HEIGHT - 6, "middle", "degree"))
    for number in range(math.ceil(south / step), math.floor(north / step) + 1):
        _, y = view.point(view.lon, number * step)
        paths.append(f"M0 {y:.1f}H{WIDTH}")
        if 24 < y < HEIGHT - 30:
            labels.append(Label(_degrees(number * step, "NS"), 6, y - 4, "start", "degree"))
    return [Path_("grid", "".join(paths))], [label for label in labels if 26 < label.x < WIDTH - 26 or label.x == 6]


def _degrees(value: float, letters: str) -> str:
    value = (value + 180) % 360 - 180 if letters == "EW" else value
    letter = "" if value == 0 else letters[0] if value > 0 else letters[1]
    return f"{abs(value):g}° {letter}".strip()


def _scale(view: _View) -> tuple[float, float]:
    """Return the length of the scale bar: the largest round number of kilometres under a quarter of the map."""
    most = WIDTH / 4 / view.px_per_km
    power = 10 ** math.floor(math.log10(most))
    km = max(factor * power for factor in (1, 2, 5) if factor * power <= most)
    return km, km * view.px_per_km
