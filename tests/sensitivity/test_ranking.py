from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from georisk.assessment import Assessment
from georisk.errors import UsageError
from georisk.sensitivity.ranking import Ranking, ranking, spread


@pytest.fixture(scope="module")
def found(assessed: Assessment) -> Ranking:
    return ranking(assessed, draws=300)


def test_sites_with_a_composite_are_ranked_and_no_others(found: Ranking, assessed: Assessment) -> None:
    scored = {name for name, site in assessed.sites.items() if site.composite.score is not None}
    assert set(found.ranked) == set(found.ranks) == scored
    assert all(1 <= one.low <= one.median <= one.high <= len(scored) for one in found.ranks.values())


def test_one_of_two_is_riskier(found: Ranking) -> None:
    """What one wins the other loses; ties count half on either side."""
    assert found.riskier + found.riskier.T == pytest.approx(np.ones_like(found.riskier))
    assert np.diag(found.riskier) == pytest.approx(np.full(len(found.ranked), 0.5))


def test_a_site_whose_worst_case_is_better_is_hardly_ever_riskier(found: Ranking, assessed: Assessment) -> None:
    ends = {name: assessed.sites[name].composite for name in found.ranked}
    calm = min(ends, key=lambda name: ends[name].high)
    wild = max(ends, key=lambda name: ends[name].low)
    assert ends[calm].high < ends[wild].low
    assert found.riskier[found.ranked.index(calm), found.ranked.index(wild)] < 0.05


def test_runs_repeat(assessed: Assessment, found: Ranking) -> None:
    assert ranking(assessed, draws=300).scores == found.scores
    assert ranking(assessed, draws=300, seed=5).scores != found.scores


def test_a_spread_is_the_middle_and_the_ends() -> None:
    """Of 0 to 100 in steps of one, a tenth lies below 10 and above 90."""
    one = spread(np.arange(101.0), 0.1)
    assert (one.low, one.median, one.high) == pytest.approx((10, 50, 90))


def test_a_method_that_does_not_say_how_is_told(sample: Any) -> None:
    assessment = sample.report.assessment
    bare = replace(assessment, method=assessment.method.model_copy(update={"simulation": None}))
    with pytest.raises(UsageError, match=r"sensitivity\.toml"):
        ranking(bare)
