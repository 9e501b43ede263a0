"""Attribution through large holdings and partnerships."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from georisk.ownership.attribution import Attribution, joint
from georisk.ownership.graph import Holder, OwnershipGraph
from tests.ownership.graphs import QUICK, exact_shares, graph_of, ownership_graphs, stake


def attribution(graph: OwnershipGraph, *partnerships: str) -> Attribution:
    kinds = {one: Holder(one, "LUX", "partnership" if one in partnerships else "company") for one in graph.holders}
    return Attribution(replace(graph, holders=kinds), 50.0, frozenset({"partnership"}))


@given(ownership_graphs(loops=False))
@QUICK
def test_interests_agree_with_the_definition_where_nothing_loops(graph: OwnershipGraph) -> None:
    shares = exact_shares(graph, treasury=False)

    def interest(party: str) -> Fraction:
        total = Fraction(0)
        for (owner, owned), share in shares.items():
            if owned == party:
                above = Fraction(1) if owner == "A" else interest(owner)
                total += share * (above if owner == "A" or above >= Fraction(1, 2) else 0)
        return total

    found = attribution(graph).interests("A")
    for party in set(graph.holders) - {"A"}:
        assert found.get(party, 0.0) == pytest.approx(float(interest(party)), abs=1e-9)


@pytest.mark.parametrize(("held", "passed"), [(49.99, 0.0), (50.0, 0.4), (60.0, 0.48)])
def test_a_company_passes_from_50_in_proportion(held: float, passed: float) -> None:
    graph = graph_of([stake("S", "B", held), stake("B", "T", 80)])
    assert attribution(graph).interests("S").get("T", 0.0) == pytest.approx(passed)


def test_a_partnership_passes_at_any_size() -> None:
    graph = graph_of([stake("S", "L", 30), stake("L", "T", 90)])
    assert attribution(graph, "L").interests("S")["T"] == pytest.approx(0.27)


def test_the_whole_interest_is_tested_not_each_link() -> None:
    graph = graph_of([stake("S", "L", 50), stake("L", "B", 50), stake("S", "B", 30), stake("B", "T", 50)])
    found = attribution(graph, "L").interests("S")
    assert (found["B"], found["T"]) == pytest.approx((0.55, 0.275))


def test_a_loop_does_not_open_its_own_gate() -> None:
    # did B pass, S would have 0.45 + 0.5 b in A and b = 0.6 a: enough to let both pass; but 0.45 starts nothing
    graph = graph_of([stake("S", "A", 45), stake("B", "A", 50), stake("A", "B", 60)])
    found = attribution(graph).interests("S")
    assert found == {"A": 0.45}


def test_an_open_loop_is_followed_round() -> None:
    # a = 0.6 + 0.3 b, b = 0.9 a once both pass: a = 0.6 / 0.73
    graph = graph_of([stake("S", "A", 60), stake("B", "A", 30), stake("A", "B", 90)])
    found = attribution(graph).interests("S")
    assert (found["A"], found["B"]) == pytest.approx((0.6 / 0.73, 0.54 / 0.73))


def test_a_stake_of_a_holder_is_counted_once() -> None:
    graph = graph_of([stake("S", "B", 60), stake("B", "T", 40), stake("S", "T", 5)])
    assert joint(attribution(graph), ["S", "B"]).held("T") == pytest.approx(45)
    assert joint(attribution(graph), ["S"]).held("T") == pytest.approx(29)  # 5 + 0.6 x 40


def test_parts_of_one_company_belong_to_the_holders_it_passes_to() -> None:
    # S1 has 50 of B, S2 only 30: of B's 40 in T only S1's half is counted
    graph = graph_of([stake("S1", "B", 50), stake("S2", "B", 30), stake("B", "T", 40)])
    assert joint(attribution(graph), ["S1", "S2"]).held("T") == pytest.approx(20)


def test_a_chain_counts_only_for_holders_that_pass_on_all_of_it() -> None:
    # both pass in A as halves; B passes to neither, A's 60 of it being 30 for each
    graph = graph_of([stake("S1", "A", 50), stake("S2", "A", 50), stake("A", "B", 60), stake("B", "T", 90)])
    assert joint(attribution(graph), ["S1", "S2"]).held("T") == pytest.approx(0)
    assert joint(attribution(graph), ["S1", "S2"]).held("B") == pytest.approx(60)


def test_treasury_stock_is_left_out() -> None:
    graph = graph_of([stake("S", "T", 45), stake("T", "T", 10)])
    assert attribution(graph).interests("S")["T"] == 0.45
