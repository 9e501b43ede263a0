"""``locate`` on 100,000 random points, beside ``geopandas.sjoin`` on the same land polygons."""

from __future__ import annotations

import csv
import tempfile
import time
from pathlib import Path

PLACES = Path(__file__).resolve().parents[2] / "data" / "places"
COUNT = 100_000


def run() -> dict[str, object]:
    """Return seconds for loading, for the points, for the join, and their ratio."""
    import geopandas as gpd
    import numpy as np

    from georisk.places.jurisdiction import locate
    from georisk.places.layers import load_layers

    started = time.perf_counter()
    layers = load_layers(PLACES)
    loading = time.perf_counter() - started
    draw = np.random.default_rng(20261121)
    lon, lat = draw.uniform(-180, 180, COUNT), np.degrees(np.arcsin(draw.uniform(-1, 1, COUNT)))
    started = time.perf_counter()
    answers = locate(PLACES, lon, lat)
    points = time.perf_counter() - started
    started = time.perf_counter()
    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    joined = gpd.sjoin(frame, layers.land[["jurisdiction", "geometry"]], predicate="intersects")
    join = time.perf_counter() - started
    polygons = answers.zone.isin(["land", "lake"]) & ~answers.basis.str.contains("; ", regex=False)
    agree = answers.jurisdiction[polygons].eq(
        joined.jurisdiction[~joined.index.duplicated()].reindex(answers.index)[polygons]
    )
    return {
        "load the layers, once a process, s": loading,
        f"locate {COUNT:,} random points (zone, border, neighbours), s": points,
        "geopandas.sjoin of the same points (land polygons only), s": join,
        "  ratio locate to sjoin": points / join,
        "  share of the points on land on which both agree": float(agree.mean()),
        "the command on a CSV file of the same points, s": _command(lon.tolist(), lat.tolist()),
    }


def _command(lon: list[float], lat: list[float]) -> float:
    import subprocess
    import sys

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "points.csv"
        with source.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("lon", "lat"), *zip(lon, lat, strict=True)])
        words = ["locate", "--input", str(source), "--output", str(Path(folder) / "out.csv")]
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "georisk", *words], check=True, capture_output=True)
        return time.perf_counter() - started
