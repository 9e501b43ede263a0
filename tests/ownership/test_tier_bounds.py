"""The least and the most through tiers, beside allocations that the bands allow."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.ownership.graph import METRICS, OwnershipGraph, Share, Stake, hidden_caps
from georisk.ownership.links import TierRule
from georisk.ownership.tier_bounds import least_traced, most_traced, with_hidden
from georisk.ownership.tiers import tiers, traced
from tests.ownership.graphs import QUICK, allocated, graph_of, ownership_graphs, stake

DOE = TierRule(50, any_metric=True)
OUTBOUND = TierRule(50, strict=True, last_keeps=True)
TRACING = TierRule(20, multiplies=False, last_keeps=True)
A = [frozenset("A")]


def bounds(graph: OwnershipGraph, rule: TierRule, metric: int = 0) -> tuple[dict[str, float], dict[str, float]]:
    arranged = tiers(graph, A)
    low = arranged.named(least_traced(arranged, rule, metric))
    return low, arranged.named(most_traced(with_hidden(arranged, hidden_caps(graph, 5.0)), rule, metric))


@pytest.mark.parametrize("rule", [DOE, OUTBOUND, TRACING])
@given(graph=ownership_graphs(banded=True, hidden=True, metrics=3), seed=st.integers(0, 2**16))
@QUICK
def test_every_allowed_allocation_lies_between(rule: TierRule, graph: OwnershipGraph, seed: int) -> None:
    truth = tiers(allocated(graph, random.Random(seed), "A", 5.0), A)
    for number in range(len(METRICS)):
        low, high = bounds(graph, rule, number)
        for party, found in zip(truth.ids, traced(truth, rule, number), strict=True):
            assert low.get(party, 0.0) - 1e-7 <= found * 100 <= high.get(party, 0.0) + 1e-7


@given(graph=ownership_graphs(banded=True, hidden=True), seed=st.integers(0, 2**16))
@QUICK
def test_votes_that_follow_equity_are_no_choice_of_their_own(graph: OwnershipGraph, seed: int) -> None:
    low, high = bounds(graph, DOE)
    assert bounds(graph, DOE, METRICS.index("voting")) == (low, high)
    truth = tiers(allocated(graph, random.Random(seed), "A", 5.0), A)
    for party, found in zip(truth.ids, traced(truth, DOE, 0), strict=True):
        assert low.get(party, 0.0) - 1e-7 <= found * 100 <= high.get(party, 0.0) + 1e-7


@given(graph=ownership_graphs(metrics=3))
@QUICK
def test_without_bands_both_ends_are_the_figure(graph: OwnershipGraph) -> None:
    arranged = tiers(graph, A)
    for number in range(len(METRICS)):
        low, high = bounds(graph, DOE, number)
        found = arranged.named(traced(arranged, DOE, number))
        assert low == pytest.approx(found, abs=1e-9)
        assert high == pytest.approx(found, abs=1e-7)


def test_a_band_that_may_merge_jumps() -> None:
    graph = graph_of([Stake("A", "B", Share.band(40, 60)), stake("B", "T", 30)])
    low, high = bounds(graph, DOE)
    assert (low["T"], high["T"]) == pytest.approx((12, 30))


def test_room_taken_by_others_may_keep_a_link_small() -> None:
    # C keeps 55 of T, so B never has half of it
    graph = graph_of([stake("A", "B", 40), Stake("B", "T", Share.band(10, 80)), stake("C", "T", 55)])
    assert bounds(graph, DOE)[1]["T"] == pytest.approx(18)  # 0.4 x 45


def test_of_two_links_that_may_merge_both_do_if_there_is_room() -> None:
    two = [Stake(owner, "T", Share.band(30, 60)) for owner in "BC"]
    graph = graph_of([stake("A", "B", 40), stake("A", "C", 30), *two])
    assert bounds(graph, DOE)[1]["T"] == pytest.approx(70)  # 50 each
    third = graph_of([stake("A", "B", 40), stake("A", "C", 30), *two, stake("O", "T", 1)])
    assert bounds(third, DOE)[1]["T"] == pytest.approx(40 + 0.3 * 49)  # B at 50, C at 49


def test_a_link_may_merge_in_another_metric_at_no_cost_to_this_one() -> None:
    graph = graph_of([stake("A", "B", 40), Stake("B", "T", Share.exact(10), Share.band(10, 50))])
    low, high = bounds(graph, DOE)
    assert (low["T"], high["T"]) == pytest.approx((4, 40))


def test_exactly_half_is_out_of_reach_of_a_strict_rule() -> None:
    graph = graph_of([Stake("A", "B", Share.band(40, 50)), stake("B", "T", 30)])
    assert bounds(graph, OUTBOUND)[1]["T"] == pytest.approx(15)
    assert bounds(graph, DOE)[1]["T"] == pytest.approx(30)


def test_a_hidden_rest_is_the_counted_holders() -> None:
    graph = graph_of([stake("A", "B", 30), stake("O", "B", 45), stake("B", "T", 60)], {"B": "undisclosed"})
    low, high = bounds(graph, DOE)
    assert (low["B"], high["B"]) == pytest.approx((30, 55))
    assert (low["T"], high["T"]) == pytest.approx((30, 100))  # at 55 all of B, and so of T, is one with A


def test_no_rest_is_known_of_a_board_nobody_spoke_of() -> None:
    graph = graph_of([stake("A", "T", 10)], {"T": "undisclosed"})
    assert bounds(graph, DOE, METRICS.index("board"))[1] == {}


def test_a_loop_that_may_be_there_is_tried_both_ways() -> None:
    # without the loop B is held through A at 40; with it A and B are one and the link back is inside
    graph = graph_of([stake("A", "B", 40), stake("B", "C", 60), Stake("C", "B", Share.band(0, 30))])
    low, high = bounds(graph, DOE)
    assert low == pytest.approx({"B": 40, "C": 40})
    assert high["B"] >= 40


def test_too_many_doubtful_links_err_upward() -> None:
    owners = "BCDEFGHIJK"
    graph = graph_of(
        [stake("A", owner, 10) for owner in owners] + [Stake(owner, "T", Share.band(0, 50)) for owner in owners]
    )
    assert bounds(graph, DOE)[1]["T"] == pytest.approx(100)  # the truth is 20: two of them at 50
