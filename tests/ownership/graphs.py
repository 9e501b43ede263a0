"""Small random ownership graphs for hypothesis, and allocations that they allow."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from georisk.ownership.graph import METRICS, Holder, OwnershipGraph, Share, Stake

QUICK = settings(max_examples=60, deadline=None)
"""Enough graphs to find a fault, few enough for a short run."""

LOWS = (0, 10, 20, 25, 30, 40, 49, 50, 51, 60, 100)
WIDTHS = (0, 1, 10, 25, 50, 100)
REMAINDERS = ("undisclosed", "listed", "listed-concert", "known-others")


def graph_of(stakes: Iterable[Stake], remainder: dict[str, str] | None = None, *more: str) -> OwnershipGraph:
    """Return a graph of plain companies from its stakes."""
    stakes = tuple(stakes)
    ids = sorted({one for stake in stakes for one in (stake.owner, stake.owned)} | set(more))
    return OwnershipGraph({one: Holder(one, "LUX", "company") for one in ids}, stakes, remainder or {})


def stake(owner: str, owned: str, equity: float, voting: float | None = None, board: float | None = None) -> Stake:
    """Return a stake of exact figures."""
    return Stake(owner, owned, *(None if one is None else Share.exact(one) for one in (equity, voting, board)))


@st.composite
def ownership_graphs(
    draw: st.DrawFn,
    *,
    most: int = 5,
    banded: bool = False,
    hidden: bool = False,
    loops: bool = True,
    treasury: bool = False,
    metrics: int = 1,
    density: float = 0.45,
) -> OwnershipGraph:
    """Draw a graph; low ends of one party add to at most 100 in every metric."""
    ids = "ABCDEFG"[: draw(st.integers(3, most))]
    chance = random.Random(draw(st.integers(0, 2**32)))  # one seed shrinks better than many small draws
    stakes = []
    for number, owned in enumerate(ids):
        left = [100] * metrics
        for owner in ids if loops else ids[: number + 1]:
            if (owner == owned and not (treasury and chance.random() < 0.3)) or chance.random() > density:
                continue
            shares = []
            for metric in range(metrics):
                low = min(chance.choice(LOWS), left[metric])
                high = min(100, low + (chance.choice(WIDTHS) if banded and chance.random() < 0.5 else 0))
                left[metric] -= low
                shares.append(Share(float(low), float(low) if low == high else None, float(high)))
            stakes.append(Stake(owner, owned, *shares))
    remainder = {party: chance.choice(REMAINDERS) for party in ids if hidden and chance.random() < 0.4}
    return graph_of(stakes, remainder, *ids)


def exact_shares(graph: OwnershipGraph, *, treasury: bool = True) -> dict[tuple[str, str], Fraction]:
    """Return equity at the low ends as exact fractions of 1."""
    found: dict[tuple[str, str], Fraction] = {}
    for one in graph.stakes:
        if treasury or not one.treasury:
            found[one.owner, one.owned] = Fraction(one.per_cent("equity", "low")) / 100
    return found


def allocated(
    graph: OwnershipGraph, chance: random.Random, holder: str | None, disclosed_from: float
) -> OwnershipGraph:
    """Return one graph of exact figures that the bands allow, hidden rests given to a holder or to nobody."""
    stakes: list[Stake] = []
    for owned in graph.holders:
        mine = [one for one in graph.stakes if one.owned == owned]
        given = [_filled(mine, metric, chance) for metric in range(3)]
        rests = [100.0 - sum(shares) for shares in given]
        stakes += [replace(one, **_exact(one, [given[m][i] for m in range(3)])) for i, one in enumerate(mine)]
        kind = graph.remainder_of(owned)
        if holder is not None and kind != "known-others" and owned != holder:
            cap = disclosed_from - 1e-6 if kind == "listed" else 100.0
            part = chance.choice((0.0, 0.5, 1.0, 1.0))
            extra = [max(0.0, min(rest, cap)) * part for rest in rests]
            if not any(one.board is not None and one.board.high > 0 for one in mine):
                extra[2] = 0.0
            follow = all(one.voting is None for one in mine)
            stakes.append(stake(holder, owned, extra[0], None if follow else extra[1], extra[2]))
    return OwnershipGraph(graph.holders, tuple(stakes), {})


def _filled(mine: list[Stake], metric: int, chance: random.Random) -> list[float]:
    bands = [one.share(METRICS[metric]) or Share(0.0, 0.0, 0.0) for one in mine]
    figures = [band.low for band in bands]
    left = 100.0 - sum(figures)
    for number in chance.sample(range(len(mine)), len(mine)):
        width = bands[number].high - bands[number].low
        to_half = max(0.0, 50.0 - figures[number])
        added = min(left, width, chance.choice((0.0, width, width / 2, to_half)))
        figures[number] += added
        left -= added
    return figures


def _exact(one: Stake, figures: list[float]) -> dict[str, Share | None]:
    """Return the stated metrics at given figures; votes that follow equity go on following it."""
    return {
        metric: None if getattr(one, metric) is None else Share.exact(figure)
        for metric, figure in zip(METRICS, figures, strict=True)
    }
