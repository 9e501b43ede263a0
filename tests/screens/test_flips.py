"""The stake whose smallest change would turn an answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from georisk.ownership.graph import OwnershipGraph, Share, Stake
from georisk.screens.flips import shifted, smallest_flip, without
from georisk.screens.judgement import Judgement
from tests.screens.parties import graph, judged, stake


def rule_at_work(key: str) -> Callable[[OwnershipGraph], Judgement]:
    return lambda on: judged(key, on)


def test_a_yes_is_turned_by_the_stake_nearest_its_gate() -> None:
    # DOE: at 50 the link of A merges, 40 + 6 = 46; below it multiplies, and 0.4 x 47.5 + 6 = 25 is the gate
    on = graph(
        "G:CHN:government A:SGP:company T:AUS:company", stake("G", "A", 40), stake("A", "T", 50), stake("G", "T", 6)
    )
    found = smallest_flip(on, "T", rule_at_work("doe_feoc_25"))
    assert found is not None
    assert (found.stake.owner, found.stake.owned) == ("A", "T")
    assert found.points == pytest.approx(-2.5001)  # the next step of a ten-thousandth below the gate itself
    assert found.answer is False


def test_a_no_is_turned_by_growing_into_free_room() -> None:
    on = graph("X:RUS:person:blocked T:LUX:company", stake("X", "T", 47))
    found = smallest_flip(on, "T", rule_at_work("ofac_50"))
    assert found is not None
    assert (found.points, found.answer) == (pytest.approx(3), True)


def test_nothing_turns_what_no_single_stake_can() -> None:
    on = graph("X:RUS:person:blocked O:CHE:person T:LUX:company", stake("X", "T", 10), stake("O", "T", 60))
    assert smallest_flip(on, "T", rule_at_work("ofac_50")) is None  # only 30 points of room


def test_shifting_moves_every_stated_metric_and_stays_within_0_and_100() -> None:
    one = Stake("X", "T", Share(20, 30, 95), None, Share.exact(5))
    moved = shifted(graph("X:LUX:person T:LUX:company", one), one, 10).stakes[0]
    assert (moved.equity, moved.voting, moved.board) == (Share(30, 40, 100), None, Share.exact(15))
    gone = without(graph("X:LUX:person T:LUX:company", one), one).stakes[0]
    assert (gone.equity, gone.board) == (Share(0, 0, 0), Share.exact(0))
