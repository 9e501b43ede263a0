"""The styles of a GeoPackage: well-formed, one category a band, one default a layer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import geopandas
import pytest
from defusedxml import ElementTree
from shapely import Point

from georisk.outputs.gpkg_styles import NOT_SCORED, SHAPES, band_colours, qml, sld, write_styles

BANDS = ("low", "moderate", "high", "severe")


def test_every_band_has_a_colour_of_its_own() -> None:
    colours = band_colours(BANDS)
    assert set(colours) == {*BANDS, NOT_SCORED, "edge"}
    assert len(set(colours.values())) == len(colours)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_style_of_qgis_has_a_category_and_a_symbol_for_each_band(shape: str) -> None:
    root = ElementTree.fromstring(qml(shape, band_colours(BANDS)), forbid_dtd=False)
    values = [one.get("value") for one in root.iter("category")]
    assert values == [*BANDS, ""], "what has no score has no band"
    assert [one.get("symbol") for one in root.iter("category")] == [one.get("name") for one in root.iter("symbol")]
    assert root.findtext("layerGeometryType") == str(SHAPES[shape][2])


def test_a_styled_layer_descriptor_has_a_rule_for_each_band() -> None:
    root = ElementTree.fromstring(sld(band_colours(BANDS)))
    names = [one.text for one in root.iter("{http://www.opengis.net/sld}Name")]
    assert names == ["georisk", *BANDS, NOT_SCORED]


def test_the_table_stands_in_the_file_as_qgis_looks_for_it(tmp_path: Path) -> None:
    target = tmp_path / "sites.gpkg"
    frame = geopandas.GeoDataFrame({"composite_band": ["low"]}, geometry=[Point(1, 2)], crs="EPSG:4326")
    frame.to_file(target, layer="sites", driver="GPKG")
    write_styles(target, ["sites"], BANDS, "2026-11-21T00:00:00.000Z")
    with closing(sqlite3.connect(target)) as database:
        column = database.execute("SELECT column_name FROM gpkg_geometry_columns").fetchone()[0]
        found = database.execute(
            "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML <> '', styleSLD <> '' FROM layer_styles"
        ).fetchall()
        kinds = dict(database.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall())
    assert found == [("sites", column, 1, 1, 1), ("sites", column, 0, 1, 1), ("sites", column, 0, 1, 1)]
    assert kinds["layer_styles"] == "attributes"
