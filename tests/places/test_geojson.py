"""GeoJSON geometries: strict in, RFC 7946 out."""

import math
from typing import Any

import pytest
from shapely.geometry import LineString, Point, Polygon

from georisk.errors import GeoriskError
from georisk.places.geojson import ShapeError, from_geojson, to_geojson


def polygon(*rings: list[tuple[float, float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(position) for position in ring] for ring in rings]}


SQUARE = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]


def test_geometries_are_read() -> None:
    assert from_geojson({"type": "Point", "coordinates": [25.4, -10.7]}).equals(Point(25.4, -10.7))
    assert from_geojson(polygon(SQUARE)).area == 1
    assert from_geojson({"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}).geom_type == "MultiPoint"


@pytest.mark.parametrize(
    ("geometry", "says"),
    [
        ({}, "type is None"),
        ({"type": "Circle", "coordinates": [0, 0]}, "type is 'Circle'"),
        ({"type": "Point"}, "do not make a Point"),
        ({"type": "Point", "coordinates": []}, "no coordinates"),
        ({"type": "Point", "coordinates": ["a", "b"]}, "do not make a Point"),
        ({"type": "Point", "coordinates": [math.nan, 1]}, "no coordinates|not a number"),
        ({"type": "Point", "coordinates": [math.inf, 1]}, "not a number"),
        ({"type": "Point", "coordinates": [-10.7, 95]}, "off the globe"),
        ({"type": "Point", "coordinates": [181, 5]}, "off the globe"),
        ({"type": "LineString", "coordinates": [[0, 0]]}, "do not make a LineString"),
        (polygon([(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)]), "Self-intersection"),
    ],
)
def test_what_is_no_geometry_is_refused_with_the_reason(geometry: dict[str, Any], says: str) -> None:
    with pytest.raises(ShapeError, match=says) as caught:
        from_geojson(geometry)
    assert isinstance(caught.value, GeoriskError)
    assert isinstance(caught.value, ValueError)


def test_outer_rings_are_written_anticlockwise() -> None:
    clockwise = Polygon([(0, 0), (0, 1), (1, 1), (1, 0)])
    assert Polygon(to_geojson(clockwise)["coordinates"][0]).exterior.is_ccw


def test_a_line_over_the_antimeridian_is_written_in_two() -> None:
    written = to_geojson(LineString([(179, 0), (-179, 0)]))
    assert written == {
        "type": "MultiLineString",
        "coordinates": [[[179.0, 0.0], [180.0, 0.0]], [[-180.0, 0.0], [-179.0, 0.0]]],
    }


def test_positions_are_rounded() -> None:
    assert to_geojson(Point(1.23456789, 2), digits=3)["coordinates"] == [1.235, 2.0]


def test_what_is_written_can_be_read() -> None:
    shape = Polygon([(177, -19), (-178, -19), (-178, -16), (177, -16)])
    assert from_geojson(to_geojson(shape)).area == pytest.approx(5 * 3)  # square degrees
