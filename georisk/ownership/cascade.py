"""Majority cascades: a party held at a gate by counted holders counts at full weight from then on.

Nothing is multiplied. The result is the least fixed point: two firms that hold each other do not catch each other
into existence. Treasury stock counts nowhere here.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from georisk.ownership.graph import ROUNDING, Metric, OwnershipGraph, Stake

Gates = Mapping[Metric, float]
"""Per cent by metric; reaching any one of them is enough."""


def reaches(per_cent: float, gate: float, *, strict: bool) -> bool:
    """Return whether a percentage passes a gate: at least it, or more than it if strict.

    Examples
    --------
    >>> reaches(50, 50, strict=False), reaches(50, 50, strict=True)
    (True, False)
    """
    return per_cent > gate + ROUNDING if strict else per_cent >= gate - ROUNDING


@dataclass(frozen=True)
class Links:
    """The stakes of a graph arranged for walking down, treasury stock left out.

    Attributes
    ----------
    of
        Stakes by owner.
    low_sum
        By metric and party: what the low ends add to.
    hidden
        By party: the most that an unlisted rest can be the group's, per cent (only where it is hidden).
    """

    of: Mapping[str, list[Stake]]
    low_sum: Mapping[Metric, Mapping[str, float]]
    hidden: Mapping[str, float]


def arranged(graph: OwnershipGraph, metrics: Collection[Metric], disclosed_from: float | None = None) -> Links:
    """Arrange a graph for cascades.

    Parameters
    ----------
    graph
        Parties and stakes.
    metrics
        What the gates are about.
    disclosed_from
        Per cent from which holders of listed companies report; hidden rests count only if it is given.
    """
    sums: dict[Metric, dict[str, float]] = {metric: defaultdict(float) for metric in metrics}
    for stake in graph.stakes:
        if not stake.treasury:
            for metric in metrics:
                sums[metric][stake.owned] += stake.per_cent(metric, "low")
    caps = {"undisclosed": 100.0, "listed-concert": 100.0, "listed": disclosed_from}
    hidden = {
        party: cap - 2 * ROUNDING  # a listed one stays below
        for party, kind in graph.remainder.items()
        if disclosed_from is not None and (cap := caps.get(kind)) is not None
    }
    return Links(graph.stakes_of(treasury=False), sums, hidden)


@dataclass
class _Tally:
    """What the counted holders have in one party, in one metric."""

    low: float = 0.0
    high: float = 0.0


@dataclass
class Cascade:
    """Who is caught and what was counted.

    Attributes
    ----------
    caught
        Parties at a gate, the starting ones excluded.
    tally
        By metric and party, what starting and caught parties hold directly.
    """

    caught: set[str] = field(default_factory=set)
    tally: dict[Metric, dict[str, _Tally]] = field(default_factory=dict)

    def counted(self, metric: Metric) -> dict[str, float]:
        """Return what was counted at the low ends, per cent by party, zeros left out."""
        found = {party: tally.low for party, tally in self.tally.get(metric, {}).items()}
        return {party: per_cent for party, per_cent in found.items() if per_cent > ROUNDING}


def cascade(
    links: Links,
    start: Collection[str],
    gates: Gates,
    *,
    strict: bool,
    at: Literal["low", "high"] = "low",
) -> Cascade:
    """Return everything that counted holders, added together, hold at a gate, tier by tier.

    Parameters
    ----------
    links
        The arranged graph.
    start
        Parties that count from the outset.
    gates
        Per cent by metric.
    strict
        Whether more than the gate is needed.
    at
        ``low`` reads every share at its low end. ``high`` gives the counted holders the most their bands, the
        others' low ends and hidden rests allow.

    Examples
    --------
    >>> from georisk.ownership.graph import Holder, OwnershipGraph, Share, Stake
    >>> firms = {name: Holder(name, "LU", "company") for name in "XAB"}
    >>> chain = (Stake("X", "A", Share.exact(50)), Stake("A", "B", Share.exact(50)))
    >>> found = cascade(arranged(OwnershipGraph(firms, chain, {}), ["equity"]), ["X"], {"equity": 50}, strict=False)
    >>> sorted(found.caught), found.counted("equity")
    (['A', 'B'], {'A': 50.0, 'B': 50.0})
    """
    counting = set(start)
    found = Cascade(tally={metric: defaultdict(_Tally) for metric in gates})
    waiting = deque(counting)
    if at == "high":
        waiting.extend(_hidden_only(links, counting, gates, strict, found))
    while waiting:
        owner = waiting.popleft()
        for stake in links.of.get(owner, []):
            if _add(links, stake, gates, strict, at, found) and stake.owned not in counting:
                counting.add(stake.owned)
                found.caught.add(stake.owned)
                waiting.append(stake.owned)
    return found


def _add(links: Links, stake: Stake, gates: Gates, strict: bool, at: str, found: Cascade) -> bool:
    """Count a stake and return whether the owned party now stands at a gate."""
    passed = False
    for metric, gate in gates.items():
        tally = found.tally[metric][stake.owned]
        tally.low += stake.per_cent(metric, "low")
        tally.high += stake.per_cent(metric, "high")
        held = tally.low if at == "low" else most(links, metric, stake.owned, tally.low, tally.high)
        passed = passed or reaches(held, gate, strict=strict)
    return passed


def most(links: Links, metric: Metric, party: str, low: float, high: float) -> float:
    """Return the most that holders of ``low`` to ``high`` can have together, hidden rest included, in per cent."""
    others = links.low_sum[metric].get(party, 0.0) - low
    return min(high + links.hidden.get(party, 0.0), 100.0 - others)


def _hidden_only(links: Links, counting: set[str], gates: Gates, strict: bool, found: Cascade) -> list[str]:
    """Catch the parties whose hidden rest alone may stand at a gate."""
    alone = [
        party
        for party in links.hidden
        if party not in counting
        and any(reaches(most(links, metric, party, 0, 0), gate, strict=strict) for metric, gate in gates.items())
    ]
    counting.update(alone)
    found.caught.update(alone)
    return alone


def single_stakes(links: Links, start: Collection[str], gates: Gates, *, strict: bool) -> set[str]:
    """Return what any one starting or caught party holds at a gate by itself, tier by tier; holders never add.

    Shares are read at their low ends; several stakes of one owner in one party are one holding.
    """
    counting, caught = set(start), set()
    waiting = deque(counting)
    while waiting:
        holdings: dict[tuple[str, Metric], float] = defaultdict(float)
        for stake in links.of.get(waiting.popleft(), []):
            for metric in gates:
                holdings[stake.owned, metric] += stake.per_cent(metric, "low")
        for (owned, metric), held in holdings.items():
            if owned not in counting and reaches(held, gates[metric], strict=strict):
                counting.add(owned)
                caught.add(owned)
                waiting.append(owned)
    return caught
