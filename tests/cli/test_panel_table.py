"""The panel for people: rows, parts, marks, columns that do not fit."""

from __future__ import annotations

from typing import Any

import pytest

from georisk.cli.panel_table import cell_text
from georisk.screens.opening import open_panel


@pytest.fixture(scope="module")
def cells(sample: Any) -> dict[str, str]:
    """Return the cells of the mine ``hill`` of the invented registry, by rule."""
    found = sample.report.law
    return {one.rule.key: cell_text(one) for one in found.of_site("hill")}


def test_a_cell_has_answer_marks_and_bounds(cells: dict[str, str]) -> None:
    assert cells["tz_free_carried_16"] == "yes 16"
    assert cells["cd_free_carried_10"] == "n/a"
    assert cells["ofac_50"].startswith("undet. (L)")
    assert cells["bis_affiliates_50"].startswith("undet. (uL)")
    assert "(m)" in cells["doe_feoc_25"]  # text known from memory


def test_a_panel_of_one_rule_and_site(sample: Any, georisk: Any) -> None:
    ran = georisk("screen", "hill", "--rule", "tz_free_carried_16", "--as-of", "2026-11-21",
                  "--workspace", sample.workspace.root)  # fmt: skip
    assert ran.code == 0
    lines = [line.strip() for line in ran.out.splitlines()]
    assert any(line.startswith("Hill") and line.endswith("yes 16") for line in lines)
    assert "TZ 16 = tz_free_carried_16" in " ".join(lines)
    assert "exactly at it" in " ".join(lines)


def test_only_what_was_asked_is_screened(sample: Any) -> None:
    found = open_panel(sample.report.holders, sample.workspace.data, None, sites=["twin"], rules=["uk_50"])
    assert [(one.subject, one.rule.key) for one in found.findings] == [("twin/east", "uk_50"), ("twin/west", "uk_50")]
