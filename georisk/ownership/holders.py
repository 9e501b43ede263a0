"""The owners of a site in words: direct holders, ultimate parents, and the tree between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from georisk.ownership.chains import Link, links_above
from georisk.ownership.graph import OwnershipGraph, Stake
from georisk.ownership.matrix import closed_loops
from georisk.ownership.terminals import FLOAT, Terminal, terminals
from georisk.snapshot import Snapshot

_TRACE = 0.005


@dataclass(frozen=True, slots=True)
class Branch:
    """A holder in the ownership tree.

    Attributes
    ----------
    link
        The stake and what of the asset runs through it.
    name, kind, country
        Of the holder; ``country`` ``None`` where not known.
    via
        Vehicles the stake runs through, by name.
    above
        Its own holders; empty where the chain ends or was drawn before (``again``).
    """

    link: Link
    name: str
    kind: str
    country: str | None
    via: tuple[str, ...]
    again: bool
    above: tuple[Branch, ...]


@dataclass(frozen=True)
class Holders:
    """Who owns the sites of a snapshot: the graph of stakes and what lies above each owned node."""

    snapshot: Snapshot
    graph: OwnershipGraph
    material: float

    @cached_property
    def owners(self) -> Mapping[str, list[Stake]]:
        """Stakes by the party owned."""
        return self.graph.stakes_in(treasury=False)

    @cached_property
    def refused(self) -> tuple[str, ...]:
        """Parties that own each other wholly without an owner outside, in words: shares through them are refused."""
        loops = [" and ".join(self.snapshot.name(party) for party in loop) for loop in closed_loops(self.graph)]
        return tuple(f"closed ownership loop without an outside owner, refused: {names}" for names in loops)

    def direct(self, root: str) -> list[Stake]:
        """Return the direct stakes in an owned node, largest first, those without figure last."""
        return sorted(self.owners.get(root, []), key=lambda stake: (-(_point(stake) or 0.0), stake.owner))

    def links(self, root: str) -> list[Link]:
        """Return the material links above an owned node."""
        return links_above(self.graph, [root], self.material)[root]

    def every_link(self, root: str) -> list[Link]:
        """Return all links above an owned node, however small."""
        return links_above(self.graph, [root], 0.0)[root]

    def ultimate(self, root: str) -> list[Terminal]:
        """Return the ends of the chains above an owned node: owners, free floats, undisclosed rests."""
        found = terminals(self.graph, root, self.every_link(root))
        return [end for end in found if end.kind == "owner" or end.share is None or end.share > _TRACE]

    def tree(self, root: str) -> tuple[Branch, ...]:
        """Return the tree of holders of an owned node; a holder met again is not opened twice."""
        links = self.every_link(root)
        return self._branches(root, links, {root})

    def _branches(self, owned: str, links: list[Link], drawn: set[str]) -> tuple[Branch, ...]:
        found = []
        for link in sorted(
            (one for one in links if one.stake.owned == owned), key=lambda one: -(one.share or one.reach)
        ):
            owner = link.stake.owner
            again = owner in drawn
            drawn.add(owner)
            above = () if again else self._branches(owner, links, drawn)
            kind = self.graph.holders[owner].kind
            found.append(
                Branch(
                    link,
                    self.snapshot.name(owner),
                    kind,
                    self.snapshot.country_of(owner),
                    self._via(link),
                    again,
                    above,
                )
            )
        return tuple(found)

    def _via(self, link: Link) -> tuple[str, ...]:
        by_id = self.snapshot.by_id
        names = [one for statement in link.stake.statements for one in by_id[statement].qualifiers.get("via", ())]
        return tuple(self.snapshot.name(one) for one in dict.fromkeys(names))

    def stake_text(self, stake: Stake) -> str:
        """Return a direct holding in a phrase: ``State of Tanzania 16 % (free carried)``."""
        carried = " (free carried)" if stake.carried else ""
        return f"{self.snapshot.name(stake.owner)} {share_text(stake)}{carried}"

    def terminal_text(self, terminal: Terminal) -> str:
        """Return the end of a chain in a phrase, with bounds where they differ."""
        name = self.snapshot.name(terminal.party)
        if terminal.kind == FLOAT:
            name = f"free float of {name}"
        elif terminal.kind != "owner":
            name = f"undisclosed owners of {name}"
        hidden = terminal.kind == "owner" and self.graph.remainder.get(terminal.party) == "undisclosed"
        note = " (its owners not published)" if hidden else ""
        return f"{name} {bounds_text(terminal.share, terminal.low, terminal.high)}{note}"


def conservation_text(ends: list[Terminal]) -> str:
    """Return what the ends of the chains add to: 100 per cent of the asset, unless a figure is missing on the way."""
    total = sum(end.share or 0.0 for end in ends)
    if any(end.share is None for end in ends):
        return f"together {total:.2f} % and what has no published figure"
    return f"together {total:.2f} %"


def share_text(stake: Stake) -> str:
    """Return a stake's share with its band: ``32.41 % (22.9 to 41.9)``, or that it was not published."""
    if stake.equity is None or stake.equity.point is None:
        return "share not published"
    return bounds_text(stake.equity.point, stake.equity.low, stake.equity.high)


def bounds_text(share: float | None, low: float, high: float) -> str:
    """Return a percentage with its bounds where they differ by more than a twentieth of a point.

    >>> bounds_text(16.04, 11.3, 20.8)
    '16.04 % (11.3 to 20.8)'
    >>> bounds_text(None, 0, 100)
    'share not published'
    """
    if share is None:
        return "share not published" if high >= 99.95 else f"share not published (at most {high:.1f} %)"
    text = f"{share:.2f}".rstrip("0").rstrip(".")
    return f"{text} %" if high - low < 0.05 else f"{text} % ({low:.1f} to {high:.1f})"


def _point(stake: Stake) -> float | None:
    return None if stake.equity is None else stake.equity.point
