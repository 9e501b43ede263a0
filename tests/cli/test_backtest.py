from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DAY = ("--as-of", "2026-11-21", "--known-by", "2026-11-21")


@pytest.fixture
def desk(made: Any) -> Path:
    for name in ("hill", "dale"):
        made.site(name, country="TZA", holder=f"{name}-co")
        made.stake(f"{name}-co", owner="rest", percent=100)
    made.say("hill", "proceeding", "suit over the licence", against="permit", since="2026-07-01", key="suit")
    return made.write()  # type: ignore[no-any-return]


def test_cases_are_listed_and_few_of_them_give_no_percentile(georisk: Any, desk: Path) -> None:
    ran = georisk("backtest", "--format", "json", "--workspace", desk, *DAY)
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    (case,) = found["cases"]
    assert (case["on"], case["site"], case["others"], case["above_percent"]) == ("2026-07-01", "hill", 1, 50.0)
    assert found["tallies"][0] == {"direction": "adverse", "cases": 1, "scored": 1, "seen": 0, "mean_percentile": None}


def test_people_are_told_n(georisk: Any, desk: Path) -> None:
    ran = georisk("backtest", "--workspace", desk, *DAY)
    assert "adverse: n = 1, scored the day before 1, seen 0; under 10 scored cases no percentile is given" in ran.err
    assert "hill:suit" in ran.out
