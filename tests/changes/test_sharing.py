from __future__ import annotations

from typing import Any

import pytest

from georisk.changes import sharing
from georisk.changes.comparing import compare
from georisk.changes.shifts import SiteChange
from georisk.changes.views import View

CHANNELS = ["processing", "debt", "contractor"]


def hill(made: Any) -> None:
    """A site with every channel of the Chinese dimension known, so that nothing crosses the floor."""
    made.site("hill", country="TZA", holder="hill-co")
    made.party("hill-co", incorporation="TZA")
    made.stake("hill-co", owner="rest", percent=40, since="2019-01-01")
    made.party("rest", incorporation="TZA")
    made.say("hill", "chinese-link", absent="none-found", channels=[*CHANNELS, "offtake"])


def owner(made: Any, name: str, percent: float, country: str = "CHN") -> None:
    made.party(name, incorporation=country)
    made.stake("hill-co", owner=name, percent=percent, since="2020-01-01", key=f"stake-{name}")


def change(before: View, made: Any) -> SiteChange:
    return compare(before, View.of(made.open(), made.day, made.day), ["hill"]).sites[0]


def shares(site: SiteChange, made: Any, dimension: str = "china") -> dict[str, float]:
    told = {one.id: one.key for one in made.open().seeds.statements}
    return {told.get(one.mover.name, one.mover.name): one.share for one in site.shifts[dimension].causes}


def test_what_plays_the_same_part_gets_the_same_share(made: Any) -> None:
    hill(made)
    before = View.of(made.open(), made.day, made.day)
    for name in ("east", "west"):
        owner(made, name, 20)
    site = change(before, made)
    shift, found = site.shifts["china"], shares(site, made)
    assert shift.delta is not None
    assert shift.delta > 0
    # Two holders of 20 per cent each, whose places are told apart by name alone: half of the delta each.
    for name in ("east", "west"):
        own = found[f"hill-co:stake-{name}"] + found.get(f"{name}:incorporation-{name}", 0.0)
        both = own + sum(share for key, share in found.items() if key.startswith(f"{name}:"))
        assert both == pytest.approx(shift.delta / 2)
    assert shift.orders is None


def test_shares_add_up_in_every_dimension_and_through_every_indicator(made: Any) -> None:
    hill(made)
    before = View.of(made.open(), "2020-06-01", made.day)
    owner(made, "east", 20)
    owner(made, "west", 10, "DEU")
    made.say("hill", "proceeding", "a suit", key="suit", against="title", since="2026-01-01")
    site = compare(before, View.of(made.open(), made.day, made.day)).sites[0]
    assert {one.dimension for one in site.moved} >= {"composite", "china", "jurisdiction", "opacity"}
    for shift in site.moved:
        assert shift.delta is not None
        assert sum(cause.share for cause in shift.causes) == pytest.approx(shift.delta, abs=1e-9)
        for cause in shift.causes:
            assert sum(cause.indicators.values()) == pytest.approx(cause.share, abs=1e-9)


def test_what_no_indicator_reads_has_no_share(made: Any) -> None:
    hill(made)
    before = View.of(made.open(), made.day, made.day)
    owner(made, "east", 20)
    made.say("hill", "profile", "a hill", key="profile")
    made.say("hill", "strategy", "to dig", key="strategy")
    site = change(before, made)
    told = {one.id: one.key for one in made.open().seeds.statements}
    assert {told[one.name] for one in site.idle} >= {"hill:profile", "hill:strategy"}
    assert not {"hill:profile", "hill:strategy"} & shares(site, made).keys()


def test_what_counts_only_once_is_shared_between_those_that_say_it(made: Any) -> None:
    hill(made)
    before = View.of(made.open(), made.day, made.day)
    for name in ("one", "two"):
        made.say("hill", "contractor", name, key=f"works-{name}", scope="all of it", since="2020-01-01")
        made.party(name, incorporation="CHN")
    site = change(before, made)
    found = shares(site, made)
    # The indicator asks whether there is a Chinese contractor: either would do, so neither is worth more.
    assert found["hill:works-one"] == pytest.approx(found["hill:works-two"])


def test_many_movers_of_which_few_count_are_still_counted_in_all_orders(made: Any) -> None:
    hill(made)
    before = View.of(made.open(), made.day, made.day)
    owner(made, "east", 20)
    few = change(before, made)
    for number in range(8):
        made.say("hill", "profile", f"words {number}", key=f"profile-{number}")
    many = change(before, made)
    assert len(few.movers) <= sharing.FEW < len(many.movers)
    assert many.shifts["china"].orders is None
    assert shares(many, made) == pytest.approx(shares(few, made))


def test_many_that_count_are_sampled_with_an_error_and_add_up_all_the_same(
    made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hill(made)
    before = View.of(made.open(), made.day, made.day)
    for number, percent in enumerate((9, 8, 7)):
        owner(made, f"east-{number}", percent)
    exact = change(before, made)
    monkeypatch.setattr(sharing, "FEW", 2)
    monkeypatch.setattr(sharing, "HANDFUL", 3)
    sampled = change(before, made)
    shift = sampled.shifts["composite"]
    assert shift.orders == 2 * sharing.SAMPLE_PAIRS
    assert shift.delta is not None
    assert sum(cause.share for cause in shift.causes) == pytest.approx(shift.delta, abs=1e-9)
    true = {cause.mover.name: cause.share for cause in exact.shifts["composite"].causes}
    for cause in shift.causes:
        assert abs(cause.share - true[cause.mover.name]) <= 2 * cause.error + 1e-9


def test_movers_set_aside_that_count_together_are_taken_back(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hill(made)
    before = View.of(made.open(), made.day, made.day)
    owner(made, "east", 20)
    plain = change(before, made)
    monkeypatch.setattr(sharing, "FEW", 0)

    def blind(play: Any) -> None:
        play.active, play.idle = [], play.game.full

    monkeypatch.setattr(sharing, "_set_aside", blind)
    found = change(before, made)
    assert found.shifts["china"].delta == plain.shifts["china"].delta
    assert sum(cause.share for cause in found.shifts["china"].causes) == pytest.approx(plain.shifts["china"].delta or 0)


def test_facts_of_places_that_move_nothing_cost_no_run_of_their_own(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hill(made)
    made.place("TZA", "Tanzania")
    before = View.of(made.open(), made.day, made.day)
    owner(made, "east", 20)
    for number in range(6):
        made.say("tza", "policy", f"rule {number}", key=f"rule-{number}", since="2020-01-01")
    runs: list[int] = []
    score = sharing.score_worlds
    monkeypatch.setattr(
        sharing, "score_worlds", lambda ground, worlds: runs.append(len(worlds)) or score(ground, worlds)
    )
    site = change(before, made)
    assert len(runs) <= 4
    assert len([one for one in site.idle if one.kind == "statement"]) >= 6
