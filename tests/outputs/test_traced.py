from __future__ import annotations

from typing import Any

from georisk.outputs.rows import SCORE_COLUMNS, TABLE_COLUMNS, Report, risk_table
from georisk.outputs.traced import traced_rows

FREE = {"id", "name", "kind", "unknown", "worst_dimension"}
"""Columns that name things or say that nothing is known."""


def test_only_statements_are_added(sample: Any) -> None:
    plain, traced = risk_table(sample.report), traced_rows(sample.report)
    assert [{name: cell.value for name, cell in row.items()} for row in traced] == [
        {name: cell.value for name, cell in row.items()} for row in plain
    ]


def test_every_cell_with_a_value_leads_to_known_statements(reported: Report) -> None:
    _assert_traced(reported)


def test_so_does_an_invented_registry(sample: Any) -> None:
    _assert_traced(sample.report)


def _assert_traced(found: Report) -> None:
    for row in traced_rows(found):
        scored = found.assessment.sites[row["id"].value]
        lacking = {
            key for key, one in scored.dimensions.items() if not any(each.statements for each in one.contributions)
        }
        lacking |= {"composite"} if len(lacking) == len(scored.dimensions) else set()
        for name in TABLE_COLUMNS:
            cell = row[name]
            empty = cell.value in (None, "", 0) or name in FREE
            # Where nobody knows an owner the lack is the measurement, and no statement stands behind it.
            unscored = name in SCORE_COLUMNS and name.rsplit("_", 1)[0] in lacking
            unscored |= name in ("drivers", "legal_undetermined") and "composite" in lacking
            unscored |= name == "worst_dimension" and scored.worst in lacking
            assert cell.statements or empty or unscored, (row["id"].value, name)
            for one in cell.statements:
                assert one.startswith("ref:") or one in found.snapshot.by_id
