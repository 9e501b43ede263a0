"""The overview map: one HTML file made by folium that asks the network for nothing.

folium draws the map's frame and starts Leaflet. No string from data is handed to it: sites, scores and sources
travel in the page's data block and are written by the page's own scripts (``assets/map-*.js``) as text.

Reference: the rules for HTML in the project's contract, section 4.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import folium
from branca.element import Figure
from markupsafe import Markup

from georisk.errors import GeoriskError
from georisk.outputs.columns import columns
from georisk.outputs.coordinates import drawn
from georisk.outputs.map_base import packed
from georisk.outputs.map_data import (
    Band,
    Category,
    Choice,
    CountryPart,
    Fact,
    Finance,
    Flow,
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
    Tiles,
)
from georisk.outputs.map_table import SiteTable
from georisk.outputs.page import asset, document, environment, leaflet_script, leaflet_style

__all__ = [
    "Band",
    "Category",
    "Choice",
    "CountryPart",
    "Fact",
    "Finance",
    "Flow",
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
    "Tiles",
    "map_page",
]

MOST_BANDS = 4  # as many as the style sheet has colours and shapes
_STYLES = ("map.css", "map-panel.css", "map-narrow.css")
_SCRIPTS = (
    "columns.js",
    "map-bands.js",
    "map-sites.js",
    "map-layers.js",
    "map-state.js",
    "map-filter.js",
    "map-land.js",
    "map-base.js",
    "map-layout.js",
    "map-shapes.js",
    "map-flows.js",
    "map-many.js",
    "map-places.js",
    "map-dots.js",
    "map-marks.js",
    "map-scores.js",
    "map-panel.js",
    "map-list.js",
    "map-search.js",
    "map-facets.js",
    "map-legend.js",
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
        images=() if data.tiles is None else data.tiles["hosts"],
    )


def _page_data(data: MapData) -> dict[str, Any]:
    return {
        "title": data.title,
        "as_of": data.as_of,
        "known_by": data.known_by,
        "projection": data.projection,
        "method": data.method,
        "layers": [data.composite, *data.dimensions],
        "choices": list(data.choices),
        "bands": list(data.bands),
        "links": list(data.links),
        "basemap": packed(data.basemap),
        "detail": None if data.detail is None else packed(data.detail),
        "countries": dict(data.countries),
        "tiles": data.tiles,
        "note": data.note,
        "sites": _carried(data.sites),
    }


def _carried(sites: Sequence[Site] | SiteTable) -> dict[str, Any]:
    if isinstance(sites, SiteTable):
        return {"count": sites.count, "of": sites.of, "hosts": sorted(sites.countries)}
    records = [{**site, "shapes": [_shape(shape) for shape in site["shapes"]]} for site in sites]
    hosts = sorted({code for site in sites for code in site["country"]})
    return {"count": len(records), "of": columns(records), "hosts": hosts}


def _shape(shape: Shape) -> dict[str, Any]:
    return {**shape, "geometry": drawn(shape["geometry"], shape["precision_km"])}


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
