"""Edges of coasts and borders, and the nearest of them."""

import numpy as np
import pytest
from shapely.geometry import Polygon, box

from georisk.places.edges import EdgeIndex, Edges, shared_and_single
from georisk.places.geometry import distance_to_km

DEGREE_KM = 111.31949  # of the equator: 2 pi 6378.137 / 360


def edges(*ends: tuple[float, float, float, float]) -> Edges:
    rows = np.arange(len(ends))
    return Edges(np.array(ends, dtype=float).reshape(-1, 4), rows, rows)


def test_long_edges_are_searched_in_pieces_and_keep_their_sides() -> None:
    index = EdgeIndex(edges((0, -1, 0, 1), (10, -1, 10, 1)))
    km, row = index.nearest(np.array([1.0, 9.5]), np.array([0.3, 0.0]))
    assert km[1] == pytest.approx(DEGREE_KM / 2, abs=1e-3)
    assert index.edges.left[row].tolist() == [0, 1]


def test_the_nearest_place_may_lie_between_two_vertices() -> None:
    km, _ = EdgeIndex(edges((0, -0.005, 0, 0.005))).nearest(np.array([0.01]), np.array([0.0]))
    assert km[0] == pytest.approx(DEGREE_KM / 100, abs=1e-6)


def test_edges_are_found_across_the_antimeridian_and_the_pole() -> None:
    index = EdgeIndex(edges((-179.5, -1, -179.5, 1), (0, 89, 1, 89)))
    km, row = index.nearest(np.array([179.5, 180.0]), np.array([0.0, 89.5]))
    assert km[0] == pytest.approx(DEGREE_KM, abs=1e-3)
    assert km[1] == pytest.approx(1.5 * 111.69, abs=0.2)  # a degree of the meridian at the pole: 111.69 km
    assert index.edges.left[row].tolist() == [0, 1]


def test_the_index_agrees_with_measuring_every_edge() -> None:
    draw = np.random.default_rng(7)
    shapes = [box(x, y, x + 0.5, y + 0.3) for x, y in draw.uniform([-170, -70], [170, 70], (40, 2))]
    _, single = shared_and_single(shapes, np.arange(40))
    index = EdgeIndex(single)
    for lon, lat in draw.uniform([-180, -85], [180, 85], (20, 2)):
        km, _ = index.nearest(np.array([lon]), np.array([lat]))
        # box sides follow parallels, distance_to_km follows geodesics: some metres apart
        assert km[0] == pytest.approx(min(distance_to_km(shape, lon, lat) for shape in shapes), rel=1e-3, abs=0.3)


def test_without_edges_the_distance_is_infinite() -> None:
    index = EdgeIndex(edges())
    km, row = index.nearest(np.array([1.0]), np.array([2.0]))
    assert km.tolist() == [np.inf]
    assert row.tolist() == [-1]
    assert len(index.within(1, 2, 100)) == 0


def test_beyond_the_distance_asked_for_nothing_is_found() -> None:
    index = EdgeIndex(edges((0, 0, 0, 0.01)))
    km, row = index.nearest(np.array([0.5, 3.0]), np.array([0.0, 0.0]), within_km=100)
    assert km.tolist() == pytest.approx([DEGREE_KM / 2, np.inf], abs=1e-3)
    assert row.tolist() == [0, -1]


def test_all_edges_within_a_distance() -> None:
    index = EdgeIndex(edges((0, 0, 0, 0.01), (0.1, 0, 0.1, 0.01), (1, 0, 1, 0.01)))
    assert sorted(index.edges.left[index.within(0.05, 0, 6)].tolist()) == [0, 1]  # each 5.57 km off


def test_shared_edges_have_two_sides_and_single_ones_one() -> None:
    shared, single = shared_and_single([box(0, 0, 1, 1), box(1, 0, 2, 1)], np.array([0, 1]))
    assert shared.ends.tolist() in ([[1, 0, 1, 1]], [[1, 1, 1, 0]])
    assert {*shared.left, *shared.right} == {0, 1}
    assert len(single) == 6


def test_edges_inside_one_kind_and_at_the_edge_of_the_map_are_left_out() -> None:
    shared, single = shared_and_single([box(0, 0, 1, 1), box(1, 0, 2, 1)], np.array([0, 0]))
    assert len(shared) == 0
    assert len(single) == 6
    _, cut = shared_and_single([box(179, -90, 180, -80)], np.array([0]))
    assert len(cut) == 2  # the antimeridian and the pole's parallel are no coast


def test_holes_are_edges_too() -> None:
    island = Polygon(box(0, 0, 3, 3).exterior.coords, [box(1, 1, 2, 2).exterior.coords])
    _, single = shared_and_single([island], np.array([0]))
    assert len(single) == 8
