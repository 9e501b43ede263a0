"""Reading the layers, and what every record of the reviewed tables must have."""

import csv
import importlib.util
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest

from georisk.errors import UsageError
from georisk.places.layers import FULL_REACH, load_layers

ISO_LIKE = {"XKX", "DISPUTED", "NONE"}


def rows(places: Path, name: str) -> list[dict[str, str]]:
    with (places / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_layers_are_read_once(world: Path) -> None:
    assert load_layers(world) is load_layers(world)


def test_a_coast_reaches_as_far_as_its_row_says(world: Path) -> None:
    land = load_layers(world).land.set_index("jurisdiction")
    assert land.reach_km["BBB"] == FULL_REACH
    assert land.reach_km["DISPUTED"] == pytest.approx(12 * 1.852)
    assert land.reach_km["ATA"] == 0


def test_basis_names_layer_and_table_row(world: Path) -> None:
    land = load_layers(world).land.set_index("jurisdiction")
    assert land.basis["AAA"] == "countries of the small world"
    assert land.basis["BBB"] == "countries of the small world; claims table: coast"


def test_a_coast_without_zones_is_a_border_of_the_high_seas(world: Path) -> None:
    layers = load_layers(world)
    edges = layers.borders.edges
    pairs = {tuple(sorted((layers.sides[a], layers.sides[b]))) for a, b in zip(edges.left, edges.right, strict=True)}
    assert pairs == {("AAA", "BBB"), ("ATA", "HIGH SEAS")}


@pytest.mark.parametrize("name", ["limits.toml", "land.parquet", "lakes.parquet", "sea-borders.parquet"])
def test_a_missing_file_is_named(world: Path, tmp_path: Path, name: str) -> None:
    for file in world.iterdir():
        if file.name != name:
            (tmp_path / file.name).write_bytes(file.read_bytes())
    with pytest.raises(UsageError, match=name):
        load_layers(tmp_path)


@pytest.mark.parametrize("name", ["corrections.csv", "claims.csv", "islets.csv", "joint-zones.csv"])
def test_every_reviewed_row_has_a_key_of_its_own_a_reason_and_a_source(places: Path, name: str) -> None:
    records = rows(places, name)
    keys = [record["key"] for record in records]
    assert len(set(keys)) == len(keys)
    for record in records:
        assert None not in record, f"{name} [{record['key']}]: more cells than columns"
        assert record["source"], f"{name} [{record['key']}]"
        assert record.get("reason") or record.get("note"), f"{name} [{record['key']}]"


@pytest.mark.parametrize("name", ["claims.csv", "islets.csv", "joint-zones.csv", "corrections.csv"])
def test_claimants_are_codes_in_order(places: Path, name: str) -> None:
    for record in rows(places, name):
        codes = record["claimants"].split(";") if record["claimants"] else []
        assert codes == sorted(set(codes)), f"{name} [{record['key']}]"
        assert all(len(code) == 3 and code.isupper() for code in codes), f"{name} [{record['key']}]"
        if record.get("jurisdiction") == "DISPUTED":
            assert len(codes) > 1, f"{name} [{record['key']}]"


def test_drawn_claims_and_joint_zones_have_their_shapes(places: Path) -> None:
    drawn = {record["key"] for record in rows(places, "claims.csv") if record["shape"] == "drawn"}
    assert set(gpd.read_file(places / "claims.geojson").key) == drawn
    assert set(gpd.read_file(places / "joint-zones.geojson").key) == {r["key"] for r in rows(places, "joint-zones.csv")}


def test_land_polygons_do_not_overlap_and_carry_codes(places: Path) -> None:
    land = load_layers(places).land
    assert land.geometry.is_valid.all()
    assert all(code in ISO_LIKE or (len(code) == 3 and code.isupper()) for code in land.jurisdiction)
    draw = np.random.default_rng(3).integers(0, len(land), 300)
    one, other = land.sindex.query(land.geometry.iloc[draw], predicate="overlaps")
    assert len(one) == len(other) == 0


@pytest.mark.parametrize("made", ["land.parquet", "sea-borders.parquet"])
def test_made_layers_follow_from_the_tables_beside_them(places: Path, root: Path, made: str) -> None:
    spec = importlib.util.spec_from_file_location("made_from", root / "tests" / "tools" / "made_from.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    noted = json.loads((places / "made-from.json").read_text(encoding="utf-8"))[made]
    assert noted == tool.inputs_of(places, made), "run the tools that data/places/README.md names"


def test_every_claim_and_islet_reached_the_land_layer(places: Path) -> None:
    land = load_layers(places).land
    claims = {layer.removeprefix("claims/") for layer in land.layer if layer.startswith("claims/")}
    assert claims == {record["key"] for record in rows(places, "claims.csv")}
    for record in rows(places, "islets.csv"):
        point = gpd.points_from_xy([float(record["lon"])], [float(record["lat"])])[0]
        found = land.jurisdiction[land.sindex.query(point, predicate="intersects")].tolist()
        assert found == [record["jurisdiction"]], record["key"]


def test_base_maps_are_light_and_carry_codes(places: Path) -> None:
    for name, limit in (("basemap-110m.json", 250_000), ("basemap-50m.json", 900_000)):
        assert (places / name).stat().st_size <= limit
        frame = gpd.read_file(places / name)
        assert {"AGO", "COD", "TZA", "USA", "BRA", "JPN", "XKX", "GUF", "ESH"} <= set(frame.iso3)
        assert frame.geometry.is_valid.all()
