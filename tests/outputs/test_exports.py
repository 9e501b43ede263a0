from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
import pytest

from georisk.outputs.exports import parts_frame, sites_frame, write_geopackage, write_geoparquet
from georisk.registry import COLUMNS


def test_sites_have_the_columns_of_the_registry_and_their_scores(sample: Any) -> None:
    frame = sites_frame(sample.report)
    assert [name for name in frame.columns if name in COLUMNS] == [*COLUMNS[:-1], "geometry"]
    scored = sample.report.assessment.sites["hill"]
    row = frame.set_index("id").loc["hill"]
    assert row["jurisdiction"] == sample.report.rows[scored.id]["jurisdiction"].value  # the country, not its score
    assert row["composite_score"] == pytest.approx(scored.composite.score, abs=1e-3)
    assert (row["china_band"], row["worst"]) == (scored.dimensions["china"].band, scored.worst)
    assert frame.crs.to_epsg() == 4326
    assert (row["geometry"].x, row["geometry"].y) == (35.75, -6.17)  # longitude first


def test_parts_have_places_stages_and_scores_of_their_own(sample: Any) -> None:
    frame = parts_frame(sample.report).set_index("id")
    assert list(frame.index) == ["twin/east", "twin/west"]
    assert list(frame["site"]) == ["twin", "twin"]
    assert list(frame["stage"]) == ["production", "closed"]
    assert frame.loc["twin/west", "geometry"].x == 35.0


def test_a_geopackage_holds_both_layers_and_the_as_of_date(sample: Any, tmp_path: Path) -> None:
    write_geopackage(tmp_path / "sites.gpkg", sample.report)
    assert sorted(name for name, _ in pyogrio.list_layers(tmp_path / "sites.gpkg")) == [
        "layer_styles",
        "parts",
        "sites",
    ]
    sites = geopandas.read_file(tmp_path / "sites.gpkg", layer="sites")
    assert sorted(sites["id"]) == ["cloud", "hill", "twin"]
    assert sites.set_index("id").loc["cloud", "geometry"] is None
    with sqlite3.connect(tmp_path / "sites.gpkg") as database:
        dates = {row[0] for row in database.execute("SELECT last_change FROM gpkg_contents")}
    database.close()
    assert dates == {"2026-11-21T00:00:00.000Z"}


def test_gdals_clock_is_left_as_it_was(sample: Any, tmp_path: Path) -> None:
    write_geopackage(tmp_path / "sites.gpkg", sample.report)
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


def test_the_same_input_gives_the_same_bytes(sample: Any, tmp_path: Path) -> None:
    for name, write in (("gpkg", write_geopackage), ("parquet", write_geoparquet)):
        first, second = tmp_path / f"first.{name}", tmp_path / f"second.{name}"
        write(first, sample.report)
        write(second, sample.report)
        assert first.read_bytes() == second.read_bytes()


def test_geoparquet_reads_back_as_it_was(sample: Any, tmp_path: Path) -> None:
    write_geoparquet(tmp_path / "sites.parquet", sample.report)
    read = geopandas.read_parquet(tmp_path / "sites.parquet")
    assert list(read["id"]) == list(sites_frame(sample.report)["id"])
    assert read.crs.to_epsg() == 4326


def test_a_registry_without_parts_has_one_layer(made: Any, tmp_path: Path) -> None:
    from georisk.outputs.rows import report

    made.site("hill", country="TZA", at=(35.0, -6.0))
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places")
    write_geopackage(tmp_path / "sites.gpkg", found)
    assert [name for name, _ in pyogrio.list_layers(tmp_path / "sites.gpkg")] == ["sites", "layer_styles"]


def test_the_whole_registry_can_be_written(reported: Any, tmp_path: Path) -> None:
    found = reported
    write_geopackage(tmp_path / "sites.gpkg", found)
    sites = geopandas.read_file(tmp_path / "sites.gpkg", layer="sites")
    assert sorted(sites["id"]) == sorted(found.assessment.sites)
    parts = geopandas.read_file(tmp_path / "sites.gpkg", layer="parts")
    assert set(parts["site"]) == {site.id for site in found.assessment.sites.values() if site.parts}
