from __future__ import annotations

from typing import Any

import pytest

from georisk.ownership.nationality import nationals, placed


@pytest.fixture
def desk(made: Any) -> Any:
    made.party("dragon", incorporation="CHN")
    made.party("harbour", incorporation="HKG")
    made.party("beijing", kind="state", incorporation="CHN")
    return made


def both(desk: Any) -> tuple[set[str], set[str]]:
    opened = desk.open()
    snapshot, graph = opened.snapshot(desk.day, desk.day), desk.graph()
    rule = opened.method().ownership
    return set(placed(snapshot, graph, rule)), set(nationals(snapshot, graph, rule))


def test_by_place_of_incorporation_nationality_or_head_office(desk: Any) -> None:
    desk.party("caribbean", incorporation="CYM")
    desk.say("caribbean", "domicile", "CHN")
    for owner, percent in (("dragon", 1), ("harbour", 1), ("beijing", 1), ("caribbean", 1), ("bear", 1)):
        desk.stake("hill-co", owner=owner, percent=percent)
    place, national = both(desk)
    assert place == national == {"dragon", "harbour", "beijing", "caribbean"}


def test_control_climbs_down_a_majority_chain_and_group_holdings_add(desk: Any) -> None:
    desk.stake("one", owner="dragon", percent=51)
    desk.stake("two", owner="one", percent=30)
    desk.stake("two", owner="harbour", percent=21)
    desk.stake("three", owner="two", percent=50)
    place, national = both(desk)
    assert place == {"dragon", "harbour"}
    assert national == {"dragon", "harbour", "one", "two"}


def test_two_firms_that_hold_each_other_do_not_make_each_other_chinese(desk: Any) -> None:
    desk.stake("one", owner="two", percent=60)
    desk.stake("two", owner="one", percent=60)
    desk.stake("one", owner="dragon", percent=40)
    assert both(desk)[1] == {"dragon"}


def test_an_unknown_share_is_no_control(desk: Any) -> None:
    desk.stake("one", owner="dragon")
    assert both(desk)[1] == {"dragon"}
