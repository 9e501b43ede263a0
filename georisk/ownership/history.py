"""What changed in the chain of owners between two days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from georisk.ownership.chains import Link
from georisk.ownership.graph import Stake
from georisk.ownership.holders import Holders, share_text


@dataclass(frozen=True, slots=True)
class StakeChange:
    """One link above a site that began, ended or changed.

    Attributes
    ----------
    owner, owned
        Ids of the parties.
    how
        ``began``, ``ended`` or ``changed``.
    before, after
        The share in words; ``None`` where there was no such stake.
    of_site_before, of_site_after
        Per cent of the site through the link at the stated figures; ``None``: none, or a figure is missing.
    statements
        Ids behind both.
    """

    owner: str
    owned: str
    how: str
    before: str | None
    after: str | None
    of_site_before: float | None
    of_site_after: float | None
    statements: tuple[str, ...]


def stake_changes(before: Holders, after: Holders, root: str) -> list[StakeChange]:
    """Return what changed above an owned node between two days, nearest links first.

    Only what statements say is compared: a band that merely grew with age is no change.
    """
    links = [_by_pair(holders, root) for holders in (before, after)]
    order = {pair: link.level for found in links for pair, link in found.items()}
    found = [
        _change(pair, links[0].get(pair), links[1].get(pair)) for pair in sorted(order, key=lambda p: (order[p], p))
    ]
    return [change for change in found if change is not None]


def _by_pair(holders: Holders, root: str) -> Mapping[tuple[str, str], Link]:
    return {(link.stake.owner, link.stake.owned): link for link in holders.every_link(root)}


def _change(pair: tuple[str, str], before: Link | None, after: Link | None) -> StakeChange | None:
    if before is not None and after is not None and _said(before.stake) == _said(after.stake):
        return None
    how = "began" if before is None else "ended" if after is None else "changed"
    statements = [one for link in (before, after) if link is not None for one in link.stake.statements]
    return StakeChange(
        *pair,
        how,
        None if before is None else share_text(before.stake),
        None if after is None else share_text(after.stake),
        None if before is None else before.share,
        None if after is None else after.share,
        tuple(dict.fromkeys(statements)),
    )


def _said(stake: Stake) -> tuple[float | None, bool, tuple[str, ...]]:
    point = None if stake.equity is None else stake.equity.point
    return point, stake.carried, stake.statements
