"""Shapes across 180 degrees, cut as RFC 7946 wants."""

import numpy as np
import pytest
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from georisk.errors import GeoriskError
from georisk.places.antimeridian import bounds, coordinates_of, parts_of, split_antimeridian, unwrap, wrap_longitude

FIJI = Polygon([(177, -19), (-178, -19), (-178, -16), (177, -16)])


@pytest.mark.parametrize(
    ("lon", "wrapped"),
    [(0, 0), (180, -180), (-180, -180), (181, -179), (-181, 179), (540, -180), (725, 5), (-359.5, 0.5)],
)
def test_longitudes_wrap_into_one_turn(lon: float, wrapped: float) -> None:
    assert wrap_longitude(lon) == wrapped


def test_a_longitude_in_range_is_not_touched_by_rounding() -> None:
    assert wrap_longitude(25.4667) == 25.4667


def test_not_a_number_stays_so() -> None:
    assert np.isnan(wrap_longitude([np.nan])).all()


def test_a_line_over_the_antimeridian_is_cut_where_it_crosses() -> None:
    split = split_antimeridian(LineString([(170, 10), (-170, 20)]))
    assert [list(line.coords) for line in split.geoms] == [[(170, 10), (180, 15)], [(-180, 15), (-170, 20)]]


def test_a_polygon_over_the_antimeridian_becomes_two_within_range() -> None:
    split = split_antimeridian(FIJI)
    assert isinstance(split, MultiPolygon)
    assert [part.bounds for part in split.geoms] == [(177, -19, 180, -16), (-180, -19, -178, -16)]


def test_a_hole_across_the_antimeridian_is_cut_with_its_polygon() -> None:
    hole = [(179, -18), (-179, -18), (-179, -17), (179, -17)]
    split = split_antimeridian(Polygon(FIJI.exterior.coords, [hole]))
    assert split.area == pytest.approx(5 * 3 - 2 * 1)  # square degrees


def test_coordinates_past_180_come_back_into_range() -> None:
    assert split_antimeridian(box(185, 0, 190, 5)).bounds == (-175, 0, -170, 5)
    assert split_antimeridian(Point(190, 5)).coords[0] == (-170, 5)


def test_a_shape_that_follows_the_edge_of_the_map_stays_whole() -> None:
    cap = box(-180, 80, 180, 90)
    assert split_antimeridian(cap).equals(cap)


def test_what_does_not_cross_is_returned_as_it_is() -> None:
    line = LineString([(10, 0), (20, 5)])
    assert split_antimeridian(line).equals(line)
    assert split_antimeridian(Polygon()).is_empty


def test_a_collection_keeps_its_kinds() -> None:
    mixed = split_antimeridian(GeometryCollection([Point(181, 0), LineString([(179, 0), (-179, 0)])]))
    assert [part.geom_type for part in parts_of(mixed)] == ["Point", "LineString", "LineString"]


def test_unwrapping_lets_a_line_run_on() -> None:
    assert coordinates_of(unwrap(LineString([(179, 0), (-179, 0), (-177, 0)])))[:, 0].tolist() == [179, 181, 183]


def test_bounds_turn_west_over_east_across_the_antimeridian() -> None:
    assert bounds(FIJI) == (177, -19, -178, -16)
    assert bounds(split_antimeridian(FIJI)) == (177, -19, -178, -16)


def test_bounds_of_other_shapes_are_plain() -> None:
    assert bounds(box(10, 20, 30, 40)) == (10, 20, 30, 40)
    assert bounds(box(-180, 60, 180, 90)) == (-180, 60, 180, 90)
    assert bounds(MultiPolygon([box(-10, 0, -5, 1), box(5, 2, 10, 3)])) == (-10, 0, 10, 3)


def test_an_empty_shape_has_no_bounds() -> None:
    with pytest.raises(GeoriskError, match="no bounds"):
        bounds(Polygon())
