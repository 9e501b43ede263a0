from __future__ import annotations

from typing import Any

import pytest

from georisk.outputs.map_flows import country_parts, flows
from georisk.outputs.rows import Report, report


def told(made: Any) -> Report:
    made.site("hill", country="TZA", at=(35.0, -6.0), holder="hill-co")
    made.party("dragon", incorporation="CHN", title="Dragon Ltd")
    made.party("nowhere")
    made.party("bank", incorporation="USA", title="The Bank")
    made.stake("hill-co", owner="dragon", percent=60)
    made.stake("hill-co", owner="nowhere", percent=40)
    made.say("hill", "finance", 5, unit="USD", lender="bank", instrument="loan")
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    return report(assessment, opened.holders(assessment.snapshot), opened.data / "places")


def test_flows_come_from_where_owners_and_lenders_are_at_home(made: Any) -> None:
    found = told(made)
    assert flows(found, found.sites[0]) == [
        {"kind": "owner", "country": "CHN", "name": "Dragon Ltd", "text": "60.0 %"},
        {"kind": "lender", "country": "USA", "name": "The Bank", "text": "loan, in effect"},
    ]


def test_the_country_part_is_the_mean_of_its_own_indicators(sample: Any) -> None:
    parts = country_parts(sample.report, [("hill", ["TZA"])])
    method = sample.report.assessment.method
    score = sample.report.assessment.sites["hill"].dimensions["jurisdiction"]
    weights = {one.key: one.weight for one in method.of("jurisdiction")}
    known = sum(weights[one.indicator] for one in score.contributions)
    ours = [one for one in score.contributions if one.indicator != "proceedings"]
    # a point is weight x risk / known weight, so the weighted mean undoes the one and divides by the other
    mean = sum(one.points for one in ours) * known / sum(weights[one.indicator] for one in ours)
    assert parts["TZA"]["score"] == pytest.approx(mean, abs=0.05)
    assert parts["TZA"]["band"] == method.band_of(parts["TZA"]["score"])


def test_a_site_in_two_countries_tells_of_neither(sample: Any) -> None:
    assert country_parts(sample.report, [(sample.report.sites[0].id, ["TZA", "ZMB"])]) == {}
