"""Attribution up the chain in the manner of 26 USC 318(a)(2): in proportion, but not through every holding.

Stock held by a company passes to a holder only if the holder's *whole* interest in that company, attributed parts
included, stands at the gate; stock held by a partnership passes at any size. Equity only; shares at their low ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from georisk.ownership.cascade import reaches
from georisk.ownership.graph import OwnershipGraph


@dataclass(frozen=True)
class Attribution:
    """Attribution on one graph.

    Attributes
    ----------
    graph
        Parties and stakes.
    passes_at
        Per cent of a company's value from which its own holdings pass to its holder.
    any_size
        Kinds of party that pass holdings at any size.
    """

    graph: OwnershipGraph
    passes_at: float
    any_size: frozenset[str]

    @cached_property
    def owned(self) -> Mapping[str, Mapping[str, float]]:
        """Direct holdings by owner and owned party, fractions of 0 to 1, treasury stock left out."""
        found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for stake in self.graph.stakes:
            if not stake.treasury and stake.per_cent("equity", "low") > 0:
                found[stake.owner][stake.owned] += stake.per_cent("equity", "low") / 100.0
        return found

    @cached_property
    def owners(self) -> Mapping[str, Mapping[str, float]]:
        """Direct holdings by owned party and owner, fractions of 0 to 1."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for owner, held in self.owned.items():
            for owned, share in held.items():
                found[owned][owner] = share
        return found

    def passes(self, party: str, interest: float) -> bool:
        """Return whether a holder with this interest (0 to 1) in a party is taken to own what the party owns."""
        if self.graph.holders[party].kind in self.any_size:
            return interest > 0
        return reaches(interest * 100.0, self.passes_at, strict=False)

    def interests(self, holder: str) -> dict[str, float]:
        """Return what one holder owns directly and by attribution in every party, fractions of 0 to 1.

        The passing companies are the least set that the interests themselves let pass, so a loop does not open
        its own gate.
        """
        passing: set[str] = set()
        while True:
            found = self._solved(holder, passing)
            more = {p for p, interest in found.items() if p != holder and self.passes(p, interest)} - passing
            if not more:
                found.pop(holder, None)
                return found
            passing |= more

    def _solved(self, holder: str, passing: set[str]) -> dict[str, float]:
        """Solve for interests when the holdings of given companies pass in proportion."""
        order = sorted(passing)
        place = {party: number for number, party in enumerate(order)}
        direct = self.owned.get(holder, {})
        within = np.zeros((len(order), len(order)))
        for party in order:
            for owned, share in self.owned.get(party, {}).items():
                if owned in place:
                    within[place[owned], place[party]] = share
        base = np.array([direct.get(party, 0.0) for party in order])
        own = np.linalg.solve(np.eye(len(order)) - within, base) if order else base
        found: dict[str, float] = defaultdict(float, direct)
        for party, interest in zip(order, own.tolist(), strict=True):
            for owned, share in self.owned.get(party, {}).items():
                found[owned] += share * interest
        return {party: interest for party, interest in found.items() if party != holder}


_SETTLED = 1e-13


@dataclass(frozen=True)
class JointAttribution:
    """What several holders have together, every stake counted once.

    A stake of a holder counts in full, and then nothing above that holder is counted again. A stake of another
    party counts for the part of that party whose holders pass.

    Attributes
    ----------
    attribution
        The graph and its gates.
    holders
        The holders asked about.
    interests
        By holder: its interests in all parties.
    """

    attribution: Attribution
    holders: frozenset[str]
    interests: Mapping[str, Mapping[str, float]]

    def held(self, party: str) -> float:
        """Return the joint holding in a party, per cent."""
        everyone = self.holders - {party}
        parts = self._parts(party, everyone)
        return 100.0 * self._sum(party, everyone, parts)

    def _sum(self, party: str, holders: frozenset[str], parts: Mapping[tuple[str, frozenset[str]], float]) -> float:
        total = 0.0
        for owner, share in self.attribution.owners.get(party, {}).items():
            through = self._passing(owner, holders)
            total += share * (1.0 if owner in holders else parts.get((owner, through), 0.0))
        return total

    def _passing(self, party: str, holders: frozenset[str]) -> frozenset[str]:
        """Return the holders to whom the holdings of a party pass."""
        return frozenset(
            holder
            for holder in holders
            if holder != party and self.attribution.passes(party, self.interests[holder].get(party, 0.0))
        )

    def _parts(self, party: str, holders: frozenset[str]) -> dict[tuple[str, frozenset[str]], float]:
        """Return by party above and holders that still pass: the part of it they hold."""
        parts: dict[tuple[str, frozenset[str]], float] = {}
        pending: list[tuple[str, frozenset[str]]] = [(party, holders)]
        while pending:
            below, passing = pending.pop()
            for owner in self.attribution.owners.get(below, {}):
                key = (owner, self._passing(owner, passing))
                if owner not in passing and key[1] and key not in parts:
                    parts[key] = 0.0
                    pending.append(key)
        while True:
            newer = {key: self._sum(key[0], key[1], parts) for key in parts}
            if all(abs(newer[key] - parts[key]) <= _SETTLED for key in parts):
                return newer
            parts = newer


def joint(attribution: Attribution, holders: Collection[str]) -> JointAttribution:
    """Return the joint attribution of several holders, their single interests worked out."""
    return JointAttribution(
        attribution, frozenset(holders), {holder: attribution.interests(holder) for holder in holders}
    )
