from __future__ import annotations

from datetime import date
from typing import Any

from georisk.explaining.conflicts import CONTRADICTION, DISPUTED, RIVAL, conflicts_among

DAY = date(2026, 11, 21)


def found(made: Any) -> list[tuple[str, list[Any]]]:
    known = made.snapshot().known
    return [(one.kind, [side.value for side in one.sides]) for one in conflicts_among(known, DAY)]


def test_statements_that_name_each_other_stand_together_whenever_they_were(made: Any) -> None:
    made.site("hill", country="TZA")
    made.say("hill", "extent", "5 km2", key="small", until="2020-01-01")
    made.say("hill", "extent", "6 km2", key="large", contradicts=["small"])
    made.say("hill", "extent", "7 km2", key="larger", contradicts=["large"])
    assert found(made) == [(CONTRADICTION, ["5 km2", "6 km2", "7 km2"])]


def test_two_figures_of_one_holding_are_rivals_only_while_both_hold(made: Any) -> None:
    made.stake("hill-co", owner="ada", percent=30)
    made.stake("hill-co", owner="ada", percent=40, since="2025-01-01")
    made.stake("hill-co", owner="ben", percent=10, until="2025-01-01")
    made.stake("hill-co", owner="ben", percent=20, since="2025-01-01")
    assert found(made) == [(RIVAL, [30, 40])]


def test_options_plans_and_votes_are_no_rivals_of_shares(made: Any) -> None:
    made.stake("hill-co", owner="ada", percent=30)
    made.stake("hill-co", owner="ada", percent=40, option=True)
    made.stake("hill-co", owner="ada", percent=50, force="planned")
    made.stake("hill-co", owner="ada", percent=60, basis="voting")
    assert found(made) == []


def test_a_disputed_claim_without_rival_stands_alone_while_it_holds(made: Any) -> None:
    made.site("hill", country="TZA")
    made.say("hill", "stage", "production", status="disputed")
    made.say("hill", "stage", "closed", status="disputed", until="2020-01-01")
    assert found(made) == [(DISPUTED, ["production"])]


def test_a_disputed_claim_with_a_rival_is_told_once(made: Any) -> None:
    made.stake("hill-co", owner="ada", percent=30, status="disputed")
    made.stake("hill-co", owner="ada", percent=40, status="disputed")
    assert found(made) == [(RIVAL, [30, 40])]
