"""The registry's own sites and parts as places with names: the first thing a name is looked for in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from georisk.places.gazetteer import Entry
from georisk.places.geojson import from_geojson
from georisk.places.geometry import distance_km, segments_of
from georisk.places.names import Word, read_name, spellings
from georisk.seeds import Seeds
from georisk.statements import Statement

__all__ = ["Known", "known_places"]


@dataclass(frozen=True, slots=True)
class Known:
    """A site or part: its entry and its compact names, each with whether it is another name than its own."""

    entry: Entry
    keys: dict[str, bool]


def known_places(seeds: Seeds, words: dict[str, Word]) -> list[Known]:
    """Return the located sites and parts of a registry.

    A point has the radius its statement gives; a line, an area and a site of several parts lie wholly within the
    radius round a point of theirs.
    """
    shapes = {
        one.subject: one
        for one in seeds.statements
        if one.property == "location" and isinstance(one.value, dict) and one.status != "retracted"
    }
    commodities: dict[str, list[str]] = {}
    for one in seeds.statements:
        if one.property == "commodity" and isinstance(one.value, (list, tuple)):
            commodities.setdefault(one.subject, []).extend(str(value) for value in one.value)
    found = []
    for site in seeds.sites.values():
        named = [
            (site.id, site.name, site.kind, site.aliases),
            *((p.id, p.name, p.kind, p.aliases) for p in site.parts),
        ]
        drawn = [shapes[name] for name, *_ in named if name in shapes]
        for subject, name, kind, aliases in named:
            own = [shapes[subject]] if subject in shapes else drawn if subject == site.id else []
            if own:
                entry = _entry(subject, name, kind, own, commodities.get(site.id, []))
                found.append(Known(entry, _keys([name, *aliases], words)))
    return found


def _entry(subject: str, name: str, kind: str, shapes: Sequence[Statement], commodities: list[str]) -> Entry:
    reached = [(from_geojson(one.value), float(one.qualifiers.get("precision_km", 0.0))) for one in shapes]
    points = [shape if isinstance(shape, Point) else shape.representative_point() for shape, _ in reached]
    lon, lat = float(np.mean([p.x for p in points])), float(np.mean([p.y for p in points]))
    radius = max(doubt + _reach(lon, lat, shape) for shape, doubt in reached)
    country = str(shapes[0].qualifiers.get("country", ""))
    return Entry(
        name, lon, lat, round(radius, 3), country, kind, tuple(dict.fromkeys(commodities)), "registry", subject
    )


def _reach(lon: float, lat: float, shape: BaseGeometry) -> float:
    """Distance to the furthest vertex of a shape."""
    ends = segments_of(shape)
    return float(distance_km(lon, lat, ends[:, [0, 2]].ravel(), ends[:, [1, 3]].ravel()).max())


def _keys(names: Iterable[str], words: dict[str, Word]) -> dict[str, bool]:
    """Other names count whole alone: the Blanding mill is not the town of Blanding."""
    found: dict[str, bool] = {}
    for number, name in enumerate(names):
        for spelling in spellings(name):
            read = read_name(spelling, words)
            for key in (read.whole, read.core if number == 0 else read.whole):
                if len(key) > 1:
                    found.setdefault(key, number > 0)
    return found
