"""Which parties belong to a group of places: organised or domiciled there, or controlled from there."""

from __future__ import annotations

from georisk.method import OwnershipRule
from georisk.ownership.graph import OwnershipGraph
from georisk.snapshot import Snapshot


def nationals(snapshot: Snapshot, graph: OwnershipGraph, rule: OwnershipRule) -> frozenset[str]:
    """Return the parties of the Chinese places and all they control by a majority chain.

    A party counts by its place of incorporation, nationality or head office. Control is the least fixed point
    of: the group's direct shares, at their stated figures, add to more than the control percentage.
    """
    group = set(placed(snapshot, graph, rule))
    owned = graph.stakes_in(treasury=False)
    while True:
        grown = {
            party
            for party, stakes in owned.items()
            if party not in group
            and sum(stake.per_cent("equity", "low") for stake in stakes if stake.owner in group) > rule.control_percent
        }
        if not grown:
            return frozenset(group)
        group |= grown


def placed(snapshot: Snapshot, graph: OwnershipGraph, rule: OwnershipRule) -> frozenset[str]:
    """Return the parties organised in, belonging to or domiciled in the Chinese places."""
    places = set(rule.chinese_places)
    return frozenset(party for party in graph.holders if _placed(snapshot, party) & places)


def _placed(snapshot: Snapshot, party: str) -> set[str]:
    found = snapshot.holding(party, "incorporation", "nationality", "domicile")
    return {str(one.value) for one in found if one.value is not None}
