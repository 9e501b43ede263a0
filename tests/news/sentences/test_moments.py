from __future__ import annotations

from datetime import date

import pytest

from georisk.news.sentences.moments import find_moments
from georisk.news.tables import ReadingTables

DAY = date(2024, 5, 14)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("on 3 March 2021", ["2021-03-03"]),
        ("March 3rd, 2021", ["2021-03-03"]),
        ("2021-03-03", ["2021-03-03"]),
        ("03.03.2021", ["2021-03-03"]),
        ("in March 2021", ["2021-03"]),
        ("in Q3 2025", ["2025-Q3"]),
        ("the fourth quarter of 2026", ["2026-Q4"]),
        ("the second half of 2027", ["2027-H2"]),
        ("by the end of 2026", ["2026-12-31"]),
        ("2028 to 2029", ["2028/2029"]),
        ("since 2019", ["2019"]),
        # relative to Tuesday 14 May 2024
        ("today", ["2024-05-14"]),
        ("yesterday", ["2024-05-13"]),
        ("on Friday", ["2024-05-10"]),
        ("next Monday", ["2024-05-20"]),
        ("last month", ["2024-04"]),
        ("next year", ["2025"]),
        ("this quarter", ["2024-Q2"]),
        ("last quarter", ["2024-Q1"]),
        ("three years ago", ["2021"]),
        ("two weeks ago", ["2024-04-30"]),
        ("on 20 January", ["2024-01-20"]),
        ("in December", ["2023-12"]),  # seven months before is nearer than seven after
        ("32 March 2021", []),
        ("2,025 tonnes", []),
        ("$2025", []),
    ],
)  # fmt: skip
def test_dates_as_precise_as_written(text: str, moments: list[str], tables: ReadingTables) -> None:
    assert [one.when for one in find_moments(text, DAY, tables.months)] == moments


@pytest.mark.parametrize("text", ["yesterday", "on Friday", "last month", "two weeks ago", "next year"])
def test_without_a_day_of_publication_nothing_is_guessed(text: str, tables: ReadingTables) -> None:
    assert find_moments(text, None, tables.months) == []
