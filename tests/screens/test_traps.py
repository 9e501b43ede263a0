"""What catches out a quick reading: halves, hairs, nothing, treasury stock, loops, options. Each figure is by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.ownership.graph import OwnershipGraph, Share, Stake
from georisk.screens.flips import shifted, smallest_flip
from georisk.screens.judgement import Judgement
from georisk.screens.opening import open_panel
from georisk.screens.remembered import remembered_verdict
from georisk.screens.verdict import screen_party
from tests.ownership.graphs import QUICK, ownership_graphs
from tests.screens.parties import DAY, DISCLOSED, book, graph, judged, rule, stake

HALVES = (
    ("ofac_50", "X:RUS:person:blocked Y:RUS:person:blocked", True),
    ("eu_50", "X:RUS:person:designated_eu Y:RUS:person:designated_eu", True),
    ("bis_affiliates_50", "X:CHN:company:bis_listed Y:CHN:company:bis_listed", True),
)


@pytest.mark.parametrize(("key", "holders", "at_half"), HALVES)
@pytest.mark.parametrize(("second", "above"), [(19.9, False), (20.0, None), (20.1, True)])
def test_joint_holders_at_49_9_50_and_50_1(key: str, holders: str, at_half: bool, second: float, above: Any) -> None:
    on = graph(f"{holders} T:LUX:company", stake("X", "T", 30), stake("Y", "T", second))
    assert judged(key, on).answer("T") is (at_half if above is None else above)


@pytest.mark.parametrize(("second", "caught"), [(20.0, False), (20.1, False), (50.0, False), (50.1, True)])
def test_the_british_rule_adds_nobody(second: float, caught: bool) -> None:
    holders = "X:RUS:person:designated_uk Y:RUS:person:designated_uk"
    on = graph(f"{holders} T:LUX:company", stake("X", "T", 30), stake("Y", "T", second))
    assert judged("uk_50", on).answer("T") is caught


@pytest.mark.parametrize(("hair", "inside"), [(-1e-6, False), (-1e-12, True), (0.0, True), (1e-12, True)])
def test_float_noise_is_no_law_and_a_millionth_of_a_point_is(hair: float, inside: bool) -> None:
    on = graph("X:RUS:person:blocked T:LUX:company", stake("X", "T", 50 + hair))
    assert judged("ofac_50", on).answer("T") is inside


@pytest.mark.parametrize(("hair", "inside"), [(-1e-12, False), (0.0, False), (1e-12, False), (1e-6, True)])
def test_the_same_where_more_is_needed(hair: float, inside: bool) -> None:
    on = graph("X:CHN:person T:LUX:company", stake("X", "T", 50 + hair))
    assert judged("obbba_sfe", on).answer("T") is inside


@pytest.mark.parametrize("key", ["ofac_50", "doe_feoc_25", "obbba_sfe", "obbba_fie", "ca_state_investor", "bo_amlr"])
def test_a_stake_of_nothing_is_nothing(key: str) -> None:
    on = graph("X:CHN:government:blocked P:CHN:person T:LUX:company", stake("X", "T", 0), stake("P", "T", 0))
    assert judged(key, on).answer("T") is False


def test_treasury_stock_counts_in_no_screen_but_those_on_cash() -> None:
    # 45 of 90 outstanding is half of the votes that are cast; the freeze rules read 45 of what is issued
    on = graph("X:RUS:person:blocked T:LUX:company", stake("X", "T", 45), stake("T", "T", 10))
    assert judged("ofac_50", on).answer("T") is False


def test_two_companies_do_not_catch_each_other_into_existence() -> None:
    on = graph(
        "X:RUS:person:blocked A:LUX:company B:LUX:company",
        stake("A", "B", 60),
        stake("B", "A", 60),
        stake("X", "A", 40),
    )
    assert judged("ofac_50", on).caught == []


def test_options_and_plans_count_nowhere(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("state", kind="state", incorporation="CHN")
    made.party("zoe", kind="person", incorporation="NOR")
    made.stake("hill-co", owner="zoe", percent=100)
    made.stake("hill-co", owner="state", percent=40, option=True)
    made.stake("hill-co", owner="state", percent=50, force="planned")
    made.stake("hill-co", owner="state", percent=60, as_converted=True)
    opened = made.open()
    found = open_panel(opened.holders(opened.snapshot(made.day, made.day)), opened.data, None)
    by_rule = {one.rule.key: one for one in found.findings}
    assert (by_rule["doe_feoc_25"].answer, by_rule["ca_state_investor"].answer) == ("no", "no")


@given(ownership_graphs(most=4, banded=True, hidden=True), st.sampled_from("ABC"))
@QUICK
def test_a_flip_turns_the_answer_and_a_step_less_does_not(on: OwnershipGraph, blocked: str) -> None:
    """Cascades are monotone in every stake, so the least change is the only edge there is."""
    from dataclasses import replace

    marked = {**on.holders, blocked: replace(on.holders[blocked], flags=frozenset({"blocked"}))}
    drawn = replace(on, holders=marked)

    def at_work(changed: OwnershipGraph) -> Judgement:
        return judged("ofac_50", changed)

    for party in "ABC":
        answer = at_work(drawn).answer(party)
        found = smallest_flip(drawn, party, at_work) if answer is not None else None
        if found is not None:
            step = 1e-4 if found.points > 0 else -1e-4
            assert at_work(shifted(drawn, found.stake, found.points)).answer(party) == found.answer != answer
            if abs(found.points) > 2e-4:
                assert at_work(shifted(drawn, found.stake, found.points - 2 * step)).answer(party) == answer


def test_a_remembered_verdict_is_the_verdict_and_tells_graphs_apart() -> None:
    asked = (rule("doe_feoc_25"), book().rules, DAY, DISCLOSED)
    for percent in (24.0, 26.0, 24.0):
        on = graph("G:CHN:government T:AUS:company", stake("G", "T", percent))
        assert remembered_verdict(on, "T", *asked) == screen_party(on, "T", *asked)
    banded = graph("G:CHN:government T:AUS:company", Stake("G", "T", Share.band(24, 26)))
    assert remembered_verdict(banded, "T", *asked).answer is None
