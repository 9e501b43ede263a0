"""Which greatest holdings are only approached: a hidden holder of a listed company stays below the threshold.

A bound is reached if some best choice at every company on the way gets by without a whole listed rest. Parties are
presumed reached and struck off until nothing changes, so that loops do not strike each other off.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from georisk.ownership.bands import Entries
from georisk.ownership.matrix import Vector

_SAME = 1e-12
"""Difference below which two fractions are the same number."""


def unreached(entries: Entries, worth: Vector, group: set[int]) -> set[int]:
    """Return the positions whose greatest value no allowed choice of shares attains.

    Parameters
    ----------
    entries
        What may carry value into each party.
    worth
        The greatest values, the group's own at the end.
    group
        Positions of the holders asked about; they hold themselves, whatever lies above them.
    """
    if not entries.listed.any():
        return set()
    by_owned, by_owner = _spans(entries.owned), _spans(entries.owner)
    reached = np.ones(entries.size + 1, dtype=bool)
    waiting = deque(int(party) for party in np.unique(entries.owned[entries.listed]))
    while waiting:
        party = waiting.popleft()
        if reached[party] and not _attained(entries, worth, reached, by_owned[party]):
            reached[party] = False
            if party not in group:
                waiting.extend(int(owned) for owned in entries.owned[by_owner.get(party, [])])
        if party in group:
            reached[party] = True
    return {int(party) for party in np.flatnonzero(~reached)}


def _spans(keys: NDArray[np.int64]) -> dict[int, NDArray[np.int64]]:
    """Return the entry numbers by key."""
    order = np.argsort(keys, kind="stable")
    values, starts = np.unique(keys[order], return_index=True)
    return dict(zip(values.tolist(), np.split(order, starts[1:]), strict=True))


def _attained(entries: Entries, worth: Vector, reached: NDArray[np.bool_], mine: NDArray[np.int64]) -> bool:
    """Return whether one party's best value can be had from owners whose own values are reached."""
    left = float(entries.free[entries.owned[mine[0]]])
    for tied in _ties(worth[entries.owner[mine]], mine):
        good = reached[entries.owner[tied]]
        if (entries.low[tied][~good] > 0).any():
            return False
        closed = good & ~entries.listed[tied]
        width = entries.width[tied]
        sure = float(width[closed].sum())
        listed = float(width[entries.listed[tied]].sum())
        lacking = left > _SAME and sure < left - _SAME and sure + listed <= left + _SAME
        if lacking and float(width.sum()) - sure > _SAME:
            return False
        left = max(0.0, left - float(width.sum()))
    return True


def _ties(value: Vector, mine: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield groups of entries of equal value, dearest first, worthless ones left out."""
    order = np.argsort(-value, kind="stable")
    ranked = value[order]
    breaks = np.flatnonzero(-np.diff(ranked) > _SAME) + 1
    for part in np.split(order, breaks):
        if value[part[0]] > _SAME:
            yield mine[part]
