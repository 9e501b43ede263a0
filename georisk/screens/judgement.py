"""What a rule finds: figures against gates, and answers of three values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from georisk.ownership.cascade import reaches
from georisk.ownership.graph import ROUNDING

Answer = bool | None
"""Yes, no, or undetermined (``None``)."""


def any_of(answers: Iterable[Answer]) -> Answer:
    """Return yes if one is, undetermined if one is, else no.

    Examples
    --------
    >>> any_of([False, None]), any_of([None, True]), any_of([])
    (None, True, False)
    """
    found = set(answers)
    return True if True in found else None if None in found else False


def all_of(answers: Iterable[Answer]) -> Answer:
    """Return no if one is, undetermined if one is, else yes."""
    found = set(answers)
    return False if False in found else None if None in found else True


@dataclass(frozen=True)
class Figure:
    """One figure against its gate.

    Attributes
    ----------
    label
        What was counted: a metric, or the limb of a rule.
    low, high
        Per cent, at least and at most.
    gate
        Per cent.
    strict
        Whether more than the gate is needed.
    open
        Whether ``high`` is approached but not reached.
    also
        A second test that must be met as well.
    """

    label: str
    low: float
    high: float
    gate: float
    strict: bool
    open: bool = False
    also: Figure | None = None

    @property
    def doubtful(self) -> bool:
        """Whether bands or hidden owners leave the figure open."""
        return self.high - self.low > ROUNDING

    @property
    def answer(self) -> Answer:
        """Whether the gate is passed."""
        if reaches(self.low, self.gate, strict=self.strict):
            own: Answer = True
        else:
            own = None if reaches(self.high, self.gate, strict=self.strict or self.open) else False
        return own if self.also is None else all_of([own, self.also.answer])

    @property
    def distance(self) -> float:
        """Points from the low figure to the gate, negative below it."""
        return self.low - self.gate


@dataclass(frozen=True)
class Judgement:
    """What a rule finds on one graph.

    Attributes
    ----------
    start
        Parties whose holdings count from the outset.
    tests
        By party; one passed test is enough. A party that is absent has nothing counted in it.
    by_nature
        Parties the rule catches whatever is held in them, with the reason.
    exempt
        Parties the rule does not ask about.
    """

    start: frozenset[str]
    tests: Mapping[str, tuple[Figure, ...]]
    by_nature: Mapping[str, str] = field(default_factory=dict)
    exempt: frozenset[str] = frozenset()

    def answer(self, party: str) -> Answer:
        """Return whether a party is caught."""
        if party in self.by_nature:
            return True
        if party in self.exempt:
            return False
        return any_of(test.answer for test in self.tests.get(party, ()))

    @property
    def caught(self) -> list[str]:
        """The parties caught for certain, sorted."""
        return sorted(party for party in {*self.tests, *self.by_nature} if self.answer(party))
