from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytest import approx

from georisk.indicators.contracts import Term, current_and_lapsed, remaining_years


@pytest.fixture
def desk(made: Any) -> Any:
    made.site("hill", country="TZA")
    return made


def terms(desk: Any, name: str = "offtake") -> list[tuple[float | None, bool]] | None:
    found = current_and_lapsed(desk.evidence(), "hill", name)
    return None if found is None else [(term.share, term.lapsed) for term in found]


def test_in_force_are_those_that_hold_and_bind(desk: Any) -> None:
    desk.say("hill", "offtake", 30, force="binding")
    desk.say("hill", "offtake", [40, 60])
    desk.say("hill", "offtake", unknown="not-found", buyer="someone")
    desk.say("hill", "offtake", 99, force="planned")
    desk.say("hill", "offtake", 98, status="denied")
    desk.say("hill", "offtake", 97, until="2026-11-21")
    assert sorted(terms(desk) or [], key=str) == [(30.0, False), (50.0, False), (None, False)]


def test_without_any_in_force_those_that_ended_last_have_lapsed(desk: Any) -> None:
    desk.say("hill", "offtake", 10, until="2024-01-01")
    desk.say("hill", "offtake", 20, until="2026-01-01")
    desk.say("hill", "offtake", 30, until="2026-01-01")
    desk.say("hill", "offtake", 40, until="2026-02-01", status="retracted")
    assert sorted(terms(desk) or []) == [(20.0, True), (30.0, True)]


def test_a_closure_lapses_a_contract_too(desk: Any) -> None:
    desk.say("hill", "offtake", 70, key="old")
    desk.close("hill", "old", until="2026-10-01")
    assert terms(desk) == [(70.0, True)]


def test_nothing_known_is_an_empty_list_and_no_question_is_none(desk: Any) -> None:
    assert terms(desk) == []
    desk.say("hill", "offtake", absent="not-applicable")
    assert terms(desk) is None


@pytest.mark.parametrize("name", ["offtake", "processing"])
def test_a_plan_counts_nowhere(desk: Any, name: str) -> None:
    desk.say("hill", name, 60, force="planned")
    assert terms(desk, name) == []


def test_a_terminated_contract_has_not_lapsed(desk: Any) -> None:
    desk.say("hill", "offtake", 70, key="old")
    desk.close("hill", "old", until="2026-10-01", terminated=True)
    assert terms(desk) == []


@pytest.mark.parametrize(
    ("share", "lapsed", "expected"),
    [(60.0, False, (60, 60, 60)), (60.0, True, (0, 30, 60)), (None, False, (0, 40, 80)), (None, True, (0, 40, 80))],
)
def test_bounds_of_a_term_where_others_leave_eighty(
    share: float | None, lapsed: bool, expected: tuple[float, float, float]
) -> None:
    assert Term(None, share, lapsed).bounds(80) == expected  # type: ignore[arg-type]


def test_years_left(desk: Any) -> None:
    desk.say("hill", "offtake", 1, until="2030-11-21", since="2020")
    desk.say("hill", "offtake", 2, until="2020-01-01", since="2019")
    desk.say("hill", "offtake", 3, since="2021")
    ended, running, open_ = desk.snapshot().known_of("hill", "offtake")
    on = date(2026, 11, 21)
    # 2026-11-21 to 2030-11-21: 1461 days are four years.
    assert remaining_years(running, on) == approx(4)
    assert remaining_years(ended, on) == 0
    assert remaining_years(open_, on) is None
