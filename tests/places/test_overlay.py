"""Sites over layers of the user's own."""

from pathlib import Path

import geopandas as gpd
import pytest
from pytest import approx
from shapely.geometry import LineString, Point, Polygon, box

from georisk.errors import UsageError
from georisk.places.overlay import Feature, overlay, read_features
from georisk.places.positions import Position

PARK = Feature("park", box(0.0, -1.0, 1.0, 1.0))
DEGREE = 111.319  # km along the equator


def at(shape, doubt: float = 0.0) -> list[Position]:
    return [Position("hill", "hill", shape, doubt, "AAA", "s-1")]


@pytest.mark.parametrize(
    ("lon", "doubt", "relation", "certainty", "km", "low", "high"),
    [
        (0.9, 0.0, "within", "certainly", 0.0, 0.0, 0.0),
        (0.9, 11.0, "within", "certainly", 0.0, 0.0, 0.0),  # 11.13 km from the edge
        (0.9, 12.0, "within", "possibly", 0.0, 0.0, 0.868),  # at worst 12 - 11.132 outside
        (1.1, 0.0, "outside", "certainly", 11.132, 11.132, 11.132),
        (1.1, 11.0, "outside", "certainly", 11.132, 0.132, 22.132),
        (1.1, 12.0, "outside", "possibly", 11.132, 0.0, 23.132),
    ],
)
def test_a_point_is_within_or_outside_certainly_or_possibly(
    lon: float, doubt: float, relation: str, certainty: str, km: float, low: float, high: float
) -> None:
    (one,) = overlay(at(Point(lon, 0.0), doubt), [PARK])
    assert (one.relation, one.certainty) == (relation, certainty)
    assert (one.km, one.low_km, one.high_km) == approx((km, low, high), abs=0.002)


def test_a_line_crosses() -> None:
    (one,) = overlay(at(LineString([(0.5, 0), (1.5, 0)])), [PARK])
    assert (one.relation, one.certainty, one.km) == ("crossing", "certainly", 0.0)
    doubtful = overlay(at(LineString([(0.5, 0), (1.5, 0)]), 60.0), [PARK])[0]
    # Its ends lie half a degree, 55.7 km, on either side of the edge: 60 km of doubt could take it off wholly.
    assert (doubtful.relation, doubtful.certainty) == ("crossing", "possibly")


def test_a_line_that_only_passes_through_a_narrow_feature_crosses_it() -> None:
    narrow = Feature("strip", box(0.5001, -1, 0.5002, 1))
    assert overlay(at(LineString([(0, 0), (1, 0)])), [narrow])[0].relation == "crossing"


def test_the_nearest_is_told_and_others_up_to_a_distance() -> None:
    far, further = Feature("far", box(3, -1, 4, 1)), Feature("further", box(6, -1, 7, 1))
    names = [[one.feature for one in overlay(at(Point(2, 0)), [further, far], km)] for km in (0, 4.1 * DEGREE)]
    assert names == [["far"], ["far", "further"]]


def test_a_hole_is_outside() -> None:
    ring = Feature("ring", Polygon([(-1, -1), (3, -1), (3, 1), (-1, 1)], [[(0, -0.5), (2, -0.5), (2, 0.5), (0, 0.5)]]))
    assert overlay(at(Point(1, 0)), [ring])[0].relation == "outside"


def save(path: Path, shapes, crs=4326, layer: str | None = None, **columns) -> Path:
    gpd.GeoDataFrame(columns, geometry=shapes, crs=crs).to_file(path, layer=layer, engine="pyogrio")
    return path


def test_any_coordinate_system_is_brought_to_wgs84(tmp_path: Path) -> None:
    flat = gpd.GeoSeries([box(0, -1, 1, 1)], crs=4326).to_crs(3857)
    (one,) = read_features(save(tmp_path / "park.gpkg", list(flat), crs=3857, name=["Park"]))
    assert one.name == "Park"
    assert one.geometry.bounds == approx((0, -1, 1, 1), abs=1e-9)


def test_features_without_a_name_are_numbered(tmp_path: Path) -> None:
    assert [one.name for one in read_features(save(tmp_path / "a.geojson", [Point(0, 0), Point(1, 1)]))] == [
        "feature 1", "feature 2",
    ]  # fmt: skip


def test_one_of_several_layers_is_chosen(tmp_path: Path) -> None:
    path = save(tmp_path / "two.gpkg", [Point(0, 0)], layer="parks", name=["a"])
    save(path, [Point(1, 1)], layer="licences", name=["b"])
    assert read_features(path, "licences")[0].name == "b"
    with pytest.raises(UsageError, match="holds several layers; choose one with --layer: parks, licences"):
        read_features(path)
    with pytest.raises(UsageError, match="no layer 'roads'; it holds parks, licences"):
        read_features(path, "roads")


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.gpkg", "no layer at all", "cannot be read as a layer"),
        ("a.geojson", "{", "cannot be read as a layer"),
        ("a.geojson", '{"type": "FeatureCollection", "features": []}', "holds no shape"),
        ("a.csv", "a,b\n1,2\n", "holds no shape"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, name: str, text: str, found: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=found):
        read_features(path)


def test_a_missing_file_and_a_missing_system_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_features(tmp_path / "none.gpkg")
    with pytest.warns(UserWarning, match="crs"):
        path = save(tmp_path / "bare.shp", [Point(0, 0)], crs=None)
    with pytest.raises(UsageError, match="names no coordinate system"):
        read_features(path)
