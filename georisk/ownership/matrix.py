"""Stakes as a sparse matrix, and the loops in it.

``W[i, j]`` is the fraction (0 to 1) of party j that party i holds directly; columns add to at most 1. Several
stakes of one owner in one party add. Positions follow the order of ``graph.holders``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import SuperLU, splu

from georisk.errors import GeoriskError
from georisk.ownership.graph import ROUNDING, At, Metric, OwnershipGraph

Vector = NDArray[np.float64]

SMALL = 60
"""Parties up to which a system is solved whole: keeping it sparse costs more than it saves."""


class ClosedLoopError(GeoriskError):
    """Parties that own each other wholly, with no owner outside: nobody's share in them can be computed.

    Attributes
    ----------
    loops
        The ids of each closed loop.
    """

    def __init__(self, loops: list[tuple[str, ...]]) -> None:
        self.loops = loops
        names = "; ".join(" and ".join(loop) for loop in loops)
        super().__init__(f"closed ownership loop without an outside owner: {names}")


@dataclass(frozen=True)
class ShareMatrix:
    """Direct shares of one metric as a sparse matrix.

    Attributes
    ----------
    ids
        Party ids by position.
    index
        Position by party id.
    direct
        Owner by owned, fractions of 0 to 1, compressed by column.
    """

    ids: tuple[str, ...]
    index: dict[str, int]
    direct: sparse.csc_array

    def vector(self, values: dict[str, float]) -> Vector:
        """Return a dense vector with the given values by party id, 0 elsewhere."""
        out = np.zeros(len(self.ids))
        for party, value in values.items():
            out[self.index[party]] = value
        return out

    @property
    def rest(self) -> Vector:
        """What no listed stake covers, per party, as a fraction of 0 to 1."""
        left = 1.0 - np.asarray(self.direct.sum(axis=0)).ravel()
        left[np.abs(left) < ROUNDING / 100.0] = 0.0
        return np.clip(left, 0.0, 1.0)


def share_matrix(
    graph: OwnershipGraph, metric: Metric = "equity", at: At = "point", *, treasury: bool = True
) -> ShareMatrix:
    """Return the direct shares of a graph as a matrix.

    Parameters
    ----------
    graph
        Parties and stakes.
    metric
        What to read.
    at
        Which end of each share to read; a share without a stated figure counts its low end at ``point``.
    treasury
        Whether stakes of a party in itself are kept.
    """
    index = {party: position for position, party in enumerate(graph.holders)}
    stakes = [stake for stake in graph.stakes if treasury or not stake.treasury]
    fraction = np.fromiter((stake.per_cent(metric, at) / 100.0 for stake in stakes), float, len(stakes))
    row = np.fromiter((index[stake.owner] for stake in stakes), np.int64, len(stakes))
    column = np.fromiter((index[stake.owned] for stake in stakes), np.int64, len(stakes))
    direct = sparse.coo_array((fraction, (row, column)), shape=(len(index), len(index))).tocsc()
    direct.sum_duplicates()
    direct.eliminate_zeros()
    return ShareMatrix(tuple(index), index, direct)


def loops_of(direct: sparse.csc_array) -> NDArray[np.int64]:
    """Return the strongly connected component of every position."""
    _, labels = connected_components(direct, directed=True, connection="strong")
    return labels.astype(np.int64)


def closed_positions(direct: sparse.csc_array) -> list[list[int]]:
    """Return the components whose members are wholly owned from within, as lists of positions."""
    labels = loops_of(direct)
    size = direct.shape[0]
    entries = direct.tocoo()
    inside = labels[entries.row] == labels[entries.col]
    held_within = np.bincount(entries.col[inside], weights=entries.data[inside], minlength=size)
    open_members = held_within < 1.0 - ROUNDING / 100.0
    has_outsider = np.bincount(labels, weights=open_members, minlength=labels.max(initial=-1) + 1) > 0
    found: dict[int, list[int]] = {}
    for position in np.flatnonzero(~has_outsider[labels]):
        found.setdefault(int(labels[position]), []).append(int(position))
    return list(found.values())


def downstream(direct: sparse.csc_array, start: Collection[int]) -> NDArray[np.bool_]:
    """Return which positions are reached from the given ones by owning, the given ones included."""
    reached = np.zeros(direct.shape[0], dtype=bool)
    frontier = np.asarray(sorted(start), dtype=np.int64)
    owned_by = direct.tocsr()
    while frontier.size:
        reached[frontier] = True
        spans = [owned_by.indices[owned_by.indptr[i] : owned_by.indptr[i + 1]] for i in frontier]
        nearby = np.unique(np.concatenate(spans)).astype(np.int64)
        frontier = nearby[~reached[nearby]]
    return reached


def closed_loops(graph: OwnershipGraph, metric: Metric = "equity", at: At = "point") -> list[tuple[str, ...]]:
    """Return the loops that have no outside owner, by name, each sorted, in order.

    A party whose treasury stock is all of it is such a loop of one.

    Examples
    --------
    >>> from georisk.ownership.graph import Holder, OwnershipGraph, Share, Stake
    >>> firms = {name: Holder(name, "LU", "company") for name in "AB"}
    >>> each_other = (Stake("A", "B", Share.exact(100)), Stake("B", "A", Share.exact(100)))
    >>> closed_loops(OwnershipGraph(firms, each_other, {}))
    [('A', 'B')]
    """
    matrix = share_matrix(graph, metric, at)
    loops = closed_positions(matrix.direct)
    return sorted(tuple(sorted(matrix.ids[position] for position in loop)) for loop in loops)


def downward_system(direct: sparse.csc_array) -> sparse.csc_array:
    """Return ``(I - W)`` transposed: what takes each party's value to what it gets from outside its owners."""
    return sparse.csc_array(sparse.eye_array(direct.shape[0]) - direct.T)


def factorised(system: sparse.csc_array) -> SuperLU:
    """Return the sparse factors of a downward system without closed loops.

    Its rows are diagonally dominant, so elimination needs no pivoting, which keeps a graph of 100,000 parties
    within a second.
    """
    return splu(system, permc_spec="COLAMD", diag_pivot_thresh=0.0, options={"SymmetricMode": True})


def solve_downward(direct: sparse.csc_array, base: Vector) -> Vector:
    """Return ``v`` with ``v_j = base_j + sum_i W_ij v_i`` for every party at once."""
    if len(base) <= SMALL:
        return np.linalg.solve(np.eye(len(base)) - direct.T.toarray(), base)
    return factorised(downward_system(direct)).solve(base)
