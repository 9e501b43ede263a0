from __future__ import annotations

from typing import Any

import pytest

from georisk.assessment import Assessment
from georisk.changes.audit import Effect, audit, hangs_of, hangs_on
from georisk.registry import registry_rows

DAY = "2026-11-21"


@pytest.fixture
def hill(made: Any) -> Any:
    """A Chinese holder of 60 per cent whom one press notice alone names; everything else is official."""
    made.source("press", grade="B", published="2026-05-01")
    made.site("hill", country="TZA", at=(35.75, -6.17), holder="hill-co")
    made.party("hill-co", incorporation="TZA")
    made.party("dragon", incorporation="CHN")
    made.stake("hill-co", owner="dragon", percent=60, since="2020-01-01", key="dragon-60", sources=["press"])
    made.stake("hill-co", owner="rest", percent=40, since="2020-01-01", key="rest-40")
    made.say("hill", "chinese-link", absent="none-found", channels=["offtake", "processing", "debt", "contractor"])
    made.site("dale", country="TZA", holder="dale-co")
    made.stake("dale-co", owner="rest", percent=100, since="2020-01-01")
    return made


def effect(effects: list[Effect], site: str, kind: str, key: str) -> Effect:
    return next(
        one for one in effects if (one.site, one.drop.kind) == (site, kind) and key in (one.drop.key, one.drop.title)
    )


def test_a_band_that_hangs_on_one_notice_is_named(hill: Any) -> None:
    assessment = hill.assess()
    before = assessment.sites["hill"].dimensions["china"]
    found = effect(audit(assessment, ["hill"]), "hill", "source", "press")
    assert found.hangs
    (china,) = [one for one in hangs_of(found) if one.dimension == "china"]
    assert (china.source, china.band) == ("press", before.band)
    assert china.without != before.band
    assert hangs_on(assessment, ["hill"])["hill"] == hangs_of(found)


def test_without_it_the_score_is_that_of_a_registry_that_never_had_it(hill: Any, workspace: Any, tmp_path: Any) -> None:
    found = effect(audit(hill.assess(), ["hill"]), "hill", "statement", "hill-co:dragon-60")
    other = workspace(tmp_path / "bare")
    other.site("hill", country="TZA", at=(35.75, -6.17), holder="hill-co")
    other.party("hill-co", incorporation="TZA")
    other.stake("hill-co", owner="rest", percent=40, since="2020-01-01", key="rest-40")
    other.say("hill", "chinese-link", absent="none-found", channels=["offtake", "processing", "debt", "contractor"])
    bare = other.assess().sites["hill"]
    for move in found.moves:
        score = bare.composite if move.dimension == "composite" else bare.dimensions[move.dimension]
        assert move.after.score == pytest.approx(score.score)
    assert {move.dimension for move in found.moves} >= {"opacity", "china"}


def test_cells_that_cite_what_falls_would_change(hill: Any) -> None:
    opened = hill.open()
    assessment = opened.assess(DAY, DAY)
    rows = registry_rows(assessment.snapshot, opened.holders(assessment.snapshot), opened.data / "places")
    effects = audit(assessment, ["hill"], rows)
    assert effect(effects, "hill", "source", "press").cells == ("owners", "ultimate_parents")


def test_an_official_source_makes_no_band_hang(hill: Any) -> None:
    found = effect(audit(hill.assess(), ["dale"]), "dale", "source", "ledger")
    assert found.bands
    assert not found.hangs


def test_a_second_source_of_another_origin_holds_the_band(hill: Any) -> None:
    hill.source("paper", grade="B", published="2026-05-03")
    record = next(one for one in hill._of("hill-co")["statement"] if one["key"] == "dragon-60")
    record["sources"] = ["press", "paper"]
    assert hangs_on(hill.assess(), ["hill"])["hill"] == ()


def test_a_source_that_says_where_the_site_lies_is_no_thread(made: Any) -> None:
    made.source("gazetteer", grade="B", published="2026-05-01")
    made.site("hill", holder="hill-co")
    made.shape("hill", {"type": "Point", "coordinates": [35.75, -6.17]}, "TZA", sources=["gazetteer"])
    made.stake("hill-co", owner="rest", percent=100, since="2020-01-01")
    assessment = made.assess()
    found = effect(audit(assessment, ["hill"]), "hill", "source", "gazetteer")
    assert [move.dimension for move in found.bands if move.dimension == "jurisdiction"]
    assert not found.hangs


def test_a_country_series_is_left_out_too(hill: Any) -> None:
    """Governance and stability hold more than half of the weight: without the series jurisdiction has no score."""
    found = effect(audit(hill.assess(), ["hill"]), "hill", "series", "wgi")
    (jurisdiction,) = [one for one in found.moves if one.dimension == "jurisdiction"]
    assert jurisdiction.before.score is not None
    assert jurisdiction.after.score is None


def test_what_is_said_of_a_country_is_tried_as_well(hill: Any) -> None:
    hill.place("TZA", "Tanzania")
    hill.say("tza", "policy", "royalty of six per cent", key="royalty")
    found = effect(audit(hill.assess(), ["hill"]), "hill", "statement", "TZA:royalty")
    assert [claim.how for claim in found.claims] == ["falls"]
    assert not found.hangs


def test_one_site_of_the_registry(assessed: Assessment) -> None:
    found = hangs_on(assessed, ["ngualla"])["ngualla"]
    assert all(one.site == "ngualla" and one.band != one.without for one in found)
