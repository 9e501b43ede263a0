"""The ownership graph: who holds which part of whom, as stated, with what is not known kept apart.

Percentages are per cent, 0 to 100, everywhere in this package. A :class:`Share` carries the least, the stated
and the greatest figure; a stake that is known to exist but has no published figure is :data:`UNKNOWN`, a metric
nobody spoke of is ``None`` and counts as nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Literal, NamedTuple

Metric = Literal["equity", "voting", "board"]
"""What a percentage is a percentage of. Votes follow equity where nobody states them."""

At = Literal["low", "point", "high"]
"""Which end of a share to read; ``point`` is the stated figure, else the low end."""

Remainder = Literal["undisclosed", "listed", "listed-concert", "known-others"]
"""Whose the unlisted rest of a party is; see :class:`OwnershipGraph`."""

METRICS: tuple[Metric, ...] = ("equity", "voting", "board")
REMAINDERS: tuple[Remainder, ...] = ("undisclosed", "listed", "listed-concert", "known-others")

ROUNDING = 1e-9
"""Points of a per cent below which two percentages are the same number (float noise, not law)."""


class Share(NamedTuple):
    """A percentage with its bounds, both ends included.

    Attributes
    ----------
    low, high
        Per cent, 0 to 100.
    point
        The stated figure, or ``None`` where nobody stated one.
    """

    low: float
    point: float | None
    high: float

    @classmethod
    def exact(cls, per_cent: float) -> Share:
        """Return a share stated as one figure.

        Examples
        --------
        >>> Share.exact(30)
        Share(low=30, point=30, high=30)
        """
        return cls(per_cent, per_cent, per_cent)

    @classmethod
    def band(cls, low: float, high: float) -> Share:
        """Return a share stated as a band, ends included; no figure within it is preferred."""
        return cls(low, None, high)

    def at(self, end: At) -> float:
        """Return one end; ``point`` falls back on the low end (0 for an unknown share)."""
        if end == "point":
            return self.low if self.point is None else self.point
        return self.low if end == "low" else self.high

    def scaled(self, factor: float) -> Share:
        """Return the share multiplied by a factor of 0 to 1."""
        point = None if self.point is None else self.point * factor
        return Share(self.low * factor, point, self.high * factor)


UNKNOWN = Share(0.0, None, 100.0)
"""A stake whose size nobody published: 0 in the point run, anything up to what is left in the bounds."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A party as a node of the graph.

    Attributes
    ----------
    id
        Unique within the graph.
    country
        ISO 3166-1 code of incorporation, nationality or place; ``None`` where not known.
    kind
        ``government``, ``party_state_organ``, ``state_company``, ``company``, ``partnership``, ``person``,
        ``listed_company``, ``fund``, ``asset``.
    flags
        What else is known: ``blocked``, ``sfe``, ``host_state`` and the like.
    """

    id: str
    country: str | None
    kind: str
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stake:
    """One party's holding in another; a stake of a party in itself is treasury stock.

    Attributes
    ----------
    owner, owned
        Ids of the parties.
    equity, voting, board
        Per cent of equity, votes and board seats. ``None`` counts as nothing, but votes follow equity.
    debt
        Per cent of the owned party's debt at original issue; ``None`` counts as nothing.
    carried
        A free-carried, non-dilutable state interest.
    statements
        Ids of the statements behind it.
    """

    owner: str
    owned: str
    equity: Share | None = None
    voting: Share | None = None
    board: Share | None = None
    debt: float | None = None
    carried: bool = False
    statements: tuple[str, ...] = ()

    @property
    def treasury(self) -> bool:
        """Whether the party holds itself."""
        return self.owner == self.owned

    def share(self, metric: Metric) -> Share | None:
        """Return the share in a metric; votes follow equity where they are not stated."""
        if metric == "equity":
            return self.equity
        if metric == "board":
            return self.board
        return self.equity if self.voting is None else self.voting

    def per_cent(self, metric: Metric, at: At = "point") -> float:
        """Return one end of the share in a metric, 0 where nothing was stated."""
        share = self.share(metric)
        return 0.0 if share is None else share.at(at)


@dataclass(frozen=True)
class OwnershipGraph:
    """Parties and stakes at one moment.

    Attributes
    ----------
    holders
        Every party by id; owners and owned parties of all stakes are among them.
    stakes
        The stakes; several of one owner in one party add.
    remainder
        Whose the unlisted rest of a party is: ``undisclosed`` (nobody says), ``listed`` (free float: a hidden
        holder stays below the disclosure threshold), ``listed-concert`` (free float whose hidden holders may act
        together) or, where a party is not named here, ``known-others`` (unnamed parties known not to matter).
    """

    holders: Mapping[str, Holder]
    stakes: tuple[Stake, ...]
    remainder: Mapping[str, str]

    def remainder_of(self, party: str) -> str:
        """Return whose the unlisted rest of a party is."""
        return self.remainder.get(party, "known-others")

    def stakes_in(self, *, treasury: bool = True) -> Mapping[str, list[Stake]]:
        """Return the stakes by the party owned, with or without treasury stock; arranged once, not to be changed."""
        return self._by_owned[treasury]

    def stakes_of(self, *, treasury: bool = True) -> Mapping[str, list[Stake]]:
        """Return the stakes by their owner, with or without treasury stock; arranged once, not to be changed."""
        return self._by_owner[treasury]

    @cached_property
    def _by_owned(self) -> dict[bool, dict[str, list[Stake]]]:
        return {treasury: _grouped(self.stakes, "owned", treasury) for treasury in (True, False)}

    @cached_property
    def _by_owner(self) -> dict[bool, dict[str, list[Stake]]]:
        return {treasury: _grouped(self.stakes, "owner", treasury) for treasury in (True, False)}


def _grouped(stakes: tuple[Stake, ...], end: str, treasury: bool) -> dict[str, list[Stake]]:
    found: dict[str, list[Stake]] = {}
    party = attrgetter(end)
    for stake in stakes:
        if treasury or stake.owner != stake.owned:
            found.setdefault(party(stake), []).append(stake)
    return found


def stated_total(graph: OwnershipGraph, metric: Metric, at: At = "low") -> dict[str, float]:
    """Return what the listed stakes in each party add to, in per cent (treasury stock included)."""
    totals: dict[str, float] = defaultdict(float)
    for stake in graph.stakes:
        totals[stake.owned] += stake.per_cent(metric, at)
    return totals


def overfull(graph: OwnershipGraph, at: At = "low") -> Iterator[tuple[str, Metric, float]]:
    """Yield each party whose listed stakes add to more than 100, with metric and total.

    Never a reason to rescale: such a graph is wrong and has to be mended at its source.
    """
    for metric in METRICS:
        for party, total in stated_total(graph, metric, at).items():
            if total > 100.0 + ROUNDING:
                yield party, metric, total


def strangers(graph: OwnershipGraph) -> list[str]:
    """Return ids that stakes or remainders mention and that are no party of the graph, sorted."""
    named = {stake.owner for stake in graph.stakes} | {stake.owned for stake in graph.stakes}
    return sorted((named | set(graph.remainder)) - set(graph.holders))


def hidden_caps(graph: OwnershipGraph, disclosed_from: float) -> dict[str, float]:
    """Return by party the most that its unlisted rest can be one group's, in per cent; known rests are left out.

    Parameters
    ----------
    graph
        Parties and stakes.
    disclosed_from
        Per cent from which a holder of a listed company must report; a hidden one stays below it.
    """
    caps = {"undisclosed": 100.0, "listed-concert": 100.0, "listed": disclosed_from}
    return {party: caps[kind] for party, kind in graph.remainder.items() if kind in caps}
