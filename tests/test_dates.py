from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.dates import When, months_between


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-02-05", date(2026, 2, 5), date(2026, 2, 5)),
    ],
)
def test_a_date_keeps_its_text_and_spans_what_it_may_mean(text: str, first: date, last: date) -> None:
    when = When.parse(text)
    assert (str(when), when.first, when.last) == (text, first, last)


def test_a_day_of_a_toml_file_arrives_as_a_date() -> None:
    assert When.parse(date(2026, 11, 21)) == When.parse("2026-11-21")


@pytest.mark.parametrize(
    "given",
    ["", "soon", "26-01-01", "2026-13", "2026-02-30", "2026-Q5", "2026-1-1", "2026-01-01T00:00", "0000", " 2026",
     "2026\n", "٢٠٢٦", datetime(2026, 1, 1, 12)],
)  # fmt: skip
def test_anything_else_is_refused(given: str | date) -> None:
    with pytest.raises(ValueError, match=r"date|year|month|day"):
        When.parse(given)


def test_partial_dates_sort_at_their_last_day() -> None:
    given = ["2026-03-01", "2026", "2026-Q1", "2026-02", "2025-12-31"]
    assert [str(when) for when in sorted(map(When.parse, given))] == [
        "2025-12-31", "2026-02", "2026-03-01", "2026-Q1", "2026",
    ]  # fmt: skip


def test_a_month_and_its_last_day_are_equally_late() -> None:
    month, day = When.parse("2026-02"), When.parse("2026-02-28")
    assert month <= day
    assert day <= month
    assert not month < day
    assert month != day


@given(st.dates(min_value=date(1000, 1, 1)), st.dates(min_value=date(1000, 1, 1)))
def test_full_dates_order_as_days_do(one: date, other: date) -> None:
    assert (When.parse(one) < When.parse(other)) == (one < other)


def test_months_are_twelfths_of_a_year() -> None:
    # 1461 days are four years of 365.25 days: 48 months.
    assert months_between(date(2021, 1, 1), date(2025, 1, 1)) == 48.0
    assert months_between(date(2025, 1, 1), date(2021, 1, 1)) == -48.0
