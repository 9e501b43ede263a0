"""Substantial interests: parents count as 100, a government's own link does not."""

from __future__ import annotations

import pytest

from georisk.ownership.graph import Share, Stake
from georisk.screens.interest import deemed
from georisk.screens.rules import SubstantialInterest
from tests.screens.parties import DISCLOSED, graph, judged, rule, stake

PARTIES = "G:FRA:government R:FRA:government B:FRA:company A:FRA:company T:USA:company:tid"


def test_deemed_holdings_of_a_government_and_of_a_company() -> None:
    test = rule("cfius_parent_100").test
    assert isinstance(test, SubstantialInterest)
    on = graph(PARTIES, stake("G", "B", 75), stake("B", "A", 51), stake("A", "T", 60))
    found = deemed(on, rule("cfius_parent_100").holders, test, DISCLOSED)
    assert found.of_party["G"]["A"].low == pytest.approx(75)
    assert found.of_party["B"]["A"].low == pytest.approx(51)  # a direct holding keeps its number
    assert found.of_party["B"]["T"].low == pytest.approx(100)  # on a chain both links count as 100
    assert found.of_government["FRA"]["T"].low == pytest.approx(75)


def test_governments_of_one_state_add() -> None:
    on = graph(PARTIES, stake("G", "A", 30), stake("R", "A", 19), stake("A", "T", 25))
    assert judged("cfius_parent_100", on).caught == ["T"]


def test_a_government_that_buys_itself() -> None:
    assert judged("cfius_parent_100", graph(PARTIES, stake("G", "T", 25))).caught == ["T"]


def test_a_home_investor_is_no_foreign_person() -> None:
    on = graph("G:FRA:government F:USA:company T:USA:company:tid", stake("G", "F", 49), stake("F", "T", 25))
    assert judged("cfius_parent_100", on).caught == []


def test_only_flagged_businesses_are_asked_about() -> None:
    assert judged("cfius_parent_100", graph("G:FRA:government U:USA:company", stake("G", "U", 90))).caught == []


def test_both_figures_may_be_in_doubt() -> None:
    on = graph(PARTIES, Stake("G", "A", Share.band(40, 60)), Stake("A", "T", Share.band(20, 30)))
    assert judged("cfius_parent_100", on).answer("T") is None
    short = graph(PARTIES, Stake("G", "A", Share.band(40, 48)), stake("A", "T", 30))
    assert judged("cfius_parent_100", short).answer("T") is False
