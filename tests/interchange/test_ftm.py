"""FollowTheMoney entities, validated by the library's schema (``tests/tools/make_ftm_schema.py`` says why a file)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from georisk.interchange.exporting import export_bytes
from georisk.workspace import Workspace

MODEL = json.loads(Path(__file__).with_name("ftm-schema.json").read_text(encoding="utf-8"))


def ftm_faults(entities: list[dict[str, Any]]) -> list[str]:
    """Return what the schema finds wrong, and references to entities that are none, or of another range."""
    validators = {name: Draft202012Validator({**one["schema"], "$defs": MODEL["$defs"]})
                  for name, one in MODEL["schemata"].items()}  # fmt: skip
    schemata = {one["id"]: one["schema"] for one in entities}
    found = [f"{one['id']}: {error.message[:200]}" for one in entities
             for error in validators[one["schema"]].iter_errors(one)]  # fmt: skip
    for one in entities:
        for name, wanted in MODEL["schemata"][one["schema"]]["ranges"].items():
            for value in one["properties"].get(name, ()):
                if value not in schemata or wanted not in MODEL["schemata"][schemata[value]]["is_a"]:
                    found.append(f"{one['id']}: {name} {value} is no {wanted}")
    return found


def test_the_schema_finds_no_fault(told: Any) -> None:
    assert ftm_faults(told.ftm) == []


def test_the_registry_itself_is_without_fault(repository: Workspace) -> None:
    lines = export_bytes(repository, "ftm", "2026-11-21", "2026-11-21").decode("utf-8").splitlines()
    assert ftm_faults([json.loads(line) for line in lines]) == []


@pytest.mark.parametrize("change", [{"schema": "Company", "id": "a_b"}, {"properties": {"nonsense": ["1"]}},
                                    {"properties": {"name": ["A"], "jurisdiction": ["TZA"]}},
                                    {"properties": {"name": ["A"], "proof": ["nowhere"]}}])  # fmt: skip
def test_the_schema_would_find_one(change: dict[str, Any]) -> None:
    assert ftm_faults([{"id": "a", "schema": "Company", "properties": {"name": ["A"]}} | change])


def test_a_party_with_its_names_place_and_number(told: Any) -> None:
    quarry = told.entity("georisk-quarry")
    assert quarry["schema"] == "Company"
    properties = quarry["properties"]
    assert (properties["jurisdiction"], properties["leiCode"]) == (["gb"], ["529900ODI3047E2LIV03"])
    assert properties["ticker"] == ["QUARRY"]
    assert properties["sourceUrl"] if "sourceUrl" in properties else properties["publisher"] == ["ledger press"]
    assert told.entity("georisk-ada")["schema"] == "Person"
    assert told.entity("georisk-dodoma")["properties"]["topics"] == ["gov"]
    assert told.entity("georisk-family")["schema"] == "Organization"


def test_a_stake_with_percentage_dates_and_proof(told: Any) -> None:
    found = {(one["properties"]["owner"][0], one["properties"]["asset"][0]): one["properties"]
             for one in told.ftm if one["schema"] == "Ownership"}  # fmt: skip
    band = found["georisk-quarry", "georisk-hill-co"]
    assert (band["percentage"], band["startDate"]) == (["40 - 50"], ["2021"])
    assert band["proof"] == ["georisk-source-paper"]
    assert "percentage" not in found["georisk-dragon", "georisk-hill-co"]
    assert found["georisk-hill-co", "georisk-hill"]["role"] == ["title holder"]
    assert found["georisk-dragon", "georisk-cloud"]["percentage"] == ["60"]


def test_a_list_entry_is_a_sanction(told: Any) -> None:
    entries = [one["properties"] for one in told.ftm if one["schema"] == "Sanction"]
    assert [(one["entity"], one["program"], one["listingDate"]) for one in entries] == [
        (["georisk-dragon"], ["us-1260h"], ["2025-01-07"])
    ]


def test_a_site_is_an_asset_in_its_country(told: Any) -> None:
    assert told.entity("georisk-hill")["properties"]["country"] == ["tz"]
    assert "country" not in told.entity("georisk-cloud")["properties"]
