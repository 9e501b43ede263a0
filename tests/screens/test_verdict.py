"""Verdicts: answer, paths, distance, what would turn it, what is unknown."""

from __future__ import annotations

from datetime import date

import pytest

from georisk.ownership.graph import UNKNOWN, OwnershipGraph, Share, Stake
from georisk.screens.verdict import Verdict, screen_party
from tests.screens.parties import DAY, DISCLOSED, book, graph, rule, stake


def verdict(key: str, on: OwnershipGraph, party: str = "T", day: date = DAY) -> Verdict:
    return screen_party(on, party, rule(key), book().rules, day, DISCLOSED)


def ways(found: Verdict) -> list[str]:
    return [">".join([path.stakes[0].owner, *(one.owned for one in path.stakes)]) for path in found.paths]


STATE = "G:CHN:government S:CHN:state_company A:SGP:company T:AUS:asset Z:AUS:company"


def test_the_paths_are_those_the_figure_rests_on() -> None:
    on = graph(
        STATE, stake("G", "S", 100), stake("S", "T", 15), stake("G", "A", 40), stake("A", "T", 30), stake("Z", "T", 55)
    )
    found = verdict("doe_feoc_25", on)
    assert found.answer is True  # 15 + 0.4 x 30 = 27
    assert ways(found) == ["G>S>T", "G>A>T"]
    assert [path.cash_pct for path in found.paths] == pytest.approx([15, 12])
    assert found.distance == pytest.approx(2)
    assert found.flip is not None


def test_a_cascade_has_no_path_through_a_company_that_is_not_caught() -> None:
    on = graph(
        "X:RUS:person:blocked A:LUX:company T:LUX:company",
        stake("X", "A", 49),
        stake("A", "T", 60),
        stake("X", "T", 30),
    )
    found = verdict("ofac_50", on)
    assert found.answer is False
    assert ways(found) == ["X>T"]
    assert found.distance == pytest.approx(-20)
    assert found.flip is not None
    assert (found.flip.stake.owned, found.flip.points) == ("A", pytest.approx(1))  # one point more of A, and 60 count


def test_what_is_unknown_is_listed_by_cause() -> None:
    on = graph(
        STATE,
        *(Stake("G", "A", Share.band(20, 30)), stake("A", "T", 60), Stake("S", "T", UNKNOWN, statements=("s1",))),
        remainder={"T": "undisclosed", "Z": "undisclosed"},
    )
    found = verdict("doe_feoc_25", on)
    assert found.answer is None
    assert {(one.party, one.cause, one.points) for one in found.unknown} == {
        ("T", "undisclosed", 40.0),
        ("A", "band", 10.0),
        ("T", "no-figure", 100.0),
    }  # Z is not above T
    assert found.flip is None  # an open answer is turned by finding out, not by a change


def test_a_party_caught_by_its_nature_has_a_reason_and_nothing_turns_it() -> None:
    found = verdict("doe_feoc_25", graph("C:CHN:company"), "C")
    assert (found.answer, found.reason, found.nearest, found.distance) == (
        True,
        "organised or seated in a covered nation",
        None,
        None,
    )
    assert (found.paths, found.flip) == ((), None)


def test_status_is_told_beside_the_answer() -> None:
    on = graph("X:CHN:company:bis_listed T:SGP:company", stake("X", "T", 60))
    found = verdict("bis_affiliates_50", on)
    assert (found.answer, found.status, found.in_force) == (True, "unverified", False)
    assert verdict("bis_affiliates_50", on, day=date(2025, 10, 1)).in_force


def test_rules_known_from_memory_are_marked() -> None:
    on = graph("T:AUS:company")
    assert verdict("doe_feoc_25", on).unverified
    assert not verdict("ofac_50", on).unverified


def test_stakes_outside_what_stands_above_do_not_matter() -> None:
    inner = (stake("G", "T", 20), stake("Z", "T", 30))
    outer = graph(STATE, *inner, stake("T", "A", 90), stake("G", "S", 100))
    assert verdict("doe_feoc_25", outer).tests == verdict("doe_feoc_25", graph(STATE, *inner)).tests


def test_a_bare_verdict_has_the_answer_without_its_explanation() -> None:
    on = graph(STATE, stake("G", "T", 30))
    bare = screen_party(on, "T", rule("doe_feoc_25"), book().rules, DAY, DISCLOSED, explained=False)
    assert (bare.answer, bare.paths, bare.flip) == (True, (), None)
