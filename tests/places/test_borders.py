"""Lines through jurisdictions, and places that stray from their country."""

import math
from pathlib import Path

import pytest
from shapely.geometry import LineString, MultiPoint, Point, box

from georisk.places.borders import country_distance_km, jurisdictions_of
from georisk.places.geometry import circle_of_area, length_km

DEGREE_KM = 2 * math.pi * 6378.137 / 360  # of the equator


def test_a_line_is_cut_at_the_border(world: Path) -> None:
    found = jurisdictions_of(world, LineString([(1, 0), (3.5, 0)]))
    assert [(stretch.jurisdiction, stretch.zone) for stretch in found] == [("AAA", "land"), ("BBB", "land")]
    assert [stretch.km for stretch in found] == pytest.approx([DEGREE_KM, 1.5 * DEGREE_KM], abs=1e-2)


def test_a_line_out_to_sea_meets_every_zone(world: Path) -> None:
    found = jurisdictions_of(world, LineString([(3, -0.8), (3, -5)]))
    assert [stretch.zone for stretch in found] == ["land", "territorial sea", "EEZ", "high seas"]
    # along the meridian the nearest coast is always straight behind: 1 km, 12 and 200 nautical miles
    assert [stretch.km for stretch in found[1:3]] == pytest.approx([22.224 - 1, 370.4 - 22.224], abs=1e-2)


def test_lengths_add_up_and_returning_counts_twice(world: Path) -> None:
    line = LineString([(1, 0), (3, 0.5), (1, 0.9)])
    found = jurisdictions_of(world, line)
    assert [stretch.jurisdiction for stretch in found] == ["AAA", "BBB", "AAA"]
    assert sum(stretch.km for stretch in found) == pytest.approx(length_km(line))


def test_points_and_polygons_are_named_without_being_lines(world: Path) -> None:
    assert jurisdictions_of(world, MultiPoint([(1, 0), (3, 0)])) == [("AAA", "land", 0), ("BBB", "land", 0)]
    found = jurisdictions_of(world, box(1.2, -0.5, 3, 0.5))  # its middle lies at 2.1 degrees
    assert found[0] == ("BBB", "land", 0)
    assert {stretch.jurisdiction for stretch in found} == {"AAA", "BBB"}


def test_inside_a_country_and_its_sea_nothing_strays(world: Path) -> None:
    for shape in (Point(1, 0), LineString([(0.1, 0), (1.9, 0)]), Point(0.5, 0.5), Point(-2, 0)):
        assert country_distance_km(world, shape, "AAA") == 0


def test_what_a_country_claims_counts_as_its_own(world: Path) -> None:
    assert country_distance_km(world, Point(3, 0), "CCC") == 0


def test_outside_the_distance_runs_to_the_border(world: Path) -> None:
    assert country_distance_km(world, Point(3, 0), "AAA") == pytest.approx(DEGREE_KM, abs=1e-2)


def test_of_a_line_the_furthest_stray_counts(world: Path) -> None:
    line = LineString([(1, 0), (3, 0)])
    assert country_distance_km(world, line, "AAA") == pytest.approx(DEGREE_KM, abs=1e-2)


def test_an_unknown_country_is_infinitely_far(world: Path) -> None:
    assert country_distance_km(world, Point(1, 0), "QQQ") == math.inf


def test_a_seabed_area_lies_in_its_islands_zone(places: Path) -> None:
    area = circle_of_area(154.9, 23.5, 3000)  # some 130 km from Minami Torishima, 31 km in radius
    assert country_distance_km(places, area, "JPN") == 0
    assert {stretch[:2] for stretch in jurisdictions_of(places, area)} == {("JPN", "EEZ")}


def test_kolwezi_is_not_in_zambia(places: Path) -> None:
    # Kolwezi lies some 50 to 70 km north of the Zambian border
    assert 40 < country_distance_km(places, Point(25.467, -10.715), "ZMB") < 80
