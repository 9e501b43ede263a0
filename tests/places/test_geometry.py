"""Lengths, areas, circles and distances on the ellipsoid."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import GeometryCollection, LineString, MultiPoint, Point, Polygon, box

from georisk.errors import GeoriskError
from georisk.places.geometry import (
    area_km2,
    circle,
    circle_of_area,
    coordinates_of,
    densify,
    destination,
    distance_km,
    distance_to_km,
    from_cartesian,
    length_km,
    nearest_on_chords,
    segments_of,
    to_cartesian,
)

EQUATOR_KM = 2 * math.pi * 6378.137  # WGS 84: semi-major axis 6378.137 km
QUADRANT_KM = 10_001.9657  # WGS 84: pole to equator
EARTH_KM2 = 510_065_622  # WGS 84: surface

longitudes = st.floats(-180, 180)
latitudes = st.floats(-89, 89)


def test_a_degree_of_the_equator_is_a_360th_of_it() -> None:
    assert length_km(LineString([(0, 0), (1, 0)])) == pytest.approx(EQUATOR_KM / 360)


def test_a_meridian_from_equator_to_pole() -> None:
    assert length_km(LineString([(25, 0), (25, 90)])) == pytest.approx(QUADRANT_KM, abs=1e-3)


def test_a_line_over_the_antimeridian_is_short() -> None:
    assert length_km(LineString([(179, 0), (-179, 0)])) == pytest.approx(2 * EQUATOR_KM / 360)


def test_only_lines_have_length_and_only_polygons_area() -> None:
    mixed = GeometryCollection([Point(0, 0), LineString([(0, 0), (1, 0)]), box(0, 0, 1, 1)])
    assert length_km(mixed) == length_km(mixed.geoms[1])
    assert area_km2(mixed) == area_km2(mixed.geoms[2])
    assert length_km(Polygon()) == area_km2(LineString()) == 0


def test_an_octant_is_an_eighth_of_the_earth() -> None:
    octant = Polygon([(0, 0), (90, 0), (0, 90)])  # its edges are the equator and two meridians: geodesics
    assert area_km2(octant) == pytest.approx(EARTH_KM2 / 8, rel=1e-6)


def test_area_does_not_depend_on_the_turn_of_the_rings() -> None:
    shell, hole = [(0, 0), (3, 0), (3, 3), (0, 3)], [(1, 1), (2, 1), (2, 2), (1, 2)]
    areas = {round(area_km2(Polygon(s, [h])), 6) for s in (shell, shell[::-1]) for h in (hole, hole[::-1])}
    assert len(areas) == 1
    assert areas.pop() == pytest.approx(area_km2(Polygon(shell)) - area_km2(Polygon(hole)))


@given(longitudes, latitudes, st.floats(0, 360), st.floats(0.001, 5000))
def test_a_destination_lies_at_its_distance(lon: float, lat: float, bearing: float, km: float) -> None:
    assert distance_km(lon, lat, *destination(lon, lat, bearing, km)) == pytest.approx(km, abs=1e-6)


def test_distances_are_taken_element_by_element() -> None:
    found = distance_km([0, 0], [0, 0], [1, np.nan], 0)
    assert found[0] == pytest.approx(EQUATOR_KM / 360)
    assert np.isnan(found[1])


@settings(max_examples=30, deadline=None)
@given(longitudes, latitudes, st.floats(1, 100_000))
def test_a_circle_of_an_area_has_that_area(lon: float, lat: float, area: float) -> None:
    assert area_km2(circle_of_area(lon, lat, area)) == pytest.approx(area, rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(longitudes, latitudes, st.floats(1, 100))
def test_the_vertices_of_a_circle_lie_on_it(lon: float, lat: float, radius: float) -> None:
    shape = circle(lon, lat, radius)
    vertices = coordinates_of(shape)
    rim = vertices[(np.abs(vertices[:, 0]) < 180) & (np.abs(vertices[:, 1]) < 90)]
    assert np.allclose(distance_km(lon, lat, rim[:, 0], rim[:, 1]), radius, atol=1e-6)
    assert shape.is_valid


def test_a_circle_across_the_antimeridian_is_cut() -> None:
    shape = circle(179.9, -17, 100)
    assert shape.geom_type == "MultiPolygon"
    assert shape.bounds[0] == -180
    assert shape.bounds[2] == 180


@pytest.mark.parametrize("pole", [90, -90])
def test_a_circle_round_a_pole_holds_it(pole: int) -> None:
    shape = circle(40, pole * 0.99, 300)  # 0.9 degrees, some 100 km, from the pole
    assert shape.covers(Point(0, pole))
    assert shape.covers(Point(-140, pole))
    assert area_km2(shape) == pytest.approx(math.pi * 300**2, rel=1e-2)


@pytest.mark.parametrize("wrong", [0, -1, math.nan, math.inf])
def test_a_circle_needs_a_size(wrong: float) -> None:
    with pytest.raises(GeoriskError, match="above 0"):
        circle(0, 0, wrong)
    with pytest.raises(GeoriskError, match="above 0"):
        circle_of_area(0, 0, wrong)


def test_densifying_keeps_ends_and_length() -> None:
    line = LineString([(170, 10), (-170, 30)])
    dense = densify(line, 50)
    vertices = coordinates_of(dense)
    assert distance_km(*vertices[:-1].T, *vertices[1:].T).max() <= 50 + 1e-6
    assert vertices[0].tolist() == [170, 10]
    assert vertices[-1] == pytest.approx([190, 30])
    assert length_km(dense) == pytest.approx(length_km(line))


@given(longitudes, st.floats(-90, 90))
def test_cartesian_coordinates_lead_back(lon: float, lat: float) -> None:
    back_lon, back_lat = from_cartesian(to_cartesian(lon, lat))
    assert distance_km(lon, lat, back_lon, back_lat) == pytest.approx(0, abs=1e-6)


def test_cartesian_axes() -> None:
    assert to_cartesian(0, 0) == pytest.approx([6378.137, 0, 0])
    assert to_cartesian(90, 0) == pytest.approx([0, 6378.137, 0], abs=1e-9)
    assert to_cartesian(0, 90) == pytest.approx([0, 0, 6356.752314], abs=1e-6)


def test_the_nearest_place_on_a_chord_is_its_foot_or_an_end() -> None:
    start, end = np.array([0.0, 0, 0]), np.array([2.0, 0, 0])
    assert nearest_on_chords(np.array([1.0, 5, 0]), start, end).tolist() == [1, 0, 0]
    assert nearest_on_chords(np.array([9.0, 5, 0]), start, end).tolist() == [2, 0, 0]
    assert nearest_on_chords(np.array([9.0, 5, 0]), start, start).tolist() == [0, 0, 0]


def test_segments_are_short_and_points_have_none_of_length() -> None:
    rows = segments_of(GeometryCollection([Point(1, 2), box(0, 0, 1, 1)]), step_km=20)
    assert [1, 2, 1, 2] in rows.tolist()
    assert distance_km(*rows.T).max() <= 20 + 1e-6
    assert segments_of(Polygon()).shape == (0, 4)


def test_distance_to_a_shape() -> None:
    degree = EQUATOR_KM / 360
    assert distance_to_km(Point(0, 0), 1, 0) == pytest.approx(degree, abs=1e-3)
    assert distance_to_km(MultiPoint([(0, 0), (5, 0)]), 4, 0) == pytest.approx(degree, abs=1e-3)
    assert distance_to_km(LineString([(0, -5), (0, 5)]), 1, 0) == pytest.approx(degree, abs=1e-3)
    assert distance_to_km(box(-5, -5, 0, 5), 1, 0) == pytest.approx(degree, abs=1e-3)


def test_distance_is_nothing_inside_whatever_the_turn_of_longitude() -> None:
    fiji = Polygon([(177, -19), (-178, -19), (-178, -16), (177, -16)])
    for lon in (179, -179, 181, -181, 180, -180):
        assert distance_to_km(fiji, lon, -17) == 0


def test_distance_runs_over_the_antimeridian() -> None:
    assert distance_to_km(Point(-179.5, 0), 179.5, 0) == pytest.approx(EQUATOR_KM / 360, abs=1e-3)


def test_no_distance_to_nothing() -> None:
    with pytest.raises(GeoriskError, match="empty"):
        distance_to_km(Polygon(), 0, 0)
