from __future__ import annotations

from typing import Any

import pytest
from shapely.geometry import GeometryCollection, MultiPoint, Point

from georisk.registry import COLUMNS, chain_parties, in_scope, registry_frame, registry_rows, statements_about


@pytest.fixture
def rows(sample: Any) -> Any:
    return sample.report.rows


def test_every_site_has_every_column_in_order(rows: Any) -> None:
    assert list(rows) == ["cloud", "hill", "twin"]
    assert all(tuple(row) == COLUMNS for row in rows.values())


def test_a_row_says_what_is_known(rows: Any) -> None:
    values = {name: cell.value for name, cell in rows["hill"].items()}
    assert values.pop("geometry") == Point(35.75, -6.17)
    assert values == {
        "id": "hill", "name": "Hill", "kind": "mine", "stage": "permitted", "stage_since": "2023-04",
        "operator": "Hill Company", "owners": "Quarry plc 84 %, State of Tanzania 16 % (free carried)",
        "ultimate_parents": "free float of Quarry plc 63 %, Ada 21 %, State of Tanzania 16 %",
        "commodities": "gold; copper", "finance_committed": "USD 5,000,000 senior loan, The Bank",
        "finance_disbursed": None, "finance_approved": None, "finance_conditional": None, "finance_nonbinding": None,
        "offtake": "Dragon Metals 40 %, ends before 2030-11-21", "jurisdiction": "TZA", "precision_km": 5.0,
        "geometry_basis": "gazetteer", "evidence_newest": "2026-10-01", "evidence_oldest": "2026-06-01",
        "sources": 3, "sources_independent": 3, "sources_official": 1,
    }  # fmt: skip


def test_what_nobody_knows_is_none(rows: Any) -> None:
    known = {name for name, cell in rows["cloud"].items() if cell.value not in (None, 0)}
    assert known == {"id", "name", "kind"}


def test_parts_are_told_apart(rows: Any) -> None:
    twin = {name: cell.value for name, cell in rows["twin"].items()}
    assert twin["owners"] == "East: Dragon Metals 20 %; West: Dragon Metals 100 %"
    assert (twin["stage"], twin["stage_since"]) == ("production", "2015")  # the most advanced part
    assert twin["geometry"] == MultiPoint([(36.0, -6.5), (35.0, -6.5)])
    assert twin["precision_km"] == 7.0


def test_every_cell_leads_to_its_statements(sample: Any, rows: Any) -> None:
    by_id = sample.report.snapshot.by_id
    for row in rows.values():
        for name, cell in row.items():
            assert all(one in by_id for one in cell.statements)
            if name not in ("id", "name", "kind", "sources", "sources_independent", "sources_official"):
                assert (cell.value is None) or cell.statements, name
    properties = {name: {by_id[one].property for one in rows["hill"][name].statements} for name in rows["hill"]}
    assert properties["owners"] == {"stake"}
    assert properties["offtake"] == {"offtake"}
    assert properties["stage"] == {"stage"}
    assert properties["geometry"] == {"location"}


def test_as_a_geodataframe_in_wgs84(sample: Any, rows: Any) -> None:
    frame = registry_frame(rows)
    assert tuple(frame.columns) == COLUMNS
    assert frame.crs == "EPSG:4326"
    assert frame.set_index("id").loc["hill", "geometry"].x == 35.75  # longitude first
    assert frame.set_index("id").loc["cloud", "geometry"] is None


def test_scope_and_chain(sample: Any) -> None:
    seeds, holders = sample.workspace.seeds, sample.report.holders
    snapshot = sample.report.snapshot
    assert in_scope(seeds.sites["twin"]) == ["twin", "twin/east", "twin/west", "east-co", "west-co"]
    assert chain_parties(snapshot, holders, seeds.sites["hill"]) == ["dodoma", "quarry", "ada"]
    about = {one.subject for one in statements_about(snapshot, holders, seeds.sites["hill"])}
    assert about == {"hill", "hill-co", "dodoma", "quarry", "ada"}


def test_jurisdiction_comes_from_the_geometry_and_of_a_schematic_line_from_what_it_states(made: Any) -> None:
    # Dodoma and Nairobi: the point stated to be Tanzanian lies in Kenya, the schematic line counts as stated.
    made.site("hill")
    made.shape("hill", {"type": "Point", "coordinates": [36.82, -1.29]}, "TZA", precision_km=300)
    made.site("line", parts=("north",))
    line = {"type": "LineString", "coordinates": [[35.75, -6.17], [36.82, -1.29]]}
    made.shape("line/north", line, "TZA", geometry_basis="schematic")
    made.shape("line", {"type": "Point", "coordinates": [35.75, -6.17]}, "TZA")
    opened = made.open()
    snapshot = opened.snapshot(made.day, made.day)
    rows = registry_rows(snapshot, opened.holders(snapshot), opened.data / "places")
    assert rows["hill"]["jurisdiction"].value == "KEN"
    assert rows["line"]["jurisdiction"].value == "TZA"
    assert isinstance(rows["line"]["geometry"].value, GeometryCollection)
