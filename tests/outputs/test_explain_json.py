from __future__ import annotations

import json
from typing import Any

import pytest

from georisk.explaining.citations import Citations
from georisk.explaining.reasons import explain
from georisk.outputs.explain_json import explanation_document


@pytest.fixture(scope="module")
def document(sample: Any) -> dict[str, Any]:
    citations = Citations(sample.report.snapshot, sample.workspace.data)
    return explanation_document(explain(sample.report.assessment, "hill", citations))


def test_it_is_plain_data_with_both_clocks_and_the_method(document: dict[str, Any], sample: Any) -> None:
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert (document["as_of"], document["known_by"]) == ("2026-11-21", "2026-11-21")
    assert document["method"]["fingerprint"] == sample.report.assessment.method.fingerprint


def test_it_is_closed_ids_lead_to_statements_and_these_to_sources(document: dict[str, Any]) -> None:
    named = {
        one for argument in document["arguments"] for reason in argument["reasons"] for one in reason["statements"]
    }
    assert named == set(document["statements"])
    cited = {one for statement in document["statements"].values() for one in statement["sources"]}
    assert cited == set(document["sources"])


def test_points_add_up(document: dict[str, Any]) -> None:
    for argument in document["arguments"]:
        assert sum(one["points"] for one in argument["reasons"]) == pytest.approx(argument["score"])


def test_one_dimension_alone(sample: Any) -> None:
    citations = Citations(sample.report.snapshot, sample.workspace.data)
    found = explanation_document(explain(sample.report.assessment, "hill", citations), "china")
    assert [one["key"] for one in found["arguments"]] == ["china"]
    assert {one["dimension"] for one in found["missing"]} == {"china"}
