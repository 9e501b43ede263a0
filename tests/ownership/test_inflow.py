"""What one party can receive at most."""

from __future__ import annotations

import pytest

from georisk.ownership.inflow import Question, most_inflow
from georisk.ownership.links import Link, TierRule

DOE = TierRule(50, any_metric=True)
PASSING, ASKED = Question(DOE, 0, final=False), Question(DOE, 0, final=True)


def band(low: float, high: float) -> Link:
    return Link((low, low, 0.0), (high, high, 0.0))


def test_a_counted_holder_keeps_its_number_only_at_the_end() -> None:
    links = {-1: band(60, 60)}
    assert most_inflow(links, {-1: 1.0}, PASSING) == 1.0
    assert most_inflow(links, {-1: 1.0}, ASKED) == 0.6


def test_room_goes_to_the_worthiest() -> None:
    links = {0: band(10, 40), 1: band(10, 40)}
    # 80 are free: both fill up, 0.4 x 0.9 + 0.4 x 0.1
    assert most_inflow(links, {0: 0.9, 1: 0.1}, ASKED) == pytest.approx(0.40)


def test_a_link_is_made_large_if_that_pays() -> None:
    links = {0: band(30, 60), 1: band(0, 45), 2: band(30, 30)}
    # 40 are free. Owner 0 at 50: all of its 0.5, and 20 more to owner 1 at 0.9: 0.5 + 0.18 + 0
    found = most_inflow(links, {0: 0.5, 1: 0.9, 2: 0.0}, ASKED, votes_follow=True)
    assert found == pytest.approx(0.68)


def test_votes_of_their_own_may_make_a_link_large_for_nothing() -> None:
    links = {0: Link((10, 10, 0), (10, 50, 0)), 1: band(0, 90)}
    assert most_inflow(links, {0: 0.5, 1: 0.5}, ASKED) == pytest.approx(0.5 + 0.5)  # 90 of owner 1 is large as well


def test_without_a_gate_nothing_merges_and_nothing_multiplies() -> None:
    direct = Question(TierRule(None, multiplies=False), 0, final=True)
    assert most_inflow({-1: band(10, 20), 0: band(10, 80)}, {-1: 1.0, 0: 1.0}, direct) == pytest.approx(0.2)
