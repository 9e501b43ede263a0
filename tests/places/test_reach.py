"""Jurisdictions within a radius, in the small world: AAA and BBB share the meridian of 2 degrees."""

from pathlib import Path

from pytest import approx
from shapely.geometry import LineString, Point

from georisk.places.reach import Circle, enclosing, reached


def test_a_radius_that_crosses_the_border_names_both(world: Path) -> None:
    # 1.95 degrees east is 5.566 km from the border along the equator
    near, short = Circle(1.95, 0.0, 5.7), Circle(1.95, 0.0, 5.4)
    assert reached(world, [near, short]) == [("AAA", "BBB"), ("AAA",)]
    assert reached(world, [Circle(2.05, 0.0, 5.7)]) == [("BBB", "AAA")]


def test_a_point_known_exactly_names_its_own(world: Path) -> None:
    assert reached(world, [Circle(1.9999, 0.0, 0.0)]) == [("AAA",)]


def test_ground_that_names_no_country_is_left_out(world: Path) -> None:
    assert reached(world, [Circle(30.1, 0.0, 1.0)]) == [()]


def test_nothing_is_read_for_nothing(tmp_path: Path) -> None:
    assert reached(tmp_path / "no such folder", []) == []


def test_a_circle_holds_the_shape_and_its_doubt() -> None:
    assert enclosing(Point(1, 2), 3.0) == Circle(1.0, 2.0, 3.0)
    lon, lat, radius = enclosing(LineString([(0, 0), (1, 0), (2, 0)]), 5.0)
    assert (lon, lat) == (1, 0)
    assert radius == approx(116.319, abs=0.01)  # a degree of the equator and five
