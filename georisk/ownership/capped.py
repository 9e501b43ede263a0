"""The least solution of a linear system whose values stop at a cap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import spsolve

from georisk.ownership.matrix import Vector

_SETTLED = 1e-14
_DENSE = 300


def capped_least(base: Sequence[float], within: Sequence[tuple[int, int, float]]) -> list[float]:
    """Return the least ``x`` with ``x = min(1, base + G x)``; G as (row, column, weight).

    Values that no base reaches are 0. For the others the solution is the only one, and lowering from all at 1 finds
    it: values below the cap are solved for, the rest stay at it, until no more come below.

    Examples
    --------
    >>> capped_least([0.3, 0.0], [(0, 1, 0.2), (1, 0, 0.3)])[0] == 0.3 / (1 - 0.06)
    True
    """
    size, start = len(base), np.array(base)
    rows, columns, weights = np.array(within, dtype=float).reshape(-1, 3).T
    gain = sparse.csr_array((weights, (rows.astype(np.int64), columns.astype(np.int64))), shape=(size, size))
    value = _reached(start, gain).astype(float)
    while True:
        free = np.flatnonzero((value > 0) & (start + gain @ value < 1.0))
        newer = (value > 0).astype(float)
        if len(free):
            newer[free] = 0.0
            owed = start[free] + (gain @ newer)[free]
            newer[free] = np.minimum(1.0, _solve(gain[free][:, free], owed))
        if float(np.abs(newer - value).max()) <= _SETTLED:
            return [float(each) for each in newer]
        value = newer


def _reached(start: Vector, gain: sparse.csr_array) -> NDArray[np.bool_]:
    found = start > 0
    while True:
        more = found | (gain @ found.astype(float) > 0)
        if (more == found).all():
            return found
        found = more


def _solve(gain: sparse.csr_array, right: Vector) -> Vector:
    """Solve ``x = right + G x``, densely where that is quicker."""
    size = len(right)
    if size <= _DENSE:
        return np.linalg.solve(np.eye(size) - gain.toarray(), right)
    return np.atleast_1d(spsolve((sparse.eye_array(size) - gain).tocsc(), right))
