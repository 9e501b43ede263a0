"""Influence by large stakes, attributed up the chain, and by debt (26 USC 7701(a)(51)(D) and 318(a)(2))."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from georisk.ownership.attribution import Attribution, JointAttribution, joint
from georisk.ownership.bounds import joint_bounds
from georisk.ownership.cascade import reaches
from georisk.ownership.graph import ROUNDING, Holder, OwnershipGraph
from georisk.screens.judgement import Figure, Judgement
from georisk.screens.rules import Attribution318
from georisk.screens.tracing import doubtful


@dataclass(frozen=True)
class Influence:
    """What counted holders own directly and by attribution, shares at their low ends.

    Attributes
    ----------
    joint
        The holders, their graph, and what each owns.
    """

    joint: JointAttribution

    @cached_property
    def attributed(self) -> dict[tuple[str, str], float]:
        """Per cent by (holder, party), above zero."""
        return {
            (holder, party): share * 100.0
            for holder, found in self.joint.interests.items()
            for party, share in found.items()
            if share * 100.0 > ROUNDING
        }

    @cached_property
    def single_most(self) -> dict[str, float]:
        """The largest holding of any one holder, per cent by party."""
        found: dict[str, float] = defaultdict(float)
        for (_, party), held in self.attributed.items():
            found[party] = max(found[party], held)
        return found

    @cached_property
    def combined(self) -> dict[str, float]:
        """What all holders have together, every stake counted once, per cent by party."""
        return {party: self.joint.held(party) for party in self.single_most}

    @cached_property
    def debt(self) -> dict[str, float]:
        """Debt at issue owed to the holders, per cent by party."""
        found: dict[str, float] = defaultdict(float)
        for stake in self.joint.attribution.graph.stakes:
            if stake.owner in self.joint.holders and not stake.treasury:
                found[stake.owned] += stake.debt or 0.0
        return {party: owed for party, owed in found.items() if owed > 0}


def influence(graph: OwnershipGraph, test: Attribution318, holders: frozenset[str]) -> Influence:
    """Return what given holders own directly and by attribution."""
    return Influence(joint(Attribution(graph, test.passes_at, frozenset(test.any_size_kinds)), holders))


def attribution_318(
    graph: OwnershipGraph, test: Attribution318, holders: Judgement, disclosed_from: float
) -> Judgement:
    """Judge the limbs single, combined and debt.

    Parameters
    ----------
    graph
        Parties and stakes.
    test
        The gates.
    holders
        What the rule on the holders found; those caught for certain count at the low end, the others at most.
    disclosed_from
        Per cent from which holders of a listed company must report.

    Notes
    -----
    Where bands or hidden rests leave a doubt, the greatest figures are those of integrated ownership through every
    company that the holder's greatest interest lets pass: they may err upward.
    """
    certain = frozenset(holders.caught)
    found = influence(graph, test, certain)
    single_top, combined_top = _at_most(graph, test, holders, disclosed_from)
    touched = {*found.single_most, *found.debt, *single_top, *combined_top} - certain
    return Judgement(certain, {p: _limbs(test, found, single_top, combined_top, p) for p in touched}, exempt=certain)


def _limbs(
    test: Attribution318,
    found: Influence,
    single_top: Mapping[str, float],
    combined_top: Mapping[str, float],
    party: str,
) -> tuple[Figure, ...]:
    single, combined = found.single_most.get(party, 0.0), found.combined.get(party, 0.0)
    debt = found.debt.get(party, 0.0)
    limbs = (
        ("single", single, single_top.get(party, 0.0), test.single_at),
        ("combined", combined, combined_top.get(party, 0.0), test.combined_at),
        ("debt", debt, debt, test.debt_at),
    )
    return tuple(Figure(f"{name}_{at:g}", low, max(low, high), at, strict=False) for name, low, high, at in limbs)


def _at_most(
    graph: OwnershipGraph, test: Attribution318, holders: Judgement, disclosed_from: float
) -> tuple[dict[str, float], dict[str, float]]:
    """Return the greatest single and joint holdings where anything is in doubt, per cent by party."""
    if not doubtful(graph):
        return {}, {}
    possible = {party for party in graph.holders if holders.answer(party) is not False}
    single: dict[str, float] = defaultdict(float)
    closed = set(graph.holders)
    for holder in sorted(possible) or [""]:
        high, shut = _gated(graph, test, holder, disclosed_from)
        closed &= shut
        for party, held in high.items():
            single[party] = max(single[party], held)
    joint_high = joint_bounds(_cut_off(graph, closed - possible), sorted(possible), disclosed_from).high
    return _above_zero(single), _above_zero(joint_high)


def _gated(
    graph: OwnershipGraph, test: Attribution318, holder: str, disclosed_from: float
) -> tuple[dict[str, float], set[str]]:
    """Return one holder's greatest interests, and the companies that can pass it nothing."""
    shut: set[str] = set()
    while True:
        high = dict(joint_bounds(_cut_off(graph, shut), [holder] if holder else [], disclosed_from).high)
        more = {
            party
            for party, node in graph.holders.items()
            if party != holder
            and node.kind not in test.any_size_kinds
            and not reaches(high[party], test.passes_at, strict=False)
        } - shut
        if not more:
            return high, shut
        shut |= more


def _cut_off(graph: OwnershipGraph, shut: set[str]) -> OwnershipGraph:
    """Return the graph with the holdings of given parties in nobody's hands."""
    nobody = Holder("", None, "company")
    stakes = tuple(replace(stake, owner="") if stake.owner in shut else stake for stake in graph.stakes)
    return OwnershipGraph({**graph.holders, "": nobody}, stakes, graph.remainder)


def _above_zero(held: Mapping[str, float]) -> dict[str, float]:
    return {party: per_cent for party, per_cent in held.items() if party and per_cent > ROUNDING}
