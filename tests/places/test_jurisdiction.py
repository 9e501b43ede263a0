"""Jurisdictions of points: the rules on a small world, tricky places on the real layers."""

import csv
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from georisk.places.geometry import destination
from georisk.places.jurisdiction import COLUMNS, locate

DEGREE_KM = 2 * math.pi * 6378.137 / 360  # of the equator
with Path(__file__).with_name("tricky-points.csv").open(encoding="utf-8", newline="") as stream:
    TRICKY = list(csv.DictReader(stream))


def test_the_distance_to_a_land_border(world: Path) -> None:
    found = locate(world, 1.5, 0).iloc[0]
    assert found.border_km == pytest.approx(DEGREE_KM / 2, abs=1e-3)
    assert found.possible == ""


def test_the_distance_to_a_border_at_sea(world: Path) -> None:
    # from 5.5 E 4 N to the border along 5 N: one degree of the meridian, 110.58 km near the equator
    assert locate(world, 5.5, 4).border_km[0] == pytest.approx(110.58, abs=0.02)


def test_neighbours_are_possible_near_a_border(world: Path) -> None:
    found = locate(world, [1.96, 1.95], 0)  # 4.45 and 5.57 km from the border
    assert found.possible.tolist() == ["BBB", ""]


def test_longitudes_wrap(world: Path) -> None:
    one, other = locate(world, [361.5, -358.5], 0).drop(columns="error").itertuples(index=False)
    assert one == other
    assert one.jurisdiction == "AAA"


def test_what_is_no_point_is_an_error_of_its_row_alone(world: Path) -> None:
    found = locate(world, [1, math.nan, 1, math.inf, 1], [0, 0, 90.1, 0, math.nan])
    assert list(found.columns) == COLUMNS
    assert found.error.tolist() == [None, "not a number", "latitude outside -90 to 90", "not a number", "not a number"]
    assert found.jurisdiction.tolist() == ["AAA", None, None, None, None]
    assert found.border_km.isna().tolist() == [False, True, True, True, True]


def test_a_single_point_and_no_point(world: Path) -> None:
    assert locate(world, 1, 0).jurisdiction.tolist() == ["AAA"]
    assert locate(world, [], []).empty


def test_order_and_company_of_points_do_not_matter(places: Path) -> None:
    draw = np.random.default_rng(11)
    lon, lat = draw.uniform(-180, 180, 200), draw.uniform(-90, 90, 200)
    order = draw.permutation(200)
    together = locate(places, lon, lat)
    pd.testing.assert_frame_equal(locate(places, lon[order], lat[order]), together.iloc[order].reset_index(drop=True))
    pd.testing.assert_frame_equal(locate(places, lon[7], lat[7]), together.iloc[[7]].reset_index(drop=True))


def test_nothing_else_lies_nearer_than_the_border(places: Path) -> None:
    draw = np.random.default_rng(13)
    lon, lat = draw.uniform(-180, 180, 30), np.degrees(np.arcsin(draw.uniform(-0.98, 0.98, 30)))
    table = locate(places, lon, lat)
    bearings = np.arange(0, 360, 10)
    for row in range(30):  # borders at sea are drawn as edges of some kilometres: 2 % and 0.3 km for their bend
        inner = destination(lon[row], lat[row], bearings, max(0.98 * table.border_km[row] - 0.3, 0))
        assert set(locate(places, *inner).jurisdiction) == {table.jurisdiction[row]}


@pytest.fixture(scope="module")
def answers(places: Path) -> dict[str, pd.Series]:
    table = locate(places, [float(row["lon"]) for row in TRICKY], [float(row["lat"]) for row in TRICKY])
    return {row["name"]: answer for row, (_, answer) in zip(TRICKY, table.iterrows(), strict=True)}


@pytest.mark.parametrize("point", TRICKY, ids=lambda point: point["name"])
def test_tricky_places(point: dict[str, str], answers: dict[str, pd.Series]) -> None:
    found = answers[point["name"]]
    assert found.jurisdiction in point["jurisdiction"].split("|"), point["reason"]
    assert found.zone in point["zone"].split("|"), point["reason"]
    if point["claimants"]:
        assert found.claimants == point["claimants"], point["reason"]
    assert set(filter(None, point["possible"].split(";"))) <= set(found.possible.split(";")), point["reason"]
    assert found.error is None


def test_each_tricky_place_has_a_name_and_a_reason() -> None:
    assert len({row["name"] for row in TRICKY}) == len(TRICKY)
    assert all(row["reason"] for row in TRICKY)


def test_the_pole_is_one_place(answers: dict[str, pd.Series]) -> None:
    assert answers["North Pole"].border_km == pytest.approx(answers["North Pole by another longitude"].border_km)


def test_the_border_along_the_49th_parallel(places: Path) -> None:
    # half a degree of the meridian at 48.75 N is 55.6 km; the parallel bends away by less than 1 km
    assert locate(places, -105, 48.5).border_km[0] == pytest.approx(55.6, abs=1)


def test_a_lone_island_is_200_miles_from_the_high_seas(places: Path) -> None:
    # Minami Torishima is under 2 km wide and 1,000 km from the next coast
    assert locate(places, 153.98, 24.287).border_km[0] == pytest.approx(370.4, abs=2)


def test_at_the_rim_of_a_lone_islands_zone_the_border_is_near(places: Path) -> None:
    # 360 km due east of the same island (1 degree of longitude at 24.287 N: 101.5 km): some 10 km remain
    found = locate(places, 153.98 + 360 / 101.5, 24.287).iloc[0]
    assert found.zone == "EEZ"
    assert found.border_km == pytest.approx(10.4, abs=2)
