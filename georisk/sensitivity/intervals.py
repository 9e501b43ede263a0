"""The interval of each score that its evidence leaves open: 5 % of the draws lie below it, 5 % above.

The method stays as it is; only facts are drawn. The interval lies within low and high. What the choices of the method
add is told apart (``sensitivity.ranking``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from georisk.assessment import COMPOSITE, Assessment, Score, Scored
from georisk.method import Method, Simulation
from georisk.sensitivity.cells import Cells, Floats, cells_of, subjects_of
from georisk.sensitivity.drawing import drawn_risks

BLOCK = 64
"""So many subjects are drawn at once, which bounds the memory."""
Ends = tuple[float, float]


def with_intervals(assessment: Assessment) -> Assessment:
    """Return a run whose scores have their simulated interval (``p05``, ``p95``).

    A method that says nothing of simulation leaves them ``None``.
    """
    simulation = assessment.method.simulation
    if simulation is None or not assessment.sites:
        return assessment
    bounds = {one.id: one for one in subjects_of(assessment.sites.values())}
    found = {
        subject: {key: _within(ends, _score(bounds[subject], key)) for key, ends in each.items()}
        for subject, each in score_intervals(cells_of(assessment, simulation), simulation).items()
    }
    return replace(assessment, sites={name: _site(site, found) for name, site in assessment.sites.items()})


def score_intervals(cells: Cells, simulation: Simulation) -> dict[str, dict[str, Ends]]:
    """Return the ends of the interval of each score by subject and dimension, ``composite`` among them."""
    tail = (100 - simulation.interval_percent) / 200
    keys = [*(one.key for one in cells.method.dimension), COMPOSITE]
    found: dict[str, dict[str, Ends]] = {}
    for block in _blocks(cells):
        scores = scores_drawn(block, drawn_risks(block, simulation))
        low, high = np.quantile(scores, [tail, 1 - tail], axis=0)
        for row, subject in enumerate(block.subjects):
            ends = zip(low[row].tolist(), high[row].tolist(), strict=True)
            found[subject] = dict(zip(keys, ends, strict=True))
    return found


def scores_drawn(cells: Cells, risks: Floats) -> Floats:
    """Return the scores of drawn risks under the method: draws by subjects by dimensions and the composite.

    A dimension in which no question arises scores nothing and counts as 0.
    """
    dimensions = np.stack([_mean(risks[:, :, own], cells.weights[own]) for own in cells.columns], axis=-1)
    return np.concatenate([dimensions, power_mean(dimensions, cells.method)[..., None]], axis=-1)


def _mean(risks: Floats, weights: Floats) -> Floats:
    total = ~np.isnan(risks) @ weights
    return np.asarray(np.nan_to_num(risks) @ weights / np.where(total > 0, total, 1.0))


def power_mean(dimensions: Floats, method: Method) -> Floats:
    """Return the method's mean over the last axis."""
    weights = np.array([one.weight for one in method.dimension])
    exponent = method.aggregation.exponent
    return np.asarray((dimensions**exponent @ weights / weights.sum()) ** (1 / exponent))


def _blocks(cells: Cells) -> Iterator[Cells]:
    for start in range(0, len(cells.subjects), BLOCK):
        yield cells.part(start, start + BLOCK)


def _score(scored: Scored, key: str) -> Score:
    return scored.composite if key == COMPOSITE else scored.dimensions[key]


def _within(ends: Ends, score: Score) -> Ends:
    """Keep the ends within low and high: an estimate's error may pass the bounds its publisher prints."""
    low, high = (min(max(end, score.low), score.high) for end in ends)
    return low, high


def _site(site: Scored, found: Mapping[str, Mapping[str, Ends]]) -> Scored:
    """Return a site with its intervals; one with parts shows that of the part its score comes from."""

    def dressed(score: Score, subject: str) -> Score:
        low, high = found[score.part or subject][score.key]
        return replace(score, p05=low, p95=high)

    dimensions = {key: dressed(score, site.id) for key, score in site.dimensions.items()}
    parts = tuple(_site(part, found) for part in site.parts)
    return replace(site, composite=dressed(site.composite, site.id), dimensions=dimensions, parts=parts)
