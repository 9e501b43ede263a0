"""The nearest places, in the small world and in the real layers."""

import csv
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pytest import approx
from shapely.geometry import LineString, Point

from georisk.errors import UsageError
from georisk.places.context import COLUMNS, context_layers, near
from georisk.places.positions import Position


def world_maker() -> Any:
    spec = spec_from_file_location("small_world", Path(__file__).with_name("conftest.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.make_world


ROWS = [
    ["port", "port", "ports.parquet", "point", "2020", "free", "us", "2", "-180", "-90", "180", "90", ""],
    ["stop", "stop", "stops.parquet", "point", "2021", "free", "us", "0", "10", "0", "20", "10", "far away alone"],
    ["border", "border", "", "border", "2022", "free", "us", "0", "-180", "-90", "180", "90", ""],
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = world_maker()(tmp_path_factory.mktemp("context"))
    (folder / "context").mkdir()
    with (folder / "context" / "layers.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *ROWS])
    pd.DataFrame({"name": ["Near", "Far"], "lon": [2.0, 3.0], "lat": [0.0, 0.0]}).to_parquet(
        folder / "context/ports.parquet"
    )
    pd.DataFrame({"name": ["Stop"], "lon": [15.0], "lat": [5.0]}).to_parquet(folder / "context/stops.parquet")
    return folder


def position(shape, doubt: float = 0.0) -> Position:
    return Position("hill", "hill", shape, doubt, "AAA", "s-1")


def test_the_nearest_of_each_layer_that_covers_the_site(desk: Path) -> None:
    port, border = near(desk, position(Point(1, 0), 5.0))
    # One degree of the equator is 111.3 km; the site is known to 5 km and the port to 2.
    assert (port.layer, port.name, port.km) == ("port", "Near", approx(111.3))
    assert (port.low_km, port.high_km) == (approx(104.3), approx(118.3))
    assert (border.name, border.low_km, border.high_km) == ("BBB", approx(106.3), approx(116.3))
    assert (port.date, port.licence, port.attribution) == ("2020", "free", "us")


def test_doubt_never_makes_a_distance_negative(desk: Path) -> None:
    port = near(desk, position(Point(2, 0), 5.0))[0]
    assert (port.km, port.low_km, port.high_km) == (0, 0, 7)


def test_a_line_is_measured_from_wherever_it_comes_nearest(desk: Path) -> None:
    # It passes 0.1 degrees south of the port, halfway between its ends: 11.06 km
    port = near(desk, position(LineString([(1, -0.1), (3, -0.1)])))[0]
    assert port.km == approx(11.1)


def test_a_missing_file_is_told(desk: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"layers\.csv: no such file"):
        context_layers(tmp_path)


def test_the_real_layers_state_date_licence_and_doubt(places: Path) -> None:
    layers = context_layers(places)
    assert [layer.row["layer"] for layer in layers] == ["port", "railway stop", "railway", "town", "border"]
    assert all(layer.row["date"] and layer.row["licence"] and float(layer.row["doubt_km"]) > 0 for layer in layers)


def test_a_known_place(places: Path) -> None:
    """Kolwezi in the Congo: railway stops but no North American line; the port on its railway is Lobito."""
    found = {one.layer: one for one in near(places, position(Point(25.47, -10.72), 1.0))}
    assert set(found) == {"port", "railway stop", "town", "border"}
    assert found["town"].name == "Kolwezi"
    assert found["port"].km > 1000
