"""The overview map: one HTML file made by folium that asks the network for nothing.

folium draws the map's frame and starts Leaflet. No string from data is handed to it: sites, scores and sources
travel in the page's data block and are written by the page's own scripts (``assets/map-*.js``) as text.

Reference: the rules for HTML in the project's contract, section 4.
"""

from __future__ import annotations

import math
import re
from typing import Any

import folium
from branca.element import Figure
from markupsafe import Markup

from georisk.errors import GeoriskError
from georisk.outputs.columns import columns
from georisk.outputs.map_data import (
    Band,
    Fact,
    Finance,
    Layer,
    Line,
    Link,
    MapData,
    Method,
    Missing,
    Owner,
    Parent,
    Part,
    Reason,
    Score,
    Shape,
    Site,
    Source,
)
from georisk.outputs.page import asset, document, environment, leaflet_script, leaflet_style

__all__ = [
    "Band",
    "Fact",
    "Finance",
    "Layer",
    "Line",
    "Link",
    "MapData",
    "Method",
    "Missing",
    "Owner",
    "Parent",
    "Part",
    "Reason",
    "Score",
    "Shape",
    "Site",
    "Source",
    "map_page",
]

MOST_BANDS = 4  # as many as the style sheet has colours and shapes
_KM_PER_DEGREE = 111.32
_SHAPE_DIGITS = 4  # decimals of lines and outlines, about 10 m
_STYLES = ("map.css",)
_SCRIPTS = (
    "columns.js",
    "map-bands.js",
    "map-sites.js",
    "map-state.js",
    "map-base.js",
    "map-layout.js",
    "map-shapes.js",
    "map-places.js",
    "map-dots.js",
    "map-marks.js",
    "map-scores.js",
    "map-panel.js",
    "map-list.js",
    "map-search.js",
    "map.js",
)


def map_page(data: MapData) -> str:
    """Return the overview map as one HTML page; the same data gives the same text.

    Raises
    ------
    GeoriskError
        If there are more bands than the page has colours for, or the data is not plain.
    """
    if len(data.bands) > MOST_BANDS:
        raise GeoriskError(f"the map has colours for {MOST_BANDS} bands, found {len(data.bands)}")
    frame, start = _folium_frame()
    body = environment("map.html.j2").get_template("map.html.j2").render(frame=frame)
    return document(
        data.title,
        body,
        styles=[leaflet_style(), *map(asset, _STYLES)],
        scripts=[leaflet_script(), asset("map-motion.js"), start, *map(asset, _SCRIPTS)],
        data=_page_data(data),
    )


def _page_data(data: MapData) -> dict[str, Any]:
    sites = [{**site, "shapes": [_drawn(shape) for shape in site["shapes"]]} for site in data.sites]
    return {
        "title": data.title,
        "as_of": data.as_of,
        "known_by": data.known_by,
        "projection": data.projection,
        "method": data.method,
        "layers": [data.composite, *data.dimensions],
        "bands": list(data.bands),
        "links": list(data.links),
        "basemap": data.basemap,
        "sites": {"count": len(sites), "of": columns(sites)},
    }


def _folium_frame() -> tuple[Markup, str]:
    """Return folium's map element and the script that starts it, without the libraries it would link to."""
    frame = folium.Map(
        location=(20.0, 10.0),
        zoom_start=2,
        tiles=None,
        zoom_snap=0.25,
        zoom_delta=0.5,
        attribution_control=False,
        world_copy_jump=False,
    )
    figure = Figure()
    figure.add_child(frame)
    figure.render()
    html, start = _renumbered([figure.html.render(), figure.script.render()])
    return Markup(html), start  # noqa: S704  # folium was given constants only


def _renumbered(texts: list[str]) -> list[str]:
    """Replace branca's random 32-digit ids by numbers, in order of first appearance."""
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        return numbers.setdefault(match[0], f"{len(numbers) + 1:032x}")

    return [re.sub(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", number, text) for text in texts]


def _drawn(shape: Shape) -> dict[str, Any]:
    geometry = shape["geometry"]
    pointlike = geometry["type"] in ("Point", "MultiPoint")
    digits = _digits(shape["precision_km"]) if pointlike else _SHAPE_DIGITS
    return {**shape, "geometry": {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"], digits)}}


def _digits(precision_km: float | None) -> int:
    """Decimals of a degree that keep rounding below a fortieth of the precision, at least 2 and at most 5."""
    if precision_km is None or precision_km <= 0:
        return 5
    return min(5, max(2, math.ceil(math.log10(20 * _KM_PER_DEGREE / precision_km))))


def _rounded(coordinates: Any, digits: int) -> Any:
    if isinstance(coordinates[0], (int, float)):
        return [round(degrees, digits) for degrees in coordinates]
    return [_rounded(each, digits) for each in coordinates]
