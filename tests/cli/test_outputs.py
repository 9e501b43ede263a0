from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

CLOCKS = ("--as-of", "2026-11-21", "--known-by", "2026-11-21")
pytestmark = pytest.mark.usefixtures("scored_once")


@pytest.fixture
def one_note(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw one short note instead of every output."""

    def note(found: Any, workspace: Any, folder: Path) -> list[str]:
        (folder / "index.html").write_text("a note", encoding="utf-8")
        return ["index.html"]

    monkeypatch.setattr("georisk.build.OUTPUTS", {"note": note})


def test_every_output_is_written(built: Path) -> None:
    names = {path.name for path in built.iterdir()}
    assert names >= {"index.html", "risk-table.csv", "risk-table.md", "scores.json", "sites.geojson", "manifest.json"}


@pytest.mark.usefixtures("one_note")
def test_build_shows_the_risk_table_and_where_to_look(georisk: Any, sample: Any, tmp_path: Path) -> None:
    ran = georisk("build", "--workspace", sample.workspace.root, *CLOCKS, "--out", tmp_path / "maps")
    assert ran.code == 0
    assert "risk table as of 2026-11-21" in ran.out
    assert "Hill" in ran.out
    assert f"files in {tmp_path / 'maps'}; open {tmp_path / 'maps' / 'index.html'}" in ran.err
    assert {path.name for path in (tmp_path / "maps").iterdir()} == {"index.html", "manifest.json"}


@pytest.mark.usefixtures("one_note")
def test_a_relative_folder_lies_in_the_workspace(georisk: Any, made: Any) -> None:
    made.site("hill", country="TZA")
    assert georisk("build", "--workspace", made.write(), *CLOCKS).code == 0
    assert (made.root / "maps" / "manifest.json").exists()


def test_the_map_alone(georisk: Any, sample: Any, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "map.html"
    ran = georisk("map", "--workspace", sample.workspace.root, *CLOCKS, "--out", target)
    assert (ran.code, ran.out) == (0, "")
    assert target.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    assert list(target.parent.iterdir()) == [target]


def test_the_map_of_some_sites_in_the_size_for_mail(georisk: Any, sample: Any, tmp_path: Path) -> None:
    where = ("--workspace", sample.workspace.root, *CLOCKS, "--only", "hill")
    full, small = tmp_path / "full.html", tmp_path / "small.html"
    assert "map of 1 sites written" in georisk("map", *where, "--out", full).err
    assert georisk("map", *where, "--size", "small", "--out", small).code == 0
    assert small.stat().st_size < full.stat().st_size
    assert "A short edition for mail" in small.read_text(encoding="utf-8")
    assert georisk("map", *where, "--only", "nowhere", "--out", full).code == 2


def test_the_map_over_tiles_is_another_page_and_names_whom_it_asks(georisk: Any, made: Any) -> None:
    made.site("hill", country="TZA", at=(35.0, -6.0))
    ran = georisk("map", "--workspace", made.write(), *CLOCKS, "--tiles", "OpenStreetMap.Mapnik")
    assert "asks https://tile.openstreetmap.org for pictures" in ran.err
    assert [path.name for path in (made.root / "maps").iterdir()] == ["map-tiles.html"]
    assert georisk("map", "--workspace", made.root, "--tiles", "Nobody").code == 2


def test_the_table_can_be_cut_and_sorted(georisk: Any, sample: Any) -> None:
    where = ("--workspace", sample.workspace.root, *CLOCKS)
    ran = georisk("table", *where, "--columns", "id,china_score", "--sort", "-china_score", "--format", "csv")
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert list(rows[0]) == ["id", "china_score"]
    scores = [float(row["china_score"]) for row in rows if row["china_score"]]
    assert scores == sorted(scores, reverse=True)
    assert rows[-1]["id"] == "cloud"  # what is not scored comes last either way
    some = json.loads(georisk("table", *where, "--only", "hill", "--format", "json").out)
    assert [row["id"] for row in some] == ["hill"]


def test_an_unknown_column_is_exit_2(georisk: Any, sample: Any) -> None:
    ran = georisk("table", "--workspace", sample.workspace.root, *CLOCKS, "--columns", "id,colour")
    assert (ran.code, ran.out) == (2, "")
    assert "no column colour; columns: id, name" in ran.err
