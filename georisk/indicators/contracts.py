"""Contracts over output on a day: those in force, and those that ran out with no known successor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from georisk.evidence import Evidence
from georisk.statements import COUNTING_STATUSES, Statement

IN_FORCE = ("in-effect", "binding")


@dataclass(frozen=True, slots=True)
class Term:
    """One contract as it counts on the day.

    ``share`` is per cent of output, ``None`` where nobody states it; ``lapsed``: it ran out and nothing known
    has taken its place.
    """

    statement: Statement
    share: float | None
    lapsed: bool

    def bounds(self, room: float) -> tuple[float, float, float]:
        """Return low, point and high of the share; ``room`` is what other buyers leave, per cent.

        A lapsed contract lies between nothing and its last share, an unstated share between nothing and the
        room that is left; the point is half.
        """
        if self.lapsed:
            last = room if self.share is None else self.share
            return 0.0, last / 2, last
        if self.share is None:
            return 0.0, room / 2, room
        return self.share, self.share, self.share


def current_and_lapsed(evidence: Evidence, subject: str, name: str) -> list[Term] | None:
    """Return the contracts of a property in force on the day, or the last ones if they ran out.

    ``None`` where the question does not arise for the subject. Planned and non-binding ones count nowhere, nor do
    those a source calls terminated: of what came after them nothing is known.
    """
    holding = evidence.holding(subject, name)
    if any(one.absent == "not-applicable" for one in holding):
        return None
    stated = [one for one in holding if one.absent is None]
    current = [one for one in stated if one.force in IN_FORCE]
    if current:
        return [Term(one, _share(one), lapsed=False) for one in current]
    return [Term(one, _share(one), lapsed=True) for one in _lapsed(evidence, subject, name)]


def remaining_years(statement: Statement, on: date) -> float | None:
    """Return the years a contract still runs; ``None`` where its end is not stated."""
    if statement.valid_until is None:
        return None
    return max(0.0, (statement.valid_until.last - on).days / 365.25)


def _lapsed(evidence: Evidence, subject: str, name: str) -> list[Statement]:
    on = evidence.snapshot.as_of
    ended = [
        one
        for one in evidence.known_of(subject, name)
        if one.valid_until is not None
        and one.valid_until.last <= on
        and one.force in IN_FORCE
        and one.status in COUNTING_STATUSES
        and one.absent is None
        and not _never_held(one)
    ]
    if not ended:
        return []
    last = max(one.valid_until.last for one in ended if one.valid_until is not None)
    latest = [one for one in ended if one.valid_until is not None and one.valid_until.last == last]
    return [one for one in latest if one.ended_by is None or not one.ended_by.terminated]


def _never_held(statement: Statement) -> bool:
    """Say whether a contract was taken back: closed as of the day it began."""
    start, end = statement.valid_from, statement.valid_until
    return start is not None and end is not None and end <= start


def _share(statement: Statement) -> float | None:
    value = statement.value
    if isinstance(value, list):
        return (float(value[0]) + float(value[1])) / 2
    return None if value is None else float(value)
