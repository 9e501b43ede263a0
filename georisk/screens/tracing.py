"""Rules that trace chains: large links make two parties one, smaller ones are multiplied or end the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from georisk.ownership.graph import METRICS, ROUNDING, Metric, OwnershipGraph, hidden_caps
from georisk.ownership.links import TierRule
from georisk.ownership.tier_bounds import least_traced, most_traced, with_hidden
from georisk.ownership.tiers import Tiers, tiers, traced
from georisk.ownership.upstream import downstream
from georisk.screens.classes import GOVERNMENT_KINDS, members, nation_blocks, of_nations
from georisk.screens.judgement import Figure, Judgement
from georisk.screens.rules import HolderClass, Limb, MergeOrMultiply, Rule

Blocks = Sequence[frozenset[str]]

_STEP = 1e-5
"""Points by which a listed rest is lowered to see whether a greatest figure hangs on all of it."""


@dataclass(frozen=True)
class Held:
    """What counted holders have in a party in one metric, per cent."""

    low: float
    high: float
    open: bool = False


NOTHING = Held(0.0, 0.0)


def tier_rule(test: MergeOrMultiply) -> TierRule:
    """Return how a rule traces links."""
    return TierRule(
        test.merges_at,
        strict=test.merges_strict,
        any_metric=test.merges_any_metric,
        multiplies=test.below == "multiply",
        last_keeps=test.last_link_keeps,
    )


def traced_holdings(
    graph: OwnershipGraph, blocks: Blocks, rule: TierRule, metrics: Sequence[Metric], disclosed_from: float
) -> dict[Metric, dict[str, Held]]:
    """Return what counted holders have in every party, at least and at most; parties with nothing left out.

    Parameters
    ----------
    graph
        Parties and stakes.
    blocks
        The counted holders; members of one block are one holder. Hidden rests go to the first block.
    rule
        How links are traced.
    metrics
        What is counted, each for itself.
    disclosed_from
        Per cent from which holders of a listed company must report.
    """
    counted = frozenset[str]().union(*blocks)
    below = downstream(graph, counted | set(hidden_caps(graph, disclosed_from)))
    arranged = tiers(below, [block & set(below.holders) for block in blocks])
    find = _certain if not doubtful(below) else _bounded
    return {metric: find(below, arranged, rule, METRICS.index(metric), disclosed_from) for metric in metrics}


def _certain(
    graph: OwnershipGraph, arranged: Tiers, rule: TierRule, metric: int, disclosed_from: float
) -> dict[str, Held]:
    return {party: Held(held, held) for party, held in arranged.named(traced(arranged, rule, metric)).items()}


def _bounded(
    graph: OwnershipGraph, arranged: Tiers, rule: TierRule, metric: int, disclosed_from: float
) -> dict[str, Held]:
    def most(cap: float) -> dict[str, float]:
        return arranged.named(most_traced(with_hidden(arranged, hidden_caps(graph, cap)), rule, metric))

    low = arranged.named(least_traced(arranged, rule, metric))
    high, opened = most(disclosed_from), frozenset[str]()
    if "listed" in graph.remainder.values():
        high, opened = _approached(most(disclosed_from - _STEP), most(disclosed_from - 2 * _STEP))
    return {
        party: Held(low.get(party, 0.0), max(high.get(party, 0.0), low.get(party, 0.0)), party in opened)
        for party in {*low, *high}
    }


def _approached(near: Mapping[str, float], far: Mapping[str, float]) -> tuple[dict[str, float], frozenset[str]]:
    """Return the limits of figures a step and two steps away, and which of them are only approached."""
    slopes = {party: near[party] - far.get(party, 0.0) for party in near}
    opened = frozenset(party for party, slope in slopes.items() if slope > ROUNDING)
    return {party: near[party] + (slopes[party] if party in opened else 0.0) for party in near}, opened


def doubtful(graph: OwnershipGraph) -> bool:
    """Return whether anything in a graph is a band or a hidden rest."""
    banded = any(
        share is not None and share.high > share.low
        for stake in graph.stakes
        for share in (stake.equity, stake.voting, stake.board)
    )
    return banded or any(kind != "known-others" for kind in graph.remainder.values())


def groups(graph: OwnershipGraph, holders: HolderClass, limb: Limb) -> dict[str, Blocks]:
    """Return the groups of holders a limb adds up, by a name; an empty one where nobody is of the class."""
    nations = nation_blocks(graph, holders)
    if limb.adds == "each":
        return {party: [frozenset({party})] for party in sorted(members(graph, holders))} or {"": [frozenset()]}
    if limb.adds == "all":
        first = frozenset[str]().union(*(blocks[0] for blocks in nations.values()))
        return {"": [first, *(block for blocks in nations.values() for block in blocks[1:])]}
    return dict(nations) or {"": [frozenset()]}


def merge_or_multiply(graph: OwnershipGraph, rule: Rule, test: MergeOrMultiply, disclosed_from: float) -> Judgement:
    """Judge a rule that traces chains; every metric and limb is a test of its own."""
    tests: dict[str, list[Figure]] = {}
    for limb in test.limbs:
        label = " together" if limb.adds == "all" and len(test.limbs) > 1 else ""
        for metric, found in largest_holdings(graph, rule, test, limb, disclosed_from).items():
            for party, held in found.items():
                figure = Figure(f"{metric}{label}", held.low, held.high, limb.at, test.strict, held.open)
                tests.setdefault(party, []).append(figure)
    placed = _placed(graph, rule.holders) if test.caught_by_place else {}
    start = members(graph, rule.holders)
    at_home = frozenset(p for p, holder in graph.holders.items() if test.not_in and holder.country == test.not_in)
    return Judgement(start, {party: tuple(found) for party, found in tests.items()}, placed, start | at_home)


def largest_holdings(
    graph: OwnershipGraph, rule: Rule, test: MergeOrMultiply, limb: Limb, disclosed_from: float
) -> dict[Metric, dict[str, Held]]:
    """Return by metric the largest holding that any group of holders has in every party."""
    found: dict[Metric, dict[str, Held]] = {metric: {} for metric in test.metrics}
    for blocks in groups(graph, rule.holders, limb).values():
        traced_ones = traced_holdings(graph, blocks, tier_rule(test), test.metrics, disclosed_from)
        for metric, holdings in traced_ones.items():
            for party, held in holdings.items():
                found[metric][party] = _larger(found[metric].get(party, NOTHING), held)
    return found


def _larger(one: Held, other: Held) -> Held:
    high = max(one.high, other.high)
    reached = any(held.high >= high - ROUNDING and not held.open for held in (one, other))
    return Held(max(one.low, other.low), high, not reached)


def _placed(graph: OwnershipGraph, holders: HolderClass) -> dict[str, str]:
    """Return the parties caught by where they are; persons and governments are not."""
    return {
        party: "organised or seated in a covered nation"
        for party, holder in graph.holders.items()
        if of_nations(holder, holders) and holder.kind not in (*GOVERNMENT_KINDS, "person")
    }
