from __future__ import annotations

import numpy as np
import pytest

from georisk.assessment import Assessment
from georisk.sensitivity.influence import _ratio, _share, influences


def test_shares_of_a_dimension_add_up_to_a_hundred(assessed: Assessment) -> None:
    by_dimension: dict[str, list[float]] = {}
    for one in influences(assessed):
        by_dimension.setdefault(one.dimension, []).append(one.share or 0.0)
    assert set(by_dimension) == {"jurisdiction", "opacity", "china", "composite"}
    for shares in by_dimension.values():
        assert sum(shares) == pytest.approx(100)


def test_weights_are_in_per_cent_of_their_dimension(assessed: Assessment) -> None:
    found = [one.weight for one in influences(assessed) if one.dimension == "composite"]
    assert found == pytest.approx([40, 30, 30])


def test_share_and_ratio_on_paper() -> None:
    """Points 0, 10, 20 and 0, 0, 30: scores 0, 10, 50 with variance (400 + 100 + 900) / 3.

    The first points differ from their mean by -10, 0, 10: covariance (200 + 0 + 300) / 3, so 500 / 1400 of it; the
    second by -10, -10, 20: (200 + 100 + 600) / 3, so 900 / 1400.
    """
    first, second = np.array([0.0, 10.0, 20.0]), np.array([0.0, 0.0, 30.0])
    total = first + second
    assert _share(first, total) == pytest.approx(100 * 500 / 1400)
    assert _share(second, total) == pytest.approx(100 * 900 / 1400)
    # Correlation of the first: covariance 500 / 3 over the root of 200 / 3 times 1400 / 3, squared.
    assert _ratio(first, total) == pytest.approx(500**2 / (200 * 1400))


def test_sites_that_score_alike_tell_nothing() -> None:
    assert _share(np.array([1.0, 2.0]), np.array([5.0, 5.0])) is None
    assert _ratio(np.array([2.0, 2.0]), np.array([5.0, 6.0])) is None
