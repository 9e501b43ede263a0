from __future__ import annotations

import json
from typing import Any

import pytest

from georisk.outputs.content import map_data


@pytest.fixture(scope="module")
def data(sample: Any) -> Any:
    return map_data(sample.report, sample.workspace.data)


@pytest.fixture
def sites(data: Any) -> dict[str, Any]:
    return {site["id"]: site for site in data.sites}


def test_the_page_knows_dates_method_dimensions_and_bands(sample: Any, data: Any) -> None:
    assert (data.as_of, data.known_by, data.projection) == ("2026-11-21", "2026-11-21", False)
    assert [one["key"] for one in data.dimensions] == ["jurisdiction", "opacity", "china"]
    assert [(one["low"], one["high"]) for one in data.bands] == [(0, 25), (25, 50), (50, 75), (75, 100)]
    assert data.method["fingerprint"] == sample.report.assessment.method.fingerprint
    assert data.basemap["type"] == "FeatureCollection"


def test_a_site_s_panel(sites: dict[str, Any]) -> None:
    hill = sites["hill"]
    assert hill["country_names"] == ["Tanzania"]
    assert (hill["stage"], hill["stage_since"], hill["stage_reported"]) == (
        "permitted",
        "2023-04",
        "construction (disputed)",
    )
    assert [(one["name"], one["share"], one["note"]) for one in hill["owners"]] == [
        ("Quarry plc", "84 %", None), ("State of Tanzania", "16 %", "free carried"),
    ]  # fmt: skip
    assert [(one["name"], one["share"]) for one in hill["ultimate"]] == [
        ("free float of Quarry plc", "63 %"), ("Ada", "21 %"), ("State of Tanzania", "16 %"),
    ]  # fmt: skip
    assert hill["commodities"] == ["gold", "copper"]
    assert hill["overdue"] == ["due 2026-Q3, outcome not found: first metal"]
    assert {"Kilima", "Hill Company"} <= set(hill["aliases"])


def test_money_stands_by_how_real_it_is_with_its_sources(sites: dict[str, Any]) -> None:
    [item] = sites["hill"]["finance"]
    assert (item["state"], item["text"]) == ("committed", "USD 5,000,000 senior loan, The Bank")
    assert item["sources"][0]["title"] == "ledger report"


def test_scores_carry_reasons_with_sources_and_what_is_missing(sites: dict[str, Any]) -> None:
    china = sites["hill"]["scores"]["china"]
    assert sum(one["points"] for one in china["reasons"]) == pytest.approx(china["score"], abs=1e-6)
    offtake = next(one for one in china["reasons"] if one["sentence"].startswith("Sold to Dragon Metals"))
    assert [one["title"] for one in offtake["sources"]] == ["ledger report"]
    assert all(one["what"].endswith("?") for one in china["missing"])
    assert sites["cloud"]["scores"]["composite"]["score"] is None
    assert sites["cloud"]["scores"]["composite"]["reason"]


def test_shapes_say_how_exactly_they_are_known(sites: dict[str, Any]) -> None:
    [shape] = sites["hill"]["shapes"]
    assert shape["geometry"]["coordinates"] == [35.75, -6.17]
    assert (shape["precision_km"], shape["caption"], shape["planned"]) == (5.0, "the pit", False)
    assert [one["part"] for one in sites["twin"]["shapes"]] == ["twin/east", "twin/west"]
    assert sites["cloud"]["shapes"] == []


def test_parts_have_lines_of_their_own(sites: dict[str, Any]) -> None:
    east, west = sites["twin"]["parts"]
    assert east["lines"][:2] == ["Stage: production, since 2015", "Owners: Dragon Metals 20 %"]
    assert west["name"] == "West"


def test_everything_is_plain_data(data: Any) -> None:
    json.dumps(data.sites, allow_nan=False)
