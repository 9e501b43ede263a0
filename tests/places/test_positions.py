"""Where the registry's shapes lie."""

from typing import Any

import numpy as np
from pytest import approx
from shapely.geometry import LineString, Point, box

from georisk.places.positions import edges_of, positions, vertices_of


def test_each_shape_comes_with_its_doubt_and_country(made: Any) -> None:
    made.site("hill", country="TZA", at=(35.75, -6.17))
    made.site("cloud")
    made.site("twin", parts=("east", "west"), kind="refinery")
    made.shape("twin/east", {"type": "Point", "coordinates": [36, -6]}, "TZA", precision_km=3)
    seeds = made.open().seeds
    assert [one.subject for one in positions(seeds)] == ["hill", "twin/east"]
    (east,) = positions(seeds, "twin")
    assert (east.site, east.doubt_km, east.country) == ("twin", 3.0, "TZA")
    assert list(positions(seeds, "cloud")) == []


def test_points_lines_and_outlines_become_points_a_kilometre_apart_at_most() -> None:
    assert vertices_of(Point(1, 2)).tolist() == [[1, 2]]
    line = vertices_of(LineString([(0, 0), (0.1, 0)]))  # 11.13 km: twelve steps
    assert len(line) == 13
    assert len(vertices_of(box(0, 0, 0.1, 0.1))) == 4 * 12 + 1


def test_a_shape_can_be_measured_to() -> None:
    edges = edges_of(box(1, -1, 2, 1))
    km, _ = edges.nearest(np.array([0.0]), np.array([0.0]))
    assert km[0] == approx(111.319, abs=0.01)  # one degree of the equator
