"""Rules that trace chains, with bounds."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.ownership.graph import Holder, OwnershipGraph, Share, Stake
from georisk.screens.engines import judge
from georisk.screens.rules import MergeOrMultiply
from georisk.screens.tracing import doubtful, groups
from tests.ownership.graphs import QUICK, allocated, ownership_graphs
from tests.screens.parties import DISCLOSED, book, graph, judged, rule, stake

DOE = "doe_feoc_25"


def governed(on: OwnershipGraph) -> OwnershipGraph:
    """Make A the government of a covered nation, all else companies elsewhere."""
    holders = {
        one: Holder(one, "CHN" if one == "A" else "AUS", "government" if one == "A" else "company")
        for one in on.holders
    }
    return OwnershipGraph(holders, on.stakes, on.remainder)


@given(ownership_graphs(banded=True, hidden=True, metrics=3), st.integers(0, 2**16))
@QUICK
def test_a_yes_or_no_holds_for_every_allowed_allocation(on: OwnershipGraph, seed: int) -> None:
    found = judged(DOE, governed(on))
    truth = judged(DOE, governed(allocated(on, random.Random(seed), "A", DISCLOSED)))
    for party in set(on.holders) - {"A"}:
        if found.answer(party) is not None:
            assert truth.answer(party) is found.answer(party)


@given(ownership_graphs(banded=True, hidden=True, loops=False), st.integers(0, 2**16))
@QUICK
def test_widening_a_band_never_turns_yes_into_no(on: OwnershipGraph, seed: int) -> None:
    chance = random.Random(seed)
    if not on.stakes:
        return
    chosen = chance.choice(on.stakes)
    assert chosen.equity is not None
    wider = Share(chosen.equity.low * chance.random(), None, min(100.0, chosen.equity.high + 100 * chance.random()))
    stakes = tuple(Stake(one.owner, one.owned, wider) if one is chosen else one for one in on.stakes)
    before = judged(DOE, governed(on))
    after = judged(DOE, governed(OwnershipGraph(on.holders, stakes, on.remainder)))
    for party in on.holders:
        assert {before.answer(party), after.answer(party)} != {True, False}


@pytest.mark.parametrize(
    ("rest", "high", "opened", "answer"),
    [("listed", 25.0, True, False), ("listed-concert", 45.0, False, None), ("undisclosed", 45.0, False, None)],
)
def test_rests(rest: str, high: float, opened: bool, answer: bool | None) -> None:
    on = graph(
        "G:CHN:government O:LUX:person T:AUS:company", stake("G", "T", 20), stake("O", "T", 55), remainder={"T": rest}
    )
    figure = judged(DOE, on).tests["T"][0]
    assert (figure.low, figure.high, figure.open) == (20, pytest.approx(high), opened)
    assert judged(DOE, on).answer("T") is answer


def test_a_listed_rest_cannot_complete_a_half() -> None:
    # 45 and below 5 more stay below 50, so the link to A does not merge: at most 0.5 x 40 of T
    on = graph(
        "G:CHN:government A:SGP:company T:AUS:company",
        stake("G", "A", 45),
        stake("A", "T", 40),
        remainder={"A": "listed"},
    )
    figure = judged(DOE, on).tests["T"][0]
    assert (figure.low, figure.high, figure.open) == (pytest.approx(18), pytest.approx(20), True)


def test_a_hidden_rest_may_be_a_government_that_is_not_in_the_graph() -> None:
    on = graph("O:LUX:person T:AUS:company", stake("O", "T", 70), remainder={"T": "undisclosed"})
    assert judged(DOE, on).answer("T") is None
    assert (
        judged(DOE, graph("O:LUX:person T:AUS:company", stake("O", "T", 76), remainder={"T": "undisclosed"})).answer(
            "T"
        )
        is False
    )


def test_nations_stand_apart_and_all_may_be_asked_together() -> None:
    test = rule("au_foreign_government").test
    assert isinstance(test, MergeOrMultiply)
    on = graph("G:CHN:government J:JPN:government S:JPN:state_company T:AUS:company")
    by_nation, together = (groups(on, rule("au_foreign_government").holders, limb) for limb in test.limbs)
    assert by_nation == {"CHN": [frozenset("G")], "JPN": [frozenset("J"), frozenset("S")]}
    assert together == {"": [frozenset("GJ"), frozenset("S")]}


def test_a_party_of_the_home_country_is_not_caught() -> None:
    on = graph("U:USA:company:us_person A:USA:company B:CHN:company", stake("U", "A", 100), stake("A", "B", 60))
    assert judged("us_outbound_parent", on).caught == ["B"]


def test_jurisdiction_spares_persons_and_governments() -> None:
    on = graph("G:CHN:government O:CHN:party_state_organ H:CHN:person C:CHN:company M:CHN:asset F:CHN:fund")
    assert judged(DOE, on).caught == ["C", "F", "M"]


def test_doubt_is_a_band_or_a_hidden_rest() -> None:
    assert not doubtful(graph("X:LUX:person T:LUX:company", stake("X", "T", 50)))
    assert doubtful(graph("X:LUX:person T:LUX:company", Stake("X", "T", Share.band(1, 2))))
    assert doubtful(graph("X:LUX:person T:LUX:company", remainder={"T": "listed"}))
    assert not doubtful(graph("X:LUX:person T:LUX:company", remainder={"T": "known-others"}))


def test_the_figures_are_read_from_the_file() -> None:
    raised = rule(DOE).model_copy(update={"test": rule(DOE).test.model_copy(update={"merges_at": 60.0})})
    on = graph("G:CHN:government A:SGP:company T:AUS:company", stake("G", "A", 50), stake("A", "T", 30))
    assert judge(on, raised, book().rules, DISCLOSED).tests["T"][0].low == pytest.approx(15)
