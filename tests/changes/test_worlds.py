from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from georisk.assessment import Assessment, Scored
from georisk.changes.movers import Game, Pair
from georisk.changes.views import View
from georisk.changes.worlds import Readings, score_worlds
from georisk.workspace import Workspace


def readings(workspace: Workspace, as_of: str, known_by: str, times: int = 1) -> dict[str, Readings]:
    """Return every site's readings in a world of its own, all worlds of all sites scored in one run."""
    view = View.of(workspace, as_of, known_by)
    pair = Pair(view, view)
    games = [Game(pair, site) for site in workspace.seeds.sites] * times
    found = score_worlds(games[0].ground(0)[1], [game.world(0) for game in games])
    return {game.site: one for game, one in zip(games, found, strict=True)}


def assert_same(found: Readings, scored: Scored) -> None:
    for one in (scored, *scored.parts):
        for score in (one.composite, *one.dimensions.values()):
            reading = found[one.id, score.key]
            assert (reading.score, reading.low, reading.high) == (score.score, score.low, score.high)
            assert (reading.band, reading.part, reading.reason) == (score.band, score.part, score.reason)
            if score.score is not None:
                assert reading.value == score.score
                assert sum(reading.points.values()) == pytest.approx(score.score)


def test_a_site_alone_scores_as_in_the_registry_to_the_last_digit(repository: Workspace, assessed: Assessment) -> None:
    found = readings(repository, "2026-11-21", "2026-11-21")
    for site, scored in assessed.sites.items():
        assert_same(found[site], scored)


def test_so_it_does_on_other_days(repository: Workspace) -> None:
    assessment = repository.assess("2024-03-01", "2026-01-31")
    found = readings(repository, "2024-03-01", "2026-01-31", times=3)
    for site, scored in assessment.sites.items():
        assert_same(found[site], scored)


def test_worlds_of_one_run_do_not_touch_each_other(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("dragon", incorporation="CHN")
    made.stake("hill-co", owner="dragon", percent=60, since="2020-01-01")
    made.say("hill", "offtake", 100, unit="percent", buyer="dragon", since="2020-01-01")
    made.say("hill", "chinese-link", absent="none-found", channels=["processing", "debt", "contractor"])
    view = View.of(made.open(), made.day, made.day)
    game = Game(Pair(view, view), "hill")
    world, ground = game.world(0), game.ground(0)[1]
    without = replace(world, statements=tuple(one for one in world.statements if one.property != "offtake"))
    alone = score_worlds(ground, [without])[0]["hill", "china"]
    beside = score_worlds(ground, [world, without, world])
    assert beside[1]["hill", "china"] == alone
    assert beside[0] == beside[2]
    assert beside[0]["hill", "china"].value > alone.value


def test_below_the_floor_the_value_is_that_of_what_is_known(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.say("hill", "processing", 100, unit="percent", country="CHN")
    found = readings(made.open(), made.day, made.day)["hill"]["hill", "china"]
    assert found.score is None
    assert found.band is None
    # All of the product is treated in China, and nothing else is known: the mean of what is known is 100.
    assert found.value == pytest.approx(100.0)


def test_no_world_no_reading(made: Any) -> None:
    made.site("hill", country="TZA")
    view = View.of(made.open(), made.day, made.day)
    assert score_worlds(Game(Pair(view, view), "hill").ground(0)[1], []) == []
