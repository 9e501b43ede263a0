"""Loans, equity, grants and guarantees on a day, by how real they are.

Money is never summed across ``disbursed``, ``committed``, ``approved``, ``conditional`` and ``nonbinding``,
never across a framework and its parts, and never converted between currencies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from georisk.snapshot import Snapshot
from georisk.statements import Statement

STATES = {
    "in-effect": "disbursed",
    "binding": "committed",
    "approved": "approved",
    "conditional": "conditional",
    "nonbinding": "nonbinding",
}
"""Column of the finance tables, by the force of a statement; planned and speculative money is not listed."""


@dataclass(frozen=True, slots=True)
class Money:
    """One item of finance. ``amount`` is ``None`` where nobody states it; ``part_of`` names its framework.

    Of an amount given as a band it is the middle; :attr:`text` names both ends.
    """

    state: str
    amount: float | None
    currency: str | None
    lender: str
    recipient: str
    kind: str
    instrument: str
    part_of: str | None
    statement: Statement

    @property
    def text(self) -> str:
        """The item in a phrase."""
        value = self.statement.value
        ends = value if isinstance(value, list) else [value]
        stated = " to ".join(f"{end:,.0f}" for end in ends if end is not None)
        sum_ = f"{self.currency} {stated}" if stated else "amount not published"
        doubt = f", {self.statement.status}" if self.statement.status in ("claimed", "disputed") else ""
        part = " (part of a framework)" if self.part_of else ""
        return f"{sum_} {self.instrument}, {self.lender}{doubt}{part}"


def finance_of(snapshot: Snapshot, subjects: Iterable[str]) -> list[Money]:
    """Return the finance of some subjects that holds on the day, in the order it began.

    What stands in a parent's file and names a subject as recipient or site is the subject's too.
    """
    return [_money(snapshot, one) for one in finance_statements(snapshot, subjects) if one.force in STATES]


def finance_statements(snapshot: Snapshot, subjects: Iterable[str]) -> list[Statement]:
    """Return the statements on finance of some subjects that hold on the day, each once."""
    found = [
        one
        for subject in subjects
        for one in (*snapshot.holding(subject, "finance"), *snapshot.meant_for(subject, "finance"))
    ]
    return list({one.id: one for one in found}.values())


def amount(one: Statement) -> float | None:
    """Return the money a statement names, in its own currency; of a band the middle, ``None`` if not stated."""
    ends = one.value if isinstance(one.value, list) else [one.value]
    return None if one.value is None else sum(map(float, ends)) / len(ends)


def _money(snapshot: Snapshot, one: Statement) -> Money:
    given = one.qualifiers
    return Money(
        state=STATES[one.force],
        amount=amount(one),
        currency=one.unit,
        lender=snapshot.name(str(given.get("lender", "lender not named"))),
        recipient=snapshot.name(str(given.get("recipient", one.subject))),
        kind=str(given.get("kind", "")),
        instrument=str(given.get("instrument", given.get("kind", "finance"))),
        part_of=given.get("part_of"),
        statement=one,
    )
