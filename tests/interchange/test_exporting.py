"""Every format of sites holds the same sites."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import geopandas
import pytest
from shapely.geometry import shape

from georisk.interchange.exporting import LAYERS, layer_bytes, write_export


def read_back(content: bytes, to: str, folder: Path) -> dict[str, Any]:
    """Return the shapes of an export by site; a CSV's by its WKT."""
    import pandas

    if to == "geojson":
        features = json.loads(content)["features"]
        return {one["id"]: shape(one["geometry"]) if one["geometry"] else None for one in features}
    if to == "csv":
        table = pandas.read_csv(io.BytesIO(content), keep_default_na=False)
        return {row["id"]: geopandas.GeoSeries.from_wkt([row["wkt"]])[0] if row["wkt"] else None
                for _, row in table.iterrows()}  # fmt: skip
    (folder / f"sites.{to}").write_bytes(content)
    frame = geopandas.read_file(folder / "sites.gpkg", layer="sites") if to == "gpkg" else geopandas.read_parquet(
        folder / f"sites.{to}")  # fmt: skip
    return dict(zip(frame["id"], frame["geometry"], strict=True))


@pytest.mark.parametrize("to", LAYERS)
def test_the_same_sites_come_back(sample: Any, to: str, tmp_path: Path) -> None:
    found = read_back(layer_bytes(sample.report, to), to, tmp_path)
    expected = {site.id: sample.report.rows[site.id]["geometry"].value for site in sample.report.sites}
    assert {name: None if one is None else one.wkt for name, one in found.items()} == {
        name: None if one is None else one.wkt for name, one in expected.items()
    }


@pytest.mark.parametrize("to", LAYERS)
def test_the_same_bytes_again(sample: Any, to: str) -> None:
    assert layer_bytes(sample.report, to) == layer_bytes(sample.report, to)


def test_an_export_is_written_whole(tmp_path: Path) -> None:
    write_export(tmp_path / "deep" / "out.csv", b"a\n")
    assert (tmp_path / "deep" / "out.csv").read_bytes() == b"a\n"
    assert [one.name for one in (tmp_path / "deep").iterdir()] == ["out.csv"]
