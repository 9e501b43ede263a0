from __future__ import annotations

from typing import Any

import pytest

from georisk.outputs.rows import TABLE_COLUMNS, risk_table, stage_text, texts, weak_bands


@pytest.fixture(scope="module")
def table(sample: Any) -> dict[str, dict[str, Any]]:
    return {row["id"].value: row for row in risk_table(sample.report)}


def values(table: Any, site: str, *names: str) -> list[Any]:
    return texts(table[site], names)


def test_worst_composite_first_and_the_unscored_last(sample: Any, table: Any) -> None:
    composites = [row["composite_score"].value for row in table.values()]
    scored = [one for one in composites if one is not None]
    assert composites == sorted(scored, reverse=True) + [None] * (len(composites) - len(scored))
    assert list(table)[-1] == "cloud"


def test_every_row_has_every_column_in_order(table: Any) -> None:
    assert all(list(row) == TABLE_COLUMNS for row in table.values())


def test_scores_with_bands_and_bounds(sample: Any, table: Any) -> None:
    china = sample.report.assessment.sites["hill"].dimensions["china"]
    assert values(table, "hill", "china_score", "china_band", "china_low", "china_high") == [
        round(china.score, 1), china.band, round(china.low, 1), round(china.high, 1),
    ]  # fmt: skip
    assert values(table, "cloud", "china_score") == [None]
    assert values(table, "cloud", "china_band")[0].startswith("not scored: only 0 %")


def test_a_disputed_stage_stands_beside_the_undisputed_one(table: Any) -> None:
    assert values(table, "hill", "stage", "stage_since", "stage_reported") == [
        "permitted", "2023-04", "construction (disputed)",
    ]  # fmt: skip
    assert values(table, "twin", "stage") == ["East: production; West: closed"]


def test_parts_at_one_stage_are_said_once(made: Any) -> None:
    made.site("twin", parts=("east", "west"))
    for part in ("east", "west"):
        made.say(f"twin/{part}", "stage", "production", since="2020")
    snapshot = made.snapshot()
    assert stage_text(snapshot, snapshot.seeds.sites["twin"]) == "production"


def test_the_next_check_is_the_next_day_on_which_something_changes(table: Any) -> None:
    # The milestone of 2027-06-30 comes before the end of the offtake in 2030; that of 2026-Q3 is over.
    assert values(table, "hill", "next_check", "offtake_expiry") == ["2027-06-30", "before 2030-11-21"]
    assert values(table, "hill", "overdue") == ["due 2026-Q3, outcome not found: first metal"]
    assert values(table, "cloud", "next_check", "overdue") == [None, None]


def test_the_last_change_and_its_cause_come_from_the_dates_of_statements(table: Any) -> None:
    assert values(table, "hill", "last_change") == ["2026-02-01"]
    assert values(table, "hill", "last_change_cause")[0].startswith("stage began: construction")
    assert values(table, "cloud", "last_change", "last_change_cause") == [None, None]


def test_an_end_is_a_change_too(made: Any) -> None:
    made.site("hill")
    made.say("hill", "offtake", 40, buyer="someone", since="2020-01-01", until="2026-05-01")
    opened = made.open()
    from georisk.outputs.rows import report

    assessment = opened.assess(made.day, made.day)
    [row] = risk_table(report(assessment, opened.holders(assessment.snapshot), opened.data / "places"))
    assert row["last_change"].value == "2026-05-01"
    assert row["last_change_cause"].value.startswith("offtake ended: ")


def test_drivers_are_the_reasons_with_most_points(sample: Any, table: Any) -> None:
    [drivers] = values(table, "twin", "drivers")
    scored = sample.report.assessment.sites["twin"]
    largest = max(
        (one for score in scored.dimensions.values() for one in score.contributions), key=lambda one: one.points
    )
    assert drivers.startswith(largest.sentence)
    assert f"(+{largest.points:.1f})" in drivers


def test_what_is_unknown_is_listed_with_its_reason(table: Any) -> None:
    [unknown] = values(table, "hill", "unknown")
    assert "debt" in unknown or "processing" in unknown
    assert "(not " in unknown
    assert "equity" not in unknown


def test_bands_that_weak_evidence_would_change(sample: Any) -> None:
    # hill's contractor rests on a summary: without it 40 per cent of offtake, with it more; bands are compared.
    for scored in sample.report.assessment.sites.values():
        changed = [one for one in (*scored.dimensions.values(), scored.composite) if one.weak_band is not None]
        text = weak_bands(scored)
        assert text.count("with C and D evidence") == len(changed)


def test_cells_lead_to_statements(sample: Any, table: Any) -> None:
    by_id = sample.report.snapshot.by_id
    for row in table.values():
        for cell in row.values():
            assert all(one in by_id or one.startswith("ref:") for one in cell.statements)
    assert by_id[table["hill"]["next_check"].statements[0]].value == "second line"
