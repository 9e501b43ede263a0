"""Rules that never multiply."""

from __future__ import annotations

from georisk.ownership.graph import Share, Stake
from georisk.screens.cascades import owners_found
from georisk.screens.rules import MajorityChain
from tests.screens.parties import DISCLOSED, graph, judged, rule, stake


def test_holders_are_added_tier_by_tier() -> None:
    on = graph(
        "X:RUS:person:blocked Y:RUS:person:blocked A:LUX:company T:LUX:company",
        *(stake("X", "A", 30), stake("Y", "A", 20), stake("A", "T", 50)),
    )
    assert judged("ofac_50", on).caught == ["A", "T"]
    assert judged("ofac_50", on).answer("X") is False  # listed itself, not caught by ownership


def test_a_band_across_the_gate_is_undetermined() -> None:
    on = graph("X:RUS:person:blocked T:LUX:company", Stake("X", "T", Share.band(40, 60)))
    found = judged("ofac_50", on)
    assert found.answer("T") is None
    assert (found.tests["T"][0].low, found.tests["T"][0].high) == (40, 60)


def test_a_hidden_half_may_be_a_blocked_persons() -> None:
    on = graph("O:CHE:person T:LUX:company", stake("O", "T", 50), remainder={"T": "undisclosed"})
    assert judged("ofac_50", on).answer("T") is None
    listed = graph("O:CHE:person T:LUX:company", stake("O", "T", 50), remainder={"T": "listed"})
    assert judged("ofac_50", listed).answer("T") is False


def test_one_designated_person_at_a_time() -> None:
    on = graph(
        "X:RUS:person:designated_uk Y:RUS:person:designated_uk A:GBR:company T:GBR:company",
        *(stake("X", "A", 60), stake("A", "T", 31), stake("X", "T", 20), stake("Y", "T", 40)),
    )
    found = judged("uk_50", on)
    assert found.caught == ["A", "T"]
    assert found.tests["T"][0].low == 51  # X's own and A's; the 40 of Y stands apart


def test_a_hidden_rest_is_one_more_holder_for_each() -> None:
    on = graph(
        "X:RUS:person:designated_uk O:CHE:person T:GBR:company",
        *(stake("X", "T", 30), stake("O", "T", 45)),
        remainder={"T": "undisclosed"},
    )
    assert judged("uk_50", on).answer("T") is None  # 30 + 25


def test_single_stakes_do_not_add() -> None:
    on = graph("S:CHN:company R:CHN:company T:SGP:company", stake("S", "T", 40), stake("R", "T", 40))
    found = judged("obbba_sfe", on)
    assert found.caught == ["R", "S"]
    assert found.tests["T"][0].low == 40
    assert found.by_nature["S"].startswith("of the class")


def test_owners_by_votes_equity_or_board() -> None:
    test = rule("bo_uk_psc").test
    assert isinstance(test, MajorityChain)
    on = graph(
        "P:GBR:person Q:GBR:person R:GBR:person A:GBR:company T:GBR:company",
        *(stake("P", "A", 10, 51), stake("A", "T", 26, 10), stake("Q", "T", 25, 26), stake("R", "T", 25, 25, 50)),
    )
    assert owners_found(on, rule("bo_uk_psc"), test, DISCLOSED) == {"A": ["P"], "T": ["P", "Q"]}
