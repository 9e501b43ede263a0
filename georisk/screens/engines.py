"""From a rule to its engine: a few generic ones serve every rule."""

from __future__ import annotations

from collections.abc import Mapping

from georisk.errors import UsageError
from georisk.ownership.graph import OwnershipGraph
from georisk.screens import cascades, equity, influence, interest, listed, tracing
from georisk.screens.judgement import Judgement
from georisk.screens.rules import (
    Attribution318,
    Cascade,
    HostState,
    ListHit,
    MajorityChain,
    MergeOrMultiply,
    Product,
    Rule,
    SingleStake,
    SubstantialInterest,
)


def judge(graph: OwnershipGraph, rule: Rule, rules: Mapping[str, Rule], disclosed_from: float) -> Judgement:
    """Return what a rule finds on a graph, whatever its standing on a day.

    Parameters
    ----------
    graph
        Parties and stakes at one moment.
    rule
        The rule.
    rules
        All rules by key, for a rule whose holders are those another rule caught.
    disclosed_from
        Per cent from which holders of a listed company must report.

    Raises
    ------
    UsageError
        For a rule on costs, which no graph answers.
    """
    test = rule.test
    match test:
        case Cascade():
            return cascades.added_together(graph, rule, test, disclosed_from)
        case MajorityChain():
            return cascades.one_at_a_time(graph, rule, test, disclosed_from)
        case SingleStake():
            return cascades.single_stakes(graph, rule, test, disclosed_from)
        case MergeOrMultiply():
            return tracing.merge_or_multiply(graph, rule, test, disclosed_from)
        case SubstantialInterest():
            return interest.substantial_interest(graph, rule, test, disclosed_from)
        case Attribution318():
            return influence.attribution_318(graph, test, _holders(graph, rule, rules, disclosed_from), disclosed_from)
        case Product():
            return equity.product(graph, rule, test, disclosed_from)
        case ListHit():
            return listed.list_hit(graph, rule)
        case HostState():
            return listed.host_state(graph, rule, test)
        case _:
            raise UsageError(f"{rule.key} is about costs, not about owners; give costs in a worked case")


def _holders(graph: OwnershipGraph, rule: Rule, rules: Mapping[str, Rule], disclosed_from: float) -> Judgement:
    """Return what the rule found on whose caught parties another rule depends."""
    if rule.holders.caught_by is None:
        raise UsageError(f"{rule.key} needs [holders] caught_by: the rule whose parties count as holders")
    return judge(graph, rules[rule.holders.caught_by], rules, disclosed_from)
