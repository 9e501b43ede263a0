"""Tables of sites: our own read back, foreign ones by a mapping, cells that are not understood."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from georisk.errors import FaultGroup, GeoriskError
from georisk.interchange.exporting import layer_bytes
from georisk.interchange.importing import import_sites
from georisk.interchange.sites_reading import slug
from georisk.places.geojson import from_geojson
from georisk.workspace import open_workspace

DAY = "2026-11-21"
MAPPING = """
[columns]
name = "Mine"
kind = "Type"
country = "Country"
lon = "X"
lat = "Y"
commodity = "Minerals"
stage = "Status"
[constants]
precision_km = 5
geometry_basis = "gazetteer"
[values.kind]
Pit = "mine"
[values.country]
Tanzania = "TZA"
[values.stage]
Active = "production"
[source]
title = "A list of mines"
publisher = "A survey"
grade = "B"
published = 2026-03-01
"""


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Import a table by the mapping above into an empty workspace; return the report and the workspace."""

    def run(*rows: str, mapping: str = MAPPING) -> Any:
        (tmp_path / "map.toml").write_text(mapping, encoding="utf-8")
        (tmp_path / "in.csv").write_text(
            "\n".join(["Mine,Type,Country,X,Y,Minerals,Status", *rows, ""]), encoding="utf-8"
        )
        report = import_sites(tmp_path / "in.csv", tmp_path / "desk", tmp_path / "map.toml")
        return report, open_workspace(tmp_path / "desk") if (tmp_path / "desk" / "seeds").is_dir() else None

    return run


def test_a_foreign_table(read: Any, georisk: Any, tmp_path: Path) -> None:
    report, desk = read("Norra Hügel,Pit,Tanzania,35.75,-6.17,gold; copper,Active", "Ost,Pit,Tanzania,,,,")
    assert report.troubles == ()
    snapshot = desk.snapshot(DAY, DAY)
    (place,) = snapshot.holding("norra-hugel", "location")
    assert place.value == {"type": "Point", "coordinates": [35.75, -6.17]}
    assert (place.qualifiers["country"], place.qualifiers["precision_km"]) == ("TZA", 5)
    assert snapshot.holding("norra-hugel", "commodity")[0].value == ["gold", "copper"]
    assert snapshot.holding("norra-hugel", "stage")[0].value == "production"
    assert desk.seeds.sites["norra-hugel"].name == "Norra Hügel"
    assert [one.why for one in report.outcomes] == ["", "without place"]
    assert georisk("check", "--workspace", tmp_path / "desk").code == 0


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ("A,Pit,Tanzania,east,-6.17,,", ["lon"]),
        ("A,Pit,Tanzania,nan,-6.17,,", ["lon"]),
        ("A,Pit,Tanzania,35,96,,", ["geometry"]),
        ("A,Pit,Atlantis,35,-6,,", ["country", "country"]),
        ("A,Pit,Tanzania,35,-6,,Humming", ["stage"]),
        ("A,Castle,Tanzania,35,-6,,", ["kind", "kind"]),
        (",Pit,Tanzania,35,-6,,", ["name"]),
    ],
)
def test_cells_that_are_not_understood(read: Any, row: str, fields: list[str]) -> None:
    report, _ = read(row)
    assert [(one.row, one.field) for one in report.troubles] == [("line 2", name) for name in fields]


def test_a_place_outside_its_country_stops_everything(read: Any, tmp_path: Path) -> None:
    with pytest.raises(FaultGroup, match="nothing was written") as caught:
        read("A,Pit,Tanzania,35.75,-6.17,,", "B,Pit,Tanzania,2.35,48.85,,")
    assert "outside TZA" in str(caught.value.exceptions[0])
    assert not (tmp_path / "desk" / "seeds").exists()


def test_a_second_time_nothing_is_changed(read: Any) -> None:
    read("A,Pit,Tanzania,35.75,-6.17,,")
    report, _ = read("A,Pit,Tanzania,35.75,-6.17,,", "A,Pit,Tanzania,35.75,-6.17,,", "B,Pit,Tanzania,35.75,-6.17,,")
    assert [one.outcome for one in report.outcomes] == ["known", "known", "written"]


@pytest.mark.parametrize(
    "mapping", ["", "[columns]\nshoe = 'X'\n[source]\ntitle='t'\npublisher='p'\ngrade='A'", "columns ="]
)
def test_a_mapping_that_is_none(read: Any, mapping: str) -> None:
    with pytest.raises(GeoriskError):
        read("A,Pit,Tanzania,35,-6,,", mapping=mapping)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\n1\n", b'Mine\n"unclosed'])
def test_broken_tables(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(content)
    with pytest.raises(GeoriskError):
        import_sites(tmp_path / "in.csv", tmp_path / "desk")
    assert not (tmp_path / "desk" / "seeds").exists()


def test_hostile_cells_stay_text(read: Any) -> None:
    report, desk = read('"]]\x07\n[x]",Pit,Tanzania,35.75,-6.17,\'=1+1,', "../../etc/passwd,Pit,Tanzania,,,,")
    assert sorted(desk.seeds.sites) == ["etc-passwd", "x"]
    assert desk.snapshot(DAY, DAY).holding("x", "commodity")[0].value == ["=1+1"]
    assert all(name.startswith("seeds/sites/") and ".." not in name for name in report.files)


def test_our_own_table_reads_back_as_the_same_sites(sample: Any, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_bytes(layer_bytes(sample.report, "csv"))
    report = import_sites(tmp_path / "out.csv", tmp_path / "desk", compiled=date(2026, 11, 1))
    back = open_workspace(tmp_path / "desk")
    assert report.troubles == ()
    first, second = (one.snapshot(DAY, DAY) for one in (sample.workspace, back))
    for site in ("hill", "twin", "cloud"):
        assert (first.seeds.sites[site].name, first.seeds.sites[site].kind) == (
            second.seeds.sites[site].name, second.seeds.sites[site].kind,
        )  # fmt: skip
        shape = sample.report.rows[site]["geometry"].value
        found = [from_geojson(one.value) for one in second.holding(site, "location")]
        assert found == ([] if shape is None else [shape])
    assert second.holding("hill", "commodity")[0].value == ["gold", "copper"]
    assert str(second.holding("hill", "stage")[0].valid_from) == "2023-04"


def test_a_row_a_site_and_formulas_are_text(sample: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(layer_bytes(sample.report, "csv").decode("utf-8"))))
    assert [row["id"] for row in rows] == sorted(sample.workspace.seeds.sites)
    hill = next(row for row in rows if row["id"] == "hill")
    assert (hill["lon"], hill["lat"], hill["wkt"]) == ("35.75", "-6.17", "POINT (35.75 -6.17)")


def test_ids_are_made_of_names() -> None:
    assert slug("Минами-Торишима / 1") == "minami-torishima-1"
