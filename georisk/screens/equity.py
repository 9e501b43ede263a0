"""Rules on integrated equity: shares multiplied along chains and added over chains, loops included."""

from __future__ import annotations

from collections import defaultdict

from georisk.ownership.bounds import joint_bounds
from georisk.ownership.graph import OwnershipGraph
from georisk.ownership.shares import integrated_ownership
from georisk.screens.classes import members
from georisk.screens.judgement import Figure, Judgement
from georisk.screens.rules import Product, Rule
from georisk.screens.tracing import groups


def product(graph: OwnershipGraph, rule: Rule, test: Product, disclosed_from: float) -> Judgement:
    """Judge a rule on integrated equity; each test shows the largest sum of any group of holders."""
    start = members(graph, rule.holders)
    tests: dict[str, list[Figure]] = defaultdict(list)
    for limb in test.limbs:
        largest: dict[str, Figure] = {}
        for blocks in groups(graph, rule.holders, limb).values():
            group = sorted(frozenset[str]().union(*blocks))
            found = joint_bounds(graph, group, disclosed_from)
            for party in found.high:
                high, opened = found.high[party], party in found.open
                figure = Figure("equity", found.low[party], high, limb.at, test.strict, opened)
                largest[party] = _larger(largest.get(party), figure)
        for party, figure in largest.items():
            tests[party].append(figure)
    counted = {party: tuple(found) for party, found in tests.items() if any(test.high > 0 for test in found)}
    return Judgement(start, counted, exempt=start)


def _larger(one: Figure | None, other: Figure) -> Figure:
    if one is None:
        return other
    top = one if (one.high, not one.open) >= (other.high, not other.open) else other
    return Figure(top.label, max(one.low, other.low), top.high, top.gate, top.strict, top.open)


def person_shares(graph: OwnershipGraph, rule: Rule) -> dict[tuple[str, str], float]:
    """Return the integrated equity of the holders of a rule in every party, per cent, shares at their low ends.

    Raises
    ------
    ClosedLoopError
        If parties own each other wholly without an outside owner.
    """
    start = members(graph, rule.holders)
    shares = integrated_ownership(graph, at="low").per_cent()
    return {pair: held for pair, held in shares.items() if pair[0] in start}
