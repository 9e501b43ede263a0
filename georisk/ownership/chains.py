"""The chain of owners above an asset: every link through which a material share can run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from georisk.ownership.graph import OwnershipGraph, Stake

_NEGLIGIBLE = 1e-6


@dataclass(frozen=True, slots=True)
class Link:
    """One stake on the way up from an asset.

    Attributes
    ----------
    root
        The owned node the way begins at.
    stake
        The stake; its owner lies above its owned party.
    level
        Number of links from the root, 1 for a direct holder.
    share
        Per cent of the root that runs through the link at the stated figures; ``None``: a figure is missing
        on the way.
    least, reach
        The least and the most that can run through it, per cent.
    """

    root: str
    stake: Stake
    level: int
    share: float | None
    least: float
    reach: float


def links_above(graph: OwnershipGraph, roots: Iterable[str], material: float) -> dict[str, list[Link]]:
    """Return the links above each root, nearest first.

    Parameters
    ----------
    graph
        Parties and stakes.
    roots
        Owned nodes to start from.
    material
        Links that less than this many per cent of the root can run through are left out.

    Notes
    -----
    A party that several ways lead to is entered once, at its nearest level; a loop is walked once.
    """
    owners = graph.stakes_in(treasury=False)
    return {root: _climb(owners, root, material) for root in roots}


def _climb(owners: Mapping[str, list[Stake]], root: str, material: float) -> list[Link]:
    found: list[Link] = []
    share: dict[str, float | None] = {root: 100.0}
    least, reach = {root: 100.0}, {root: 100.0}
    level, frontier = 0, [root]
    seen = {root}
    while frontier:
        level += 1
        above: dict[str, list[Link]] = defaultdict(list)
        for owned in frontier:
            for link in _links(owners.get(owned, []), root, level, (least[owned], share[owned], reach[owned])):
                if link.reach >= max(material, _NEGLIGIBLE):
                    found.append(link)
                    above[link.stake.owner].append(link)
        frontier = [owner for owner in above if owner not in seen]
        seen.update(frontier)
        for owner in frontier:
            least[owner] = sum(link.least for link in above[owner])
            reach[owner] = min(100.0, sum(link.reach for link in above[owner]))
            parts = [link.share for link in above[owner]]
            share[owner] = None if None in parts else sum(part for part in parts if part is not None)
    return found


def _links(stakes: list[Stake], root: str, level: int, run: tuple[float, float | None, float]) -> list[Link]:
    least, share, reach = run
    stated = sum(stake.equity.at("low") for stake in stakes if stake.equity is not None)
    links = []
    for stake in stakes:
        if stake.equity is None:
            continue
        point = stake.equity.point
        own = None if share is None or point is None else share * point / 100
        most = min(stake.equity.high, 100 - stated + stake.equity.low)
        links.append(Link(root, stake, level, own, least * stake.equity.low / 100, reach * most / 100))
    return links
