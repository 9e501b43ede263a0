"""A small world whose answers follow from degrees of the equator, and the real layers."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

LIMITS = """
nautical_mile_km = 1.852
territorial_sea_nm = 12
eez_nm = 200
shore_km = 1
doubt_km = 5
[layers]
countries = "countries of the small world"
islets = "islets table"
claims = "claims table"
joint_zones = "joint zones table"
"""
# Two neighbours share the meridian of 2 degrees; AAA holds a lake. Far off lie a rock that carries 12
# nautical miles, and land without any zone at sea.
LAND = [
    ("AAA", "AAA", None, "countries", box(0, -1, 2, 1)),
    ("BBB", "BBB;CCC", None, "claims/coast", box(2, -1, 4, 1)),
    ("DISPUTED", "AAA;CCC", 12.0, "islets", box(30, -0.1, 30.2, 0.1)),
    ("ATA", "", 0.0, "countries", box(0, -62, 2, -61)),
    ("ISL", "ISL", None, "countries", box(179, 40, 180, 41)),
    ("ISL", "ISL", None, "countries", box(-180, 40, -179, 41)),
]
CASPIAN = box(50, 40, 51, 41)
SEA_BORDERS = [(5.0, 5.0, 6.0, 5.0, "AAA", "BBB")]


def make_world(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "limits.toml").write_text(LIMITS, encoding="utf-8")
    columns = ["jurisdiction", "claimants", "reach_nm", "layer", "geometry"]
    gpd.GeoDataFrame(pd.DataFrame(LAND, columns=columns), geometry="geometry", crs=4326).to_parquet(
        folder / "land.parquet"
    )
    lakes = gpd.GeoDataFrame({"name": ["lake", "hole"]}, geometry=[box(0.4, 0.4, 0.6, 0.6), CASPIAN], crs=4326)
    lakes.to_parquet(folder / "lakes.parquet")
    zone = gpd.GeoDataFrame({"key": ["shared"]}, geometry=[box(5, -0.5, 5.5, 0.5)], crs=4326)
    zone.to_file(folder / "joint-zones.geojson")
    (folder / "joint-zones.csv").write_text("key,name,claimants\nshared,Shared Zone,AAA;CCC\n", encoding="utf-8")
    rows = pd.DataFrame(SEA_BORDERS, columns=["lon1", "lat1", "lon2", "lat2", "left", "right"])
    rows.to_parquet(folder / "sea-borders.parquet")
    return folder


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small world's layers."""
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def places(root: Path) -> Path:
    """Return the folder of the real layers."""
    return root / "data" / "places"
