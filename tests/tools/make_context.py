"""Make the Parquet files of data/places/context: ports, towns and railways near which sites lie.

    python tests/tools/make_context.py --geo DIR

`--geo` holds the Natural Earth files. Positions are rounded to 1e-4 degrees (some ten metres); lines are not thinned.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

FOLDER = Path(__file__).parents[2] / "data" / "places" / "context"


def points(path: Path, name: str) -> pd.DataFrame:
    frame = gpd.read_file(path)
    rows = pd.DataFrame({"name": frame[name], "lon": frame.geometry.x.round(4), "lat": frame.geometry.y.round(4)})
    return rows.dropna(subset=["name"]).sort_values(["name", "lon", "lat"])


def save(frame: pd.DataFrame, name: str) -> None:
    frame.astype({"lon": "float32", "lat": "float32"}).to_parquet(
        FOLDER / name, index=False, compression="zstd", compression_level=19
    )


def railways(path: Path) -> gpd.GeoDataFrame:
    frame = gpd.read_file(path)
    lines = shapely.get_parts(shapely.set_precision(frame.geometry.array, 1e-4, mode="pointwise"))
    return gpd.GeoDataFrame({"name": ""}, index=range(len(lines)), geometry=lines, crs=4326)


def main(geo: Path) -> None:
    FOLDER.mkdir(exist_ok=True)
    save(points(geo / "ne_10m_ports.geojson", "name"), "ports.parquet")
    save(points(geo / "ne_10m_populated_places_simple.gpkg", "name"), "towns.parquet")
    railways(geo / "ne_10m_railroads_north_america.gpkg").to_parquet(
        FOLDER / "railways.parquet", index=False, geometry_encoding="geoarrow", compression="zstd", compression_level=19
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--geo", type=Path, required=True)
    main(parser.parse_args().geo)
