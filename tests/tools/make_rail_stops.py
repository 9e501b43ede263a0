"""Make data/places/context/rail-stops.parquet from the African rail stops of OpenStreetMap (ODbL, a layer of its own).

python tests/tools/make_rail_stops.py --stops FILE.gpkg
"""

from __future__ import annotations

import argparse
from pathlib import Path

import geopandas as gpd
import pandas as pd
from make_context import save

CLOSED = ("disused", "construction")


def main(path: Path) -> None:
    frame = gpd.read_file(path)
    frame = frame[~frame.status.isin(CLOSED)]
    name = frame.name.fillna("").str.strip()
    rows = pd.DataFrame({"name": name, "lon": frame.geometry.x.round(4), "lat": frame.geometry.y.round(4)})
    save(rows.sort_values(["lon", "lat"]), "rail-stops.parquet")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stops", type=Path, required=True)
    main(parser.parse_args().stops)
