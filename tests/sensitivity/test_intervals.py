from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from georisk.assessment import Assessment, Score
from georisk.method import Method
from georisk.sensitivity.intervals import power_mean, with_intervals
from tests.sensitivity.planted import coverage, planted

LEAST = 0.88


def every_score(assessment: Assessment) -> list[Score]:
    return [
        score
        for site in assessment.sites.values()
        for one in (site, *site.parts)
        for score in (one.composite, *one.dimensions.values())
    ]


@pytest.mark.parametrize("which", ["sample", "assessed"])
def test_intervals_lie_within_low_and_high(which: str, request: pytest.FixtureRequest) -> None:
    found = request.getfixturevalue(which)
    assessment = found if which == "assessed" else found.report.assessment
    for score in every_score(assessment):
        assert score.p05 is not None
        assert score.p95 is not None
        assert score.low - 1e-9 <= score.p05 <= score.p95 <= score.high + 1e-9


def test_a_score_lies_in_its_own_interval(assessed: Assessment) -> None:
    outside = [
        (score.key, score.score, score.p05, score.p95)
        for score in every_score(assessed)
        if score.score is not None and not score.p05 - 0.5 <= score.score <= score.p95 + 0.5  # type: ignore[operator]
    ]
    assert outside == []


def test_nothing_in_doubt_leaves_no_interval(made: Any) -> None:
    """The one known holder is official, of today and whole: all of opacity is exact."""
    made.site("hill", holder="hill-co")
    made.party("ada", kind="person", incorporation="NOR")
    made.stake("hill-co", owner="ada", percent=100, since="2020-01-01")
    score = made.assess().sites["hill"].dimensions["opacity"]
    assert score.low == pytest.approx(score.high)
    assert score.p05 == pytest.approx(score.score)
    assert score.p95 == pytest.approx(score.score)


def test_intervals_repeat_and_another_site_moves_none(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.stake("hill-co", owner="rest", percent=[30, 60])
    before = made.assess().sites["hill"]
    made.site("dale", country="COD", holder="dale-co")
    after = made.assess().sites["hill"]
    for key, score in before.dimensions.items():
        again = after.dimensions[key]
        assert again.score == score.score
        assert (again.p05, again.p95) == pytest.approx((score.p05, score.p95), abs=1e-9)


def test_a_site_shows_the_interval_of_the_part_it_shows(sample: Any) -> None:
    site = sample.report.assessment.sites["twin"]
    parts = {part.id: part for part in site.parts}
    for key, score in site.dimensions.items():
        shown = parts[score.part].dimensions[key]
        assert (score.p05, score.p95) == (shown.p05, shown.p95)


def test_a_method_without_simulation_leaves_them_out(sample: Any) -> None:
    assessment = sample.report.assessment
    bare = replace(assessment, method=assessment.method.model_copy(update={"simulation": None}))
    assert with_intervals(bare) is bare


def test_the_mean_is_the_method_s(method: Method) -> None:
    """Weights 40, 30, 30 and exponent 2: 60, 0, 0 give 60 sqrt(0.4) = 37.947."""
    assert power_mean(np.array([60.0, 0.0, 0.0]), method) == pytest.approx(60 * 0.4**0.5)


@pytest.fixture(scope="module")
def method(repository: Any) -> Method:
    return repository.method()


@pytest.mark.parametrize("fair", [True, False], ids=["as the method assumes", "truth lies anywhere"])
def test_intervals_cover_planted_truth(method: Method, fair: bool) -> None:
    """Nine tenths of the intervals hold the truth, and they are clearly narrower than low to high."""
    found = coverage(planted(method, 250, 3, fair=fair))
    assert found.covered >= LEAST
    assert found.width < 0.75 * found.bounds
