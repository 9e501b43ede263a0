"""Rules without a chain: a party on a list, and the interest a host state is owed."""

from __future__ import annotations

from georisk.ownership.graph import OwnershipGraph
from georisk.screens.classes import home_government, members
from georisk.screens.judgement import Figure, Judgement
from georisk.screens.rules import HostState, Rule


def list_hit(graph: OwnershipGraph, rule: Rule) -> Judgement:
    """Judge whether a party stands on the list itself."""
    start = members(graph, rule.holders)
    return Judgement(start, {}, dict.fromkeys(start, "on the list"))


def host_state(graph: OwnershipGraph, rule: Rule, test: HostState) -> Judgement:
    """Judge whether the state of a party's own country has the direct interest it is owed.

    Parties of other countries, and parties in which nobody is known to hold anything, are not asked about.
    """
    tests: dict[str, tuple[Figure, ...]] = {}
    for party, stakes in graph.stakes_in(treasury=False).items():
        if graph.holders[party].country != test.country:
            continue
        state = home_government(graph, party)
        counted = [
            stake.equity
            for stake in stakes
            if stake.owner in state and stake.equity is not None and (stake.carried or not test.carried_only)
        ]
        low, high = sum(share.low for share in counted), sum(share.high for share in counted)
        tests[party] = (Figure("state interest", low, min(100.0, high), test.at_least, strict=False),)
    return Judgement(members(graph, rule.holders), tests)
