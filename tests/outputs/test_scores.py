from __future__ import annotations

import json
from typing import Any

import pytest
from pytest import approx

from georisk.outputs.scores import scores_document, scores_text

SCORE = {"score", "low", "high", "p05", "p95", "band", "known_weight", "contributions", "unknown"}


@pytest.fixture(scope="module")
def document(sample: Any) -> dict[str, Any]:
    return scores_document(sample.report.assessment)


def every(document: dict[str, Any]) -> list[dict[str, Any]]:
    scored = [one for site in document["sites"] for one in (site, *site["parts"])]
    return [score for one in scored for score in (one["composite"], *one["dimensions"].values())]


def test_it_says_when_and_by_which_method(sample: Any, document: dict[str, Any]) -> None:
    method = sample.report.assessment.method
    assert {key: document[key] for key in ("as_of", "known_by", "projection", "method")} == {
        "as_of": "2026-11-21", "known_by": "2026-11-21", "projection": False,
        "method": {"version": method.version, "fingerprint": method.fingerprint},
    }  # fmt: skip


def test_it_has_the_shape_scripts_rely_on(document: dict[str, Any]) -> None:
    assert [site["id"] for site in document["sites"]] == ["cloud", "hill", "twin"]
    for site in document["sites"]:
        assert set(site) >= {"id", "name", "composite", "worst", "dimensions", "parts"}
        assert set(site["dimensions"]) == {"jurisdiction", "opacity", "china"}
    assert [part["id"] for part in document["sites"][2]["parts"]] == ["twin/east", "twin/west"]
    for score in every(document):
        assert set(score) >= SCORE
        assert ("reason" in score) == (score["score"] is None)
        for one in score["contributions"]:
            assert set(one) == {"indicator", "value", "points", "sentence", "statements"}
        for one in score["unknown"]:
            assert set(one) == {"indicator", "reason"}


def test_points_add_up_and_bounds_hold_after_rounding(document: dict[str, Any]) -> None:
    for score in every(document):
        if score["score"] is not None:
            assert sum(one["points"] for one in score["contributions"]) == approx(score["score"], abs=1e-6)
            assert score["low"] <= score["score"] <= score["high"]


def test_the_text_is_strict_json(sample: Any, document: dict[str, Any]) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    assert json.loads(scores_text(sample.report.assessment), parse_constant=refuse) == document


def test_a_part_is_named_where_a_site_shows_one(document: dict[str, Any]) -> None:
    twin = document["sites"][2]
    assert twin["dimensions"]["china"]["part"] == "twin/west"
    assert "part" not in document["sites"][1]["dimensions"]["china"]


def test_a_band_that_weak_evidence_would_change_stands_beside(sample: Any, document: dict[str, Any]) -> None:
    shown = {site["id"] for site in document["sites"] if "with_weak" in site["dimensions"]["china"]}
    sites = sample.report.assessment.sites
    assert shown == {name for name, one in sites.items() if one.dimensions["china"].weak_band is not None}
