"""A new investor takes part of a company; free-carried state interests keep theirs."""

from __future__ import annotations

from dataclasses import replace

from georisk.ownership.graph import METRICS, Metric, OwnershipGraph, Share, Stake


def diluted(graph: OwnershipGraph, company: str, investor: str, per_cent: float) -> OwnershipGraph:
    """Return the graph after an investor has taken part of all that is not carried.

    Parameters
    ----------
    graph
        Parties and stakes before.
    company
        The party invested in.
    investor
        Who takes the part; what it held before shrinks like any other stake.
    per_cent
        The part of the non-carried equity and votes it takes.

    Notes
    -----
    Other non-carried stakes, treasury stock and the unlisted rest shrink in proportion. Board seats stay as they are.

    Examples
    --------
    >>> from georisk.ownership.graph import Holder
    >>> parties = {name: Holder(name, "TZ", "company") for name in "AGNT"}
    >>> before = (Stake("A", "T", Share.exact(84)), Stake("G", "T", Share.exact(16), carried=True))
    >>> after = diluted(OwnershipGraph(parties, before, {}), "T", "N", 40)
    >>> [(stake.owner, round(stake.per_cent("equity"), 2)) for stake in after.stakes]
    [('A', 50.4), ('G', 16), ('N', 33.6)]
    """
    taken = per_cent / 100.0
    stakes = [_shrunk(stake, 1.0 - taken) if stake.owned == company else stake for stake in graph.stakes]
    carried = [stake for stake in stakes if stake.owned == company and stake.carried]
    equity, voting = (_left(carried, metric).scaled(taken) for metric in METRICS[:2])
    stakes.append(Stake(investor, company, equity, voting))
    return OwnershipGraph(graph.holders, tuple(stakes), graph.remainder)


def _shrunk(stake: Stake, factor: float) -> Stake:
    if stake.carried:
        return stake
    return replace(stake, equity=_scaled(stake.equity, factor), voting=_scaled(stake.voting, factor))


def _scaled(share: Share | None, factor: float) -> Share | None:
    return None if share is None else share.scaled(factor)


def _left(carried: list[Stake], metric: Metric) -> Share:
    """Return what carried interests leave of a metric."""
    low, point, high = (sum(stake.per_cent(metric, end) for stake in carried) for end in ("low", "point", "high"))
    return Share(100.0 - high, 100.0 - point, 100.0 - low)
