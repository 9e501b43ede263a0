"""``georisk near`` and ``georisk overlay``."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def test_near_tells_each_layer_with_date_and_licence(georisk: Callable[..., Any], root: Path) -> None:
    ran = georisk("near", "mutanda-kcc", "--format", "json", "--workspace", root)
    assert ran.code == 0
    rows = json.loads(ran.out)
    assert {row["subject"] for row in rows} == {"mutanda-kcc/mutanda", "mutanda-kcc/kcc"}
    assert {row["layer"] for row in rows} == {"port", "railway stop", "town", "border"}
    assert all(row["low_km"] <= row["km"] <= row["high_km"] for row in rows)
    assert all(row["date"] and row["licence"] and row["attribution"] for row in rows)


def test_an_unknown_site_is_told(georisk: Callable[..., Any], root: Path) -> None:
    ran = georisk("near", "nowhere", "--workspace", root)
    assert ran.code == 2
    assert "no site 'nowhere'" in ran.err


def test_a_site_without_position_has_nothing_near(georisk: Callable[..., Any], made: Any) -> None:
    made.site("cloud")
    ran = georisk("near", "cloud", "--workspace", made.write())
    assert ran.code == 0
    assert "cloud has no position" in ran.err


@pytest.fixture
def park(tmp_path: Path) -> Path:
    ring = [[32.0, -8.5], [33.5, -8.5], [33.5, -7.0], [32.0, -7.0], [32.0, -8.5]]
    feature = {
        "type": "Feature",
        "properties": {"name": "Park"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = tmp_path / "park.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


def test_overlay_tells_which_sites_lie_within(georisk: Callable[..., Any], made: Any, park: Path) -> None:
    made.site("hill", country="TZA", at=(32.83, -7.7))
    made.site("dale", country="TZA", at=(36.0, -6.0))
    ran = georisk("overlay", park, "--format", "json", "--workspace", made.write())
    assert ran.code == 0
    rows = {row["subject"]: row for row in json.loads(ran.out)}
    assert (rows["hill"]["feature"], rows["hill"]["relation"], rows["hill"]["certainty"]) == (
        "Park",
        "within",
        "certainly",
    )
    assert rows["dale"]["relation"] == "outside"


def test_a_bad_layer_leaves_one_clear_message(georisk: Callable[..., Any], root: Path, tmp_path: Path) -> None:
    path = tmp_path / "park.gpkg"
    path.write_bytes(b"SQLite format 3\0 and then nothing")
    ran = georisk("overlay", path, "--workspace", root)
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be read as a layer" in ran.err
    assert "Traceback" not in ran.err
