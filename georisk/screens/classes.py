"""Whose holdings a rule looks at: parties by flag, nation and kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from georisk.ownership.graph import Holder, OwnershipGraph
from georisk.screens.rules import HolderClass

GOVERNMENT_KINDS = ("government", "party_state_organ")


def belongs(holder: Holder, group: HolderClass) -> bool:
    """Return whether a party is of a class by its own nature; who owns it is not looked at."""
    if any(flag in holder.flags for flag in group.flags):
        return True
    if group.nations is None and group.kinds is None and group.foreign_to is None:
        return False
    return (
        _placed(holder, group) and (group.kinds is None or holder.kind in group.kinds) and not _excepted(holder, group)
    )


def members(graph: OwnershipGraph, group: HolderClass) -> frozenset[str]:
    """Return the parties of a class, state companies that stand for their government included."""
    ownerless = _ownerless(graph) if group.ownerless_state_companies else frozenset()
    return frozenset(
        party
        for party, holder in graph.holders.items()
        if belongs(holder, group)
        or (party in ownerless and holder.kind == "state_company" and _stands_for(holder, group))
    )


def nation_blocks(graph: OwnershipGraph, group: HolderClass) -> dict[str, list[frozenset[str]]]:
    """Return the class by country, as blocks whose stakes form one link.

    The government of a country and its organs are one holder; a state company that stands for it is a holder of
    its own, whose stakes add to the government's but are links apart. The first block is the government's.
    """
    own: dict[str, set[str]] = defaultdict(set)
    companies: dict[str, list[frozenset[str]]] = defaultdict(list)
    for party in sorted(members(graph, group)):
        holder = graph.holders[party]
        country = holder.country or ""
        if holder.kind in GOVERNMENT_KINDS:
            own[country].add(party)
        else:
            companies[country].append(frozenset({party}))
    return {country: [frozenset(own[country]), *companies[country]] for country in sorted({*own, *companies})}


def of_nations(holder: Holder, group: HolderClass) -> bool:
    """Return whether a party is placed in one of the nations a class names."""
    return group.nations is not None and holder.country in group.nations


def _placed(holder: Holder, group: HolderClass) -> bool:
    if group.nations is not None and holder.country not in group.nations:
        return False
    return group.foreign_to is None or holder.country != group.foreign_to


def _excepted(holder: Holder, group: HolderClass) -> bool:
    flags = (*group.except_flags.get("*", ()), *group.except_flags.get(holder.kind, ()))
    return any(flag in holder.flags for flag in flags)


def _stands_for(holder: Holder, group: HolderClass) -> bool:
    return _placed(holder, group) and not _excepted(holder, group)


def _ownerless(graph: OwnershipGraph) -> frozenset[str]:
    owned = {stake.owned for stake in graph.stakes if not stake.treasury}
    return frozenset(graph.holders) - owned


def home_government(graph: OwnershipGraph, party: str) -> Mapping[str, Holder]:
    """Return the government parties of a party's own country, by id."""
    country = graph.holders[party].country
    return {
        one: holder
        for one, holder in graph.holders.items()
        if holder.kind in GOVERNMENT_KINDS and country is not None and holder.country == country
    }
