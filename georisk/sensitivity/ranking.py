"""Scores and ranks of sites when facts and choices are drawn: medians, intervals, and who is riskier than whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from georisk.assessment import COMPOSITE, Assessment
from georisk.errors import UsageError
from georisk.method import Simulation
from georisk.sensitivity.cells import Cells, Floats, cells_of
from georisk.sensitivity.trying import Runs, plain_design, realisations, tried
from georisk.stages import only_planned


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a score or rank lies in the draws: the middle and the ends of the interval."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Ranking:
    """What many runs of the method found.

    Attributes
    ----------
    sites
        Ids of all sites, in order of the registry.
    ranked
        Those with a composite: only they have a rank.
    scores
        By site and dimension (``composite`` among them): score, 0 to 100.
    ranks
        By site: rank of the composite, 1 the riskiest; sites that tie share their places.
    riskier
        Part of the draws in which the site of the row is riskier than that of the column, in order of ``ranked``;
        ties count half.
    draws
        How many runs.
    """

    sites: tuple[str, ...]
    ranked: tuple[str, ...]
    scores: Mapping[str, Mapping[str, Spread]]
    ranks: Mapping[str, Spread]
    riskier: Floats
    draws: int


def simulation_of(assessment: Assessment) -> Simulation:
    """Return how doubt is simulated; raises ``UsageError`` where the method does not say."""
    if assessment.method.simulation is None:
        raise UsageError("data/method/sensitivity.toml is not there; copy it from a fresh workspace (georisk init DIR)")
    return assessment.method.simulation


def ranking(assessment: Assessment, draws: int | None = None, seed: int | None = None) -> Ranking:
    """Run the method many times with everything drawn.

    Parameters
    ----------
    assessment
        The run of today.
    draws, seed
        How many runs and from which seed; the method's own if ``None``.
    """
    simulation = simulation_of(assessment)
    draws = simulation.draws if draws is None else draws
    seed = simulation.seed if seed is None else seed
    cells = cells_of(assessment, simulation)
    runs = tried(cells, simulation, realisations(cells, simulation, draws, seed), plain_design(draws, seed))
    tail = (100 - simulation.interval_percent) / 200
    sites = tuple(assessment.sites)
    by_site = site_scores(assessment, cells, runs)
    ranked = tuple(name for name in sites if assessment.sites[name].composite.score is not None)
    composites = by_site[COMPOSITE][:, [sites.index(name) for name in ranked]]
    places = rankdata(-composites, axis=1, method="average") if ranked else composites
    return Ranking(
        sites,
        ranked,
        {name: {key: spread(table[:, column], tail) for key, table in by_site.items()}
         for column, name in enumerate(sites)},
        {name: spread(places[:, column], tail) for column, name in enumerate(ranked)},
        _riskier(composites),
        draws,
    )  # fmt: skip


def site_scores(assessment: Assessment, cells: Cells, runs: Runs) -> dict[str, Floats]:
    """Return the scores of sites by dimension, runs by sites: a site shows its worst part that is not only planned."""
    tables = {one.key: runs.dimensions[:, :, place] for place, one in enumerate(assessment.method.dimension)}
    tables[COMPOSITE] = runs.composite
    places = [[cells.subjects.index(name) for name in _shown(assessment, site)] for site in assessment.sites]
    return {key: np.stack([table[:, own].max(axis=1) for own in places], axis=1) for key, table in tables.items()}


def _shown(assessment: Assessment, site: str) -> Sequence[str]:
    parts = [part.id for part in assessment.sites[site].parts]
    return [part for part in parts if not only_planned(assessment.snapshot, part)] or parts or [site]


def spread(values: Floats, tail: float) -> Spread:
    """Return median and interval; ``tail`` is the part of the draws beyond either end."""
    low, median, high = np.quantile(values, [tail, 1 / 2, 1 - tail]).tolist()
    return Spread(median, low, high)


def _riskier(composites: Floats) -> Floats:
    """Return the part of the runs in which one column lies above another; ties count half."""
    found = np.empty((composites.shape[1],) * 2)
    for row in range(len(found)):
        above = composites[:, [row]] - composites
        found[row] = ((above > 0) + (above == 0) / 2).mean(axis=0)
    return found
