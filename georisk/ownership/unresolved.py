"""How much of each party ends with holders nobody names, or at owners whose share nobody published."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from georisk.ownership.bounds import joint_bounds
from georisk.ownership.graph import OwnershipGraph, Share, Stake
from georisk.ownership.shares import lookthrough

HIDDEN = {"undisclosed": 100.0}


def unresolved_shares(graph: OwnershipGraph) -> Mapping[str, float]:
    """Return the unresolved share of every party at the stated figures, per cent; NaN below a closed loop."""
    return lookthrough(graph, {}, remainder=HIDDEN).value


def unresolved_bounds(graph: OwnershipGraph) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Return the least and the most that may be unresolved in every party, per cent.

    Most: every stated share at its low end. Least: every stated share at its high end, as far as 100 allows;
    a stake without a figure resolves nothing. Where the high ends close a loop the least is nothing.
    """
    hidden = {party: kind for party, kind in graph.remainder.items() if kind == "undisclosed"}
    most = joint_bounds(replace(graph, remainder=hidden), [], 100.0).high
    totals: dict[str, float] = {}
    for stake in graph.stakes:
        totals[stake.owned] = totals.get(stake.owned, 0.0) + _stated_high(stake)
    tight = tuple(_at_high(stake, min(1.0, 100.0 / max(totals[stake.owned], 1e-12))) for stake in graph.stakes)
    least = lookthrough(replace(graph, stakes=tight), {}, remainder=HIDDEN).value
    return {party: 0.0 if math.isnan(share) else share for party, share in least.items()}, most


def _stated_high(stake: Stake) -> float:
    equity = stake.equity
    return 0.0 if equity is None or equity.point is None else equity.high


def _at_high(stake: Stake, factor: float) -> Stake:
    return replace(stake, equity=Share.exact(_stated_high(stake) * factor))
