from __future__ import annotations

from dataclasses import replace
from typing import Any

from georisk.changes.movers import Game, Pair
from georisk.changes.views import View
from georisk.seeds import Party


def hill(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("hill-co", incorporation="TZA")
    made.party("top", incorporation="CHN")
    made.stake("hill-co", owner="top", percent=60, since="2020-01-01", key="stake")
    made.say("hill", "offtake", 50, key="sold", unit="percent", buyer="buyer", since="2020-01-01")
    made.party("buyer")
    made.party("far", incorporation="USA")
    made.site("dale", country="TZA")


def movers(before: View, after: View, site: str = "hill") -> dict[str, str]:
    told = {**before.told, **after.told}
    closures = {one.id: one.key for view in (before, after) for one in view.seeds.closures}
    return {
        told[one.name].key if one.name in told else closures.get(one.name, one.name): one.how
        for one in Game(Pair(before, after), site).movers
    }


def now(made: Any, as_of: str = "2026-11-21", known_by: str = "2026-11-21") -> View:
    return View.of(made.open(), as_of, known_by)


def test_a_site_is_moved_by_what_its_chain_leads_to_and_no_further(made: Any) -> None:
    hill(made)
    before = now(made)
    made.say("hill", "operator", "buyer", key="operator")
    made.say("top", "listing", "INV: TOP", key="listing")
    made.stake("buyer", owner="far", percent=30, key="stake-far")
    made.say("far", "listing", "INV: FAR", key="listing-far")
    made.say("dale", "operator", "buyer", key="elsewhere")
    made.party("stranger")
    made.say("stranger", "listing", "INV: X", key="not-ours")
    after = now(made)
    expected = {"hill:operator", "top:listing", "buyer:stake-far", "far:listing-far"}
    assert movers(before, after).keys() == expected
    assert set(movers(before, after).values()) == {"was added"}
    assert "dale:elsewhere" in movers(before, after, "dale")


def test_a_closure_moves_all_it_closes_as_one(made: Any) -> None:
    hill(made)
    made.say("hill", "offtake", 20, key="sold-too", unit="percent", buyer="top", since="2020-01-01")
    before = now(made)
    made.close("hill", "sold", "sold-too", key="both-end", until="2026-01-01")
    after = now(made)
    (mover,) = Game(Pair(before, after), "hill").movers
    assert (mover.kind, mover.how) == ("closure", "closed")
    assert sorted(after.told[name].key for name in mover.statements) == ["hill:sold", "hill:sold-too"]


def test_the_passage_of_time_moves_beside_what_it_brings(made: Any) -> None:
    hill(made)
    found = movers(now(made, "2019-06-01"), now(made, "2020-06-01"))
    assert found == {"hill:sold": "began", "hill-co:stake": "began", "time": "from 2019-06-01 to 2020-06-01"}


def test_method_and_series_move_where_they_differ(made: Any) -> None:
    hill(made)
    before = now(made)
    made.data()
    series = made.root / "data" / "reference" / "wgi.csv"
    series.write_text(series.read_text() + "\n")
    rules = made.root / "data" / "method" / "method.toml"
    rules.write_text(rules.read_text() + "# a remark\n")
    assert movers(before, now(made)).keys() == {"method", "reference"}


def test_another_record_of_the_site_or_a_party_moves_it(made: Any) -> None:
    hill(made)
    before = now(made)
    seeds = before.seeds
    renamed = replace(seeds, parties={**seeds.parties, "top": replace(seeds.parties["top"], name="New name")})
    assert movers(before, replace(before, seeds=renamed)) == {}
    parties = {**seeds.parties, "top": Party("top", "Top", "state", ())}
    assert movers(before, replace(before, seeds=replace(seeds, parties=parties))).keys() == {"registry"}


def test_worlds_stand_between_the_two_views(made: Any) -> None:
    hill(made)
    pair = Pair(now(made, "2019-06-01"), now(made, "2020-06-01"))
    game = Game(pair, "hill")
    places = {pair.after.told[one.name].key if one.name in pair.after.told else one.name: place
              for place, one in enumerate(game.movers)}  # fmt: skip
    told = {mask: {one.key for one in game.world(mask).statements if one.holds(game.ground(mask)[1].as_of)}
            for mask in range(game.full + 1)}  # fmt: skip
    for mask, keys in told.items():
        assert ("hill:sold" in keys) == bool(mask >> places["hill:sold"] & 1)
        assert ("hill-co:stake" in keys) == bool(mask >> places["hill-co:stake"] & 1)
    dates = {game.ground(mask)[1].as_of.year for mask in (0, game.full, 1 << places["time"])}
    assert dates == {2019, 2020}


def test_a_source_that_reads_otherwise_now_reads_as_before_in_worlds_before(made: Any) -> None:
    hill(made)
    before = now(made)
    made.source("ledger", published="2026-07-01")
    after = now(made)
    game = Game(Pair(before, after), "hill")
    for mask, expected in ((0, "2026-06-01"), (game.full, "2026-07-01")):
        ground = game.ground(mask)[1]
        cited = {str(ground.sources[key].published) for one in game.world(mask).statements for key in one.sources}
        assert cited == {expected}


def test_facts_of_places_stand_on_the_ground_and_not_in_the_world(made: Any) -> None:
    hill(made)
    made.place("TZA", "Tanzania")
    before = now(made)
    made.say("tza", "policy", "an invented rule", key="rule", since="2026-01-01")
    pair = Pair(before, now(made))
    game = Game(pair, "hill")
    assert game.topical == game.full == 1
    assert [one.subject for one in game.world(1).statements if one.property == "policy"] == []
    assert [len(game.ground(mask)[1].topics) for mask in (0, 1)] == [0, 1]
    assert game.ground(0)[0] != game.ground(1)[0]


def test_what_only_weak_evidence_says_is_told_apart(made: Any) -> None:
    hill(made)
    made.source("rumour", grade="D")
    before = now(made)
    made.say("hill", "offtake", 10, key="rumoured", unit="percent", sources=["rumour"])
    after = now(made)
    game = Game(Pair(before, after), "hill")
    assert game.movers == ()
    assert [after.told[one.name].key for one in game.weak] == ["hill:rumoured"]
