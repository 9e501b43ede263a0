from __future__ import annotations

from typing import Any

import pytest

from georisk.ownership.holders import Holders, bounds_text, share_text


@pytest.fixture
def desk(made: Any) -> Any:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("dodoma", kind="state", incorporation="TZA", title="State of Tanzania")
    made.party("quarry", title="Quarry plc", listed=True, incorporation="GBR")
    made.party("ada", kind="person", title="Ada")
    made.stake("hill-co", owner="dodoma", percent=16, carried=True, statutory=True)
    made.stake("hill-co", owner="quarry", percent=84)
    made.stake("quarry", owner="ada", percent=25)
    return made


def holders(desk: Any) -> Holders:
    opened = desk.open()
    found = opened.holders(opened.snapshot(desk.day, desk.day))
    assert isinstance(found, Holders)
    return found


def test_direct_holders_largest_first_and_a_carried_interest_beside_them(desk: Any) -> None:
    found = holders(desk)
    assert [found.stake_text(stake) for stake in found.direct("hill-co")] == [
        "Quarry plc 84 %", "State of Tanzania 16 % (free carried)",
    ]  # fmt: skip
    assert found.direct("nothing") == []


def test_ultimate_parents_in_words(desk: Any) -> None:
    # 84 x 25 = 21; 84 x 75 = 63 float.
    found = holders(desk)
    assert [found.terminal_text(one) for one in found.ultimate("hill-co")] == [
        "free float of Quarry plc 63 %", "Ada 21 %", "State of Tanzania 16 %",
    ]  # fmt: skip


def test_an_owner_whose_own_owners_nobody_published_says_so(desk: Any) -> None:
    desk.site("dale", holder="dale-co")
    desk.party("veil", title="Veil Ltd")
    desk.stake("dale-co", owner="veil", percent=70)
    found = holders(desk)
    assert [found.terminal_text(one) for one in found.ultimate("dale-co")] == [
        "Veil Ltd 70 % (its owners not published)", "undisclosed owners of Dale Co 30 %",
    ]  # fmt: skip


def test_the_tree_has_everyone_once_with_place_and_vehicles(desk: Any) -> None:
    desk.party("shell", title="Shell Two")
    desk.site("dale", holder="dale-co")
    desk.stake("dale-co", owner="quarry", percent=60)
    desk.stake("dale-co", owner="ada", percent=40, via=["shell"])
    quarry, ada = holders(desk).tree("dale-co")
    assert (quarry.name, quarry.country, quarry.kind) == ("Quarry plc", "GBR", "listed_company")
    assert [(branch.name, branch.again) for branch in quarry.above] == [("Ada", False)]
    assert (ada.name, ada.via, ada.again) == ("Ada", ("Shell Two",), True)
    [_, state] = holders(desk).tree("hill-co")
    assert (state.link.stake.carried, state.again, state.above) == (True, False, ())


def test_a_loop_ends_where_it_meets_itself(made: Any) -> None:
    made.site("hill", holder="hill-co")
    made.stake("hill-co", owner="one", percent=90)
    made.stake("one", owner="two", percent=80)
    made.stake("two", owner="one", percent=50)
    [one] = holders(made).tree("hill-co")
    [two] = one.above
    [again] = two.above
    assert (again.name, again.again, again.above) == ("One", True, ())


@pytest.mark.parametrize(
    ("share", "low", "high", "text"),
    [(60, 60, 60, "60 %"), (16.04, 16.04, 16.04, "16.04 %"), (16.5, 16.5, 16.5, "16.5 %"),
     (50, 40, 60, "50 % (40.0 to 60.0)"), (None, 0, 100, "share not published"),
     (None, 0, 40, "share not published (at most 40.0 %)"), (30, 29.99, 30.01, "30 %")],
)  # fmt: skip
def test_percentages_in_words(share: float | None, low: float, high: float, text: str) -> None:
    assert bounds_text(share, low, high) == text


def test_a_stake_without_figure_in_words(made: Any) -> None:
    made.site("hill", holder="hill-co")
    made.stake("hill-co", owner="veil")
    [stake] = holders(made).direct("hill-co")
    assert share_text(stake) == "share not published"
