"""Look-through shares beside a solver in exact fractions."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from georisk.errors import UsageError
from georisk.ownership.graph import OwnershipGraph
from georisk.ownership.shares import (
    MOST_PAIRED,
    ClosedLoopError,
    closed_loops,
    conservation_gap,
    group_shares,
    integrated_ownership,
    lookthrough,
    lookthrough_many,
)
from tests.ownership import exact
from tests.ownership.graphs import QUICK, exact_shares, graph_of, ownership_graphs, stake

CROSS = graph_of(
    [stake("X", "A", 50), stake("B", "A", 40), stake("Y", "B", 70), stake("A", "B", 20)]
)  # the two firms of the method, B2: everything over 1 - 0.4 x 0.2 = 0.92


@given(ownership_graphs(treasury=True))
@QUICK
def test_integrated_shares_agree_with_exact_fractions(graph: OwnershipGraph) -> None:
    wanted = exact.integrated(list(graph.holders), exact_shares(graph))
    assume(wanted is not None)
    found = integrated_ownership(graph, at="low").per_cent()
    assert wanted is not None
    for pair, share in wanted.items():
        assert found.get(pair, 0.0) == pytest.approx(float(share) * 100, abs=1e-7)


@given(ownership_graphs(treasury=True))
@QUICK
def test_the_correction_divides_by_the_owners_own_returns(graph: OwnershipGraph) -> None:
    wanted = exact.integrated(list(graph.holders), exact_shares(graph))
    assume(wanted is not None)
    found = integrated_ownership(graph, at="low").per_cent(corrected=True)
    assert wanted is not None
    for (owner, owned), share in wanted.items():
        corrected = share / (1 + wanted[owner, owner])
        assert found.get((owner, owned), 0.0) == pytest.approx(float(corrected) * 100, abs=1e-7)


@given(ownership_graphs(treasury=True), st.integers(0, 2**16))
@QUICK
def test_the_order_of_stakes_never_matters(graph: OwnershipGraph, seed: int) -> None:
    stakes = list(graph.stakes)
    random.Random(seed).shuffle(stakes)
    shuffled = OwnershipGraph(graph.holders, tuple(stakes), graph.remainder)
    group = sorted(graph.holders)[:2]
    first, second = group_shares(graph, group).value, group_shares(shuffled, group).value
    for party in graph.holders:
        assert second[party] == pytest.approx(first[party], abs=1e-9, nan_ok=True)


@given(ownership_graphs(treasury=True))
@QUICK
def test_outside_owners_add_to_100(graph: OwnershipGraph) -> None:
    assert conservation_gap(graph, at="low") < 1e-7


def test_cross_holding_of_the_method() -> None:
    shares = integrated_ownership(CROSS)
    assert shares.per_cent()["X", "A"] == pytest.approx(50 / 0.92)
    assert shares.per_cent()["A", "B"] == pytest.approx(20 / 0.92)
    assert shares.per_cent(corrected=True)["A", "B"] == pytest.approx(20)
    assert shares.per_cent(corrected=True)["X", "A"] == pytest.approx(50 / 0.92)  # outside owners stay as they are


def test_a_member_of_the_group_absorbs() -> None:
    # A's 50 of T and X's own 10; what X has through A is in the 50
    graph = graph_of([stake("X", "A", 60), stake("A", "T", 50), stake("X", "T", 10)])
    assert group_shares(graph, ["X", "A"]).value["T"] == pytest.approx(60)
    assert group_shares(graph, ["X"]).value["T"] == pytest.approx(40)


def test_rests_have_values_of_their_own() -> None:
    graph = graph_of([stake("X", "A", 30), stake("A", "T", 60)], {"T": "undisclosed", "A": "listed"})
    found = lookthrough_many(
        graph,
        {"X": {"X": 100.0}, "hidden": {"X": 0.0}, "float": {"X": 0.0}},
        remainder={"hidden": {"undisclosed": 100.0}, "float": {"listed": 100.0}},
    )
    # T: 0.6 x 30 with X, 40 with nobody known, 0.6 x 70 in the free float of A; together 100
    assert [found[name].value["T"] for name in ("X", "hidden", "float")] == pytest.approx([18, 40, 42])


def test_a_closed_loop_is_refused_by_name_and_the_others_are_answered() -> None:
    graph = graph_of(
        [stake("A", "B", 100), stake("B", "A", 100), stake("B", "C", 10), stake("X", "C", 50), stake("X", "T", 40)]
    )
    found = lookthrough(graph, {"X": 100.0})
    assert found.refused == (("A", "B"),)
    assert found.value["T"] == 40
    assert math.isnan(found.value["A"])
    assert math.isnan(found.value["C"])  # a tenth of it ends in the loop
    with pytest.raises(ClosedLoopError, match="A and B"):
        integrated_ownership(graph)
    assert closed_loops(graph) == [("A", "B")]


def test_a_group_inside_a_loop_opens_it() -> None:
    graph = graph_of([stake("A", "B", 100), stake("B", "A", 100)])
    assert group_shares(graph, ["A"]).value["B"] == 100


@pytest.mark.parametrize(("outside", "warned"), [(1.0, False), (1e-7, True)])
def test_a_nearly_closed_loop_is_flagged(outside: float, warned: bool) -> None:
    # one firm of the loop has `outside` per cent outside: the inverse is of the order of 100 / outside
    graph = graph_of(
        [stake("A", "B", 100), stake("B", "C", 100), stake("C", "A", 100 - outside), stake("X", "A", outside)]
    )
    found = group_shares(graph, ["X"])
    assert found.ill_conditioned is warned
    assert found.condition > 10 / outside


def test_an_empty_graph_has_nothing_to_say() -> None:
    assert lookthrough(OwnershipGraph({}, (), {}), {}).value == {}


def test_pairs_of_too_many_parties_are_refused() -> None:
    with pytest.raises(UsageError, match="too many"):
        integrated_ownership(graph_of([], None, *(f"P{number}" for number in range(MOST_PAIRED + 1))))
