"""The graph a site is screened on: places, marks, hosts."""

from __future__ import annotations

from typing import Any

from georisk.screens.opening import open_standings
from georisk.screens.site_graph import host_countries, site_graph


def test_marks_of_host_states_us_persons_and_listed_parties(made: Any) -> None:
    made.site("hill", country="USA", holder="hill-co")
    made.party("hill-co", incorporation="USA")
    made.party("home", kind="state", incorporation="USA")
    made.party("away", kind="state", incorporation="CHN")
    made.party("fund", incorporation="USA")
    made.stake("hill-co", owner="home", percent=10)
    made.stake("hill-co", owner="away", percent=20)
    made.stake("hill-co", owner="fund", percent=70)
    made.say("away", "list-entry", "AWAY", list="us-1260h", since="2021-06-03")
    opened = made.open()
    snapshot = opened.snapshot(made.day, made.day)
    holders = opened.holders(snapshot)
    standings = open_standings(holders, opened.data, None)
    marked = site_graph(snapshot, holders.graph, "hill", "hill-co", standings).holders
    assert {name: set(holder.flags) for name, holder in marked.items()} == {
        "hill-co": {"tid"},
        "home": {"host_state"},
        "away": {"list_1260h", "sfe"},
        "fund": {"us_person"},
    }


def test_a_site_that_is_owned_itself_lies_where_it_lies(made: Any) -> None:
    made.site("hill", country="TZA")
    made.stake("hill", owner="ada", percent=100)
    opened = made.open()
    snapshot = opened.snapshot(made.day, made.day)
    holders = opened.holders(snapshot)
    standings = open_standings(holders, opened.data, None)
    assert host_countries(snapshot, "hill") == ("TZA",)
    assert site_graph(snapshot, holders.graph, "hill", "hill", standings).holders["hill"].country == "TZA"
