"""A group of holders as one: for questions about what they have together, however many they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from georisk.ownership.graph import Holder, OwnershipGraph

BLOC = "\0bloc"
"""Id of the one holder that stands for a group; no party has it."""


def as_bloc(graph: OwnershipGraph, group: Collection[str]) -> OwnershipGraph:
    """Return a graph in which a group is one holder, :data:`BLOC`; what others hold in its members is left out.

    What the group holds jointly in anyone outside it is the same, since members hold themselves.

    Examples
    --------
    >>> from georisk.ownership.graph import Share, Stake
    >>> firms = {name: Holder(name, "LU", "company") for name in "XYT"}
    >>> stakes = (Stake("X", "T", Share.exact(20)), Stake("Y", "T", Share.exact(30)), Stake("T", "X", Share.exact(9)))
    >>> [(stake.owner == BLOC, stake.owned) for stake in as_bloc(OwnershipGraph(firms, stakes, {}), "XY").stakes]
    [(True, 'T'), (True, 'T')]
    """
    members = frozenset(group)
    holders = {party: holder for party, holder in graph.holders.items() if party not in members}
    stakes = (
        replace(stake, owner=BLOC) if stake.owner in members else stake
        for stake in graph.stakes
        if stake.owned not in members
    )
    rests = {party: kind for party, kind in graph.remainder.items() if party not in members}
    return OwnershipGraph({**holders, BLOC: Holder(BLOC, None, "company")}, tuple(stakes), rests)
