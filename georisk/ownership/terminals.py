"""Who stands at the top of the chains above an asset: ultimate parents, free floats and what nobody names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from georisk.ownership.chains import Link
from georisk.ownership.graph import OwnershipGraph

FLOAT, UNDISCLOSED = "free-float", "undisclosed"


@dataclass(frozen=True, slots=True)
class Terminal:
    """One end of the chains.

    Attributes
    ----------
    party
        The ultimate owner, or the company whose rest it is.
    kind
        ``owner``, ``free-float`` (of a listed company: resolved) or ``undisclosed``.
    share
        Per cent of the asset at the stated figures; ``None`` where a figure on the way is missing.
    low, high
        Bounds, per cent.
    statements
        Ids behind the last links.
    """

    party: str
    kind: str
    share: float | None
    low: float
    high: float
    statements: tuple[str, ...]


def terminals(graph: OwnershipGraph, root: str, links: Iterable[Link]) -> list[Terminal]:
    """Return the ends of the chains above an owned node, largest first.

    Parameters
    ----------
    links
        The material links above the node, nearest first.
    """
    links = list(links)
    owned = {stake.owned for stake in graph.stakes}
    ends: dict[str, list[Link]] = defaultdict(list)
    through: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        through[link.stake.owner].append(link)
        if link.stake.owner not in owned:
            ends[link.stake.owner].append(link)
    found = [_owner(party, arrived) for party, arrived in ends.items()]
    found += [_rest(graph, root, 100.0, 100.0, ())]
    for party, arrived in through.items():
        if party in owned:
            shares = [link.share for link in arrived]
            share = None if None in shares else sum(one for one in shares if one is not None)
            reach = min(100.0, sum(link.reach for link in arrived))
            found.append(_rest(graph, party, share, reach, _ids(arrived)))
    return sorted(
        (one for one in found if one.high > 1e-9), key=lambda one: (-(one.share or 0.0), -one.high, one.party)
    )


def _owner(party: str, links: list[Link]) -> Terminal:
    shares = [link.share for link in links]
    share = None if None in shares else sum(one for one in shares if one is not None)
    low, high = sum(link.least for link in links), min(100.0, sum(link.reach for link in links))
    return Terminal(party, "owner", share, low, high, _ids(links))


def _rest(graph: OwnershipGraph, party: str, share: float | None, reach: float, ids: tuple[str, ...]) -> Terminal:
    stakes = [stake for stake in graph.stakes if stake.owned == party and not stake.treasury]
    point = max(0.0, 100.0 - sum(stake.per_cent("equity") for stake in stakes))
    most = max(0.0, 100.0 - sum(stake.per_cent("equity", "low") for stake in stakes))
    least = max(0.0, 100.0 - sum(stake.per_cent("equity", "high") for stake in stakes))
    kind = {"listed": FLOAT, "undisclosed": UNDISCLOSED}.get(graph.remainder_of(party))
    if kind is None or most <= 1e-9:
        return Terminal(party, UNDISCLOSED, 0.0, 0.0, 0.0, ids)
    open_ = kind == UNDISCLOSED and any(stake.equity is not None and stake.equity.point is None for stake in stakes)
    return Terminal(
        party,
        kind,
        None if share is None or open_ else share * point / 100,
        (share or 0.0) * least / 100,
        reach * most / 100,
        ids,
    )


def _ids(links: list[Link]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for link in links for one in link.stake.statements))
