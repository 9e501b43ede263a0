"""Rules that never multiply: holders added together, one holder with its majority chain, or single stakes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from georisk.ownership.cascade import Cascade as Tally
from georisk.ownership.cascade import Links, arranged, cascade, largest_stakes, most
from georisk.ownership.graph import Metric, OwnershipGraph
from georisk.screens.classes import members
from georisk.screens.judgement import Figure, Judgement
from georisk.screens.rules import Cascade, MajorityChain, Rule, SingleStake


def added_together(graph: OwnershipGraph, rule: Rule, test: Cascade, disclosed_from: float) -> Judgement:
    """Judge a rule that adds all its holders, tier by tier."""
    start = members(graph, rule.holders)
    plain, hidden = arranged(graph, test.gates), arranged(graph, test.gates, disclosed_from)
    low = cascade(plain, start, test.gates, strict=test.strict)
    high = cascade(hidden, start, test.gates, strict=test.strict, at="high")
    tests = {
        party: tuple(
            Figure(metric, low.tallied(metric, party), _most(hidden, high, metric, party), gate, test.strict)
            for metric, gate in test.gates.items()
        )
        for party in _touched(low, high, hidden)
    }
    return Judgement(start, tests, exempt=start)


def _most(links: Links, high: Tally, metric: Metric, party: str) -> float:
    tally = high.tally[metric].get(party)
    return most(links, metric, party, tally.low, tally.high) if tally else most(links, metric, party, 0.0, 0.0)


def _touched(low: Tally, high: Tally, links: Links) -> list[str]:
    found = {party for tally in (low, high) for tallied in tally.tally.values() for party in tallied}
    return sorted(found | set(links.hidden))


def single_stakes(graph: OwnershipGraph, rule: Rule, test: SingleStake, disclosed_from: float) -> Judgement:
    """Judge a rule that asks what any one counted party holds by itself, tier by tier; the counted are caught too."""
    start = members(graph, rule.holders)
    plain, hidden = arranged(graph, test.gates), arranged(graph, test.gates, disclosed_from)
    low = largest_stakes(plain, start, test.gates, strict=test.strict)
    high = largest_stakes(hidden, start, test.gates, strict=test.strict, at="high")
    tests = {
        party: tuple(
            Figure(metric, low.tallied(metric, party), _largest(hidden, high, metric, party), gate, test.strict)
            for metric, gate in test.gates.items()
        )
        for party in _touched(low, high, hidden)
    }
    return Judgement(start, tests, dict.fromkeys(start, "of the class by nationality, place or list"))


def _largest(links: Links, high: Tally, metric: Metric, party: str) -> float:
    held = high.tally[metric][party].high if party in high.tally[metric] else 0.0
    return max(held, most(links, metric, party, 0.0, 0.0) if party in links.hidden else 0.0)


@dataclass(frozen=True)
class ByHolder:
    """What each holder has with all that it holds by a majority chain.

    Attributes
    ----------
    low, high
        By holder: tallies at the low ends and at the most.
    links
        The graph with hidden rests.
    """

    low: Mapping[str, Tally]
    high: Mapping[str, Tally]
    links: Links


def majority_chains(
    graph: OwnershipGraph, holders: Collection[str], test: MajorityChain, disclosed_from: float
) -> ByHolder:
    """Return what each holder has, one at a time.

    An unnamed holder stands in for whoever hides in a rest; it is the holder ``""``.
    """
    metrics: set[Metric] = {*test.gates, *test.passes}
    plain, hidden = arranged(graph, metrics), arranged(graph, metrics, disclosed_from)
    also = set(test.gates) - set(test.passes)
    low = {one: cascade(plain, [one], test.passes, strict=test.strict, also=also) for one in holders}
    high = {
        one: cascade(hidden, [one] if one else [], test.passes, strict=test.strict, at="high", also=also)
        for one in (*holders, "")
    }
    return ByHolder(low, high, hidden)


def one_at_a_time(graph: OwnershipGraph, rule: Rule, test: MajorityChain, disclosed_from: float) -> Judgement:
    """Judge a rule that takes one holder at a time; each test shows the largest holding of any."""
    start = members(graph, rule.holders)
    found = majority_chains(graph, sorted(start), test, disclosed_from)
    touched = {party for one in (*found.low.values(), *found.high.values()) for t in one.tally.values() for party in t}
    tests = {
        party: tuple(
            Figure(
                metric,
                max((one.tallied(metric, party) for one in found.low.values()), default=0.0),
                max(_most(found.links, one, metric, party) for one in found.high.values()),
                gate,
                test.strict,
            )
            for metric, gate in test.gates.items()
        )
        for party in sorted(touched | set(found.links.hidden))
    }
    return Judgement(start, tests, exempt=start)


def owners_found(graph: OwnershipGraph, rule: Rule, test: MajorityChain, disclosed_from: float) -> dict[str, list[str]]:
    """Return by party the holders that pass a gate in it for certain, sorted."""
    start = sorted(members(graph, rule.holders))
    found = majority_chains(graph, start, test, disclosed_from)
    owners: dict[str, list[str]] = {}
    for holder, tally in found.low.items():
        for party in graph.holders:
            figures = [
                Figure(metric, held := tally.tallied(metric, party), held, gate, test.strict)
                for metric, gate in test.gates.items()
            ]
            if party != holder and any(figure.answer for figure in figures):
                owners.setdefault(party, []).append(holder)
    return owners
