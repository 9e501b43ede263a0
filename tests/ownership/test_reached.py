"""Which greatest holdings are only approached."""

from __future__ import annotations

import pytest

from georisk.ownership.bounds import joint_bounds
from georisk.ownership.graph import Share, Stake
from tests.ownership.graphs import graph_of, stake


def opened(stakes: list[Stake], remainder: dict[str, str]) -> list[str]:
    return sorted(joint_bounds(graph_of(stakes, remainder), ["X"], 5).open)


def test_what_is_approached_above_is_approached_below() -> None:
    assert opened([stake("X", "A", 20), stake("A", "T", 100)], {"A": "listed"}) == ["A", "T"]


def test_a_rest_that_carries_nothing_down_leaves_the_party_below_reached() -> None:
    # T takes nothing from A, so that A is only approached does not matter to it
    assert opened([stake("X", "A", 20), stake("A", "T", 0), stake("X", "T", 30)], {"A": "listed"}) == ["A"]


def test_hidden_rests_without_a_limit_are_reached() -> None:
    assert opened([stake("X", "T", 20)], {"T": "undisclosed"}) == []
    assert opened([stake("X", "T", 20)], {"T": "listed-concert"}) == []


def test_a_worthier_owner_that_fills_the_room_closes_the_bound() -> None:
    # B is wholly X's; its band takes all the room, so the listed rest of T is not needed
    stakes = [stake("X", "B", 100), Stake("B", "T", Share.band(10, 100)), stake("O", "T", 50)]
    assert opened(stakes, {"T": "listed"}) == []


def test_of_two_equally_good_owners_the_reached_one_is_taken() -> None:
    # A and B both come to 25 at most, A only nearly; either may have the free 50 of T
    stakes = [
        stake("X", "A", 20),
        stake("X", "B", 25),
        Stake("A", "T", Share.band(0, 50)),
        Stake("B", "T", Share.band(0, 50)),
        stake("O", "T", 50),
    ]
    assert opened(stakes, {"A": "listed"}) == ["A"]


@pytest.mark.parametrize(("band", "expected"), [(3.0, []), (4.0, [])])
def test_part_of_a_listed_rest_is_within_reach(band: float, expected: list[str]) -> None:
    # 5 are free and the band takes 3 or 4 of them at the same worth: the rest needs less than 5
    stakes = [Stake("X", "T", Share.band(20, 20 + band)), stake("O", "T", 75)]
    assert opened(stakes, {"T": "listed"}) == expected


def test_a_loop_does_not_open_itself() -> None:
    stakes = [stake("X", "A", 10), stake("B", "A", 50), stake("A", "B", 50)]
    assert opened(stakes, {}) == []
    assert opened(stakes, {"A": "listed"}) == ["A", "B"]
