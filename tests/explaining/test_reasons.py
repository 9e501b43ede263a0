from __future__ import annotations

from typing import Any

import pytest

from georisk.assessment import COMPOSITE, Assessment
from georisk.explaining.citations import Citations
from georisk.explaining.reasons import Explanation, bands_between, explain, room_to_bands, title_of
from georisk.explaining.swings import ESTIMATE


@pytest.fixture(scope="module")
def hill(sample: Any) -> Explanation:
    citations = Citations(sample.report.snapshot, sample.workspace.data)
    return explain(sample.report.assessment, "hill", citations)


def test_points_add_up_to_the_score_and_percents_to_a_hundred(hill: Explanation) -> None:
    for argument in hill.arguments:
        assert sum(one.points for one in argument.reasons) == pytest.approx(argument.score.score)
        assert sum(one.percent for one in argument.reasons) == pytest.approx(100.0)


def test_reasons_stand_heaviest_first(hill: Explanation) -> None:
    for argument in hill.arguments:
        points = [one.points for one in argument.reasons]
        assert points == sorted(points, reverse=True)


def test_every_reason_leads_to_statements_and_every_statement_to_sources(hill: Explanation) -> None:
    for argument in hill.dimensions:
        for reason in argument.reasons:
            assert reason.supports, reason.indicator
            assert all(support.sources for support in reason.supports)


def test_the_composites_reasons_are_the_dimensions(hill: Explanation) -> None:
    assert {one.indicator for one in hill.composite.reasons} == {one.key for one in hill.dimensions}
    assert hill.of(COMPOSITE) is hill.composite
    assert sum(one.weight for one in hill.dimensions) == pytest.approx(100.0)


def test_what_nobody_looked_for_is_among_what_is_missing(hill: Explanation) -> None:
    unknown = {one.indicator for one in hill.of("china").score.unknown}
    asked = {one.indicator for one in hill.swings if one.dimension == "china" and one.reason}
    assert unknown == asked != set()


def test_facts_come_before_estimates(hill: Explanation) -> None:
    kinds = [one.kind == ESTIMATE for one in hill.swings]
    assert kinds == sorted(kinds)
    assert any(kinds)


def test_a_site_with_parts_says_whose_score_it_is(sample: Any) -> None:
    citations = Citations(sample.report.snapshot, sample.workspace.data)
    twin = explain(sample.report.assessment, "twin", citations)
    shown = sample.report.assessment.sites["twin"].dimensions["china"].part
    assert twin.of("china").part == sample.report.snapshot.name(shown) == "West"


def test_room_is_the_way_to_the_next_band_on_either_side(sample: Any) -> None:
    method = sample.report.assessment.method
    assert room_to_bands(method, 57.0) == ("moderate", pytest.approx(7.0), "severe", pytest.approx(18.0))  # 50 to 75
    assert room_to_bands(method, 3.0) == (None, pytest.approx(3.0), "moderate", pytest.approx(22.0))
    assert room_to_bands(method, 75.0) == ("high", pytest.approx(0.0), None, 0.0)


def test_bands_an_interval_touches(sample: Any) -> None:
    method = sample.report.assessment.method
    assert bands_between(method, 20.0, 60.0) == ["low", "moderate", "high"]
    assert bands_between(method, 80.0, 90.0) == ["severe"]


def test_titles_are_words() -> None:
    assert title_of("missing-figures") == "missing figures"


def test_all_sites_of_the_registry_can_be_explained(repository: Any, assessed: Assessment) -> None:
    citations = Citations(assessed.snapshot, repository.data)
    for site in assessed.sites:
        found = explain(assessed, site, citations)
        for argument in found.dimensions:
            if argument.score.score is not None:
                assert sum(one.points for one in argument.reasons) == pytest.approx(argument.score.score)
        for swing in found.swings:
            ends = [
                one for one in (swing.low, swing.high, swing.composite_low, swing.composite_high) if one is not None
            ]
            assert all(-1e-9 <= one <= 100 + 1e-9 for one in ends)
            assert swing.composite_width >= -1e-9
