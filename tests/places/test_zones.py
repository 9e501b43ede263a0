"""Land, lake and the zones at sea of the small world; a degree of the equator is 111.319 km."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from georisk.places.layers import load_layers
from georisk.places.zones import zones_of


def zone(world: Path, lon: float, lat: float) -> pd.Series:
    return zones_of(np.array([lon]), np.array([lat]), load_layers(world)).iloc[0]


@pytest.mark.parametrize(
    ("lon", "expected"),
    [
        (3.9, "land"),
        (4.008, "land"),  # 0.89 km off the coast at 4 degrees: no finer than the layer
        (4.01, "territorial sea"),  # 1.11 km
        (4.199, "territorial sea"),  # 22.15 km; 12 nautical miles are 22.224 km
        (4.2, "EEZ"),  # 22.26 km
        (7.327, "EEZ"),  # 370.36 km; 200 nautical miles are 370.4 km
        (7.328, "high seas"),  # 370.47 km
    ],
)
def test_zones_end_where_the_convention_ends_them(world: Path, lon: float, expected: str) -> None:
    assert zone(world, lon, 0).zone == expected


def test_the_coast_hands_its_claimants_and_its_layer_out_to_sea(world: Path) -> None:
    found = zone(world, 4.15, 0)
    assert (found.jurisdiction, found.claimants) == ("BBB", "BBB;CCC")
    assert found.basis == "countries of the small world; claims table: coast; presumed, nearest coast within 12 nm"


def test_the_high_seas_have_no_claimants(world: Path) -> None:
    found = zone(world, 15, 0)
    assert (found.jurisdiction, found.zone, found.claimants) == ("HIGH SEAS", "high seas", "")
    assert found.basis == "countries of the small world; no coast within 200 nm"


def test_a_rock_carries_no_more_than_its_reach(world: Path) -> None:
    assert zone(world, 30.3, 0).zone == "territorial sea"  # 11.1 km off
    assert zone(world, 30.5, 0).jurisdiction == "HIGH SEAS"  # 33.4 km off


def test_land_without_zones_meets_the_high_seas_at_its_shore(world: Path) -> None:
    assert zone(world, 1, -61.5).jurisdiction == "ATA"
    assert zone(world, 1, -60.9).jurisdiction == "HIGH SEAS"


def test_lakes_on_land_and_lakes_left_out_of_the_land(world: Path) -> None:
    inside = zone(world, 0.5, 0.5)
    assert (inside.jurisdiction, inside.zone) == ("AAA", "lake")
    enclosed = zone(world, 50.5, 40.5)  # the nearest shore of all is BBB's
    assert (enclosed.jurisdiction, enclosed.zone) == ("BBB", "lake")


def test_a_joint_zone_is_answered_for_by_a_state_that_shares_it(world: Path) -> None:
    found = zone(world, 5.2, 0)  # nearest coast: BBB, which has no part in it
    assert (found.jurisdiction, found.zone, found.claimants) == ("AAA", "joint zone", "AAA;CCC")
    assert found.basis == "joint zones table: shared"


def test_a_point_on_a_border_goes_to_the_first_polygon(world: Path) -> None:
    assert zone(world, 2, 0).jurisdiction == "AAA"


def test_land_at_the_antimeridian_is_one_island(world: Path) -> None:
    layers = load_layers(world)
    found = zones_of(np.array([-180.0, 179.5, -179.5, -178.9]), np.full(4, 40.5), layers)
    assert found.zone.tolist() == ["land", "land", "land", "territorial sea"]
    assert set(found.jurisdiction) == {"ISL"}


def test_no_points_no_rows(world: Path) -> None:
    assert len(zones_of(np.empty(0), np.empty(0), load_layers(world))) == 0
