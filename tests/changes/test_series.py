from __future__ import annotations

from typing import Any

import pytest

from georisk.changes.series import series_drops


def test_what_is_left_is_the_mean_of_what_is_still_known(made: Any) -> None:
    """Without the list of the FATF the other indicators share the weight; the unknown widens the interval."""
    made.site("hill", country="TZA", holder="hill-co")
    made.stake("hill-co", owner="rest", percent=100, since="2020-01-01")
    assessment = made.assess()
    before = assessment.sites["hill"].dimensions["jurisdiction"]
    weights = {one.key: one.weight for one in assessment.method.of("jurisdiction")}
    gone = {one.key for one in assessment.method.of("jurisdiction") if one.parameters.get("series") == "fatf-lists"}
    known = {one.indicator: weights[one.indicator] for one in before.contributions}
    was = sum(known.values())
    left = {name: weight for name, weight in known.items() if name not in gone}
    points = {one.indicator: one.points for one in before.contributions}
    expected = sum(points[name] for name in left) * was / sum(left.values())
    moved = {drop.key: {one[1]: one for one in found} for _, drop, found in series_drops(assessment, ["hill"])}
    _, _, old, new = moved["fatf-lists"]["jurisdiction"]
    assert old.score == pytest.approx(before.score)
    assert new.score == pytest.approx(expected)
    assert new.high - new.low == pytest.approx(before.high - before.low + 100 * sum(weights[one] for one in gone) / (
        was + sum(weights[one.indicator] for one in before.unknown)))  # fmt: skip


def test_every_series_of_the_method_is_tried(sample: Any) -> None:
    assessment = sample.report.assessment
    tried = {drop.key for _, drop, _ in series_drops(assessment, ["hill"])}
    assert tried == {
        str(one.parameters["series"]) for one in assessment.method.indicators if "series" in one.parameters
    }


def test_a_site_shows_its_worst_part(sample: Any) -> None:
    assessment = sample.report.assessment
    for _, _, found in series_drops(assessment, ["twin"]):
        parts = [one for one in found if one[0] != "twin" and one[1] == "jurisdiction" and one[3].score is not None]
        for one in found:
            if one[0] == "twin" and one[1] == "jurisdiction" and one[3].score is not None:
                assert one[3].score == max(part[3].score for part in parts)
