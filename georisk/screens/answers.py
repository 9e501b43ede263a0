"""What a rule finds, in the shape that case files give it. Shapes follow the engine, not the rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from georisk.errors import UsageError
from georisk.ownership.graph import METRICS, ROUNDING, OwnershipGraph
from georisk.screens import cascades, equity, influence, interest, tracing
from georisk.screens.classes import GOVERNMENT_KINDS
from georisk.screens.engines import judge
from georisk.screens.judgement import Figure, Judgement
from georisk.screens.measures import Answer, named_threshold, number, pair, three_valued
from georisk.screens.rules import (
    Attribution318,
    CostRatio,
    MajorityChain,
    MergeOrMultiply,
    Product,
    Rule,
    SubstantialInterest,
)


@dataclass(frozen=True)
class Bench:
    """What every rule is answered with.

    Attributes
    ----------
    rules
        All rules by key.
    as_of
        The day on which they are read.
    disclosed_from
        Per cent from which holders of a listed company must report.
    """

    rules: Mapping[str, Rule]
    as_of: date
    disclosed_from: float

    def judged(self, graph: OwnershipGraph, rule: Rule) -> Judgement:
        """Return what a rule finds on a graph."""
        return judge(graph, rule, self.rules, self.disclosed_from)


def answer(graph: OwnershipGraph, rule: Rule, bench: Bench) -> Answer:
    """Return the answer of one rule on one graph."""
    test = rule.test
    match test:
        case MergeOrMultiply() if any(limb.adds == "each" for limb in test.limbs):
            return _traced_each(graph, rule, test, bench)
        case MergeOrMultiply():
            return _traced(graph, rule, test, bench)
        case Attribution318():
            return _influenced(graph, rule, test, bench)
        case SubstantialInterest():
            return _interested(graph, rule, test, bench)
        case MajorityChain() if test.asks == "owners":
            return {"owners": cascades.owners_found(graph, rule, test, bench.disclosed_from)}
        case Product() if test.asks == "owners":
            return _owners(graph, rule, test)
        case CostRatio():
            raise UsageError(f"{rule.key} needs costs")
        case _:
            return _caught(graph, rule, bench)


def _caught(graph: OwnershipGraph, rule: Rule, bench: Bench) -> Answer:
    """Return who is caught and the first figure counted in each party; nobody while a dated rule sleeps."""
    found = bench.judged(graph, rule)
    status = rule.status_on(bench.as_of) if rule.gates_on_date else rule.periods[-1].status
    asleep = rule.gates_on_date and status != "in-force"
    counted = {party: number(tests[0].low) for party, tests in found.tests.items() if tests[0].low > ROUNDING}
    return {"caught": [] if asleep else found.caught, "counted_pct": counted, "status": status}


def _traced(graph: OwnershipGraph, rule: Rule, test: MergeOrMultiply, bench: Bench) -> Answer:
    found = bench.judged(graph, rule)
    reply: Answer = {"caught": found.caught, "held_pct": {}, "low_pct": {}, "high_pct": {}, "trigger": {}}
    for party, tests in found.tests.items():
        if any(one.doubtful for one in tests):
            reply["low_pct"][party] = _by_metric(tests, high=False)
            reply["high_pct"][party] = _by_metric(tests, high=True)
        else:
            reply["held_pct"][party] = _by_metric(tests, high=False)
        passed = [one.label for one in tests if one.answer]
        if passed:
            reply["trigger"][party] = passed
    asked = [party for party, holder in graph.holders.items() if holder.kind not in GOVERNMENT_KINDS]
    reply["answer"] = {party: three_valued(found.answer(party)) for party in asked}
    reply["open"] = {party: True for party, tests in found.tests.items() if any(one.open for one in tests)}
    return reply


def _by_metric(tests: tuple[Figure, ...], *, high: bool) -> dict[str, float | None]:
    figures = {one.label: number(one.high if high else one.low) for one in tests}
    return {metric: 0.0 for metric in METRICS if metric not in figures} | figures


def _traced_each(graph: OwnershipGraph, rule: Rule, test: MergeOrMultiply, bench: Bench) -> Answer:
    attributed: dict[str, float | None] = {}
    for limb in test.limbs:
        for holder, blocks in tracing.groups(graph, rule.holders, limb).items():
            first = test.metrics[0]
            rule_of_links = tracing.tier_rule(test)
            held = tracing.traced_holdings(graph, blocks, rule_of_links, [first], bench.disclosed_from)[first]
            attributed |= {pair(holder, p): number(one.low) for p, one in held.items() if one.low > ROUNDING}
    return {"caught": bench.judged(graph, rule).caught, "attributed_pct": attributed}


def _influenced(graph: OwnershipGraph, rule: Rule, test: Attribution318, bench: Bench) -> Answer:
    found = bench.judged(graph, rule)
    held = influence.influence(graph, test, found.start)
    limbs = {party: next((one.label for one in tests if one.answer), None) for party, tests in found.tests.items()}
    return {
        "caught": found.caught,
        "attributed_pct": {pair(*key): number(share) for key, share in held.attributed.items()},
        "single_max_pct": {party: number(share) for party, share in held.single_most.items()},
        "combined_pct": {party: number(share) for party, share in held.combined.items()},
        "limb": {party: limb for party, limb in limbs.items() if limb is not None},
    }


def _interested(graph: OwnershipGraph, rule: Rule, test: SubstantialInterest, bench: Bench) -> Answer:
    held = interest.deemed(graph, rule.holders, test, bench.disclosed_from)
    return {
        "caught": bench.judged(graph, rule).caught,
        "deemed_pct": {
            pair(holder, party): number(one.low)
            for holder, found in held.of_party.items()
            for party, one in found.items()
            if one.low > ROUNDING
        },
    }


def _owners(graph: OwnershipGraph, rule: Rule, test: Product) -> Answer:
    shares = equity.person_shares(graph, rule)
    owners: dict[str, list[str]] = {}
    for (person, party), held in shares.items():
        if any(Figure("equity", held, held, limb.at, test.strict).answer for limb in test.limbs) and person != party:
            owners.setdefault(party, []).append(person)
    return {"owners": owners, "pct": {pair(*key): number(held) for key, held in shares.items()}}


def cost_ratio(total: float, prohibited: float, thresholds: list[float]) -> Answer:
    """Return the material-assistance ratio: costs not from prohibited entities over all costs.

    Examples
    --------
    >>> cost_ratio(200, 70, [60, 70])
    {'macr_pct': 65.0, 'at_least': {'60': True, '70': False}}
    """
    ratio = 100.0 * (total - prohibited) / total
    tests = {named_threshold(at): Figure("ratio", ratio, ratio, at, strict=False) for at in thresholds}
    return {"macr_pct": number(ratio), "at_least": {key: bool(test.answer) for key, test in tests.items()}}
