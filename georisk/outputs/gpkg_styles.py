"""The table ``layer_styles`` of a GeoPackage: QGIS draws its layers by band of the composite score from it.

Colours are those of the pages (``page.css``, light). The default style is for points; lines and areas, which QGIS
offers as layers of their own, keep QGIS's default, or take the style of their kind from the same table.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from georisk.outputs.page import asset

ATTRIBUTE = "composite_band"
GEOMETRY_COLUMN = "geom"
NOT_SCORED = "not scored"
_COLOURS = re.compile(r"--(band-(?:\d+|none)|edge): light-dark\(#([0-9a-f]{6})")
_TABLE = """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
update_time DATETIME DEFAULT CURRENT_TIMESTAMP)"""
SHAPES = {
    "points": ("marker", "SimpleMarker", 0),
    "lines": ("line", "SimpleLine", 1),
    "areas": ("fill", "SimpleFill", 2),
}
"""Kinds of shapes: QGIS's type of symbol, its class of symbol layer, its number of the geometry type."""


def write_styles(target: Path, layers: Iterable[str], bands: Sequence[str], clock: str) -> None:
    """Add the table of styles to a GeoPackage.

    Parameters
    ----------
    target
        The file.
    layers
        Names of the layers to draw by band.
    bands
        Keys of the bands, lowest first.
    clock
        The time of the last change, ISO 8601, so that the same input gives the same bytes.
    """
    colours = band_colours(bands)
    rows = [
        (layer, GEOMETRY_COLUMN, f"Composite band, {shape}", qml(shape, colours), sld(colours), shape == "points",
         f"Sites by band of the composite score ({shape})", clock)
        for layer in layers for shape in SHAPES
    ]  # fmt: skip
    with closing(sqlite3.connect(target)) as database, database:
        database.execute(_TABLE)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
            (clock,),
        )
        database.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner, update_time) "
            "VALUES ('', '', ?, ?, ?, ?, ?, ?, ?, 'georisk', ?)",
            rows,
        )


def band_colours(bands: Sequence[str]) -> dict[str, str]:
    """Return the fill of each band as six hexadecimal digits, of :data:`NOT_SCORED` too, and of the edge."""
    found = dict(_COLOURS.findall(asset("page.css")))
    colours = {band: found[f"band-{number}"] for number, band in enumerate(bands)}
    return colours | {NOT_SCORED: found["band-none"], "edge": found["edge"]}


def qml(shape: str, colours: Mapping[str, str]) -> str:
    """Return a style of QGIS for one kind of shape: a category a band, one more for what has no score."""
    symbol, _, number = SHAPES[shape]
    names = [name for name in colours if name != "edge"]
    categories = "".join(
        f'<category render="true" symbol="{at}" value={quoteattr("" if name == NOT_SCORED else name)} '
        f"label={quoteattr(name)}/>"
        for at, name in enumerate(names)
    )
    symbols = "".join(
        f'<symbol type="{symbol}" name="{at}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f"{_symbol_layer(shape, colours[name], colours['edge'])}</symbol>"
        for at, name in enumerate(names)
    )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.28" styleCategories="Symbology">'
        f'<renderer-v2 type="categorizedSymbol" attr="{ATTRIBUTE}" enableorderby="0" forceraster="0" symbollevels="0">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>"
        f"<layerGeometryType>{number}</layerGeometryType></qgis>"
    )


def _symbol_layer(shape: str, fill: str, edge: str) -> str:
    options = {
        "points": {
            "color": _rgba(fill),
            "outline_color": _rgba(edge),
            "name": "circle",
            "size": "4",
            "size_unit": "MM",
        },
        "lines": {"line_color": _rgba(fill), "line_width": "1", "line_width_unit": "MM"},
        "areas": {"color": _rgba(fill), "outline_color": _rgba(edge), "style": "solid"},
    }[shape]
    given = "".join(f'<Option type="QString" name="{key}" value="{value}"/>' for key, value in options.items())
    return (
        f'<layer class="{SHAPES[shape][1]}" enabled="1" locked="0" pass="0"><Option type="Map">{given}</Option></layer>'
    )


def _rgba(colour: str) -> str:
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (0, 2, 4)) + ",255"


def sld(colours: Mapping[str, str]) -> str:
    """Return the same as a Styled Layer Descriptor 1.0, for other programs: points, lines and areas in one."""
    rules = "".join(_rule(name, fill, colours["edge"]) for name, fill in colours.items() if name != "edge")
    return (
        '<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" '
        'version="1.0.0"><NamedLayer><Name>georisk</Name><UserStyle><FeatureTypeStyle>'
        f"{rules}</FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>"
    )


def _rule(name: str, fill: str, edge: str) -> str:
    field = f"<ogc:PropertyName>{ATTRIBUTE}</ogc:PropertyName>"
    equal = f"<ogc:PropertyIsEqualTo>{field}<ogc:Literal>{escape(name)}</ogc:Literal></ogc:PropertyIsEqualTo>"
    where = f"<ogc:PropertyIsNull>{field}</ogc:PropertyIsNull>" if name == NOT_SCORED else equal
    paint = f'<Fill><CssParameter name="fill">#{fill}</CssParameter></Fill>'
    stroke = '<Stroke><CssParameter name="stroke">#{}</CssParameter></Stroke>'
    mark = f"<Mark><WellKnownName>circle</WellKnownName>{paint}{stroke.format(edge)}</Mark><Size>10</Size>"
    return (
        f"<Rule><Name>{escape(name)}</Name><ogc:Filter>{where}</ogc:Filter>"
        f"<PointSymbolizer><Graphic>{mark}</Graphic></PointSymbolizer>"
        f"<LineSymbolizer>{stroke.format(fill)}</LineSymbolizer>"
        f"<PolygonSymbolizer>{paint}{stroke.format(edge)}</PolygonSymbolizer></Rule>"
    )
