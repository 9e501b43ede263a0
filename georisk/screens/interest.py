"""A foreign person's interest in a flagged business, and a foreign government's in that person (31 CFR 800.244)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from georisk.ownership.graph import OwnershipGraph
from georisk.ownership.links import TierRule
from georisk.screens.classes import nation_blocks
from georisk.screens.judgement import Figure, Judgement
from georisk.screens.rules import HolderClass, Rule, SubstantialInterest
from georisk.screens.tracing import NOTHING, Held, traced_holdings


@dataclass(frozen=True)
class Deemed:
    """What holders are deemed to have, parents' links counted as 100.

    Attributes
    ----------
    of_government
        By country and party: what the governments of one state have together.
    of_party
        By holder and party, governments each on their own.
    """

    of_government: Mapping[str, Mapping[str, Held]]
    of_party: Mapping[str, Mapping[str, Held]]


def deemed(graph: OwnershipGraph, holders: HolderClass, test: SubstantialInterest, disclosed_from: float) -> Deemed:
    """Return what every holder is deemed to have in every party.

    A government's own first link keeps its number; for any other holder a large link counts as 100 wherever it is on
    a chain, and a direct holding keeps its number.
    """
    nations = nation_blocks(graph, holders)
    governments = {party for blocks in nations.values() for block in blocks for party in block}
    parent = TierRule(test.parent_at)
    keeping = TierRule(test.parent_at, first_keeps=True)

    def held(blocks: list[frozenset[str]], rule: TierRule) -> dict[str, Held]:
        return traced_holdings(graph, blocks, rule, [test.metric], disclosed_from)[test.metric]

    owners = {stake.owner for stake in graph.stakes if not stake.treasury}
    return Deemed(
        {country: held(blocks, keeping) for country, blocks in nations.items()},
        {
            party: held([frozenset({party})], keeping if party in governments else parent)
            for party in graph.holders
            if party in owners
        },
    )


def substantial_interest(
    graph: OwnershipGraph, rule: Rule, test: SubstantialInterest, disclosed_from: float
) -> Judgement:
    """Judge whether a foreign person's interest in a flagged business is a foreign government's as well."""
    governments = nation_blocks(graph, rule.holders)
    start = frozenset(party for blocks in governments.values() for block in blocks for party in block)
    targets = [party for party, holder in graph.holders.items() if test.target_flag in holder.flags]
    if not targets:
        return Judgement(start, {})
    found = deemed(graph, rule.holders, test, disclosed_from)
    return Judgement(start, {party: tuple(_pairs(found, graph, rule.holders, test, party)) for party in targets})


def _pairs(
    found: Deemed, graph: OwnershipGraph, holders: HolderClass, test: SubstantialInterest, target: str
) -> list[Figure]:
    """Return a test for every investor and state: the investor's interest, and the state's in the investor.

    A government that invests by itself is a foreign person, and wholly its own.
    """
    tests = []
    for country, interests in found.of_government.items():
        name = f"government of {country}"
        tests.append(_test(name, _own_stake(graph, holders, country, test, target), test.investor_at))
        for investor, held in found.of_party.items():
            home = graph.holders[investor].country == holders.foreign_to
            if investor in interests and investor != target and not home:
                state = _test(name, interests[investor], test.government_at)
                tests.append(replace(_test(investor, held.get(target, NOTHING), test.investor_at), also=state))
    return [one for one in tests if one.high > 0]


def _own_stake(
    graph: OwnershipGraph, holders: HolderClass, country: str, test: SubstantialInterest, target: str
) -> Held:
    """Return what the governments of a country hold in a party directly."""
    own = {party for block in nation_blocks(graph, holders)[country] for party in block}
    shares = [stake.share(test.metric) for stake in graph.stakes if stake.owner in own and stake.owned == target]
    stated = [share for share in shares if share is not None]
    return Held(sum(share.low for share in stated), min(100.0, sum(share.high for share in stated)))


def _test(label: str, held: Held, gate: float) -> Figure:
    return Figure(label, held.low, held.high, gate, strict=False, open=held.open)
