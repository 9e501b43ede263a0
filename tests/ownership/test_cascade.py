"""Majority cascades: the least fixed point, at both sides of a gate, at the low ends and at the most."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.ownership.cascade import arranged, cascade, largest_stakes, reaches
from georisk.ownership.graph import OwnershipGraph, Share, Stake
from tests.ownership import exact
from tests.ownership.graphs import QUICK, allocated, exact_shares, graph_of, ownership_graphs, stake

HALF = {"equity": 50.0}


@pytest.mark.parametrize(
    ("held", "at_least", "more_than"),
    [(49.99, False, False), (50.0, True, False), (50.01, True, True), (16.7 + 33.3, True, False)],
)
def test_exactly_at_a_gate_is_in_or_out(held: float, at_least: bool, more_than: bool) -> None:
    assert reaches(held, 50, strict=False) is at_least
    assert reaches(held, 50, strict=True) is more_than


@given(ownership_graphs(treasury=True, density=0.7), st.booleans(), st.integers(1, 2))
@QUICK
def test_the_cascade_is_the_least_fixed_point(graph: OwnershipGraph, strict: bool, size: int) -> None:
    start = set(sorted(graph.holders)[:size])
    found = cascade(arranged(graph, ["equity"]), start, HALF, strict=strict).caught
    assert found == exact.least_closed(list(graph.holders), exact_shares(graph), start, Fraction(1, 2), strict=strict)


@given(ownership_graphs(banded=True, hidden=True), st.integers(0, 2**16))
@QUICK
def test_low_and_high_cascades_hold_every_allocation_between_them(graph: OwnershipGraph, seed: int) -> None:
    low = cascade(arranged(graph, ["equity"]), ["A"], HALF, strict=False).caught
    high = cascade(arranged(graph, ["equity"], 5.0), ["A"], HALF, strict=False, at="high").caught
    truth = allocated(graph, random.Random(seed), "A", 5.0)
    found = cascade(arranged(truth, ["equity"]), ["A"], HALF, strict=False).caught
    assert low <= found <= high


@given(ownership_graphs(), st.integers(0, 2**16))
@QUICK
def test_the_order_of_stakes_never_matters(graph: OwnershipGraph, seed: int) -> None:
    stakes = list(graph.stakes)
    random.Random(seed).shuffle(stakes)
    shuffled = OwnershipGraph(graph.holders, tuple(stakes), {})
    one = cascade(arranged(graph, ["equity"]), ["A"], HALF, strict=False)
    other = cascade(arranged(shuffled, ["equity"]), ["A"], HALF, strict=False)
    assert (one.caught, one.counted("equity")) == (other.caught, other.counted("equity"))


def test_any_metric_may_pass_and_others_are_tallied_along() -> None:
    graph = graph_of([stake("X", "A", 10, 60, 0), stake("A", "T", 20, 20, 90)])
    found = cascade(arranged(graph, ["voting", "board"]), ["X"], {"voting": 50}, strict=True, also=["board"])
    assert found.caught == {"A"}
    assert found.tallied("board", "T") == 90  # counted, but the board passes nothing on here


def test_the_most_of_a_group_leaves_the_others_their_low_ends() -> None:
    graph = graph_of([Stake("X", "T", Share.band(20, 80)), Stake("Y", "T", Share.band(55, 60))])
    assert cascade(arranged(graph, ["equity"], 5.0), ["X"], HALF, strict=False, at="high").caught == set()


@pytest.mark.parametrize(("others", "caught"), [(50.0, {"T"}), (50.1, set())])
def test_an_undisclosed_rest_may_be_in_counted_hands(others: float, caught: set[str]) -> None:
    graph = graph_of([stake("O", "T", others)], {"T": "undisclosed"}, "X")
    assert cascade(arranged(graph, ["equity"], 5.0), ["X"], HALF, strict=False, at="high").caught == caught
    assert cascade(arranged(graph, ["equity"]), ["X"], HALF, strict=False).caught == set()


def test_a_listed_rest_stays_below_its_threshold() -> None:
    held = graph_of([stake("X", "T", 45), stake("O", "T", 10)], {"T": "listed"})
    assert cascade(arranged(held, ["equity"], 5.0), ["X"], HALF, strict=False, at="high").caught == set()
    more = graph_of([stake("X", "T", 45.1), stake("O", "T", 10)], {"T": "listed"})
    assert cascade(arranged(more, ["equity"], 5.0), ["X"], HALF, strict=False, at="high").caught == {"T"}


def test_no_rest_is_known_of_a_board_nobody_spoke_of() -> None:
    silent = graph_of([stake("X", "T", 10)], {"T": "undisclosed"})
    spoken = graph_of([stake("X", "T", 10, 10, 20)], {"T": "undisclosed"})
    for graph, caught in ((silent, set()), (spoken, {"T"})):
        found = cascade(arranged(graph, ["board"], 5.0), ["X"], {"board": 50.0}, strict=True, at="high")
        assert found.caught == caught


def test_single_stakes_never_add_but_run_on() -> None:
    graph = graph_of([stake("X", "T", 40), stake("Y", "T", 40), stake("X", "A", 51), stake("A", "B", 51)])
    found = largest_stakes(arranged(graph, ["equity"]), ["X", "Y"], HALF, strict=True)
    assert found.caught == {"A", "B"}
    assert found.tallied("equity", "T") == 40


def test_parallel_stakes_of_one_owner_are_one_holding() -> None:
    graph = graph_of([stake("X", "T", 30), stake("X", "T", 21)])
    assert largest_stakes(arranged(graph, ["equity"]), ["X"], HALF, strict=True).caught == {"T"}


def test_a_single_stake_may_take_in_a_hidden_rest() -> None:
    graph = graph_of([stake("X", "T", 30), stake("O", "T", 45)], {"T": "undisclosed"})
    links = arranged(graph, ["equity"], 5.0)
    assert largest_stakes(links, ["X"], HALF, strict=True, at="high").caught == {"T"}  # 30 + 25 = 55
    assert largest_stakes(links, [], HALF, strict=True, at="high").caught == set()  # 25 alone
