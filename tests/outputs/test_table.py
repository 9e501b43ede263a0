from __future__ import annotations

import csv
from typing import Any

import pytest

from georisk.outputs.rows import NOT_COVERED, TABLE_COLUMNS, risk_table
from georisk.outputs.table import csv_table, markdown_table
from georisk.registry import Cell


@pytest.fixture(scope="module")
def rows(sample: Any) -> list[dict[str, Any]]:
    return risk_table(sample.report)


def test_csv_has_one_row_a_site_and_reads_back(rows: list[dict[str, Any]]) -> None:
    header, *lines = csv.reader(csv_table(rows).splitlines())
    assert header == TABLE_COLUMNS
    assert [line[0] for line in lines] == [row["id"].value for row in rows]
    hill = dict(zip(header, next(line for line in lines if line[0] == "hill"), strict=True))
    assert hill["owners"] == "Quarry plc 84 %, State of Tanzania 16 % (free carried)"
    assert hill["finance_disbursed"] == ""
    assert float(hill["china_score"]) >= 0


def test_markdown_names_dates_method_scores_and_what_is_not_covered(sample: Any, rows: list[dict[str, Any]]) -> None:
    text = markdown_table(sample.report, rows)
    method = sample.report.assessment.method
    assert f"As of 2026-11-21, as known by 2026-11-21. Method {method.version} ({method.fingerprint})." in text
    assert NOT_COVERED in text
    assert "due 2026-Q3, outcome not found: first metal" in text
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(lines) == 1 + len(rows)
    assert all(line.count(" | ") == lines[0].count(" | ") for line in lines)
    assert "not scored (" in next(line for line in lines if "Cloud" in line)


def test_hostile_text_is_inert_in_both(sample: Any, rows: list[dict[str, Any]]) -> None:
    hostile = "<script>alert(1)</script>|=cmd\n| new | row"
    row = rows[0] | {"name": Cell(hostile), "drivers": Cell("=1+1; x")}
    [_, line] = csv.reader(csv_table([row]).splitlines())
    assert line[TABLE_COLUMNS.index("drivers")].startswith("'=")
    assert "\n" not in line[1]
    text = markdown_table(sample.report, [row])
    assert "<script>" not in text
    [table_line] = [one for one in text.splitlines() if "alert" in one and one.startswith("| ")]
    assert table_line.replace("\\|", "").count(" | ") == 8
