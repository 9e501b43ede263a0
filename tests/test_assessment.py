from __future__ import annotations

import math
from typing import Any

import pytest
from pytest import approx

from georisk.assessment import Assessment, Score, score_frame


@pytest.fixture(scope="module")
def found(workspace: Any, tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """Score several small sites in one run.

    ``twin`` has three parts: in China's dimension east scores 500 / 55, west 30, and plan 100, but plan is only
    planned. ``paper`` rests on a summary alone, ``firm`` on filings but for one summary.
    """
    made = workspace(tmp_path_factory.mktemp("desk"))
    made.source("digest", grade="C")
    made.party("ada", kind="person", incorporation="NOR")
    made.party("dragon", incorporation="CHN", title="Dragon Metals")
    made.site("twin", parts=("east", "west", "plan"))
    for part in ("east", "west", "plan"):
        made.hold(f"twin/{part}", f"{part}-co")
        made.say(f"twin/{part}", "admin-unit", "a district", country="TZA")
    made.stake("east-co", owner="ada", percent=100)
    made.say("twin/east", "contractor", "dragon")
    made.say("twin/east", "stage", "production", since="2020-01-01")
    made.stake("west-co", owner="ada", percent=75)
    made.stake("west-co", owner="dragon", percent=25, key="west-dragon")
    made.stake("plan-co", owner="dragon", percent=100)
    made.say("twin/plan", "stage", "planned", force="planned")
    made.site("paper", country="TZA", holder="paper-co")
    made.stake("paper-co", owner="dragon", percent=100, sources=["digest"])
    made.site("firm", country="TZA", holder="firm-co")
    made.stake("firm-co", owner="ada", percent=100)
    made.say("firm", "contractor", "dragon", sources=["digest"])
    made.site("cloud")
    assessment = made.assess()
    assert isinstance(assessment, Assessment)
    return assessment


def scores(found: Assessment) -> list[Score]:
    scored = [one for site in found.sites.values() for one in (site, *site.parts)]
    return [one for each in scored for one in (each.composite, *each.dimensions.values())]


class TestEveryScore:
    def test_points_add_up_to_it(self, found: Assessment) -> None:
        for one in scores(found):
            if one.score is not None:
                assert sum(part.points for part in one.contributions) == approx(one.score, abs=1e-6)

    def test_it_lies_between_its_bounds_and_in_its_band(self, found: Assessment) -> None:
        for one in scores(found):
            assert 0 <= one.low <= one.high <= 100
            if one.score is not None:
                assert one.low - 1e-9 <= one.score <= one.high + 1e-9
            assert one.band == found.method.band_of(one.score)

    def test_it_has_a_reason_exactly_where_it_is_missing(self, found: Assessment) -> None:
        assert any(one.score is None for one in scores(found))
        for one in scores(found):
            assert (one.score is None) == bool(one.reason)

    def test_reasons_come_largest_first_with_a_sentence_and_what_they_rest_on(self, found: Assessment) -> None:
        known = found.snapshot.by_id
        for one in scores(found):
            points = [part.points for part in one.contributions]
            assert points == sorted(points, reverse=True)
            for part in one.contributions:
                assert part.sentence.strip()
                assert "$" not in part.sentence
                assert all(name in known or name.startswith("ref:") for name in part.statements)

    def test_known_and_unknown_indicators_are_all_there_are(self, found: Assessment) -> None:
        for site in found.sites.values():
            for key, one in site.dimensions.items():
                named = {part.indicator for part in one.contributions} | {part.indicator for part in one.unknown}
                assert named == {indicator.key for indicator in found.method.of(key)}
                assert one.known_weight == approx(1 - sum(part.weight for part in one.unknown) / 100)


class TestParts:
    def test_each_part_has_scores_of_its_own(self, found: Assessment) -> None:
        china = {part.id: part.dimensions["china"].score for part in found.sites["twin"].parts}
        # East: equity 0 (30), control 0 (20), contractor 100 (5). West: a quarter of the equity is half the goalpost
        # of 50: 1500 / 50. Plan: 100 of equity and control.
        assert china == approx({"twin/east": 500 / 55, "twin/west": 30, "twin/plan": 100})

    def test_the_site_shows_its_worst_part_that_is_not_only_planned(self, found: Assessment) -> None:
        china = found.sites["twin"].dimensions["china"]
        assert (china.part, china.score) == ("twin/west", approx(30))
        equity = china.contributions[0]
        assert (equity.indicator, equity.points) == ("equity", approx(30))
        west = next(one for one in found.snapshot.known if one.key == "west-co:west-dragon")
        assert west.id in equity.statements

    def test_its_composite_is_that_of_its_worst_part(self, found: Assessment) -> None:
        twin = found.sites["twin"]
        east, west, plan = (part.composite.score or 0.0 for part in twin.parts)
        assert plan > west > east > 0
        assert (twin.composite.part, twin.composite.score) == ("twin/west", west)

    def test_a_site_without_parts_names_none(self, found: Assessment) -> None:
        assert found.sites["firm"].parts == ()
        assert found.sites["firm"].composite.part is None


class TestWeakEvidence:
    def test_alone_it_moves_nothing_and_is_shown_beside(self, found: Assessment) -> None:
        china = found.sites["paper"].dimensions["china"]
        assert (china.score, china.band) == (None, None)
        assert (china.weak, china.weak_band) == (approx(100), "severe")

    def test_where_the_band_is_the_same_it_is_not_shown(self, found: Assessment) -> None:
        china = found.sites["firm"].dimensions["china"]
        assert (china.score, china.band) == (0, "low")
        assert (china.weak, china.weak_band) == (approx(500 / 55), None)

    def test_its_statements_are_no_reason_of_the_score(self, found: Assessment) -> None:
        weak = {one.id for one in found.snapshot.known if one.grade in "CD"}
        assert weak
        assert all(weak.isdisjoint(part.statements) for one in scores(found) for part in one.contributions)


class TestComposite:
    def test_its_parts_are_the_dimensions(self, found: Assessment) -> None:
        firm = found.sites["firm"]
        assert {one.indicator for one in firm.composite.contributions} == set(firm.dimensions)
        one = firm.composite.contributions[0]
        assert one.value == firm.dimensions[one.indicator].score
        assert one.sentence.endswith("per cent.")

    def test_the_worst_dimension_is_named(self, found: Assessment) -> None:
        firm = found.sites["firm"]
        assert firm.worst == max(firm.dimensions, key=lambda key: firm.dimensions[key].score or 0.0)

    def test_a_site_nobody_can_place_has_no_composite_but_a_reason(self, found: Assessment) -> None:
        cloud = found.sites["cloud"]
        assert cloud.dimensions["jurisdiction"].score is None
        assert cloud.composite.reason == "no score for jurisdiction, china"
        assert cloud.composite.contributions == ()
        assert cloud.worst == "opacity"


def test_what_is_unknown_says_why_and_what_it_weighs(found: Assessment) -> None:
    unknown = {one.indicator: one for one in found.sites["firm"].dimensions["china"].unknown}
    assert {key: (one.reason, one.weight) for key, one in unknown.items()} == {
        "offtake": ("not-found", approx(20)), "processing": ("not-found", approx(15)),
        "debt": ("not-sought", approx(10)), "contractor": ("not-sought", approx(5)),
    }  # fmt: skip
    assert all(one.question.endswith("?") for one in unknown.values())


def test_all_scores_as_a_table(found: Assessment) -> None:
    table = score_frame(found)
    assert list(table.columns) == [
        "site", "part", "dimension", "score", "low", "high", "band", "known_weight", "reason",
    ]  # fmt: skip
    assert len(table) == 4 * (4 + 3)  # four sites and the three parts of one, a composite and three dimensions each
    rows = table.set_index(["site", "part", "dimension"])
    assert rows.loc[("twin", "twin/east", "china"), "score"] == approx(500 / 55)
    assert math.isnan(rows.loc[("paper", "", "china"), "score"])
