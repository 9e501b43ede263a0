"""Doubt drawn: values between their bounds, publishers' standard errors, answers nobody has.

What rests on the same evidence is drawn once and moves together, whatever site it stands with: the governance of a
country, a holding in a parent of two mines. Every such piece has a stream of random numbers of its own, named after it,
so that a further site moves no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
from scipy.special import ndtri

from georisk.method import Guess, Simulation
from georisk.sensitivity.cells import Cells, Flags, Floats


def bounded_cells(cells: Cells) -> Flags:
    """Return the cells whose figure lies between bounds that are no standard errors."""
    return (cells.high > cells.low) & np.isnan(cells.errors)[None, :]


def estimated_cells(cells: Cells) -> Flags:
    """Return the cells whose publisher states a standard error."""
    return (cells.high > cells.low) & ~np.isnan(cells.errors)[None, :]


def drawn_bounded(cells: Cells, draws: int, seed: int) -> Floats:
    """Draw bounded values: draws by cells of :func:`bounded_cells`, in their order.

    In the part ``lean`` of the draws a value follows a triangle between its bounds with the tip at its figure; in the
    others it lies anywhere between them.
    """
    where = bounded_cells(cells)
    chance, leaning = _uniforms(cells.keys[where], draws, seed, 2)
    low, high, point = cells.low[where], cells.high[where], cells.point[where]
    tip = (point - low) / (high - low)
    inside = np.where(leaning < cells.lean[where], _triangle(chance, tip), chance)
    return np.asarray(low + (high - low) * inside)


def drawn_estimates(cells: Cells, draws: int, seed: int) -> Floats:
    """Draw published estimates around their figure by their standard errors: draws by :func:`estimated_cells`."""
    where = estimated_cells(cells)
    (chance,) = _uniforms(cells.keys[where], draws, seed, 1)
    errors = np.broadcast_to(cells.errors, cells.point.shape)[where]
    deviation = (cells.high[where] - cells.low[where]) / (2 * errors)
    return np.clip(cells.point[where] + deviation * ndtri(chance), 0.0, 100.0)


def drawn_unknown(cells: Cells, draws: int, seed: int, rule: Guess) -> Floats:
    """Draw what nobody could answer, 0 to 100: draws by cells that are ``open``."""
    (chance,) = _uniforms(cells.keys[cells.open], draws, seed, 1)
    between = 1 - rule.none - rule.all
    inside = (chance - rule.none) / between if between > 0 else np.where(chance < rule.none, 0.0, 1.0)
    return 100 * np.clip(inside, 0.0, 1.0)


def drawn_risks(cells: Cells, simulation: Simulation) -> Floats:
    """Draw everything there is doubt about: draws by subjects by indicators.

    In the part ``as_read`` of the draws a subject's record is right as it stands: bounded values are their figures, and
    the unanswered is left out where the dimension is scored. NaN is left out, or a question that does not arise.
    """
    draws, seed = simulation.draws, simulation.seed
    risks = np.broadcast_to(cells.point, (draws, *cells.point.shape)).copy()
    risks[:, bounded_cells(cells)] = drawn_bounded(cells, draws, seed)
    risks[:, cells.open] = drawn_unknown(cells, draws, seed, simulation.unknown)
    (chance,) = _uniforms([f"as read: {subject}" for subject in cells.subjects], draws, seed, 1)
    stands = (chance < simulation.evidence.as_read)[:, :, None] & (bounded_cells(cells) | _spared(cells))
    risks = np.where(stands, cells.point, risks)
    risks[:, estimated_cells(cells)] = drawn_estimates(cells, draws, seed)
    return risks


def _spared(cells: Cells) -> Flags:
    """Return the unanswered cells of dimensions that are scored all the same."""
    spared = np.zeros_like(cells.open)
    floor = cells.method.aggregation.floor_dimension_percent
    for own in cells.columns:
        weights = cells.weights[own]
        known, asked = cells.known[:, own] @ weights, (cells.known | cells.open)[:, own] @ weights
        spared[:, own] = cells.open[:, own] & ((known > 0) & (100 * known >= floor * asked))[:, None]
    return spared


def _triangle(chance: Floats, tip: Floats) -> Floats:
    """Return quantiles of the triangle on 0 to 1 with its tip at ``tip``."""
    return np.where(chance < tip, np.sqrt(chance * tip), 1 - np.sqrt((1 - chance) * (1 - tip)))


def _uniforms(keys: Iterable[str], draws: int, seed: int, count: int) -> list[Floats]:
    """Return ``count`` tables of uniform numbers, draws by cells; cells of one key get the same."""
    keys = list(keys)
    names = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    streams = np.empty((len(names), count, draws))
    for key, place in names.items():
        streams[place] = _stream(key, seed).random((count, draws))
    places = np.array([names[key] for key in keys], dtype=np.intp)
    return [streams[places, number].T for number in range(count)]


def _stream(key: str, seed: int) -> np.random.Generator:
    digest = hashlib.sha256(key.encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(digest[:8], "big")])
