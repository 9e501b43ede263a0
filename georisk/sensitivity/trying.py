"""The whole method run many times over, with its choices and its evidence drawn.

A run is a row of a design: which realisation of each doubt it takes, and which option of each choice. All runs are
made at once.

References
----------
Saisana, Saltelli, Tarantola, Uncertainty and sensitivity analysis techniques as tools for the quality assessment of
composite indicators (2005). OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 7.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from georisk.method import Choices, Simulation
from georisk.sensitivity.cells import Cells, Floats
from georisk.sensitivity.drawing import (
    bounded_cells,
    drawn_bounded,
    drawn_estimates,
    drawn_unknown,
    estimated_cells,
)

Design = NDArray[np.float64]
SOURCES = ("evidence", "estimates", "unknown values", "weights")
"""What is drawn: bounded values, publishers' errors, answers nobody has, weights."""
CHOICES = ("normalisation", "unknown", "aggregation", "cap")
"""What is chosen: how values are scaled, what unknown does, how dimensions are joined, whether a severe one binds."""
FACTORS = (*SOURCES, *CHOICES)
"""Columns of a design: numbers from 0 to 1 that pick a realisation or an option."""
_BLOCK = 512


@dataclass(frozen=True)
class Realisations:
    """Draws of each source of doubt that runs pick from: one row a realisation."""

    evidence: Floats
    estimates: Floats
    unknown: Floats
    indicators: Floats
    dimensions: Floats


@dataclass(frozen=True)
class Runs:
    """Scores of all runs: runs by subjects by dimensions, and runs by subjects of the composite."""

    dimensions: Floats
    composite: Floats


def realisations(cells: Cells, simulation: Simulation, count: int, seed: int) -> Realisations:
    """Draw each source of doubt ``count`` times."""
    chance = np.random.default_rng([seed, len(FACTORS)])
    concentration = simulation.weights.concentration
    weights = np.empty((count, len(cells.indicators)))
    for own in cells.columns:
        weights[:, own] = _weights(chance, cells.weights[own], concentration, count)
    dimensions = np.array([one.weight for one in cells.method.dimension])
    return Realisations(
        drawn_bounded(cells, count, seed), drawn_estimates(cells, count, seed),
        drawn_unknown(cells, count, seed, simulation.unknown), weights,
        _weights(chance, dimensions, concentration, count),
    )  # fmt: skip


def _weights(chance: np.random.Generator, stated: Floats, concentration: float, count: int) -> Floats:
    """Draw weights that add up to 1 around the stated ones."""
    drawn = chance.dirichlet(concentration * stated / stated.sum(), count)
    return np.maximum(drawn, np.finfo(float).tiny)


def plain_design(draws: int, seed: int) -> Design:
    """Return a design in which every factor is drawn by itself."""
    return np.random.default_rng([seed, draws]).random((draws, len(FACTORS)))


def tried(cells: Cells, simulation: Simulation, given: Realisations, design: Design) -> Runs:
    """Run the method once for each row of a design."""
    dimensions, composites = [], []
    for start in range(0, len(design), _BLOCK):
        block = design[start : start + _BLOCK]
        picked = dict(zip(FACTORS, block.T, strict=True))
        scored = _dimensions(cells, simulation.choices, given, picked)
        dimensions.append(scored)
        composites.append(_composite(cells, simulation.choices, given, picked, scored))
    return Runs(np.concatenate(dimensions), np.concatenate(composites))


def _row(given: Floats, picked: Floats) -> NDArray[np.intp]:
    """Return which realisation a number from 0 to 1 picks."""
    return np.minimum((picked * len(given)).astype(np.intp), len(given) - 1)


def _option(count: int, picked: Floats) -> NDArray[np.intp]:
    return np.minimum((picked * count).astype(np.intp), count - 1)


def _place(options: Sequence[str], name: str) -> int:
    """Return the place of an option; one that is not tried out has none."""
    return options.index(name) if name in options else -1


def _dimensions(cells: Cells, choices: Choices, given: Realisations, picked: Mapping[str, Floats]) -> Floats:
    risks = np.broadcast_to(cells.point, (len(picked["cap"]), *cells.point.shape)).copy()
    risks[:, bounded_cells(cells)] = given.evidence[_row(given.evidence, picked["evidence"])]
    risks[:, estimated_cells(cells)] = given.estimates[_row(given.estimates, picked["estimates"])]
    scale = _option(len(choices.normalisation), picked["normalisation"])
    for number, name in enumerate(choices.normalisation):
        if name != "goalposts":
            risks[scale == number] = _SCALES[name](risks[scale == number])
    drawn = _option(len(choices.unknown), picked["unknown"]) == _place(choices.unknown, "drawn")
    values = given.unknown[_row(given.unknown, picked["unknown values"])]
    risks[:, cells.open] = np.where(drawn[:, None], values, np.nan)
    weights = given.indicators[_row(given.indicators, picked["weights"])]
    return np.stack([_mean(risks[:, :, own], weights[:, own]) for own in cells.columns], axis=-1)


def _mean(risks: Floats, weights: Floats) -> Floats:
    """Return the weighted mean of what there is, runs by subjects; nothing there counts as 0."""
    total = np.einsum("rsi,ri->rs", ~np.isnan(risks), weights)
    return np.asarray(np.einsum("rsi,ri->rs", np.nan_to_num(risks), weights) / np.where(total > 0, total, 1.0))


def _minmax(risks: Floats) -> Floats:
    """Scale each indicator by the least and the most of the sites at hand; one value alone stays."""
    there = ~np.isnan(risks)
    low = np.where(there, risks, np.inf).min(axis=1, keepdims=True)
    high = np.where(there, risks, -np.inf).max(axis=1, keepdims=True)
    width = np.where(high > low, high - low, 1.0)
    return np.where(high > low, 100 * (risks - np.where(high > low, low, 0.0)) / width, risks)


def _ranked(risks: Floats) -> Floats:
    """Put each indicator by its place among the sites at hand, 0 to 100; one value alone stays."""
    count = (~np.isnan(risks)).sum(axis=1, keepdims=True)
    places: Floats = np.asarray(rankdata(risks, axis=1, nan_policy="omit"), dtype=float)
    return np.where(count > 1, 100 * (places - 1) / np.maximum(count - 1, 1), risks)


_SCALES = {"minmax": _minmax, "rank": _ranked}


def _composite(
    cells: Cells, choices: Choices, given: Realisations, picked: Mapping[str, Floats], scored: Floats
) -> Floats:
    weights = given.dimensions[_row(given.dimensions, picked["weights"])][:, None, :]
    means: dict[str, Callable[[], Floats]] = {
        "power": lambda: _power(scored, weights, cells.method.aggregation.exponent),
        "arithmetic": lambda: (scored * weights).sum(axis=-1),
        "geometric": lambda: 101 - np.exp((np.log(101 - scored) * weights).sum(axis=-1)),
        "worst": lambda: scored.max(axis=-1),
    }
    option = _option(len(choices.aggregation), picked["aggregation"])[:, None]
    found = np.select([option == number for number in range(len(choices.aggregation))],
                      [means[name]() for name in choices.aggregation])  # fmt: skip
    rule = choices.cap_rule
    capped = _option(len(choices.cap), picked["cap"])[:, None] == _place(choices.cap, "severe")
    bound = capped & (scored.max(axis=-1) >= rule.start)
    return np.where(bound, np.maximum(found, rule.at_least), found)


def _power(scored: Floats, weights: Floats, exponent: float) -> Floats:
    return np.asarray((scored**exponent * weights).sum(axis=-1) ** (1 / exponent))
