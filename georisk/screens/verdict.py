"""The verdict of one rule on one party: the answer, what decides it, how far the gate is, what would turn it.

A verdict is analysis, not legal advice. Where a rule's text is known from memory only it carries ``unverified-rule``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from georisk.ownership.graph import ROUNDING, OwnershipGraph, stated_total
from georisk.ownership.upstream import Chain, cash_per_cent, chains_down, downstream, upstream
from georisk.screens.engines import judge
from georisk.screens.flips import Flip, smallest_flip, without
from georisk.screens.judgement import Answer, Figure, Judgement
from georisk.screens.rules import Rule, Status

MOST_PATHS = 50
"""Chains shown; the shortest come first."""


@dataclass(frozen=True)
class DecidingPath:
    """One chain of stakes that the figure rests on.

    Attributes
    ----------
    stakes
        From the counted holder down to the party.
    cash_pct
        Equity multiplied along the chain, per cent: what flows, not what the rule counts.
    """

    stakes: Chain
    cash_pct: float


@dataclass(frozen=True)
class Unknown:
    """Something above the party that the bounds hang on.

    Attributes
    ----------
    party
        Whose owners are not fully known.
    cause
        ``undisclosed``, ``listed``, ``listed-concert``, ``band`` or ``no-figure``.
    points
        Per cent of that party left open.
    statements
        Ids of the statements behind a band.
    """

    party: str
    cause: str
    points: float
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What one rule says of one party on a day.

    Attributes
    ----------
    rule, party, as_of
        What was asked.
    status
        The rule's standing on that day.
    unverified
        Whether the rule's text is known from memory only.
    answer
        Yes, no, or ``None``: bands or hidden owners leave it open.
    reason
        Why the party is caught whatever is held in it; ``None`` where figures decide.
    tests
        Every figure against its gate.
    nearest
        The figure that decides: the one furthest past its gate, or nearest to it; ``None`` where nothing is counted.
    paths
        The chains the deciding figure rests on.
    flip
        The single stake whose smallest change would turn a yes or a no; ``None`` where none does.
    unknown
        What is not known above the party.
    exempt
        Whether the rule does not ask about the party: it is itself one of those counted, or at home.
    """

    rule: Rule
    party: str
    as_of: date
    status: Status
    unverified: bool
    answer: Answer
    reason: str | None
    tests: tuple[Figure, ...]
    nearest: Figure | None
    paths: tuple[DecidingPath, ...]
    flip: Flip | None
    unknown: tuple[Unknown, ...]
    exempt: bool = False

    @property
    def in_force(self) -> bool:
        """Whether the rule was in force on the day; ``status`` says what it was otherwise."""
        return self.status == "in-force"

    @property
    def distance(self) -> float | None:
        """Points from the deciding figure to its gate, negative below it; ``None`` where nothing is counted."""
        return None if self.nearest is None else self.nearest.distance


def screen_party(
    graph: OwnershipGraph,
    party: str,
    rule: Rule,
    rules: Mapping[str, Rule],
    as_of: date,
    disclosed_from: float,
    *,
    explained: bool = True,
) -> Verdict:
    """Return the verdict of a rule on a party.

    Parameters
    ----------
    graph
        Parties and stakes on the day.
    party
        Id of the party asked about.
    rule
        The rule.
    rules
        All rules by key.
    as_of
        The day; it sets the rule's status. The answer is that of the test, in force or not.
    disclosed_from
        Per cent from which holders of a listed company must report.
    explained
        Whether to look for the paths and for the stake that turns the answer, which judges the rule again for every
        stake above the party.

    Raises
    ------
    UsageError
        For a rule on costs.
    """
    above = upstream(graph, party)

    def judged(changed: OwnershipGraph) -> Judgement:
        return judge(changed, rule, rules, disclosed_from)

    found = judged(above)
    tests = found.tests.get(party, ())
    nearest = max(tests, key=lambda test: (test.answer is True, test.answer is None, test.distance), default=None)
    answer = found.answer(party)
    settled = answer is not None and party not in found.by_nature and party not in found.exempt
    return Verdict(
        rule,
        party,
        as_of,
        rule.status_on(as_of),
        rule.unverified,
        answer,
        found.by_nature.get(party),
        tests,
        nearest,
        tuple(_paths(above, party, judged, found, nearest)) if explained else (),
        smallest_flip(above, party, judged) if explained and settled else None,
        tuple(_unknown(above)),
        party in found.exempt and party not in found.by_nature,
    )


def _paths(
    graph: OwnershipGraph,
    party: str,
    judged: Callable[[OwnershipGraph], Judgement],
    found: Judgement,
    nearest: Figure | None,
) -> Iterator[DecidingPath]:
    """Yield the chains made of stakes without which the deciding figure would be smaller."""
    if nearest is None or not found.start:
        return
    whole = reading(found, party, nearest.label)
    below = downstream(graph, found.start & set(graph.holders))
    reached = found.start | {stake.owned for stake in below.stakes}
    deciding = [
        stake
        for stake in graph.stakes
        if not stake.treasury
        and stake.owner in reached
        and reading(judged(without(graph, stake)), party, nearest.label) < whole
    ]
    for chain in islice(chains_down(deciding, found.start, party), MOST_PATHS):
        yield DecidingPath(chain, cash_per_cent(chain))


def reading(found: Judgement, party: str, label: str) -> tuple[float, ...]:
    """Return a figure of a judgement for comparison: its low end, its second test's, its high end."""
    for test in found.tests.get(party, ()):
        if test.label == label:
            second = test.also.low if test.also is not None else 0.0
            return tuple(round(value, 6) for value in (test.low, second, test.high))
    return (0.0, 0.0, 0.0)


def _unknown(graph: OwnershipGraph) -> Iterator[Unknown]:
    """Yield what is not known above a party: hidden rests, bands, and stakes without a figure."""
    stated = stated_total(graph, "equity")
    for party, kind in graph.remainder.items():
        rest = 100.0 - stated.get(party, 0.0)
        if kind != "known-others" and rest > ROUNDING:
            yield Unknown(party, kind, rest)
    for stake in graph.stakes:
        share = stake.equity
        if share is not None and share.high > share.low:
            cause = "no-figure" if share.point is None and share.low == 0 else "band"
            yield Unknown(stake.owned, cause, share.high - share.low, stake.statements)
