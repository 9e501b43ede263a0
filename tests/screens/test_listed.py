"""Lists, and what a host state is owed."""

from __future__ import annotations

from georisk.ownership.graph import Share, Stake
from tests.screens.parties import graph, judged, stake


def test_a_list_names_and_does_not_reach_down() -> None:
    on = graph("L:CHN:company:list_1260h A:SGP:company", stake("L", "A", 100))
    found = judged("us_1260h", on)
    assert found.caught == ["L"]
    assert found.by_nature == {"L": "on the list"}


def test_only_the_home_government_and_only_what_is_carried() -> None:
    parties = "G:TZA:government K:KEN:government T:TZA:company U:TZA:company"
    bought = graph(parties, stake("G", "T", 16), Stake("K", "U", Share.exact(16), carried=True))
    assert judged("tz_free_carried_16", bought).caught == []
    carried = graph(parties, Stake("G", "T", Share.exact(16), carried=True))
    assert judged("tz_free_carried_16", carried).caught == ["T"]


def test_a_band_leaves_it_open() -> None:
    on = graph("G:TZA:government T:TZA:company", Stake("G", "T", Share.band(10, 20), carried=True))
    assert judged("tz_free_carried_16", on).answer("T") is None
