from __future__ import annotations

from typing import Any

import pytest

from georisk.sensitivity.indices import Variance, composite_variance
from georisk.sensitivity.trying import FACTORS


@pytest.fixture(scope="module")
def found(sample: Any) -> Any:
    return composite_variance(sample.report.assessment)


def test_every_factor_has_its_indices_the_largest_first(found: Any) -> None:
    one = found["hill"]
    assert {index.factor for index in one.indices} == set(FACTORS)
    totals = [index.total for index in one.indices]
    assert totals == sorted(totals, reverse=True)
    assert one.deviation > 0


def test_alone_a_factor_does_no_more_than_with_the_others(found: Any) -> None:
    """First-order indices are parts of the total, and together no more than the whole, but for the sampling error."""
    for variance in found.values():
        for one in variance.indices:
            assert one.first <= one.total + one.first_error + one.total_error + 0.05
        assert sum(one.first for one in variance.indices) < 1.2


def test_one_factor_alone_has_all_of_the_variance(sample: Any) -> None:
    from dataclasses import replace

    assessment = sample.report.assessment
    simulation = assessment.method.simulation
    firm = simulation.model_copy(update={
        "weights": simulation.weights.model_copy(update={"concentration": 1e12}),
        "choices": simulation.choices.model_copy(
            update={"normalisation": ["goalposts"], "unknown": ["left-out"], "cap": ["none"]}),
    })  # fmt: skip
    only = replace(assessment, method=assessment.method.model_copy(update={"simulation": firm}))
    one = composite_variance(only, ["hill"])["hill"].indices
    assert one[0].factor == "aggregation"
    assert one[0].total > 0.8
    assert {index.factor for index in one if index.total < 0.01} >= {"weights", "normalisation", "unknown", "cap"}


def test_what_nothing_moves_has_no_indices() -> None:
    import numpy as np

    from georisk.sensitivity.indices import _variance

    assert _variance({}, np.full(8, 3.0), 2, 1) == Variance(0.0, ())
