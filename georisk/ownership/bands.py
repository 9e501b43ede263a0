"""What may carry value into each party: stated bands, and hidden rests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from georisk.ownership.graph import ROUNDING, Metric, OwnershipGraph, hidden_caps
from georisk.ownership.matrix import Vector


@dataclass(frozen=True)
class Entries:
    """Everything that may carry value into a party, one entry per owner and party.

    The hidden rest is an entry whose owner is the group itself, at position ``size``.

    Attributes
    ----------
    size
        Number of parties.
    owner, owned
        Positions.
    low, width
        Fraction held at least, and how much more it may be.
    free
        By party: what the low ends leave up to 1.
    listed
        Whether the entry is a listed rest that stays below its width.
    """

    size: int
    owner: NDArray[np.int64]
    owned: NDArray[np.int64]
    low: Vector
    width: Vector
    free: Vector
    listed: NDArray[np.bool_]


def bounded_entries(
    graph: OwnershipGraph, disclosed_from: float, *, metric: Metric = "equity", hidden: bool = True
) -> Entries:
    """Return the entries of a graph.

    Parameters
    ----------
    graph
        Parties and stakes; low ends add to at most 100 per party.
    disclosed_from
        Per cent from which a holder of a listed company must report; a hidden one stays below.
    metric
        What to read.
    hidden
        Whether unlisted rests may be the group's.
    """
    index = {party: position for position, party in enumerate(graph.holders)}
    size = len(index)
    bands: dict[tuple[int, int], list[float]] = {}
    for stake in graph.stakes:
        share = stake.share(metric)
        if share is not None and share.high > 0:
            ends = bands.setdefault((index[stake.owner], index[stake.owned]), [0.0, 0.0])
            ends[0] += share.low / 100.0
            ends[1] += share.high / 100.0
    low_sum = np.zeros(size)
    for (_, owned), ends in bands.items():
        low_sum[owned] += ends[0]
    free = np.clip(1.0 - low_sum, 0.0, 1.0)
    free[free < ROUNDING / 100.0] = 0.0
    rows = [(i, j, low, high - low, 0.0) for (i, j), (low, high) in bands.items()]
    if hidden:
        rows += [(size, *rest) for rest in _rests(graph, index, free, disclosed_from)]
    table = np.array(rows, dtype=float).reshape(-1, 5)
    owner, owned = table[:, :2].astype(np.int64).T
    return Entries(size, owner, owned, table[:, 2], table[:, 3], free, table[:, 4] > 0)


def _rests(
    graph: OwnershipGraph, index: Mapping[str, int], free: Vector, disclosed_from: float
) -> list[tuple[int, float, float, float]]:
    """Return the unlisted rests that may be anyone's: party, low end, width, and 1 where listed."""
    return [
        (index[party], 0.0, cap / 100.0, float(graph.remainder_of(party) == "listed"))
        for party, cap in hidden_caps(graph, disclosed_from).items()
        if free[index[party]] > 0
    ]


def best_fill(entries: Entries, worth: Vector) -> Vector:
    """Return how much of each entry to add to its low end so that every party's value is greatest.

    Parameters
    ----------
    entries
        The entries.
    worth
        Value of every owner, the group's own at the end.
    """
    order = np.lexsort((entries.listed, -worth[entries.owner], entries.owned))
    width = np.where(worth[entries.owner] > 0, entries.width, 0.0)[order]
    owned = entries.owned[order]
    total = np.cumsum(width, dtype=np.longdouble)  # a long sum: keep the digits of the short differences
    first = np.searchsorted(owned, owned, side="left")
    before = total - width
    used = before - before[first]
    filled = np.empty_like(width)
    filled[order] = np.clip(entries.free[owned] - used, 0.0, width)
    return filled
