"""Least and greatest joint holding of a group where shares are bands, unknown, or hidden.

Every company chooses its owners' shares within their bands, adding to at most 100; what nobody lists goes to no
one in the least case and to the group in the greatest. The least case is all shares at their low ends. The greatest
is a Markov decision process with one fractional-knapsack choice per company: fill the free capacity with the owners
in which the group holds most. Policy iteration finds the exact optimum for all parties at once, loops included,
because the same choice at each company is best for every party below it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from georisk.ownership.bands import Entries, best_fill, bounded_entries
from georisk.ownership.graph import ROUNDING, Metric, OwnershipGraph
from georisk.ownership.matrix import SMALL, Vector, closed_positions, solve_downward
from georisk.ownership.reached import unreached

_GAIN = 1e-13
"""A choice is changed only for a gain above float noise; ties keep it, so that no policy ever loses its outlet."""


@dataclass(frozen=True)
class Bounds:
    """What a group holds jointly in every party, at least and at most, in per cent.

    Attributes
    ----------
    low, high
        By party id. A member of the group stands at what the other members hold in it.
    open
        Parties whose ``high`` is approached but not reached (a hidden holder of a listed company stays below the
        disclosure threshold).
    """

    low: Mapping[str, float]
    high: Mapping[str, float]
    open: frozenset[str]

    def at_least(self, party: str, per_cent: float) -> bool | None:
        """Return whether the group holds at least so much; ``None`` where the bounds leave it open."""
        if self.low[party] >= per_cent - ROUNDING:
            return True
        high = self.high[party]
        reached = high > per_cent + ROUNDING if party in self.open else high >= per_cent - ROUNDING
        return None if reached else False


def _carried(entries: Entries, fill: Vector, absorbing: NDArray[np.bool_]) -> Vector:
    """Return every party's value under one choice, least solution where parties own only each other."""
    size = entries.size
    amount = entries.low + fill
    inside = entries.owner < size
    base = np.bincount(entries.owned[~inside], weights=amount[~inside], minlength=size)
    keep = inside & ~absorbing[entries.owned]
    if size <= SMALL:
        whole = np.zeros((size, size))
        np.add.at(whole, (entries.owner[keep], entries.owned[keep]), amount[keep])
        if not _may_close(whole):
            return np.append(np.linalg.solve(np.eye(size) - whole.T, np.where(absorbing, 1.0, base)), 1.0)
    direct = sparse.coo_array((amount[keep], (entries.owner[keep], entries.owned[keep])), shape=(size, size)).tocsc()
    worthless = [position for loop in closed_positions(direct) for position in loop]
    if worthless:
        cut = np.ones(size)
        cut[worthless] = 0.0
        direct = (direct @ sparse.diags_array(cut)).tocsc()
    return np.append(solve_downward(direct, np.where(absorbing, 1.0, base)), 1.0)


def _may_close(whole: Vector) -> bool:
    """Return whether parties may own each other wholly: some whose owners are all such, and have all of them."""
    within = whole.sum(axis=0) >= 1.0 - ROUNDING / 100.0
    while within.any():
        kept = within & ~((whole > 0) & ~within[:, None]).any(axis=0)
        if (kept == within).all():
            return True
        within = kept
    return False


def greatest(entries: Entries, group: Collection[int]) -> Vector:
    """Return the greatest value of every party, members of the group absorbing at 1, the group itself at the end."""
    absorbing = np.zeros(entries.size, dtype=bool)
    absorbing[list(group)] = True
    fill = np.zeros(len(entries.owner))
    worth = _carried(entries, fill, absorbing)
    while True:
        better = best_fill(entries, worth)
        gain = np.bincount(entries.owned, weights=(better - fill) * worth[entries.owner], minlength=entries.size)
        changed = (gain > _GAIN) & ~absorbing
        if not changed.any():
            return worth
        fill = np.where(changed[entries.owned], better, fill)
        found = _carried(entries, fill, absorbing)
        if found.sum() <= worth.sum():
            return worth
        worth = found


def received(entries: Entries, worth: Vector, fill: Vector, party: int) -> float:
    """Return what reaches a party through its owners, its own treasury stock taken out of the whole."""
    mine = entries.owned == party
    owner, amount = entries.owner[mine], (entries.low + fill)[mine]
    others = owner != party
    kept = float(amount[~others].sum())
    return float((amount[others] * worth[owner[others]]).sum()) / (1.0 - kept) if kept < 1.0 else 0.0


def joint_bounds(
    graph: OwnershipGraph, group: Collection[str], disclosed_from: float, *, metric: Metric = "equity"
) -> Bounds:
    """Return what a group holds jointly in every party, at least and at most.

    Parameters
    ----------
    graph
        Parties and stakes.
    group
        Ids of the holders asked about; what one has through another counts once.
    disclosed_from
        Per cent from which a holder of a listed company must report.
    metric
        What to read.

    Examples
    --------
    >>> from georisk.ownership.graph import Holder, OwnershipGraph, Share, Stake
    >>> firms = {name: Holder(name, "LU", "company") for name in "XAT"}
    >>> chain = (Stake("X", "A", Share.band(25, 50)), Stake("A", "T", Share.band(75, 100)))
    >>> found = joint_bounds(OwnershipGraph(firms, chain, {}), ["X"], 5)
    >>> found.low["T"], found.high["T"], found.at_least("T", 25)
    (18.75, 50.0, None)
    """
    entries = bounded_entries(graph, disclosed_from, metric=metric)
    ids = tuple(graph.holders)
    wanted = set(group)
    members = [position for position, party in enumerate(ids) if party in wanted]
    absorbing = np.zeros(entries.size, dtype=bool)
    absorbing[members] = True
    none = np.zeros(len(entries.owner))
    low, high = _carried(entries, none, absorbing), greatest(entries, members)
    not_reached = unreached(entries, high, set(members))
    full = best_fill(entries, high)
    least, most = low * 100.0, np.maximum(high, low) * 100.0
    for member in members:
        least[member] = received(entries, low, none, member) * 100.0
        most[member] = received(entries, high, full, member) * 100.0
    return Bounds(
        dict(zip(ids, least[:-1].tolist(), strict=True)),
        dict(zip(ids, most[:-1].tolist(), strict=True)),
        frozenset(ids[position] for position in not_reached),
    )


@dataclass(frozen=True)
class Most:
    """The most one holder can have in every party, per cent.

    Attributes
    ----------
    high
        By party id; the holder itself stands at what it can have in itself through loops. Infinite where bands allow
        a loop around the holder to close.
    open
        Parties whose ``high`` is approached but not reached.
    """

    high: Mapping[str, float]
    open: frozenset[str]


def most_integrated(graph: OwnershipGraph, holder: str, disclosed_from: float, *, metric: Metric = "equity") -> Most:
    """Return the most one holder can have through all chains and loops, not corrected for loops.

    Parameters
    ----------
    graph
        Parties and stakes.
    holder
        Id of the holder; hidden rests are its own in the greatest case.
    disclosed_from
        Per cent from which a holder of a listed company must report.
    metric
        What to read.

    Notes
    -----
    Every walk is a first way down times the returns to the holder, ``1 / (1 - R)``, and one choice of shares makes
    both greatest. Returns follow stated stakes only: a holder is not taken to hide above itself.
    """
    found = joint_bounds(graph, [holder], disclosed_from, metric=metric)
    back = _returning(graph, holder, disclosed_from, metric)
    walks = 1.0 / (1.0 - back) if back < 1.0 - ROUNDING / 100.0 else np.inf
    high = {party: first * walks if first > 0 else 0.0 for party, first in found.high.items()}
    high[holder] = back * 100.0 * walks if back > 0 else 0.0
    return Most(high, found.open)


def _returning(graph: OwnershipGraph, holder: str, disclosed_from: float, metric: Metric) -> float:
    """Return the greatest part of a holder that comes back to it through stated stakes, 0 to 1."""
    entries = bounded_entries(graph, disclosed_from, metric=metric, hidden=False)
    position = tuple(graph.holders).index(holder)
    if not (entries.owned == position).any():
        return 0.0
    worth = greatest(entries, [position])
    mine = entries.owned == position
    amount = (entries.low + best_fill(entries, worth))[mine]
    return float((amount * worth[entries.owner[mine]]).sum())
