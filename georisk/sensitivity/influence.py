"""What indicators do beside what their weights say: weights are not importances.

References
----------
Paruolo, Saisana, Saltelli, Ratings and rankings: voodoo or science? (2013).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from georisk.assessment import COMPOSITE, Assessment, Score
from georisk.method import Method
from georisk.sensitivity.cells import Floats, subjects_of


@dataclass(frozen=True, slots=True)
class Influence:
    """One indicator (in the composite: one dimension) among the sites and parts that are scored.

    Attributes
    ----------
    dimension, indicator
        What it is part of, and its key.
    weight
        Its stated weight, per cent.
    share
        Per cent of the differences between sites that go with it: the covariance of its points with the score over the
        variance of the score. The shares of a dimension add up to 100; one that works against the others is negative.
        ``None`` where all sites score the same.
    correlation
        Correlation ratio, 0 to 1: how much of the score's variance a straight line on its points explains. ``None``
        where its points are the same for all.
    count
        How many sites and parts.
    """

    dimension: str
    indicator: str
    weight: float
    share: float | None
    correlation: float | None
    count: int


def influences(assessment: Assessment) -> list[Influence]:
    """Return the effective influence of each indicator in its dimension, and of each dimension in the composite."""
    method, subjects = assessment.method, list(subjects_of(assessment.sites.values()))
    scores = {one.key: [subject.dimensions[one.key] for subject in subjects] for one in method.dimension}
    scores[COMPOSITE] = [subject.composite for subject in subjects]
    return [one for key, found in scores.items() for one in _of(key, _weights(method, key), found)]


def _weights(method: Method, key: str) -> dict[str, float]:
    stated = method.dimension if key == COMPOSITE else method.of(key)
    return {one.key: one.weight for one in stated}


def _of(key: str, weights: Mapping[str, float], found: Sequence[Score]) -> list[Influence]:
    scored = [one for one in found if one.score is not None]
    total = np.array([one.score for one in scored], dtype=float)
    points = {name: np.array([_points(one, name) for one in scored], dtype=float) for name in weights}
    whole = sum(weights.values())
    return [
        Influence(
            key, name, 100 * weight / whole, _share(points[name], total), _ratio(points[name], total), len(scored)
        )
        for name, weight in weights.items()
    ]


def _points(score: Score, indicator: str) -> float:
    return sum(one.points for one in score.contributions if one.indicator == indicator)


def _share(points: Floats, total: Floats) -> float | None:
    if len(total) < 2 or np.ptp(total) == 0:
        return None
    return float(100 * ((points - points.mean()) * (total - total.mean())).mean() / total.var())


def _ratio(points: Floats, total: Floats) -> float | None:
    if len(total) < 2 or np.ptp(total) == 0 or np.ptp(points) == 0:
        return None
    return float(np.corrcoef(points, total)[0, 1] ** 2)
