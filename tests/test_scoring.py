from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pytest import approx
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.utils.estimator_checks import parametrize_with_checks

from georisk.evidence import Evidence
from georisk.method import Indicator, Method
from georisk.scoring import (
    PowerMeanPoints,
    Scores,
    WeightedPoints,
    composite_points,
    risk_of,
    score_subjects,
)

ESTIMATORS = [WeightedPoints(), PowerMeanPoints(), WeightedPoints(weights=None), PowerMeanPoints(exponent=1.0)]


def by_name(pair: Any) -> str:
    return str(getattr(pair[1], "func", pair[1]).__name__)


# The library's array-API checks skip themselves unless a variable is set before SciPy is loaded: they say nothing here.
CHECKS = [pair for pair in parametrize_with_checks(ESTIMATORS[:2]).args[1] if "array_api" not in by_name(pair)]


@pytest.mark.parametrize(
    ("estimator", "check"), CHECKS, ids=lambda part: getattr(getattr(part, "func", part), "__name__", None)
)
def test_scikit_learn_s_own_checks(estimator: Any, check: Any) -> None:
    check(estimator)


@pytest.mark.parametrize("estimator", ESTIMATORS)
class TestEstimators:
    TABLE = pd.DataFrame({"north": [10.0, 0.0], "south": [30.0, 0.0]}, index=["hill", "dale"])

    def test_the_constructor_only_stores(self, estimator: Any) -> None:
        copy = clone(estimator)
        assert copy.get_params() == estimator.get_params()
        assert [name for name in vars(copy) if name.endswith("_")] == []

    def test_fitting_learns_nothing_from_the_rows(self, estimator: Any) -> None:
        one = clone(estimator).fit(self.TABLE).transform(self.TABLE)
        other = clone(estimator).fit(self.TABLE * 3).transform(self.TABLE)
        assert np.array_equal(one, other)

    def test_a_row_s_points_do_not_depend_on_other_rows(self, estimator: Any) -> None:
        fitted = clone(estimator).fit(self.TABLE)
        assert np.array_equal(fitted.transform(self.TABLE)[:1], fitted.transform(self.TABLE[:1]))

    def test_pandas_in_and_out(self, estimator: Any) -> None:
        out = clone(estimator).set_output(transform="pandas").fit(self.TABLE).transform(self.TABLE)
        assert isinstance(out, pd.DataFrame)
        assert (list(out.columns), list(out.index)) == (["north", "south"], ["hill", "dale"])

    def test_names_of_columns_are_recorded(self, estimator: Any) -> None:
        fitted = clone(estimator).fit(self.TABLE)
        assert list(fitted.feature_names_in_) == ["north", "south"]
        assert list(fitted.get_feature_names_out()) == ["north", "south"]
        with pytest.raises(ValueError, match="feature names"):
            fitted.transform(self.TABLE.rename(columns={"north": "east"}))

    def test_it_must_be_fitted(self, estimator: Any) -> None:
        with pytest.raises(NotFittedError):
            clone(estimator).transform(self.TABLE)

    @pytest.mark.parametrize("weights", [[1.0], [1.0, 0.0], [1.0, -1.0], [1.0, 2.0, 3.0]])
    def test_one_positive_weight_a_column(self, estimator: Any, weights: list[float]) -> None:
        with pytest.raises(ValueError, match="one positive number for each of the 2 columns"):
            clone(estimator).set_params(weights=weights).fit(self.TABLE)


class TestWeightedPoints:
    def test_points_are_weight_times_value_over_all_weight(self) -> None:
        # Weights 1, 1, 2: 10/4, 20/4, 80/4; they add up to the mean 27.5.
        rows = np.array([[10.0, 20.0, 40.0]])
        points = WeightedPoints([1, 1, 2]).fit(rows).transform(rows)
        assert points.tolist() == [[2.5, 5.0, 20.0]]

    def test_the_unknown_gets_no_points_and_leaves_the_denominator(self) -> None:
        # 10/3 + 80/3 = 30, the mean of what is known.
        rows = np.array([[10.0, math.nan, 40.0]])
        points = WeightedPoints([1, 1, 2]).fit(rows).transform(rows)
        assert points[0] == approx([10 / 3, 0, 80 / 3])

    def test_nothing_known_is_not_a_number(self) -> None:
        rows = np.array([[math.nan, math.nan], [5.0, 5.0]])
        points = WeightedPoints().fit(rows).transform(rows)
        assert np.isnan(points[0]).all()
        assert points[1].sum() == 5.0


class TestPowerMeanPoints:
    def test_points_follow_the_formula(self) -> None:
        # p = 2, equal weights: M = sqrt((900 + 1600) / 2) = sqrt(1250); points M x 900/2500 and M x 1600/2500.
        rows = np.array([[30.0, 40.0]])
        points = PowerMeanPoints().fit(rows).transform(rows)
        assert points[0] == approx([math.sqrt(1250) * 0.36, math.sqrt(1250) * 0.64])

    def test_weights_enter_mean_and_shares(self) -> None:
        # Weights 3 and 1: M = sqrt((3 x 400 + 1 x 3600) / 4) = sqrt(1200); shares 1200 and 3600 of 4800.
        rows = np.array([[20.0, 60.0]])
        points = PowerMeanPoints([3, 1]).fit(rows).transform(rows)
        assert points[0] == approx([math.sqrt(1200) / 4, math.sqrt(1200) * 3 / 4])

    def test_an_exponent_of_one_is_the_weighted_mean(self) -> None:
        rows = np.array([[20.0, 60.0, 0.0]])
        weights = [3, 1, 4]
        assert PowerMeanPoints(weights, 1.0).fit(rows).transform(rows) == approx(
            WeightedPoints(weights).fit(rows).transform(rows)
        )

    def test_imbalance_is_worse_than_balance(self) -> None:
        rows = np.array([[50.0, 50.0], [0.0, 100.0]])
        level, lopsided = PowerMeanPoints().fit(rows).transform(rows).sum(axis=1)
        assert (level, lopsided) == approx((50, math.sqrt(5000)))

    def test_zeros_have_no_points_and_an_unknown_takes_the_row(self) -> None:
        rows = np.array([[0.0, 0.0], [50.0, math.nan], [100.0, 100.0]])
        points = PowerMeanPoints().fit(rows).transform(rows)
        assert points[0].tolist() == [0, 0]
        assert np.isnan(points[1]).all()
        assert points[2].sum() == approx(100)

    @pytest.mark.parametrize("call", ["fit", "transform"])
    def test_negative_scores_are_refused(self, call: str) -> None:
        fitted = PowerMeanPoints().fit(np.array([[1.0, 2.0]]))
        with pytest.raises(ValueError, match="Negative values in data"):
            getattr(fitted, call)(np.array([[-1.0, 2.0]]))


def definition(zero: float, hundred: float, scale: str = "linear") -> Indicator:
    return Indicator.model_validate({
        "key": "k", "question": "q", "dimension": "china", "function": "f", "unit": "u", "scale": scale,
        "goalposts": {"zero": zero, "hundred": hundred}, "goalposts_reason": "r", "weight": 1, "weight_reason": "r",
        "reference": "r", "unknown": "u", "sentence": "s",
    })  # fmt: skip


class TestGoalposts:
    def test_between_them_risk_is_a_straight_line_and_beyond_it_stays(self) -> None:
        risks = risk_of(pd.Series([-5.0, 0.0, 12.5, 50.0, 80.0]), definition(0, 50))
        assert risks.tolist() == [0, 0, 25, 100, 100]

    def test_they_may_run_downward(self) -> None:
        risks = risk_of(pd.Series([2.5, 0.0, -1.25, -2.5, -9.0]), definition(2.5, -2.5))
        assert risks.tolist() == [0, 50, 75, 100, 100]

    def test_a_logarithmic_scale_counts_powers_of_ten(self) -> None:
        # 100 log(1 + v) / log(1 + 9999): 9 is a quarter of the way to 9999, 99 half, 999 three quarters.
        risks = risk_of(pd.Series([0.0, 9.0, 99.0, 999.0, 9999.0, 1e9]), definition(0, 9999, "log"))
        assert risks.tolist() == approx([0, 25, 50, 75, 100, 100])

    def test_the_unknown_stays_unknown(self) -> None:
        assert np.isnan(risk_of(pd.Series([math.nan]), definition(0, 50))[0])


def scored(made: Any, keys: tuple[str, ...], **aggregation: float) -> Scores:
    """Score with some of the indicators only; floors may be set."""
    evidence = made.evidence()
    method: Method = evidence.method
    some = tuple(one for one in method.indicators if one.key in keys)
    dimensions = [one for one in method.dimension if one.key in {indicator.dimension for indicator in some}]
    rule = method.aggregation.model_copy(update=aggregation)
    changed = method.model_copy(update={"indicators": some, "dimension": dimensions, "aggregation": rule})
    return score_subjects(Evidence(evidence.snapshot, changed, evidence.references))


def row(found: Scores, subject: str, dimension: str) -> Any:
    table = found.dimensions.set_index(["subject", "dimension"])
    return table.loc[(subject, dimension)]


CHINA = ("equity", "control", "offtake", "processing", "debt", "contractor")


@pytest.fixture
def desk(made: Any) -> Any:
    made.party("ada", kind="person", incorporation="NOR")
    made.site("hill", holder="hill-co")
    made.stake("hill-co", owner="ada", percent=100)
    return made


class TestDimension:
    def test_what_is_unknown_leaves_the_score_and_widens_the_bounds(self, desk: Any) -> None:
        # Known: equity 0 (weight 30), control 0 (20), contractor 100 (5). Score 500 / 55.
        # Unknown: offtake 20, processing 15, debt 10. Low (500 + 0) / 100, high (500 + 4500) / 100.
        desk.party("dragon", incorporation="CHN")
        desk.say("hill", "contractor", "dragon")
        found = row(scored(desk, CHINA), "hill", "china")
        assert (found["score"], found["low"], found["high"]) == approx((500 / 55, 5, 50))
        assert found["known_weight"] == approx(0.55)
        assert found["reason"] == ""

    def test_what_does_not_apply_leaves_numerator_denominator_and_floor(self, desk: Any) -> None:
        # Offtake (20) and processing (15) do not arise: 65 apply, 50 are known, 15 (debt, contractor) are not.
        desk.say("hill", "offtake", absent="not-applicable")
        desk.say("hill", "processing", absent="not-applicable")
        found = row(scored(desk, CHINA), "hill", "china")
        assert (found["score"], found["low"], found["high"]) == approx((0, 0, 1500 / 65))
        assert found["known_weight"] == approx(50 / 65)

    def test_half_known_is_enough_and_less_is_not(self, desk: Any) -> None:
        # Equity and control, 50 of 100, are known for hill; for dale nothing is.
        desk.site("dale")
        found = scored(desk, CHINA)
        assert row(found, "hill", "china")["score"] == 0
        dale = row(found, "dale", "china")
        assert np.isnan(dale["score"])
        assert (dale["low"], dale["high"], dale["known_weight"]) == (0, 100, 0)
        assert pd.isna(dale["band"])
        assert dale["reason"] == "only 0 % of the applicable weight is known, 50 % are needed"

    def test_a_search_that_found_nothing_counts_as_zero(self, desk: Any) -> None:
        desk.say("hill", "chinese-link", absent="none-found", channels=["offtake", "processing", "debt", "contractor"])
        found = row(scored(desk, CHINA), "hill", "china")
        assert (found["score"], found["low"], found["high"], found["known_weight"]) == (0, 0, 0, 1)

    def test_bounds_of_known_values_enter_low_and_high(self, desk: Any) -> None:
        # Offtake 80 with no stated end: 40 to 80, point 60, weight 20; equity and control 0, weight 50.
        # Score 1200 / 70; low (800 + 0) / 100, high (1600 + 3000) / 100 with 30 unknown.
        desk.party("dragon", incorporation="CHN")
        desk.say("hill", "offtake", 80, buyer="dragon")
        found = row(scored(desk, CHINA), "hill", "china")
        assert (found["score"], found["low"], found["high"]) == approx((1200 / 70, 8, 46))

    def test_points_add_up_to_the_score(self, desk: Any) -> None:
        desk.party("dragon", incorporation="CHN")
        desk.say("hill", "offtake", 80, buyer="dragon")
        desk.say("hill", "contractor", "dragon", force="planned")
        found = scored(desk, CHINA)
        marks = found.marks[found.marks["subject"] == "hill"]
        assert marks["points"].sum() == approx(row(found, "hill", "china")["score"], abs=1e-9)
        assert set(marks.loc[marks["reason"] != "", "points"]) == {0.0}


class TestComposite:
    KEYS = (*CHINA, "unresolved", "missing-figures", "depth")

    def test_it_is_the_power_mean_of_the_dimensions(self, desk: Any) -> None:
        # Opacity 0 and China 100 x 5 / 55 with weights 30 and 30 and exponent 2: sqrt((0 + c^2) / 2).
        desk.party("dragon", incorporation="CHN")
        desk.say("hill", "contractor", "dragon")
        found = scored(desk, self.KEYS)
        china, opacity = row(found, "hill", "china")["score"], row(found, "hill", "opacity")["score"]
        composite = row(found, "hill", "composite")
        assert opacity == 0
        assert composite["score"] == approx(china / math.sqrt(2))
        assert composite["known_weight"] == approx((0.55 + 1) / 2)

    def test_one_dimension_without_score_leaves_none(self, desk: Any) -> None:
        desk.site("dale")
        composite = row(scored(desk, self.KEYS), "dale", "composite")
        assert np.isnan(composite["score"])
        assert composite["reason"] == "no score for china"
        assert 0 <= composite["low"] <= composite["high"] <= 100

    def test_below_its_own_floor_there_is_none(self, desk: Any) -> None:
        # 50 of China's weight and all of opacity's are known: 75 per cent.
        assert not np.isnan(row(scored(desk, self.KEYS, floor_composite_percent=75.0), "hill", "composite")["score"])
        composite = row(scored(desk, self.KEYS, floor_composite_percent=76.0), "hill", "composite")
        assert np.isnan(composite["score"])
        assert composite["reason"] == "only 75 % of the applicable weight is known, 76 % are needed"

    def test_points_of_its_dimensions(self, root: Path, desk: Any) -> None:
        # Weights 40, 30, 30: M = sqrt((40 x 3600 + 30 x 900 + 0) / 100) = sqrt(1710), shares 144 and 27 of 171.
        method = desk.open().method()
        points = composite_points({"jurisdiction": 60, "opacity": 30, "china": 0}, method)
        mean = math.sqrt(1710)
        assert points == approx({"jurisdiction": mean * 144 / 171, "opacity": mean * 27 / 171, "china": 0})


def test_a_registry_without_sites_has_no_scores(made: Any) -> None:
    made.party("ada")
    found = scored(made, ("equity", "unresolved"))
    assert found.dimensions.empty
    assert found.marks.empty
