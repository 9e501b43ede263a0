"""Links between parties, and how a rule traces them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from georisk.ownership.cascade import reaches

Triple = tuple[float, float, float]
"""Per cent of equity, votes and board."""


@dataclass(frozen=True)
class TierRule:
    """How links are traced.

    Attributes
    ----------
    merges_at
        Per cent from which a link makes owner and owned one; ``None``: no link does.
    strict
        Whether more than that is needed.
    any_metric
        Whether a link that is large in one metric is so in all.
    multiplies
        Whether smaller links are multiplied; if not, nothing passes through them.
    first_keeps
        Whether a counted holder's own link keeps its number when the chain goes on.
    last_keeps
        Whether the last link of a chain keeps its number.
    """

    merges_at: float | None
    strict: bool = False
    any_metric: bool = False
    multiplies: bool = True
    first_keeps: bool = False
    last_keeps: bool = False

    def merged(self, link: Triple, metric: int) -> bool:
        """Return whether a link makes two parties one."""
        if self.merges_at is None:
            return False
        looked_at = link if self.any_metric else (link[metric],)
        return any(reaches(held, self.merges_at, strict=self.strict) for held in looked_at)

    def tier(self, link: Triple, metric: int) -> float:
        """Return the part of what is above a link that passes it, 0 to 1."""
        if self.merged(link, metric):
            return 1.0
        return link[metric] / 100.0 if self.multiplies else 0.0

    def through(self, owner: int, link: Triple, metric: int) -> float:
        """Return the weight of a link on the way to something further down."""
        return link[metric] / 100.0 if owner < 0 and self.first_keeps else self.tier(link, metric)

    def held(self, owner: int, link: Triple, metric: int) -> float:
        """Return the weight of a link that ends the chain; a counted holder's own stake is what it is."""
        return link[metric] / 100.0 if owner < 0 or self.last_keeps else self.tier(link, metric)


class Link(NamedTuple):
    """All stakes of one owner in one party; counted holders of one block are one owner, numbered below zero."""

    low: Triple
    high: Triple
