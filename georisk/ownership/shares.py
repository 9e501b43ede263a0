"""Look-through shares: what ends with whom when every chain and every loop has been followed.

The share of j that i holds in the end is ``V - I`` with ``V = (I - W)^-1`` (method, B1). Weights flow down the
graph: a party with a given value absorbs (its own owners no longer matter), every other party takes the average
of its owners' values, weighted by their shares. One sparse factorisation answers for all parties at once.

References
----------
Brioschi, Buzzacchi, Colombo 1989 (integrated ownership); Baldone, Brioschi, Paleari 1998 (cycle correction).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, SuperLU, onenormest

from georisk.errors import UsageError
from georisk.ownership.graph import ROUNDING, At, Metric, OwnershipGraph
from georisk.ownership.matrix import (
    ClosedLoopError,
    ShareMatrix,
    Vector,
    closed_loops,
    closed_positions,
    downstream,
    downward_system,
    factorised,
    share_matrix,
)

__all__ = [
    "ClosedLoopError",
    "IntegratedShares",
    "LookThrough",
    "closed_loops",
    "conservation_gap",
    "group_shares",
    "integrated_ownership",
    "lookthrough",
    "lookthrough_many",
]

ILL_CONDITIONED = 1e8
"""Condition number above which the last digits of a result cannot be trusted."""


MOST_PAIRED = 6_000
"""Parties of which every pair is answered; look-through shares of a group have no such limit."""


@dataclass(frozen=True)
class LookThrough:
    """Values carried down the graph.

    Attributes
    ----------
    value
        By party id, in the unit of the values given. NaN for parties of a closed loop and all they own: what
        they are worth to an outside owner cannot be computed.
    condition
        Estimated condition number (1-norm) of the system solved.
    ill_conditioned
        Whether it lies above :data:`ILL_CONDITIONED`; say so beside the figures.
    refused
        The closed loops, by name.
    """

    value: Mapping[str, float]
    condition: float
    ill_conditioned: bool
    refused: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _System:
    """``I - W`` transposed, absorbing parties cut off from their owners, factorised once."""

    matrix: ShareMatrix
    absorbing: Vector
    factor: SuperLU
    condition: float
    lost: Vector
    refused: tuple[tuple[str, ...], ...]

    def solve(self, given: Vector, base: Vector) -> Vector:
        """Return the value of every party: the given one where it absorbs, else its owners' average."""
        right = np.where(self.absorbing > 0, given, base)
        right[self.lost > 0] = 0.0
        found: Vector = self.factor.solve(right)
        found[self.lost > 0] = np.nan
        return found


def _system(matrix: ShareMatrix, absorbing: Sequence[str]) -> _System:
    size = len(matrix.ids)
    stops = matrix.vector(dict.fromkeys(absorbing, 1.0))
    owed = (matrix.direct @ sparse.diags_array(1.0 - stops)).tocsc()
    owed.eliminate_zeros()
    loops = closed_positions(owed)
    lost = np.zeros(size)
    if loops:
        lost[downstream(owed, [position for loop in loops for position in loop])] = 1.0
        owed = (owed @ sparse.diags_array(1.0 - lost)).tocsc()
    full = downward_system(owed)
    factor = factorised(full)
    names = tuple(sorted(tuple(sorted(matrix.ids[i] for i in loop)) for loop in loops))
    return _System(matrix, stops, factor, _condition(full, factor), lost, names)


def _condition(full: sparse.csc_array, factor: SuperLU) -> float:
    """Return the 1-norm condition number; exact norm of the matrix times an estimate for its inverse."""
    size = full.shape[0]
    if size == 0:
        return 1.0
    if size <= 4:  # the estimator needs more columns than it has here
        return float(np.linalg.cond(full.toarray(), 1))
    inverse = LinearOperator(
        full.shape,
        matvec=factor.solve,
        rmatvec=lambda vector: factor.solve(vector.ravel(), "T"),  # type: ignore[call-overload]  # stub lacks it
        dtype=np.float64,
    )
    return float(abs(full).sum(axis=0).max() * onenormest(inverse))


def lookthrough_many(
    graph: OwnershipGraph,
    values: Mapping[str, Mapping[str, float]],
    *,
    remainder: Mapping[str, Mapping[str, float]] | None = None,
    metric: Metric = "equity",
    at: At = "point",
    treasury: bool = True,
) -> dict[str, LookThrough]:
    """Carry several sets of values down one graph with one factorisation.

    Parameters
    ----------
    graph
        Parties and stakes.
    values
        By a name of the caller's choice: value by party id. A party named in any of them absorbs in all of them
        (with 0 where a set does not name it).
    remainder
        By the same names: the value of the unlisted rest, by kind of remainder (``undisclosed``, ``listed``,
        ``listed-concert``, ``known-others``); kinds not named count 0.
    metric, at, treasury
        What to read, as in :func:`georisk.ownership.matrix.share_matrix`.
    """
    matrix = share_matrix(graph, metric, at, treasury=treasury)
    system = _system(matrix, sorted({party for given in values.values() for party in given}))
    rests = matrix.rest
    found: dict[str, LookThrough] = {}
    for name, given in values.items():
        worth = (remainder or {}).get(name, {})
        base = rests * np.fromiter((worth.get(graph.remainder_of(i), 0.0) for i in matrix.ids), float)
        solved = system.solve(matrix.vector(dict(given)), base)
        found[name] = LookThrough(
            dict(zip(matrix.ids, solved.tolist(), strict=True)),
            system.condition,
            system.condition > ILL_CONDITIONED,
            system.refused,
        )
    return found


def lookthrough(
    graph: OwnershipGraph,
    value: Mapping[str, float],
    *,
    remainder: Mapping[str, float] | None = None,
    metric: Metric = "equity",
    at: At = "point",
    treasury: bool = True,
) -> LookThrough:
    """Carry values down the graph: each party takes the average of its owners', weighted by their shares.

    Parameters
    ----------
    graph
        Parties and stakes.
    value
        Value by party id; a party named here absorbs: its own owners no longer matter.
    remainder
        Value of the unlisted rest by kind of remainder; kinds not named count 0.
    metric, at, treasury
        What to read, as in :func:`georisk.ownership.matrix.share_matrix`.

    Returns
    -------
    LookThrough
        In the unit of ``value``. A stake without a stated figure counts its low end (0 if unknown).

    Examples
    --------
    >>> from georisk.ownership.graph import Holder, OwnershipGraph, Share, Stake
    >>> firms = {name: Holder(name, "LU", "company") for name in "XAT"}
    >>> chain = (Stake("X", "A", Share.exact(80)), Stake("A", "T", Share.exact(50)))
    >>> lookthrough(OwnershipGraph(firms, chain, {}), {"X": 100}).value["T"]
    40.0
    """
    rests = {"": remainder} if remainder is not None else None
    return lookthrough_many(graph, {"": value}, remainder=rests, metric=metric, at=at, treasury=treasury)[""]


def group_shares(graph: OwnershipGraph, group: Sequence[str], *, at: At = "point") -> LookThrough:
    """Return the joint equity share of a group in every party, in per cent; members hold themselves at 100.

    What one member has through another counts once.
    """
    return lookthrough(graph, dict.fromkeys(group, 100.0), at=at)


@dataclass(frozen=True)
class IntegratedShares:
    """Integrated shares between all parties of a graph of moderate size.

    Attributes
    ----------
    ids
        Party ids by position.
    inverse
        ``V = (I - W)^-1``, dense, owner by owned.
    """

    ids: tuple[str, ...]
    inverse: Vector

    def per_cent(self, *, corrected: bool = False) -> dict[tuple[str, str], float]:
        """Return every pair (owner, owned) above zero in per cent.

        Parameters
        ----------
        corrected
            With the cycle correction, which counts no walk that comes back to its owner (method, B2). It leaves
            the shares of ultimate owners as they are.
        """
        loops = np.diag(self.inverse)
        shares = self.inverse - np.eye(len(self.ids))
        if corrected:
            shares = shares / loops[:, None]
        rows, columns = np.nonzero(shares * 100.0 > ROUNDING)
        return {
            (self.ids[i], self.ids[j]): float(shares[i, j] * 100.0)
            for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
        }


def integrated_ownership(graph: OwnershipGraph, *, metric: Metric = "equity", at: At = "point") -> IntegratedShares:
    """Return what everyone holds in everyone, through all chains and loops, treasury stock counted.

    Raises
    ------
    ClosedLoopError
        If parties own each other wholly without an outside owner.
    UsageError
        If there are more parties than all pairs of which can be held.
    """
    if len(graph.holders) > MOST_PAIRED:
        raise UsageError(
            f"all pairs of {len(graph.holders)} parties are too many (at most {MOST_PAIRED}); ask for a group's shares"
        )
    loops = closed_loops(graph, metric, at)
    if loops:
        raise ClosedLoopError(loops)
    matrix = share_matrix(graph, metric, at)
    size = len(matrix.ids)
    return IntegratedShares(matrix.ids, np.linalg.inv(np.eye(size) - matrix.direct.toarray()))


def conservation_gap(graph: OwnershipGraph, *, at: At = "point") -> float:
    """Return how far the outside owners of any party, unlisted rests included, are from adding to 100, in points.

    Outside owners are the parties in which nobody holds anything. Parties of closed loops are left out.
    """
    owned = {stake.owned for stake in graph.stakes if stake.per_cent("equity", at) > 0}
    roots = {party: 100.0 for party in graph.holders if party not in owned}
    everyone = dict.fromkeys(("undisclosed", "listed", "listed-concert", "known-others"), 100.0)
    found = lookthrough(graph, roots, remainder=everyone, at=at).value.values()
    return max((abs(value - 100.0) for value in found if not np.isnan(value)), default=0.0)
