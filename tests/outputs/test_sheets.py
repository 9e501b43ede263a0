from __future__ import annotations

from typing import Any

import pytest

from georisk.explaining.citations import Citations
from georisk.outputs.rows import TABLE_COLUMNS
from georisk.outputs.sheets import (
    COLUMN_TITLES,
    MEANINGS,
    key_sheet,
    method_sheet,
    scores_sheet,
    sources_sheet,
    statements_sheet,
)


def test_every_column_has_a_title_of_its_own() -> None:
    assert set(COLUMN_TITLES) >= set(TABLE_COLUMNS)
    titles = [COLUMN_TITLES[name] for name in TABLE_COLUMNS]
    assert len(titles) == len(set(titles))
    assert COLUMN_TITLES["china_low"] == "China linkage low"
    assert set(MEANINGS) <= set(TABLE_COLUMNS)


def test_points_of_the_scores_sheet_add_up_to_the_scores_of_the_sites(sample: Any) -> None:
    rows = scores_sheet(sample.report).rows
    for site, scored in sample.report.assessment.sites.items():
        for key, score in (("composite", scored.composite), *scored.dimensions.items()):
            shown = [row for row in rows if (row[0], row[2], row[3]) == (site, "yes", key)]
            assert sum(row[5] or 0 for row in shown) == pytest.approx(sum(one.points for one in score.contributions))


def test_what_is_unknown_is_in_the_scores_sheet_with_its_reason(sample: Any) -> None:
    unknown = [row for row in scores_sheet(sample.report).rows if row[5] is None]
    found = [row[9] for row in unknown if (row[0], row[4]) == ("hill", "processing")]
    assert [text.startswith("Unknown: not found") for text in found] == [True]


def test_statements_are_all_that_is_known_and_the_rows_of_series_cited(sample: Any) -> None:
    citations = Citations(sample.report.snapshot, sample.workspace.data)
    row = citations.support("ref:wgi/TZA/2023/rl")
    sheet = statements_sheet(citations, {row.id: row})
    assert [one[0] for one in sheet.rows] == [*(one.id for one in sample.report.snapshot.known), row.id]


def test_sources_are_those_that_are_cited(sample: Any) -> None:
    citations = Citations(sample.report.snapshot, sample.workspace.data)
    sheet = sources_sheet(citations)
    assert [row[0] for row in sheet.rows] == ["digest", "ledger", "paper"]
    assert [sheet.titles[place] for place in sheet.links] == ["Address"]


def test_the_method_sheet_has_every_indicator(sample: Any) -> None:
    method = sample.report.assessment.method
    assert {row[2] for row in method_sheet(method).rows} == {one.key for one in method.indicators}


def test_the_key_names_clocks_bands_grades_and_columns(sample: Any) -> None:
    rows = key_sheet(sample.report).rows
    assert ("As of", "2026-11-21") in [row[:2] for row in rows]
    assert [row[1] for row in rows if row[0] == "Band"] == [band.title for band in sample.report.assessment.method.band]
    assert [row[1] for row in rows if row[0] == "Grade"] == ["A", "B", "C", "D"]


def test_widths_and_titles_go_together(sample: Any) -> None:
    citations = Citations(sample.report.snapshot, sample.workspace.data)
    sheets = (scores_sheet(sample.report), statements_sheet(citations, {}), sources_sheet(citations),
              method_sheet(sample.report.assessment.method), key_sheet(sample.report))  # fmt: skip
    for sheet in sheets:
        assert len(sheet.titles) == len(sheet.widths)
        assert all(len(row) == len(sheet.titles) for row in sheet.rows)
