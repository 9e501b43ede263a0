"""Ownership at scale: 100,000 parties, 120,000 stakes, 1,000 loops, beside plain path enumeration."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from georisk.ownership.graph import Holder, OwnershipGraph, Share, Stake

PARTIES, STAKES, LOOPS = 100_000, 120_000, 1_000
TARGETS = {"integrated": 2.0, "ofac": 15.0, "doe": 15.0}
"""Seconds within which each has to be done for every party."""

_LEVELS = 12
_SCREENS = Path(__file__).parents[2] / "data" / "method" / "screens"


def made_graph(parties: int, stakes: int, loops: int, *, seed: int = 7, bands: float = 0.0) -> OwnershipGraph:
    """Make a graph of company groups in levels, with loops of two to five companies across them.

    Parameters
    ----------
    parties, stakes, loops
        How many; the stakes that close loops are among the stakes.
    seed
        Of the generator.
    bands
        Part of the stakes that are bands of ten points.
    """
    draw = random.Random(seed)
    ids = [f"p{number}" for number in range(parties)]
    kinds = ["government" if number % 997 == 0 else "company" for number in range(parties)]
    holders = {
        party: Holder(
            party,
            "CHN" if number % 11 == 0 else "AUS",
            kinds[number],
            frozenset({"blocked"} if number % 501 == 0 else ()),
        )
        for number, party in enumerate(ids)
    }
    level = max(1, parties // _LEVELS)
    left = [100.0] * parties
    found: list[Stake] = []

    def add(owner: int, owned: int, share: float) -> None:
        low = round(min(share, left[owned]), 2)
        if low <= 0 or owner == owned:
            return
        high = min(100.0, low + 10.0) if draw.random() < bands else low
        left[owned] -= low
        equity = Share.exact(low) if high == low else Share.band(low, high)
        found.append(Stake(ids[owner], ids[owned], equity))

    for _ in range(loops):
        first = draw.randrange(level, parties - 6)
        ring = range(first, first + draw.randint(2, 5))
        for owner in ring:
            add(owner, owner + 1 if owner + 1 in ring else first, draw.uniform(5, 45))
    while len(found) < stakes:
        owned = draw.randrange(level, parties)
        owner = draw.randrange(0, owned - owned % level)
        add(owner, owned, draw.choice((10.0, 25.0, 40.0, 51.0, 60.0, 100.0)))
    return OwnershipGraph(holders, tuple(found[:stakes]), {})


def run() -> dict[str, Any]:
    """Return seconds for every party, whether they meet the targets, and the ratio to path enumeration."""
    from georisk.ownership.bounds import joint_bounds
    from georisk.ownership.cascade import arranged, cascade
    from georisk.ownership.shares import group_shares
    from georisk.screens.engines import judge
    from georisk.screens.rules import read_rules

    graph = made_graph(PARTIES, STAKES, LOOPS)
    rules = read_rules(_SCREENS)
    governments = [party for party, holder in graph.holders.items() if holder.kind == "government"]
    seconds = {
        "integrated": _timed(lambda: group_shares(graph, governments)),
        "ofac": _timed(lambda: judge(graph, rules["ofac_50"], rules, 5.0)),
        "doe": _timed(lambda: judge(graph, rules["doe_feoc_25"], rules, 5.0)),
    }
    banded = made_graph(PARTIES, STAKES, LOOPS, bands=0.2)
    further = {
        "cascade_alone": _timed(
            lambda: cascade(arranged(graph, ["equity"]), governments, {"equity": 50}, strict=False)
        ),
        "bounds_with_bands": _timed(lambda: joint_bounds(banded, governments, 5.0)),
        "doe_with_bands": _timed(lambda: judge(banded, rules["doe_feoc_25"], rules, 5.0)),
    }
    return {
        "parties": PARTIES,
        "stakes": STAKES,
        "loops": LOOPS,
        "seconds": seconds,
        "further_seconds": further,
        "met": {name: seconds[name] < limit for name, limit in TARGETS.items()},
        "beside_paths": beside_paths(),
    }


def _timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 3)


def beside_paths(budget: float = 5.0) -> dict[str, Any]:
    """Return the largest graph whose simple paths networkx lists within a budget of seconds, and the ratio there.

    Path enumeration also gives another figure: it counts no returns through loops.
    """
    import networkx as nx

    from georisk.ownership.shares import group_shares

    found: dict[str, Any] = {}
    for parties in (50, 100, 200, 400, 800, 1600, 3200):
        graph = made_graph(parties, parties * 2, parties // 50)
        paths = nx.DiGraph()
        for stake in graph.stakes:
            share = stake.per_cent("equity") / 100.0
            before = paths.get_edge_data(stake.owner, stake.owned, {"share": 0.0})["share"]
            paths.add_edge(stake.owner, stake.owned, share=before + share)
        governments = [party for party, holder in graph.holders.items() if holder.kind == "government"]
        slow = _enumerated(nx, paths, governments, budget)
        if slow is None:
            break
        quick = max(_timed(lambda graph=graph, governments=governments: group_shares(graph, governments)), 1e-3)
        found = {"parties": parties, "paths_seconds": slow, "ours_seconds": quick, "ratio": round(slow / quick, 1)}
    return found


def _enumerated(nx: Any, paths: Any, owners: list[str], budget: float) -> float | None:
    """Return the seconds for every party's share by listing all simple paths, ``None`` beyond the budget."""
    start = time.perf_counter()
    for owner in owners:
        for party in paths.nodes:
            if owner not in paths or party == owner:
                continue
            share = 0.0
            for path in nx.all_simple_edge_paths(paths, owner, party):
                product = 1.0
                for above, below in path:
                    product *= paths[above][below]["share"]
                share += product
                if time.perf_counter() - start > budget:
                    return None
    return round(time.perf_counter() - start, 3)


if __name__ == "__main__":
    import json

    print(json.dumps(run(), indent=1))  # the bench's own words
