"""Majority cascades: a party held at a gate by counted holders counts at full weight from then on.

Nothing is multiplied. The result is the least fixed point: two firms that hold each other do not catch each other
into existence. Treasury stock counts nowhere here.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from georisk.ownership.graph import ROUNDING, Metric, OwnershipGraph, Stake, hidden_caps

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
    caps = {} if disclosed_from is None else hidden_caps(graph, disclosed_from)
    hidden = {party: cap - 2 * ROUNDING for party, cap in caps.items()}  # a listed one stays below
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

    def tallied(self, metric: Metric, party: str) -> float:
        """Return what was counted in one party at the low ends, per cent."""
        tally = self.tally[metric].get(party)
        return 0.0 if tally is None else tally.low

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
    also: Collection[Metric] = (),
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
    also
        Further metrics to tally, which pass nothing on.

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
    found = Cascade(tally={metric: defaultdict(_Tally) for metric in (*gates, *also)})
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
    for metric, tallies in found.tally.items():
        tally = tallies[stake.owned]
        tally.low += stake.per_cent(metric, "low")
        tally.high += stake.per_cent(metric, "high")
        if metric in gates and not passed:
            held = tally.low if at == "low" else most(links, metric, stake.owned, tally.low, tally.high)
            passed = reaches(held, gates[metric], strict=strict)
    return passed


def most(links: Links, metric: Metric, party: str, low: float, high: float) -> float:
    """Return the most that holders of ``low`` to ``high`` can have together, hidden rest included, in per cent.

    A hidden rest of a board counts only where some seat is stated: of a board nobody spoke of no rest is known.
    """
    stated = links.low_sum[metric].get(party, 0.0)
    hidden = links.hidden.get(party, 0.0) if stated > 0 or metric != "board" else 0.0
    return min(high + hidden, 100.0 - (stated - low))


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


def largest_stakes(
    links: Links, start: Collection[str], gates: Gates, *, strict: bool, at: Literal["low", "high"] = "low"
) -> Cascade:
    """Return what any one starting or caught party holds at a gate by itself, tier by tier; holders never add.

    Several stakes of one owner in one party are one holding. The tally is the largest single holding; at ``high``
    it is the most that bands allow, or a hidden rest in one hand.
    """
    counting = set(start)
    found = Cascade(tally={metric: defaultdict(_Tally) for metric in gates})
    waiting = deque(counting)
    if at == "high":
        waiting.extend(_hidden_only(links, counting, gates, strict, found))
    while waiting:
        for (owned, metric), (low, high) in _holdings(links, waiting.popleft(), gates).items():
            tally = found.tally[metric][owned]
            tally.low, tally.high = max(tally.low, low), max(tally.high, high)
            held = low if at == "low" else high
            if owned not in counting and reaches(held, gates[metric], strict=strict):
                counting.add(owned)
                found.caught.add(owned)
                waiting.append(owned)
    return found


def _holdings(links: Links, owner: str, gates: Gates) -> dict[tuple[str, Metric], tuple[float, float]]:
    """Return one owner's holdings by party and metric: low end, and the most that others and rests allow."""
    sums: dict[tuple[str, Metric], tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for stake in links.of.get(owner, []):
        for metric in gates:
            low, high = sums[stake.owned, metric]
            sums[stake.owned, metric] = low + stake.per_cent(metric, "low"), high + stake.per_cent(metric, "high")
    return {
        (owned, metric): (low, max(low, most(links, metric, owned, low, high)))
        for (owned, metric), (low, high) in sums.items()
    }
