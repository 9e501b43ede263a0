from __future__ import annotations

import math
from typing import Any

from pytest import approx

from georisk.ownership.unresolved import unresolved_bounds, unresolved_shares


def test_every_party_has_its_unresolved_share(made: Any) -> None:
    # middle: 30 unnamed; hill-co: 20 unnamed and 80 x 30 = 24 above middle; quarry's rest is a free float.
    made.party("quarry", listed=True)
    made.party("ada", kind="person")
    made.stake("hill-co", owner="middle", percent=80)
    made.stake("middle", owner="ada", percent=70)
    made.stake("quarry", owner="ada", percent=10)
    found = unresolved_shares(made.graph())
    assert {name: found[name] for name in ("hill-co", "middle", "quarry", "ada")} == approx(
        {"hill-co": 44, "middle": 30, "quarry": 0, "ada": 0}
    )


def test_bounds_follow_the_ends_of_bands(made: Any) -> None:
    # middle unnamed 20 to 40; of hill-co 80 to 100 runs there: least 0 + 1 x 20, most 20 + 0.8 x 40.
    made.party("ada", kind="person")
    made.stake("hill-co", owner="middle", percent=[80, 100])
    made.stake("middle", owner="ada", percent=[60, 80])
    least, most = unresolved_bounds(made.graph())
    assert (least["hill-co"], most["hill-co"]) == approx((20, 52))


def test_high_ends_that_add_to_more_than_the_whole_are_scaled_down(made: Any) -> None:
    # 50 to 70 and 40 to 60: at their high ends 130, so nothing need be unresolved; at their low ends 10.
    for name in ("ada", "bob"):
        made.party(name, kind="person")
    made.stake("hill-co", owner="ada", percent=[50, 70])
    made.stake("hill-co", owner="bob", percent=[40, 60])
    least, most = unresolved_bounds(made.graph())
    assert (least["hill-co"], most["hill-co"]) == approx((0, 10))


def test_below_a_closed_loop_nothing_can_be_said(made: Any) -> None:
    made.stake("hill-co", owner="ring", percent=100)
    made.stake("ring", owner="hill-co", percent=100)
    assert math.isnan(unresolved_shares(made.graph())["hill-co"])
    assert unresolved_bounds(made.graph())[0]["hill-co"] == 0
