"""Truth planted: risks that are known, and evidence about them that is not, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from georisk.method import Method
from georisk.sensitivity.cells import Cells, Flags, Floats


@dataclass(frozen=True)
class Planted:
    """Evidence, and the true risks behind it."""

    cells: Cells
    truth: Floats


def planted(method: Method, count: int, seed: int, *, fair: bool) -> Planted:
    """Return subjects with known truth.

    Three of ten cells are exact, three bounded, two unknown, and governance and stability carry standard errors.
    ``fair``: bounded truth leans on its figure as often as stated and unknown truth stands at its ends as often as
    the method says. Else bounded truth lies anywhere between its bounds, and unknown truth anywhere from 0 to 100.
    """
    simulation = method.simulation
    assert simulation is not None
    chance = np.random.default_rng(seed)
    keys = tuple(one.key for dimension in method.dimension for one in method.of(dimension.key))
    shape = count, len(keys)
    errors = np.array([one.parameters.get("z", np.nan) for key in keys for one in method.indicators if one.key == key],
                      dtype=float)  # fmt: skip
    kind = chance.choice(4, shape, p=[0.4, 0.3, 0.2, 0.1])  # exact, bounded, unknown, not applicable
    kind[:, ~np.isnan(errors)] = 4
    truth = 100 * chance.random(shape)
    point, low, high = truth.copy(), truth.copy(), truth.copy()
    lean = np.where(kind == 1, chance.choice(list(simulation.evidence.lean.values()), shape), 1.0)

    ends = np.sort(100 * chance.random((*shape, 2)), axis=-1)
    figure = ends[..., 0] + (ends[..., 1] - ends[..., 0]) * chance.random(shape)
    inside = ends[..., 0] + (ends[..., 1] - ends[..., 0]) * chance.random(shape)
    leaning = chance.triangular(ends[..., 0], figure, ends[..., 1] + 1e-9)
    bounded = kind == 1
    low[bounded], high[bounded], point[bounded] = ends[..., 0][bounded], ends[..., 1][bounded], figure[bounded]
    held = np.where((chance.random(shape) < lean) & fair, leaning, inside)
    as_read = (chance.random((count, 1)) < simulation.evidence.as_read) & fair
    truth[bounded] = np.where(as_read, figure, held)[bounded]

    deviation = 3 + 5 * chance.random(shape)
    estimated = kind == 4
    point[estimated] = np.clip(truth + deviation * chance.standard_normal(shape), 0, 100)[estimated]
    spread = np.where(np.isnan(errors), 1.0, errors)[None, :] * deviation
    low[estimated] = np.clip(point - spread, 0, 100)[estimated]
    high[estimated] = np.clip(point + spread, 0, 100)[estimated]

    unknown = kind == 2
    draw = chance.random(shape)
    rule = simulation.unknown
    ended = np.where(draw < rule.none, 0.0, np.where(draw > 1 - rule.all, 100.0, 100 * chance.random(shape)))
    truth[unknown] = (ended if fair else 100 * chance.random(shape))[unknown]
    for table in (point, low, high):
        table[unknown | (kind == 3)] = np.nan
    truth[kind == 3] = np.nan
    names = np.array([[f"{key} {row}" for key in keys] for row in range(count)], dtype=object)
    cells = Cells(method, tuple(f"s{row}" for row in range(count)), keys, point, low, high, unknown, lean, names,
                  np.ones(count, dtype=bool))  # fmt: skip
    if fair:
        _read_as_the_rest(cells, truth, as_read)
    return Planted(cells, truth)


def _read_as_the_rest(cells: Cells, truth: Floats, as_read: Flags) -> None:
    """Let the unanswered of some subjects be the mean of what is known, where that is enough for a score."""
    floor = cells.method.aggregation.floor_dimension_percent / 100
    for own in cells.columns:
        known = np.where(cells.known[:, own], cells.weights[own], 0.0)
        asked = np.where(cells.known[:, own] | cells.open[:, own], cells.weights[own], 0.0)
        enough = (known.sum(axis=1) > 0) & (known.sum(axis=1) >= floor * asked.sum(axis=1))
        mean = (np.nan_to_num(truth[:, own]) * known).sum(axis=1) / np.where(enough, known.sum(axis=1), 1.0)
        rows = cells.open[:, own] & (as_read & enough[:, None])
        truth[:, own] = np.where(rows, mean[:, None], truth[:, own])


@dataclass(frozen=True)
class Coverage:
    """How often intervals hold the truth, and how wide they are beside the bounds, points."""

    covered: float
    width: float
    bounds: float


def coverage(found: Planted) -> Coverage:
    """Return how the simulated intervals of dimensions and composite fare; exact scores are left out."""
    from georisk.sensitivity.intervals import score_intervals, scores_drawn

    cells, simulation = found.cells, found.cells.method.simulation
    assert simulation is not None
    ends = score_intervals(cells, simulation)
    true = scores_drawn(cells, found.truth[None])[0]
    unknown_low = np.where(cells.open, 0.0, cells.low)
    unknown_high = np.where(cells.open, 100.0, cells.high)
    least, most = scores_drawn(cells, unknown_low[None])[0], scores_drawn(cells, unknown_high[None])[0]
    hits, widths, bounds = [], [], []
    for row, subject in enumerate(cells.subjects):
        for column, (low, high) in enumerate(ends[subject].values()):
            if most[row, column] - least[row, column] > 1e-6:
                hits.append(low - 1e-9 <= true[row, column] <= high + 1e-9)
                widths.append(high - low)
                bounds.append(most[row, column] - least[row, column])
    return Coverage(float(np.mean(hits)), float(np.mean(widths)), float(np.mean(bounds)))
