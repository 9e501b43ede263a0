"""The shapes of answers follow the engine."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from georisk.errors import UsageError
from georisk.ownership.graph import OwnershipGraph, Share, Stake
from georisk.screens.answers import Bench, answer, cost_ratio
from tests.screens.parties import DAY, DISCLOSED, book, graph, rule, stake


def answered(key: str, on: OwnershipGraph, day: date = DAY) -> dict[str, Any]:
    return answer(on, rule(key), Bench(book().rules, day, DISCLOSED))


def test_only_a_rule_that_is_gated_by_date_sleeps() -> None:
    on = graph("X:CHN:company:bis_listed:blocked T:SGP:company", stake("X", "T", 50))
    assert answered("bis_affiliates_50", on, date(2025, 10, 1))["caught"] == ["T"]
    asleep = answered("bis_affiliates_50", on, date(2026, 1, 1))
    assert (asleep["caught"], asleep["counted_pct"], asleep["status"]) == ([], {"T": 50}, "suspended")
    assert answered("ofac_50", on, date(2000, 1, 1)) == {
        "caught": ["T"],
        "counted_pct": {"T": 50},
        "status": "in-force",
    }


def test_doubtful_parties_have_bounds_instead_of_a_figure() -> None:
    on = graph("G:CHN:government T:AUS:company U:AUS:company", Stake("G", "T", Share.band(20, 30)), stake("G", "U", 30))
    found = answered("doe_feoc_25", on)
    assert set(found["held_pct"]) == {"U"}
    assert found["low_pct"]["T"] == {"equity": 20, "voting": 20, "board": 0}
    assert found["high_pct"]["T"]["equity"] == 30
    assert found["answer"] == {"T": "undetermined", "U": True}  # a government is not asked about
    assert found["trigger"] == {"U": ["equity", "voting"]}


def test_an_approached_figure_is_marked() -> None:
    on = graph("G:CHN:government T:AUS:listed_company", stake("G", "T", 20), remainder={"T": "listed"})
    assert answered("doe_feoc_25", on)["open"] == {"T": True}


def test_attributed_pairs_of_outbound_are_votes() -> None:
    on = graph(
        "U:USA:person:us_person A:CYM:company B:CHN:company", stake("U", "A", 0, 60), stake("A", "B", 10, 40, 60)
    )
    assert answered("us_outbound_parent", on) == {"caught": ["A"], "attributed_pct": {"U->A": 60, "U->B": 40}}


def test_influence_shows_pairs_sums_and_limbs() -> None:
    on = graph("S:CHN:company B:SGP:company T:USA:company", stake("S", "B", 60), stake("B", "T", 40))
    assert answered("obbba_fie", on) == {
        "caught": ["T"],
        "attributed_pct": {"S->B": 60, "S->T": 24, "B->T": 40},
        "single_max_pct": {"B": 60, "T": 40},
        "combined_pct": {"B": 60, "T": 40},
        "limb": {"T": "single_25"},
    }


def test_deemed_pairs_and_owners() -> None:
    on = graph("G:FRA:government F:FRA:company T:USA:company:tid", stake("G", "F", 49), stake("F", "T", 25))
    assert answered("cfius_parent_100", on)["deemed_pct"] == {"G->F": 49, "G->T": 12.25, "F->T": 25}
    owners = graph("P:DEU:person T:DEU:company", stake("P", "T", 25))
    assert answered("bo_amlr", owners) == {"owners": {"T": ["P"]}, "pct": {"P->T": 25}}
    assert answered("bo_uk_psc", owners) == {"owners": {}}


def test_costs_have_no_graph() -> None:
    with pytest.raises(UsageError, match="needs costs"):
        answered("obbba_macr", graph("T:USA:company"))
    assert cost_ratio(80, 50, [25, 50])["at_least"] == {"25": True, "50": False}
