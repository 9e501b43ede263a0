"""Influence by attributed stakes and debt."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.ownership.graph import Holder, OwnershipGraph, Share, Stake
from tests.ownership.graphs import QUICK, allocated, ownership_graphs
from tests.screens.parties import DISCLOSED, graph, judged, stake


def test_limbs_in_the_order_of_the_law() -> None:
    on = graph(
        "S:CHN:company R:CHN:company T:USA:company U:USA:company",
        *(stake("S", "T", 24), stake("R", "T", 16), Stake("S", "U", debt=10.0), Stake("R", "U", debt=5.0)),
    )
    found = judged("obbba_fie", on)
    assert [one.label for one in found.tests["T"] if one.answer] == ["combined_40"]
    assert [one.label for one in found.tests["U"] if one.answer] == ["debt_15"]
    assert found.caught == ["T", "U"]


def test_influence_does_not_pass_on_but_control_does() -> None:
    influenced = graph("S:CHN:company T:USA:company U:USA:company", stake("S", "T", 30), stake("T", "U", 100))
    assert judged("obbba_fie", influenced).caught == ["T"]
    controlled = graph("S:CHN:company T:USA:company U:USA:company", stake("S", "T", 51), stake("T", "U", 25))
    assert judged("obbba_fie", controlled).caught == ["U"]  # T is specified itself and not listed again


def test_a_band_may_open_the_gate_of_attribution() -> None:
    on = graph("S:CHN:company B:SGP:company T:USA:company", Stake("S", "B", Share.band(45, 50)), stake("B", "T", 60))
    figure = judged("obbba_fie", on).tests["T"][0]
    assert (figure.low, figure.high) == (0, pytest.approx(30))
    assert judged("obbba_fie", on).answer("T") is None


def test_a_gate_that_no_band_can_open_stays_shut() -> None:
    on = graph("S:CHN:company B:SGP:company T:USA:company", Stake("S", "B", Share.band(45, 49)), stake("B", "T", 60))
    assert judged("obbba_fie", on).answer("T") is False


def test_a_hidden_rest_may_be_an_unnamed_specified_entity() -> None:
    on = graph("O:USA:person T:USA:company", stake("O", "T", 75), remainder={"T": "undisclosed"})
    assert judged("obbba_fie", on).answer("T") is None
    less = graph("O:USA:person T:USA:company", stake("O", "T", 76), remainder={"T": "undisclosed"})
    assert judged("obbba_fie", less).answer("T") is False


@given(ownership_graphs(most=4, banded=True, hidden=True), st.integers(0, 2**16))
@QUICK
def test_a_yes_or_no_holds_for_every_allowed_allocation(drawn: OwnershipGraph, seed: int) -> None:
    def placed(on: OwnershipGraph) -> OwnershipGraph:
        holders = {one: Holder(one, "CHN" if one == "A" else "AUS", "company") for one in on.holders}
        return OwnershipGraph(holders, on.stakes, on.remainder)

    found = judged("obbba_fie", placed(drawn))
    truth = judged("obbba_fie", placed(allocated(drawn, random.Random(seed), "A", DISCLOSED)))
    specified = judged("obbba_sfe", placed(drawn))
    for party in set(drawn.holders) - {"A"}:
        if specified.answer(party) is False and found.answer(party) is not None:
            assert truth.answer(party) is found.answer(party)
