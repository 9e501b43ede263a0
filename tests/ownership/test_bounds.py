"""Bounds: exact against every corner of what the bands allow."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from georisk.ownership.bounds import joint_bounds, most_integrated
from georisk.ownership.graph import OwnershipGraph, Share, Stake
from tests.ownership import exact
from tests.ownership.graphs import QUICK, allocated, graph_of, ownership_graphs, stake

DISCLOSED = 5.0
MOST_CORNERS = 400


def corners(graph: OwnershipGraph, group: set[str]) -> dict[str, list[dict[str, Fraction]]]:
    """Return by company every corner of its owners' shares; the hidden rest is the owner ``?``."""
    found = {}
    for company in graph.holders:
        if company in group:
            continue
        mine = [one for one in graph.stakes if one.owned == company and one.equity is not None]
        low = {one.owner: Fraction(one.equity.low) / 100 for one in mine if one.equity}
        high = {one.owner: Fraction(one.equity.high) / 100 for one in mine if one.equity}
        if (kind := graph.remainder_of(company)) != "known-others":
            low["?"], high["?"] = Fraction(0), Fraction(5, 100) if kind == "listed" else Fraction(1)
        found[company] = list(exact.fillings(low, high, Fraction(1)))
    return found


def joint_at(
    graph: OwnershipGraph, group: set[str], chosen: dict[str, dict[str, Fraction]]
) -> dict[str, Fraction] | None:
    shares = {(o, c): share for c, filled in chosen.items() for o, share in filled.items() if o != "?"}
    hidden = {company: filled.get("?", Fraction(0)) for company, filled in chosen.items()}
    return exact.joint(list(graph.holders), shares, group, hidden)


@given(ownership_graphs(most=4, banded=True, hidden=True, treasury=True), st.integers(1, 2))
@QUICK
def test_bounds_are_the_least_and_greatest_over_all_corners(graph: OwnershipGraph, size: int) -> None:
    group = set(sorted(graph.holders)[:size])
    choices = corners(graph, group)
    assume(prod(len(one) for one in choices.values()) <= MOST_CORNERS)
    found = joint_bounds(graph, sorted(group), DISCLOSED)
    results = [joint_at(graph, group, dict(zip(choices, one, strict=True))) for one in product(*choices.values())]
    solved = [one for one in results if one is not None]
    assume(solved)
    for company in choices:
        assert found.low[company] == pytest.approx(100 * float(min(one[company] for one in solved)), abs=1e-7)
        assert found.high[company] == pytest.approx(100 * float(max(one[company] for one in solved)), abs=1e-7)


@given(ownership_graphs(banded=True, hidden=True, treasury=True), st.integers(0, 2**16))
@QUICK
def test_bounds_contain_every_allowed_allocation(graph: OwnershipGraph, seed: int) -> None:
    found = joint_bounds(graph, ["A"], DISCLOSED)
    chosen = allocated(graph, random.Random(seed), "A", DISCLOSED)
    shares = {}
    for one in chosen.stakes:
        shares[one.owner, one.owned] = shares.get((one.owner, one.owned), 0) + Fraction(one.per_cent("equity")) / 100
    truth = exact.joint(list(graph.holders), shares, {"A"})
    assume(truth is not None)
    assert truth is not None
    for party in set(graph.holders) - {"A"}:
        assert found.low[party] - 1e-7 <= 100 * float(truth[party]) <= found.high[party] + 1e-7


@given(ownership_graphs(banded=True, hidden=True), st.integers(0, 2**16), st.sampled_from([10.0, 25.0, 50.0]))
@QUICK
def test_widening_a_band_never_turns_yes_into_no(graph: OwnershipGraph, seed: int, gate: float) -> None:
    chance = random.Random(seed)
    assume(graph.stakes)
    chosen = chance.choice(graph.stakes)
    assert chosen.equity is not None
    wider = Share(chosen.equity.low * chance.random(), None, min(100.0, chosen.equity.high + 100 * chance.random()))
    stakes = tuple(Stake(one.owner, one.owned, wider) if one is chosen else one for one in graph.stakes)
    before = joint_bounds(graph, ["A"], DISCLOSED)
    after = joint_bounds(OwnershipGraph(graph.holders, stakes, graph.remainder), ["A"], DISCLOSED)
    for party in graph.holders:
        answers = {before.at_least(party, gate), after.at_least(party, gate)}
        assert answers != {True, False}


@given(ownership_graphs(banded=True, hidden=True), st.integers(0, 2**16))
@QUICK
def test_the_order_of_stakes_never_matters(graph: OwnershipGraph, seed: int) -> None:
    stakes = list(graph.stakes)
    random.Random(seed).shuffle(stakes)
    first = joint_bounds(graph, ["A"], DISCLOSED)
    second = joint_bounds(OwnershipGraph(graph.holders, tuple(stakes), graph.remainder), ["A"], DISCLOSED)
    for party in graph.holders:
        assert second.low[party] == pytest.approx(first.low[party], abs=1e-9)
        assert second.high[party] == pytest.approx(first.high[party], abs=1e-9)
    assert second.open == first.open


@given(ownership_graphs(most=4, banded=True, treasury=True))
@QUICK
def test_the_most_of_one_holder_is_that_of_some_allocation(graph: OwnershipGraph) -> None:
    choices = corners(graph, set())
    assume(prod(len(one) for one in choices.values()) <= MOST_CORNERS)
    greatest: dict[str, Fraction] = {}
    for one in product(*choices.values()):
        shares = {(o, c): v for c, filled in zip(choices, one, strict=True) for o, v in filled.items()}
        row = exact.inverse_column(list(graph.holders), shares, "A")
        assume(row is not None and max(row.values()) < 1000 and min(row.values()) >= 0)
        assert row is not None
        for party, walks in row.items():
            greatest[party] = max(greatest.get(party, Fraction(0)), walks - int(party == "A"))
    found = most_integrated(graph, "A", DISCLOSED)
    for party in greatest:
        assert found.high[party] == pytest.approx(100 * float(greatest[party]), rel=1e-7, abs=1e-7)


@pytest.mark.parametrize(
    ("others", "high", "opened"),
    [
        (55.0, 25.0, True),  # 25 unlisted: a hidden holder stays below 5
        (75.0, 25.0, True),  # exactly 5 unlisted: still below 5
        (76.0, 24.0, False),  # 4 unlisted: all of it may be one hidden holder's
        (80.0, 20.0, False),  # nothing unlisted
    ],
)
def test_a_listed_rest_is_approached_or_reached(others: float, high: float, opened: bool) -> None:
    graph = graph_of([stake("X", "T", 20), stake("O", "T", others)], {"T": "listed"})
    found = joint_bounds(graph, ["X"], DISCLOSED)
    assert found.high["T"] == pytest.approx(high)
    assert ("T" in found.open) is opened
    assert found.at_least("T", high) is (False if opened else (True if high == 20 else None))


def test_a_band_that_reaches_as_far_closes_an_open_bound() -> None:
    # the 5 may lie in the band, with nothing hidden: 25 is reached
    graph = graph_of([Stake("X", "T", Share.band(20, 25)), stake("O", "T", 75)], {"T": "listed"})
    found = joint_bounds(graph, ["X"], DISCLOSED)
    assert found.high["T"] == pytest.approx(25)
    assert ("T" in found.open, found.at_least("T", 25)) == (False, None)


def test_a_holder_is_not_taken_to_hide_above_itself() -> None:
    # whoever owns H is hidden; asked about A, H may be A's, but A's own 60 of T stays 60
    graph = graph_of([stake("H", "A", 100), stake("A", "T", 60)], {"H": "undisclosed"})
    found = most_integrated(graph, "A", DISCLOSED)
    assert (found.high["T"], found.high["H"]) == (60.0, 100.0)


def test_a_loop_that_bands_may_close_has_no_upper_end() -> None:
    graph = graph_of([stake("A", "B", 100), Stake("B", "A", Share.band(50, 100))])
    assert most_integrated(graph, "A", DISCLOSED).high["B"] == float("inf")
