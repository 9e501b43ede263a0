"""Control by votes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from georisk.errors import UsageError
from georisk.ownership import control
from georisk.ownership.control import DominantRule, chain_strengths, dominant_holder, marshalled, wedge
from georisk.ownership.graph import OwnershipGraph
from georisk.ownership.shares import integrated_ownership
from tests.ownership import exact
from tests.ownership.graphs import QUICK, exact_shares, graph_of, ownership_graphs, stake

RULE = DominantRule(at_least=20, times_next=2)


@given(ownership_graphs(treasury=True, density=0.7))
@QUICK
def test_control_is_the_least_fixed_point_of_more_than_half(graph: OwnershipGraph) -> None:
    shares = exact_shares(graph)
    for holder, found in marshalled(graph, 50).items():
        wanted = exact.least_closed(list(graph.holders), shares, {holder}, Fraction(1, 2), strict=True)
        assert found.controlled == wanted


def test_controlled_blocks_are_added_before_the_test() -> None:
    graph = graph_of([stake("X", "A", 51), stake("X", "T", 20), stake("A", "T", 31)])
    found = marshalled(graph, 50)["X"]
    assert found.controlled == {"A", "T"}
    assert found.votes == {"A": 51, "T": 51}


def test_two_firms_do_not_control_themselves_into_existence() -> None:
    graph = graph_of([stake("A", "B", 60), stake("B", "A", 60), stake("X", "A", 40)])
    assert marshalled(graph, 50)["X"].controlled == frozenset()


@given(ownership_graphs(loops=False))
@QUICK
def test_chains_without_loops_multiply_to_integrated_shares(graph: OwnershipGraph) -> None:
    shares = integrated_ownership(graph, at="low").per_cent()
    for pair, strength in chain_strengths(graph).items():
        assert strength.product == pytest.approx(shares[pair])
        assert strength.product <= strength.total + 1e-9
        assert strength.best <= strength.total + 1e-9


def test_strength_of_two_chains() -> None:
    graph = graph_of([stake("X", "A", 30), stake("A", "T", 40), stake("X", "B", 60), stake("B", "T", 25)])
    found = chain_strengths(graph)["X", "T"]
    assert (found.best, found.total, found.product) == pytest.approx((30, 55, 27))


def test_too_many_chains_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control, "MOST_CHAINS", 3)
    with pytest.raises(UsageError, match="more than 3 chains"):
        chain_strengths(graph_of([stake("A", "B", 50), stake("B", "C", 50), stake("C", "D", 50)]))


@pytest.mark.parametrize(
    ("first", "second", "dominant"),
    [(20, 10, "P"), (19.9, 5, None), (40, 20.1, None), (30, 30, None), (0, 0, None)],
)
def test_a_dominant_holder_is_large_and_twice_the_next(first: float, second: float, dominant: str | None) -> None:
    graph = graph_of([stake("P", "T", first), stake("Q", "T", second)])
    assert dominant_holder(graph, "T", RULE) == dominant


def test_wedge_is_the_best_chain_over_cash() -> None:
    graph = graph_of([stake("X", "A", 10, 55), stake("A", "B", 30, 60), stake("B", "T", 51)])
    assert wedge(graph, {("X", "T"): 1.53})["X", "T"] == pytest.approx(51 / 1.53)
    assert wedge(graph, {}) == {}  # no cash, no ratio
