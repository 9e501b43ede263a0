"""Which doubt and which choice a score's uncertainty comes from: Sobol indices.

The first-order index of a factor is the part of the variance that goes if the factor alone is settled; the total index
the part that stays if all others are. Indices of a site need not add up to one: what factors do together counts in
the total of each.

References
----------
Sobol (2001); Saltelli et al. (2010), the estimators of SALib. Saisana, Saltelli, Tarantola (2005): a factor that picks
one of many realisations stands for everything drawn in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from georisk.assessment import COMPOSITE, Assessment
from georisk.sensitivity.cells import Floats, cells_of
from georisk.sensitivity.ranking import simulation_of, site_scores
from georisk.sensitivity.trying import FACTORS, realisations, tried


@dataclass(frozen=True, slots=True)
class Index:
    """What one factor does to one score: first-order and total index, with half-widths of their 95 % intervals."""

    factor: str
    first: float
    first_error: float
    total: float
    total_error: float


@dataclass(frozen=True, slots=True)
class Variance:
    """The standard deviation of a site's composite over all runs, in points, and what it comes from."""

    deviation: float
    indices: tuple[Index, ...]


def composite_variance(
    assessment: Assessment, sites: Iterable[str] | None = None, seed: int | None = None
) -> Mapping[str, Variance]:
    """Return by site what the uncertainty of its composite comes from, the factor with the largest total first.

    Parameters
    ----------
    assessment
        The run of today.
    sites
        Ids of the sites; all if ``None``.
    seed
        The method's own if ``None``.
    """
    from SALib.sample import sobol

    simulation = simulation_of(assessment)
    seed = simulation.seed if seed is None else seed
    problem = {"num_vars": len(FACTORS), "names": list(FACTORS), "bounds": [[0.0, 1.0]] * len(FACTORS)}
    design = sobol.sample(problem, simulation.sobol.samples, calc_second_order=False, seed=seed)
    cells = cells_of(assessment, simulation)
    given = realisations(cells, simulation, simulation.sobol.realisations, seed)
    composites = site_scores(assessment, cells, tried(cells, simulation, given, design))[COMPOSITE]
    names = list(assessment.sites)
    chosen = names if sites is None else list(sites)
    resamples = simulation.sobol.resamples
    return {name: _variance(problem, composites[:, names.index(name)], resamples, seed) for name in chosen}


def _variance(problem: Mapping[str, Any], scores: Floats, resamples: int, seed: int) -> Variance:
    from SALib.analyze import sobol

    deviation = float(scores.std())
    if np.ptp(scores) == 0:
        return Variance(0.0, ())
    found = sobol.analyze(problem, scores, calc_second_order=False, num_resamples=resamples, seed=seed)
    columns = (found[name].tolist() for name in ("S1", "S1_conf", "ST", "ST_conf"))
    indices = [Index(*row) for row in zip(FACTORS, *columns, strict=True)]
    return Variance(deviation, tuple(sorted(indices, key=lambda one: -one.total)))
