"""Rules on integrated equity."""

from __future__ import annotations

import pytest

from georisk.ownership.graph import Share, Stake
from georisk.ownership.matrix import ClosedLoopError
from georisk.screens.equity import person_shares
from tests.screens.parties import graph, judged, rule, stake


def test_shares_multiply_and_add() -> None:
    on = graph(
        "P:DEU:person A:DEU:company B:DEU:company T:DEU:company",
        *(stake("P", "A", 50), stake("P", "B", 50), stake("A", "T", 30), stake("B", "T", 20)),
    )
    assert person_shares(on, rule("bo_amlr"))["P", "T"] == pytest.approx(25)
    assert judged("bo_amlr", on).answer("T") is True
    assert judged("bo_amld", on).answer("T") is False


def test_each_person_stands_alone() -> None:
    on = graph("P:DEU:person Q:DEU:person T:DEU:company", stake("P", "T", 20), stake("Q", "T", 20))
    assert judged("bo_amlr", on).answer("T") is False


def test_any_foreign_state_together_at_any_size() -> None:
    on = graph("G:CHN:government A:SGP:company T:CAN:company", stake("G", "A", 1), stake("A", "T", 1))
    assert judged("ca_state_investor", on).caught == ["A", "T"]
    assert judged("ca_state_investor", graph("G:CAN:government T:CAN:company", stake("G", "T", 50))).caught == []


def test_bounds_leave_the_answer_open() -> None:
    on = graph("P:DEU:person T:DEU:company", Stake("P", "T", Share.band(20, 25)))
    assert judged("bo_amlr", on).answer("T") is None
    assert judged("bo_amld", on).answer("T") is False


def test_the_larger_of_two_equal_bounds_is_the_one_reached() -> None:
    # Q's band reaches 25, the hidden rest beside P's 20 does not
    on = graph(
        "P:DEU:person Q:DEU:person T:DEU:listed_company",
        *(stake("P", "T", 20), Stake("Q", "T", Share.band(10, 25))),
        remainder={"T": "listed"},
    )
    assert judged("bo_amlr", on).answer("T") is None


def test_closed_loops_are_refused_where_shares_are_asked_for() -> None:
    on = graph("A:DEU:company B:DEU:company", stake("A", "B", 100), stake("B", "A", 100))
    with pytest.raises(ClosedLoopError):
        person_shares(on, rule("bo_amlr"))
