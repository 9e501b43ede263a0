"""Stakes as BODS 0.4 statements, validated by libcovebods, which carries the schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from georisk.interchange.bods import record_id
from georisk.workspace import Workspace


def bods_faults(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what libcovebods finds: the schema's errors, then its additional checks."""
    import libcovebods.jsonschemavalidate
    import libcovebods.run_tasks
    from libcovebods.config import LibCoveBODSConfig
    from libcovebods.data_reader import DataReader
    from libcovebods.schema import SchemaBODS
    from libcovebods.tasks.checks import legacy_checks, record_based_checks

    for module in (legacy_checks, record_based_checks):  # the list of registers would come from the network
        monkeypatch.setattr(module, "get_orgids_prefixes", lambda: ["XI-LEI"])
    reader, config = DataReader(str(path)), LibCoveBODSConfig()
    schema = SchemaBODS(reader, config)
    assert schema.schema_version == "0.4"
    errors = libcovebods.jsonschemavalidate.JSONSchemaValidator(schema).validate(reader)
    checks = libcovebods.run_tasks.process_additional_checks(reader, config, schema)["additional_checks"]
    return [*(one.json() for one in errors), *checks]


def test_the_standard_finds_no_fault(told: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "told.json").write_text(json.dumps(told.bods), encoding="utf-8")
    assert bods_faults(tmp_path / "told.json", monkeypatch) == []


def test_the_validator_would_find_one(told: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = json.loads(json.dumps(told.bods))
    broken[0]["recordType"] = "nonsense"
    (tmp_path / "broken.json").write_text(json.dumps(broken), encoding="utf-8")
    assert bods_faults(tmp_path / "broken.json", monkeypatch)


def test_the_registry_itself_is_without_fault(
    repository: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from georisk.interchange.exporting import export_bytes

    (tmp_path / "all.json").write_bytes(export_bytes(repository, "bods", "2026-11-21", "2026-11-21"))
    assert bods_faults(tmp_path / "all.json", monkeypatch) == []


def test_shares_are_exact_a_band_or_not_stated(told: Any) -> None:
    def interest(owner: str, owned: str) -> Any:
        return told.relation(owner, owned)["recordDetails"]["interests"][0]

    assert interest("dodoma", "hill-co")["share"] == {"exact": 16.0}
    assert interest("quarry", "hill-co")["share"] == {"minimum": 40.0, "maximum": 50.0}
    assert "share" not in interest("dragon", "hill-co")
    assert interest("dragon", "hill-co")["details"] == "Share not found"
    assert interest("quarry", "hill-co")["directOrIndirect"] == "indirect"
    assert interest("family", "quarry")["type"] == "votingRights"
    assert interest("quarry", "hill-co")["startDate"] == "2021-04-01", "the first day of the second quarter"
    assert interest("ada", "quarry")["endDate"] == "2027-01-01"


def test_sources_and_dates_travel(told: Any) -> None:
    found = told.relation("quarry", "hill-co")
    assert found["source"] == {
        "type": ["thirdParty"], "url": "https://example.org/paper", "assertedBy": [{"name": "paper press"}],
    }  # fmt: skip
    assert found["statementDate"] == "2026-02-28", "the paper is of February 2026"
    assert found["publicationDetails"]["bodsVersion"] == "0.4"


def test_what_is_not_in_effect_or_over_is_left_out(told: Any) -> None:
    owners = {one["recordDetails"]["interestedParty"] for one in told.bods if one["recordType"] == "relationship"
              and isinstance(one["recordDetails"]["interestedParty"], str)}  # fmt: skip
    assert record_id("office") not in owners
    assert "2020-01-01" not in {
        one["recordDetails"].get("interests", [{}])[0].get("endDate")
        for one in told.bods if one["recordType"] == "relationship"
    }  # fmt: skip


def test_a_holder_nobody_named_is_unspecified_with_a_reason(told: Any) -> None:
    found = {one["recordDetails"]["subject"]: one["recordDetails"] for one in told.bods
             if one["recordType"] == "relationship" and isinstance(one["recordDetails"]["interestedParty"], dict)}  # fmt: skip
    cloud = found[record_id("cloud")]
    assert cloud["interestedParty"]["reason"] == "informationUnknownToPublisher"
    assert cloud["interests"][0]["share"] == {"exact": 40.0}, "60 of 100 are named"
    assert "Free float" in found[record_id("quarry")]["interestedParty"]["description"]


def test_kinds_of_parties(told: Any) -> None:
    kinds = {one["recordId"]: one["recordDetails"].get("entityType", {}).get("type", one["recordType"])
             for one in told.bods if one["recordType"] != "relationship"}  # fmt: skip
    expected = {"dodoma": "state", "quarry": "registeredEntity", "ada": "person", "family": "unknownEntity",
                "cloud": "unknownEntity"}  # fmt: skip
    assert {name: kinds[record_id(name)] for name in expected} == expected


def test_the_same_registry_gives_the_same_statements(told: Any) -> None:
    from georisk.interchange.exporting import export_bytes

    again = json.loads(export_bytes(told.workspace, "bods", "2026-11-21", "2026-11-21"))
    assert again == told.bods
    ids = [one["statementId"] for one in again]
    assert len(ids) == len(set(ids))
