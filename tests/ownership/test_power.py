"""Voting power beside counting every order and every side."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.errors import UsageError
from georisk.ownership.matrix import ClosedLoopError
from georisk.ownership.power import (
    EXACT_BLOCS,
    all_votes,
    banzhaf,
    network_shapley,
    sampled_banzhaf,
    sampled_shapley,
    shapley_shubik,
    voting_blocs,
)
from georisk.ownership.shares import MOST_PAIRED
from tests.ownership import exact
from tests.ownership.graphs import QUICK, graph_of, stake

votes = st.lists(st.integers(1, 40), min_size=1, max_size=6).map(
    lambda sizes: {f"P{number}": Fraction(size) for number, size in enumerate(sizes)}
)


@given(votes)
@QUICK
def test_shapley_shubik_counts_orders(blocs: dict[str, Fraction]) -> None:
    assert shapley_shubik(blocs) == exact.shapley(blocs)


@given(votes)
@QUICK
def test_banzhaf_counts_sides(blocs: dict[str, Fraction]) -> None:
    assert banzhaf(blocs) == exact.banzhaf(blocs)


def test_shares_are_decimals_not_floats() -> None:
    # 0.1 + 0.2 is 0.3 here: three blocs of 33.3 and a tenth-point bloc, any two of the three win
    blocs = voting_blocs(graph_of([stake(p, "T", 33.3) for p in "ABC"] + [stake("D", "T", 0.1)]))["T"]
    assert shapley_shubik(blocs) == dict.fromkeys("ABC", Fraction(1, 3)) | {"D": Fraction(0)}


def test_treasury_stock_does_not_vote() -> None:
    graph = graph_of([stake("P", "T", 40), stake("Q", "T", 30), stake("R", "T", 20), stake("T", "T", 10)])
    # of 90 votes more than 45 win: any two of the three
    assert all_votes(graph)["T"] == 90
    assert set(shapley_shubik(voting_blocs(graph)["T"], all_votes(graph)["T"]).values()) == {Fraction(1, 3)}


def test_holders_nobody_lists_have_votes_and_take_no_side() -> None:
    blocs = {"P": Fraction(40), "Q": Fraction(35)}
    assert shapley_shubik(blocs, Fraction(100)) == {"P": Fraction(1, 2), "Q": Fraction(1, 2)}  # 40 is no majority
    assert shapley_shubik(blocs) == {"P": Fraction(1), "Q": Fraction(0)}  # it is one of 75
    assert set(banzhaf({"P": Fraction(30)}, Fraction(100)).values()) == {Fraction(0)}
    assert set(shapley_shubik({"P": Fraction(30)}, Fraction(100)).values()) == {Fraction(0)}
    assert sampled_shapley(blocs, Fraction(100), draws=2000).power["P"] == pytest.approx(0.5, abs=0.05)


def test_many_blocs_are_sampled_with_a_stated_error() -> None:
    blocs = {f"P{number}": Fraction(10) for number in range(EXACT_BLOCS + 5)}
    with pytest.raises(UsageError, match="too many"):
        shapley_shubik(blocs)
    found = sampled_shapley(blocs, draws=4000)
    assert sum(found.power.values()) == pytest.approx(1)
    truth = 1 / len(blocs)  # equal blocs have equal power
    assert all(abs(power - truth) < 2 * found.error for power in found.power.values())
    assert found == sampled_shapley(blocs, draws=4000)


@given(votes)
@QUICK
def test_sampling_agrees_with_counting(blocs: dict[str, Fraction]) -> None:
    for sampled, counted in ((sampled_shapley(blocs), shapley_shubik(blocs)), (sampled_banzhaf(blocs), banzhaf(blocs))):
        for holder, power in counted.items():
            assert sampled.power[holder] == pytest.approx(float(power), abs=3 * sampled.error + 1e-9)


def test_twenty_blocs_are_still_counted_out() -> None:
    blocs = {f"P{number}": Fraction(1) for number in range(EXACT_BLOCS)}
    assert set(shapley_shubik(blocs).values()) == {Fraction(1, EXACT_BLOCS)}


def test_power_runs_through_a_network() -> None:
    graph = graph_of(
        [stake("P", "A", 50), stake("Q", "A", 30), stake("R", "A", 20), stake("A", "T", 60), stake("Q", "T", 40)]
    )
    found = network_shapley(graph)
    assert found["A", "T"] == 1
    assert [found[holder, "T"] for holder in "PQR"] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert ("Q", "T") in found  # through A: its own 40 of T wins nothing


def test_power_in_a_closed_loop_is_refused() -> None:
    with pytest.raises(ClosedLoopError, match="A and B"):
        network_shapley(graph_of([stake("A", "B", 60), stake("B", "A", 60), stake("X", "A", 40)]))


def test_pairs_of_too_many_parties_are_refused() -> None:
    with pytest.raises(UsageError, match="too many"):
        network_shapley(graph_of([], None, *(f"P{number}" for number in range(MOST_PAIRED + 1))))
