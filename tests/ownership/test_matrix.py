"""The share matrix and its loops."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from georisk.ownership.graph import OwnershipGraph, Share, Stake
from georisk.ownership.matrix import ClosedLoopError, closed_loops, downstream, share_matrix, solve_downward
from tests.ownership.exact import integrated
from tests.ownership.graphs import QUICK, exact_shares, graph_of, ownership_graphs, stake


def test_several_stakes_of_one_owner_add() -> None:
    matrix = share_matrix(graph_of([stake("X", "T", 30), stake("X", "T", 10)]))
    assert matrix.direct[matrix.index["X"], matrix.index["T"]] == 0.4
    assert matrix.rest[matrix.index["T"]] == 0.6


def test_an_unknown_share_is_nothing_at_its_figure_and_all_at_its_high_end() -> None:
    graph = graph_of([Stake("X", "T", Share(0, None, 100))])
    assert share_matrix(graph).direct.nnz == 0
    assert share_matrix(graph, at="high").direct.sum() == 1.0


@given(ownership_graphs(treasury=True, density=0.7))
@QUICK
def test_loops_are_closed_exactly_where_nobody_outside_has_a_part(graph: OwnershipGraph) -> None:
    singular = integrated(list(graph.holders), exact_shares(graph)) is None
    assert bool(closed_loops(graph, at="low")) == singular


def test_closed_loops_are_named_one_by_one() -> None:
    graph = graph_of([stake("A", "B", 100), stake("B", "A", 100), stake("C", "C", 100), stake("A", "D", 50)])
    assert closed_loops(graph) == [("A", "B"), ("C",)]
    assert str(ClosedLoopError(closed_loops(graph))).endswith("A and B; C")


def test_a_loop_with_an_unlisted_rest_is_open() -> None:
    assert closed_loops(graph_of([stake("A", "B", 100), stake("B", "A", 99.99)])) == []


def test_downstream_takes_in_everything_owned_through_chains() -> None:
    matrix = share_matrix(graph_of([stake("A", "B", 10), stake("B", "C", 10), stake("D", "C", 10)]))
    reached = downstream(matrix.direct, [matrix.index["A"]])
    assert [party for party in matrix.ids if reached[matrix.index[party]]] == ["A", "B", "C"]


def test_values_flow_down() -> None:
    matrix = share_matrix(graph_of([stake("A", "B", 50), stake("B", "C", 50)]))
    assert solve_downward(matrix.direct, np.array([1.0, 0.0, 0.0])).tolist() == [1.0, 0.5, 0.25]
