"""Whose holdings count."""

from __future__ import annotations

from georisk.screens.classes import belongs, home_government, members, nation_blocks, of_nations
from georisk.screens.rules import HolderClass
from tests.screens.parties import graph, party, rule, stake


def test_a_flag_is_enough_and_nations_and_kinds_go_together() -> None:
    group = HolderClass(flags=["sfe"], nations=["CHN"], kinds=["government"])
    assert belongs(party("A:SGP:company:sfe"), group)
    assert belongs(party("G:CHN:government"), group)
    assert not belongs(party("C:CHN:company"), group)
    assert not belongs(party("G:FRA:government"), group)


def test_a_class_that_names_nothing_is_empty() -> None:
    assert not belongs(party("A:SGP:company"), HolderClass())


def test_us_persons_are_no_foreign_citizens_and_the_host_state_no_foreign_government() -> None:
    assert not belongs(party("H:CHN:person:us_person"), rule("obbba_sfe").holders)
    assert belongs(party("H:CHN:person"), rule("obbba_sfe").holders)
    assert not belongs(party("G:CHN:government:host_state"), rule("doe_feoc_25").holders)


def test_a_state_company_stands_for_its_government_only_without_a_listed_owner() -> None:
    group = rule("doe_feoc_25").holders
    alone = graph("S:CHN:state_company T:AUS:company", stake("S", "T", 30), stake("S", "S", 5))
    assert members(alone, group) == {"S"}  # treasury stock is no owner
    owned = graph("G:CHN:government S:CHN:state_company", stake("G", "S", 1))
    assert members(owned, group) == {"G"}
    assert members(graph("S:SGP:state_company"), group) == frozenset()


def test_a_government_and_its_organs_are_one_block() -> None:
    found = nation_blocks(
        graph("G:CHN:government O:CHN:party_state_organ S:CHN:state_company R:RUS:government"),
        rule("doe_feoc_25").holders,
    )
    assert found == {"CHN": [frozenset("GO"), frozenset("S")], "RUS": [frozenset("R")]}


def test_places() -> None:
    group = rule("doe_feoc_25").holders
    assert of_nations(party("A:CHN:company"), group)
    assert not of_nations(party("A:HKG:company"), group)
    assert not of_nations(party("A:CHN:company"), HolderClass())
    at_home = home_government(graph("G:TZA:government K:KEN:government T:TZA:asset"), "T")
    assert sorted(at_home) == ["G"]
    assert home_government(graph("G::government T::asset"), "T") == {}  # a country nobody knows is no home
