from __future__ import annotations

import math
from typing import Any

import pytest

from georisk.files import bundled_root
from georisk.outputs.placemap import HEIGHT, KM_PER_DEGREE, WIDTH, PlaceMap, place_map

BASEMAP = bundled_root() / "data" / "places" / "basemap-50m.json"


def mapped(made: Any, *hosts: str) -> PlaceMap | None:
    return place_map(made.snapshot().known_of("hill", "location"), BASEMAP, hosts)


def drawn(made: Any, *hosts: str) -> PlaceMap:
    found = mapped(made, *hosts)
    assert found is not None
    return found


def test_no_place_no_map(made: Any) -> None:
    made.site("hill", country="TZA")
    assert mapped(made) is None


def test_a_point_lies_in_the_middle_of_its_country(made: Any) -> None:
    made.site("hill", country="TZA", at=(35.0, -6.0))
    found = drawn(made, "TZA")
    assert found.dots == ((WIDTH / 2, HEIGHT / 2, "sure"),)
    assert [path.style for path in found.paths].count("land host") == 1
    assert "Tanzania" in [label.text for label in found.labels]


def test_doubt_is_drawn_to_scale(made: Any) -> None:
    """400 km of doubt: the map reaches 4 x 400 km from its middle to its edge, the circle a quarter of that."""
    made.site("hill")
    made.shape("hill", {"type": "Point", "coordinates": [35.0, -6.0]}, "TZA", precision_km=400)
    found = drawn(made, "TZA")
    (doubt,) = (path.data for path in found.paths if path.style == "doubt")
    assert doubt.startswith(f"M{WIDTH / 2 - HEIGHT / 8:.1f} {HEIGHT / 2:.1f}a{HEIGHT / 8:.1f}")


def test_the_scale_bar_is_true_along_the_middle_parallel(made: Any) -> None:
    made.site("hill", country="TZA", at=(35.0, -6.0))
    found = drawn(made, "TZA")
    east = [label for label in found.labels if label.text in ("34° E", "36° E")]
    if len(east) < 2:
        east = [label for label in found.labels if label.text in ("30° E", "35° E", "40° E")][:2]
    degrees = float(east[1].text.split("°")[0]) - float(east[0].text.split("°")[0])
    kilometres = degrees * KM_PER_DEGREE * math.cos(math.radians(6.0))
    assert (east[1].x - east[0].x) / kilometres == pytest.approx(found.scale_px / found.scale_km)


def test_a_line_has_a_band_as_wide_as_its_doubt_and_a_plan_is_broken(made: Any) -> None:
    line = {"type": "LineString", "coordinates": [[30.0, -6.0], [36.0, -6.0]]}
    made.site("hill")
    made.shape("hill", line, "TZA", precision_km=50, force="planned")
    found = drawn(made, "TZA")
    (band,) = (path for path in found.paths if path.style == "band")
    assert band.stroke == pytest.approx(2 * 50 * found.scale_px / found.scale_km)
    assert "route planned" in [path.style for path in found.paths]
    assert found.dots == ()


def test_a_place_across_the_antimeridian_sees_land_on_both_sides(made: Any) -> None:
    made.site("hill", country="FJI", at=(179.9, -17.5))  # between Vanua Levu, west, and Taveuni, east of 180
    paths = [path for path in drawn(made, "FJI").paths if path.style == "land host"]
    columns = [float(pair.split(" ")[0]) for path in paths for piece in path.data.split("M")[1:]
               for pair in piece.rstrip("Z").replace("Z", "L").split("L") if pair]  # fmt: skip
    assert min(columns) < WIDTH / 2 < max(columns)


def test_an_inland_place_zooms_out_until_a_border_or_coast_is_seen(made: Any) -> None:
    made.site("hill", country="USA", at=(-98.0, 39.8))  # the middle of the contiguous states
    shown = drawn(made, "USA")
    made.site("edge", country="TZA", at=(39.0, -6.2))
    coast = place_map(made.snapshot().known_of("edge", "location"), BASEMAP, ["TZA"])
    assert coast is not None
    assert shown.scale_km / shown.scale_px > coast.scale_km / coast.scale_px


def test_labels_stay_on_the_map_and_off_the_scale_bar(repository: Any, assessed: Any) -> None:
    for site in assessed.snapshot.seeds.sites.values():
        places = [one for name in (site.id, *(part.id for part in site.parts))
                  for one in assessed.snapshot.holding(name, "location")]  # fmt: skip
        found = place_map(places, BASEMAP, [])
        assert (found is None) == (not places), site.id
        for label in found.labels if found else ():
            assert 0 <= label.x <= WIDTH
            assert 0 <= label.y <= HEIGHT
            if label.style == "country":
                half = 3.4 * len(label.text)
                beside = label.x + half > WIDTH - 150 and label.y > HEIGHT - 50
                assert not beside, (site.id, label)
