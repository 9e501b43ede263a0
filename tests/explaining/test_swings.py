from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from georisk.assessment import Assessment, Contribution, Missing, Score, Scored
from georisk.explaining.swings import BOUNDED, ESTIMATE, UNKNOWN, swings_of
from georisk.method import Method


def indicator(key: str, dimension: str, weight: float) -> dict[str, Any]:
    texts = dict.fromkeys(
        ("question", "function", "unit", "goalposts_reason", "weight_reason", "reference", "unknown", "sentence"), key
    )
    return {"key": key, "dimension": dimension, "weight": weight, "goalposts": {"zero": 0, "hundred": 100}, **texts}


@pytest.fixture
def method() -> Method:
    """Two dimensions of equal weight under an arithmetic mean; 50 and 60 per cent as floors."""
    return Method.model_validate({
        "version": "t",
        "aggregation": {"exponent": 1, "floor_dimension_percent": 50, "floor_composite_percent": 60},
        "dimension": [{"key": key, "title": key, "question": key, "weight": 1, "weight_reason": ""} for key in "ab"],
        "band": [{"key": key, "title": key, "from": start}
                 for key, start in (("low", 0), ("moderate", 25), ("high", 50))],
        "ageing": {"grace_months": 24, "per_year": 0.1},
        "ownership": {"chinese_places": [], "control_percent": 50, "float_holder_percent": 5, "material_percent": 5},
        "indicators": [indicator("a1", "a", 3), indicator("a2", "a", 1), indicator("b1", "b", 1)],
    })  # fmt: skip


def known(key: str, points: float, low: float, high: float, *ids: str) -> Contribution:
    return Contribution(key, points, points, low, high, f"{key}.", ids)


def score(method: Method, key: str, value: float | None, low: float, high: float, weight: float, **more: Any) -> Score:
    parts = {"contributions": (), "unknown": (), "reason": ""} | more
    return Score(key, value, low, high, method.band_of(value), weight, **parts)


@pytest.fixture
def scored(method: Method) -> Scored:
    """a1 is 40, bounded by 20 and 60; a2 is unknown; b1 is 10.

    a: 40 on three quarters of the weight; low (3 x 20 + 0) / 4 = 15, high (3 x 60 + 100) / 4 = 70.
    The composite: (40 + 10) / 2 = 25, from 12.5 to 40.
    """
    missing = Missing("a2", "not-found", "a2", 25.0)
    a = score(
        method, "a", 40.0, 15.0, 70.0, 0.75, contributions=(known("a1", 40.0, 20.0, 60.0, "s-1"),), unknown=(missing,)
    )
    b = score(method, "b", 10.0, 10.0, 10.0, 1.0, contributions=(known("b1", 10.0, 10.0, 10.0, "s-2"),))
    return Scored("hill", "Hill", score(method, "composite", 25.0, 12.5, 40.0, 0.875), {"a": a, "b": b})


def swings(method: Method, scored: Scored) -> dict[str, Any]:
    nowhere: Any = SimpleNamespace(snapshot=None)
    assessment: Assessment = nowhere
    return {one.indicator: one for one in swings_of(assessment, scored, method)}


def test_an_unknown_fact_is_put_at_both_ends_with_its_weight(method: Method, scored: Scored) -> None:
    one = swings(method, scored)["a2"]
    assert (one.kind, one.reason, one.part) == (UNKNOWN, "not-found", None)
    assert (one.low, one.high) == (pytest.approx(30.0), pytest.approx(55.0))  # (3 x 40 + 0) / 4 and (3 x 40 + 100) / 4
    assert (one.composite_low, one.composite_high) == (pytest.approx(20.0), pytest.approx(32.5))
    assert one.bands == ("high",)  # moderate today, and at 30
    assert one.composite_bands == ("low",)  # moderate today, and at 32.5


def test_knowing_it_takes_its_weight_off_the_interval(method: Method, scored: Scored) -> None:
    one = swings(method, scored)["a2"]
    assert one.width == pytest.approx(25.0)  # 1 of 4
    # a then spans (60 + x) / 4 to (180 + x) / 4: 30 points, 15 of the composite, which spans 27.5 today
    assert one.composite_width == pytest.approx(12.5)


def test_a_bounded_fact_moves_between_its_bounds_alone(method: Method, scored: Scored) -> None:
    one = swings(method, scored)["a1"]
    assert (one.kind, one.sentence) == (BOUNDED, "a1.")
    assert (one.low, one.high) == (pytest.approx(20.0), pytest.approx(60.0))  # a2 stays out of the mean
    assert one.width == pytest.approx(30.0)  # 3 x 40 of 4
    assert (one.composite_low, one.composite_high) == (pytest.approx(15.0), pytest.approx(35.0))


def test_a_fact_without_doubt_is_not_asked(method: Method, scored: Scored) -> None:
    assert "b1" not in swings(method, scored)


def test_what_can_change_the_composites_band_comes_first_estimates_last(method: Method, scored: Scored) -> None:
    assert list(swings(method, scored)) == ["a1", "a2"]  # both can; a1 takes more off the composite
    estimated = known("a1", 40.0, 20.0, 60.0, "ref:wgi/TZA/2023/rl")
    a = score(method, "a", 40.0, 15.0, 70.0, 0.75, contributions=(estimated,), unknown=scored.dimensions["a"].unknown)
    found = swings(method, Scored("hill", "Hill", scored.composite, {**scored.dimensions, "a": a}))
    assert [(key, one.kind) for key, one in found.items()] == [("a2", UNKNOWN), ("a1", ESTIMATE)]


def test_a_fact_may_lift_a_dimension_over_its_floor(method: Method, scored: Scored) -> None:
    """a1 unknown leaves a quarter of the weight: no score. With a1 known, a is (3 x + 40) / 4."""
    missing = Missing("a1", "not-sought", "a1", 75.0)
    a = score(method, "a", None, 10.0, 85.0, 0.25, contributions=(known("a2", 40.0, 40.0, 40.0),), unknown=(missing,),
              reason="too little")  # fmt: skip
    whole = score(method, "composite", None, 10.0, 47.5, 0.625, reason="no score for a")
    one = swings(method, Scored("hill", "Hill", whole, {**scored.dimensions, "a": a}))["a1"]
    assert (one.low, one.high) == (pytest.approx(10.0), pytest.approx(85.0))
    assert (one.composite_low, one.composite_high) == (pytest.approx(10.0), pytest.approx(47.5))
    assert set(one.composite_bands) == {"low", "moderate"}


def test_the_ends_are_what_scoring_says_once_the_fact_is_told(workspace: Any, tmp_path: Any) -> None:
    """Nobody has looked for debt; then a Chinese lender of all of it is found, or a search finds none."""

    def told(name: str, tell: Any) -> Assessment:
        made = workspace(tmp_path / name)
        made.party("dragon", incorporation="CHN")
        made.party("quarry", listed=True, incorporation="GBR")
        made.site("hill", country="TZA", holder="hill-co")
        made.stake("hill-co", owner="quarry", percent=100)
        made.say("hill", "offtake", 30, unit="percent", buyer="dragon", until="2030-01-01")
        tell(made)
        return made.assess()

    def lend(made: Any) -> None:
        made.say("hill", "finance", 5, unit="USD", lender="dragon", kind="loan")

    def search(made: Any) -> None:
        made.say("hill", "chinese-link", absent="none-found", channels=["debt"])

    open_ = told("open", lambda made: None)
    scored = open_.sites["hill"]
    one = next(found for found in swings_of(open_, scored, open_.method) if found.indicator == "debt")
    worst, best = (told(*case).sites["hill"] for case in (("lent", lend), ("searched", search)))
    assert one.high == pytest.approx(worst.dimensions["china"].score)
    assert one.low == pytest.approx(best.dimensions["china"].score)
    assert one.composite_high == pytest.approx(worst.composite.score)
    assert one.composite_low == pytest.approx(best.composite.score)
    after = best.dimensions["china"]
    today = scored.dimensions["china"]
    assert one.width == pytest.approx((today.high - today.low) - (after.high - after.low))


def test_a_part_that_does_not_show_can_come_to_the_top(made: Any) -> None:
    """East shows; the debt of west is unknown and could make it the worse one."""
    made.party("dragon", incorporation="CHN")
    made.party("quarry", listed=True, incorporation="GBR")
    made.site("twin", parts=("east", "west"))
    for part in ("east", "west"):
        made.say(f"twin/{part}", "admin-unit", "a district", country="TZA")
        made.say(f"twin/{part}", "stage", "production")
        made.hold(f"twin/{part}", f"{part}-co")
        made.stake(f"{part}-co", owner="quarry", percent=100)
        for channel in ("offtake", "processing"):
            made.say(f"twin/{part}", channel, absent="none-found")
    made.say("twin/east", "chinese-link", absent="none-found", channels=["debt"])
    made.say("twin/east", "contractor", "dragon")
    assessment = made.assess()
    site = assessment.sites["twin"]
    assert site.dimensions["china"].part == "twin/east"
    found = [one for one in swings_of(assessment, site, assessment.method) if one.part == "twin/west"]
    debt = next(one for one in found if one.indicator == "debt")
    assert debt.low == site.dimensions["china"].score  # east stays on top
    assert (debt.high or 0) > (debt.low or 0)
    assert debt.width == 0  # the site shows the interval of east
