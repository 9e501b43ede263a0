"""Tracing through tiers, shares at their low ends."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.ownership.graph import METRICS, OwnershipGraph, Stake
from georisk.ownership.links import TierRule
from georisk.ownership.tiers import tiers, traced
from tests.ownership import exact
from tests.ownership.graphs import QUICK, graph_of, ownership_graphs, stake

DOE = TierRule(50, any_metric=True)
OUTBOUND = TierRule(50, strict=True, last_keeps=True)
GOVERNMENT = TierRule(50, first_keeps=True)
TRACING = TierRule(20, multiplies=False, last_keeps=True)
DIRECT = TierRule(None, multiplies=False)


def held(stakes: list[Stake], rule: TierRule, *counted: str, metric: int = 0) -> dict[str, float]:
    arranged = tiers(graph_of(stakes), [frozenset({one}) for one in counted] or [frozenset("G")])
    return {party: round(per_cent, 9) for party, per_cent in arranged.named(traced(arranged, rule, metric)).items()}


@given(ownership_graphs(loops=False, metrics=3))
@QUICK
def test_without_loops_the_figure_is_the_sum_over_tiers(graph: OwnershipGraph) -> None:
    arranged = tiers(graph, [frozenset("A")])
    shares = {
        (one.owner, one.owned): tuple(Fraction(one.per_cent(metric)) / 100 for metric in METRICS)
        for one in graph.stakes
        if not one.treasury
    }
    for number in range(3):
        found = arranged.named(traced(arranged, DOE, number))
        for party in set(graph.holders) - {"A"}:
            wanted = exact.tier_sum(shares, {"A"}, party, number)
            assert found.get(party, 0.0) == pytest.approx(float(wanted) * 100, abs=1e-9)


@given(ownership_graphs(metrics=3), st.integers(0, 2**16))
@QUICK
def test_the_order_of_stakes_never_matters(graph: OwnershipGraph, seed: int) -> None:
    stakes = list(graph.stakes)
    random.Random(seed).shuffle(stakes)
    one = tiers(graph, [frozenset("A")])
    other = tiers(OwnershipGraph(graph.holders, tuple(stakes), {}), [frozenset("A")])
    assert traced(other, DOE, 0) == pytest.approx(traced(one, DOE, 0), abs=1e-9)


@pytest.mark.parametrize(
    ("upper", "rule", "expected"),
    [
        (50.0, DOE, 25.0),  # 50 merges
        (49.99, DOE, 12.4975),  # below it multiplies
        (50.0, OUTBOUND, 12.5),  # 50 is no parent here
        (50.01, OUTBOUND, 25.0),
        (50.0, GOVERNMENT, 12.5),  # the first link keeps its number
        (20.0, TRACING, 25.0),  # from 20 on the whole is traced
        (19.99, TRACING, 0.0),  # below it nothing is
        (100.0, DIRECT, 0.0),  # direct holdings only
    ],
)
def test_the_upper_link_of_two_at_its_gate(upper: float, rule: TierRule, expected: float) -> None:
    assert held([stake("G", "A", upper), stake("A", "T", 25)], rule).get("T", 0.0) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("lower", "rule", "expected"),
    [
        (50.0, DOE, 30.0),  # the lower two are one
        (49.0, DOE, 14.7),
        (60.0, GOVERNMENT, 30.0),
        (60.0, OUTBOUND, 18.0),  # the last link keeps its number
    ],
)
def test_the_last_link_of_two(lower: float, rule: TierRule, expected: float) -> None:
    assert held([stake("G", "A", 30), stake("A", "T", lower)], rule)["T"] == pytest.approx(expected)


def test_a_direct_holding_keeps_its_number_under_every_rule() -> None:
    for rule in (DOE, OUTBOUND, GOVERNMENT, TRACING, DIRECT):
        assert held([stake("G", "T", 60)], rule) == {"T": 60}


def test_a_link_large_in_one_metric_carries_the_others() -> None:
    stakes = [stake("G", "A", 10, 60, 0), stake("A", "T", 30, 20, 40)]
    assert [held(stakes, DOE, metric=number)["T"] for number in range(3)] == [30, 20, 40]
    assert held(stakes, TierRule(50))["T"] == 3  # each metric for itself: 0.1 x 30


def test_blocks_are_holders_of_their_own_and_members_of_one_are_one() -> None:
    stakes = [stake("G", "A", 30), stake("H", "A", 25), stake("A", "T", 40)]
    together = tiers(graph_of(stakes), [frozenset("GH")])
    assert together.named(traced(together, DOE, 0))["T"] == pytest.approx(40)  # 55 merges
    assert held(stakes, DOE, "G", "H")["T"] == pytest.approx(22)  # 0.55 x 40


def test_what_is_above_a_counted_holder_no_longer_matters() -> None:
    assert held([stake("B", "G", 50), stake("G", "B", 30)], DOE) == {"B": 30}


def test_a_loop_of_small_links_is_a_look_through() -> None:
    found = held([stake("G", "A", 30), stake("A", "B", 30), stake("B", "A", 20)], DOE)
    assert found == pytest.approx({"A": 30 / 0.94, "B": 9 / 0.94})


def test_parties_of_a_loop_joined_by_a_large_link_are_one() -> None:
    # the 20 that B holds in A is inside; what reaches one reaches both
    assert held([stake("G", "A", 30), stake("A", "B", 60), stake("B", "A", 20)], DOE) == {"A": 30, "B": 30}


def test_large_links_within_a_longer_loop() -> None:
    # A and B are one; C holds 20 of it and it 40 of C: 30 / (1 - 0.08)
    stakes = [stake("G", "A", 30), stake("A", "B", 60), stake("B", "C", 40), stake("C", "A", 20)]
    assert held(stakes, DOE) == pytest.approx({"A": 30 / 0.92, "B": 30 / 0.92, "C": 12 / 0.92})


def test_the_halves_of_a_venture_are_not_one() -> None:
    stakes = [stake("G", "J", 50), stake("Q", "J", 50), stake("Q", "T", 60)]
    assert held(stakes, DOE) == {"J": 50}


def test_nothing_passes_on_more_than_there_is() -> None:
    stakes = [stake("G", "S", 100), stake("G", "A", 60), stake("S", "A", 40), stake("A", "T", 20)]
    assert held(stakes, DOE) == {"S": 100, "A": 100, "T": 20}
